"use strict";
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  document.documentElement.classList.add("js");

  const {HUES, number, palette, short} = pictures;
  const LINES = ["solid", "dashed", "dotted"];

  const shared = (ink, unit, format) => ({
    animation: false, textStyle: {fontFamily: pictures.family(), color: ink.text},
    grid: {left: 64, right: 24, top: 36, bottom: 28},
    xAxis: {
      type: "category", data: data.names, boundaryGap: data.names.length < 2, axisTick: {show: false},
      axisLine: {lineStyle: {color: ink.line}}, axisLabel: {color: ink.muted, hideOverlap: true, alignMinLabel: "left"},
    },
    yAxis: {
      type: "value", min: 0, splitNumber: 4, name: unit, nameTextStyle: {color: ink.muted, align: "left"},
      axisLabel: {color: ink.muted, hideOverlap: true, formatter: format}, splitLine: {lineStyle: {color: ink.line}},
    },
  });

  const volume = () => {
    const is = palette();
    const guessed = data.median.map((median, i) => data.coverage[i] === "interpolated" ? median : null);
    return {
      ...shared(is, "", short),
      tooltip: {
        ...pictures.tooltip(is), trigger: "axis",
        formatter: ([{dataIndex: i}]) =>
          `${data.names[i]}\n${short(data.median[i])} (${short(data.low[i])} to ${short(data.high[i])})`
          + (data.coverage[i] === "observed" ? "" : `\n${data.coverage[i]}`),
      },
      series: [
        ...pictures.band(data.low, data.high, is.soft, 0.6, "band"),
        {
          type: "line", data: data.median, symbol: data.names.length < 2 ? "circle" : "none",
          lineStyle: {color: is.accent, width: 2}, itemStyle: {color: is.accent},
        },
        {type: "scatter", data: guessed, symbolSize: 7, silent: true, itemStyle: {color: is.second}},
      ],
    };
  };

  const signals = width => {
    const is = palette();
    const labels = data.signals.map(signal => signal.name.replace(/\s+/g, " "));
    const legendWidth = labels.reduce((sum, name) => sum + Math.min(name.length, 48) * 6.6 + 46, 0);
    const legend = 22 * Math.ceil(1.15 * legendWidth / width) + 8;
    const base = shared(is, "%", value => number(value));
    return {
      height: 200 + legend,
      option: {
        ...base,
        grid: {...base.grid, bottom: 28 + legend},
        yAxis: {...base.yAxis, max: 100},
        tooltip: {
          ...pictures.tooltip(is), trigger: "axis",
          formatter: items => [
            data.names[items[0].dataIndex],
            ...items.filter(({value}) => value !== null && value !== undefined)
              .map(({seriesIndex, value}) => `${labels[seriesIndex]}: ${number(value)} %`),
          ].join("\n"),
        },
        legend: {
          type: "plain", bottom: 0, left: 0, itemWidth: 24, itemHeight: 10, itemGap: 8,
          data: labels.map((name, i) => ({name: `${i}`})), formatter: i => labels[i],
          textStyle: {color: is.text, fontSize: 12, width: Math.min(320, width - 60), overflow: "truncate"},
        },
        series: data.signals.map((signal, i) => ({
          type: "line", name: `${i}`, data: signal.share, symbol: "circle", symbolSize: 3,
          showSymbol: data.names.length < 120, connectNulls: false,
          lineStyle: {color: HUES[i % HUES.length], width: 1.5, type: LINES[Math.floor(i / HUES.length) % LINES.length]},
          itemStyle: {color: HUES[i % HUES.length]},
        })),
      },
    };
  };

  const place = id => {
    const element = document.getElementById(id);
    return {element, picture: pictures.begun(element)};
  };
  const [above, below] = [place("chart-volume"), place("chart-signals")];
  const show = ({element, picture}, height, width, option) => {
    element.style.height = `${height}px`;
    picture.resize({width, height});
    picture.setOption(option, true);
  };
  const draw = fixedWidth => {
    const width = fixedWidth || above.element.clientWidth;
    show(above, Math.min(380, Math.max(260, width * 0.5)), width, volume());
    const {height, option} = signals(width);
    show(below, height, width, option);
  };

  pictures.keepDrawn(draw);
})();
