// Where things are on the canvas, and what is under a finger.

const canvas = byId("canvas");

/** A point p of the picture is drawn at p * scale + (x, y), in CSS pixels. */
const view = { scale: 1, x: 0, y: 0, width: 1, height: 1 };
const MOST_SCALE = 8;

const toScreenX = (x) => x * view.scale + view.x;
const toScreenY = (y) => y * view.scale + view.y;

/** The radius of an actor on the screen: shapes grow slower than the picture, and never vanish. */
function screenRadius(actor) {
  return Math.max(1.4, nodes.radius[actor] * view.scale ** 0.75);
}

/** The scale at which all of the picture is just seen. */
function wholeScale() {
  const room = Math.min(view.width / (graph.width + 70), view.height / (graph.height + 70));
  return Math.max(Math.min(room, 1.6), 0.005);
}

/** Shows all of the picture. */
function showAll() {
  view.scale = wholeScale();
  view.x = (view.width - graph.width * view.scale) / 2;
  view.y = (view.height - graph.height * view.scale) / 2;
}

/** What the link keeps of the view; nothing where all is shown. */
function viewToKeep() {
  return { x: (view.width / 2 - view.x) / view.scale, y: (view.height / 2 - view.y) / view.scale, scale: view.scale };
}

/** The view that a link kept. */
function showAt({ x, y, scale }) {
  view.scale = Math.min(Math.max(scale, wholeScale() / 2), MOST_SCALE);
  view.x = view.width / 2 - x * view.scale;
  view.y = view.height / 2 - y * view.scale;
}

/** Zooms so that what is at (x, y) stays there. */
function zoomAt(factor, x, y) {
  const scale = Math.min(Math.max(view.scale * factor, wholeScale() / 2), MOST_SCALE);
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
}

// Which actor is near a point: a grid, so that not all need be asked.

const CELL = 80;
const grid = (() => {
  const columns = Math.max(1, Math.ceil((graph.width + 1) / CELL));
  const rows = Math.max(1, Math.ceil((graph.height + 1) / CELL));
  const cells = Array.from({ length: columns * rows }, () => []);
  for (let actor = 0; actor < actorCount; actor++) {
    cells[column(nodes.x[actor], columns) + columns * column(nodes.y[actor], rows)].push(actor);
  }
  return { columns, rows, cells };
})();

/** The column or row of a place, of so many. */
function column(place, count) {
  return Math.min(Math.max(Math.floor(place / CELL), 0), count - 1);
}

const largestRadius = nodes.radius.reduce((most, radius) => Math.max(most, radius), 1);

/** The shown actor under a point of the canvas, or -1. A finger needs more room than a mouse. */
function actorAt(x, y, reach = 5) {
  const [px, py] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
  const far = (largestRadius * Math.max(1, view.scale ** 0.75) + reach) / view.scale;
  let best = -1;
  let least = Infinity;
  for (let row = column(py - far, grid.rows); row <= column(py + far, grid.rows); row++) {
    for (let at = column(px - far, grid.columns); at <= column(px + far, grid.columns); at++) {
      for (const actor of grid.cells[at + grid.columns * row]) {
        if (!shown.actors[actor]) continue;
        const distance = Math.hypot(nodes.x[actor] - px, nodes.y[actor] - py) * view.scale - screenRadius(actor);
        if (distance < reach && distance < least) [best, least] = [actor, distance];
      }
    }
  }
  return best;
}

/** The shown tie under a point of the canvas, or -1: the nearest one. */
function tieAt(x, y, reach = 5) {
  let best = -1;
  let least = reach;
  for (let tie = 0; tie < tieCount; tie++) {
    if (!shown.ties[tie]) continue;
    const [a, b] = [ties.source[tie], ties.target[tie]];
    const [ax, ay, bx, by] = [toScreenX(nodes.x[a]), toScreenY(nodes.y[a]), toScreenX(nodes.x[b]), toScreenY(nodes.y[b])];
    if (x < Math.min(ax, bx) - reach || x > Math.max(ax, bx) + reach) continue;
    if (y < Math.min(ay, by) - reach || y > Math.max(ay, by) + reach) continue;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const distance = Math.hypot(x - ax - along * dx, y - ay - along * dy);
    if (distance < least) [best, least] = [tie, distance];
  }
  return best;
}

// Labels.

const letterSize = (actor) => Math.round(2 * (11 + 4.5 * Math.min(1, nodes.radius[actor] / 23))) / 2;
const font = (size) => `500 ${size}px ${FONT}`;
const FONT = 'Inter, system-ui, "Segoe UI", Helvetica, Arial, sans-serif';
const labels = new Map();

/** The lines of a label and how wide the widest is. Long names are broken in two, at the blank nearest the middle. */
function labelOf(actor, context) {
  let label = labels.get(actor);
  if (!label) {
    const lines = brokenInTwo(nameOf(actor, 44));
    const size = letterSize(actor);
    context.font = font(size);
    label = { lines, size, width: Math.max(...lines.map((line) => context.measureText(line).width)) };
    labels.set(actor, label);
  }
  return label;
}

function brokenInTwo(name) {
  if (name.length <= 22) return [name];
  const blanks = [...name.matchAll(/\s/g)].map((match) => match.index);
  if (!blanks.length) return [name];
  const off = (blank) => Math.abs(blank - name.length / 2);
  const middle = blanks.reduce((best, blank) => (off(blank) < off(best) ? blank : best));
  return [name.slice(0, middle), name.slice(middle + 1)];
}
