"""Context: all that the reading of one document goes by, made once before its sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.names import NameKind
from timeline.intake.reading.view import within
from timeline.intake.span import Span

if TYPE_CHECKING:
    from datetime import date

    from timeline.intake.documents import Document, Section
    from timeline.intake.names import Names, Subjects
    from timeline.intake.reading.grammar import Grammar
    from timeline.intake.reading.lexicon import Lexicon
    from timeline.intake.reading.speakers import Speakers
    from timeline.intake.reading.view import View
    from timeline.packs.vocabulary import Vocabulary

_BACK = 700  # code points before a clause in which "this trial" may have been said which


@dataclass(frozen=True, slots=True)
class Context:
    """One document, its masked text, and what it is read by."""

    document: Document
    published_on: date
    view: View
    lexicon: Lexicon
    grammar: Grammar
    subjects: Subjects
    speakers: Speakers
    names: Names
    vocabulary: Vocabulary

    def section_of(self, span: Span) -> Section | None:
        """Return the section that holds the start of `span`."""
        at = bisect_right(
            self.document.sections, span.start, key=lambda section: section.span.start
        )
        return self.document.sections[at - 1] if at else None

    def program_of(self, clause: Span, sentence: Span) -> str | None:
        """Return the program a clause names, else the one its sentence is about."""
        named = self.subjects.programs_named(clause)
        about = self.subjects.program_of(sentence)
        return about if not named or about in named else named[0]

    def issuer(self) -> str | None:
        """Return the name the issuer goes by."""
        return next((n.names[0] for n in self.names.named if n.kind is NameKind.ISSUER), None)

    def facts_near(self, clause: Span, sentence: Span) -> dict[str, str]:
        """Return what fact cues say in the clause, else in its sentence, else nearest before it."""
        finder = self.lexicon.cues.get("fact")
        if finder is None:
            return {}
        told: dict[str, str] = {}
        for span in (clause, sentence):
            for one in finder.finds(self.view.outer, span):
                told.setdefault(one.key.cue.name, str(one.key.cue.value))
        section = self.section_of(clause)
        start = max(section.span.start if section else 0, clause.start - _BACK)
        for one in reversed(finder.finds(self.view.outer, Span(start, max(start, clause.start)))):
            told.setdefault(one.key.cue.name, str(one.key.cue.value))
        return told

    def amounts_in(self, span: Span) -> list[dict[str, object]]:
        """Return the amounts of money of a stretch, as events have them."""
        return [one.told() for one in within(self.view.amounts, span)]
