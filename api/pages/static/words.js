// Days, windows and verdicts in words; `api/pages/words.py` says the same on the server.
// A day is the number of days since 1970 (UTC) in here, and `2008-09-01` outside.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const DAY = 86400000;

export const dayOf = (text) => Math.floor(Date.parse(text) / DAY);
export const textOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

export function dayTold(text) {
  if (text?.includes("/")) return text.split("/").map(dayTold).join(" to ");
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "");
  return parts ? `${+parts[3]} ${MONTHS[parts[2] - 1]} ${parts[1]}` : (text ?? "");
}

export function windowTold(window) {
  if (!window || (!window.earliest && !window.latest)) return "no date given";
  const [first, last] = [dayTold(window.earliest), dayTold(window.latest)];
  if (!last) return `from ${first} on`;
  if (!first) return `by ${last}`;
  return first === last ? first : `${first} to ${last}`;
}

const signed = (days) => (days > 0 ? `+${days}` : days < 0 ? `−${-days}` : "0");

export function slipTold(slip) {
  if (!slip) return "";
  const [first, last] = slip;
  if (first !== last) return `${signed(first)} to ${signed(last)} days`;
  return `${signed(first)} ${Math.abs(first) === 1 ? "day" : "days"}`;
}

export const verdictTold = (verdict) => (verdict ?? "").replaceAll("_", " ");

export function sentence(row, now) {
  const told = [[row.label, row.qualifier].filter(Boolean).join(", ")];
  if (now.stands) {
    told.push(`expected ${windowTold(now.last.window)}`, `said on ${dayTold(now.last.stated_on)}`);
  }
  if (now.actual) {
    told.push(`came ${windowTold(now.actual)}${now.actual.result ? `, ${now.actual.result}` : ""}`);
  } else if (now.outcome === "failed") told.push("failed");
  if (now.revisions) told.push(now.revisions === 1 ? "revised once" : `revised ${now.revisions} times`);
  if (now.verdict) told.push(verdictTold(now.verdict));
  return `${told.join("; ")}.`;
}
