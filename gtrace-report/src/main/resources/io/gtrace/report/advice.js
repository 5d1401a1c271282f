"use strict";
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  document.documentElement.classList.add("js");

  const {HUES, number, palette} = pictures;

  /** Each action as a box: as wide as what it avoids, as high as a tonne of it costs. */
  const curve = ink => {
    const order = data.names.map((name, i) => i).sort((a, b) => data.costPerT[a] - data.costPerT[b]);
    let sum = 0;
    const boxes = order.map(i => {
      const from = sum;
      sum += data.median[i];
      return {value: [from, sum, data.costPerT[i]], i};
    });
    return {
      ...pictures.shared(ink),
      tooltip: {
        ...pictures.tooltip(ink), trigger: "item",
        formatter: ({data: {i}}) =>
          `${data.names[i]}\n${number(data.median[i])} ${data.unit}\n${number(data.costPerT[i])} ${data.currency} per t`,
      },
      grid: {left: 72, right: 24, top: 30, bottom: 46},
      xAxis: {...pictures.valueAxis(ink, data.unit), max: sum, nameLocation: "middle", nameGap: 26, axisLine: {onZero: false}},
      yAxis: {
        ...pictures.valueAxis(ink, `${data.currency} per t`, pictures.short), min: null,
        nameTextStyle: {color: ink.muted, align: "left"},
      },
      series: [{
        type: "custom", data: boxes, encode: {x: [0, 1], y: 2},
        renderItem: (params, api) => {
          const [left, top] = api.coord([api.value(0), api.value(2)]);
          const [right, zero] = api.coord([api.value(1), 0]);
          return {
            type: "rect",
            shape: {x: left, y: Math.min(top, zero), width: Math.max(1, right - left - 1), height: Math.max(1, Math.abs(zero - top))},
            style: {fill: HUES[params.dataIndex % HUES.length], opacity: 0.85},
          };
        },
      }],
    };
  };

  const place = id => {
    const element = document.getElementById(id);
    return element && {element, picture: pictures.begun(element)};
  };
  const [avoided, costs] = [place("chart-avoided"), place("chart-costs")];
  const show = ({element, picture}, height, width, option) => {
    element.style.height = `${height}px`;
    picture.resize({width, height});
    picture.setOption(option, true);
  };
  pictures.keepDrawn(fixedWidth => {
    const ink = palette();
    if (avoided) {
      const width = fixedWidth || avoided.element.clientWidth;
      show(avoided, 50 + pictures.nameRow(data.names, width) * data.names.length, width, pictures.bars(data, ink, width));
    }
    if (costs) {
      const width = fixedWidth || costs.element.clientWidth;
      show(costs, 300, width, curve(ink));
    }
  });
})();
