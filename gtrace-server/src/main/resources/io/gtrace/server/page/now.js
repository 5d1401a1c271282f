import {redraw} from "./dashboard.js";

/** Looks every few seconds whether the ledger has more, and shows it. */
const EVERY_MS = 5000;
const AT_LEAST_EVERY_MS = 60_000;

let tag = null;
let refreshedAt = Date.now();

const swap = (fresh, id) => document.getElementById(id).replaceWith(fresh.getElementById(id));

const refresh = async () => {
  const answer = await fetch(location.href, {cache: "no-store"});
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const needsScripts = [...fresh.querySelectorAll("script[src]")]
    .some(script => !document.querySelector(`script[src="${script.getAttribute("src")}"]`));
  if (needsScripts) {
    location.reload();
    return;
  }
  const held = document.activeElement?.closest("#live") ? document.activeElement : null;
  if (held && held.matches("a, button, summary")) return;
  document.title = fresh.title;
  swap(fresh, "live");
  swap(fresh, "report-data");
  await redraw();
  refreshedAt = Date.now();
};

const look = async () => {
  if (document.hidden) return;
  const pulse = document.getElementById("pulse");
  try {
    const answer = await fetch("/v1/footprints", {cache: "no-store", headers: tag ? {"If-None-Match": tag} : {}});
    const newest = answer.headers.get("ETag");
    const changed = tag !== null && answer.ok && newest !== tag;
    if (answer.ok) tag = newest;
    const isOld = pulse !== null && Date.now() - refreshedAt > AT_LEAST_EVERY_MS;
    if (changed || isOld) await refresh();
  } catch {
    if (pulse) pulse.textContent = "The server does not answer; trying again";
  }
};

setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", look);
look();

document.getElementById("load-demo")?.addEventListener("submit", event => {
  const button = event.target.querySelector("button");
  button.disabled = true;
  button.textContent = "Loading…";
});
