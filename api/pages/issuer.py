"""The page of one issuer: what was expected and what came, as known on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.pages.words import sentence
from projections.programs import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Answer
    from api.clocks import ClockArguments
    from api.timeline import Timeline

Row = dict[str, Any]

_PARTS = ("program", "milestone", "qualifier")
_BETWEEN = "~"
_CLOCKS = ("as_of", "known_at", "as_at")
_UNKNOWN: Row = dict.fromkeys(("program", "name", *STATUS))


def issuer_told(
    timeline: Timeline, issuer: str, clocks: ClockArguments, *, program: str | None, row: str | None
) -> Row:
    """Return all that the page of an issuer shows at `clocks`, of one program or of all.

    `row` names the milestone whose history is open, as `row_name` does. The clocks of every part
    are those of the first, whatever is recorded meanwhile.
    """
    milestones = timeline.milestones(issuer, program, **clocks)
    same = clocks | {"as_at": milestones.asked.position}
    programs = timeline.programs(issuer, program, **same)
    known = timeline.issuer(issuer, as_at=milestones.asked.position).items[0]
    labelled = map(labelling(timeline, programs.items), milestones.items)
    rows = sorted(map(_told, labelled), key=timeline.milestone_order)
    opened = next((one for one in rows if one["name"] == row), None)
    return {
        "issuer": known,
        "clocks": milestones.asked.texts(),
        "stated": {name: str(clocks.get(name) or "") for name in _CLOCKS},
        "groups": _groups(programs.items, rows),
        "programs": timeline.programs(issuer, **same).items,
        "program": program,
        "opened": opened,
        "history": _history(timeline, known["issuer"], opened, same) if opened else [],
        "counts": _counts(milestones),
    }


def row_name(row: Row) -> str:
    """Return what an address calls a milestone: program, milestone and qualifier."""
    return _BETWEEN.join(row[part] or "" for part in _PARTS)


def labelling(timeline: Timeline, programs: list[Row]) -> Callable[[Row], Row]:
    """Return what gives a row about a milestone the names that people read, and the address's.

    `programs` are those of the same issuer, or of all where the rows are.
    """
    names = {(one.get("issuer"), one["program"]): one["name"] for one in programs}

    def labelled(row: Row) -> Row:
        return {
            **row,
            "label": timeline.milestone_label(row["milestone"]),
            "called": names.get((row.get("issuer"), row["program"])) or row["program"],
            "name": row_name(row),
        }

    return labelled


def _told(row: Row) -> Row:
    last = row["statements"][-1]["slip_days"] if row["statements"] else None
    return {**row, "sentence": sentence(row), "slip_days": last}


def _groups(programs: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows by program, the issuer's own first; programs in the order of the record."""
    of: dict[str | None, list[Row]] = {}
    for row in rows:
        of.setdefault(row["program"], []).append(row)
    own = [_UNKNOWN | {"rows": of.pop(None)}] if None in of else []
    known = [{**one, "rows": of.pop(one["program"], [])} for one in programs]
    unnamed = [_UNKNOWN | {"program": name, "rows": left} for name, left in of.items()]
    return [*own, *known, *unnamed]


def _history(timeline: Timeline, issuer: str, row: Row, clocks: ClockArguments) -> list[Row]:
    """Return the statements of one milestone, each with its document, newest first."""
    made = timeline.statements(issuer, row["program"], **clocks).items
    documents = {one["document"]: one for one in timeline.documents(issuer, **clocks).items}
    own = (one for one in made if all(one[part] == row[part] for part in _PARTS))
    return [{**one, "source": documents.get(one["document"])} for one in own][::-1]


def _counts(milestones: Answer) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in milestones.items:
        if row["verdict"]:
            counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
