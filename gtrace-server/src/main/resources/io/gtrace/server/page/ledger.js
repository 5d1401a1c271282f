import "./dashboard.js";

/** Sends files in parts that the server takes, and tells how far it has come. */
const PART_CHARS = 4 << 20;
const WHOLE_BYTES = 16 << 20;
const drop = document.getElementById("drop");
const files = document.getElementById("files");
const uploads = document.getElementById("uploads");
const format = document.getElementById("format");

/** Rows of a CSV, RFC 4180. */
const rowsOf = text => {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\"" && text[i + 1] === "\"") { cell += c; i++; } else if (c === "\"") quoted = false; else cell += c;
    } else if (c === "\"") quoted = true;
    else if (c === ",") { row.push(cell); cell = ""; } else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") i++;
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else cell += c;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows.filter(cells => cells.some(each => each !== ""));
};
const linesOfCsv = text => {
  const [names, ...rows] = rowsOf(text.replace(/^\uFEFF/, ""));
  return rows.map(cells => JSON.stringify(
    Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]).filter(([, value]) => value !== ""))));
};
const isJson = line => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** Parts of a text, each a text of its own. */
const partsOf = (name, text) => {
  const lines = /\.csv$/i.test(name) ? linesOfCsv(text) : text.split(/\r?\n/).filter(line => line.trim() !== "");
  const byLine = /\.(csv|jsonl|ndjson)$/i.test(name) || (lines.length > 1 && isJson(lines[0]) && isJson(lines[1]));
  if (!byLine) return [text];
  const parts = [];
  let part = [];
  let size = 0;
  for (const line of lines) {
    if (size + line.length > PART_CHARS && part.length > 0) {
      parts.push(part.join("\n"));
      part = [];
      size = 0;
    }
    part.push(line);
    size += line.length + 1;
  }
  if (part.length > 0) parts.push(part.join("\n"));
  return parts;
};

/** FNV-1a of 32 bits, begun with some number. */
const fnv1a = (bytes, begin) => {
  let hash = begin;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
};

/**
 * The same for the same content, so that it counts once however often it is sent. Browsers digest only on pages that
 * come encrypted or from this machine; a weaker digest does, for the server compares contents and loses nothing.
 */
const keyOf = async text => {
  const bytes = new TextEncoder().encode(text);
  if (!crypto.subtle) return `${bytes.length}-${fnv1a(bytes, 0x811c9dc5)}${fnv1a(bytes, bytes.length)}`;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, "0")).join("");
};

const send = (part, key, told) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("POST", `/v1/activities${format.value ? `?format=${encodeURIComponent(format.value)}` : ""}`);
  request.setRequestHeader("Idempotency-Key", key);
  request.upload.addEventListener("progress", event => event.lengthComputable && told(event.loaded / event.total));
  request.addEventListener("load", () => {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = {detail: request.statusText};
    }
    resolve({status: request.status, retryAfter: Number(request.getResponseHeader("Retry-After") ?? 0), answer});
  });
  request.addEventListener("error", () => reject(new Error("the server does not answer")));
  request.send(part);
});
const after = seconds => new Promise(resolve => { setTimeout(resolve, seconds * 1000); });

const upload = async file => {
  const item = document.createElement("li");
  const what = document.createElement("strong");
  const bar = document.createElement("progress");
  const says = document.createElement("span");
  what.textContent = file.name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Progress of ${file.name}`);
  says.textContent = " is being read";
  item.append(what, says, bar);
  uploads.prepend(item);
  let accepted = 0;
  let refused = 0;
  const reasons = [];
  try {
    const text = await file.text();
    const parts = partsOf(file.name, text);
    if (parts.some(part => part.length > WHOLE_BYTES)) throw new Error("it is too large to be sent in one piece: use gtrace ingest");
    const key = await keyOf(text);
    for (const [i, part] of parts.entries()) {
      let {status, retryAfter, answer} = await send(part, `${key}-${i}`, share => { bar.value = (i + share) / parts.length; });
      while (status === 429 || status === 503) {
        says.textContent = " waits: the server is busy";
        await after(Math.max(1, retryAfter));
        ({status, retryAfter, answer} = await send(part, `${key}-${i}`, () => {}));
      }
      if (answer.accepted === undefined) throw new Error(answer.detail ?? `the server answers ${status}`);
      accepted += answer.accepted;
      refused += answer.refused;
      reasons.push(...answer.refusals.slice(0, 5).map(each => `record ${each.record}: ${each.field} ${each.reason}`), ...answer.notes);
      bar.value = (i + 1) / parts.length;
      says.textContent = `: ${accepted.toLocaleString("en")} taken`;
    }
    says.textContent = `: ${accepted.toLocaleString("en")} taken${refused > 0 ? `, ${refused.toLocaleString("en")} refused` : ""}`;
  } catch (failed) {
    says.textContent = `: ${failed.message}`;
  }
  if (reasons.length > 0) {
    const list = document.createElement("ul");
    list.className = "findings";
    for (const reason of [...new Set(reasons)].slice(0, 5)) {
      const line = document.createElement("li");
      line.textContent = reason;
      list.append(line);
    }
    item.append(list);
  }
};
const uploadAll = async list => {
  for (const file of list) await upload(file);
};

files.addEventListener("change", async () => {
  await uploadAll([...files.files]);
  files.value = "";
});
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, event => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", event => {
  event.preventDefault();
  uploadAll([...event.dataTransfer.files]);
});
