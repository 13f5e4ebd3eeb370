// What the page knows. The graph is read at once; the texts behind it are many times as large and are read when they are
// first needed, or when nothing else is to be done.

const graph = JSON.parse(document.getElementById("graph").textContent);
const { nodes, ties } = graph;
const actorCount = nodes.id.length;
const tieCount = ties.source.length;
const placeOf = new Map(nodes.id.map((id, place) => [id, place]));

let readTexts = null;

/** The texts: sentences, names, measures. */
function texts() {
  readTexts ??= JSON.parse(document.getElementById("texts").textContent);
  return readTexts;
}

/** The ties of every actor, the strongest first. */
const tiesOf = (() => {
  const lists = nodes.id.map(() => []);
  for (let tie = 0; tie < tieCount; tie++) {
    lists[ties.source[tie]].push(tie);
    lists[ties.target[tie]].push(tie);
  }
  return lists;
})();

/** The other end of a tie. */
function otherEnd(tie, actor) {
  return ties.source[tie] === actor ? ties.target[tie] : ties.source[tie];
}

/** The tie of two actors, or -1. */
function tieOf(a, b) {
  return tiesOf[a].find((tie) => otherEnd(tie, a) === b) ?? -1;
}

/** How strong a tie looks, from 0 to 1. Ties come from the strongest to the weakest. */
const strengthOf = (() => {
  const value = (tie) => (graph.larger_is_stronger ? ties.weight[tie] : -Math.log10(Math.max(ties.weight[tie], 1e-300)));
  const most = tieCount ? value(0) : 1;
  const least = tieCount ? value(tieCount - 1) : 0;
  const strengths = new Float32Array(tieCount);
  for (let tie = 0; tie < tieCount; tie++) {
    strengths[tie] = most > least ? (value(tie) - least) / (most - least) : 0.3;
  }
  return strengths;
})();

// Days: 20250519 in the data, days since 1970 in sliders and comparisons.

/** Days since 1970; NaN for no day. */
function dayNumber(date) {
  if (!date) return NaN;
  return Date.UTC(Math.floor(date / 1e4), (Math.floor(date / 100) % 100) - 1, date % 100) / 864e5;
}

/** 2025-05-19 of days since 1970. */
function dayText(day) {
  return new Date(day * 864e5).toISOString().slice(0, 10);
}

/** 2025-05-19 of 20250519; empty for no day. */
function dateText(date) {
  return date ? dayText(dayNumber(date)) : "";
}

const firstDay = graph.days.length ? dayNumber(graph.days[0][0]) : NaN;
const lastDay = graph.days.length ? dayNumber(graph.days[graph.days.length - 1][0]) : NaN;

/** All days with documents, as days since 1970. */
const allDays = graph.days.map(([date]) => dayNumber(date));

/** How often something was in the period: `days` are places among all days, each followed by how often. */
function timesInPeriod(days, isIn) {
  let times = 0;
  for (let at = 0; at < days.length; at += 2) if (isIn(allDays[days[at]])) times += days[at + 1];
  return times;
}

/** So many numbers stand for a sentence of a tie. */
const EVIDENCE_SIZE = 8;

/** The sentences of a tie. A mark is where a name stands and what linked it. */
function evidenceOf(tie) {
  const { evidence, sentences, documents, rules, copies } = texts();
  const rows = [];
  const numbers = evidence[tie];
  for (let at = 0; at < numbers.length; at += EVIDENCE_SIZE) {
    const [sentence, start, end, rule, otherStart, otherEndAt, otherRule, copy] = numbers.slice(at, at + EVIDENCE_SIZE);
    const [document, number, last, text] = sentences[sentence];
    const [id, title, date, source] = documents[document];
    rows.push({
      document: { id, title, date, source },
      number,
      last,
      text,
      copies: copy ? copiesOf(copies[copy - 1]) : [],
      marks: [
        { side: "a", start, end, rule: rules[rule] },
        { side: "b", start: otherStart, end: otherEndAt, rule: rules[otherRule] },
      ],
    });
  }
  return rows;
}

/** Where the copies of a sentence stand. */
function copiesOf(numbers) {
  const found = [];
  for (let at = 0; at < numbers.length; at += 2) {
    const [id, title, date] = texts().documents[numbers[at]];
    found.push({ id, title, date, number: numbers[at + 1] });
  }
  return found;
}

// Texts for people.

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** A number with at most three digits behind the point, and more only where it is small. */
function numberText(value) {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return value.toLocaleString("en", { maximumFractionDigits: 3 });
}

/** Small letters without accents, for comparing. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A name on one line, without the signs that turn the text around it. */
function plainName(name, most = 120) {
  const line = name.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\s]+/gu, " ").trim() || "(no name)";
  return line.length > most ? `${[...line.slice(0, most)].slice(0, -1).join("")}…` : line;
}

const nameOf = (actor, most) => plainName(nodes.name[actor], most);

/** An element. Text is only ever set as text, so that no name is markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const byId = (id) => document.getElementById(id);
