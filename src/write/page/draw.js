// Drawing the network: lines first, then shapes, then as many labels as there is room for.

const context = canvas.getContext("2d");

/** While the picture moves, only the strongest so many ties are drawn; the others follow when it stands still. */
const MOVING_TIES = 2_000;
const MOVING_LABELS = 60;
/** A label for every square of so many pixels, at most. */
const LABEL_ROOM = 70;
/** So many lines are drawn at once; browsers slow down on longer paths. */
const STROKES = 400;
/** Lines are drawn in so many widths. */
const WIDTHS = 5;

let colours = null;
let hovered = -1;
let movingUntil = 0;
let planned = 0;

/** The colours of the style sheet, read again when they change. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  const kinds = graph.types.map((kind) => value(`--${["person", "place", "organization"].includes(kind) ? kind : "other"}`));
  const groups = Array.from({ length: 8 }, (_, number) => value(`--group-${number}`));
  colours = { paper: value("--paper"), ink: value("--ink"), soft: value("--soft"), line: value("--line"), kinds, groups };
  colours.accent = value("--accent");
}

/** The colour of an actor. Of the communities the largest have one, the others share the last. */
function colourOf(actor) {
  if (state.colour === "type") return colours.kinds[nodes.kind[actor]];
  return colours.groups[Math.min(nodes.community[actor] ?? 7, 7)];
}

/** Draws before the next picture of the screen. `moving`: more is coming. */
function plan(moving = false) {
  if (moving) {
    movingUntil = performance.now() + 140;
    setTimeout(plan, 160);
  }
  planned ||= requestAnimationFrame(() => {
    planned = 0;
    draw(performance.now() < movingUntil);
  });
}

/** Who stands out: the actor or the ends of the tie that is open, and those tied to it. */
function focus() {
  if (state.tie >= 0) return { actors: new Set([ties.source[state.tie], ties.target[state.tie]]), ties: [state.tie] };
  if (state.actor < 0) return null;
  const own = tiesOf[state.actor].filter((tie) => shown.ties[tie]);
  return { actors: new Set([state.actor, ...own.map((tie) => otherEnd(tie, state.actor))]), ties: own };
}

function draw(moving) {
  const ratio = canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, view.width, view.height);
  const middle = focus();
  drawTies(middle, moving);
  drawActors(middle);
  drawLabels(middle, moving);
}

/** How wide and dark lines are: less so where there are many. */
function pen() {
  const crowd = Math.min(1, shown.tieCount / 4_000);
  const zoom = Math.min(Math.max(view.scale, 0.35), 2) ** 0.5;
  return {
    width: (share) => (0.8 + (5.2 - 3 * crowd) * share) * zoom,
    opacity: (share) => 0.3 - 0.22 * crowd + (0.45 - 0.12 * crowd) * Math.sqrt(share),
  };
}

function drawTies(middle, moving) {
  const { width, opacity } = pen();
  context.strokeStyle = colours.line;
  context.lineCap = "butt";
  const paths = Array.from({ length: WIDTHS }, () => []);
  const most = moving ? MOVING_TIES : Infinity;
  let drawn = 0;
  for (let tie = 0; tie < tieCount && drawn < most; tie++) {
    if (!shown.ties[tie] || !isTieInView(tie)) continue;
    paths[Math.min(WIDTHS - 1, Math.floor(Math.sqrt(strengthOf[tie]) * WIDTHS))].push(tie);
    drawn++;
  }
  paths.forEach((path, number) => {
    const share = ((number + 0.5) / WIDTHS) ** 2;
    context.globalAlpha = opacity(share) * (middle ? 0.25 : 1);
    context.lineWidth = width(share);
    strokeTies(path);
  });
  if (middle) {
    context.strokeStyle = colours.accent;
    for (const tie of middle.ties) {
      context.globalAlpha = state.tie >= 0 ? 1 : Math.min(1, opacity(strengthOf[tie]) + 0.25);
      context.lineWidth = width(strengthOf[tie]) + (state.tie >= 0 ? 1.5 : 0);
      strokeTies([tie]);
    }
  }
  context.globalAlpha = 1;
}

function isTieInView(tie) {
  const [a, b] = [ties.source[tie], ties.target[tie]];
  const [ax, bx] = [toScreenX(nodes.x[a]), toScreenX(nodes.x[b])];
  if ((ax < 0 && bx < 0) || (ax > view.width && bx > view.width)) return false;
  const [ay, by] = [toScreenY(nodes.y[a]), toScreenY(nodes.y[b])];
  return !((ay < 0 && by < 0) || (ay > view.height && by > view.height));
}

function strokeTies(path) {
  for (let from = 0; from < path.length; from += STROKES) {
    context.beginPath();
    for (const tie of path.slice(from, from + STROKES)) {
      const [a, b] = [ties.source[tie], ties.target[tie]];
      context.moveTo(toScreenX(nodes.x[a]), toScreenY(nodes.y[a]));
      context.lineTo(toScreenX(nodes.x[b]), toScreenY(nodes.y[b]));
    }
    context.stroke();
  }
}

function isActorInView(actor, room) {
  const [x, y] = [toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor])];
  return x > -room && y > -room && x < view.width + room && y < view.height + room;
}

/** The least important first, so that they lie below. */
function drawActors(middle) {
  for (let actor = actorCount - 1; actor >= 0; actor--) {
    if (!shown.actors[actor] && !middle?.actors.has(actor)) continue;
    if (!isActorInView(actor, 30)) continue;
    context.globalAlpha = middle && !middle.actors.has(actor) ? 0.3 : 1;
    drawShape(actor, screenRadius(actor));
  }
  context.globalAlpha = 1;
}

