// One milestone as a row: its name, its strip, its verdict, and its history when it is open.

import { HEIGHT, drawStrip } from "./strip.js";
import { dayTold, sentence, slipTold, verdictTold, windowTold } from "./words.js";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

export class Row {
  /** `sources` are the issuer's documents by id; `toggle` is told of a click or Enter. */
  constructor(milestone, sources, toggle) {
    const { row } = milestone;
    this.milestone = milestone;
    this.sources = sources;
    this.name = [row.program, row.milestone, row.qualifier].map((part) => part ?? "").join("~");
    this.sentence = element("span", { class: "hidden" });
    const label = element("span", { class: "name" }, row.label);
    this.button = element("button", { class: "open-row", type: "button", "aria-expanded": "false" }, label);
    if (row.qualifier) this.button.append(" ", element("small", {}, row.qualifier));
    this.button.append(this.sentence);
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("class", "lane");
    this.svg.setAttribute("height", HEIGHT);
    this.svg.setAttribute("aria-hidden", "true");
    this.told = element("div", { class: "told", "aria-hidden": "true" });
    const strip = element("div", { class: "grid3 strip" }, this.button, this.svg, this.told);
    this.element = element("li", { class: "row", "data-row": this.name, hidden: "" }, strip);
    strip.addEventListener("click", () => toggle(this));
    this.number = -1;
    this.hindsight = false;
    this.near = false;
    this.stale = false;
    this.wanted = true;
  }

  /** Go to a day; say whether what is shown changed. */
  settle(day, hindsight) {
    const number = this.milestone.track(hindsight).states.at(day);
    if (number === this.number && hindsight === this.hindsight) return false;
    this.number = number;
    this.hindsight = hindsight;
    this.element.hidden = !this.shown;
    this.stale = true;
    return true;
  }

  get shown() {
    return this.number >= 0 && this.wanted;
  }

  now() {
    return this.milestone.now(this.number, this.hindsight);
  }

  /** Draw what is stale. */
  draw(scale) {
    this.stale = false;
    if (!this.shown) return;
    const { row } = this.milestone;
    const now = this.now();
    const end = this.hindsight ? this.milestone.end() : null;
    const later = end?.actual && !now.actual ? end.actual : null;
    drawStrip(this.svg, now, { ...scale, later });
    const words = sentence(row, now) + (later ? ` In hindsight: came ${windowTold(later)}.` : "");
    this.sentence.textContent = `: ${words}`;
    this.told.replaceChildren(...verdictParts(now, later));
    if (this.detail) this.fill(now);
  }

  open() {
    this.detail = element("div", { class: "detail", role: "region", "aria-label": "History" });
    this.element.append(this.detail);
    this.button.setAttribute("aria-expanded", "true");
    if (this.shown) this.fill(this.now());
  }

  close() {
    this.detail?.remove();
    this.detail = null;
    this.button.setAttribute("aria-expanded", "false");
  }

  fill(now) {
    const { row } = this.milestone;
    const parts = [element("p", {}, sentence(row, now))];
    if (now.statements.length) parts.push(this.table(now.statements));
    const events = [now.actual?.event, ...(now.last?.because ?? [])].filter(Boolean);
    const why = [...new Set(events)].map((id) => eventLink(id));
    if (why.length) parts.push(element("p", { class: "soft" }, "Decided by ", ...joined(why)));
    this.detail.replaceChildren(...parts);
  }

  table(statements) {
    const heads = ["Said on", "Expected: some day within", "Words", "Said by", "Document", "Condition", "Verdict", "Slip"];
    const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
    const lines = statements.toReversed().map((said) => this.line(said));
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines));
    return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Statements" }, table);
  }

  line(said) {
    const source = this.sources.get(said.document);
    const expected = [windowTold(said.window)];
    if (said.relation) expected.push(" ", element("small", {}, verdictTold(said.relation)));
    const words = said.words ? [element("q", {}, said.words)] : [];
    const cells = [
      [eventLink(said.expectation, dayTold(said.stated_on))],
      expected,
      words,
      [said.said_by ?? ""],
      [source?.title ?? said.document ?? ""],
      [said.condition?.text ?? ""],
      [element("span", { class: `verdict ${said.verdict}` }, verdictTold(said.verdict))],
    ].map((parts) => element("td", {}, ...parts));
    return element("tr", {}, ...cells, element("td", { class: "number" }, slipTold(said.slip_days)));
  }
}

function eventLink(id, words = id) {
  return element("a", { href: `/audit?event=${encodeURIComponent(id)}` }, words);
}

const joined = (parts) => parts.flatMap((part, place) => (place ? [", ", part] : [part]));

function verdictParts(now, later) {
  const word = now.verdict ? verdictTold(now.verdict) : (now.outcome ?? "");
  const parts = [element("span", { class: `verdict ${now.verdict ?? ""}` }, word)];
  const slip = slipTold(now.last?.slip_days);
  const result = now.actual?.result;
  for (const text of [result, slip].filter(Boolean)) parts.push(" ", element("small", {}, text));
  if (later) parts.push(" ", element("small", {}, `came later, ${dayTold(later.latest)}`));
  return parts;
}
