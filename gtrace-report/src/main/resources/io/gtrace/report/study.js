"use strict";
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const data = read("report-data");
  document.documentElement.classList.add("js");

  const {palette, number, short, shared, tooltip, valueAxis, fitted, whisker, nameAxis, nameRow} = pictures;
  const HOUR_MS = 3_600_000;
  const DAY_MS = 24 * HOUR_MS;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const utc = options => new Intl.DateTimeFormat("en-GB", {timeZone: "UTC", ...options});
  const dayFormat = utc({day: "numeric", month: "short"});
  const longDayFormat = utc({day: "numeric", month: "long", year: "numeric"});
  const hourFormat = utc({day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});
  const measured = (value, unit) => unit ? `${number(value)} ${unit}` : short(value);

  /* ---- curves over time ---- */

  const spanning = (line, i, unit) => measured(line.median[i], unit)
    + (line.high ? ` (${measured(line.low[i], "")} to ${measured(line.high[i], "")})` : "");

  const curves = (chart, ink, width) => {
    const times = chart.lines[0].median.map((_, i) => chart.start + i * chart.step);
    const wholeDays = chart.step % DAY_MS === 0;
    const most = Math.max(...chart.lines.flatMap(line => line.high || line.median));
    const every = Math.ceil(times.length * chart.step / DAY_MS / Math.max(3, Math.floor(width / 90))) * DAY_MS;
    const midnight = Math.ceil(times[0] / DAY_MS) * DAY_MS;
    const labelled = i => wholeDays
      ? i % Math.max(1, every / chart.step) === 0
      : (times[i] - midnight) % Math.max(every, DAY_MS) === 0;
    const when = i => wholeDays ? longDayFormat.format(times[i]) : `${hourFormat.format(times[i])} UTC`;
    const several = chart.lines.length > 1;
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink), trigger: "axis",
        formatter: items => [
          when(items[0].dataIndex),
          ...chart.lines.map(line => `${several ? `${line.name}: ` : ""}${spanning(line, items[0].dataIndex, chart.unit)}`),
        ].join("\n"),
      },
      legend: several
        ? {top: 0, left: 0, data: chart.lines.map(line => line.name), selectedMode: false, itemWidth: 22, itemHeight: 8, textStyle: {color: ink.text}, icon: "roundRect"}
        : {show: false},
      grid: {left: 12 + fitted(short(most), 90).width + 14, right: 14, top: several ? 42 : chart.unit ? 34 : 14, bottom: 28},
      xAxis: {
        type: "category", data: times, boundaryGap: false, axisTick: {show: false}, axisLine: {lineStyle: {color: ink.line}},
        axisLabel: {
          color: ink.muted, interval: labelled, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right",
          formatter: value => dayFormat.format(Number(value)),
        },
      },
      yAxis: {...valueAxis(ink, several ? "" : chart.unit, short), nameTextStyle: {color: ink.muted, align: "right"}},
      series: chart.lines.flatMap((line, i) => [
        ...line.high ? pictures.band(line.low, line.high, ink[line.ink], 0.22, `band ${i}`) : [],
        {
          type: "line", name: line.name, data: line.median, symbol: "none", z: 4,
          lineStyle: {color: ink[line.ink], width: chart.step >= DAY_MS ? 2.4 : 1.5}, itemStyle: {color: ink[line.ink]},
        },
      ]),
    };
  };

  /* ---- one output to the total ---- */

  const logTick = units => value => {
    const [size, word] = units.find(([size]) => value >= size * 0.999) || units[units.length - 1];
    return `${number(value / size)} ${word}`;
  };
  const energyTick = logTick([[1e9, "TWh"], [1e6, "GWh"], [1e3, "MWh"], [1, "kWh"], [1e-3, "Wh"]]);
  const logAxis = (ink, format) => ({
    type: "log", axisLabel: {color: ink.muted, hideOverlap: true, formatter: format},
    axisLine: {lineStyle: {color: ink.line}}, splitLine: {lineStyle: {color: ink.line}}, minorSplitLine: {show: false},
  });
  const decade = value => 10 ** Math.floor(Math.log10(value));

  const ladder = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.rungs.map(rung => rung.name), ink, width);
    const decades = (from, to) => Math.round(Math.log10(to / from));
    const floor = decade(Math.min(...chart.rungs.map(rung => rung.kwh[1] || rung.kwh[0])));
    const ceiling = 10 * decade(Math.max(...chart.rungs.map(rung => rung.kwh[2])) * 0.999);
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({dataIndex: i}) => `${chart.rungs[i].name}\n${chart.rungs[i].label} (${chart.rungs[i].range})`,
      },
      grid: {left, right: 72, top: 4, bottom: 28},
      xAxis: {...logAxis(ink, energyTick), min: floor, max: ceiling, interval: Math.ceil(decades(floor, ceiling) / Math.max(2, Math.floor((width - left - 72) / 60)))},
      yAxis: axis,
      series: [{
        type: "custom", encode: {x: [0, 1, 2], y: 3}, itemStyle: {color: ink.accent},
        data: chart.rungs.map((rung, i) => [...rung.kwh, i]),
        // Drawn, for a bar on a logarithmic axis would begin at 1.
        renderItem: (params, api) => {
          const [x, y] = api.coord([api.value(0), api.value(3)]);
          const [low] = api.coord([api.value(1), api.value(3)]);
          const [high] = api.coord([api.value(2), api.value(3)]);
          const from = params.coordSys.x;
          const style = {stroke: ink.text, lineWidth: 1.2};
          const line = (x1, y1, x2, y2) => ({type: "line", shape: {x1, y1, x2, y2}, style});
          return {
            type: "group",
            children: [
              {type: "rect", shape: {x: from, y: y - 9, width: Math.max(2, x - from), height: 18, r: [0, 3, 3, 0]}, style: {fill: ink.accent}},
              ...high > low ? [line(low, y, high, y), line(low, y - 4, low, y + 4), line(high, y - 4, high, y + 4)] : [],
              {
                type: "text", x: Math.max(x, high) + 8, y,
                style: {text: chart.rungs[api.value(3)].label, fill: ink.text, font: `600 ${pictures.LABEL_PX}px ${pictures.family()}`, verticalAlign: "middle"},
              },
            ],
          };
        },
      }],
    };
  };

  const waterfall = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.steps.map(step => step.name), ink, width);
    const hue = {part: ink.second, total: ink.accent, less: ink.muted};
    const most = Math.max(...chart.steps.map(step => Math.max(step.from, step.to)));
    const size = step => Math.abs(step.to - step.from);
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink), trigger: "axis", axisPointer: {type: "none"},
        formatter: ([{dataIndex: i}]) => `${chart.steps[i].name}\n${chart.steps[i].role === "less" ? "−" : ""}${number(size(chart.steps[i]))} ${chart.unit}`,
      },
      grid: {left, right: 64, top: 4, bottom: 46},
      xAxis: {...valueAxis(ink, chart.unit), max: most, nameLocation: "middle", nameGap: 26, axisLabel: {color: ink.muted, hideOverlap: true, formatter: number, showMaxLabel: false}},
      yAxis: axis,
      series: [
        {type: "bar", stack: "fall", silent: true, barMaxWidth: 20, itemStyle: {color: "transparent"}, data: chart.steps.map(step => Math.min(step.from, step.to))},
        {
          type: "bar", stack: "fall", barMaxWidth: 20,
          data: chart.steps.map(step => ({
            value: size(step),
            itemStyle: step.role === "less"
              ? {color: "transparent", borderColor: hue.less, borderWidth: 1.5, borderType: "dashed"}
              : {color: hue[step.role], borderRadius: 2},
          })),
          label: {show: true, position: "right", color: ink.text, formatter: ({dataIndex: i}) => `${chart.steps[i].role === "less" ? "−" : ""}${number(size(chart.steps[i]))}`},
        },
      ],
    };
  };

  /* ---- what the result hangs on ---- */

  /** An upright line at a value, and its name beside it where there is more room. */
  const upright = (value, name, hue, {width = 2, dash = null, drop = 0} = {}) => ({
    type: "custom", silent: true, z: 5, encode: {x: 0}, data: [[value, 0]],
    renderItem: (params, api) => {
      const {x: left, y: top, width: wide, height} = params.coordSys;
      const [x] = api.coord([api.value(0), 0]);
      const onLeft = x > left + wide * 0.6;
      return {
        type: "group",
        children: [
          {type: "line", shape: {x1: x, y1: top + drop, x2: x, y2: top + height}, style: {stroke: hue, lineWidth: width, lineDash: dash}},
          {
            type: "text", x: x + (onLeft ? -7 : 7), y: top + drop,
            style: {text: name, fill: hue, font: `600 ${pictures.LABEL_PX}px ${pictures.family()}`, align: onLeft ? "right" : "left", verticalAlign: "top"},
          },
        ],
      };
    },
  });

  const tornado = (chart, ink, width) => {
    const {left, axis} = nameAxis(chart.names, ink, width);
    const side = (values, hue) => ({
      type: "custom", encode: {x: [0, 1], y: 2}, itemStyle: {color: hue}, z: 2,
      data: values.map((value, i) => [Math.min(value, chart.middle), Math.max(value, chart.middle), i]),
      renderItem: (params, api) => {
        const [from, y] = api.coord([api.value(0), api.value(2)]);
        const [to] = api.coord([api.value(1), api.value(2)]);
        const height = Math.min(18, api.size([0, 1])[1] * 0.34);
        const up = hue === ink.second ? -height : 0;
        return {type: "rect", shape: {x: from, y: y + up, width: Math.max(1, to - from), height: height - 1, r: 2}, style: {fill: api.visual("color"), opacity: chart.telling[api.value(2)] ? 1 : 0.35}};
      },
    });
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({dataIndex: i}) => `${chart.names[i]}\nlowest third: ${measured(chart.low[i], chart.unit)}\nhighest third: ${measured(chart.high[i], chart.unit)}`,
      },
      legend: {
        top: 0, left: 0, selectedMode: false, itemWidth: 14, itemHeight: 10, icon: "roundRect", textStyle: {color: ink.text},
        data: [{name: "lowest third", itemStyle: {color: ink.second}}, {name: "highest third", itemStyle: {color: ink.accent}}],
      },
      grid: {left, right: 24, top: 32, bottom: 46},
      xAxis: {...valueAxis(ink, chart.unit), nameLocation: "middle", nameGap: 26},
      yAxis: axis,
      series: [
        {...side(chart.low, ink.second), name: "lowest third"},
        {
          ...side(chart.high, ink.accent), name: "highest third",
        },
        upright(chart.middle, "", ink.text, {width: 1}),
      ],
    };
  };

  /* ---- beside what was published ---- */

  const FEWEST_BINS = 10;
  const MOST_BINS = 32;
  const histogram = (chart, ink) => {
    const logs = chart.draws.filter(draw => draw > 0).map(Math.log10);
    const all = [...logs, ...chart.published.map(of => Math.log10(of.value))];
    const bins = Math.max(FEWEST_BINS, Math.min(MOST_BINS, Math.round(2 * Math.sqrt(logs.length))));
    const margin = 0.03 * (Math.max(...all) - Math.min(...all)) || 0.1;
    const [low, high] = [Math.min(...all) - margin, Math.max(...all) + margin];
    const wide = (high - low) / bins;
    const counts = new Array(bins).fill(0);
    for (const log of logs) {
      counts[Math.min(bins - 1, Math.floor((log - low) / wide))] += 1;
    }
    const shares = counts.map(count => 100 * count / logs.length);
    const top = Math.max(...shares);
    const edge = i => 10 ** (low + i * wide);
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({dataIndex: i}) => `${measured(edge(i), "")} to ${measured(edge(i + 1), chart.unit)}\n${number(shares[i])} % of the draws`,
      },
      grid: {left: 52, right: 20, top: 30, bottom: 46},
      xAxis: {...logAxis(ink, number), splitLine: {show: false}, min: 10 ** low, max: 10 ** high, name: chart.unit, nameLocation: "middle", nameGap: 26, nameTextStyle: {color: ink.muted}, axisLabel: {color: ink.muted, hideOverlap: true, formatter: number, showMinLabel: false, showMaxLabel: false}},
      yAxis: {...valueAxis(ink, "% of draws"), max: top * 1.25, nameTextStyle: {color: ink.muted, align: "left"}, axisLabel: {color: ink.muted, formatter: number, showMaxLabel: false}},
      series: [
        {
          type: "custom", encode: {x: [0, 1], y: 2}, itemStyle: {color: ink.soft}, clip: true,
          data: shares.map((share, i) => [edge(i), edge(i + 1), share]),
          renderItem: (params, api) => {
            const [x, y] = api.coord([api.value(0), api.value(2)]);
            const [right, bottom] = api.coord([api.value(1), 0]);
            return {type: "rect", shape: {x: x + 0.5, y, width: Math.max(1, right - x - 1), height: bottom - y}, style: {fill: api.visual("color")}};
          },
        },
        upright(chart.ours[0], "our median", ink.accent),
        ...chart.published.map((of, i) => upright(of.value, of.name, ink.second, {dash: [6, 4], drop: 20 * (i + 1)})),
      ],
    };
  };

  const pairs = (chart, ink, width) => {
    const counts = [chart.count[1], chart.count[2], chart.all || chart.count[0]];
    const energies = [chart.wh[1], chart.wh[2]];
    for (const total of chart.totals) {
      counts.push(total.wh / chart.wh[0]);
      energies.push(total.wh / chart.count[0]);
    }
    const [left, right] = [Math.min(...counts) / 2, Math.max(...counts) * 2];
    const [bottom, top] = [Math.min(...energies) / 2, Math.max(...energies) * 2];
    const cross = (params, api) => {
      const [x, y] = api.coord([api.value(0), api.value(1)]);
      const [x1] = api.coord([chart.count[1], chart.wh[0]]);
      const [x2] = api.coord([chart.count[2], chart.wh[0]]);
      const [, y1] = api.coord([chart.count[0], chart.wh[1]]);
      const [, y2] = api.coord([chart.count[0], chart.wh[2]]);
      const style = {stroke: ink.accent, lineWidth: 2};
      const line = (a, b, c, d) => ({type: "line", shape: {x1: a, y1: b, x2: c, y2: d}, style});
      return {type: "group", children: [line(x1, y, x2, y), line(x, y1, x, y2)]};
    };
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({seriesName, value}) => `${seriesName}\n${short(value[0])} at ${number(value[1])} Wh`,
      },
      legend: {top: 0, left: 0, selectedMode: false, itemWidth: 18, itemHeight: 9, textStyle: {color: ink.text}},
      grid: {left: 62, right: 20, top: width < 560 ? 84 : 44, bottom: 48},
      xAxis: {...logAxis(ink, short), min: left, max: right, name: chart.countName, nameLocation: "middle", nameGap: 28, nameTextStyle: {color: ink.muted}, axisLabel: {color: ink.muted, hideOverlap: true, formatter: short, showMinLabel: false, showMaxLabel: false}},
      yAxis: {...logAxis(ink, number), min: bottom, max: top, name: chart.energyName, nameLocation: "middle", nameGap: 44, nameTextStyle: {color: ink.muted}, axisLabel: {color: ink.muted, formatter: number, showMinLabel: false, showMaxLabel: false}},
      series: [
        ...chart.totals.map((total, i) => ({
          type: "line", name: total.name, symbol: "none", z: 2, clip: true,
          lineStyle: {color: ink.second, width: 2, type: i ? "dotted" : "dashed"}, itemStyle: {color: ink.second},
          data: Array.from({length: 41}, (_, k) => left * (right / left) ** (k / 40)).map(count => [count, total.wh / count]),
        })),
        {type: "custom", silent: true, z: 3, renderItem: cross, clip: true, data: [[chart.count[0], chart.wh[0]]], itemStyle: {color: ink.accent}},
        {type: "scatter", name: "this study", symbolSize: 12, z: 4, itemStyle: {color: ink.accent, opacity: 1}, data: [[chart.count[0], chart.wh[0]]]},
        ...chart.all ? [{type: "scatter", name: "all of the wave", symbolSize: 10, z: 4, itemStyle: {color: ink.page, borderColor: ink.accent, borderWidth: 2, opacity: 1}, data: [[chart.all, chart.wh[0]]]}] : [],
      ],
    };
  };

  /* ---- who should run where ---- */

  const choice = (chart, ink) => {
    const named = new Map(chart.countries.map(country => [country.id, country]));
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink),
        formatter: ({name}) => named.has(name)
          ? `${named.get(name).name}\nlocal causes less: ${number(named.get(name).wins)} % likely\ngrid: ${number(named.get(name).grid)} g/kWh` : "",
      },
      visualMap: {
        type: "continuous", min: 0, max: 100, calculable: false, orient: "horizontal", left: 0, bottom: 0, itemWidth: 10, itemHeight: 110,
        text: ["local", "service"], textStyle: {color: ink.text}, inRange: {color: [ink.second, ink.land, ink.accent]},
      },
      series: [{
        ...pictures.world(ink), type: "map", silent: false, nameProperty: "iso2", bottom: 34, emphasis: {disabled: true}, select: {disabled: true},
        itemStyle: {areaColor: ink.page, borderColor: ink.muted, borderWidth: 0.5},
        data: chart.countries.map(country => ({name: country.id, value: country.wins})),
      }],
    };
  };

  const moves = (chart, ink) => {
    const values = chart.lines.flatMap(line => [...line.low, ...line.high]).filter(value => value > 0);
    const floor = decade(Math.min(...values));
    const ceiling = 10 * decade(Math.max(...values) * 0.999);
    const above = value => Math.max(floor, value);
    const polygon = line => ({
      type: "custom", silent: true, z: 2, data: [[0, above(line.low[0])]],
      renderItem: (params, api) => ({
        type: "polygon",
        shape: {points: [
          ...line.high.map((value, i) => api.coord([chart.share[i], above(value)])),
          ...line.low.map((value, i) => api.coord([chart.share[i], above(value)])).reverse(),
        ]},
        style: {fill: ink[line.ink], opacity: 0.18},
      }),
    });
    return {
      ...shared(ink),
      tooltip: {
        ...tooltip(ink), trigger: "axis",
        formatter: ([{dataIndex: i}]) => [
          `${number(chart.share[i])} % of the people`,
          ...chart.lines.map(line => `${line.name}: ${spanning(line, i, chart.unit)}`),
        ].join("\n"),
      },
      legend: {top: 0, left: 0, data: chart.lines.map(line => line.name), selectedMode: false, itemWidth: 22, itemHeight: 8, textStyle: {color: ink.text}, icon: "roundRect"},
      grid: {left: 12 + fitted(number(ceiling), 90).width + 14, right: 24, top: 42, bottom: 46},
      xAxis: {...valueAxis(ink, "% of the people", number), max: 100, interval: 25, nameLocation: "middle", nameGap: 26},
      yAxis: {...logAxis(ink, number), min: floor, max: ceiling},
      series: chart.lines.flatMap(line => [
        polygon(line),
        {type: "line", name: line.name, data: line.median.map((value, i) => [chart.share[i], above(value)]), z: 4, symbol: "circle", symbolSize: 7, lineStyle: {color: ink[line.ink], width: 2.4}, itemStyle: {color: ink[line.ink]}},
      ]),
    };
  };

  const kinds = {bars: pictures.bars, choice, moves, curves, ladder, waterfall, tornado, histogram, pairs};
  const NARROW_PX = 480;
  const NARROW_ROWS = 8;
  /** On a small screen the most telling inputs alone; the table holds all. */
  const abridged = (chart, width) => chart.kind === "tornado" && width < NARROW_PX
    ? {...chart, ...Object.fromEntries(["names", "low", "high", "telling"].map(column => [column, chart[column].slice(0, NARROW_ROWS)]))}
    : chart;
  const heightOf = (chart, width) => ({
    bars: () => 50 + nameRow(chart.names, width) * chart.names.length,
    curves: () => width < NARROW_PX ? 190 : 260,
    choice: () => Math.round(width * 0.5) + 34,
    moves: () => width < NARROW_PX ? 210 : 260,
    ladder: () => 36 + nameRow(chart.rungs.map(rung => rung.name), width, 36) * chart.rungs.length,
    waterfall: () => 52 + nameRow(chart.steps.map(step => step.name), width, 32) * chart.steps.length,
    tornado: () => 84 + nameRow(chart.names, width, 38) * chart.names.length,
    histogram: () => 260,
    pairs: () => Math.min(440, Math.max(340, width * 0.55)),
  })[chart.kind]();

  /* ---- the wave on the map ---- */

  const place = id => {
    const element = document.getElementById(id);
    return {element, picture: pictures.begun(element)};
  };
  const sized = ({element, picture}, width, height) => {
    element.style.height = `${height}px`;
    picture.resize({width, height});
  };

  const onMap = spread => {
    const last = spread.from.length - 1;
    const made = spread.outputs.map((outputs, i) => outputs - (i ? spread.outputs[i - 1] : 0));
    const mostOutputs = Math.max(...spread.countries.flatMap(country => country.outputs));
    const shares = spread.countries.map(country => country.adopters.map(adopters => 100 * adopters / country.people));
    // A few people in a small country must not set the scale of the world.
    const peopled = [...spread.countries.keys()].sort((a, b) => spread.countries[b].people - spread.countries[a].people).slice(0, 40);
    const mostShare = Math.max(...peopled.map(i => shares[i][last])) || 1;
    const whole = spread.hours % 24 === 0;
    const when = i => whole ? longDayFormat.format(spread.from[i]) : `${hourFormat.format(spread.from[i])} UTC`;
    const stepMs = Math.max(150, Math.min(650, 20_000 / spread.from.length));

    const map = place("chart-map");
    const steps = place("chart-steps");
    const slider = document.getElementById("moment");
    const button = document.getElementById("play");
    const now = document.getElementById("now");
    document.getElementById("shade-high").textContent = `${number(mostShare)} %`;

    let timer = null;
    let largestPx = 40;
    const drawnAs = country => country.at;
    const circles = spread.countries.map((country, i) => ({country, i})).filter(({country}) => country.at);
    const sizeOf = outputs => outputs > 0 ? Math.max(2, largestPx * Math.sqrt(outputs / mostOutputs)) : 0;

    const frame = i => ({
      series: [
        {data: spread.countries.map((country, c) => ({name: country.id, value: shares[c][i]}))},
        {data: circles.map(({country}) => ({name: country.id, value: [...drawnAs(country), country.outputs[i]], symbolSize: sizeOf(country.outputs[i])}))},
      ],
    });
    const tell = i => {
      slider.value = i;
      slider.setAttribute("aria-valuetext", when(i));
      now.textContent = `${when(i)}: ${short(made[i])} ${spread.many}`;
      document.getElementById("so-far-people").textContent = short(spread.people[i]);
      document.getElementById("so-far-outputs").textContent = short(spread.outputs[i]);
      document.getElementById("so-far-energy").textContent = measured(spread.energy[i], spread.energyUnit);
      document.getElementById("so-far-carbon").textContent = measured(spread.carbon[i], spread.carbonUnit);
    };
    const stepColours = (ink, i) => made.map((value, k) => ({value, itemStyle: {color: k === i ? ink.accent : ink.soft}}));
    const show = i => {
      tell(i);
      map.picture.setOption(frame(i));
      steps.picture.setOption({series: [{data: stepColours(palette(), i)}]});
    };

    const stop = () => {
      clearInterval(timer);
      timer = null;
      button.textContent = "Play";
      now.setAttribute("aria-live", "polite");
    };
    const play = () => {
      if (Number(slider.value) >= last) show(0);
      button.textContent = "Pause";
      // Else a screen reader would read every step while they run by.
      now.setAttribute("aria-live", "off");
      timer = setInterval(() => {
        const next = Number(slider.value) + 1;
        show(next);
        if (next >= last) stop();
      }, stepMs);
    };
    button.addEventListener("click", () => timer === null ? play() : stop());
    slider.addEventListener("input", () => {
      stop();
      show(Number(slider.value));
    });
    steps.picture.getZr().on("click", ({offsetX}) => {
      stop();
      const [at] = steps.picture.convertFromPixel({gridIndex: 0}, [offsetX, 10]);
      show(Math.max(0, Math.min(last, at)));
    });

    const names = new Map(spread.countries.map((country, i) => [country.id, i]));
    const about = id => {
      const c = names.get(id);
      if (c === undefined) return "";
      const i = Number(slider.value);
      const country = spread.countries[c];
      return `${country.name}\n${short(country.adopters[i])} people so far (${number(shares[c][i])} %)\n${short(country.outputs[i])} ${spread.many} in this step`;
    };
    const drawMap = (ink, width) => {
      largestPx = Math.min(64, width / 13);
      map.picture.setOption({
        ...shared(ink), color: [ink.land],
        animation: !still.matches, animationDuration: 0, animationDurationUpdate: stepMs, animationEasingUpdate: "linear",
        tooltip: {
          ...tooltip(ink),
          formatter: ({seriesIndex, name, data: of}) => seriesIndex === 2
            ? `${of.name}\n${short(of.outputs)} ${spread.many} in all` : about(name),
        },
        visualMap: {show: false, seriesIndex: 0, min: 0, max: mostShare, inRange: {color: [ink.land, ink.soft, ink.accent]}},
        geo: {...pictures.world(ink), silent: false, nameProperty: "iso2", emphasis: {disabled: true}},
        series: [
          {
            type: "map", map: "world", geoIndex: 0, emphasis: {disabled: true}, select: {disabled: true},
            itemStyle: {areaColor: ink.land, borderColor: ink.landLine, borderWidth: 0.7}, data: [],
          },
          {
            type: "scatter", coordinateSystem: "geo", z: 5, data: [],
            itemStyle: {color: ink.second, opacity: 0.72, borderColor: ink.page, borderWidth: 1},
          },
          {
            type: "scatter", coordinateSystem: "geo", z: 6, symbol: "diamond", symbolSize: width < 560 ? 6 : 9,
            itemStyle: {color: ink.text, borderColor: ink.page, borderWidth: 1},
            data: spread.places.map(of => ({name: of.name, value: of.at, outputs: of.outputs})),
          },
        ],
      }, true);
    };
    const drawSteps = ink => steps.picture.setOption({
      ...shared(ink), tooltip: {show: false},
      grid: {left: 8, right: 8, top: 4, bottom: 1},
      xAxis: {type: "category", data: spread.from, axisTick: {show: false}, axisLabel: {show: false}, axisLine: {lineStyle: {color: ink.line}}},
      yAxis: {type: "value", show: false, min: 0},
      series: [{type: "bar", barCategoryGap: "12%", data: stepColours(ink, Number(slider.value)), cursor: "pointer"}],
    }, true);

    return (ink, width) => {
      sized(map, width, Math.round(width * 0.5));
      sized(steps, width, 64);
      drawMap(ink, width);
      drawSteps(ink);
      show(Number(slider.value));
    };
  };

  if (data.spread) echarts.registerMap("world", read("world"));
  const drawn = data.pictures.map(chart => ({chart, ...place(`chart-${chart.id}`)}));
  const drawSpread = data.spread ? onMap(data.spread) : () => {};
  pictures.keepDrawn(fixedWidth => {
    const ink = palette();
    const width = fixedWidth || document.getElementById("content").clientWidth;
    drawSpread(ink, width);
    for (const {chart: whole, element, picture} of drawn) {
      const chart = abridged(whole, width);
      sized({element, picture}, width, heightOf(chart, width));
      picture.setOption(kinds[chart.kind](chart, ink, width), true);
    }
  });
})();
