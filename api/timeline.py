"""The public Python library: what the command line and HTTP ask and record, they do here.

from api import Timeline
with Timeline("sqlite:///timeline.db") as timeline:
answer = timeline.milestones("migenix", "omigard", as_of="2008-09-01")
"""

from __future__ import annotations

from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

from api.answers import Answer
from api.company import CompanyQuestions
from api.document_issuer import issuer_of_document
from api.erasing import Erasing
from api.event_log import EventLog
from api.findings import Findings
from api.following import Following
from api.intake import Intake
from api.names import find_issuer
from api.proof import Proof, quiet
from api.publishing import Publishing
from api.question_log import logged
from api.read_models import ReadModels
from api.recording import Recording
from api.replaying import Replaying
from api.revisions import Revisions
from projections.documents import documents_at
from projections.facts import facts_at
from projections.issuers import issuers_at
from projections.milestones import milestones_at, statements_at
from projections.programs import programs_at
from projections.rebuild import rebuild_on
from projections.runner import Runner
from projections.taken import require_new_ids
from timeline.bundle import Bundle, Imported, import_bundle
from timeline.errors import BadInput, NotFound
from timeline.ledger.key_file import key_beside
from timeline.ledger.signing import begin_signing
from timeline.packs import all_vocabulary
from timeline.recorder import QuestionLog, SqlRecorder, SystemClock, create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from api.clocks import Asked, ClockArguments
    from timeline.bitemporal import Clocks
    from timeline.recorder import Clock

    Row = dict[str, Any]
    Read = Callable[[Connection, str, str | None], list[Row]]
    Progress = Callable[[int, int], None]
    ReadAt = Callable[[Connection, Clocks, str, str | None], list[Row]]

DEFAULT_URL = "sqlite:///timeline.db"
_NAME_MAX = 100


