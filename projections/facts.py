"""Facts: what held about a subject, over valid time, as published and as recorded.

A fact comes from an event of type `fact.stated`, or from what a pack says an event tells: of its
program (stage, activity, partner, rights) and of other subjects (a licence, the board). SQL narrows
to what may count; the bitemporal core decides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Text, bindparam, select

from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.bitemporal import Fact, OpenEnd, format_instant, start_of, value_at
from timeline.canonical import canonical_text
from timeline.errors import InvalidEvent
from timeline.events import Kind
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, Select

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Stated, Vocabulary

FACT_STATED = "fact.stated"

facts = read_model_table(
    "facts",
    Column("subject", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("open_end", Text, nullable=False),
    Column("disclosed_at", Instant, nullable=False),
    indexes=[("subject", "attribute", "valid_from", "disclosed_at", "place")],
)


def _rows(event: Event, vocabulary: Vocabulary) -> list[Row]:
    told = list(_told(event, vocabulary))
    valid_from, disclosed_at = _valid_from(event) if told else None, event.disclosed_at
    if valid_from is None or disclosed_at is None:
        return []
    when = (valid_from, event.valid_to, event.open_end._value_, disclosed_at)
    return [
        (subject, attribute, canonical_text(value), *when) for subject, attribute, value in told
    ]


def _told(event: Event, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Any]]:
    """Yield (subject, attribute, value) of everything the event says holds."""
    if event.type == FACT_STATED:
        try:
            yield event.facts["subject"], event.facts["attribute"], event.facts.get("value")
        except KeyError as missing:
            raise InvalidEvent(f"{FACT_STATED} needs {missing}", place="facts") from None
        return
    if event.program is not None:
        for setting in vocabulary.settings(event):
            yield event.program, setting.attribute, setting.read(event.facts)
    yield from _last_of_each(vocabulary.stated(event))


def _last_of_each(told: Iterator[Stated]) -> Iterator[tuple[str, str, Any]]:
    """Yield one value for each attribute: of what one event says of it, the last counts."""
    last = {(one.subject, one.attribute): one.value for one in told}
    for (subject, attribute), value in last.items():
        yield subject, attribute, value


def _valid_from(event: Event) -> datetime | None:
    """Return when its facts begin to hold: as stated, else from the last day it can have happened.

    What was disclosed on a day within its own uncertain window had happened by then.
    """
    if event.valid_from is not None or event.occurred is None or event.disclosed_at is None:
        return event.valid_from
    first, last = event.occurred.earliest, event.occurred.latest
    begun = first is None or start_of(first) <= event.disclosed_at
    if last is None:
        return event.disclosed_at
    return min(start_of(last), event.disclosed_at) if begun else start_of(last)


FACTS = ReadModel(facts, frozenset({Kind.EVENT}), _rows)


# Built once: building and hashing a statement takes longer than asking it.
_MAY_COUNT = select(facts).where(
    facts.c.issuer_id == bindparam("issuer"),
    recorded_by(facts, bindparam("as_at")),
    facts.c.disclosed_at <= bindparam("known_at"),
    facts.c.valid_from <= bindparam("as_of"),
)
_OF_SUBJECT = _MAY_COUNT.where(facts.c.subject == bindparam("about"))


def facts_about(
    connection: Connection, issuer: str, *, clocks: Clocks, where: ColumnElement[bool] | None = None
) -> dict[tuple[str, str], list[Fact]]:
    """Return what may count at `clocks`, by (subject, attribute), for the core to decide."""
    query = _MAY_COUNT if where is None else _MAY_COUNT.where(where)
    return _found(connection, query, issuer, clocks)


def facts_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    subject: str | None = None,
    ended: bool = False,
) -> list[dict[str, Any]]:
    """Return the value of every attribute at the asked clocks, with the events behind it.

    With `ended` also what holds no more, its value None, for the events that ended it.
    """
    query = _MAY_COUNT if subject is None else _OF_SUBJECT
    about = {} if subject is None else {"about": subject}
    told = _found(connection, query, issuer, clocks, **about)
    answers = (fact_at(key, told[key], clocks) for key in sorted(told))
    return [answer for answer in answers if ended or answer["value"] is not None]


def all_facts(connection: Connection, issuer: str, subject: str, attribute: str) -> list[Fact]:
    """Return every version of every fact about one thing, for questions along an axis."""
    t = facts.c
    query = select(facts).where(
        t.issuer_id == issuer, t.subject == subject, t.attribute == attribute
    )
    return [_fact(row) for row in connection.execute(query).mappings()]


def fact_at(key: tuple[str, str], told: list[Fact], clocks: Clocks) -> dict[str, Any]:
    """Let the core decide what held of one (subject, attribute), and name the events behind it."""
    held = value_at(told, valid_at=clocks.as_of, known_at=clocks.known_at, as_at=clocks.as_at)
    subject, attribute = key
    return {
        "subject": subject,
        "attribute": attribute,
        "value": held.fact and held.fact.value,
        "since": held.fact and format_instant(held.fact.valid_from),
        "because": [held.fact.event] if held.fact else [],
        "overridden": list(dict.fromkeys(f.event for f in held.overridden)),
    }


def _found(
    connection: Connection, query: Select[Any], issuer: str, clocks: Clocks, **more: str
) -> dict[tuple[str, str], list[Fact]]:
    asked = {
        "issuer": issuer,
        "as_of": clocks.as_of,
        "known_at": clocks.known_at,
        "as_at": clocks.as_at,
    }
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in connection.execute(query, asked | more).mappings():
        found[row["subject"], row["attribute"]].append(_fact(row))
    return found


def _fact(row: RowMapping) -> Fact:
    return Fact(
        value=orjson.loads(row["value"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        open_end=OpenEnd(row["open_end"]),
        disclosed_at=row["disclosed_at"],
        place=row["place"],
        position=row["position"],
        position_to=row["position_to"],
        event=row["item_id"],
    )
