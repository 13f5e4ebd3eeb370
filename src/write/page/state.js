// What is shown now: everything that a link to this view has to hold, and what follows from it.

const TABS = ["graph", "actors", "ties", "names"];

const state = {
  tab: "graph",
  /** Types that are not shown, by place in graph.types. */
  hidden: new Set(),
  /** The weakest weight that is shown; null: all. */
  least: null,
  /** A community, or -1 for all. */
  community: -1,
  /** Days since 1970, or null. */
  from: null,
  to: null,
  actor: -1,
  tie: -1,
  /** "type" or "community". */
  colour: "type",
  /** The middle of the view in the picture and how large it is; null: all of it. */
  at: null,
};

/** Which actors and ties pass the filters, and how many. */
const shown = { actors: new Uint8Array(actorCount), ties: new Uint8Array(tieCount), actorCount: 0, tieCount: 0 };

const listeners = [];

/** Calls `then` after every change, with the names of what changed. */
function onChange(then) {
  listeners.push(then);
}

/** Changes the state, filters again where that is needed, and tells everybody. */
function change(changes) {
  const before = { ...state };
  Object.assign(state, changes);
  if ("actor" in changes && state.actor >= 0 && !("tie" in changes)) state.tie = -1;
  if ("tie" in changes && state.tie >= 0 && !("actor" in changes)) state.actor = -1;
  const names = new Set(Object.keys(state).filter((name) => before[name] !== state[name]));
  if (["hidden", "least", "community", "from", "to"].some((name) => names.has(name))) {
    filter();
    names.add("filter");
  }
  listeners.forEach((then) => then(names));
  writeLink();
}

const isPeriod = () => state.from !== null || state.to !== null;
const isFiltered = () => state.hidden.size > 0 || state.least !== null || state.community >= 0 || isPeriod();

/** Whether a tie is as strong as the filter wants. */
function isStrong(tie) {
  if (state.least === null) return true;
  return graph.larger_is_stronger ? ties.weight[tie] >= state.least : ties.weight[tie] <= state.least;
}

/** Whether a day is in the period; what has no day is in no period. */
function inPeriod(day) {
  return day >= (state.from ?? -Infinity) && day <= (state.to ?? Infinity);
}

function passesActor(actor) {
  if (state.hidden.has(nodes.kind[actor])) return false;
  if (state.community >= 0 && nodes.community[actor] !== state.community) return false;
  return !isPeriod() || timesInPeriod(texts().actor_days[actor], inPeriod) > 0;
}

/** Decides who is shown. An actor whose ties are all too weak, or of other days, goes with them. */
function filter() {
  const days = isPeriod() ? texts().tie_days : null;
  for (let actor = 0; actor < actorCount; actor++) shown.actors[actor] = passesActor(actor) ? 1 : 0;
  const tied = new Uint8Array(actorCount);
  shown.tieCount = 0;
  for (let tie = 0; tie < tieCount; tie++) {
    const [a, b] = [ties.source[tie], ties.target[tie]];
    const passes = shown.actors[a] && shown.actors[b] && isStrong(tie) && (!days || timesInPeriod(days[tie], inPeriod) > 0);
    shown.ties[tie] = passes ? 1 : 0;
    if (!passes) continue;
    shown.tieCount++;
    tied[a] = 1;
    tied[b] = 1;
  }
  shown.actorCount = 0;
  for (let actor = 0; actor < actorCount; actor++) {
    if (state.least !== null && !tied[actor]) shown.actors[actor] = 0;
    shown.actorCount += shown.actors[actor];
  }
}

// The link: the part of the address behind #.

function link() {
  const parts = new URLSearchParams();
  if (state.tab !== "graph") parts.set("tab", state.tab);
  if (state.hidden.size) parts.set("hide", [...state.hidden].sort().map((kind) => graph.types[kind]).join("|"));
  if (state.least !== null) parts.set("least", state.least);
  if (state.community >= 0) parts.set("community", graph.communities[state.community]);
  if (state.from !== null) parts.set("from", dayText(state.from));
  if (state.to !== null) parts.set("to", dayText(state.to));
  if (state.actor >= 0) parts.set("actor", nodes.id[state.actor]);
  if (state.tie >= 0) {
    parts.set("tie", nodes.id[ties.source[state.tie]]);
    parts.set("with", nodes.id[ties.target[state.tie]]);
  }
  if (state.colour !== "type") parts.set("colour", state.colour);
  if (state.at) parts.set("at", [state.at.x, state.at.y, state.at.scale].map((part) => +part.toPrecision(5)).join(","));
  return parts.toString();
}

let writing = 0;
let written = "";

/** Puts the state into the address, a little later: browsers refuse too many changes. */
function writeLink() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    written = link();
    history.replaceState(null, "", `#${written}`);
  }, 150);
}

/** The state that the address asks for; what it does not name, or names wrongly, is as at the start. */
function readLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const day = (name) => {
    const text = parts.get(name) ?? "";
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) / 864e5 : null;
  };
  const place = (name) => placeOf.get(parts.get(name)) ?? -1;
  const hidden = (parts.get("hide") ?? "").split("|").map((kind) => graph.types.indexOf(kind));
  const at = (parts.get("at") ?? "").split(",").map(Number);
  const least = Number.parseFloat(parts.get("least"));
  const [a, b] = [place("tie"), place("with")];
  return {
    tab: TABS.includes(parts.get("tab")) ? parts.get("tab") : "graph",
    hidden: new Set(hidden.filter((kind) => kind >= 0)),
    least: Number.isFinite(least) ? least : null,
    community: graph.communities.indexOf(parts.get("community")),
    from: day("from"),
    to: day("to"),
    actor: place("actor"),
    tie: a >= 0 && b >= 0 ? tieOf(a, b) : -1,
    colour: parts.get("colour") === "community" ? "community" : "type",
    at: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], scale: at[2] } : null,
  };
}
