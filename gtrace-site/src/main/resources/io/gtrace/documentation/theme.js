// Before anything is drawn: the colours that the reader chose here, if any.
try {
  const chosen = localStorage.getItem("gtrace-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // Some browsers keep nothing for pages from a disk: then those of the system hold.
}
