"""Matter: what a statement, an item of a list or a caution speaks of, to be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from timeline.intake.draft import DraftWindow
from timeline.intake.legend.shortened import shortened
from timeline.intake.legend.stems import stems
from timeline.intake.legend.words import level, pattern
from timeline.intake.names import NameKind, Subjects, masked
from timeline.intake.reading.lexicon import lexicon
from timeline.intake.reading.view import view, within
from timeline.intake.span import Span
from timeline.intake.windows import read_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from timeline.intake.documents import Document
    from timeline.intake.draft import Draft
    from timeline.intake.names import Names
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Spoken
    from timeline.packs import Vocabulary

_PROJECTION = "projection"
# A time may begin before the part it stands in: "statements about | 2022 guidance".
_BEFORE = 16
_JOINT = re.compile(r",|\sand\s")
_CONDITION = r"\b<conditions>\b"


@dataclass(frozen=True, slots=True)
class Matter:
    """What the words at `span` speak of.

    `milestones` are those they name, `perhaps` all that they may mean; `condition` is where they
    say what it hangs on; `stems` are its words without names, times and what every release says,
    `around` those of the sentence and the heading, `joined` of each thing that commas or "and"
    join.
    `projects` is whether it is said to be a figure to come.
    """

    span: Span
    programs: frozenset[str]
    parties: frozenset[str]
    milestones: frozenset[str]
    perhaps: frozenset[str]
    window: DraftWindow | None
    condition: Span | None
    stems: frozenset[str]
    around: frozenset[str] = frozenset()
    amounts: bool = False
    joined: tuple[frozenset[str], ...] = ()
    projects: bool = False


class Ground:
    """A document with what is on record, from which matters are told; made once for a document."""

    def __init__(
        self,
        document: Document,
        *,
        names: Names,
        vocabulary: Vocabulary,
        published_on: date,
        fiscal_year_end: tuple[int, int] | None = None,
    ) -> None:
        self.document = document
        self.flat = level(document.text)
        self._subjects = Subjects(document, shortened(names, self.flat))
        readings = read_windows(
            masked(document.text, self._subjects.mentions),
            said_on=published_on,
            fiscal_year_end=fiscal_year_end,
        )
        days = [reading for reading in readings if reading.window is not None]
        self._view = view(document.text, self._subjects.mentions, days)
        self._lexicon = lexicon(vocabulary.cues)
        self.labels = {name: str(m["label"]) for name, m in vocabulary.milestones.items()}

    def matter(self, span: Span, *, whole: bool = False) -> Matter:
        """Return what a part of the legend speaks of; `whole` is with what it hangs on."""
        condition = None if whole else self._condition(span)
        milestones = self._milestones(span, condition)
        return Matter(
            span=span,
            programs=self._named(span, NameKind.PROGRAM) or self._of_parties(span),
            parties=self._named(span, NameKind.PARTNER),
            milestones=milestones,
            perhaps=milestones,
            window=self._window(span),
            condition=condition,
            stems=self._stems_without(span, condition),
            joined=self._joined(span),
            amounts=bool(within(self._view.amounts, span)),
        )

    def matter_of(self, draft: Draft) -> Matter:
        """Return what a draft's statement speaks of, its sentence and its heading around it."""
        sentence = self._sentence(draft.span)
        found = self.matter(draft.span)
        milestones = {draft.milestone} if draft.milestone else set()
        return Matter(
            span=draft.span,
            programs=frozenset({draft.program} if draft.program else ()),
            parties=self._named(sentence, NameKind.PARTNER),
            milestones=frozenset(milestones),
            perhaps=found.milestones,
            window=draft.window or found.window,
            condition=found.condition or (draft.span if draft.condition else None),
            stems=found.stems,
            around=self._stems(sentence) | stems(self._heading(draft.span)),
            amounts=found.amounts,
            projects=draft.type == _PROJECTION,
        )

    def _named(self, span: Span, kind: NameKind) -> frozenset[str]:
        return frozenset(m.id for m in self._subjects.named_in(span) if m.kind is kind)

    def _of_parties(self, span: Span) -> frozenset[str]:
        """Return the one program that the party named here is spoken of with elsewhere."""
        found = [
            self._with.get(party, frozenset()) for party in self._named(span, NameKind.PARTNER)
        ]
        return found[0] if len(found) == 1 and len(found[0]) == 1 else frozenset()

    @cached_property
    def _with(self) -> Mapping[str, frozenset[str]]:
        """For each party the programs of the sections and sentences that name it."""
        found: dict[str, set[str]] = {}
        for mention in self._subjects.mentions:
            program = self._subjects.program_of_section(mention.span)
            if mention.kind is NameKind.PARTNER and program is not None:
                found.setdefault(mention.id, set()).add(program)
        return {party: frozenset(programs) for party, programs in found.items()}

    def _milestones(self, span: Span, condition: Span | None) -> frozenset[str]:
        """Return the milestones a stretch may speak of, its condition left out."""
        finder = self._lexicon.cues.get("milestone")
        found = finder.finds(self._view.outer, span) if finder else ()
        near = self._facts(span)
        return frozenset(
            one.key.cue.name
            for one in found
            if not (condition and condition.overlaps(one.span)) and self._fits(one, span, near)
        )

    def _fits(self, found: Found[Spoken], span: Span, near: Mapping[str, set[str]]) -> bool:
        """Whether nothing that is said near by speaks against it."""
        cue, unless = found.key.cue, found.key.unless
        agrees = all(not near.get(fact) or value in near[fact] for fact, value in cue.needs)
        return agrees and not unless.finds(self._view.outer, span)

    def _facts(self, span: Span) -> dict[str, set[str]]:
        finder = self._lexicon.cues.get("fact")
        told: dict[str, set[str]] = {}
        for one in finder.finds(self._view.outer, span) if finder else ():
            told.setdefault(one.key.cue.name, set()).add(str(one.key.cue.value))
        return told

    def _window(self, span: Span) -> DraftWindow | None:
        return next(self._windows(span), None)

    def _windows(self, span: Span) -> Iterator[DraftWindow]:
        near = Span(max(0, span.start - _BEFORE), span.end)
        for reading in within(self._view.readings, near):
            w = reading.window
            if w is not None and reading.span.end > span.start:
                yield DraftWindow(w.earliest, w.latest, w.edtf, reading.words, w.policy or "")

    def _condition(self, span: Span) -> Span | None:
        """Return where a stretch says what it hangs on: to the next comma or the end."""
        for found in pattern(_CONDITION).finditer(self.flat, span.start, span.end):
            if not self._is_time(found.end()) and found.end() < span.end:
                comma = self.flat.find(",", found.end(), span.end)
                return Span(found.start(), comma if comma > 0 else span.end)
        return None

    def _is_time(self, at: int) -> bool:
        """Whether days are named right there: "after 30 June" is no condition."""
        near = within(self._view.readings, Span(at - 12, at + 5))
        return any(reading.window is not None for reading in near)

    def _stems(self, span: Span) -> frozenset[str]:
        return stems(level(span.of(self._view.masked)))

    def _stems_without(self, span: Span, condition: Span | None) -> frozenset[str]:
        if condition is None:
            return self._stems(span)
        before, behind = Span(span.start, condition.start), Span(condition.end, span.end)
        return self._stems(before) | self._stems(behind)

    def _joined(self, span: Span) -> tuple[frozenset[str], ...]:
        cuts = [(m.start(), m.end()) for m in _JOINT.finditer(self.flat, span.start, span.end)]
        starts = [span.start, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), span.end]
        return tuple(self._stems(Span(a, b)) for a, b in zip(starts, ends, strict=True) if a < b)

    def _sentence(self, span: Span) -> Span:
        sentences = self.document.sentences
        at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        return sentences[at] if at >= 0 and sentences[at].overlaps(span) else span

    def _heading(self, span: Span) -> str:
        sections = self.document.sections
        at = bisect_right(sections, span.start, key=lambda s: s.span.start) - 1
        return level(sections[at].heading or "") if at >= 0 else ""
