"use strict";
/** What the scripts of all pages share; it stands before each of them in one script element. */
const pictures = (() => {
  const PAPER_PX = 670;
  const LABEL_PX = 12;
  const LINE_PX = 15;
  // Distinct in light and dark, and for most kinds of colour blindness.
  const HUES = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a6fdf", "#7a8a1c"];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const family = () => getComputedStyle(document.body).fontFamily;
  const palette = () => ({
    page: colour("--page"), line: colour("--line"), text: colour("--text"), muted: colour("--muted"),
    accent: colour("--accent"), soft: colour("--accent-soft"), land: colour("--land"),
    landLine: colour("--land-line"), second: colour("--second"), raised: colour("--raised"),
  });

  const number = value => value.toLocaleString("en", {maximumSignificantDigits: 3});
  const short = value => {
    const size = Math.abs(value);
    const [unit, word] = size >= 1e9 ? [1e9, " bn"] : size >= 1e6 ? [1e6, " M"] : size >= 1e4 ? [1e3, " k"] : [1, ""];
    return `${number(value / unit)}${word}`;
  };

  // Text drawn into the picture: names from the data never become markup.
  const tooltip = ink => ({
    renderMode: "richText", confine: true, backgroundColor: ink.raised, borderColor: ink.line,
    textStyle: {color: ink.text, fontSize: 13, fontFamily: family()},
  });
  const shared = ink => ({
    animation: false,
    textStyle: {fontFamily: family(), color: ink.text},
    tooltip: tooltip(ink),
  });

  const valueAxis = (ink, unit, format = number) => ({
    type: "value", min: 0, splitNumber: 4, name: unit, nameTextStyle: {color: ink.muted},
    axisLabel: {color: ink.muted, hideOverlap: true, formatter: format},
    splitLine: {lineStyle: {color: ink.line}},
  });

  const ruler = document.createElement("canvas").getContext("2d");
  /** A name that fits, and how wide it is. */
  const fitted = (name, most) => {
    ruler.font = `${LABEL_PX}px ${family()}`;
    let text = name.replace(/\s+/g, " ");
    while (ruler.measureText(text).width > most && text.length > 2) {
      text = `${text.slice(0, -2)}…`;
    }
    return {text, width: ruler.measureText(text).width};
  };

  const figure = (chart, i) => `${number(chart.median[i])} ${chart.unit}`
    + (chart.high[i] > chart.low[i] ? ` (${number(chart.low[i])} to ${number(chart.high[i])})` : "");

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
  const whiskers = (chart, ink, renderItem, encode) => ({
    type: "custom", renderItem, encode, silent: true, z: 3, itemStyle: {color: ink.text},
    data: chart.low.map((low, i) => [low, chart.high[i], i]).filter(([low, high]) => high > low),
  });

  /** Names down the left, as wide as they need to be. */
  /** A name in lines, none wider than that; a word that is too long is parted at hyphens, or else cut off. */
  const wrapped = (name, most) => {
    ruler.font = `${LABEL_PX}px ${family()}`;
    const fits = text => ruler.measureText(text).width <= most;
    const lines = [];
    for (const word of name.split(/\s+/)) {
      (fits(word) ? [word] : word.split(/(?<=-)/)).forEach((part, i) => {
        const longer = `${lines[lines.length - 1]}${i === 0 ? " " : ""}${part}`;
        if (lines.length && fits(longer)) {
          lines[lines.length - 1] = longer;
        } else {
          lines.push(fitted(part, most).text);
        }
      });
    }
    return {text: lines.join("\n"), width: Math.max(...lines.map(line => fitted(line, most).width)), lines: lines.length};
  };
  const besideBars = (names, width) => names.map(name => wrapped(name, Math.min(240, width * 0.36)));
  /** Height of a bar's row that its name fits into, at least so many pixels. */
  const nameRow = (names, width, least = 30) =>
    Math.max(least, 6 + LINE_PX * Math.max(...besideBars(names, width).map(label => label.lines)));
  const nameAxis = (names, ink, width) => {
    const labels = besideBars(names, width);
    return {
      left: 16 + Math.max(...labels.map(label => label.width)),
      axis: {
        type: "category", inverse: true, data: labels.map(label => label.text), axisTick: {show: false},
        axisLine: {lineStyle: {color: ink.line}},
        axisLabel: {color: ink.text, interval: 0, fontSize: LABEL_PX, lineHeight: LINE_PX},
      },
    };
  };

  const bars = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.names, ink, width);
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink), trigger: "axis", axisPointer: {type: "none"},
        formatter: items => `${chart.names[items[0].dataIndex]}\n${figure(chart, items[0].dataIndex)}`,
      },
      grid: {left, right: 24, top: 4, bottom: 46},
      xAxis: {
        ...valueAxis(ink, chart.unit), min: chart.low.some(low => low < 0) ? null : 0,
        nameLocation: "middle", nameGap: 26,
      },
      yAxis: axis,
      series: [
        {type: "bar", data: chart.median, barMaxWidth: 18, itemStyle: {color: ink.accent, borderRadius: [0, 3, 3, 0]}},
        whiskers(chart, ink, whisker, {x: [0, 1], y: 2}),
      ],
    };
  };

  /** The two series that fill the room between two lines. */
  const band = (low, high, hue, opacity, stack) => [
    {type: "line", stack, data: low, symbol: "none", lineStyle: {opacity: 0}, silent: true},
    {
      type: "line", stack, data: high.map((value, i) => value - low[i]),
      symbol: "none", lineStyle: {opacity: 0}, areaStyle: {color: hue, opacity}, silent: true,
    },
  ];

  /** The world without what nobody lives on. */
  const world = ink => ({
    map: "world", silent: true, roam: false, left: 0, right: 0, top: 0, bottom: 0,
    boundingCoords: [[-170, 76], [180, -56]],
    itemStyle: {areaColor: ink.land, borderColor: ink.landLine, borderWidth: 0.7},
  });

  /** A picture in a place: as vectors, or as a canvas where a page allows no styles but those of its sheets. */
  const begun = place => echarts.init(place, null, {renderer: document.documentElement.dataset.renderer || "svg"});

  return {
    HUES, LABEL_PX, begun, colour, family, palette, number, short, tooltip, shared, valueAxis, fitted, figure,
    whisker, whiskers, nameAxis, nameRow, bars, band, world,

    /** Draws now, and again for every other width, colour scheme and medium. */
    keepDrawn: draw => {
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
    },
  };
})();

/* Where no style can open what is folded, it is opened for paper. */
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".fold:not([open])")) {
    fold.open = true;
    addEventListener("afterprint", () => { fold.open = false; }, {once: true});
  }
});
