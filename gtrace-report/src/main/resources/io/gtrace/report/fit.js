"use strict";
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  document.documentElement.classList.add("js");

  const {palette, number, short, shared, tooltip, nameAxis, nameRow} = pictures;
  const DOT_PX = 4;
  const ROOM_PX = 46;

  /** A bar from one value to another, with a dot. */
  const span = (ink, {hue, dot, high, opacity = 1}) => (params, api) => {
    const y = api.coord([api.value(0), api.value(3)])[1];
    const [x, from, to] = [0, 1, 2].map(i => api.coord([api.value(i), api.value(3)])[0]);
    return {
      type: "group",
      children: [
        {type: "rect", shape: {x: from, y: y - high / 2, width: Math.max(1, to - from), height: high, r: 2}, style: {fill: hue(api.value(3)), opacity}},
        ...dot ? [{type: "circle", shape: {cx: x, cy: y, r: DOT_PX}, style: {fill: ink.page, stroke: ink.text, lineWidth: 1.5}}] : [],
      ],
    };
  };
  const spans = (rows, hue, options) => ({
    type: "custom", encode: {x: [0, 1, 2], y: 3}, clip: true, data: rows.map((row, i) => [...row, i]),
    itemStyle: {color: hue}, ...options,
  });

  const ratios = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.rows.map(row => row.name + (row.heldOut ? " (held out)" : "")), ink, width);
    const all = [...chart.rows.flatMap(row => row.ratio), 1];
    // Powers of two: of ten there would hardly be two.
    const low = 2 ** Math.floor(Math.log2(Math.min(...all) * 0.999));
    const high = 2 ** Math.ceil(Math.log2(Math.max(...all) * 1.001));
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({dataIndex: i}) => `${chart.rows[i].name}\n${number(chart.rows[i].ratio[0])} times the published (${number(chart.rows[i].ratio[1])} to ${number(chart.rows[i].ratio[2])})`,
      },
      grid: {left, right: 24, top: 4, bottom: ROOM_PX},
      xAxis: {
        type: "log", logBase: 2, min: low, max: high, name: "expected over published", nameLocation: "middle", nameGap: 26, nameTextStyle: {color: ink.muted},
        axisLabel: {color: ink.muted, hideOverlap: true, formatter: number},
        splitLine: {lineStyle: {color: ink.line}}, axisLine: {lineStyle: {color: ink.line}},
      },
      yAxis: axis,
      series: [
        spans(chart.rows.map(row => row.ratio), ink.accent, {renderItem: span(ink, {hue: i => chart.rows[i].heldOut ? ink.second : ink.accent, dot: true, high: 12})}),
        {
          type: "custom", silent: true, z: 1, encode: {x: 0}, data: [[1, 0]],
          renderItem: ({coordSys: {y, height}}, api) => {
            const [x] = api.coord([1, 0]);
            return {type: "line", shape: {x1: x, y1: y, x2: x, y2: y + height}, style: {stroke: ink.text, lineWidth: 1.5}};
          },
        },
      ],
    };
  };

  /** Each input on a scale of its own: 0 and 1 are the edges of its interval before the fit. */
  const inputs = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.rows.map(row => row.name), ink, width);
    const scaled = ({before: [, low, high]}, values) => values.map(value => high > low ? (value - low) / (high - low) : 0.5);
    const after = chart.rows.map(row => scaled(row, row.after));
    const spanning = ([median, low, high]) => `${short(median)} (${short(low)} to ${short(high)})`;
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({dataIndex: i}) => `${chart.rows[i].name}\nbefore: ${spanning(chart.rows[i].before)}\nafter: ${spanning(chart.rows[i].after)}`,
      },
      grid: {left, right: 24, top: 4, bottom: ROOM_PX},
      xAxis: {
        type: "value", min: Math.min(-0.1, ...after.map(row => row[1])), max: Math.max(1.1, ...after.map(row => row[2])),
        name: "from the low to the high end before the fit", nameLocation: "middle", nameGap: 14, nameTextStyle: {color: ink.muted},
        axisLabel: {show: false}, splitLine: {show: false},
      },
      yAxis: axis,
      series: [
        spans(chart.rows.map(row => scaled(row, row.before)), ink.soft, {z: 1, renderItem: span(ink, {hue: () => ink.muted, high: 16, opacity: 0.3})}),
        spans(after, ink.accent, {z: 2, renderItem: span(ink, {hue: () => ink.accent, dot: true, high: 8})}),
      ],
    };
  };

  const series = (chart, ink) => {
    const points = heldOut => chart.level.map((level, i) => chart.heldOut[i] === heldOut ? level : null);
    const marks = [["used in the fit", false, ink.text, "circle"], ["held out", true, ink.second, "diamond"]]
      .filter(([, heldOut]) => chart.heldOut.includes(heldOut));
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink), trigger: "axis",
        formatter: ([{dataIndex: i}]) => `${chart.days[i]}${chart.heldOut[i] ? " (held out)" : ""}\nlevel ${short(chart.level[i])}\nexpected ${short(chart.median[i])} (${short(chart.low[i])} to ${short(chart.high[i])})`,
      },
      legend: {top: 0, left: 0, selectedMode: false, itemWidth: 10, itemHeight: 10, textStyle: {color: ink.text}, data: marks.map(([name]) => name)},
      grid: {left: 56, right: 20, top: 40, bottom: 28},
      xAxis: {
        type: "category", data: chart.days, boundaryGap: false, axisTick: {show: false}, axisLine: {lineStyle: {color: ink.line}},
        axisLabel: {
          color: ink.muted, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right",
          formatter: day => day.replace(/^(\d+ \w{3}).*/, "$1"),
        },
      },
      yAxis: pictures.valueAxis(ink, "", short),
      series: [
        ...pictures.band(chart.low, chart.high, ink.accent, 0.22, "band"),
        {type: "line", data: chart.median, symbol: "none", lineStyle: {color: ink.accent, width: 2}, itemStyle: {color: ink.accent}},
        ...marks.map(([name, heldOut, hue, symbol]) => ({type: "scatter", name, data: points(heldOut), symbol, symbolSize: 8, z: 4, itemStyle: {color: hue, opacity: 1}})),
      ],
    };
  };

  const kinds = {ratios, inputs, series};
  const heightOf = (chart, width) => chart.rows
    ? ROOM_PX + 8 + chart.rows.length * nameRow(chart.rows.map(row => `${row.name}${row.heldOut ? " (held out)" : ""}`), width)
    : Math.min(380, Math.max(260, width * 0.5));

  const drawn = data.map(chart => {
    const element = document.getElementById(`chart-${chart.id}`);
    return {chart, element, picture: pictures.begun(element)};
  });
  pictures.keepDrawn(fixedWidth => {
    const ink = palette();
    const width = fixedWidth || document.getElementById("content").clientWidth;
    for (const {chart, element, picture} of drawn) {
      const height = heightOf(chart, width);
      element.style.height = `${height}px`;
      picture.resize({width, height});
      picture.setOption(kinds[chart.kind](chart, ink, width), true);
    }
  });
})();