class Timeline(
    CompanyQuestions,
    Revisions,
    EventLog,
    Erasing,
    Findings,
    Following,
    Intake,
    Proof,
    Publishing,
    Recording,
    Replaying,
    ReadModels,
):
    """One store, open. Every question takes the three clocks; see `ClockArguments`.

    What is recorded by hand goes in through `record`, `correct`, `retract` and `adjudicate`.
    """

    def __init__(
        self,
        database_url: str = DEFAULT_URL,
        *,
        recorded_by: str = "unknown",
        clock: Clock | None = None,
        create: bool = False,
        service_role: str | None = None,
        packs: Iterable[Path | str] = (),
        read_models: str | None = None,
        question_log: bool = False,
        signing_key: Path | str | None = None,
        origin: str | None = None,
        progress: Progress = quiet,
    ) -> None:
        """Open a store; `create` makes it first, or brings an older one up to date.

        The packs that come with the project and those of installed packages are always loaded,
        `packs` are folders of more. `signing_key` is the file of the key that signs checkpoints;
        a SQLite store has it beside itself unless told otherwise. With `create` a first key is made
        there, named `origin` or by chance; `service_role` and `progress` are for `create_store`.
        `read_models` is inline or followed: with `create` the store is kept so from now on, without
        it a store that is kept otherwise is refused. `question_log` writes down every question that
        is answered.

        Raises StoreMissing when there is none, StoreUnavailable when the database does not answer,
        InvalidPack for a pack that cannot be loaded, ReadModelsOtherwise.
        """
        self.recorded_by = recorded_by
        self.vocabulary = all_vocabulary(packs)
        self._engine = open_engine(database_url)
        if create:
            create_store(
                self._engine,
                service_role,
                migrated=partial(rebuild_on, packs=self.vocabulary),
                progress=progress,
            )
        self._clock = clock or SystemClock()
        self._questions = QuestionLog(self._engine, self._clock)
        self._logs_questions = question_log
        inline = Runner(vocabulary=self.vocabulary)
        self.recorder = SqlRecorder(self._engine, self._clock, inline, later=require_new_ids)
        if read_models is not None:
            self._keep_as(read_models, create=create)
        self.key_file = Path(signing_key) if signing_key else key_beside(self._engine)
        if create and self.key_file is not None:
            begin_signing(self.recorder, self._clock, self.key_file, origin=origin)

    def recording_by(self, who: str) -> Self:
        """Return this store as `who` records in it; both are closed together."""
        if not who.strip() or not who.isprintable() or len(who) > _NAME_MAX:
            told = f"say who records, in 1 to {_NAME_MAX} characters on one line"
            raise BadInput(told, place="by")
        named = copy(self)
        named.recorded_by = who.strip()
        return named

    def __enter__(self) -> Self:
        """Return itself: `with Timeline(...) as timeline`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def import_bundle(self, bundle: Bundle, *, dry_run: bool = False) -> Imported:
        """Record every item of a bundle that is not recorded yet: all of them or none."""
        return import_bundle(
            self.recorder,
            bundle,
            recorded_by=self.recorded_by,
            dry_run=dry_run,
            packs=self.vocabulary,
        )

    @logged
    def issuers(self, **clocks: Unpack[ClockArguments]) -> Answer:
        """Return the issuers on record by `as_at`; what they are called has no other date."""
        with self._snapshot(clocks) as (connection, asked):
            return Answer(asked, issuers_at(connection, as_at=asked.position))

    @logged
    def issuer(self, issuer: str, **clocks: Unpack[ClockArguments]) -> Answer:
        """Return one issuer, found by id, name or alias."""
        answer = self.issuers(**clocks)
        found = find_issuer(issuer, answer.items)
        return Answer(answer.asked, [i for i in answer.items if i["issuer"] == found])

    @logged
    def programs(
        self,
        issuer: str,
        program: str | None = None,
        *,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return the status of the issuer's programs, or of one."""

        def read(connection: Connection, at: Clocks, of: str, one: str | None) -> list[Row]:
            return programs_at(connection, of, clocks=at, program=one, explain=explain)

        return self._answered(clocks, read, issuer, program, why=explain)

    @logged
    def milestones(
        self,
        issuer: str,
        program: str | None = None,
        *,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return expected against actual, one row per milestone."""

        def read(connection: Connection, at: Clocks, of: str, one: str | None) -> list[Row]:
            return milestones_at(connection, of, clocks=at, program=one, explain=explain)

        return self._answered(clocks, read, issuer, program)

    @logged
    def statements(
        self, issuer: str, program: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return the register of statements about the future, each with its verdict."""

        def read(connection: Connection, at: Clocks, of: str, one: str | None) -> list[Row]:
            return statements_at(connection, of, clocks=at, program=one)

        return self._answered(clocks, read, issuer, program)

    @logged
    def facts(
        self,
        issuer: str,
        *,
        subject: str | None = None,
        explain: bool = True,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return what held about every subject, or about one, with the events behind it.

        Without `explain` the overridden events are left out, and a long history is not read whole.
        """

        def read(connection: Connection, at: Clocks, of: str, _: str | None) -> list[Row]:
            return facts_at(connection, of, clocks=at, subject=subject, explain=explain)

        return self._answered(clocks, read, issuer, why=explain)

    @logged
    def documents(
        self, issuer: str, *, document: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return what had been published by then."""
        return self._documents(self.asked(**clocks), issuer, document)

    @logged
    def document(
        self, document: str, *, issuer: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return one document by its id; an id that several issuers use needs the issuer."""
        asked = self.asked(**clocks)
        of = issuer or issuer_of_document(self.recorder, document, asked.position)
        answer = self._documents(asked, of, document)
        if not answer.items:
            raise NotFound(f"no document {document!r} was public by then", place="id")
        return answer

    def _documents(self, asked: Asked, issuer: str, document: str | None) -> Answer:
        def read(connection: Connection, of: str, _: str | None) -> list[Row]:
            return documents_at(connection, of, clocks=asked.clocks, document=document)

        return self._opened(asked, read, issuer)
