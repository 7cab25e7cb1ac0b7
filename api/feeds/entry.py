"""What an entry of the schedule says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.pages.words import day_told, slip_told, verdict_told, window_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

_NAMED = 20
_WITHIN = "Some day within, its first and last day included."
_NO_LAST = "No last day was given; the entry stands on the first."
_NO_FIRST = "No first day was given; the entry stands on the last."
_NO_DATE = "The newest statement gives no date; the days are those of the last one that did."


def about(row: Row) -> str:
    """Return what a row is about: program, milestone and what tells it from others like it."""
    label = ", ".join(part for part in (row["label"], row["qualifier"]) if part)
    return ": ".join(part for part in (row["program_name"], label) if part)


def titled(row: Row) -> str:
    """Return the title of an entry: what it is about, and how it stands."""
    return ", ".join(filter(None, (about(row), _state(row))))


def entry_told(row: Row) -> str:
    """Return the text of an entry, a line for each thing there is to say."""
    return "\n".join(_lines(row))


def left_out(rows: list[Row]) -> str:
    """Return what a calendar of `rows` says of itself: what it holds, and what has no day in it."""
    told = "When milestones are expected, or came. A window means some day within it."
    undated = [about(row) for row in rows if not row["days"]]
    if not undated:
        return told
    more = f"; and {len(undated) - _NAMED} more" if len(undated) > _NAMED else ""
    return f"{told} Without any day, and so not here: {'; '.join(undated[:_NAMED])}{more}."


def _state(row: Row) -> str:
    if row["actual"]:
        return f"came {window_told(row['actual'])}, {verdict_told(row['verdict'])}"
    if row["outcome"]:
        return f"{row['outcome']}, {verdict_told(row['verdict'])}"
    if row["verdict"] != "open":
        return verdict_told(row["verdict"])
    one_sided = None in (row["days"]["earliest"], row["days"]["latest"])
    return window_told(row["days"]) if one_sided else ""


def _lines(row: Row) -> Iterator[str]:
    window, actual = row["window"], row["actual"]
    if window:
        yield f"Expected {window_told(window)}. {_how(window)}"
        if window["words"]:
            yield f"In the words of the record: {window['words']}"
    if row["stands"] and row["status"] == "cancelled":
        yield _NO_DATE
    by = f" by {row['said_by']}" if row["said_by"] else ""
    yield f"Last spoken of {day_told(row['stated_on'])}{by}; revised {row['revisions']} times."
    if actual:
        result = f", {actual['result']}" if actual["result"] else ""
        yield f"Came {window_told(actual)}{result}."
    elif row["outcome"]:
        yield f"{row['outcome'].capitalize()}."
    slip = f", {slip_told(row['slip_days'])} from the window's last day" if row["slip_days"] else ""
    yield f"Verdict: {verdict_told(row['verdict'])}{slip}."


def _how(window: Row) -> str:
    if window["latest"] is None:
        return _NO_LAST
    return _NO_FIRST if window["earliest"] is None else _WITHIN
