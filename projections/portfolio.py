"""The portfolio: the status of every program of every issuer, at any clocks, in milliseconds.

The rows of four read models are kept in memory, as columns. Before it answers, in the snapshot in
which the question is asked, it reads what changed since: so no answer comes from old rows. The core
decides wherever a fact ends by itself, or overrides all that comes after it.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import select

from projections.columns import (
    NEVER,
    Columns,
    Numbering,
    instant_number,
    instant_of,
    position_number,
)
from projections.event_index import batched, event_index
from projections.facts import facts
from projections.issuers import issuers
from projections.programs import STATUS, programs
from projections.rebuilds import last_rebuild
from projections.statuses import NOTHING, Statuses
from timeline.bitemporal import Fact, OpenEnd, value_at
from timeline.events import Kind, from_payload
from timeline.items import target_of
from timeline.recorder import log, tracks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Select, Table

    from projections.columns import Numbers, Truths
    from timeline.bitemporal import Clocks
    from timeline.recorder import StoredRecord

    Items = dict[str, set[str]]
    Told = tuple[Any, ...]

_FEW = 1_000
"""So many events behind, and all rows are read anew: cheaper than looking up what changed."""

_AT_ONCE = 10_000
_ENDS = {OpenEnd.UNTIL_NEXT.value: 0, OpenEnd.FOREVER.value: 1}


class Portfolio:
    """What is kept of one store, and how far into its log; safe to share by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forget(rebuild=0)

    def statuses(self, connection: Connection, clocks: Clocks) -> Statuses:
        """Return the programs of which something was public by then, with what held of them.

        `connection` reads one snapshot, and `clocks.as_at` is not beyond its head.
        """
        with self._lock:
            self._catch_up(connection, clocks.as_at)
            rows = self._on_record(clocks)
            key = self._programs["key"][rows]
            held = self._held(clocks)[key]
            text = self._programs["text"][rows]
            return Statuses(self._keys, self._texts, self._values, key, text, held, clocks.as_at)

    def _forget(self, rebuild: int) -> None:
        self._seen, self._rebuild = 0, rebuild
        self._keys, self._values, self._issuer_numbers = Numbering(), Numbering(), Numbering()
        self._texts: list[tuple[str | None, str, str]] = []
        self._issuers = Columns("issuer")
        self._programs = Columns("issuer", "key", "text")
        self._spoken_of = Columns("key", "disclosed")
        self._facts = Columns(
            *("slot", "value", "valid_from", "valid_to", "open_end", "disclosed"),
            order=("slot", "valid_from", "disclosed", "place"),
        )

    def _catch_up(self, connection: Connection, as_at: int) -> None:
        """Read what changed, unless all that was recorded by `as_at` is here."""
        rebuild = last_rebuild(connection)
        if rebuild != self._rebuild:
            self._forget(rebuild)
        if as_at <= self._seen:
            return
        reached = tracks.reach(connection).reached  # followed rows may be behind the log
        behind = log.page(connection, self._seen, reached, _FEW)
        if self._seen == 0 or len(behind) == _FEW:
            self._forget(rebuild)
            self._take_in(connection, None)
        else:
            self._take_in(connection, _items(behind))
        self._seen = reached

    def _take_in(self, connection: Connection, items: Items | None) -> None:
        """Read all rows of `items`, or of everything, in place of what is here of them."""

        def rows(
            table: Table, *names: str, where: ColumnElement[bool] | None = None
        ) -> Iterator[Told]:
            query = select(*(table.c[n] for n in ("place", "position", "position_to", *names)))
            yield from _rows(connection, query if where is None else query.where(where), items)

        i, p, e, f = issuers, programs, event_index, facts
        self._issuers.replace(map(self._issuer_row, rows(i, "issuer_id")))
        texts = ("name", "aliases", "attributes")
        self._programs.replace(map(self._program_row, rows(p, "issuer_id", "item_id", *texts)))
        told = rows(e, "issuer_id", "program", "disclosed_at", where=_tells_of_a_program())
        self._spoken_of.replace(map(self._spoken_row, told))
        stated = ("value", "valid_from", "valid_to", "open_end", "disclosed_at")
        status = f.c.attribute.in_(STATUS)
        told = rows(f, "issuer_id", "subject", "attribute", *stated, where=status)
        self._facts.replace(map(self._fact_row, told))

    def _issuer_row(self, row: Told) -> Sequence[int]:
        place, position, position_to, issuer = row
        return place, position, position_number(position_to), self._issuer_numbers.of(issuer)

    def _program_row(self, row: Told) -> Sequence[int]:
        place, position, position_to, issuer, program, name, aliases, attributes = row
        self._texts.append((name, aliases, attributes))
        known = self._issuer_numbers.of(issuer), self._keys.of((issuer, program))
        return place, position, position_number(position_to), *known, len(self._texts) - 1

    def _spoken_row(self, row: Told) -> Sequence[int]:
        place, position, position_to, issuer, program, disclosed_at = row
        told = self._keys.of((issuer, program)), instant_number(disclosed_at)
        return place, position, position_number(position_to), *told

    def _fact_row(self, row: Told) -> Sequence[int]:
        place, position, position_to, issuer, subject, attribute, value, *when = row
        valid_from, valid_to, open_end, disclosed_at = when
        slot = self._keys.of((issuer, subject)) * len(STATUS) + STATUS.index(attribute)
        number = NOTHING if value == "null" else self._values.of(value)
        held = instant_number(valid_from), instant_number(valid_to), _ENDS[open_end]
        told = (slot, number, *held, instant_number(disclosed_at))
        return place, position, position_number(position_to), *told

    def _on_record(self, clocks: Clocks) -> Numbers:
        """Return which rows of programs are told of, in the order of the answer."""
        issuer_places = np.full(len(self._issuer_numbers), NEVER)
        known = self._issuers.recorded_by(clocks.as_at)
        issuer_places[self._issuers["issuer"][known]] = self._issuers["place"][known]
        places = issuer_places[self._programs["issuer"]]
        spoken_of = self._public_by(clocks)[self._programs["key"]]
        recorded = self._programs.recorded_by(clocks.as_at)
        rows = np.flatnonzero(recorded & spoken_of & (places != NEVER))
        return rows[np.lexsort((self._programs["place"][rows], places[rows]))]

    def _public_by(self, clocks: Clocks) -> Truths:
        """Tell of which keys something was public."""
        by = instant_number(min(clocks.as_of, clocks.known_at))
        told = self._spoken_of.recorded_by(clocks.as_at) & (self._spoken_of["disclosed"] <= by)
        spoken_of = np.zeros(len(self._keys), np.bool_)
        spoken_of[self._spoken_of["key"][told]] = True
        return spoken_of

    def _held(self, clocks: Clocks) -> Numbers:
        """Return for each key the number of the value of each attribute."""
        f, held = self._facts, np.full(len(self._keys) * len(STATUS), NOTHING)
        begun = f["valid_from"] <= instant_number(clocks.as_of)
        public = f["disclosed"] <= instant_number(clocks.known_at)
        rows = np.flatnonzero(begun & public & f.recorded_by(clocks.as_at))
        slots = f["slot"][rows]
        # Of what waits for the next, the one that begins last holds; here it also comes last,
        # and of several values for one place the last stays.
        held[slots] = f["value"][rows]
        ends = (f["valid_to"][rows] != NEVER) | (f["open_end"][rows] != 0)
        for slot in np.unique(slots[ends]):
            first, last = np.searchsorted(slots, (slot, slot + 1))
            held[slot] = self._decided(rows[first:last], clocks)
        return held.reshape(-1, len(STATUS))

    def _decided(self, rows: Numbers, clocks: Clocks) -> int:
        """Let the core decide which of `rows` holds, and return the number of its value."""
        told = [self._fact(row) for row in rows.tolist()]
        at = {"valid_at": clocks.as_of, "known_at": clocks.known_at}
        fact = value_at(told, **at, as_at=clocks.as_at).fact
        return NOTHING if fact is None else int(fact.value)

    def _fact(self, row: int) -> Fact:
        told = {name: int(self._facts[name][row]) for name in self._facts}
        return Fact(
            value=told["value"],
            valid_from=instant_of(told["valid_from"]),
            valid_to=None if told["valid_to"] == NEVER else instant_of(told["valid_to"]),
            open_end=OpenEnd.FOREVER if told["open_end"] else OpenEnd.UNTIL_NEXT,
            disclosed_at=instant_of(told["disclosed"]),
            place=told["place"],
            position=told["position"],
            position_to=None if told["position_to"] == NEVER else told["position_to"],
            event="",
        )


def _tells_of_a_program() -> ColumnElement[bool]:
    return event_index.c.program.is_not(None) & event_index.c.disclosed_at.is_not(None)


def _rows(connection: Connection, query: Select[Any], items: Items | None) -> Iterator[Told]:
    """Yield the rows that `query` selects, only those of `items` if some are named."""
    if items is None:
        yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)
        return
    table = query.get_final_froms()[0]
    for issuer, named in items.items():
        for some in batched(named):  # one issuer at a time: then either database uses its key
            wanted = table.c.issuer_id == issuer, table.c.item_id.in_(some)
            yield from connection.execute(query.where(*wanted))


def _items(records: Iterable[StoredRecord]) -> Items:
    """Return the items of which `records` are versions; a correction is an item as well."""
    found: Items = defaultdict(set)
    for record in records:
        event = from_payload(record.topic, record.payload)
        found[event.issuer].add(event.item)
        if event.kind is Kind.CORRECTION:
            found[event.issuer].add(target_of(event))
    return found
