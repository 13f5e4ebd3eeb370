// Tabs, search, filters.

function showTab() {
  for (const name of TABS) {
    const tab = byId(`tab-${name}`);
    tab.setAttribute("aria-selected", name === state.tab);
    tab.tabIndex = name === state.tab ? 0 : -1;
  }
  byId("pane-graph").hidden = state.tab !== "graph";
  byId("pane-table").hidden = state.tab === "graph";
  document.body.dataset.tab = state.tab;
  if (state.tab !== "graph") showTable();
}

/** Arrow keys go from tab to tab, as in other tab lists. */
function onTabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tab = TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
  change({ tab });
  byId(`tab-${tab}`).focus();
}

// Search: any form of a name that the documents have.

const MOST_FOUND = 12;
let searchIndex = null;
let foundActors = [];
let foundAt = -1;

/** Every form of every name, without case and accents, with the actor. */
function allForms() {
  searchIndex ??= texts().aliases.flatMap((aliases, actor) => {
    const forms = new Map([nodes.name[actor], ...aliases.map(([alias]) => alias), nodes.id[actor]].map((form) => [folded(form), form]));
    return [...forms].map(([key, form]) => ({ key, form, actor }));
  });
  return searchIndex;
}

/** The actors whose names begin with the words, then those with a word that does, then those that hold them. */
function findActors(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const best = new Map();
  for (const { key, form, actor } of allForms()) {
    const at = key.indexOf(wanted);
    if (at < 0) continue;
    const rank = key === wanted ? 0 : at === 0 ? 1 : /[\s\-.'’(]/.test(key[at - 1]) ? 2 : 3;
    if (rank < (best.get(actor)?.rank ?? Infinity)) best.set(actor, { actor, form, rank });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || a.actor - b.actor).slice(0, MOST_FOUND);
}

function showFound() {
  const [input, box] = [byId("search"), byId("found")];
  foundActors = findActors(input.value);
  foundAt = foundActors.length ? 0 : -1;
  box.replaceChildren(...foundActors.map(({ actor, form }, number) => {
    const kind = graph.types[nodes.kind[actor]];
    const also = folded(form) === folded(nodes.name[actor]) ? "" : `“${plainName(form, 50)}” · `;
    const option = make("li", { role: "option", id: `found-${number}` }, sign(kind), make("span", {}, nameOf(actor, 70)), make("small", {}, `${also}${plural(nodes.sentences[actor], "sentence")}`));
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => chooseFound(number));
    return option;
  }));
  if (input.value.trim() && !foundActors.length) box.append(make("li", { class: "soft" }, "Nobody of this name is on the page"));
  box.hidden = !input.value.trim();
  input.setAttribute("aria-expanded", !box.hidden);
  markFound();
}

function markFound() {
  foundActors.forEach((_, number) => byId(`found-${number}`).setAttribute("aria-selected", number === foundAt));
  byId("search").setAttribute("aria-activedescendant", foundAt >= 0 ? `found-${foundAt}` : "");
}

function chooseFound(number) {
  const { actor } = foundActors[number];
  hideFound();
  byId("search").value = "";
  change(shown.actors[actor] ? { actor } : { actor, hidden: new Set(), least: null, community: -1, from: null, to: null });
  if (state.tab === "graph") reveal([actor]);
  byId("details").focus();
}

function hideFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", false);
}

function onSearchKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && foundActors.length) {
    foundAt = (foundAt + step + foundActors.length) % foundActors.length;
    markFound();
    byId(`found-${foundAt}`).scrollIntoView({ block: "nearest" });
    event.preventDefault();
  } else if (event.key === "Enter" && foundAt >= 0 && !byId("found").hidden) {
    chooseFound(foundAt);
    event.preventDefault();
  } else if (event.key === "Escape") {
    hideFound();
    event.stopPropagation();
  }
}

// Filters.

/** The weights to choose from: every one that occurs, but a hundred at most, from the weakest. */
const steps = (() => {
  const all = [...new Set(ties.weight)].reverse();
  if (all.length <= 100) return all;
  return [...new Set(Array.from({ length: 100 }, (_, number) => all[Math.round((number * (all.length - 1)) / 99)]))];
})();

function buildFilters() {
  const group = (title, ...children) => make("fieldset", {}, make("legend", {}, title), ...children);
  byId("filters").replaceChildren(...[
    typeFilter(group), weightFilter(group), communityFilter(group), periodFilter(group), colourChoice(group),
    make("button", { type: "button", id: "reset", onclick: () => change({ hidden: new Set(), least: null, community: -1, from: null, to: null }) }, "Show all again"),
  ].filter(Boolean));
}

function typeFilter(group) {
  const counts = graph.types.map((_, kind) => nodes.kind.reduce((sum, each) => sum + (each === kind), 0));
  const rows = graph.types.map((kind, place) => {
    const box = make("input", { type: "checkbox", "data-type": place });
    box.addEventListener("change", () => {
      const hidden = new Set(state.hidden);
      if (box.checked) hidden.delete(place);
      else hidden.add(place);
      change({ hidden });
    });
    return make("label", { class: "check" }, box, sign(kind), make("span", {}, plainName(kind, 30)), make("span", { class: "number soft" }, numberText(counts[place])));
  });
  return rows.length ? group("Types", ...rows) : null;
}

