"""Reading documents, as a Python library: what a text says, as drafts that a person decides on.

with Timeline("sqlite:///timeline.db", recorded_by="ann") as timeline:
found = timeline.extract(text, "migenix", published="2008-07-08", save=True)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from api.extraction import Extraction, as_bytes, guessed
from api.names import find_issuer, issuer_names, near_misses
from api.recording import checked_key
from projections.documents import document_of_bytes
from projections.issuers import issuers_at
from projections.partners import partners_of
from projections.programs import program_names
from timeline.bitemporal import format_instant
from timeline.canonical import canonical_json
from timeline.errors import NotFound
from timeline.events import Kind, from_payload, stream_id
from timeline.intake.drafts import save as save_reading
from timeline.intake.drafts import told
from timeline.items import fold, item_of
from timeline.recorder import Idempotency, log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from timeline.intake.drafts import Reading, Saved
    from timeline.intake.names import Names
    from timeline.packs import Vocabulary
    from timeline.recorder import SqlRecorder

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of an issuer, as far as a reading needs it; `names` None: nothing is."""

    issuer: str
    names: Names | None = None
    fiscal_year_end: str | None = None

    @property
    def warnings(self) -> list[str]:
        """What is to be said of a reading that had no more to go by."""
        return [guessed(self.issuer)] if self.names is None else []


class Extracting:
    """What an open store does with a document."""

    recorder: SqlRecorder
    recorded_by: str
    vocabulary: Vocabulary

    def extract(
        self,
        data: bytes | str,
        issuer: str,
        *,
        published: str,
        name: str | None = None,
        fiscal_year_end: str | None = None,
        save: bool = False,
        document: str | None = None,
        key: str | None = None,
    ) -> Extraction:
        """Read a document, as text, HTML or PDF, and return its drafts; with `save` store them.

        `published` is the day it was published, in EDTF; its words about time are read from there.
        `issuer` is an id, name or alias: programs and partners on record are found by their names.
        Of an issuer that is not on record they are guessed, with a warning, and nothing is saved;
        a near miss raises NotFound. `fiscal_year_end` is MM-DD, where none is on record. `name` is
        that of the file.

        Saved are the document, under the id `document` unless its bytes are on record, and the
        drafts, in one transaction. The same words, in whatever rendition, add nothing. `key` is as
        for `record`.
        """
        from timeline.intake.drafts.proposing import propose  # noqa: PLC0415  # loads all of it

        sent = as_bytes(data)
        if save and (before := self._kept(key, sent, issuer, published, document)):
            return Extraction(**orjson.loads(before))
        known = self._on_record(issuer, must_be=save)
        reading = propose(
            sent,
            published=published,
            vocabulary=self.vocabulary,
            names=known.names,
            name=name,
            fiscal_year_end=fiscal_year_end or known.fiscal_year_end,
        )
        if not save:
            return Extraction.unsaved(known.issuer, reading, known.warnings)
        request = _request(key, sent, issuer, published, document)
        return self._save(known, replace(reading, document=document), request)

    def _kept(self, key: str | None, *asked: Any) -> bytes | None:
        """Return what was answered to this request before, if it has a key and was."""
        request = _request(key, *asked)
        before = None if request is None else self.recorder.answered(request)
        return None if before is None else before.answer

    def _on_record(self, issuer: str, *, must_be: bool) -> Known:
        """Look up what is on record; no question of this is ever logged, nor anything written."""
        with self.recorder.snapshot() as snapshot:
            connection, at = snapshot.connection, snapshot.reach().reached
            on_record = issuers_at(connection, as_at=at)
            try:
                of = find_issuer(issuer, on_record)
            except NotFound:
                if must_be or near_misses(issuer, issuer_names(on_record)):
                    raise
                return Known(issuer)
            called = issuer_names(on_record)[of]
            names = _names(
                of,
                called,
                program_names(connection, of, as_at=at),
                partners_of(connection, of, as_at=at),
            )
            return Known(of, names, _fiscal_year_end(connection, of, at))

    def _save(self, known: Known, reading: Reading, request: Idempotency | None) -> Extraction:
        def tell(connection: Connection, saved: Saved) -> bytes:
            return orjson.dumps(_saved(connection, known, reading, saved).body())

        def find(connection: Connection, sha256: str) -> str | None:
            return document_of_bytes(connection, known.issuer, sha256)

        answer = save_reading(
            self.recorder,
            known.issuer,
            reading,
            recorded_by=self.recorded_by,
            find=find,
            tell=tell,
            request=request,
        )
        return Extraction(**orjson.loads(answer))


def _request(key: str | None, sent: bytes, *asked: str | None) -> Idempotency | None:
    if key is None:
        return None
    said = canonical_json([hashlib.sha256(sent).hexdigest(), *asked])
    return Idempotency(checked_key(key), hashlib.sha256(said).hexdigest())


def _saved(connection: Connection, known: Known, reading: Reading, saved: Saved) -> Extraction:
    return Extraction(
        issuer=known.issuer,
        published=reading.published,
        digest=reading.digest,
        warnings=[],
        document=saved.document,
        added=saved.added,
        position=saved.position,
        recorded_at=format_instant(saved.recorded_at),
        items=list(_drafts(connection, known.issuer, saved.drafts)),
    )


def _drafts(connection: Connection, issuer: str, drafts: Iterable[str]) -> Iterator[Row]:
    """Yield the drafts of these ids as the log has them now: the read models may be behind it."""
    streams = [stream_id(issuer, draft, Kind.DRAFT) for draft in drafts]
    for records in log.by_stream(connection, streams).values():
        now = fold(from_payload(r.topic, r.payload) for r in records).current
        if now is not None:
            yield {"issuer": issuer, **told(item_of(now)), "position": records[-1].position}


def _names(
    issuer: str, called: Iterable[str], programs: Mapping[str, list[str]], partners: Iterable[str]
) -> Names:
    """Return the names of the issuer, its programs and its partners, to be found in a text."""
    from timeline.intake.names import Named, NameKind, Names  # noqa: PLC0415

    named = [Named(NameKind.ISSUER, issuer, _called(issuer, called))]
    named += [Named(NameKind.PROGRAM, one, _called(one, names)) for one, names in programs.items()]
    return Names([*named, *(Named(NameKind.PARTNER, name, (name,)) for name in partners)])


def _called(identifier: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (*names, identifier) if name))


def _fiscal_year_end(connection: Connection, issuer: str, at: int) -> str | None:
    """Return when the issuer's fiscal year ends, by the log: no question needs it but a reading."""
    stream = stream_id(issuer, issuer, Kind.ISSUER)
    records = log.by_stream(connection, [stream], at)[stream]
    now = fold(from_payload(r.topic, r.payload) for r in records).current
    return None if now is None else now.facts.get("fiscal_year_end")
