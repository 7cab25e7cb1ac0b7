"""Days, windows and verdicts as a page words them; `words.js` says the same in the browser."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

Row = dict[str, Any]

_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DAY = "no date given"


def day_told(text: str | None) -> str:
    """Return `2008-09-01` as `1 Sep 2008`, both ends of an interval so, anything else as it is."""
    if text and "/" in text:
        return " to ".join(map(day_told, text.split("/")))
    if not text or not _A_DAY.fullmatch(text):
        return text or ""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b} {day.year}"


def window_told(window: Row | None) -> str:
    """Return a window in words: some day within it, its first and last day included."""
    if window is None or (window["earliest"] is None and window["latest"] is None):
        return _NO_DAY
    first, last = day_told(window["earliest"]), day_told(window["latest"])
    if not last:
        return f"from {first} on"
    if not first:
        return f"by {last}"
    return first if first == last else f"{first} to {last}"


def slip_told(slip: list[int] | None) -> str:
    """Return days of slip, a range where the day is uncertain: `+153 days`."""
    if slip is None:
        return ""
    first, last = slip
    told = f"{first:+d}" if first == last else f"{first:+d} to {last:+d}"
    return f"{told} day" if told in ("+1", "-1") else f"{told} days"


def verdict_told(verdict: str | None) -> str:
    """Return a verdict as words: `met_on_time` as `met on time`."""
    return (verdict or "").replace("_", " ")


def sentence(row: Row) -> str:
    """Return one milestone in one sentence, for who cannot see the picture."""
    standing, actual = row["standing"], row["actual"]
    told = [", ".join(part for part in (row["label"], row["qualifier"]) if part)]
    if standing:
        told.append(f"expected {window_told(standing['window'])}")
        told.append(f"said on {day_told(standing['stated_on'])}")
    if actual:
        result = f", {actual['result']}" if actual["result"] else ""
        told.append(f"came {window_told(actual)}{result}")
    elif row["outcome"] == "failed":
        told.append("failed")
    if row["revisions"]:
        told.append(
            "revised once" if row["revisions"] == 1 else f"revised {row['revisions']} times"
        )
    if row["verdict"]:
        told.append(verdict_told(row["verdict"]))
    return "; ".join(told) + "."
