// The page of one issuer. The revision history is fetched once; moving the date redraws only the
// rows whose answer is another, those in sight first.

import { axisTop, scaleUtc, select } from "./d3.js";
import { csvFile, picture, pngFile, save, svgFile } from "./picture.js";
import { element, Row } from "./rows.js";
import { mark, MARKS, shape } from "./strip.js";
import { Milestone, Track } from "./track.js";
import { DAY, dayOf, dayTold, textOf, verdictTold } from "./words.js";

const place = document.getElementById("page");
const stated = place.dataset;
const form = document.getElementById("clocks");
const root = document.getElementById("chart");
const idle = window.requestIdleCallback ?? ((call) => setTimeout(() => call({ timeRemaining: () => 8 }), 16));

function address(path, told) {
  const query = Object.entries(told).filter(([, value]) => value);
  return query.length ? `${path}?${new URLSearchParams(query)}` : path;
}

class Page {
  constructor(told) {
    this.told = told;
    this.today = dayOf(told.as_of);
    this.sources = new Map(told.documents.map((one) => [one.document, one]));
    this.rows = told.items.map((row) => new Row(new Milestone(row), this.sources, (one) => this.toggle(one)));
    this.groups = groups(told.programs, this.rows);
    this.hindsight = Boolean(stated.knownAt);
    this.program = stated.program;
    [this.first, this.last] = this.span();
    this.day = Math.min(dayOf(stated.asOf.slice(0, 10)), this.last);
    this.build();
    this.choose(this.program);
    const opened = this.rows.find((one) => one.name === stated.row);
    if (opened) this.toggle(opened);
    opened?.element.scrollIntoView({ block: "center" });
  }

  build() {
    this.output = element("output", { for: "day", id: "told" });
    this.slider = element("input", {
      type: "range", id: "day", min: this.first, max: this.last, step: 1, "aria-label": "As known on",
      "aria-describedby": "keys",
    });
    const keys = "Arrow keys move by a day, Page Up and Page Down to the next or previous first of a month, with Ctrl to the next or previous change.";
    this.earlier = element("button", { type: "button" }, "‹ Previous change");
    this.later = element("button", { type: "button" }, "Next change ›");
    this.axis = shape("svg", { class: "axis", "aria-hidden": "true" });
    this.behind = element("div", { class: "behind", "aria-hidden": "true" });
    this.future = element("div", { class: "later" });
    this.nowLine = element("div", { class: "now" });
    this.live = element("p", { class: "hidden", role: "status" });
    const row = (cls, middle) => element("div", { class: `grid3 ${cls}` }, element("div"), middle, element("div"));
    const controls = element("div", { class: "controls" },
      element("div", { class: "dates" }, this.earlier, this.output, this.later, this.live),
      element("p", { class: "hidden", id: "keys" }, keys),
      row("axis-row", element("div", { class: "slider" }, this.slider)),
      row("axis-row", this.axis));
    const parts = this.groups.map((group) => group.element);
    this.none = element("p", { class: "none" }, "Nothing was said of any milestone by then.");
    this.frame = element("div", { class: "frame" }, this.behind, controls, ...parts, this.none);
    root.append(this.frame, legend(), this.actions());
    this.clocks();
    this.listen();
  }

  /** The form stays, for what cannot be answered from here; the rest of it acts at once. */
  clocks() {
    const { as_of: asOf, known_at: knownAt, program } = form.elements;
    this.dateField = asOf;
    const box = element("input", { type: "checkbox" });
    box.checked = this.hindsight;
    const told = dayTold(this.told.known_at.slice(0, 10));
    form.insertBefore(element("label", { class: "check" }, box, `Hindsight: with what was public by ${told}`), knownAt.closest("label"));
    knownAt.closest("label").hidden = true;
    form.querySelector("button").textContent = "Ask as at";
    box.addEventListener("change", () => {
      this.hindsight = box.checked;
      knownAt.value = box.checked ? this.told.known_at.slice(0, 10) : "";
      this.show(this.day);
    });
    asOf.addEventListener("change", () => asOf.value && this.show(dayOf(asOf.value)));
    program.addEventListener("change", () => this.choose(program.value));
  }

