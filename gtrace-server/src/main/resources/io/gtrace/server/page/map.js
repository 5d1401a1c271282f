import {alsoDraw, data, world} from "./dashboard.js";

/** The hours of the grids run by; what the ledger holds stands over them. */
const STEP_MS = 700;
const {grids, spots, centres, month} = data();
const place = document.getElementById("chart-map");
const slider = document.getElementById("hour");
const button = document.getElementById("play");
const now = document.getElementById("now");

await world();
const picture = pictures.begun(place);
const sorted = grids.flatMap(grid => grid.hours).sort((a, b) => a - b);
const most = sorted[Math.floor(sorted.length * 0.98)] || 1;
const largest = Math.max(...spots.map(spot => spot.carbon), 0) || 1;
const clock = hour => `${String(hour).padStart(2, "0")}:00`;
const hour = () => Number(slider.value);
const colours = () => grids.map(grid => ({name: grid.name, value: [...grid.at, grid.hours[hour()]]}));

const draw = fixedWidth => {
  const ink = pictures.palette();
  const width = fixedWidth || place.clientWidth;
  const height = Math.round(width * (width < 560 ? 0.62 : 0.5));
  place.style.height = `${height}px`;
  picture.resize({width, height});
  const sizeOf = spot => 8 + Math.min(46, width / 14) * Math.sqrt(spot.carbon / largest);
  const ofLedger = atUser => spots.filter(spot => spot.atUser === atUser)
    .map(spot => ({name: spot.name, value: spot.at, words: spot.words, symbolSize: sizeOf(spot)}));
  picture.setOption({
    ...pictures.shared(ink),
    tooltip: {
      ...pictures.tooltip(ink),
      formatter: item => {
        if (item.seriesIndex === 1) return `${item.name}\n${pictures.number(item.value[2])} g CO2e/kWh at ${clock(hour())} UTC`;
        return item.seriesIndex === 0 ? item.name : `${item.name}\n${item.data.words}`;
      },
    },
    visualMap: {
      type: "continuous", seriesIndex: 1, dimension: 2, min: 0, max: most, calculable: false, orient: "horizontal",
      left: 0, bottom: 0, itemWidth: 10, itemHeight: 120, text: [`${pictures.number(most)} g/kWh`, "0"],
      textStyle: {color: ink.text}, inRange: {color: [ink.accent, ink.second, "#5b2a13"]},
    },
    geo: pictures.world(ink),
    series: [
      {type: "scatter", coordinateSystem: "geo", symbol: "rect", symbolSize: 4, itemStyle: {color: ink.muted, opacity: 0.7}, data: centres.map(centre => ({name: centre.name, value: centre.at}))},
      {type: "scatter", coordinateSystem: "geo", symbolSize: width < 560 ? 8 : 12, itemStyle: {opacity: 0.95, borderColor: ink.page, borderWidth: 1}, data: colours()},
      {type: "scatter", coordinateSystem: "geo", z: 5, itemStyle: {color: "transparent", borderColor: ink.text, borderWidth: 2}, data: ofLedger(false)},
      {type: "scatter", coordinateSystem: "geo", z: 6, symbol: "diamond", itemStyle: {color: "transparent", borderColor: ink.text, borderWidth: 2}, data: ofLedger(true)},
    ],
  }, true);
};
alsoDraw(draw);

const cleanest = () => grids.reduce((best, grid) => grid.hours[hour()] < best.hours[hour()] ? grid : best, grids[0]);
const tell = () => {
  slider.setAttribute("aria-valuetext", `${clock(hour())} UTC`);
  now.textContent = `${clock(hour())} UTC, ${month}. Cleanest: ${cleanest().name}, ${pictures.number(cleanest().hours[hour()])} g/kWh`;
};
const show = to => {
  slider.value = to;
  tell();
  picture.setOption({series: [{}, {data: colours()}]});
};

let timer = null;
const stop = () => {
  clearInterval(timer);
  timer = null;
  button.textContent = "Play";
  now.setAttribute("aria-live", "polite");
};
button.addEventListener("click", () => {
  if (timer !== null) {
    stop();
    return;
  }
  button.textContent = "Pause";
  // Else a screen reader would read every hour while they run by.
  now.setAttribute("aria-live", "off");
  timer = setInterval(() => show((hour() + 1) % 24), STEP_MS);
});
slider.addEventListener("input", () => {
  stop();
  show(hour());
});
tell();
