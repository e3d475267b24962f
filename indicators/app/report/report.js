"use strict";
// Draws each chart when the reader comes near it, leads from a bar to its sentence, and switches the language.
(() => {
  const { template, figures } = JSON.parse(document.getElementById("figures").textContent);
  const places = [...document.querySelectorAll("[data-figure]")];

  const saved = (config, format) => ({
    name: format,
    title: Object.values(Object.values(config.locales)[0].dictionary)[0].replace("PNG", format.toUpperCase()),
    icon: Plotly.Icons.camera,
    click: (chart) => Plotly.downloadImage(chart, { ...config.toImageButtonOptions, format, scale: format === "png" ? 2 : 1 }),
  });

  const go = (target) => {
    if (!target) return;
    const details = target.querySelector("details");
    if (details) details.open = true;
    location.hash = target.id;
  };

  // A point carries the id of its claim, a cell of the coverage map its indicator and county.
  const sentence = (prefix, data) =>
    prefix.endsWith("-cell")
      ? document.querySelector(`[data-language="${prefix.slice(0, -5)}"] [data-cell="${CSS.escape(data[0] + "|" + data[1])}"]`)
      : document.getElementById(prefix + data[0]);

  const draw = (place) => {
    const { data, layout, config, sentences } = figures[place.dataset.figure];
    if (place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    const buttons = ["png", "svg"].map((format) => saved(config, format));
    Plotly.newPlot(place, data, { ...layout, template }, { ...config, modeBarButtons: [buttons] });
    place.on("plotly_click", ({ points }) => points[0].customdata && go(sentence(sentences, points[0].customdata)));
  };

  const near = new IntersectionObserver(
    (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => { near.unobserve(one.target); draw(one.target); }),
    { rootMargin: "600px" },
  );
  places.forEach((place) => near.observe(place));
  addEventListener("beforeprint", () => places.filter((place) => place.offsetParent).forEach(draw));

  const mains = [...document.querySelectorAll("main")];
  const buttons = [...document.querySelectorAll(".switch button")];
  const show = (language) => {
    mains.forEach((main) => { main.hidden = main.dataset.language !== language; });
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.language === language)));
    places.filter((place) => place.dataset.drawn && place.offsetParent).forEach((place) => Plotly.Plots.resize(place));
    document.documentElement.lang = mains.find((main) => !main.hidden).lang;
  };
  buttons.forEach((button) => button.addEventListener("click", () => show(button.dataset.language)));

  // A link to a sentence opens it, and the language it stands in.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const main = target && target.closest("main");
    if (main && main.hidden) show(main.dataset.language);
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  show(mains[0].dataset.language);
  follow();
})();
