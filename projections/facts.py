"""Facts: what held about a subject, over valid time, as published and as recorded.

A fact comes from an event of type `fact.stated`, or from what a pack says an event tells: of its
program (stage, activity, partner, rights) and of other subjects (a licence, the board). SQL narrows
to what may count; the bitemporal core decides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Index, Text, bindparam, exists, func, select, text

from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.bitemporal import Fact, OpenEnd, format_instant, start_of, value_at
from timeline.canonical import canonical_text
from timeline.errors import InvalidEvent
from timeline.events import Kind
from timeline.recorder.prepared import Prepared
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Stated, Vocabulary

    _Row = Sequence[Any]

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
SPECIAL = "valid_to IS NOT NULL OR open_end <> 'until_next'"
"""What tells the facts whose end the order of starts alone does not settle."""
Index(
    "ix_facts_special",
    facts.c.issuer_id,
    facts.c.subject,
    facts.c.attribute,
    sqlite_where=text(SPECIAL),
    postgresql_where=text(SPECIAL),
)
_OPEN_ENDS = {one.value: one for one in OpenEnd}


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


# In this order a row is what `_fact` reads.
_TOLD = (
    facts.c.subject,
    facts.c.attribute,
    facts.c.value,
    facts.c.valid_from,
    facts.c.valid_to,
    facts.c.open_end,
    facts.c.disclosed_at,
    facts.c.place,
    facts.c.position,
    facts.c.position_to,
    facts.c.item_id,
)
_OF_SUBJECT = (facts.c.issuer_id == bindparam("issuer"), facts.c.subject == bindparam("about"))
_OF_ONE = (*_OF_SUBJECT, facts.c.attribute == bindparam("attribute"))
_MAY_COUNT = select(*_TOLD).where(
    facts.c.issuer_id == bindparam("issuer"),
    recorded_by(facts, bindparam("as_at")),
    facts.c.disclosed_at <= bindparam("known_at"),
    facts.c.valid_from <= bindparam("as_of"),
)
_FEW = 64
_LATEST_FIRST = (facts.c.valid_from.desc(), facts.c.disclosed_at.desc(), facts.c.place.desc())

_ABOUT_ALL = Prepared(_MAY_COUNT)
_ABOUT = Prepared(_MAY_COUNT.where(*_OF_SUBJECT))
_ABOUT_SOME = Prepared(_MAY_COUNT.where(*_OF_SUBJECT).limit(_FEW + 1))
_ABOUT_ONE = Prepared(_MAY_COUNT.where(*_OF_ONE))
_LATEST = Prepared(_MAY_COUNT.where(*_OF_ONE).order_by(*_LATEST_FIRST).limit(1))
_SPECIAL = Prepared(select(exists().where(*_OF_ONE, text(SPECIAL))))
_FIRST = Prepared(select(func.min(facts.c.attribute)).where(*_OF_SUBJECT))
_NEXT = Prepared(
    select(func.min(facts.c.attribute)).where(
        *_OF_SUBJECT, facts.c.attribute > bindparam("attribute")
    )
)


def facts_about(
    connection: Connection, issuer: str, *, clocks: Clocks, where: ColumnElement[bool] | None = None
) -> dict[tuple[str, str], list[Fact]]:
    """Return what may count at `clocks`, by (subject, attribute), for the core to decide."""
    asked = _asked(issuer, clocks)
    if where is None:
        return _by_key(_ABOUT_ALL.rows(connection, **asked))
    return _by_key(connection.execute(_MAY_COUNT.where(where), asked))


def facts_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    subject: str | None = None,
    ended: bool = False,
    explain: bool = True,
) -> list[dict[str, Any]]:
    """Return the value of every attribute at the asked clocks, with the events behind it.

    With `ended` also what holds no more, its value None, for the events that ended it. Without
    `explain` the overridden events are not told, and the history of a subject is not read whole.
    """
    told = _enough(connection, _asked(issuer, clocks), subject, explain=explain)
    answers = (fact_at(key, told[key], clocks, explain=explain) for key in sorted(told))
    return [answer for answer in answers if ended or answer["value"] is not None]


def all_facts(connection: Connection, issuer: str, subject: str, attribute: str) -> list[Fact]:
    """Return every version of every fact about one thing, for questions along an axis."""
    t = facts.c
    query = select(*_TOLD).where(
        t.issuer_id == issuer, t.subject == subject, t.attribute == attribute
    )
    return [_fact(row) for row in connection.execute(query)]


def fact_at(
    key: tuple[str, str], told: list[Fact], clocks: Clocks, *, explain: bool = True
) -> dict[str, Any]:
    """Let the core decide what held of one (subject, attribute), and name the events behind it."""
    held = value_at(told, valid_at=clocks.as_of, known_at=clocks.known_at, as_at=clocks.as_at)
    subject, attribute = key
    answer = {
        "subject": subject,
        "attribute": attribute,
        "value": held.fact and held.fact.value,
        "since": held.fact and format_instant(held.fact.valid_from),
        "because": [held.fact.event] if held.fact else [],
    }
    if explain:
        answer["overridden"] = list(dict.fromkeys(f.event for f in held.overridden))
    return answer


def _enough(
    connection: Connection, asked: dict[str, Any], subject: str | None, *, explain: bool
) -> dict[tuple[str, str], list[Fact]]:
    """Return what the core needs to decide: all that may count, or of a long history the end."""
    if subject is None:
        return _by_key(_ABOUT_ALL.rows(connection, **asked))
    asked |= {"about": subject}
    if explain:
        return _by_key(_ABOUT.rows(connection, **asked))
    rows = _ABOUT_SOME.rows(connection, **asked)
    return _by_key(rows if len(rows) <= _FEW else _latest(connection, asked))


def _latest(connection: Connection, asked: dict[str, Any]) -> Iterator[_Row]:
    """Yield of every attribute the row that decides, or all of them where only the core can tell.

    Where all facts are open and `until_next`, the one that starts last holds, of several the last
    in knowledge order: a later start bounds an earlier one, whichever was published first. That is
    the order of the index. A bounded fact or a `forever` anywhere, and all is read.
    """
    attribute = _FIRST.value(connection, **asked)
    while attribute is not None:
        one = asked | {"attribute": attribute}
        special = _SPECIAL.value(connection, **one)
        yield from (_ABOUT_ONE if special else _LATEST).rows(connection, **one)
        attribute = _NEXT.value(connection, **one)


def _asked(issuer: str, clocks: Clocks) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "as_of": clocks.as_of,
        "known_at": clocks.known_at,
        "as_at": clocks.as_at,
    }


def _by_key(rows: Iterable[_Row]) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in rows:
        found[row[0], row[1]].append(_fact(row))
    return found


def _fact(row: _Row) -> Fact:
    _, _, value, valid_from, valid_to, open_end, *rest = row
    return Fact(orjson.loads(value), valid_from, valid_to, _OPEN_ENDS[open_end], *rest)
