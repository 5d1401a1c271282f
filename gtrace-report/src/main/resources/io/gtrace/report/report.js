"use strict";
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const data = read("report-data");
  if (data.charts.some(chart => chart.kind === "map")) {
    echarts.registerMap("world", read("world"));
  }
  document.documentElement.classList.add("js");

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => ({
    page: colour("--page"), line: colour("--line"), text: colour("--text"), muted: colour("--muted"),
    accent: colour("--accent"), soft: colour("--accent-soft"), land: colour("--land"),
    landLine: colour("--land-line"), second: colour("--second"), raised: colour("--raised"),
  });

  const number = value => value.toLocaleString("en", {maximumSignificantDigits: 3});
  const figure = (chart, i) =>
    `${number(chart.median[i])} ${chart.unit} (${number(chart.low[i])} to ${number(chart.high[i])})`;

  const shared = ink => ({
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: ink.text},
    // Text drawn into the picture: names from the account never become markup.
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: ink.raised, borderColor: ink.line,
      textStyle: {color: ink.text, fontSize: 13, fontFamily: getComputedStyle(document.body).fontFamily},
    },
  });
  const valueAxis = (ink, unit) => ({
    type: "value", min: 0, splitNumber: 4, name: unit, nameTextStyle: {color: ink.muted},
    axisLabel: {color: ink.muted, hideOverlap: true, formatter: number},
    splitLine: {lineStyle: {color: ink.line}},
  });

  const whisker = (params, api) => {
    const [low, y] = api.coord([api.value(0), api.value(2)]);
    const [high] = api.coord([api.value(1), api.value(2)]);
    const style = {stroke: api.visual("color"), lineWidth: 1.2};
    const line = (x1, y1, x2, y2) => ({type: "line", shape: {x1, y1, x2, y2}, style});
    return {
      type: "group",
      children: [line(low, y, high, y), line(low, y - 4, low, y + 4), line(high, y - 4, high, y + 4)],
    };
  };

  const ruler = document.createElement("canvas").getContext("2d");
  const LABEL_PX = 12;
  /** A name that fits, and how wide it is. */
  const fitted = (name, most) => {
    ruler.font = `${LABEL_PX}px ${getComputedStyle(document.body).fontFamily}`;
    let text = name.replace(/\s+/g, " ");
    while (ruler.measureText(text).width > most && text.length > 2) {
      text = `${text.slice(0, -2)}…`;
    }
    return {text, width: ruler.measureText(text).width};
  };

  const bars = (chart, ink, width) => {
    const names = chart.names.map(name => fitted(name, Math.min(240, width * 0.36)));
    return {
      ...shared(ink),
      tooltip: {
        ...shared(ink).tooltip, trigger: "axis", axisPointer: {type: "none"},
        formatter: items => `${chart.names[items[0].dataIndex]}\n${figure(chart, items[0].dataIndex)}`,
      },
      grid: {left: 16 + Math.max(...names.map(name => name.width)), right: 24, top: 4, bottom: 46},
      xAxis: {...valueAxis(ink, chart.unit), nameLocation: "middle", nameGap: 26},
      yAxis: {
        type: "category", inverse: true, data: names.map(name => name.text), axisTick: {show: false},
        axisLine: {lineStyle: {color: ink.line}},
        axisLabel: {color: ink.text, interval: 0, fontSize: LABEL_PX},
      },
      series: [
        {type: "bar", data: chart.median, barMaxWidth: 18, itemStyle: {color: ink.accent, borderRadius: [0, 3, 3, 0]}},
        {
          type: "custom", renderItem: whisker, silent: true, z: 3, itemStyle: {color: ink.text},
          encode: {x: [0, 1], y: 2}, data: chart.low.map((low, i) => [low, chart.high[i], i]),
        },
      ],
    };
  };

  const band = (chart, ink) => ({
    ...shared(ink),
    tooltip: {
      ...shared(ink).tooltip, trigger: "axis",
      formatter: items => `${chart.names[items[0].dataIndex]}\n${figure(chart, items[0].dataIndex)}`,
    },
    grid: {left: 8 + fitted(number(Math.max(...chart.high)) + "000", 90).width, right: 48, top: 36, bottom: 28},
    xAxis: {
      type: "category", data: chart.names, boundaryGap: false, axisTick: {show: false},
      axisLine: {lineStyle: {color: ink.line}}, axisLabel: {color: ink.muted, hideOverlap: true, alignMinLabel: "left"},
    },
    yAxis: {...valueAxis(ink, chart.unit), nameTextStyle: {color: ink.muted, align: "left"}},
    series: [
      {type: "line", stack: "band", data: chart.low, symbol: "none", lineStyle: {opacity: 0}, silent: true},
      {
        type: "line", stack: "band", data: chart.high.map((high, i) => high - chart.low[i]),
        symbol: "none", lineStyle: {opacity: 0}, areaStyle: {color: ink.soft, opacity: 0.6}, silent: true,
      },
      {type: "line", data: chart.median, symbol: "none", lineStyle: {color: ink.accent, width: 2}, itemStyle: {color: ink.accent}},
    ],
  });

  const map = (chart, ink, width) => {
    const largest = Math.max(...chart.median);
    const size = i => 6 + Math.min(40, width / 14) * Math.sqrt(chart.median[i] / (largest || 1));
    return {
      ...shared(ink),
      tooltip: {
        ...shared(ink).tooltip,
        formatter: item => item.seriesType === "scatter"
          ? `${chart.names[item.dataIndex]}\n${figure(chart, item.dataIndex)}` : "",
      },
      geo: {
        map: "world", silent: true, roam: false, left: 0, right: 0, top: 0, bottom: 0,
        boundingCoords: [[-170, 76], [180, -56]],
        itemStyle: {areaColor: ink.land, borderColor: ink.landLine, borderWidth: 0.7},
      },
      series: [{
        type: "scatter", coordinateSystem: "geo", symbolSize: (value, item) => size(item.dataIndex),
        data: chart.positions.map(value => ({value, label: {position: value[0] > 90 ? "left" : "right"}})),
        itemStyle: {color: ink.accent, opacity: 0.75, borderColor: ink.page, borderWidth: 1},
        labelLayout: {hideOverlap: true, moveOverlap: "shiftY"},
        label: {
          show: width > 560, color: ink.text, fontSize: 12,
          textBorderColor: ink.page, textBorderWidth: 2, width: 150, overflow: "truncate",
          formatter: item => item.dataIndex < 8 ? chart.names[item.dataIndex] : "",
        },
      }],
    };
  };

  const kinds = {bars, band, map};
  const PAPER_PX = 670;
  const drawn = data.charts.map(chart => {
    const place = document.getElementById(`chart-${chart.id}`);
    return {chart, place, picture: echarts.init(place, null, {renderer: "svg"})};
  });
  const heightOf = (chart, width) => ({
    bars: 50 + 30 * chart.names.length, band: 280, map: Math.round(width * 0.42),
  })[chart.kind];
  const draw = fixedWidth => {
    const ink = palette();
    for (const {chart, place, picture} of drawn) {
      const width = fixedWidth || place.clientWidth;
      const height = heightOf(chart, width);
      place.style.height = `${height}px`;
      picture.resize({width, height});
      picture.setOption(kinds[chart.kind](chart, ink, width), true);
    }
  };

  draw();
  let lastWidth = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth !== lastWidth) {
      lastWidth = document.documentElement.clientWidth;
      draw();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
  matchMedia("print").addEventListener("change", print => draw(print.matches ? PAPER_PX : undefined));
})();
