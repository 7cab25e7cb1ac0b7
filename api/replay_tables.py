"""How the question log and what a replay found look on a terminal and in a spreadsheet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from api.tables import Layout, days

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

_ENTRY = (
    *("number", "asked_at", "asked_by", "question", "arguments", "stated", "pinned", "position"),
    *("digest", "release"),
)
_BESIDE = ("was", "is", "because")


def _entry(row: Row) -> Row:
    """Tell an entry's arguments as words; `digest` by its first letters."""
    if "question" not in row:
        return row
    told = [str(value) for value in row["arguments"].values() if value not in (None, False)]
    clocks = "\n".join(f"{clock}: {at}" for clock, at in row["pinned"].items())
    return row | {"arguments": ", ".join(told), "pinned": clocks, "digest": row["digest"][:12]}


_ASKED = (
    ("no", "number"),
    ("asked at", "asked_at"),
    ("asked by", "asked_by"),
    ("question", "question"),
    ("of", "arguments"),
    ("at", "pinned"),
    ("digest", "digest"),
)
QUESTIONS_ASKED = Layout("questions", _ASKED, _ENTRY, shown=_entry)
RESULTS = Layout(
    "questions",
    (*_ASKED, ("result", "result", "error")),
    (*_ENTRY, "result", "recomputed", "error"),
    shown=_entry,
)
DIFFERENCES = Layout(
    "differences",
    (("row", "row"), ("what", "what"), ("was", "was"), ("is", "is"), ("because of", "because")),
    ("row", "what", "was", "is", "because"),
)


def lines_of(difference: Row) -> Iterator[Row]:
    """Yield what differs in one row of an answer, a line for each of its keys."""
    named = [str(told) for key, told in difference.items() if key not in _BESIDE and told]
    because = [
        f"{event['event']} (position {event['position']})" for event in difference["because"]
    ]
    told = {"row": ", ".join(named) or "the issuer", "because": "\n".join(because)}
    was, now = difference["was"], difference["is"]
    if was is None or now is None:
        shown = {"was": was and "there", "is": now and "there"}
        yield (
            told | {"what": "the row"} | {side: text or "not there" for side, text in shown.items()}
        )
        return
    for name in was:
        before, after = _only(was[name], now[name])
        yield told | {"what": name, "was": _text(before), "is": _text(after)}


def _only(was: Any, now: Any) -> tuple[Any, Any]:
    """Leave out of two lists what both have."""
    if not (isinstance(was, list) and isinstance(now, list)):
        return was, now
    return [one for one in was if one not in now], [one for one in now if one not in was]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and "earliest" in value and "words" in value:
        return days(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value) or None
    return json.dumps(value, ensure_ascii=False)