function weightFilter(group) {
  if (steps.length < 2) return null;
  const slider = make("input", { type: "range", id: "least", min: 0, max: steps.length - 1, step: 1, "aria-label": "Weakest tie shown" });
  slider.addEventListener("input", () => change({ least: +slider.value ? steps[+slider.value] : null }));
  return group("Weakest tie", slider, make("output", { id: "least-text", for: "least" }));
}

function communityFilter(group) {
  const sizes = graph.communities.map(() => 0);
  nodes.community.forEach((number) => sizes[number]++);
  const several = sizes.map((size, number) => [size, number]).filter(([size]) => size > 1);
  if (several.length < 2) return null;
  const select = make("select", { id: "community", "aria-label": "Community" }, make("option", { value: -1 }, "All"),
    ...several.map(([size, number]) => make("option", { value: number }, `${plainName(graph.communities[number], 40)} (${size})`)));
  select.addEventListener("change", () => change({ community: +select.value }));
  return group("Community around", select);
}

function colourChoice(group) {
  const choices = ["type", "community"].map((name) => {
    const radio = make("input", { type: "radio", name: "colour", value: name });
    radio.addEventListener("change", () => change({ colour: name }));
    return make("label", { class: "check" }, radio, name);
  });
  return group("Colours by", make("div", { class: "pair" }, ...choices));
}

function periodFilter(group) {
  if (!(lastDay > firstDay)) return null;
  const slider = (id, label) => make("input", { type: "range", id, min: firstDay, max: lastDay, step: 1, "aria-label": label });
  const [from, to] = [slider("from", "First day"), slider("to", "Last day")];
  from.addEventListener("input", () => {
    from.value = Math.min(+from.value, +to.value);
    change({ from: +from.value > firstDay ? +from.value : null });
  });
  to.addEventListener("input", () => {
    to.value = Math.max(+from.value, +to.value);
    change({ to: +to.value < lastDay ? +to.value : null });
  });
  return group("Period", bars(), make("div", { class: "two" }, from, to), make("output", { id: "period-text" }));
}

/** How many documents there are over time. */
function bars() {
  const count = Math.min(48, lastDay - firstDay + 1);
  const sums = new Array(count).fill(0);
  for (const [date, documents] of graph.days) {
    sums[Math.min(count - 1, Math.floor(((dayNumber(date) - firstDay) / (lastDay - firstDay + 1)) * count))] += documents;
  }
  const most = Math.max(...sums);
  return make("div", { class: "bars", "aria-hidden": "true" }, ...sums.map((sum) => {
    const one = make("i");
    one.style.height = `${sum ? 8 + (92 * sum) / most : 2}%`;
    return one;
  }));
}

/** Puts what the filters say on them. */
function showFilters() {
  document.querySelectorAll("[data-type]").forEach((box) => (box.checked = !state.hidden.has(+box.dataset.type)));
  document.querySelectorAll("[name=colour]").forEach((radio) => (radio.checked = radio.value === state.colour));
  if (byId("least")) {
    const at = steps.findIndex((weight) => (graph.larger_is_stronger ? weight >= state.least : weight <= state.least));
    byId("least").value = state.least === null ? 0 : at < 0 ? steps.length - 1 : at;
    const sign = graph.larger_is_stronger ? "at least" : "at most";
    byId("least-text").textContent = state.least === null ? "all ties" : `${graph.weight[0]} ${sign} ${numberText(state.least)}`;
  }
  if (byId("community")) byId("community").value = state.community;
  if (byId("from")) {
    byId("to").value = state.to ?? lastDay;
    byId("from").value = state.from ?? firstDay;
    byId("period-text").textContent = `${dayText(state.from ?? firstDay)} to ${dayText(state.to ?? lastDay)}`;
    const days = lastDay - firstDay + 1;
    document.querySelectorAll(".bars i").forEach((one, number, all) => {
      const [start, end] = [firstDay + (number * days) / all.length, firstDay + ((number + 1) * days) / all.length - 1];
      one.classList.toggle("outside", end < (state.from ?? firstDay) || start > (state.to ?? lastDay));
    });
  }
  byId("reset").hidden = !isFiltered();
  byId("filter-button").textContent = isFiltered() ? "Filters •" : "Filters";
  byId("shown").textContent = isFiltered()
    ? `${numberText(shown.actorCount)} of ${plural(actorCount, "actor")}, ${numberText(shown.tieCount)} of ${plural(tieCount, "tie")}`
    : `${plural(actorCount, "actor")}, ${plural(tieCount, "tie")}`;
}

function showLegend() {
  const rows = state.colour === "type"
    ? graph.types.slice(0, 7).map((kind) => make("span", {}, sign(kind), plainName(kind, 20)))
    : graph.communities.slice(0, 7).map((name, number) => make("span", {}, make("i", { class: `group-${number}` }), plainName(name, 24)));
  if (state.colour === "community" && graph.communities.length > 7) rows.push(make("span", {}, make("i", { class: "group-7" }), "others"));
  byId("legend").replaceChildren(...rows);
}