function drawShape(actor, radius) {
  const [x, y] = [toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor])];
  context.fillStyle = colourOf(actor);
  if (radius < 2.5 && !isOpen(actor)) {
    // So small that all shapes look the same; paths would cost five times as much.
    context.fillRect(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
    return;
  }
  context.beginPath();
  shapePath(context, graph.types[nodes.kind[actor]], x, y, radius);
  context.fill();
  const open = isOpen(actor);
  context.strokeStyle = open || actor === hovered ? colours.ink : colours.paper;
  context.lineWidth = open ? 2.5 : 1.5;
  context.stroke();
}

/** The shape of a type with the area of a circle: people are circles, places squares, organizations diamonds. */
function shapePath(path, kind, x, y, radius) {
  if (kind === "person" || radius < 2) {
    path.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (kind === "place") {
    const reach = radius * 0.91;
    path.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, reach * 0.35);
  } else if (kind === "organization") {
    const reach = radius * 1.25;
    path.moveTo(x, y - reach);
    path.lineTo(x + reach, y);
    path.lineTo(x, y + reach);
    path.lineTo(x - reach, y);
    path.closePath();
  } else {
    const reach = radius * 1.35;
    path.moveTo(x, y - reach);
    path.lineTo(x + reach, y + 0.75 * reach);
    path.lineTo(x - reach, y + 0.75 * reach);
    path.closePath();
  }
}

/** What is taken on the screen: boxes, found again by the squares they lie in. */
class Taken {
  constructor() {
    this.squares = new Map();
  }

  /** The names of the squares that a box touches. */
  *around([left, top, right, bottom]) {
    for (let row = Math.floor(top / 64); row <= bottom / 64; row++) {
      for (let at = Math.floor(left / 64); at <= right / 64; at++) yield row * 4096 + at;
    }
  }

  /** Takes a box, which is that of an actor: its shape or its label. */
  add(box, actor, isLabel) {
    for (const square of this.around(box)) {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push([box, actor, isLabel]);
    }
  }

  /**
   * Whether a box meets one that another actor has taken. Where `small` is given, shapes less wide do not count, and of others the
   * inner half.
   */
  meets(box, actor, small = 0) {
    for (const square of this.around(box)) {
      for (const [other, owner, isLabel] of this.squares.get(square) ?? []) {
        const width = other[2] - other[0];
        if (owner === actor || (!isLabel && width < small)) continue;
        const rim = isLabel || !small ? 0 : width / 4;
        const apart = box[0] >= other[2] - rim || box[2] <= other[0] + rim || box[1] >= other[3] - rim || box[3] <= other[1] + rim;
        if (!apart) return true;
      }
    }
    return false;
  }
}

/** Where a label may stand, the best place first: below, right, left, above. A label is not cut off by the edge. */
function labelPlaces(actor, label) {
  const height = label.lines.length * label.size * 1.15;
  const [x, y] = [toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor])];
  const reach = screenRadius(actor) * 1.15 + 3;
  const aside = reach + label.width / 2 + 2;
  const inside = (middle) => Math.min(Math.max(middle, label.width / 2 + 4), view.width - label.width / 2 - 4);
  return [[inside(x), y + reach], [x + aside, y - height / 2], [x - aside, y - height / 2], [inside(x), y - reach - height]].map(
    ([middle, top]) => ({ x: middle, top, box: [middle - label.width / 2 - 2, top, middle + label.width / 2 + 2, top + height] }),
  );
}

/** So many labels do not crowd the picture. */
function mostLabels() {
  return Math.ceil((view.width * view.height) / LABEL_ROOM ** 2);
}

/** The labels that fit, the most important first: those of the open actor and its ties before all others. */
function placedLabels(middle, most) {
  const taken = new Taken();
  const inView = [];
  for (let actor = 0; actor < actorCount; actor++) {
    if (!(shown.actors[actor] || middle?.actors.has(actor)) || !isActorInView(actor, 0)) continue;
    inView.push(actor);
    const [x, y, radius] = [toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor]), screenRadius(actor)];
    if (radius > 2.5 || inView.length < most) taken.add([x - radius, y - radius, x + radius, y + radius], actor, false);
  }
  const rank = (actor) => (isOpen(actor) ? 0 : middle?.actors.has(actor) ? 1 : 2);
  const order = middle ? inView.sort((a, b) => rank(a) - rank(b) || a - b) : inView;
  const found = [];
  for (const actor of order.slice(0, 5 * most)) {
    if (found.length >= most) break;
    const label = labelOf(actor, context);
    const places = labelPlaces(actor, label);
    const isInside = (box) => box[0] >= 0 && box[2] <= view.width;
    const find = (small) => places.find(({ box }) => isInside(box) && !taken.meets(box, actor, small));
    // A great name is worth more than the shapes of small actors under it.
    const isGreat = found.length < most / 3;
    const free = find() ?? (isGreat ? find(screenRadius(actor)) : null) ?? (isOpen(actor) ? places[0] : null);
    if (!free) continue;
    taken.add(free.box, actor, true);
    found.push({ actor, label, ...free });
  }
  return found;
}

/** Whether an actor is open, or an end of the tie that is. */
function isOpen(actor) {
  return actor === state.actor || (state.tie >= 0 && (ties.source[state.tie] === actor || ties.target[state.tie] === actor));
}

function drawLabels(middle, moving) {
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  for (const { actor, label, x, top } of placedLabels(middle, moving ? MOVING_LABELS : mostLabels())) {
    context.globalAlpha = middle && !middle.actors.has(actor) ? 0.35 : 1;
    context.font = font(label.size);
    label.lines.forEach((line, number) => {
      const y = top + label.size * (0.9 + 1.15 * number);
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }
  context.globalAlpha = 1;
}
