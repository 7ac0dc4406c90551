// Draws <figure class="chart" data-spec="the address of a Vega-Lite specification">, once it comes into view.
// Vega's expressions go through its interpreter: the pages' Content-Security-Policy forbids eval. Each chart has its
// numbers beside it as a table; where it can't be drawn a sentence says so. Needs the files in vendor/.
"use strict";
(() => {
  const FAILED = "The chart could not be drawn.";
  const EMPTY = "Nothing to draw yet.";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const views = new Map(); // figure -> its chart, null until it stands there

  const made = (name, words, ...inside) => {
    const element = document.createElement(name);
    element.append(...(words ? [words] : []), ...inside);
    return element;
  };

  // --- one figure ---
  const drawn = async (figure) => {
    views.get(figure)?.finalize();
    views.set(figure, null);
    try {
      const spec = await specification(figure.dataset.spec);
      if (!spec.data.values.length) return replace(figure, said(EMPTY));
      tabled(figure, spec);
      const view = await chart(figure, spec);
      if (views.get(figure) === null && figure.isConnected) views.set(figure, view);
      else view.finalize(); // meanwhile it was drawn anew, or is gone
    } catch (error) {
      console.warn(figure.dataset.spec, error);
      replace(figure, said(FAILED));
    }
  };

  const specification = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const spec = await answer.json();
    const colours = dark.matches ? spec.usermeta.dark : {};
    for (const part of [spec, ...(spec.layer ?? [])]) {
      const scale = part.encoding?.color?.scale;
      if (scale) scale.range = scale.range.map((colour) => colours[colour] ?? colour);
      if (part.mark?.color) part.mark.color = colours[part.mark.color] ?? part.mark.color;
    }
    return spec;
  };

  const chart = async (figure, spec) => {
    const interpreter = await engine();
    const plot = made("div");
    replace(figure, plot);
    if (spec.usermeta.note) noted(figure, spec.usermeta.note);
    delete spec.title; // the page has its own
    const faceted = "row" in (spec.encoding ?? {});
    if (faceted) spec.width = plot.clientWidth; // "container" is for one view alone
    const compiled = vegaLite.compile(spec, { config: look(plot) }).spec;
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      expr: interpreter, renderer: "svg", container: plot, logLevel: vega.Error,
    });
    plot.setAttribute("role", "img"); // one picture, told by its description, which Vega makes its label
    plot.removeAttribute("aria-roledescription");
    await view.runAsync();
    plot.querySelector("svg").setAttribute("aria-hidden", "true");
    if (faceted) await fitted(view, plot);
    return view;
  };

  const fitted = (view, plot) => {
    const room = plot.clientWidth - plot.querySelector("svg").width.baseVal.value;
    return view.signal("child_width", Math.max(100, view.signal("child_width") + room)).resize().runAsync();
  };

  const replace = (figure, element) => {
    figure.querySelector(":scope > .plot")?.remove();
    element.classList.add("plot");
    figure.insertBefore(element, figure.querySelector(":scope > details"));
  };

  const said = (words) => {
    const sentence = made("p", words);
    sentence.className = "none";
    return sentence;
  };

  const noted = (figure, words) => {
    const note = figure.querySelector(":scope > .note") ?? made("p");
    note.className = "meta note";
    note.textContent = words;
    figure.querySelector(":scope > .plot").after(note);
  };

  const tabled = (figure, spec) => {
    if (figure.querySelector(":scope > details")) return;
    const columns = Object.entries(spec.usermeta.columns);
    const head = columns.map(([, name]) => Object.assign(made("th", name), { scope: "col" }));
    const rows = spec.data.values.map((row) => made("tr", "", ...columns.map(([field], at) => cell(row, field, at))));
    const table = made("table", "", made("thead", "", made("tr", "", ...head)), made("tbody", "", ...rows));
    const scroll = made("div", "", table);
    scroll.className = "scroll";
    figure.append(made("details", "", made("summary", "As a table"), scroll));
  };

  const cell = (row, field, at) => {
    const words = typeof row[field] === "number" ? row[field].toLocaleString("en") : row[field] ?? "";
    const leads = at === 0 && row.href?.startsWith("/");
    const found = made("td", leads ? Object.assign(made("a", words), { href: row.href }) : words);
    if (typeof row[field] === "number") found.className = "number";
    return found;
  };

  // --- how it looks: as the page around it ---
  const look = (plot) => {
    const { color: ink, fontFamily: font } = getComputedStyle(plot);
    const paper = getComputedStyle(document.body).backgroundColor;
    const words = { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
    const lines = { domainColor: ink, tickColor: ink, gridColor: ink, domainOpacity: 0.5, tickOpacity: 0.5, gridOpacity: 0.15 };
    return {
      font, aria: false, background: null, view: { stroke: null },
      axis: { ...words, ...lines, labelLimit: Math.max(90, plot.clientWidth / 3) },
      legend: { ...words, orient: "bottom", symbolType: "square", columns: Math.max(1, Math.floor(plot.clientWidth / 130)) },
      header: { ...words, labelFontWeight: "bold" },
      text: { color: ink, fontSize: 12 },
      bar: { stroke: paper, strokeWidth: 0.5 },
    };
  };

  // --- when ---
  let loading;
  const engine = () => {
    loading ??= load();
    loading.catch(() => { loading = undefined; });
    return loading;
  };

  const load = async () => {
    await import("./vendor/vega.min.js"); // names itself `vega`
    await import("./vendor/vega-lite.min.js"); // names itself `vegaLite`
    return (await import("./vendor/vega-interpreter.js")).expressionInterpreter;
  };

  const eyes = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      eyes.unobserve(target);
      drawn(target);
    }
  }, { rootMargin: "200px" });

  const watch = () => {
    for (const [figure, view] of views) {
      if (figure.isConnected) continue;
      view?.finalize();
      views.delete(figure);
    }
    for (const figure of document.querySelectorAll("figure.chart[data-spec]")) {
      if (!views.has(figure)) eyes.observe(figure);
    }
  };

  const again = () => { for (const figure of [...views.keys()]) drawn(figure); };

  let waiting;
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return; // on a phone the address bar comes and goes
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(again, 200);
  });
  dark.addEventListener("change", again);
  document.addEventListener("htmx:load", watch);
  watch();
})();