  actions() {
    const button = (text, act) => {
      const made = element("button", { type: "button" }, text);
      made.addEventListener("click", act);
      return made;
    };
    this.said = element("output", { class: "code", id: "call" });
    const name = (end) => `${stated.issuer}-${textOf(this.day)}.${end}`;
    return element("div", { class: "actions" },
      button("Copy as API call", () => this.copyCall()),
      button("CSV", () => save(csvFile(this.table()), name("csv"))),
      button("SVG", () => save(svgFile(this.picture()), name("svg"))),
      button("PNG", async () => save(await pngFile(this.picture()), name("png"))),
      this.said);
  }

  listen() {
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.earlier.addEventListener("click", () => this.step(-1));
    this.later.addEventListener("click", () => this.step(1));
    this.sight = new IntersectionObserver((seen) => this.sighted(seen), { rootMargin: "300px" });
    for (const row of this.rows) this.sight.observe(row.element);
    const byElement = new Map(this.rows.map((row) => [row.element, row]));
    this.rowOf = (one) => byElement.get(one);
    new ResizeObserver(() => this.resized()).observe(this.frame);
    window.addEventListener("beforeprint", () => this.drawAll());
  }

  key(event) {
    const way = { PageUp: 1, PageDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return this.step(way);
    const at = new Date(this.day * DAY);
    const month = at.getUTCMonth() + (way > 0 || at.getUTCDate() === 1 ? way : 0);
    this.show(dayOf(new Date(Date.UTC(at.getUTCFullYear(), month, 1)).toISOString()));
  }

  measure() {
    this.width = Math.max(120, this.behind.clientWidth);
    this.x = scaleUtc([this.first * DAY, this.last * DAY], [0, this.width]);
    this.scale = { x: (day) => this.x(day * DAY), width: this.width };
    const ticks = Math.max(2, Math.floor(this.width / 90));
    select(this.axis).call(axisTop(this.x).ticks(ticks).tickSizeOuter(0)).attr("transform", null);
    for (const part of this.axis.children) part.setAttribute("transform", `${part.getAttribute("transform") ?? ""} translate(0 22)`);
    const lines = this.x.ticks(ticks).map((at) => {
      const line = element("div", { class: "year" });
      line.style.left = `${this.x(at)}px`;
      return line;
    });
    this.behind.replaceChildren(this.future, ...lines, this.nowLine);
  }

  resized() {
    if (Math.abs(this.behind.clientWidth - this.width) < 1) return;
    this.measure();
    for (const row of this.rows) row.stale = true;
    this.moveNow();
    this.drawStale();
  }

  /** Show what was known on `day`; only what is another answer is drawn anew. */
  show(day) {
    performance.mark("show");
    this.day = Math.max(this.first, Math.min(day, this.last));
    for (const row of this.rows) row.settle(this.day, this.hindsight);
    for (const group of this.groups) group.settle(this.day, this.hindsight);
    this.none.hidden = this.rows.some((row) => row.shown);
    this.moveNow();
    this.drawStale();
    performance.measure("redraw", "show");
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settled(), 250);
  }

  moveNow() {
    const text = textOf(this.day);
    const told = dayTold(text);
    const at = this.scale.x(this.day + 1);
    this.slider.value = this.day;
    this.slider.setAttribute("aria-valuetext", told);
    this.output.textContent = told;
    this.dateField.value = text;
    this.nowLine.style.left = `${at}px`;
    this.future.style.left = `${at}px`;
  }

  drawStale() {
    for (const row of this.rows) if (row.stale && row.near) row.draw(this.scale);
    if (this.waiting) return;
    this.waiting = true;
    idle((deadline) => this.drawRest(deadline));
  }

  /** Draw what is out of sight, for readers that do not scroll, while there is nothing else to do. */
  drawRest(deadline) {
    this.waiting = false;
    for (const row of this.rows) {
      if (!row.stale) continue;
      if (deadline.timeRemaining() < 2) return this.drawStale();
      row.draw(this.scale);
    }
  }

  drawAll() {
    for (const row of this.rows) if (row.stale) row.draw(this.scale);
  }

  sighted(seen) {
    for (const { target, isIntersecting } of seen) {
      const row = this.rowOf(target);
      row.near = isIntersecting;
      if (row.near && row.stale) row.draw(this.scale);
    }
  }

