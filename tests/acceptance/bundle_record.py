"""Reading a bundle for the independent checker: items as recorded, dates, chains and windows.

It shares nothing with the packages it checks and imports the standard library alone.
"""

from __future__ import annotations

import random
import re
from calendar import monthrange
from datetime import date
from typing import Any

Item = dict[str, Any]
Chain = tuple[str | None, str, str | None]
Days = tuple[date, date]
Key = tuple[date, int]

SECTIONS = ("programs", "documents", "events", "expectations", "adjudications", "corrections")
NEVER, ALWAYS = date.max, date.min  # an open end is the last of all days, an open start the first
QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}


def recorded(bundle: Item, *, as_at: int | None) -> list[Item]:
    """Return the items as the record has them at `as_at`, in no useful order."""
    items = [(name, item) for name in SECTIONS for item in bundle.get(name) or ()]
    placed = [item | {"_section": s, "_place": n} for n, (s, item) in enumerate(items, 2)]
    seen = [item for item in placed if as_at is None or item["_place"] <= as_at]
    random.Random(len(seen)).shuffle(seen)
    changes = [item for item in seen if item["_section"] == "corrections"]
    kept = [_corrected(item, changes) for item in seen if item["_section"] != "corrections"]
    return [item for item in kept if item is not None]


def _corrected(item: Item, changes: list[Item]) -> Item | None:
    if item["_section"] != "events":
        return item
    if any(c.get("retracts") == item["id"] for c in changes):
        return None
    for change in sorted(changes, key=_place):
        if change.get("corrects") == item["id"]:
            item = _patched(item, change["set"])
    return item


def _patched(item: Item, patch: Item) -> Item:
    patched = dict(item)
    for key, value in patch.items():
        old = patched.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        patched[key] = _patched(old or {}, value) if both else value
    return patched


def _place(item: Item) -> int:
    return int(item["_place"])


def days(text: str) -> Days:
    """Return the first and last day an EDTF text allows; an open side is the end of time."""
    if "/" in text:
        first, last = text.split("/")
        return _side(first, ALWAYS)[0], _side(last, NEVER)[1]
    return _side(text, NEVER)


def _side(text: str, unbounded: date) -> Days:
    if text in ("", ".."):
        return unbounded, unbounded
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?", text)
    if match is None:
        raise ValueError(f"the checker does not read the date {text!r}")
    year, month, day = (int(part or 0) for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = QUARTERS.get(month, (month, month) if month else (1, 12))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def last_day(text: str) -> date:
    """Return the day from which an imprecise date counts."""
    return days(text)[1]


def chain_of(item: Item) -> Chain:
    """Return which chain a statement or an outcome belongs to."""
    return item.get("program"), item["milestone"], item.get("qualifier")


def outcome_of(event: Item) -> str | None:
    """Return reached or failed where the event ends its milestone."""
    implied = {"milestone.reached": "reached", "milestone.failed": "failed"}
    if not event.get("milestone"):
        return None
    return event.get("outcome") or implied.get(event["type"])


def stated(statement: Item) -> date:
    """Return the day from which a statement is public."""
    return last_day(statement["stated_on"])


def order(statement: Item) -> Key:
    """Return a statement's rank in its chain."""
    return stated(statement), _place(statement)


def knowledge(event: Item) -> Key:
    """Return an event's rank in what became known."""
    return last_day(event["disclosed"]), _place(event)


def relation(newer: Item, older: Item) -> str:
    """Return how the newer statement's window lies to the older's."""
    if not newer.get("window") or not older.get("window"):
        same = not newer.get("window") and not older.get("window")
        return "reaffirmed" if same else "replaced"
    (a, b), (c, d), said = days(older["window"]), days(newer["window"]), stated(newer)
    c = said if c == ALWAYS else c
    if b == d and max(a, said) == max(c, said):
        return "reaffirmed"
    if a <= c and d <= b:
        return "narrowed"
    if c <= a and b <= d:
        return "widened"
    return "pushed_out" if c > a else "pulled_in"


def start(s: Item) -> date:
    """Return a window's first day; an open start is the day of the statement."""
    first = days(s["window"])[0]
    return stated(s) if first == ALWAYS else first


def was_old(event: Item, s: Item) -> bool:
    """Say whether the event was both over and public when the statement was made."""
    over = last_day(event["occurred"]) < stated(s)
    return over and last_day(event["disclosed"]) <= stated(s)


def judged(s: Item, outcome: Item) -> str:
    """Return the verdict that a window and an outcome give by themselves."""
    if outcome_of(outcome) == "failed":
        return "missed"
    if not s.get("window"):
        return "indeterminate"
    (a, b), (first, last) = days(s["window"]), days(outcome["occurred"])
    if last < a:
        return "met_early"
    if first > b:
        return "met_late"
    return "met_on_time" if a <= first and last <= b else "indeterminate"


def slip(s: Item, outcome: Item) -> tuple[int, int] | None:
    """Return the first and last possible number of days past the window's last day."""
    first, last = days(outcome["occurred"])
    end = last_day(s["window"]) if s.get("window") else NEVER
    if end == NEVER or first == ALWAYS or last == NEVER:
        return None
    return (first - end).days, (last - end).days
