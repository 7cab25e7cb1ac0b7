"""What a write changes: the answers before an event and after it, held against each other.

This file holds no table. Earlier positions answer for ever as they did, so "before" is asked of the
same connection, after the event was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.milestones import milestones_at
from projections.programs import programs_at
from timeline.bitemporal import Clocks
from timeline.canonical import canonical_text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    Row = dict[str, Any]
    Key = tuple[str | None, str | None, str | None]

_KEY = ("program", "milestone", "qualifier")
_SAID = "statements"


def consequences(connection: Connection, issuer: str, *, at: datetime, position: int) -> list[Row]:
    """Return which programs and milestones of `issuer` answer otherwise since `position`.

    Asked as of `at` and as known then, as at the position before and at `position`. A row has its
    program, milestone and qualifier (both null where it is the program's own status), and what
    `was` and what `is`: the keys that differ, of the statements those that differ; null where
    there was, or is, no row at all.
    """
    was = _answers(connection, issuer, Clocks(as_of=at, known_at=at, as_at=position - 1))
    now = _answers(connection, issuer, Clocks(as_of=at, known_at=at, as_at=position))
    keys = sorted({*was, *now}, key=lambda key: tuple(part or "" for part in key))
    rows = ((key, was.get(key), now.get(key)) for key in keys)
    return [
        dict(zip(_KEY, key, strict=True)) | _difference(before, after)
        for key, before, after in rows
        if _differ(before, after)
    ]


def _answers(connection: Connection, issuer: str, clocks: Clocks) -> dict[Key, Row]:
    programs = programs_at(connection, issuer, clocks=clocks)
    milestones = milestones_at(connection, issuer, clocks=clocks)
    return {_key(row): _told(row) for row in (*programs, *milestones)}


def _key(row: Row) -> Key:
    program, milestone, qualifier = (row.get(name) for name in _KEY)
    return program, milestone, qualifier


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in (*_KEY, "position")}


def _differ(one: Any, other: Any) -> bool:
    """Compare as JSON texts do: 1, 1.0 and true are three values."""
    return canonical_text(one) != canonical_text(other)


def _difference(was: Row | None, now: Row | None) -> Row:
    if was is None or now is None:
        return {"was": was, "is": now}
    differ = [name for name in was if _differ(was[name], now[name])]
    before, after = ({name: row[name] for name in differ} for row in (was, now))
    if _SAID in differ:
        before[_SAID] = [one for one in was[_SAID] if one not in now[_SAID]]
        after[_SAID] = [one for one in now[_SAID] if one not in was[_SAID]]
    return {"was": before, "is": after}
