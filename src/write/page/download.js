// Files of what is shown.

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A cell of CSV. One that a spreadsheet would run as a formula gets an apostrophe before it; a number does not. */
function csvCell(value) {
  let text = String(value ?? "");
  if (/^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows of a table that are shown, in the order they are sorted in. */
function csvOf(name) {
  const columns = TABLES[name].columns().filter((column) => column.value || column.plain);
  const value = (column, row) => (column.plain ? column.plain(row) : column.cell === undefined ? "" : rawValue(column, row));
  const lines = sortedRows(name).map((row) => columns.map((column) => csvCell(value(column, row))).join(","));
  return `${[columns.map((column) => csvCell(column.name)).join(","), ...lines].join("\r\n")}\r\n`;
}

/** Numbers as they are, days as dates. */
function rawValue(column, row) {
  if (["first", "last"].includes(column.name)) return dateText(column.value(row));
  return column.value(row);
}

const xml = (text) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The shape of a type as the data of a path. */
function shapeData(kind, x, y, radius) {
  const at = (...numbers) => numbers.map((number) => +number.toFixed(1)).join(" ");
  if (kind === "person") return `M${at(x - radius, y)}a${at(radius, radius)} 0 1 0 ${at(2 * radius, 0)}a${at(radius, radius)} 0 1 0 ${at(-2 * radius, 0)}Z`;
  if (kind === "place") return `M${at(x - 0.91 * radius, y - 0.91 * radius)}h${at(1.82 * radius)}v${at(1.82 * radius)}h${at(-1.82 * radius)}Z`;
  if (kind === "organization") return `M${at(x, y - 1.25 * radius)}l${at(1.25 * radius, 1.25 * radius)}l${at(-1.25 * radius, 1.25 * radius)}l${at(-1.25 * radius, -1.25 * radius)}Z`;
  return `M${at(x, y - 1.35 * radius)}l${at(1.35 * radius, 2.36 * radius)}h${at(-2.7 * radius)}Z`;
}

/** What the canvas shows now, as SVG. */
function svgOf() {
  const middle = focus();
  const { width, opacity } = pen();
  const at = (number) => +number.toFixed(1);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(view.width)}" height="${Math.round(view.height)}" viewBox="0 0 ${at(view.width)} ${at(view.height)}" font-family="Inter, Helvetica, Arial, sans-serif">`,
    `<title>${xml(plainName(document.title, 200))}</title>`,
    `<rect width="100%" height="100%" fill="${colours.paper}"/>`,
    '<g fill="none">',
  ];
  for (let tie = tieCount - 1; tie >= 0; tie--) {
    if (!shown.ties[tie] || !isTieInView(tie)) continue;
    const [a, b] = [ties.source[tie], ties.target[tie]];
    const bright = middle?.ties.includes(tie);
    const dark = opacity(strengthOf[tie]) * (middle && !bright ? 0.25 : 1);
    out.push(`<path d="M${at(toScreenX(nodes.x[a]))} ${at(toScreenY(nodes.y[a]))}L${at(toScreenX(nodes.x[b]))} ${at(toScreenY(nodes.y[b]))}" stroke="${bright ? colours.accent : colours.line}" stroke-width="${at(width(strengthOf[tie]))}" stroke-opacity="${dark.toFixed(2)}"/>`);
  }
  out.push(`</g><g stroke="${colours.paper}" stroke-width="1.5">`);
  for (let actor = actorCount - 1; actor >= 0; actor--) {
    if (!shown.actors[actor] || !isActorInView(actor, 30)) continue;
    const shape = shapeData(graph.types[nodes.kind[actor]], toScreenX(nodes.x[actor]), toScreenY(nodes.y[actor]), screenRadius(actor));
    const pale = middle && !middle.actors.has(actor) ? ' opacity="0.3"' : "";
    out.push(`<path d="${shape}" fill="${colourOf(actor)}"${pale}><title>${xml(nameOf(actor))}</title></path>`);
  }
  out.push(`</g><g fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" font-weight="500" text-anchor="middle">`);
  for (const { label, x, top } of placedLabels(middle, mostLabels())) {
    label.lines.forEach((line, number) => {
      out.push(`<text x="${at(x)}" y="${at(top + label.size * (0.9 + 1.15 * number))}" font-size="${label.size}">${xml(line)}</text>`);
    });
  }
  out.push("</g></svg>\n");
  return out.join("\n");
}
