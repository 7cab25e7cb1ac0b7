"""Drafts, as a Python library: what was read, and what a person makes of it.

with Timeline("sqlite:///timeline.db", recorded_by="ann") as timeline:
timeline.edit("3f2a", {"window": "2009-01/2009-03"}, reason="the first quarter is meant")
done = timeline.accept("3f2a")
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Unpack

import orjson

from api.answers import Answer
from api.names import find
from api.question_log import logged
from api.recording import as_json, checked_key, issuer_of
from projections.consequences import consequences
from projections.drafts import drafts_at, edits_at, steps_of
from projections.programs import program_names
from timeline.bitemporal import end_of, format_instant
from timeline.errors import BadInput, NotFound
from timeline.intake.drafts import Step, decide_on
from timeline.items import ACCEPTED, EDITED, REJECTED, STATES
from timeline.recorder import Idempotency, tracks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from api.clocks import Asked, ClockArguments
    from timeline.intake.drafts import Decided
    from timeline.packs import Vocabulary
    from timeline.recorder import Clock, SqlRecorder

    Row = dict[str, Any]

_UNMOVED = ("as_of", "known_at")


@dataclass(frozen=True, slots=True)
class DraftStep:
    """The answer of a step: how far the draft is, and what it was recorded as.

    `position` and `recorded_at` are those of its last step, which this has `added` or found;
    `changes` are as in `Written`. `content` is the answer as it was kept, byte for byte.
    """

    draft: str
    state: str
    recorded_as: str | None
    position: int
    recorded_at: str
    added: bool
    dry_run: bool
    changes: list[Row] | None
    content: bytes = field(repr=False)

    @classmethod
    def read(cls, content: bytes, *, dry_run: bool) -> DraftStep:
        """Read a kept answer; asked again by a dry run, it says that nothing would be added."""
        told = orjson.loads(content)
        if dry_run and not told["dry_run"]:
            told |= {"added": False, "dry_run": True, "changes": []}
            content = orjson.dumps(told)
        return cls(**told, content=content)

    def body(self) -> Row:
        """Return the answer as a JSON object."""
        body: Row = orjson.loads(self.content)
        return body


class DecidingDrafts:
    """What an open store tells of drafts, and does with them.

    Drafts are internal: only `as_at` moves what is told of them, and they move no other answer
    until they are accepted. Every step takes the `issuer` where several have a draft of the id, and
    `key` and `dry_run` as `record` does. It raises NotFound for a draft that is not on record,
    Conflict for one that was decided otherwise; a step that is done already adds nothing.
    """

    if TYPE_CHECKING:  # what `Timeline` has
        recorder: SqlRecorder
        recorded_by: str
        vocabulary: Vocabulary
        _clock: Clock

        def _snapshot(
            self, clocks: ClockArguments
        ) -> AbstractContextManager[tuple[Connection, Asked]]: ...
        def _named(
            self, connection: Connection, asked: Asked, issuer: str, program: str | None = None
        ) -> tuple[str, str | None]: ...

    @logged
    def drafts(
        self,
        issuer: str | None = None,
        *,
        state: str | None = None,
        document: str | None = None,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return the drafts of the issuer, or of all, in the order they were proposed.

        `state` keeps those proposed, accepted or rejected, `document` those of one document.
        """
        if state is not None:
            find(state, {one: [one] for one in STATES}, "state")
        with self._snapshot(clocks) as (connection, asked):
            of = self._named(connection, asked, issuer)[0] if issuer else None
            rows = drafts_at(
                connection, as_at=asked.position, issuer=of, state=state, document=document
            )
        return Answer(asked, rows, moving=_UNMOVED)

    @logged
    def draft(
        self, draft: str, *, issuer: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return one draft, with its `steps`: who did what with it, when and why."""
        with self._snapshot(clocks) as (connection, asked):
            of = self._named(connection, asked, issuer)[0] if issuer else None
            rows = drafts_at(connection, as_at=asked.position, issuer=of, draft=draft)
            if len(rows) > 1:
                whose = " and ".join(row["issuer"] for row in rows)
                raise BadInput(f"{draft!r} is of {whose}; say which", place="issuer")
            if not rows:
                raise NotFound(f"no draft has the id {draft!r}", place="id")
            steps = steps_of(connection, rows[0]["issuer"], draft, as_at=asked.position)
        return Answer(asked, [rows[0] | {"steps": steps}], moving=_UNMOVED)

    @logged
    def draft_edits(self, issuer: str | None = None, **clocks: Unpack[ClockArguments]) -> Answer:
        """Return every value of a draft that a person edited: what reading got wrong, and where."""
        with self._snapshot(clocks) as (connection, asked):
            of = self._named(connection, asked, issuer)[0] if issuer else None
            rows = edits_at(connection, as_at=asked.position, issuer=of)
        return Answer(asked, rows, moving=_UNMOVED)

    def edit(
        self,
        draft: str,
        changes: Mapping[str, Any],
        *,
        issuer: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        dry_run: bool = False,
    ) -> DraftStep:
        """Set `changes`, a merge patch on its own keys, on a draft; what was there is kept."""
        step = Step(EDITED, draft, as_json(dict(changes), "set"), reason)
        return self._decide(issuer, step, key=key, dry_run=dry_run)

    def accept(
        self,
        draft: str,
        changes: Mapping[str, Any] | None = None,
        *,
        issuer: str | None = None,
        id: str | None = None,  # noqa: A002  # the word of the bundle
        reason: str | None = None,
        key: str | None = None,
        dry_run: bool = False,
    ) -> DraftStep:
        """Record what a draft proposes, edited by `changes` first, under `id` or one made of its.

        Raises BadInput, naming the key, for a draft that lacks what is to be recorded.
        """
        step = Step(ACCEPTED, draft, as_json(dict(changes or {}), "set"), reason, id)
        return self._decide(issuer, step, key=key, dry_run=dry_run)

    def reject(
        self,
        draft: str,
        *,
        reason: str,
        issuer: str | None = None,
        key: str | None = None,
        dry_run: bool = False,
    ) -> DraftStep:
        """Reject a draft; it stays on record, with the reason."""
        if not isinstance(reason, str) or not reason.strip():
            raise BadInput("say why, for those who read it later", place="reason")
        return self._decide(issuer, Step(REJECTED, draft, reason=reason), key=key, dry_run=dry_run)

    def _decide(
        self, issuer: str | None, step: Step, *, key: str | None, dry_run: bool
    ) -> DraftStep:
        as_json([issuer, step.draft, step.reason, step.item], "draft")
        request = None if key is None else Idempotency(checked_key(key), step.digest(issuer))
        before = None if request is None else self.recorder.answered(request)
        if before is not None:
            return DraftStep.read(before.answer, dry_run=dry_run)
        of = issuer_of(self.recorder, issuer, step.draft, place="draft")
        answer = decide_on(
            self.recorder,
            of,
            self._by_name(of, step),
            recorded_by=self.recorded_by,
            tell=lambda connection, decided: self._told_step(connection, decided, dry_run),
            packs=self.vocabulary,
            request=request,
            dry_run=dry_run,
        )
        return DraftStep.read(answer, dry_run=dry_run)

    def _by_name(self, issuer: str, step: Step) -> Step:
        """Return `step` with its program by id, where it is on record under the name given."""
        named = step.changes.get("program")
        if not isinstance(named, str):
            return step
        with self.recorder.snapshot() as snapshot:
            at = snapshot.reach().reached
            names = program_names(snapshot.connection, issuer, as_at=at)
        try:
            program = find(named, names, "program")
        except NotFound:  # it may be recorded later; accepting asks the log
            return step
        return replace(step, changes=step.changes | {"program": program})

    def _told_step(self, connection: Connection, decided: Decided, dry_run: bool) -> bytes:
        changes: list[Row] | None = []
        if decided.item_position is not None:
            at, changes = end_of(self._clock.now().date()), None
            if not tracks.reach(connection).followed:
                of = decided.issuer
                changes = consequences(connection, of, at=at, position=decided.item_position)
        told = {
            "draft": decided.draft,
            "state": decided.state,
            "recorded_as": decided.recorded_as,
            "position": decided.position,
            "recorded_at": format_instant(decided.recorded_at),
            "added": decided.added,
            "dry_run": dry_run,
            "changes": changes,
        }
        return orjson.dumps(told)