  /** Once the date stands still: the address, the line above, and what is read out. */
  settled() {
    const shown = this.rows.filter((row) => row.shown);
    const counts = new Map();
    for (const row of shown) {
      const { verdict } = row.milestone.track(row.hindsight).states.stretches[row.number];
      if (verdict) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
    const ordered = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const told = ordered.map(([verdict, many]) => `${many} ${verdictTold(verdict)}`).join(", ");
    const day = dayTold(textOf(this.day));
    const late = this.hindsight ? `, in hindsight of ${dayTold(this.told.known_at.slice(0, 10))}` : "";
    const lead = document.getElementById("lead");
    lead.replaceChildren("As known on ", element("strong", {}, day), `${late}${told ? `: ${told}` : ""}.`);
    this.live.textContent = `${day}: ${shown.length} milestones${told ? `, ${told}` : ""}`;
    this.remember();
  }

  remember() {
    const told = { ...this.asked(), program: this.program, row: this.opened?.name };
    history.replaceState(null, "", address(location.pathname, told));
  }

  asked() {
    const late = this.hindsight ? this.told.known_at.slice(0, 10) : "";
    return { as_of: textOf(this.day), known_at: late, as_at: stated.asAt };
  }

  /** Go to the next day, one way or the other, on which any row shown is another. */
  step(way) {
    const tracks = this.rows.filter((row) => row.wanted).map((row) => row.milestone.track(this.hindsight).states);
    const status = this.groups.map((group) => group.track(this.hindsight)).filter(Boolean);
    let best = null;
    for (const track of [...tracks, ...status]) {
      const at = track.at(way > 0 ? this.day : this.day - 1);
      const day = track.days[way > 0 ? at + 1 : at];
      if (day !== undefined && (best === null || (day - best) * way < 0)) best = day;
    }
    if (best !== null) this.show(best);
  }

  choose(program) {
    this.program = program;
    for (const row of this.rows) {
      row.wanted = !program || row.milestone.row.program === program;
      row.element.hidden = !row.shown;
    }
    for (const group of this.groups) group.wanted = !program || group.program === program;
    const [first, last] = this.span();
    [this.first, this.last] = [Math.min(first, this.day), Math.max(last, this.day)];
    [this.slider.min, this.slider.max] = [this.first, this.last];
    this.measure();
    for (const row of this.rows) row.stale = true;
    this.show(this.day);
  }

  /** The days that the rows wanted span. */
  span() {
    const rows = this.told.items.filter((row) => !this.program || row.program === this.program);
    return span(rows.length ? rows : this.told.items, this.today);
  }

  toggle(row) {
    const open = this.opened;
    open?.close();
    this.opened = open === row ? null : row;
    this.opened?.open();
    this.remember();
  }

  async copyCall() {
    const { as_of: asOf, known_at: knownAt } = this.asked();
    const told = { program: this.program, as_of: asOf, known_at: knownAt, as_at: `position:${this.told.position}` };
    const path = `/v1/issuers/${encodeURIComponent(stated.issuer)}/milestones`;
    const call = `curl '${location.origin}${address(path, told)}'`;
    this.said.textContent = call;
    await navigator.clipboard?.writeText(call).catch(() => {});
  }

  table() {
    const head = ["program", "milestone", "qualifier", "earliest", "latest", "revisions", "verdict", "outcome", "actual_earliest", "actual_latest", "result", "slip_first", "slip_last"];
    const lines = this.rows.filter((row) => row.shown).map((row) => {
      const [{ program, milestone, qualifier }, now] = [row.milestone.row, row.now()];
      const window = now.stands ? now.last.window : null;
      const actual = now.actual ?? {};
      return [program, milestone, qualifier, window?.earliest, window?.latest, now.revisions, now.verdict, now.outcome, actual.earliest, actual.latest, actual.result, ...(now.last?.slip_days ?? ["", ""])];
    });
    return [head, ...lines];
  }

  picture() {
    this.drawAll();
    const shown = this.groups.map((group) => ({
      title: group.told(),
      rows: group.rows.filter((row) => row.shown).map((row) => ({
        label: [row.milestone.row.label, row.milestone.row.qualifier].filter(Boolean).join(", "),
        svg: row.svg,
        told: row.told.textContent,
      })),
    }));
    const title = `${document.querySelector("h1").textContent}, as known on ${this.output.textContent}`;
    return picture({ title, groups: shown.filter((one) => one.rows.length), axis: this.axis, width: this.width, nowX: this.scale.x(this.day + 1) });
  }
}

/** A program: its status on the day, and its rows. */
class Group {
  constructor(program, rows) {
    this.program = program?.program ?? null;
    this.rows = rows;
    this.wanted = true;
    this.name = program ? (program.name ?? program.program) : "The company";
    this.spokenFrom = program?.spoken_from ? dayOf(program.spoken_from) : null;
    this.known = program?.states && new Track(program.states);
    this.hindsight = program?.in_hindsight ? new Track(program.in_hindsight) : this.known;
    this.status = element("small");
    const title = element("div", { class: "program" }, element("h2", {}, this.name), this.status);
    const list = element("ol", { class: "rows", role: "list" }, ...rows.map((row) => row.element));
    this.element = element("section", { "aria-label": this.name }, title, list);
  }

