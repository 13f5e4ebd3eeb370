// The same as tables: for reading, sorting, and for those who do not see the picture.

/** So many rows are shown at a time. */
const PAGE = 100;

const numeric = (name, title, value) => ({ name, title, value, numeric: true, cell: (row) => numberText(value(row)) });
const dated = (name, title, value) => ({ name, title, value, numeric: true, cell: (row) => dateText(value(row)) });

/** What the tables hold: rows, columns, and by what a row is found. */
const TABLES = {
  actors: {
    caption: "The actors that pass the filters",
    sort: ["sentences", -1],
    rows: () => [...nodes.id.keys()].filter((actor) => shown.actors[actor]),
    text: (actor) => [nodes.name[actor], nodes.id[actor], ...texts().aliases[actor].map(([alias]) => alias)].join("\n"),
    columns: () => [
      { name: "actor", title: "Actor", value: (actor) => folded(nodes.name[actor]), cell: (actor) => actorLink(actor), plain: (actor) => nodes.name[actor] },
      { name: "type", title: "Type", value: (actor) => graph.types[nodes.kind[actor]], cell: (actor) => graph.types[nodes.kind[actor]] },
      numeric("sentences", "Sentences", (actor) => nodes.sentences[actor]),
      numeric("documents", "Documents", (actor) => nodes.documents[actor]),
      numeric("ties", "Ties", (actor) => tiesOf[actor].length),
      ...texts().measures.map(([name, about], at) => ({ ...numeric(name, name, (actor) => texts().scores[at][actor]), about })).filter(({ name }) => name !== "degree"),
      dated("first", "First", (actor) => nodes.first[actor]),
      dated("last", "Last", (actor) => nodes.last[actor]),
      { name: "community", title: "Community", value: (actor) => community(actor), cell: (actor) => plainName(community(actor)) },
    ],
  },
  ties: {
    caption: "The ties that pass the filters",
    sort: ["weight", -1],
    rows: () => [...ties.source.keys()].filter((tie) => shown.ties[tie]),
    text: (tie) => `${nodes.name[ties.source[tie]]}\n${nodes.name[ties.target[tie]]}`,
    columns: () => [
      { name: "source", title: "Actor", value: (tie) => folded(nodes.name[ties.source[tie]]), cell: (tie) => actorLink(ties.source[tie], 60), plain: (tie) => nodes.name[ties.source[tie]] },
      { name: "target", title: "Tied to", value: (tie) => folded(nodes.name[ties.target[tie]]), cell: (tie) => actorLink(ties.target[tie], 60), plain: (tie) => nodes.name[ties.target[tie]] },
      { name: "open", title: "", value: null, cell: (tie) => sentencesButton(tie) },
      numeric("weight", "Weight", (tie) => ties.weight[tie]),
      numeric("sentences", "Sentences", (tie) => ties.sentences[tie]),
      numeric("documents", "Documents", (tie) => ties.documents[tie]),
      ...texts().weights.map(([name, about], at) => ({ ...numeric(name, name, (tie) => texts().values[at][tie]), about })).filter(({ name }) => !["n", "documents"].includes(name)),
    ],
  },
  names: {
    caption: "Names that nothing decides: they are in no tie",
    sort: ["count", -1],
    rows: () => [...texts().ambiguous.keys()],
    text: (row) => [texts().ambiguous[row][0], ...candidates(row).map(candidateName)].join("\n"),
    columns: () => [
      { name: "name", title: "Name", value: (row) => folded(texts().ambiguous[row][0]), cell: (row) => make("strong", {}, plainName(texts().ambiguous[row][0])), plain: (row) => texts().ambiguous[row][0] },
      { name: "type", title: "Type", value: (row) => texts().ambiguous[row][1], cell: (row) => texts().ambiguous[row][1] },
      numeric("count", "Times", (row) => texts().ambiguous[row][3]),
      { name: "candidates", title: "May be", value: (row) => candidates(row).length, cell: (row) => candidateList(row), plain: (row) => candidates(row).map(candidateName).join("; ") },
      { name: "sentence", title: "For example", value: null, cell: (row) => exampleOf(row) },
    ],
  },
};

const community = (actor) => graph.communities[nodes.community[actor]] ?? "";
const candidates = (row) => texts().ambiguous[row][2];
const candidateName = (who) => (typeof who === "number" ? nodes.name[who] : who);

