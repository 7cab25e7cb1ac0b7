"""Programs: what they are called, and their status at any date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Text, exists, select

from projections.event_index import event_index
from projections.facts import facts_at
from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.canonical import canonical_text
from timeline.events import Kind

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Vocabulary

STATUS = ("stage", "activity", "partner", "rights")

programs = read_model_table(
    "programs",
    Column("name", Text),
    Column("aliases", Text, nullable=False),
    Column("attributes", Text, nullable=False),
    indexes=[("item_id",), ("name",)],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    told = event.facts
    aliases = canonical_text(told.get("aliases", []))
    return ((told.get("name"), aliases, canonical_text(told.get("attributes", {}))),)


PROGRAMS = ReadModel(programs, frozenset({Kind.PROGRAM}), _rows)


def program_names(connection: Connection, issuer: str, *, as_at: int) -> dict[str, list[str]]:
    """Return every program's id with the names and aliases it is found by."""
    t = programs.c
    query = select(programs).where(t.issuer_id == issuer, recorded_by(programs, as_at))
    rows = connection.execute(query.order_by(t.place)).mappings()
    return {r["item_id"]: [r["name"] or "", *orjson.loads(r["aliases"])] for r in rows}


def programs_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    program: str | None = None,
    explain: bool = False,
) -> list[dict[str, Any]]:
    """Return the status of the programs of which something was public by then.

    A program asked for by name is returned even while the public knew nothing of it.
    """
    t = programs.c
    query = select(programs).where(t.issuer_id == issuer, recorded_by(programs, clocks.as_at))
    query = query.where(t.item_id == program if program else _spoken_of(issuer, clocks))
    held = _status(connection, issuer, clocks, program)
    rows = connection.execute(query.order_by(t.place)).mappings()
    return [_answer(row, held.get(row["item_id"], {}), clocks, explain=explain) for row in rows]


def _spoken_of(issuer: str, clocks: Clocks) -> Any:
    """Return the condition that some event about the program was public by then."""
    e = event_index.c
    return exists().where(
        e.issuer_id == issuer,
        e.program == programs.c.item_id,
        e.disclosed_at <= min(clocks.as_of, clocks.known_at),
        recorded_by(event_index, clocks.as_at),
    )


def _status(
    connection: Connection, issuer: str, clocks: Clocks, program: str | None
) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = {}
    for fact in facts_at(connection, issuer, clocks=clocks, subject=program):
        if fact["attribute"] in STATUS:
            held.setdefault(fact["subject"], {})[fact["attribute"]] = fact
    return held


def _answer(
    row: RowMapping, held: dict[str, Any], clocks: Clocks, *, explain: bool
) -> dict[str, Any]:
    known = {name: held[name]["value"] if name in held else None for name in STATUS}
    answer: dict[str, Any] = {
        "program": row["item_id"],
        "name": row["name"],
        "aliases": orjson.loads(row["aliases"]),
        "attributes": orjson.loads(row["attributes"]),
        **known,
        "position": clocks.as_at,
    }
    if explain:
        why = ("since", "because", "overridden")
        answer["explain"] = {name: {k: fact[k] for k in why} for name, fact in held.items()}
    return answer
