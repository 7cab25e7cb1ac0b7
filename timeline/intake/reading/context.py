"""Context: all that the reading of one document goes by, made once before its sentences."""

from __future__ import annotations

import re
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

_OPENING = 8  # code points within which a paragraph about a program names it
_PLACED = 6  # code points before a name in which "at" makes a place of it
_RUN_IN = 60  # code points that a heading has at most
_RUN_IN_HEAD = re.compile(r"(?:\d{1,2}\.\s)?[^.\n]{3,50}[.:](?=\s)")
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
    main_program: str | None
    paragraphs: tuple[Span, ...]

    def section_of(self, span: Span) -> Section | None:
        """Return the section that holds the start of `span`."""
        at = bisect_right(
            self.document.sections, span.start, key=lambda section: section.span.start
        )
        return self.document.sections[at - 1] if at else None

    def program_of(self, clause: Span, sentence: Span, condition: Span | None = None) -> str | None:
        """Return the program a clause names, or the one it is about without naming it.

        What is said of the company as a whole is about none, under whatever condition.
        """
        named = self._named(clause, condition)
        headed = self.subjects.program_of_section(sentence) or self._topic(sentence)
        if named and not (headed and self._only_places(clause)):
            return headed if headed in named else named[0]
        if headed is not None:
            return headed
        if self._heads(sentence, "corporate_heads"):
            return None
        return self._conditional(condition) or self._about(sentence)

    def _conditional(self, condition: Span | None) -> str | None:
        named = self.subjects.programs_named(condition) if condition is not None else ()
        return named[0] if named else None

    def _about(self, sentence: Span) -> str | None:
        """Return the program spoken of last or throughout, unless it is said of the company."""
        if self.lexicon.grammar["corporate"].finds(self.view.outer, sentence):
            return None
        return self.subjects.program_of(sentence) or self.main_program

    def _named(self, clause: Span, condition: Span | None) -> tuple[str, ...]:
        """Return what a clause names, not in its condition if it does so elsewhere or has one."""
        if condition is None:
            return tuple(self.subjects.programs_named(clause))
        before = self.subjects.programs_named(Span(clause.start, condition.start))
        behind = self.subjects.programs_named(Span(condition.end, max(condition.end, clause.end)))
        return (*before, *behind)

    def _only_places(self, clause: Span) -> bool:
        """Whether all programs that a clause names are only where something is done: "at ..."."""
        named = [m for m in within(self.view.mentions, clause) if m.kind is NameKind.PROGRAM]
        before = (self.view.text[max(0, m.span.start - _PLACED) : m.span.start] for m in named)
        return all(words.split()[-1:] in (["at"], ["near"]) for words in before)

    def _heads(self, sentence: Span, name: str) -> bool:
        """Whether such words begin the paragraph of a sentence, or are the line above it."""
        number = self._paragraph(sentence)
        return any(
            self.lexicon.grammar[name].finds(self.view.outer, head)
            for head in (self._run_in(self.paragraphs[number].start), self._line_above(number))
        )

    def _run_in(self, start: int) -> Span:
        """Return the first words of a paragraph, to the end of what heads it: "5. Credit line."."""
        text = self.view.outer[start : start + _RUN_IN]
        heading = _RUN_IN_HEAD.match(text)
        return Span(start, start + (heading.end() if heading else 0))

    def _line_above(self, number: int) -> Span:
        """Return the heading above a paragraph, or an empty span."""
        end = self.paragraphs[number - 1].end if number else 0
        begin = self.view.text.rfind("\n", 0, end) + 1
        is_heading = end - begin <= _RUN_IN and self.view.text[end - 1 : end] not in {".", ":"}
        return Span(begin, end) if is_heading else Span(end, end)

    def paragraph(self, sentence: Span) -> Span:
        """Return the paragraph in which a sentence begins."""
        return self.paragraphs[self._paragraph(sentence)]

    def _paragraph(self, sentence: Span) -> int:
        return bisect_right(self.paragraphs, sentence.start, key=lambda one: one.start) - 1

    def _topic(self, sentence: Span) -> str | None:
        """Return the program that the paragraph of a sentence opens with."""
        start = self.paragraph(sentence).start
        named = self.subjects.programs_named(Span(start, start + _OPENING))
        return named[0] if named else None

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