function candidateList(row) {
  if (!candidates(row).length) return make("span", { class: "soft" }, "nobody that a list knows");
  return make("ul", { class: "candidates" }, ...candidates(row).map((who) => make("li", {}, anyLink(who))));
}

function exampleOf(row) {
  const [, , , , sentence, start, end] = texts().ambiguous[row];
  const [document, , , text] = texts().sentences[sentence];
  const [id, title, date] = texts().documents[document];
  return make("div", { class: "example" }, ...marked(text, [{ side: "a", start, end }]),
    make("span", { class: "soft small" }, ` ${[plainName(title || id, 80), dateText(date)].filter(Boolean).join(", ")}`));
}

function sentencesButton(tie) {
  const names = `${nameOf(ties.source[tie])} and ${nameOf(ties.target[tie])}`;
  return make("button", { type: "button", class: "small-button", "aria-label": `Sentences that name ${names}`, onclick: () => change({ tie }) }, "Sentences");
}

/** How each table was last sorted and searched. */
const tableState = Object.fromEntries(Object.entries(TABLES).map(([name, { sort }]) => [name, { sort, find: "", rows: PAGE }]));

function showTable() {
  const pane = byId("pane-table");
  const table = TABLES[state.tab];
  if (!table) return;
  const own = tableState[state.tab];
  const find = make("input", { type: "search", id: "table-find", value: own.find, placeholder: "Filter these rows…", "aria-label": "Filter these rows", autocomplete: "off", spellcheck: "false" });
  find.addEventListener("input", () => {
    own.find = find.value;
    own.rows = PAGE;
    fillTable();
  });
  const count = make("p", { id: "table-count", class: "soft", role: "status" });
  const head = make("div", { class: "table-head" }, find, count);
  const element = make("table", { id: "table" }, make("caption", {}, table.caption), make("thead"), make("tbody"));
  const more = make("button", { type: "button", id: "table-more", class: "more" });
  more.addEventListener("click", () => {
    own.rows += PAGE;
    fillTable();
  });
  pane.replaceChildren(head, make("div", { class: "table-room", tabindex: "0", role: "region", "aria-label": table.caption }, element), more);
  pane.setAttribute("aria-labelledby", `tab-${state.tab}`);
  fillTable();
}

/** The rows of a table as it is sorted and searched. */
function sortedRows(name) {
  const table = TABLES[name];
  const { sort: [by, direction], find } = tableState[name];
  const wanted = folded(find.trim());
  const rows = table.rows().filter((row) => !wanted || folded(table.text(row)).includes(wanted));
  const column = table.columns().find((each) => each.name === by);
  const keys = new Map(rows.map((row) => [row, column.value(row)]));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return rows.sort((a, b) => direction * compare(keys.get(a), keys.get(b)) || a - b);
}

function fillTable() {
  const table = TABLES[state.tab];
  const own = tableState[state.tab];
  const columns = table.columns();
  const rows = sortedRows(state.tab);
  const visible = rows.slice(0, own.rows);
  byId("table").tHead.replaceChildren(make("tr", {}, ...columns.map((column) => headCell(column, own))));
  byId("table").tBodies[0].replaceChildren(...visible.map((row) =>
    make("tr", {}, ...columns.map((column, at) => make(at === 0 ? "th" : "td", { scope: at === 0 ? "row" : null, class: column.numeric ? "number" : null }, column.cell(row))))));
  byId("table-count").textContent = rows.length > visible.length ? `${visible.length} of ${plural(rows.length, "row")}` : plural(rows.length, "row");
  byId("table-more").hidden = rows.length <= visible.length;
  byId("table-more").textContent = `Show ${Math.min(PAGE, rows.length - visible.length)} more`;
}

function headCell(column, own) {
  const attributes = { scope: "col", class: column.numeric ? "number" : null, title: column.about };
  if (!column.value) return make("th", attributes, make("span", { class: "hidden" }, column.title || "Open"), column.title);
  const [by, direction] = own.sort;
  const sorted = by === column.name ? (direction > 0 ? "ascending" : "descending") : "none";
  const sort = () => {
    own.sort = [column.name, by === column.name ? -direction : column.numeric ? -1 : 1];
    fillTable();
    byId("table").tHead.querySelector(`[data-column="${column.name}"]`)?.focus();
  };
  return make("th", { ...attributes, "aria-sort": sorted },
    make("button", { type: "button", "data-column": column.name, onclick: sort }, column.title, make("span", { class: "arrow", "aria-hidden": "true" }, sorted === "none" ? "" : direction > 0 ? " ▲" : " ▼")));
}
