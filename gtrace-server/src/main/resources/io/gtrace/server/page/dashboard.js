/** What all pages do: draw their pictures and keep them drawn, copy what is to be copied. */
document.documentElement.classList.add("js");

const read = id => JSON.parse(document.getElementById(id).textContent);
export const data = () => read("report-data");

/** The map of the world, for pictures that need it. */
export const world = async () => {
  if (!echarts.getMap("world")) {
    const answer = await fetch(new URL("world.geo.json", import.meta.url));
    echarts.registerMap("world", await answer.json());
  }
};

let shown = null;
let more = null;

/** Draws what the page holds now, instead of what it held before. */
export const redraw = async () => {
  const list = data().charts ?? [];
  if (list.some(chart => chart.kind === "map")) await world();
  if (shown) shown.end();
  shown = list.length > 0 ? charts.begun(list) : null;
  if (shown) shown.draw();
};

/** Has something else drawn too, for every width, colour scheme and medium. */
export const alsoDraw = draw => {
  more = draw;
  draw();
};

if (typeof pictures !== "undefined") {
  await redraw();
  let isFirst = true;
  pictures.keepDrawn(fixedWidth => {
    if (!isFirst) {
      if (shown) shown.draw(fixedWidth);
      if (more) more(fixedWidth);
    }
    isFirst = false;
  });
}

/** Says on a button for a while what came of it. */
export const tell = (button, text) => {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = before; }, 2000);
};

document.addEventListener("click", async event => {
  const button = event.target.closest("button[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    tell(button, "Copied");
  } catch {
    // Without the right to the clipboard the text is at least selected.
    getSelection().selectAllChildren(source);
    tell(button, "Selected");
  }
});
