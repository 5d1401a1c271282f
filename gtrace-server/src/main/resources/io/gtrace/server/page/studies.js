import "./dashboard.js";

const EVERY_MS = 1000;
const OVER = ["done", "cancelled", "failed"];
const bars = new Map([...document.querySelectorAll("progress[data-run]")].map(bar => [bar.dataset.run, bar]));

/** Tells how runs get on; the page is made anew once one is over, to lead to its result. */
const follow = async () => {
  const answer = await fetch("/v1/studies", {cache: "no-store"});
  if (!answer.ok) return;
  const {runs} = await answer.json();
  for (const {id, state, share} of runs) {
    const bar = bars.get(id);
    if (bar === undefined) continue;
    if (OVER.includes(state)) {
      location.reload();
      return;
    }
    const percent = Math.floor(100 * share);
    const item = bar.closest("li");
    item.querySelector(".state").textContent = state;
    item.querySelector(".percent").textContent = percent;
    bar.value = percent;
  }
};
const goOn = async () => {
  try {
    await follow();
  } catch {
    // The server may be away for a moment; the next look tells.
  }
  setTimeout(goOn, EVERY_MS);
};
if (bars.size > 0) goOn();
