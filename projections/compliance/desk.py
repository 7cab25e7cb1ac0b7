"""The release desk: a draft held against the rules, and against all that was public before it.

This file holds no table, and keeps nothing of the draft.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from projections.compliance.deciding import TEXT_DECIDERS, findings
from projections.compliance.evidence import Evidence, Published
from projections.compliance.reading import text_read
from projections.compliance.recorded import evidence_at
from projections.compliance.rule import rules
from projections.milestones import statement_told
from projections.programs import program_descriptions
from timeline.bitemporal import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from projections.compliance.finding import Finding
    from projections.compliance.reading import TextRead
    from timeline.bitemporal import Clocks
    from timeline.intake.names import Names
    from timeline.packs import Vocabulary

    Row = dict[str, Any]

RELEASE = "news release"
_EVE = timedelta(days=1)
_OF_WORDS = ("US-PSLRA-01", "US-PSLRA-03", "US-PSLRA-04", "US-THIRD-PARTY", "US-SK-10B")
_OF_RECORD = ("CA-4A2", "PC-01")
_ID = 12
_PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is published: its bytes, and what is told beside them.

    `published` is the day it is to come out, EDTF; `name` that of its file; `kind` what sort of
    document it is; `fiscal_year_end` is MM-DD.
    """

    data: bytes
    published: str
    name: str | None = None
    kind: str = RELEASE
    fiscal_year_end: str | None = None

    @property
    def on(self) -> date:
        """The last day it may come out on; raises BadInput without one."""
        from timeline.intake.drafts.proposing import published_by  # noqa: PLC0415  # loads it all

        return published_by(self.published)

    @property
    def eve(self) -> date:
        """The day before: what was public by then is what it is held against."""
        return self.on - _EVE


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What a draft is held against: what was public, and what the programs are called and are."""

    evidence: Evidence
    names: Names | None = None
    described: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def has_programs(self) -> bool:
        """Whether a program is known by name; those of the text are guessed without."""
        return any(one.kind == _PROGRAM for one in self.names.named) if self.names else False


@dataclass(frozen=True, slots=True)
class DraftRead:
    """A draft as it was read, and as the document in hand."""

    document: Published
    text: TextRead


def desk_rules() -> tuple[str, ...]:
    """Return the rules that a draft is held against, in their order."""
    wanted = {*_OF_WORDS, *_OF_RECORD, *TEXT_DECIDERS}
    return tuple(name for name in rules() if name in wanted)


def on_record(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    names: Names | None,
    packs: Vocabulary,
) -> OnRecord:
    """Return what is on record of `issuer` at the clocks, `names` being what it is found by."""
    evidence = evidence_at(connection, issuer, clocks=clocks, packs=packs)
    return OnRecord(evidence, names, program_descriptions(connection, issuer, as_at=clocks.as_at))


def nothing_on_record(issuer: str, draft: Draft, packs: Vocabulary) -> OnRecord:
    """Return what a draft of an issuer is held against of which nothing is known."""
    return OnRecord(Evidence(issuer, draft.eve, (), (), (), (), {}, {}, packs))


def read_draft(draft: Draft, record: OnRecord) -> DraftRead:
    """Read a draft; raises BadInput for a document, a day or a year's end that cannot be read."""
    from timeline.intake.documents.reading import read_document  # noqa: PLC0415  # loads it all
    from timeline.intake.drafts.proposing import month_and_day  # noqa: PLC0415
    from timeline.intake.legend.whole import read_whole  # noqa: PLC0415
    from timeline.intake.names import names_completed, names_guessed  # noqa: PLC0415

    end, vocabulary = month_and_day(draft.fiscal_year_end), record.evidence.vocabulary
    document = read_document(draft.data, name=draft.name or "")
    text, known = document.text, record.names
    names = names_guessed(text) if known is None else names_completed(known, text)
    how: dict[str, Any] = {"published_on": draft.on, "names": names, "vocabulary": vocabulary}
    whole = read_whole(document, **how, fiscal_year_end=end)
    read = text_read(document, whole, **how, described=record.described, fiscal_year_end=end)
    return DraftRead(_published(draft, document.digest), read)


def _published(draft: Draft, digest: str) -> Published:
    return Published(
        id=f"draft-{digest[:_ID]}",
        published=Window(draft.on, draft.on, draft.published),
        kind=draft.kind,
        publisher=None,
        title=draft.name,
        sha256=hashlib.sha256(draft.data).hexdigest(),
        own=True,
    )


def checked(draft: DraftRead, record: OnRecord, wanted: Collection[str] = ()) -> list[Row]:
    """Return what the rules come to on a draft; `wanted` names some of those of the desk."""
    held = replace(record.evidence, document=draft.document, text=draft.text)
    return [checked_row(one) for one in findings(held, wanted or desk_rules())]


def said_before(record: OnRecord, rows: Iterable[Row]) -> list[Row]:
    """Return the statements on record that decided any of the rows, as answers tell them."""
    named = {one for row in rows for one in row["because"]}
    made = (one for one in record.evidence.judged if one.statement.id in named)
    return [statement_told(one) for one in made]


def checked_row(finding: Finding) -> Row:
    """Return a finding on a draft; spans are in code points of its text."""
    rule, found = finding.rule, finding.found
    return {
        "rule": rule.id,
        "result": found.result.value,
        "span": found.span and {"start": found.span.start, "end": found.span.end},
        "text": found.text,
        "why": found.why,
        "because": list(found.because),
        "version": rule.version,
        "title": rule.title,
        "severity": rule.severity,
    }
