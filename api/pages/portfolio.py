"""The first page: all issuers, what changed between two dates, what closes soon, what lapsed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.pages.issuer import labelling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.clocks import ClockArguments
    from api.timeline import Timeline

Row = dict[str, Any]

SOON = 90
"""How many days count as soon, and as lately, unless stated."""
_ISSUERS, _PROGRAMS, _ROWS, _HELD = 200, 10_000, 100, 20


def portfolio_told(
    timeline: Timeline,
    clocks: ClockArguments,
    *,
    words: str,
    stage: str,
    milestone: str,
    within: int,
    since: str | None,
) -> Row:
    """Return all that the first page shows at `clocks`.

    `words` narrow it to issuers so named, or with a program so named; `stage` to programs at it,
    `milestone` to rows about it. What closes does so `within` days. `since` is the earlier of the
    two dates held side by side, by default 90 days before the other.
    """
    programs = timeline.all_programs(stage=stage or None, limit=_PROGRAMS, **clocks)
    same: ClockArguments = {**clocks, "as_at": programs.asked.position}
    known = timeline.issuers(as_at=programs.asked.position).items
    found = _found(known, programs.items, words, narrow=bool(stage))
    names = {one["issuer"]: one["name"] or one["issuer"] for one in known}
    of = {one["issuer"] for one in found}
    earlier = since or (programs.asked.clocks.day - timedelta(days=SOON)).isoformat()
    closing = timeline.all_milestones(closing_within=within, **same).items
    lapsed = timeline.all_milestones(lapsed=True, closing_before="9999-12-31", **same).items
    every = timeline.all_programs(limit=_PROGRAMS, **same) if stage else programs
    labelled = labelling(timeline, every.items)
    return {
        "clocks": programs.asked.texts(),
        "stated": {name: str(clocks.get(name) or "") for name in ("as_of", "known_at", "as_at")},
        "issuers": [_issuer(one, programs.items, closing, lapsed) for one in found[:_ISSUERS]],
        "more_issuers": max(0, len(found) - _ISSUERS),
        "names": names,
        "stages": programs.more["stages"],
        "milestones": _milestones(timeline),
        "closing": list(map(labelled, _rows(closing, of, milestone))),
        "lapsed": list(map(labelled, _rows(lapsed[::-1], of, milestone))),
        "changed": list(map(labelled, _changed(timeline, found, milestone, earlier, same))),
        "since": earlier,
        "held": _HELD,
    }


def _found(issuers: list[Row], programs: list[Row], words: str, *, narrow: bool) -> list[Row]:
    """Return the issuers that `words` name, themselves or by a program; narrowed: with any left."""
    if narrow:
        of = {one["issuer"] for one in programs}
        issuers = [one for one in issuers if one["issuer"] in of]
    wanted = words.casefold().strip()
    if not wanted:
        return issuers
    by_program = {one["issuer"] for one in programs if _is_named(one, "program", wanted)}
    return [
        one for one in issuers if one["issuer"] in by_program or _is_named(one, "issuer", wanted)
    ]


def _is_named(row: Row, key: str, wanted: str) -> bool:
    return any(
        wanted in (name or "").casefold() for name in (row[key], row["name"], *row["aliases"])
    )


def _issuer(issuer: Row, programs: list[Row], closing: list[Row], lapsed: list[Row]) -> Row:
    def many(rows: Iterable[Row]) -> int:
        return sum(row["issuer"] == issuer["issuer"] for row in rows)

    return {
        **issuer,
        "programs": [one for one in programs if one["issuer"] == issuer["issuer"]],
        "closing": many(closing),
        "lapsed": many(lapsed),
    }


def _milestones(timeline: Timeline) -> list[tuple[str, str]]:
    known = timeline.vocabulary.milestones
    return sorted(((name, timeline.milestone_label(name)) for name in known), key=lambda m: m[1])


def _rows(rows: list[Row], issuers: set[str], milestone: str) -> list[Row]:
    wanted = (row for row in rows if row["issuer"] in issuers)
    return [row for row in wanted if not milestone or row["milestone"] == milestone][:_ROWS]


def _changed(
    timeline: Timeline, issuers: list[Row], milestone: str, since: str, clocks: ClockArguments
) -> list[Row]:
    """Return what became known after `since`, milestone by milestone, of the first issuers."""
    to = clocks.get("as_of") or timeline.asked().as_of
    rows: list[Row] = []
    for one in issuers[:_HELD]:
        answer = timeline.changes(one["issuer"], since=since, to=to, as_at=clocks["as_at"])
        rows += [
            {**row, "issuer": one["issuer"]}
            for row in answer.items
            if row["milestone"] and row["before"] != row["after"]
        ]
    return [row for row in rows if not milestone or row["milestone"] == milestone][:_ROWS]
