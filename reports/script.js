"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.textContent = text;
    return element;
  };

  // The commits, one on each line: hash, date, subject.
  const line = $("#line");
  let known;
  const commits = () => known ??= (line?.dataset.commits ?? "").split("\n").map(text => {
    const [hash, date, subject] = text.split("\t");
    return { hash, date, subject };
  });

  // Writes numbers as the page does: three digits and the unit that fits.
  const steps = {
    ns: [[1, "ns"], [1e3, "µs"], [1e6, "ms"], [1e9, "s"], [60e9, "min"], [3600e9, "h"]],
    B: [[1, "B"], [1024, "KiB"], [1048576, "MiB"], [1073741824, "GiB"], [1099511627776, "TiB"]],
    count: [[1, ""], [1e6, "M"], [1e9, "G"], [1e12, "T"]],
    "1/s": [[1, "/s"], [1e3, "k/s"], [1e6, "M/s"], [1e9, "G/s"]],
  };
  const quantity = (value, unit) => {
    const scale = steps[unit] ?? [[1, unit]];
    const [size, name] = scale.findLast(([size]) => Math.abs(value) / size >= .9995) ?? scale[0];
    const scaled = value / size, magnitude = Math.abs(scaled);
    const whole = size === 1 && (unit === "B" || unit === "count") && scaled === Math.round(scaled);
    const power = magnitude ? Math.floor(Math.log10(magnitude * 1.0005)) : 0;
    const digits = whole || !magnitude ? 0 : Math.max(0, Math.min(2 - power, 17));
    const text = magnitude.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return (scaled < 0 ? "−" : "") + text + (name ? (name[0] === "/" ? "" : " ") + name : "");
  };

  // Sorting: by data-s, or by the text where there is none.
  const table = $("#table");
  const body = table?.tBodies[0];
  const sort = (head, index, descending) => {
    const key = row => row.cells[index].dataset.s ?? row.cells[index].textContent;
    const isNumber = body.rows[0]?.cells[index].dataset.s !== undefined;
    const rows = [...body.rows].map(row => [key(row), row]);
    rows.sort(([a], [b]) => isNumber
      ? (a === "" ? -Infinity : +a) - (b === "" ? -Infinity : +b) : a.localeCompare(b, "en", { numeric: true }));
    if (descending) rows.reverse();
    body.append(...rows.map(row => row[1]));
    $$("[aria-sort]", table).forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  };
  for (const [index, head] of table ? [...table.tHead.rows[0].cells].entries() : []) {
    if (head.dataset.fixed !== undefined) continue;
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.onclick = () => {
      const now = head.getAttribute("aria-sort");
      sort(head, index, now ? now === "ascending" : head.matches(".num") || head.dataset.worst !== undefined);
    };
  }

  // The filter hides rows of the table and the sections that belong to them.
  const form = $("#filter");
  const apply = () => {
    const { text, changed, ...choices } = Object.fromEntries(new FormData(form));
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const link = $("a", row), name = row.cells[0].textContent.toLowerCase();
      const fits = words.every(word => name.includes(word)) && (!changed || row.dataset.changed !== undefined)
        && Object.entries(choices).every(([key, value]) => !value || row.dataset[key] === value);
      row.hidden = !fits;
      const section = link?.hash && $(`[data-row="${link.hash.slice(1)}"]`);
      if (section) section.hidden = !fits;
      shown += fits;
    }
    $("#none").hidden = shown > 0;
    $("#count").textContent = shown === body.rows.length ? "" : `${shown} of ${body.rows.length}`;
  };
  if (form && table) {
    form.hidden = false;
    form.oninput = form.onchange = apply;
    form.onsubmit = event => event.preventDefault();
    apply();
  }

  // A link to a series opens it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const section = target && target.closest("details");
    if (!section) return;
    section.hidden = false;
    section.open = true;
    section.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  // Charts.
  const W = 2000, H = 2000, M = 12;
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const number = text => [...text].reduce((sum, digit) => sum * 64 + digits.indexOf(digit), 0);
  const read = ({ v, lo, hi, a, b }) => {
    const value = (text, limit) => +lo + (hi - lo) * number(text) / limit;
    const points = [];
    for (let i = 0; i < v.length; i += 13) {
      const position = number(v.slice(i, i + 3)) / 16 - .5;
      points.push({
        x: b > a ? M + (W - 2 * M) * (position - a) / (b - a) : W / 2, commit: Math.round(position),
        median: value(v.slice(i + 3, i + 6), 262143), low: value(v.slice(i + 6, i + 8), 4095),
        high: value(v.slice(i + 8, i + 10), 4095), n: number(v.slice(i + 10, i + 12)), flags: number(v[i + 12]),
      });
    }
    return points;
  };
  // Returns the path with every y moved.
  const moved = (d, y) => {
    let [px, py, sx, sy] = [0, 0, 0, 0];
    return d.replace(/([MmlhvzZ])([^MmlhvzZ]*)/g, (_, command, rest) => {
      const n = (rest.match(/-?\d+/g) ?? []).map(Number);
      if (command === "z") { [px, py] = [sx, sy]; return "z"; }
      if (command === "h") px += n[0]; else if (command === "v") py += n[0];
      else if (command === "M") [px, py] = n; else { px += n[0]; py += n[1]; }
      if (command === "M" || command === "m") [sx, sy] = [px, py];
      return `${command.toLowerCase() === "m" ? "M" : "L"}${px} ${y(py).toFixed(1)}`;
    });
  };

  const wire = chart => {
    const data = chart.dataset, plot = $(".plot", chart), svg = $("svg", plot), unit = data.unit;
    const low = +data.lo, high = +data.hi, points = read(data), original = new Map();
    for (const path of $$("path", svg)) original.set(path, path.getAttribute("d"));
    const marks = $$("[data-x]", chart), ticks = $(".ys", chart), ticksBefore = [...ticks.children];
    let view = [0, W], isLog = false, at = -1;
    // The least value that the logarithm shows: if the scale begins at 0, half of the least that
    // was measured.
    const floor = low > 0 ? low : Math.min(...points.map(p => p.low).filter(x => x > 0), high) / 2;
    const share = value => isLog
      ? Math.log(Math.max(value, floor) / floor) / Math.log(high / floor) : (value - low) / (high - low);
    const valueAt = share => isLog ? floor * (high / floor) ** share : low + share * (high - low);
    const bounds = () => {
      const inside = points.filter(p => p.x >= view[0] && p.x <= view[1]);
      if (view[1] - view[0] === W || !inside.length) return [0, 1];
      const least = share(Math.min(...inside.map(p => p.low))), most = share(Math.max(...inside.map(p => p.high)));
      const margin = (most - least || .02) / 12;
      return [Math.max(least - margin, 0), Math.min(most + margin, 1)];
    };

    const draw = () => {
      const [bottom, top] = bounds(), isWhole = bottom === 0 && top === 1;
      svg.setAttribute("viewBox", `${view[0]} ${(1 - top) * H} ${view[1] - view[0]} ${(top - bottom) * H}`);
      for (const [path, d] of original) {
        path.setAttribute("d", isLog && !path.matches(".z,.m") ? moved(d, y => (1 - share(low + (1 - y / H) * (high - low))) * H) : d);
      }
      for (const mark of marks) {
        const left = (mark.dataset.x - view[0]) / (view[1] - view[0]);
        mark.style.left = left * 100 + "%";
        mark.hidden = left < 0 || left > 1;
      }
      const grid = $(".g", svg);
      if (isWhole && !isLog) return ticks.replaceChildren(...ticksBefore);
      grid?.setAttribute("d", "");
      ticks.replaceChildren(...[.06, .28, .5, .72, .94].map(part => {
        const tick = make("span", {}, quantity(valueAt(bottom + part * (top - bottom)), unit));
        tick.style.bottom = part * 100 + "%";
        return tick;
      }));
    };

    // Pointing at a session shows what it measured.
    const tip = make("div", { class: "tip", role: "status", hidden: "" }), cursor = make("div", { class: "cursor", hidden: "" });
    plot.append(cursor, tip);
    const hide = () => { at = -1; tip.hidden = cursor.hidden = true; };
    const show = index => {
      const point = points[at = index];
      if (!point) return hide();
      const { hash, date, subject } = commits()[point.commit] ?? {};
      const left = (point.x - view[0]) / (view[1] - view[0]), notes = [];
      if (point.flags & 1) notes.push("uncommitted changes, or interrupted");
      if (point.flags & 2) notes.push("outlier");
      tip.replaceChildren(
        make("b", {}, `${quantity(point.median, unit)} (${quantity(point.low, unit)}–${quantity(point.high, unit)})`),
        make("span", {}, `${hash?.slice(0, 9)} · ${date} · ${point.n} ${point.n === 1 ? "process" : "processes"}`),
        make("span", {}, subject), ...notes.map(note => make("span", { class: "care" }, note)));
      tip.hidden = cursor.hidden = false;
      cursor.style.left = left * 100 + "%";
      // The tip is beside the point, on the side with more room, and within the page.
      const room = plot.clientWidth, width = tip.offsetWidth, x = left * room;
      tip.style.left = Math.max(Math.min(left < .5 ? x + 14 : x - width - 14, room - width), 0) + "px";
      tip.style.top = "0";
    };
    const xAt = event => {
      const box = plot.getBoundingClientRect();
      return view[0] + Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * (view[1] - view[0]);
    };
    const nearest = x => points.reduce((best, p, i) => Math.abs(p.x - x) < Math.abs(points[best].x - x) ? i : best, 0);
    const zoom = (from, to) => { view = [from, to]; draw(); hide(); reset.hidden = to - from === W; };

    // Dragging zooms.
    let start = null;
    const band = make("div", { class: "drag", hidden: "" });
    plot.append(band);
    plot.onpointerdown = event => {
      if (event.button || event.pointerType === "touch") return;
      start = xAt(event);
      plot.setPointerCapture(event.pointerId);
    };
    plot.onpointermove = event => {
      const x = xAt(event);
      if (start === null || Math.abs(x - start) < (view[1] - view[0]) / 100) return show(nearest(x));
      hide();
      const percent = x => (x - view[0]) / (view[1] - view[0]) * 100;
      band.hidden = false;
      band.style.left = percent(Math.min(start, x)) + "%";
      band.style.width = Math.abs(percent(x) - percent(start)) + "%";
    };
    plot.onpointerup = event => {
      const from = start, to = xAt(event);
      start = null;
      band.hidden = true;
      if (from !== null && Math.abs(to - from) > (view[1] - view[0]) / 50) zoom(Math.min(from, to), Math.max(from, to));
    };
    plot.onpointercancel = () => { start = null; band.hidden = true; };
    plot.onpointerleave = () => { if (start === null) hide(); };
    plot.ondblclick = () => zoom(0, W);

    // The keyboard does the same.
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", "Sessions: arrow keys, Home and End move; plus and minus zoom; Escape resets");
    plot.onblur = hide;
    plot.onkeydown = event => {
      const inside = points.map((p, i) => i).filter(i => points[i].x >= view[0] && points[i].x <= view[1]);
      const [first, last] = [inside[0], inside.at(-1)], now = at < 0 ? last : at, half = (view[1] - view[0]) / 4;
      const go = {
        ArrowLeft: () => show(at < 0 ? last : Math.max(now - 1, first)), ArrowRight: () => show(at < 0 ? first : Math.min(now + 1, last)),
        Home: () => show(first), End: () => show(last), Escape: () => zoom(0, W),
        "+": () => { const c = points[now].x; zoom(Math.max(c - half, 0), Math.min(c + half, W)); show(now); },
        "-": () => { const c = points[now].x; zoom(Math.max(c - 4 * half, 0), Math.min(c + 4 * half, W)); show(now); },
      }[event.key];
      if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go();
    };

    const reset = make("button", { class: "b", type: "button", hidden: "" }, "Whole history");
    reset.onclick = () => zoom(0, W);
    const bar = make("div", { class: "bar" });
    bar.append(reset);
    if (high > 0) {
      const log = make("button", { class: "b", type: "button", "aria-pressed": "false" }, "Log scale");
      log.onclick = () => { isLog = !isLog; log.setAttribute("aria-pressed", isLog); draw(); hide(); };
      bar.append(log);
    }
    chart.prepend(bar);
  };

  // A chart is wired when it is first seen.
  const wireIn = section => $$(".chart:not([data-on])", section).forEach(chart => { chart.dataset.on = ""; wire(chart); });
  for (const section of $$("details.series")) {
    if (section.open) wireIn(section); else section.addEventListener("toggle", () => wireIn(section), { once: true });
  }
  reveal();
})();
