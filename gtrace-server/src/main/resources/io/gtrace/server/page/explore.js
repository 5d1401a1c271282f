import {alsoDraw, data} from "./dashboard.js";

const form = document.getElementById("explore");
form.elements.compare.addEventListener("change", () => form.requestSubmit());

const place = document.getElementById("chart-curves");
const {curves, bands} = data();

const MIDNIGHT = / \d{4} 00:00$/;
// Of days told by hours, where they begin; of a few hours, any.
const DAYS = 48;
let shown = [0, curves.names.length - 1];
const isOfDays = () => curves.names.filter(name => MIDNIGHT.test(name)).length > 1 && shown[1] - shown[0] >= DAYS;
const isOneStep = curves.names.length === 1;
const labels = ink => ({
  color: ink.muted, hideOverlap: true,
  ...isOfDays()
    ? {interval: (i, name) => MIDNIGHT.test(name), formatter: name => name.replace(MIDNIGHT, ""), alignMinLabel: null, alignMaxLabel: null}
    : {interval: "auto", formatter: name => name, alignMinLabel: isOneStep ? null : "left", alignMaxLabel: isOneStep ? null : "right"},
});

const TOUCHES = matchMedia("(pointer: coarse)");

const option = ink => {
  const several = curves.lines.length > 1;
  const hue = i => several ? pictures.HUES[i % pictures.HUES.length] : ink.accent;
  const named = value => pictures.number(value);
  const told = (line, i) => `${several ? `${line.name}: ` : ""}${named(line.median[i])} ${curves.unit} (${named(line.low[i])} to ${named(line.high[i])})`;
  // A single point has no line.
  const symbol = isOneStep ? "circle" : "none";
  const most = Math.max(...curves.lines.flatMap(line => line.high));
  const axis = pictures.valueAxis(ink, curves.unit);
  return {
    ...pictures.shared(ink),
    tooltip: {
      ...pictures.tooltip(ink), trigger: "axis",
      formatter: items => [
        curves.names[items[0].dataIndex],
        ...curves.lines.map(line => told(line, items[0].dataIndex)),
      ].join("\n"),
    },
    legend: several
      ? {
        type: "scroll", top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 14,
        textStyle: {color: ink.text}, pageTextStyle: {color: ink.text}, pageIconColor: ink.accent,
        data: curves.lines.map((line, i) => `${i}`), formatter: i => pictures.fitted(curves.lines[i].name, 180).text,
      }
      : {show: false},
    grid: {left: 12 + pictures.fitted(named(most), 90).width + 14, right: 16, top: several ? 58 : 34, bottom: 84},
    xAxis: {
      type: "category", data: curves.names, boundaryGap: false, axisTick: {show: false},
      axisLine: {lineStyle: {color: ink.line}}, axisLabel: labels(ink),
    },
    yAxis: {...axis, nameTextStyle: {color: ink.muted, align: "left"}},
    dataZoom: isOneStep ? [] : [{
      type: "slider", bottom: 12, height: 26, borderColor: ink.line, fillerColor: "transparent", brushSelect: false,
      backgroundColor: ink.raised, textStyle: {color: ink.muted}, handleStyle: {color: ink.accent, borderColor: ink.accent},
      moveHandleStyle: {color: ink.accent}, dataBackground: {lineStyle: {color: ink.muted}, areaStyle: {color: ink.soft}},
      selectedDataBackground: {lineStyle: {color: ink.accent}, areaStyle: {color: ink.accent}},
    }],
    brush: {xAxisIndex: 0, brushType: "lineX", brushMode: "single", brushStyle: {color: "rgba(127,127,127,.2)", borderColor: ink.accent}, throttleType: "debounce", throttleDelay: 100},
    toolbox: {show: false},
    series: curves.lines.flatMap((line, i) => [
      ...isOneStep
        ? [pictures.whiskers(line, {text: hue(i)}, charts.uprightWhisker, {x: 2, y: [0, 1]})] : [],
      ...bands
        ? pictures.band(line.low, line.high, several ? hue(i) : ink.soft, several ? 0.15 : 0.6, `band ${i}`) : [],
      {
        type: "line", name: `${i}`, data: line.median, symbol, symbolSize: 8, z: 4,
        lineStyle: {color: hue(i), width: 2}, itemStyle: {color: hue(i)},
      },
    ]),
  };
};

if (place && curves.names.length > 0) {
  const picture = pictures.begun(place);
  alsoDraw(fixedWidth => {
    const width = fixedWidth || place.clientWidth;
    shown = [0, curves.names.length - 1];
    place.style.height = "400px";
    picture.resize({width, height: 400});
    picture.setOption(option(pictures.palette()), true);
    // On a screen that is touched, dragging scrolls the page.
    if (!TOUCHES.matches && !isOneStep) {
      picture.dispatchAction({type: "takeGlobalCursor", key: "brush", brushOption: {brushType: "lineX", brushMode: "single"}});
    }
  });

  picture.on("datazoom", () => {
    const {startValue, endValue} = picture.getOption().dataZoom[0];
    const wasOfDays = isOfDays();
    shown = [startValue, endValue];
    if (isOfDays() !== wasOfDays) picture.setOption({xAxis: {axisLabel: labels(pictures.palette())}});
  });

  const chosen = document.getElementById("chosen");
  const only = document.getElementById("only-chosen");
  let range = null;
  picture.on("brushEnd", ({areas}) => {
    if (areas.length === 0) return;
    const inside = value => Math.max(0, Math.min(curves.names.length - 1, value));
    range = areas[0].coordRange.map(inside);
    only.textContent = `Show only ${curves.names[range[0]]} to ${curves.names[range[1]]}`;
    chosen.hidden = false;
  });
  only.addEventListener("click", () => {
    form.elements.from.value = curves.from[range[0]];
    form.elements.to.value = curves.to[range[1]];
    form.requestSubmit();
  });
  document.getElementById("forget-chosen").addEventListener("click", () => {
    chosen.hidden = true;
    picture.dispatchAction({type: "brush", areas: []});
  });
}
