"""Programs: what they are called, and their status at any date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from sqlalchemy import Column, Text, bindparam, exists, select

from projections.event_index import event_index
from projections.facts import facts_at
from projections.issuers import issuers
from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.canonical import canonical_text
from timeline.events import Kind
from timeline.recorder.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

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


_RECORDED = (
    issuers.c.issuer_id == bindparam("issuer"),
    recorded_by(issuers, bindparam("as_at")),
)
_OF_ISSUER = select(*(programs.c[n] for n in ("item_id", "name", "aliases", "attributes"))).where(
    programs.c.issuer_id == bindparam("issuer"), recorded_by(programs, bindparam("as_at"))
)
_NAMED = _OF_ISSUER.where(programs.c.item_id == bindparam("program"))
_ALL = Prepared(_OF_ISSUER.order_by(programs.c.place))
_ONE = Prepared(_NAMED.order_by(programs.c.place))
_ARE_IDS = Prepared(select(exists().where(*_RECORDED), exists(_NAMED.subquery().select())))


class AreIds(NamedTuple):
    """Whether an issuer, and a program of it, is on record under exactly this id."""

    issuer: bool
    program: bool


def are_ids(connection: Connection, issuer: str, program: str, *, as_at: int) -> AreIds:
    """Say whether these are ids on record by position `as_at`, for names and aliases need lists."""
    if not (issuer + program).isprintable():  # nor could every database be asked for it
        return AreIds(issuer=False, program=False)
    found = _ARE_IDS.rows(connection, issuer=issuer, program=program, as_at=as_at)[0]
    return AreIds(*map(bool, found))


def program_names(connection: Connection, issuer: str, *, as_at: int) -> dict[str, list[str]]:
    """Return every program's id with the names and aliases it is found by."""
    rows = _ALL.rows(connection, issuer=issuer, as_at=as_at)
    return {program: [name or "", *orjson.loads(aliases)] for program, name, aliases, _ in rows}


def program_descriptions(
    connection: Connection, issuer: str, *, as_at: int
) -> dict[str, list[str]]:
    """Return every program's id with the words its attributes say of it."""
    rows = _ALL.rows(connection, issuer=issuer, as_at=as_at)
    told = {program: orjson.loads(attributes) for program, _, _, attributes in rows}
    return {name: [v for v in one.values() if isinstance(v, str)] for name, one in told.items()}


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
    held = _status(connection, issuer, clocks, program, explain=explain)
    asked: dict[str, Any] = {"issuer": issuer, "as_at": clocks.as_at}
    if program:
        rows = _ONE.rows(connection, program=program, **asked)
    else:
        public_by = min(clocks.as_of, clocks.known_at)
        rows = _SPOKEN_OF.rows(connection, public_by=public_by, **asked)
    return [_answer(row, held.get(row[0], {}), clocks, explain=explain) for row in rows]


def _spoken_of() -> ColumnElement[bool]:
    """Return the condition that some event about the program was public by then."""
    e = event_index.c
    return exists().where(
        e.issuer_id == bindparam("issuer"),
        e.program == programs.c.item_id,
        e.disclosed_at <= bindparam("public_by"),
        recorded_by(event_index, bindparam("as_at")),
    )


_SPOKEN_OF = Prepared(_OF_ISSUER.where(_spoken_of()).order_by(programs.c.place))


def _status(
    connection: Connection, issuer: str, clocks: Clocks, program: str | None, *, explain: bool
) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = {}
    for fact in facts_at(connection, issuer, clocks=clocks, subject=program, explain=explain):
        if fact["attribute"] in STATUS:
            held.setdefault(fact["subject"], {})[fact["attribute"]] = fact
    return held


def _answer(
    row: tuple[Any, ...], held: dict[str, Any], clocks: Clocks, *, explain: bool
) -> dict[str, Any]:
    known = {one: held[one]["value"] if one in held else None for one in STATUS}
    item, name, aliases, attributes = row
    answer: dict[str, Any] = {
        "program": item,
        "name": name,
        "aliases": orjson.loads(aliases),
        "attributes": orjson.loads(attributes),
        **known,
        "position": clocks.as_at,
    }
    if explain:
        why = ("since", "because", "overridden")
        answer["explain"] = {name: {k: fact[k] for k in why} for name, fact in held.items()}
    return answer
