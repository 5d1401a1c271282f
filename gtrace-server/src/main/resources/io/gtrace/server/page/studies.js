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

/** Starts a run as a form asks for it; the page is made anew to follow it, or says why it is not run. */
const start = async form => {
  const told = form.querySelector("[role=alert]");
  const asked = new FormData(form);
  const answer = await fetch("/v1/studies", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({
      study: form.dataset.study,
      scale: Number(asked.get("scale")),
      days: Number(asked.get("days")),
      runs: Number(asked.get("runs")),
    }),
  });
  if (answer.ok) {
    location.assign("/studies");
    return;
  }
  told.textContent = (await answer.json()).detail;
  told.hidden = false;
};
for (const form of document.querySelectorAll("form.run")) {
  form.hidden = false;
  const button = form.querySelector("button");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    button.disabled = true;
    try {
      await start(form);
    } catch (failed) {
      const told = form.querySelector("[role=alert]");
      told.textContent = `The server does not answer: ${failed.message}`;
      told.hidden = false;
    }
    button.disabled = false;
  });
}
for (const button of document.querySelectorAll("button[data-ends]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await fetch(`/v1/studies/${button.dataset.ends}`, {method: "DELETE"});
    if (button.closest("li").querySelector("progress") === null) location.reload();
  });
}
