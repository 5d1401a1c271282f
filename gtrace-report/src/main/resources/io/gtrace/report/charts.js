"use strict";
/** Draws the charts that {@code Charts} writes, each into the element of its id. */
const charts = (() => {
  const {LABEL_PX, palette, number, shared, valueAxis, fitted, figure, whiskers} = pictures;

  const uprightWhisker = (params, api) => {
    const [x, low] = api.coord([api.value(2), api.value(0)]);
    const [, high] = api.coord([api.value(2), api.value(1)]);
    const style = {stroke: api.visual("color"), lineWidth: 1.2};
    const line = (x1, y1, x2, y2) => ({type: "line", shape: {x1, y1, x2, y2}, style});
    return {
      type: "group",
      children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
    };
  };
  const leftOfAxis = chart => 8 + fitted(number(Math.max(...chart.high)) + "000", 90).width;

  /** The time of an hour, and its day where that begins. */
  const hours = names => {
    const parts = names.map(name => name.match(/^(.*) (\d\d:\d\d)$/) || [name, "", name]);
    return parts.map(([, day, time], i) => i > 0 && day === parts[i - 1][1] ? time : `${time}\n${day}`);
  };

  const columns = (chart, ink) => ({
    ...shared(ink),
    tooltip: {
      ...shared(ink).tooltip, trigger: "axis", axisPointer: {type: "none"},
      formatter: items => `${chart.names[items[0].dataIndex]}\n${figure(chart, items[0].dataIndex)}`,
    },
    grid: {left: leftOfAxis(chart), right: 8, top: 36, bottom: 44},
    xAxis: {
      type: "category", data: hours(chart.names),
      axisTick: {show: false}, axisLine: {lineStyle: {color: ink.line}},
      axisLabel: {color: ink.muted, hideOverlap: true, interval: 0, lineHeight: 16, verticalAlign: "top"},
    },
    yAxis: {...valueAxis(ink, chart.unit), nameTextStyle: {color: ink.muted, align: "left"}},
    series: [
      {type: "bar", data: chart.median, barMaxWidth: 48, itemStyle: {color: ink.accent, borderRadius: [3, 3, 0, 0]}},
      whiskers(chart, ink, uprightWhisker, {x: 2, y: [0, 1]}),
    ],
  });

  const band = (chart, ink) => ({
    ...shared(ink),
    tooltip: {
      ...shared(ink).tooltip, trigger: "axis",
      formatter: items => `${chart.names[items[0].dataIndex]}\n${figure(chart, items[0].dataIndex)}`,
    },
    grid: {left: leftOfAxis(chart), right: 48, top: 36, bottom: 28},
    xAxis: {
      type: "category", data: chart.names, boundaryGap: false, axisTick: {show: false},
      axisLine: {lineStyle: {color: ink.line}}, axisLabel: {color: ink.muted, hideOverlap: true, alignMinLabel: "left"},
    },
    yAxis: {...valueAxis(ink, chart.unit), nameTextStyle: {color: ink.muted, align: "left"}},
    series: [
      ...pictures.band(chart.low, chart.high, ink.soft, 0.6, "band"),
      {type: "line", data: chart.median, symbol: "none", lineStyle: {color: ink.accent, width: 2}, itemStyle: {color: ink.accent}},
    ],
  });

  const circlePx = (chart, i, width) =>
    6 + Math.min(40, width / 14) * Math.sqrt(chart.median[i] / (Math.max(...chart.median) || 1));

  const map = (chart, ink, width) => ({
    ...shared(ink),
    tooltip: {
      ...shared(ink).tooltip,
      formatter: item => item.seriesType === "scatter"
        ? `${chart.names[item.dataIndex]}\n${figure(chart, item.dataIndex)}` : "",
    },
    geo: pictures.world(ink),
    series: [{
      type: "scatter", coordinateSystem: "geo", data: chart.positions,
      symbolSize: (value, item) => circlePx(chart, item.dataIndex, width),
      itemStyle: {color: ink.accent, opacity: 0.75, borderColor: ink.page, borderWidth: 1},
    }],
  });

  const LABEL_HEIGHT_PX = 16;
  const NAMES_FROM_PX = 560;
  const FEW = 3;
  const DISTANCES_PX = [4, 10, 18, 28, 40, 54, 70, 88, 108, 130, 155];
  const DIRECTIONS = [0, 8, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11, 4, 12].map(i => i * Math.PI / 8);
  const inside = (value, low, high) => Math.max(low, Math.min(high, value));
  const touches = (a, b) => a.x < b.x + b.w + 3 && b.x < a.x + a.w + 3 && a.y < b.y + b.h && b.y < a.y + a.h;
  const covers = (circle, box) => Math.hypot(
    circle.x - inside(circle.x, box.x, box.x + box.w),
    circle.y - inside(circle.y, box.y, box.y + box.h)) < circle.r + 2;
  const crosses = (line, box) => {
    for (let t = 0; t <= 1; t += 0.05) {
      const x = line.x1 + t * (line.x2 - line.x1);
      const y = line.y1 + t * (line.y2 - line.y1);
      if (x > box.x - 1 && x < box.x + box.w + 1 && y > box.y - 1 && y < box.y + box.h + 1) return true;
    }
    return false;
  };

  /** A place for each text beside its circle and on no other, with a line to it where it stands apart. */
  const placed = (texts, circles, width, height) => {
    const labels = [];
    for (const [i, text] of texts.entries()) {
      const circle = circles[i];
      const w = text.width;
      const h = LABEL_HEIGHT_PX;
      const fits = (distance, angle) => {
        const cos = Math.cos(angle);
        const sin = Math.sin(angle);
        const x = circle.x + (circle.r + distance) * cos;
        const y = circle.y + (circle.r + distance) * sin;
        const box = {x: x + (cos - 1) / 2 * w, y: y + (sin - 1) / 2 * h, w, h};
        const line = {
          x1: circle.x + circle.r * cos, y1: circle.y + circle.r * sin,
          x2: inside(circle.x, box.x, box.x + w), y2: inside(circle.y, box.y, box.y + h),
        };
        const free = box.x >= 2 && box.y >= 0 && box.x + w <= width - 2 && box.y + h <= height
          && !circles.some(other => covers(other, box))
          && !labels.some(other => touches(other.box, box) || crosses(line, other.box) || (other.line && crosses(other.line, box)));
        return free ? {text: text.text, box, line: distance > DISTANCES_PX[0] ? line : null} : null;
      };
      let label = null;
      for (const distance of DISTANCES_PX) {
        for (const angle of DIRECTIONS) {
          label = label || fits(distance, angle);
        }
      }
      if (!label) return null;
      labels.push(label);
    }
    return labels;
  };

  /** Names where all find a place, else numbers that a legend below explains. */
  const label = (chart, picture, place, ink, width, height) => {
    const circles = chart.positions.map((position, i) => {
      const [x, y] = picture.convertToPixel({geoIndex: 0}, position);
      return {x, y, r: circlePx(chart, i, width) / 2};
    });
    const names = chart.names.slice(0, chart.labelled);
    const named = width < NAMES_FROM_PX && names.length > FEW ? null : placed(names.map(name => fitted(name, 160)), circles, width, height);
    const numbers = names.map((name, i) => fitted(String(i + 1), 40));
    const labels = named || placed(numbers, circles, width, height) || [];
    picture.setOption({
      graphic: labels.flatMap(({text, box, line}) => [
        ...line ? [{type: "line", z: 9, silent: true, shape: line, style: {stroke: ink.text, lineWidth: 0.8}}] : [],
        {
          type: "text", z: 10, silent: true, x: box.x, y: box.y + box.h / 2,
          style: {
            text, fill: ink.text, font: `${LABEL_PX}px ${pictures.family()}`,
            verticalAlign: "middle", stroke: ink.page, lineWidth: 2,
          },
        },
      ]),
    });
    legend(place, named ? [] : names);
  };

  const legend = (place, names) => {
    place.parentElement.querySelector(".legend")?.remove();
    if (names.length === 0) return;
    const list = document.createElement("ol");
    list.className = "legend";
    for (const [i, name] of names.entries()) {
      const item = document.createElement("li");
      const number = document.createElement("b");
      number.textContent = i + 1;
      item.append(number, ` ${name}`);
      list.append(item);
    }
    place.after(list);
  };

  const kinds = {bars: pictures.bars, columns, band, map};
  const heightOf = (chart, width) => ({
    bars: () => 50 + pictures.nameRow(chart.names, width) * chart.names.length,
    columns: () => 280,
    band: () => 280,
    map: () => Math.round(width * 0.42),
  })[chart.kind]();
  /**
   * Begins the charts of a list; a map needs the world to be registered.
   *
   * @return what draws them, in a width or as wide as their places are, and what ends them
   */
  const begun = list => {
    const drawn = list.map(chart => {
      const place = document.getElementById(`chart-${chart.id}`);
      return {chart, place, picture: pictures.begun(place)};
    });
    const draw = fixedWidth => {
      const ink = palette();
      for (const {chart, place, picture} of drawn) {
        const width = fixedWidth || place.clientWidth;
        const height = heightOf(chart, width);
        place.style.height = `${height}px`;
        picture.resize({width, height});
        picture.setOption(kinds[chart.kind](chart, ink, width), true);
        if (chart.kind === "map") label(chart, picture, place, ink, width, height);
      }
    };
    return {draw, end: () => drawn.forEach(({picture}) => picture.dispose())};
  };

  return {begun, uprightWhisker, leftOfAxis};
})();
