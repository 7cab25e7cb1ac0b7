"""The columns of a worksheet: what stands in each, as text, a day or a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from api.tables import days
from timeline.bitemporal import parse_edtf

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = dict[str, Any]

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands under it, and its width in characters."""

    heading: str
    read: Callable[[Row], Cell]
    width: int = 14


def _of(key: str) -> Callable[[Row], Cell]:
    def read(row: Row) -> Cell:
        value: Cell = row[key]
        return value

    return read


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _stated(row: Row) -> Cell:
    """Return the last possible day a statement was made on; it is public from then."""
    return parse_edtf(row["stated_on"]).latest


def _window(key: str) -> Callable[[Row], Cell]:
    def read(row: Row) -> Cell:
        window = row["window"]
        return _day(window[key]) if window else None

    return read


def _milestone(row: Row) -> Cell:
    return ", ".join(filter(None, (row["milestone_label"], row["qualifier"])))


def earlier_lines(row: Row) -> list[str]:
    """Tell each earlier statement of the chain: when it was made, its window, how it moved."""
    return [_earlier(one) for one in row["earlier"]]


def _earlier(one: Row) -> str:
    window = days(one["window"]) if one["window"] else "no window"
    relation = f", {one['relation']}" if one["relation"] else ""
    return f"{one['stated_on']}: {window}{relation} [{one['expectation']}]"


def condition_words(row: Row) -> str | None:
    """Tell what the statement hangs on."""
    condition = row["condition"]
    if condition is None:
        return None
    target = ", ".join(filter(None, (condition.get("milestone"), condition.get("qualifier"))))
    needs = "positive" if condition.get("requires") == "positive" else "reached"
    named = f"{target} {needs}" if target else ""
    return "; ".join(filter(None, (condition["text"], named))) or None


def silence_words(row: Row) -> str | None:
    """Tell since when documents are silent about it, and in which it was spoken of last."""
    silence = row["silence"]
    if silence is None:
        return None
    named = ", ".join(one["document"] for one in silence["silent"])
    return f"since {silence['silent_since']}, last in {silence['last_document']}: {named}"


def event_words(one: Row) -> str:
    """Tell one event of the period: its day of disclosure, what it touches, its id and words."""
    summary = f": {one['summary']}" if one["summary"] else ""
    return f"{one['disclosed_on']} ({one['touches']}) {one['event']}, {one['type']}{summary}"


COLUMNS = (
    Column("program", _of("program")),
    Column("milestone", _milestone, 28),
    Column("statement", _of("expectation"), 16),
    Column("words", _of("words"), 36),
    Column("said by", _of("said_by"), 18),
    Column("stated on", _stated, 12),
    Column("document", _of("document"), 18),
    Column("document title", _of("document_title"), 30),
    Column("window from", _window("earliest"), 12),
    Column("window to", _window("latest"), 12),
    Column("stands", lambda row: "yes" if row["stands"] else "ended in the period", 10),
    Column("verdict", _of("verdict"), 12),
    Column("days left", _of("days_left"), 9),
    Column("revisions", _of("revisions"), 9),
    Column("earlier windows", lambda row: "\n".join(earlier_lines(row)), 40),
    Column("condition", condition_words, 28),
    Column("silent documents", silence_words, 28),
    Column(
        "events in the period",
        lambda row: "\n".join(event_words(one) for one in row["events"]),
        60,
    ),
    Column("material?", _of("material"), 12),
    Column("discussed in MD&A where?", _of("discussed_where"), 24),
    Column("reviewer", _of("reviewer"), 14),
    Column("reviewed on", _of("reviewed_on"), 12),
)
