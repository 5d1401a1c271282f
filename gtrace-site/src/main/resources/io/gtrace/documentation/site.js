"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const root = document.body.dataset.root;

  // Colours: those of the system until the reader chooses.
  const theme = byId("theme");
  const isDark = () => document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const nameTheme = () => { byId("theme-name").textContent = isDark() ? "Light colours" : "Dark colours"; };
  theme.addEventListener("click", () => {
    const chosen = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    try { localStorage.setItem("gtrace-theme", chosen); } catch { /* it holds for this page */ }
    nameTheme();
  });
  nameTheme();
  theme.hidden = false;

  // The navigation, where there is no room for it beside the text.
  const menu = byId("menu");
  const showMenu = shown => {
    menu.setAttribute("aria-expanded", String(shown));
    document.body.classList.toggle("menu-open", shown);
  };
  menu.hidden = false;
  menu.addEventListener("click", () => showMenu(menu.getAttribute("aria-expanded") !== "true"));
  const current = document.querySelector(".side [aria-current]");
  const side = byId("navigation");
  if (current && current.offsetTop > side.clientHeight - 80) {
    side.scrollTop = current.offsetTop - side.clientHeight / 2;
  }

  // What is typed can be copied, without what is answered.
  for (const code of document.querySelectorAll(".code")) {
    const typed = [...code.querySelectorAll(".typed")].map(line => line.textContent);
    if (!typed.length && !code.classList.contains("whole")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", typed.length ? "Copy the commands" : "Copy the code");
    button.addEventListener("click", async () => {
      const text = typed.length ? typed.join("\n") : code.querySelector("code").textContent.trimEnd();
      let copied = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        copied = select(code, text);
      }
      button.textContent = copied ? "Copied" : "Not copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    code.append(button);
  }
  function select(near, text) {
    const area = document.createElement("textarea");
    area.value = text;
    near.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }

  // Formulas become MathML.
  for (const formula of document.querySelectorAll(".formula")) {
    const latex = formula.textContent;
    katex.render(latex, formula, {output: "mathml", displayMode: formula.tagName === "DIV", throwOnError: false});
  }
  // They are higher than their text was: what the address names has moved.
  if (location.hash.length > 1) byId(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

  // Where one is on the page.
  const links = new Map([...document.querySelectorAll(".toc a")].map(link => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map(id => byId(decodeURIComponent(id))).filter(Boolean);
  if (headings.length) {
    let waiting = false;
    const mark = () => {
      waiting = false;
      const above = headings.filter(heading => heading.getBoundingClientRect().top < 140);
      const here = above.length ? above[above.length - 1] : headings[0];
      for (const [id, link] of links) {
        if (decodeURIComponent(id) === here.id) {
          link.setAttribute("aria-current", "true");
          const list = document.querySelector(".toc");
          if (link.offsetTop < list.scrollTop || link.offsetTop > list.scrollTop + list.clientHeight - 40) {
            list.scrollTop = link.offsetTop - list.clientHeight / 2;
          }
        } else {
          link.removeAttribute("aria-current");
        }
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(mark); }
    }, {passive: true});
    mark();
  }

  // Search: its library and what it looks through are loaded when it is first opened.
  const dialog = byId("search");
  const query = byId("query");
  const results = byId("results");
  const found = byId("found");
  const find = byId("find");
  const MOST = 12;
  const AROUND = 80;
  const PARTS = /[\s\-_./,;:()[\]{}"'`|<>=·…*]+/;
  let index = null;
  let chosen = -1;

  const load = file => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = root + "assets/" + file;
    script.onload = done;
    script.onerror = () => failed(new Error(file + " is missing"));
    document.head.append(script);
  });
  let loading = null;
  const prepare = () => loading ??= Promise.all([load("lunr.js"), load("search-index.js")]).then(() => {
    // Names such as output_tokens, --input-tokens and eu-west-3 are found by their parts.
    lunr.tokenizer.separator = PARTS;
    // A word is found as it is written, for its beginnings and slips, and by its stem.
    const withStem = token => {
      const stem = lunr.stemmer(token.clone());
      return stem.toString() === token.toString() ? token : [token, stem];
    };
    lunr.Pipeline.registerFunction(withStem, "withStem");
    index = lunr(function () {
      this.pipeline.remove(lunr.stemmer);
      this.pipeline.add(withStem);
      this.ref("id");
      this.field("page", {boost: 6});
      this.field("heading", {boost: 5});
      this.field("text");
      gtraceSearch.forEach(section => this.add(section));
    });
  });
  const wordsOf = text => text.toLowerCase().split(PARTS).filter(Boolean);
  // What a word finds, with how well: itself in any form, what begins with it, and what differs by a letter.
  const scores = word => new Map(index.query(query => {
    query.term(word, {boost: 10});
    query.term(word, {boost: 4, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING});
    if (word.length > 4) query.term(word, {boost: 1, usePipeline: false, editDistance: 1});
  }).map(hit => [hit.ref, hit.score]));
  const search = asked => {
    const words = wordsOf(asked);
    const telling = words.filter(word => lunr.stopWordFilter(word) !== undefined);
    const found = (telling.length ? telling : words).map(scores);
    const all = new Map();
    for (const each of found) {
      for (const [ref, score] of each) {
        const before = all.get(ref) ?? {words: 0, score: 0};
        all.set(ref, {words: before.words + 1, score: before.score + score});
      }
    }
    const most = Math.max(0, ...[...all.values()].map(each => each.words));
    return [...all].filter(([, each]) => each.words === most)
      .sort(([, a], [, b]) => b.score - a.score)
      .map(([ref]) => ({...gtraceSearch[Number(ref)], terms: words}));
  };

  const open = async () => {
    if (dialog.open) return;
    dialog.showModal();
    query.select();
    await prepare();
    show();
  };
  find.hidden = false;
  find.addEventListener("click", open);
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
        || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      open();
    } else if (event.key === "Escape" && document.body.classList.contains("menu-open")) {
      showMenu(false);
      menu.focus();
    }
  });
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });

  const excerpt = (text, terms) => {
    const low = text.toLowerCase();
    // Where the words stand together, or else the longest of them.
    const wanted = [terms.join(" "), ...[...terms].sort((a, b) => b.length - a.length)];
    const at = wanted.map(each => low.indexOf(each)).find(each => each >= 0) ?? 0;
    const from = at > AROUND ? low.lastIndexOf(" ", at - AROUND) + 1 : 0;
    return (from > 0 ? "… " : "") + text.slice(from, from + 2.2 * AROUND) + (from + 2.2 * AROUND < text.length ? " …" : "");
  };
  // Texts go in as texts: nothing that is found becomes HTML.
  const marked = (text, terms) => {
    const element = document.createElement("span");
    const pattern = terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    const parts = pattern ? text.split(new RegExp(`(${pattern})`, "giu")) : [text];
    parts.forEach((part, i) => {
      if (i % 2) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        element.append(mark);
      } else {
        element.append(part);
      }
    });
    return element;
  };
  const show = () => {
    const asked = query.value.trim();
    const hits = index && asked ? search(asked) : [];
    chosen = hits.length ? 0 : -1;
    results.replaceChildren(...hits.slice(0, MOST).map((hit, i) => {
      const item = document.createElement("li");
      item.id = "result-" + i;
      item.setAttribute("role", "option");
      item.dataset.url = root + hit.url;
      const title = document.createElement("strong");
      title.append(marked(hit.heading || hit.page, hit.terms));
      item.append(title);
      if (hit.heading) {
        const page = document.createElement("small");
        page.textContent = hit.page;
        item.append(page);
      }
      const words = marked(excerpt(hit.text, hit.terms), hit.terms);
      words.className = "words";
      item.append(words);
      item.addEventListener("click", () => go(i));
      return item;
    }));
    query.setAttribute("aria-expanded", String(hits.length > 0));
    found.textContent = !asked ? "Arrow keys choose, Enter opens."
      : hits.length === 0 ? "Nothing found."
      : hits.length === 1 ? "1 place"
      : hits.length > MOST ? `${MOST} of ${hits.length} places` : `${hits.length} places`;
    choose();
  };
  const choose = () => {
    [...results.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    if (chosen >= 0) {
      query.setAttribute("aria-activedescendant", "result-" + chosen);
      results.children[chosen].scrollIntoView({block: "nearest"});
    } else {
      query.removeAttribute("aria-activedescendant");
    }
  };
  const go = i => {
    dialog.close();
    location.href = results.children[i].dataset.url;
  };
  query.addEventListener("input", show);
  query.addEventListener("keydown", event => {
    const many = results.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (many) chosen = (chosen + (event.key === "ArrowDown" ? 1 : many - 1)) % many;
      choose();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (chosen >= 0) go(chosen);
    } else if (event.key === "Escape") {
      // Else it would only empty the field.
      event.preventDefault();
      dialog.close();
    }
  });
})();
