// The column beside the picture: the corpus, an actor, or a tie with its sentences.

/** So many rows of a list are shown before "Show all". */
const FEW = 12;

function showDetails() {
  const panel = byId("details");
  const open = state.tie >= 0 || state.actor >= 0;
  document.body.classList.toggle("opened", open);
  const content = state.tie >= 0 ? tieDetails(state.tie) : state.actor >= 0 ? actorDetails(state.actor) : overview();
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(...content);
  panel.setAttribute("aria-label", open ? panel.querySelector("h2").textContent : "What this shows");
  panel.scrollTop = 0;
  if (hadFocus) panel.focus();
}

function heading(text, kind, about) {
  const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => change({ actor: -1, tie: -1 }) }, "×");
  return make("header", {}, make("p", { class: "kind" }, ...kind), close, make("h2", {}, ...text), make("p", { class: "soft" }, about));
}

/** The shape of a type, as in the picture, for the text. */
function sign(kind) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "-10 -10 20 20");
  svg.setAttribute("class", `sign ${["person", "place", "organization"].includes(kind) ? kind : "other"}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", shapeData(kind, 0, 0, 7));
  svg.append(path);
  return svg;
}

/** A button that opens an actor. */
function actorLink(actor, most) {
  const open = () => {
    change({ actor });
    reveal([actor]);
  };
  return make("button", { type: "button", class: "link", onclick: open }, sign(graph.types[nodes.kind[actor]]), nameOf(actor, most));
}

/** Somebody who may not be on the page: a place among the actors, or an id. */
function anyLink(who) {
  return typeof who === "number" ? actorLink(who) : make("span", { class: "id" }, plainName(who));
}

/** A titled list that shows its first rows, and all when asked. */
function list(title, rows, makeRow, few = FEW) {
  if (!rows.length) return null;
  const items = make("ul", { class: "rows" }, ...rows.slice(0, few).map(makeRow));
  const section = make("section", {}, make("h3", {}, title), items);
  if (rows.length > few) {
    const more = make("button", { type: "button", class: "more" }, `Show all ${rows.length.toLocaleString("en")}`);
    more.addEventListener("click", () => {
      items.append(...rows.slice(few).map(makeRow));
      more.remove();
    });
    section.append(more);
  }
  return section;
}

/** A row with a bar as long as its share of the largest. */
function bar(share, ...children) {
  const row = make("li", { class: "bar-row" }, ...children);
  row.style.setProperty("--share", `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`);
  return row;
}

function facts(pairs) {
  const rows = pairs.filter(([, value]) => value !== "").flatMap(([name, value, title]) => {
    return [make("dt", { title }, name), make("dd", {}, value)];
  });
  return make("dl", { class: "facts" }, ...rows);
}

const period = (first, last) => (!first ? "" : first === last ? dateText(first) : `${dateText(first)} to ${dateText(last)}`);

/** From which day to which the documents are, and how many have a day where not all do. */
function wholePeriod() {
  if (!graph.days.length) return "";
  const dated = graph.days.reduce((sum, [, documents]) => sum + documents, 0);
  const days = period(graph.days[0][0], graph.days[graph.days.length - 1][0]);
  return dated < graph.corpus[0] ? `${days} (${numberText(dated)} dated)` : days;
}

/** What is there, where nothing is open. */
function overview() {
  const [documents, sentences, words, mentions, unclear] = graph.corpus;
  const [actors, all] = graph.whole;
  const figures = [
    ["Documents", numberText(documents)],
    ["Dates", wholePeriod()],
    ["Sentences", numberText(sentences)],
    ["Words", numberText(words)],
    ["Mentions", numberText(mentions)],
    ["of them unclear", numberText(unclear), "Names that nothing decides; they tie nobody"],
    ["Actors", actors > actorCount ? `${numberText(actorCount)} of ${numberText(actors)}` : numberText(actors)],
    ["Ties", all > tieCount ? `${numberText(tieCount)} of ${numberText(all)}` : numberText(all)],
  ];
  const top = [...Array(Math.min(actorCount, 200)).keys()].filter((actor) => shown.actors[actor]).slice(0, 10);
  const strong = [];
  for (let tie = 0; tie < tieCount && strong.length < 10; tie++) if (shown.ties[tie]) strong.push(tie);
  const most = nodes.sentences[top[0]] ?? 1;
  return [
    make("header", {}, make("h2", {}, "What this shows"),
      make("p", { class: "soft" }, "Two actors are tied where a sentence names both. Choose an actor or a tie to see who, and which sentences.")),
    facts(figures),
    list("Most named", top, (actor) => bar(nodes.sentences[actor] / most, actorLink(actor), make("span", { class: "number" }, numberText(nodes.sentences[actor])))),
    list("Strongest ties", strong, (tie) => bar(strengthOf[tie], tieLink(tie), make("span", { class: "number" }, numberText(ties.weight[tie])))),
    make("p", { class: "soft small" }, `Weight of a tie: ${graph.weight[0]}, ${graph.weight[1]}. Made by ${graph.generator}.`),
  ].filter(Boolean);
}

/** A button that opens a tie, named by both ends, or by the other end of `from`. */
function tieLink(tie, from = -1) {
  const open = () => {
    change({ tie });
    reveal([ties.source[tie], ties.target[tie]]);
  };
  const [a, b] = [ties.source[tie], ties.target[tie]];
  const label = from < 0 ? [nameOf(a, 40), make("span", { class: "soft" }, " – "), nameOf(b, 40)] : [sign(graph.types[nodes.kind[otherEnd(tie, from)]]), nameOf(otherEnd(tie, from), 60)];
  return make("button", { type: "button", class: "link", onclick: open }, ...label);
}

function actorDetails(actor) {
  const { aliases, affiliations, measures, scores } = texts();
  const kind = graph.types[nodes.kind[actor]];
  const own = tiesOf[actor].filter((tie) => shown.ties[tie]);
  const share = (tie) => (graph.larger_is_stronger ? ties.weight[tie] / ties.weight[own[0]] : strengthOf[tie]);
  const rank = (values) => 1 + values.reduce((better, value) => better + (value > values[actor]), 0);
  const measured = measures.map(([name, about], at) => [name, `${numberText(scores[at][actor])} (no. ${rank(scores[at]).toLocaleString("en")})`, about]);
  const community = nodes.community[actor];
  const about = `${plural(nodes.mentions[actor], "mention")} in ${plural(nodes.documents[actor], "document")}`;
  return [
    heading([nameOf(actor)], [sign(kind), kind], about),
    facts([
      ["Seen", period(nodes.first[actor], nodes.last[actor])],
      ["Sentences", numberText(nodes.sentences[actor])],
      ["Id", plainName(nodes.id[actor])],
    ]),
    own.length ? null : make("p", { class: "soft" }, tiesOf[actor].length ? "The filters hide all ties of this actor." : "No sentence names this actor with another."),
    list("Strongest ties", own, (tie) => bar(share(tie), tieLink(tie, actor), make("span", { class: "number" }, numberText(ties.weight[tie])))),
    list("Part of their titles", [...affiliations[actor]].sort((a, b) => b[1] - a[1]), ([who, times]) => make("li", {}, anyLink(who), make("span", { class: "number" }, `${numberText(times)}×`))),
    list("Written as", aliases[actor], ([alias, times]) => make("li", {}, make("span", {}, `“${plainName(alias)}”`), make("span", { class: "number" }, `${numberText(times)}×`)), 8),
    measured.length ? make("section", {}, make("h3", {}, "Measures"), facts(measured)) : null,
    community === undefined ? null : make("section", {}, make("h3", {}, "Community"),
      make("button", { type: "button", class: "link", onclick: () => change({ community: state.community === community ? -1 : community }) },
        `${plainName(graph.communities[community])} and those around`,
        make("span", { class: "soft" }, state.community === community ? " (show all again)" : " (show only these)"))),
  ].filter(Boolean);
}

function tieDetails(tie) {
  const [a, b] = [ties.source[tie], ties.target[tie]];
  const { weights, values } = texts();
  const all = evidenceOf(tie);
  const rows = all.filter((row) => !isPeriod() || inPeriod(dayNumber(row.document.date)));
  const count = ties.sentences[tie];
  const copied = all.reduce((sum, row) => sum + row.copies.length, 0);
  const kind = ties.kinds[tie];
  const about = `${plural(count, "sentence")} in ${plural(ties.documents[tie], "document")}${kind ? `, by ${kind} only` : ""}`;
  const title = [make("span", { class: "end a" }, actorLink(a)), make("span", { class: "end b" }, actorLink(b))];
  const left = count - all.length - copied;
  const note = [
    rows.length < all.length ? `${plural(all.length - rows.length, "sentence")} outside the period` : "",
    left > 0 ? `${plural(left, "more sentence")} not kept on this page` : "",
  ].filter(Boolean).join("; ");
  return [
    heading(title, ["tie"], about),
    ...sentencesByDocument(rows),
    note ? make("p", { class: "soft small" }, note) : null,
    make("section", {}, make("h3", {}, "Weights"), facts(weights.map(([name, meaning], at) => [name, numberText(values[at][tie]), meaning]))),
  ].filter(Boolean);
}

/** The sentences of a tie under the documents they stand in. */
function sentencesByDocument(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row.document.id)) groups.set(row.document.id, []);
    groups.get(row.document.id).push(row);
  }
  return [...groups.values()].map((group) => {
    const { id, title, date, source } = group[0].document;
    const name = plainName(title || id.split(/[\\/]/).pop(), 160);
    const where = [dateText(date), plainName(source || "", 60), title ? plainName(id, 160) : ""].filter((part) => part && part !== "(no name)");
    return make("section", { class: "document" },
      make("h3", {}, name),
      make("p", { class: "soft small" }, where.join(" · ")),
      make("ol", {}, ...group.map(sentenceItem)));
  });
}

function sentenceItem(row) {
  const rules = row.marks.map(({ side, start, end, rule: [name, about] }) =>
    make("span", { class: `rule ${side}`, title: about }, `${plainName(row.text.slice(start, end), 40)}: ${name}`));
  const place = row.last > row.number ? `sentences ${row.number} to ${row.last}` : `sentence ${row.number}`;
  return make("li", { value: row.number },
    make("blockquote", {}, ...marked(row.text, row.marks)),
    make("p", { class: "rules" }, make("span", { class: "soft" }, place), ...rules),
    copiesFold(row.copies));
}

/** The documents that repeat a sentence, folded away. */
function copiesFold(copies) {
  if (!copies.length) return null;
  const item = ({ id, title, date, number }) => make("li", {}, [plainName(title || id, 120), dateText(date), `sentence ${number}`].filter(Boolean).join(", "));
  return make("details", { class: "copies" },
    make("summary", {}, `repeated in ${plural(copies.length, "other document")}`),
    make("ul", {}, ...copies.map(item)));
}

/** A text with marks in colour, as elements. Where two marks overlap, the first stays whole. */
function marked(text, marks) {
  const parts = [];
  let from = 0;
  for (const { side, start, end } of [...marks].sort((x, y) => x.start - y.start || y.end - x.end)) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    parts.push(text.slice(from, begin), make("mark", { class: side }, text.slice(begin, end)));
    from = end;
  }
  return [...parts, text.slice(from)];
}
