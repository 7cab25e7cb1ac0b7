"""The release desk, as a Python library: a draft held against the rules before it is published.

with Timeline("sqlite:///timeline.db") as timeline:
found = timeline.check(text, "migenix", published="2008-09-15")
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer
from api.asking import Asking
from api.extracting import Extracting
from api.extraction import as_bytes, guessed
from api.opened import opened
from projections.compliance import rule_of
from projections.compliance.desk import (
    RELEASE,
    Draft,
    checked,
    desk_rules,
    nothing_on_record,
    on_record,
    read_draft,
    said_before,
)
from timeline.errors import BadInput
from timeline.packs import all_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from api.clocks import ClockArguments
    from projections.compliance.desk import OnRecord

    Row = dict[str, Any]

_FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules come to on a draft, one row each in `items`; nothing of it is kept.

    `clocks` are those its record was asked at, {} without a store. `form` is text, html or pdf;
    spans are in code points of `text`, which of html and pdf is not the file's. `public` has the
    statements on record that decided any row, with their windows.
    """

    issuer: str
    published: str
    digest: str
    form: str
    text: str
    warnings: list[str]
    items: list[Row]
    public: list[Row]
    clocks: Row

    @property
    def fails(self) -> bool:
        """Whether anything ends in fail."""
        return any(row["result"] == _FAIL for row in self.items)

    def body(self) -> Row:
        """Return the answer as a JSON object; the text of the draft is not in it."""
        told = ("issuer", "published", "digest", "form", "warnings", "items", "public")
        return {**self.clocks, **{name: getattr(self, name) for name in told}}


class Checking(Asking, Extracting):
    """What an open store says of a draft."""

    def check(
        self,
        data: bytes | str,
        issuer: str,
        *,
        published: str,
        name: str | None = None,
        kind: str = RELEASE,
        fiscal_year_end: str | None = None,
        rules: Sequence[str] = (),
        **clocks: Unpack[ClockArguments],
    ) -> Checked:
        """Hold a draft against the rules, and against what was public by the eve of `published`.

        The draft is text, HTML or PDF; `published` is the day it is to come out, EDTF; `name` is
        that of its file, `kind` what sort of document it is. `rules` names some of those of the
        desk. The clocks are asked at the eve of publication unless stated. Nothing of the draft is
        kept, in the log of questions neither. Raises as `extract` does, and NotFound for a rule
        that is not there.
        """
        draft = Draft(as_bytes(data), published, name, kind, fiscal_year_end)
        wanted = _wanted(rules)
        if clocks.get("as_of") is None:
            clocks["as_of"] = draft.eve
        asked = self.asked(**clocks)
        known = self._on_record(issuer, must_be=False, as_at=asked.position)
        if known.names is None:
            record = nothing_on_record(known.issuer, draft, self.vocabulary)
            return replace(_checked(draft, record, wanted), clocks=asked.texts())
        with self.recorder.begin_read() as connection:
            record = on_record(
                connection,
                known.issuer,
                clocks=asked.clocks,
                names=known.names,
                packs=self.vocabulary,
            )
            end = fiscal_year_end or known.fiscal_year_end
            found = _checked(replace(draft, fiscal_year_end=end), record, wanted)
            public = [one | {"position": asked.position} for one in found.public]
            told = opened(connection, Answer(asked, found.items, more={"public": public}))
        return replace(found, items=told.items, **told.more, clocks=asked.texts())


def check(
    data: bytes | str,
    issuer: str,
    *,
    published: str,
    name: str | None = None,
    kind: str = RELEASE,
    fiscal_year_end: str | None = None,
    rules: Sequence[str] = (),
    packs: Iterable[Path | str] = (),
) -> Checked:
    """Hold a draft against the rules where there is no store, so against nothing said before.

    The arguments are those of `Timeline.check`, and it raises as that does.
    """
    draft = Draft(as_bytes(data), published, name, kind, fiscal_year_end)
    return _checked(draft, nothing_on_record(issuer, draft, all_vocabulary(packs)), _wanted(rules))


def _wanted(rules: Sequence[str]) -> frozenset[str]:
    """Return the rules that are asked for; raises NotFound and BadInput naming those there are."""
    wanted = frozenset(rule_of(name).id for name in rules)
    others = sorted(wanted - frozenset(desk_rules()))
    if others:
        told = f"{others[0]} is not held against a draft; {', '.join(desk_rules())} are"
        raise BadInput(told, place="rule")
    return wanted


def _checked(draft: Draft, record: OnRecord, wanted: frozenset[str]) -> Checked:
    read = read_draft(draft, record)
    document, issuer = read.text.document, record.evidence.issuer
    rows = checked(read, record, wanted)
    return Checked(
        issuer=issuer,
        published=draft.published,
        digest=document.digest,
        form=document.kind,
        text=document.text,
        warnings=_warnings(issuer, record),
        items=rows,
        public=said_before(record, rows),
        clocks={},
    )


def _warnings(issuer: str, record: OnRecord) -> list[str]:
    if record.names is None:
        return [guessed(issuer)]
    if not record.has_programs:
        return [f"no program of {issuer!r} is on record, so the names of its programs are guessed"]
    return []