  track(hindsight) {
    return hindsight ? this.hindsight : this.known;
  }

  settle(day, hindsight) {
    const track = this.track(hindsight);
    const number = track ? track.at(day) : -1;
    const spoken = this.spokenFrom !== null && this.spokenFrom <= day;
    this.element.hidden = !this.wanted || !(spoken || this.rows.some((row) => row.shown));
    if (number === this.number && hindsight === this.late) return;
    [this.number, this.late] = [number, hindsight];
    const state = number < 0 ? {} : track.stretches[number];
    const parts = [state.stage, state.activity, state.partner, state.rights].filter(Boolean);
    this.status.textContent = parts.map((part) => ` · ${verdictTold(String(part))}`).join("");
  }

  told() {
    return `${this.name}${this.status.textContent}`;
  }
}

function groups(programs, rows) {
  const of = Map.groupBy ? Map.groupBy(rows, (row) => row.milestone.row.program) : grouped(rows);
  const take = (program) => {
    const found = of.get(program) ?? [];
    of.delete(program);
    return found;
  };
  const own = of.has(null) ? [new Group(null, take(null))] : [];
  const named = programs.map((one) => new Group(one, take(one.program)));
  const rest = [...of].map(([program, some]) => new Group({ program }, some));
  return [...own, ...named, ...rest];
}

function grouped(rows) {
  const of = new Map();
  for (const row of rows) {
    const key = row.milestone.row.program;
    of.set(key, [...(of.get(key) ?? []), row]);
  }
  return of;
}

/** The days the picture spans: from the first change to the last window's end, or a little more. */
function span(items, today) {
  let [first, last] = [today, -Infinity];
  for (const row of items) {
    for (const { from, actual } of row.states) {
      [first, last] = [Math.min(first, dayOf(from)), Math.max(last, dayOf(from))];
      if (actual?.earliest) first = Math.min(first, dayOf(actual.earliest));
    }
    for (const { window } of row.statements) {
      if (window?.latest) last = Math.max(last, dayOf(window.latest));
      if (window?.earliest) last = Math.max(last, dayOf(window.earliest));
    }
  }
  if (last === -Infinity) last = today;
  const edge = Math.max(30, Math.round((last - first) * 0.02));
  return [first - edge, last + edge];
}

function legend() {
  const items = MARKS.map((verdict) => {
    const svg = shape("svg", { viewBox: "0 0 22 20", "aria-hidden": "true" });
    svg.append(mark(verdict, 11, 10));
    return element("li", {}, svg, verdictTold(verdict));
  });
  return element("ul", { class: "legend", "aria-label": "Marks" }, ...items);
}

async function begin() {
  const asOf = dayOf(stated.asOf.slice(0, 10)) > Math.floor(Date.now() / DAY) ? stated.asOf.slice(0, 10) : "";
  const query = { as_of: asOf, known_at: stated.knownAt, as_at: stated.asAt };
  const path = `/issuers/${encodeURIComponent(stated.issuer)}/revisions.json`;
  const answer = await fetch(address(path, query));
  if (!answer.ok) throw new Error((await answer.json()).detail);
  const told = await answer.json();
  root.hidden = false;
  new Page(told);
  document.getElementById("plain").hidden = true;
  root.dataset.ready = "";
}

begin().catch((error) => {
  root.hidden = true;
  document.getElementById("plain").hidden = false;
  document.getElementById("lead").append(` The picture could not be drawn: ${error.message}.`);
});
