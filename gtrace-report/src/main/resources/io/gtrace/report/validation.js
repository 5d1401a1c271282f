"use strict";
(() => {
  const sections = JSON.parse(document.getElementById("report-data").textContent);
  document.documentElement.classList.add("js");

  const {HUES, number, palette} = pictures;
  const tick = value => value >= 1e6 ? `${value / 1e6} M` : value >= 1e3 ? `${value / 1e3} k` : `${value}`;
  const SHAPES = ["circle", "rect", "triangle", "diamond"];

  const option = (section, width) => {
    const ink = palette();
    const all = section.points.flatMap(point => [point.measured, point.estimated]);
    const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
    const high = 10 ** Math.ceil(Math.log10(Math.max(...all)));
    const models = [...new Set(section.points.map(point => point.model))].sort();
    const axis = name => ({
      type: "log", min: low, max: high, name, nameLocation: "middle",
      nameTextStyle: {color: ink.muted}, axisLabel: {color: ink.muted, formatter: tick},
      axisLine: {lineStyle: {color: ink.line}}, splitLine: {lineStyle: {color: ink.line}},
    });
    const line = (factor, type) => ({
      type: "line", silent: true, symbol: "none", z: 1, tooltip: {show: false},
      lineStyle: {color: ink.muted, width: factor === 1 ? 1.5 : 1, type},
      data: [[low, low * factor], [high, high * factor]],
    });
    const whisker = index => (params, api) => {
      const at = api.value(0);
      const [x, top] = api.coord([at, api.value(2)]);
      const bottom = api.coord([at, api.value(1)])[1];
      return {
        type: "line", shape: {x1: x, y1: top, x2: x, y2: bottom},
        style: {stroke: HUES[index % HUES.length], lineWidth: 1, opacity: 0.25},
      };
    };
    const series = models.flatMap((model, index) => {
      const points = section.points.filter(point => point.model === model);
      return [
        {
          type: "custom", name: `interval of ${model}`, silent: true, clip: true, z: 2, renderItem: whisker(index),
          itemStyle: {color: HUES[index % HUES.length]}, encode: {x: 0, y: [1, 2]},
          data: points.map(point => [point.measured, point.low, point.high]),
        },
        {
          type: "scatter", name: model, symbolSize: 6, z: 3,
          symbol: SHAPES[Math.floor(index / HUES.length) % SHAPES.length],
          itemStyle: {color: HUES[index % HUES.length], opacity: 0.85},
          data: points.map(point => ({value: [point.measured, point.estimated], point})),
        },
      ];
    });
    // The legend flows like text: about so many pixels a letter, a mark and a gap for each name.
    const nameWidth = Math.min(320, width - 40);
    let lines = 1;
    let filled = 0;
    for (const model of models) {
      const entry = Math.min(model.length * 7.2, nameWidth) + 30;
      if (filled > 0 && filled + entry > width) {
        lines += 1;
        filled = 0;
      }
      filled += entry;
    }
    const legendHeight = 22 * lines + 8;
    const plot = Math.min(560, width);
    return {
      height: plot + legendHeight,
      option: {
        animation: false, textStyle: {fontFamily: pictures.family(), color: ink.text},
        tooltip: {
          ...pictures.tooltip(ink),
          formatter: ({data}) =>
            `${data.point.model}\nmeasured ${number(data.point.measured)} J\nestimated ${number(data.point.estimated)} J`
            + ` (${number(data.point.low)} to ${number(data.point.high)})`,
        },
        legend: {
          type: "plain", top: plot, left: 0, data: models, orient: "horizontal", itemWidth: 14, itemHeight: 10,
          textStyle: {color: ink.text, fontSize: 12, width: nameWidth, overflow: "truncate"},
          itemGap: 8,
        },
        grid: {left: 64, right: 16, top: 12, height: plot - 70},
        xAxis: {...axis("measured, J"), nameGap: 28},
        yAxis: {...axis("estimated, J"), nameGap: 46},
        series: [line(1, "solid"), line(2, "dashed"), line(0.5, "dashed"), ...series],
      },
    };
  };

  const drawn = sections.map(section => {
    const place = document.getElementById(`chart-${section.id}`);
    return {section, place, picture: pictures.begun(place)};
  });
  const draw = fixedWidth => {
    for (const {section, place, picture} of drawn) {
      const width = fixedWidth || place.clientWidth;
      const {height, option: chart} = option(section, width);
      place.style.height = `${height}px`;
      picture.resize({width, height});
      picture.setOption(chart, true);
    }
  };

  pictures.keepDrawn(draw);
})();
