"""Recording by hand, as a Python library: record, correct, retract, adjudicate.

with Timeline("sqlite:///timeline.db", recorded_by="ann") as timeline:
written = timeline.retract("migenix", "ev-om-top", reason="recorded by mistake")
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from api.answers import Written
from api.names import find_issuer, sole_issuer
from projections.consequences import consequences
from projections.event_index import versions_of
from projections.issuers import issuers_at
from timeline import commands
from timeline.bitemporal import end_of, format_instant
from timeline.bundle import read_json
from timeline.canonical import canonical_json
from timeline.errors import BadInput, NotFound
from timeline.events import Kind, from_payload, stream_id
from timeline.recorder import Idempotency, tracks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from timeline.commands import Command, Entry
    from timeline.events import Event
    from timeline.packs import Vocabulary
    from timeline.recorder import Clock, SqlRecorder

_KEY_MAX = 255


class Recording:
    """The commands of an open store; each is one item, decided and written in one transaction.

    A `key` is the caller's name for the request: the same request under it gets the same answer
    again and writes nothing, another one raises IdempotencyKeyReused. A `dry_run` decides, tells
    what would change and writes nothing. An `id` that is not given is made. Every command raises
    BadInput where something given cannot be used, NotFound for what is not recorded, Conflict where
    what is recorded speaks against it.
    """

    recorder: SqlRecorder
    recorded_by: str
    vocabulary: Vocabulary
    _clock: Clock

    def record(
        self,
        issuer: str,
        item: Mapping[str, Any],
        *,
        kind: str = "event",
        key: str | None = None,
        dry_run: bool = False,
    ) -> Written:
        """Record one item, as it would stand in a bundle; an item that is recorded adds nothing.

        `kind` is event, expectation, document, program or issuer. The same id with other content
        raises ItemExists, another item that is named and not recorded UnknownReference.
        """
        command = commands.record(kind, as_json(item, kind))
        return self._write(issuer, command, key=key, dry_run=dry_run)

    def correct(
        self,
        issuer: str | None,
        target: str,
        changes: Mapping[str, Any],
        *,
        reason: str,
        id: str | None = None,  # noqa: A002  # the word of the bundle
        key: str | None = None,
        dry_run: bool = False,
    ) -> Written:
        """Set `changes`, a merge patch on its own keys, on `target`: we misread the source.

        Moves on `as_at` alone. Without `issuer` the id must belong to one issuer only.
        """
        patch = as_json(changes, "set")
        command = commands.correct(target, patch, reason=reason, item=id)
        return self._write(issuer, command, key=key, dry_run=dry_run)

    def retract(
        self,
        issuer: str | None,
        target: str,
        *,
        reason: str,
        id: str | None = None,  # noqa: A002
        key: str | None = None,
        dry_run: bool = False,
    ) -> Written:
        """Take the item `target` out: we should not have recorded it. What it hid comes back.

        Moves on `as_at` alone. Without `issuer` the id must belong to one issuer only.
        """
        command = commands.retract(target, reason=reason, item=id)
        return self._write(issuer, command, key=key, dry_run=dry_run)

    def adjudicate(
        self,
        issuer: str | None,
        expectation: str,
        verdict: str,
        *,
        reason: str,
        disclosed: str | date | None = None,
        id: str | None = None,  # noqa: A002
        key: str | None = None,
        dry_run: bool = False,
    ) -> Written:
        """Decide on one statement, in the place of the rules, from the day `disclosed` on.

        `disclosed` is a day, EDTF or an instant: when the decision became public; default: today,
        UTC. Without `issuer` the id must belong to one issuer only.
        """
        day = disclosed.isoformat() if isinstance(disclosed, date) else disclosed
        command = commands.adjudicate(expectation, verdict, reason=reason, item=id, disclosed=day)
        return self._write(issuer, command, key=key, dry_run=dry_run)

    def _write(
        self, issuer: str | None, command: Command, *, key: str | None, dry_run: bool
    ) -> Written:
        issuer = as_json(issuer, "issuer")
        command = replace(command, item=as_json(command.item, command.place or "item"))
        request = None if key is None else Idempotency(checked_key(key), command.digest(issuer))
        # Asked before anything is looked up: what a name meant then, it need not mean now. One that
        # tells of a data subject is kept under its key, so it has to be looked up.
        early = None if command.is_personal else request
        before = None if early is None else self.recorder.answered(early)
        if before is not None:
            return Written.read(before.answer, dry_run=dry_run)
        event = self._event(issuer, command)
        try:
            answer = commands.write(
                self.recorder,
                (command.place, event),
                tell=lambda connection, entry: self._told(connection, event, entry, dry_run),
                packs=self.vocabulary,
                request=request,
                dry_run=dry_run,
            )
        except BadInput as error:
            raise command.told(error) from None
        return Written.read(answer, dry_run=dry_run)

    def _event(self, issuer: str | None, command: Command) -> Event:
        """Return the event of `command`, with an id, and a decision with its day."""
        if command.kind is Kind.ISSUER:
            command = command.completed(id=issuer or "")
            if command.item["id"] != issuer:
                raise BadInput(f"is not {issuer!r}, whose record it is", place="issuer.id")
            return command.event(issuer=command.item["id"], recorded_by=self.recorded_by)
        command = command.completed(id=str(uuid4()))
        if command.kind is Kind.ADJUDICATION:
            command = command.completed(disclosed=self._clock.now().date().isoformat())
        of = self._whose(issuer, command)
        return command.event(issuer=of, recorded_by=self.recorded_by)

    def _whose(self, issuer: str | None, command: Command) -> str:
        """Return the issuer by id, name or alias; not named, the one that has the target."""
        place = "expectation" if command.kind is Kind.ADJUDICATION else "target"
        return issuer_of(self.recorder, issuer, str(command.target), place=place)

    def _told(self, connection: Connection, event: Event, entry: Entry, dry_run: bool) -> bytes:
        at = end_of(self._clock.now().date())
        of, position = event.issuer, entry.position
        changes: list[dict[str, Any]] | None = [] if not entry.added else None
        if entry.added and not tracks.reach(connection).followed:
            changes = consequences(connection, of, at=at, position=position)
        told = {
            "position": position,
            "recorded_at": format_instant(entry.recorded_at),
            "id": event.item,
            "added": entry.added,
            "dry_run": dry_run,
            "changes": changes,
        }
        return orjson.dumps(told)


def issuer_of(recorder: SqlRecorder, issuer: str | None, item: str, *, place: str) -> str:
    """Return the issuer by id, name or alias; not named, the one that has `item`.

    What the read models have not come to yet is asked of the log; of issuers, the id alone.
    """
    if issuer is not None:
        return recorded_issuer(recorder, issuer)
    reached = recorder.reach().reached
    with recorder.begin_read() as connection:
        found = versions_of(connection, item, issuer=None, as_at=reached)
    records = chain(recorder.at_positions(found), recorder.records(reached))
    events = (from_payload(r.topic, r.payload) for r in records)
    items = [e for e in events if e.item == item and e.kind is not Kind.CORRECTION]
    return sole_issuer(item, items, "nothing recorded", place=place)


def recorded_issuer(recorder: SqlRecorder, issuer: str) -> str:
    """Return the id of an issuer found by id, name or alias, or in the log by its id alone."""
    with recorder.snapshot() as snapshot:
        known = issuers_at(snapshot.connection, as_at=snapshot.reach().reached)
    try:
        return find_issuer(issuer, known)
    except NotFound:
        if recorder.stream(stream_id(issuer, issuer, Kind.ISSUER)):
            return issuer
        raise


def as_json(value: Any, place: str) -> Any:
    """Return `value` as JSON keeps it; raises BadInput for what it would lose or cannot say."""
    try:
        return read_json(canonical_json(value), "this")
    except BadInput as error:
        raise BadInput(error.message, place=place) from None
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(f"cannot be written as JSON: {error}", place=place) from None


def checked_key(key: str) -> str:
    """Return an idempotency key; raises BadInput for what cannot be one."""
    if not (isinstance(key, str) and 0 < len(key) <= _KEY_MAX and key.isascii()):
        raise BadInput(f"takes 1 to {_KEY_MAX} ASCII characters", place="key")
    if not key.isprintable():
        raise BadInput("holds a control character; leave it out", place="key")
    return key
