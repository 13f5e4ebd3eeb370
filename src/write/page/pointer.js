// Mouse, fingers and keys on the canvas.

const pointers = new Map();
/** How far a press may wander and still be a click. */
const STILL = 6;
let press = null;

function canvasPoint(event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** After a movement by hand: the link keeps the view. */
function moved() {
  change({ at: viewToKeep() });
  plan(true);
}

/** The canvas as large as its place, as sharp as the screen. The middle of the view stays in the middle. */
function resize() {
  const box = canvas.getBoundingClientRect();
  if (!box.width || !box.height) return;
  const keep = state.at && view.width > 1 ? viewToKeep() : state.at;
  [view.width, view.height] = [box.width, box.height];
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  if (keep) showAt(keep);
  else showAll();
  plan();
}

/** Moves an actor to the middle, or two to both sides of it, if they are not well in view. */
function reveal(actors) {
  const height = view.height - covered();
  const inside = (actor) => {
    const [x, y] = [toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor])];
    return x > 40 && y > 40 && x < view.width - 40 && y < height - 50;
  };
  const least = Math.max(0.6, wholeScale());
  if (actors.every(inside) && view.scale >= least * 0.75) return plan();
  const middle = (of) => actors.reduce((sum, actor) => sum + of[actor], 0) / actors.length;
  let scale = Math.max(view.scale, least);
  if (actors.length > 1) {
    const span = (of) => Math.max(...actors.map((actor) => of[actor])) - Math.min(...actors.map((actor) => of[actor]));
    scale = Math.min(scale, (view.width - 120) / (span(nodes.x) + 1), (height - 120) / (span(nodes.y) + 1));
  }
  glide({ x: middle(nodes.x), y: middle(nodes.y) + covered() / 2 / scale, scale });
}

/** How much of the height of the canvas the open sheet covers on a phone. */
function covered() {
  const sheet = byId("details");
  const style = getComputedStyle(sheet);
  return style.position === "absolute" && style.display !== "none" ? sheet.offsetHeight : 0;
}

/** Moves the view there within a quarter of a second, or at once for those who want no motion. */
function glide(to) {
  const from = viewToKeep();
  const start = performance.now();
  const length = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250;
  const step = () => {
    const part = length ? Math.min(1, (performance.now() - start) / length) : 1;
    const eased = 1 - (1 - part) ** 3;
    showAt({
      x: from.x + (to.x - from.x) * eased,
      y: from.y + (to.y - from.y) * eased,
      scale: from.scale * (to.scale / from.scale) ** eased,
    });
    plan(part < 1);
    if (part < 1) requestAnimationFrame(step);
    else change({ at: viewToKeep() });
  };
  step();
}

function onPointerDown(event) {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, canvasPoint(event));
  press = pointers.size === 1 ? { ...canvasPoint(event), still: true } : null;
  hideTip();
}

function onPointerMove(event) {
  const point = canvasPoint(event);
  const before = pointers.get(event.pointerId);
  if (!before) return hover(point);
  const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, other]) => other);
  pointers.set(event.pointerId, point);
  if (others.length) {
    const [other] = others;
    const spread = (from) => Math.max(20, Math.hypot(from.x - other.x, from.y - other.y));
    zoomAt(spread(point) / spread(before), (point.x + other.x) / 2, (point.y + other.y) / 2);
    view.x += (point.x - before.x) / 2;
    view.y += (point.y - before.y) / 2;
    return moved();
  }
  if (press?.still && Math.hypot(point.x - press.x, point.y - press.y) < STILL) return;
  if (press?.still) [before.x, before.y] = [press.x, press.y];
  if (press) press.still = false;
  view.x += point.x - before.x;
  view.y += point.y - before.y;
  canvas.classList.add("dragging");
  moved();
}

function onPointerUp(event) {
  pointers.delete(event.pointerId);
  canvas.classList.remove("dragging");
  if (press?.still && event.type === "pointerup") click(canvasPoint(event), event.pointerType === "touch" ? 14 : 5);
  press = null;
}

/** Opens what is under a point: an actor before a tie; beside everything, closes what is open. */
function click({ x, y }, reach) {
  const actor = actorAt(x, y, reach);
  if (actor >= 0) return change({ actor });
  const tie = tieAt(x, y, reach);
  change(tie >= 0 ? { tie } : { actor: -1, tie: -1 });
}

function onWheel(event) {
  event.preventDefault();
  const { x, y } = canvasPoint(event);
  const lines = event.deltaMode === 1 ? 20 : 1;
  zoomAt(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * (event.ctrlKey ? 0.01 : 0.0022)), x, y);
  moved();
}

// A word about what the mouse is on.

function hover({ x, y }) {
  const actor = actorAt(x, y);
  const tie = actor < 0 ? tieAt(x, y, 4) : -1;
  canvas.classList.toggle("pointing", actor >= 0 || tie >= 0);
  if (actor !== hovered) {
    hovered = actor;
    plan();
  }
  if (actor < 0 && tie < 0) return hideTip();
  const tip = byId("tip");
  const about =
    actor >= 0
      ? [nameOf(actor), `${graph.types[nodes.kind[actor]]}, ${plural(nodes.sentences[actor], "sentence")}, ${plural(tiesOf[actor].length, "tie")}`]
      : [`${nameOf(ties.source[tie], 50)} – ${nameOf(ties.target[tie], 50)}`, plural(ties.sentences[tie], "shared sentence")];
  tip.replaceChildren(make("strong", {}, about[0]), make("span", {}, about[1]));
  tip.hidden = false;
  tip.style.left = `${Math.max(0, Math.min(x + 14, view.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > view.height ? y - tip.offsetHeight - 10 : y + 18}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

const STEP = 60;
const KEYS = {
  ArrowLeft: () => (view.x += STEP),
  ArrowRight: () => (view.x -= STEP),
  ArrowUp: () => (view.y += STEP),
  ArrowDown: () => (view.y -= STEP),
  "+": () => zoomAt(1.25, view.width / 2, view.height / 2),
  "=": () => zoomAt(1.25, view.width / 2, view.height / 2),
  "-": () => zoomAt(0.8, view.width / 2, view.height / 2),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key]) {
    KEYS[event.key]();
    moved();
  } else if (event.key === "0") {
    showWhole();
  } else if (event.key === "n" || event.key === "p") {
    openNext(event.key === "n" ? 1 : -1);
  } else {
    return;
  }
  event.preventDefault();
}

function showWhole() {
  showAll();
  change({ at: null });
  plan();
}

/** Opens the next of the shown actors, from the most named to the least. */
function openNext(step) {
  for (let actor = state.actor + step; actor >= 0 && actor < actorCount; actor += step) {
    if (shown.actors[actor]) {
      change({ actor });
      return reveal([actor]);
    }
  }
}

function listenToCanvas() {
  canvas.addEventListener("pointerdown", onPointerDown);
  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("pointerup", onPointerUp);
  canvas.addEventListener("pointercancel", onPointerUp);
  canvas.addEventListener("pointerleave", hideTip);
  canvas.addEventListener("wheel", onWheel, { passive: false });
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = canvasPoint(event);
    zoomAt(1.6, x, y);
    moved();
  });
  canvas.addEventListener("keydown", onKey);
  byId("zoom-in").addEventListener("click", () => (KEYS["+"](), moved()));
  byId("zoom-out").addEventListener("click", () => (KEYS["-"](), moved()));
  byId("zoom-all").addEventListener("click", showWhole);
  new ResizeObserver(resize).observe(canvas);
}
