"use strict";
/** What the scripts of all pages share; it stands before each of them in one script element. */
const pictures = (() => {
  const PAPER_PX = 670;
  return {
    colour: name => getComputedStyle(document.documentElement).getPropertyValue(name).trim(),
    family: () => getComputedStyle(document.body).fontFamily,
    number: value => value.toLocaleString("en", {maximumSignificantDigits: 3}),

    // Text drawn into the picture: names from the data never become markup.
    tooltip: ink => ({
      renderMode: "richText", confine: true, backgroundColor: ink.raised, borderColor: ink.line,
      textStyle: {color: ink.text, fontSize: 13, fontFamily: pictures.family()},
    }),

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
