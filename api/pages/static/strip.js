// One row's strip, in SVG: the window expected now, earlier ones stacked above it, and what came.

import { dayOf } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const [TOP, BAR, EARLIER, GAP, BOTTOM] = [9, 12, 4, 2, 8];

/** How high a strip of one window is, and one that is not drawn yet. */
export const HEIGHT = TOP + BAR + BOTTOM;

export function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
}

/** Windows in the order they were first said; one said again is the same lane. */
export function lanes(statements) {
  const found = [];
  for (const said of statements) {
    const before = found.at(-1);
    if (before && (said.relation === "reaffirmed" || !said.window)) before.said.push(said);
    else found.push({ window: said.window, said: [said] });
    if (said.window) found.at(-1).window = said.window;
  }
  return found;
}

/** Draw `now` into `svg`; `x` gives the place of a day, `width` is that of the strip. */
export function drawStrip(svg, now, { x, width, later }) {
  const told = lanes(now.statements);
  const parts = [];
  const reach = reachOf(told, x, width);
  let y = TOP;
  for (const [place, lane] of told.entries()) {
    const last = place === told.length - 1;
    const high = last ? BAR : EARLIER;
    const look = last ? (now.stands ? "bar" : "bar over") : "earlier";
    const end = last ? (now.stands ? width - 2 : x(dayOfOver(now))) : reach;
    drawWindow(parts, lane, { x, end, y, high, look });
    for (const said of lane.said) parts.push(tick(said, { x, y, high }));
    if (!last) y += high + GAP;
  }
  const middle = y + BAR / 2;
  drawOutcome(parts, now, { x, middle });
  if (later && !now.actual) drawActual(parts, later, "later", { x, middle });
  svg.replaceChildren(...parts);
  const height = y + BAR + BOTTOM;
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

function drawWindow(parts, lane, { x, end, y, high, look }) {
  const { earliest, latest } = lane.window ?? {};
  if (!earliest && !latest) return;
  const from = earliest ? x(dayOf(earliest)) : x(dayOf(lane.said[0].public_on));
  if (latest) {
    const wide = Math.max(2, x(dayOf(latest) + 1) - from);
    parts.push(shape("rect", { class: look, x: from, y, width: wide, height: high, rx: high > 6 ? 2 : 1 }));
    return;
  }
  // No last day was given: a line with an arrow, out of the picture or to where it was over.
  const middle = y + high / 2;
  const kind = look === "earlier" ? "endless before" : look === "bar" ? "endless" : "endless over";
  const tip = look === "bar over" ? "" : `M${end - 5} ${middle - 4}L${end} ${middle}L${end - 5} ${middle + 4}`;
  const path = `M${from} ${middle}H${Math.max(end, from + 2)}${tip}`;
  parts.push(shape("path", { class: kind, d: path }));
}

function tick(said, { x, y, high }) {
  const at = x(dayOf(said.public_on));
  if (!said.window) return shape("circle", { class: "said none", cx: at, cy: y + high / 2, r: 3 });
  return shape("path", { class: "said", d: `M${at} ${y - 2}V${y + high + 2}` });
}

function drawOutcome(parts, now, { x, middle }) {
  if (now.actual) return drawActual(parts, now.actual, now.verdict ?? "plain", { x, middle });
  const day = dayOfEnd(now);
  if (day !== null) parts.push(mark(now.verdict, x(day), middle));
}

/** How far an earlier window without a last day is drawn: as far as any that has one. */
function reachOf(told, x, width) {
  const ends = told.map(({ window }) => window?.latest).filter(Boolean);
  return ends.length ? Math.min(width - 2, Math.max(...ends.map((day) => x(dayOf(day) + 1)))) : width - 2;
}

function dayOfOver(now) {
  const day = now.actual?.latest ?? now.actual?.earliest;
  return day ? dayOf(day) + 0.5 : now.last.since;
}

/** The day a verdict without an actual belongs to: the end of the window, or when it was heard. */
function dayOfEnd(now) {
  if (now.verdict === "lapsed") return dayOf(now.last.window.latest) + 1;
  const ended = ["withdrawn", "missed", "condition_failed", "moot", "indeterminate"];
  return ended.includes(now.verdict) ? now.last.since : null;
}

function drawActual(parts, actual, verdict, { x, middle }) {
  const day = actual.latest ?? actual.earliest;
  if (!day) return;
  if (actual.earliest && actual.earliest !== day) {
    const range = `M${x(dayOf(actual.earliest))} ${middle}H${x(dayOf(day) + 1)}`;
    parts.push(shape("path", { class: `mark ${verdict}`, d: range }));
  }
  parts.push(mark(verdict, x(dayOf(day) + 0.5), middle));
}

const SHAPES = {
  met_on_time: (x, y) => circle(x, y, 5.5),
  met_early: (x, y) => `M${x + 5} ${y - 6}V${y + 6}L${x - 6} ${y}Z`,
  met_late: (x, y) => `M${x - 5} ${y - 6}V${y + 6}L${x + 6} ${y}Z`,
  missed: (x, y) => `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`,
  condition_failed: (x, y) => `${circle(x, y, 6)}M${x - 4} ${y - 4}L${x + 4} ${y + 4}`,
  withdrawn: (x, y) => `M${x} ${y - 9}V${y + 9}M${x - 4} ${y - 9}H${x + 4}M${x - 4} ${y + 9}H${x + 4}`,
  moot: (x, y) => `M${x - 5} ${y}H${x + 5}`,
  lapsed: (x, y) => `M${x - 5} ${y - 5}H${x + 5}V${y + 5}H${x - 5}Z`,
  indeterminate: (x, y) => `M${x} ${y - 7}L${x + 6} ${y}L${x} ${y + 7}L${x - 6} ${y}Z`,
};

function circle(x, y, r) {
  return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
}

/** The mark of a verdict: its shape says as much as its colour. */
export function mark(verdict, x, y) {
  const path = (SHAPES[verdict] ?? SHAPES.met_on_time)(x, y);
  return shape("path", { class: `mark ${verdict}`, d: path });
}

export const MARKS = Object.keys(SHAPES);
