// Everything together, once.

const THEMES = { auto: "Dark or light as the system", light: "Light", dark: "Dark" };

/** The theme that was chosen before, where the browser lets a page from disk keep it. */
function keptTheme() {
  try {
    const kept = localStorage.getItem("actant-theme");
    return kept in THEMES ? kept : "auto";
  } catch {
    return "auto";
  }
}

function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  byId("theme").textContent = dark ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
  readColours();
  plan();
}

function toggleTheme() {
  const theme = byId("theme").textContent.toLowerCase();
  try {
    localStorage.setItem("actant-theme", theme);
  } catch {
    // The theme holds until the page is closed.
  }
  setTheme(theme);
}

/** A button that shows and hides what it controls. */
function disclose(button, box) {
  const set = (open) => {
    box.hidden = !open;
    button.setAttribute("aria-expanded", open);
  };
  button.addEventListener("click", () => set(box.hidden));
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target) && !box.contains(event.target)) set(false);
  });
  box.addEventListener("click", () => set(false));
  return set;
}

function listen() {
  for (const name of TABS) byId(`tab-${name}`).addEventListener("click", () => change({ tab: name }));
  document.querySelector("[role=tablist]").addEventListener("keydown", onTabKey);
  byId("search").addEventListener("input", showFound);
  byId("search").addEventListener("keydown", onSearchKey);
  byId("search").addEventListener("blur", hideFound);
  byId("search").addEventListener("focus", () => byId("search").value && showFound());
  byId("theme").addEventListener("click", toggleTheme);
  byId("filter-button").addEventListener("click", () => {
    const open = document.body.classList.toggle("filtering");
    byId("filter-button").setAttribute("aria-expanded", open);
  });
  const closeMenu = disclose(byId("save-button"), byId("save-menu"));
  byId("save-svg").addEventListener("click", () => save("graph-view.svg", "image/svg+xml", svgOf()));
  byId("save-actors").addEventListener("click", () => save("actors.csv", "text/csv;charset=utf-8", csvOf("actors")));
  byId("save-ties").addEventListener("click", () => save("ties.csv", "text/csv;charset=utf-8", csvOf("ties")));
  byId("copy-link").addEventListener("click", () => navigator.clipboard?.writeText(`${location.href.split("#")[0]}#${link()}`));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing) {
      byId("search").focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      closeMenu(false);
      document.body.classList.remove("filtering");
      change({ actor: -1, tie: -1 });
    }
  });
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) === written) return;
    change(readLink());
    if (state.at) showAt(state.at);
    else showAll();
    plan();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(keptTheme()));
}

function start() {
  const [actors] = graph.whole;
  const most = actors > actorCount ? `, the ${numberText(actorCount)} most named of ${plural(actors, "actor")}` : "";
  byId("facts").textContent = `${plural(graph.corpus[0], "document")}, ${plural(graph.corpus[1], "sentence")}${graph.days.length ? `, ${wholePeriod()}` : ""}${most}`;
  buildFilters();
  filter();
  onChange((names) => {
    if (names.has("tab")) showTab();
    else if (names.has("filter") && state.tab !== "graph") fillTable();
    if (names.has("filter")) showFilters();
    if (names.has("colour")) {
      showFilters();
      showLegend();
    }
    if (["actor", "tie", "filter"].some((name) => names.has(name))) showDetails();
    if (["actor", "tie", "filter", "colour"].some((name) => names.has(name))) plan();
  });
  listen();
  listenToCanvas();
  setTheme(keptTheme());
  Object.assign(state, readLink());
  filter();
  showTab();
  showFilters();
  showLegend();
  resize();
  showDetails();
  draw(false);
  performance.mark("interactive");
  document.documentElement.dataset.ready = "yes";
  // What is needed soon, when nothing else is to be done.
  setTimeout(() => texts(), 50);
}

start();
