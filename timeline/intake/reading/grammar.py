"""Grammar: where a clause may end and the next begin, told by joining words and by verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.reading.clauses import Link
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.reading.lexicon import Lexicon
    from timeline.intake.reading.view import View

_ROW = re.compile(r"\||\t|\S {3,}\S")
_PROSE = 7  # words of a sentence at least
_AHEAD = 90  # code points in which a clause that begins must show its verb
_INTERPOSED = 130


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a lexicon that tell how sentences are built."""

    lexicon: Lexicon

    def is_row(self, view: View, sentence: Span) -> bool:
        """Whether it is a row of a table or a line without a verb: one thing said."""
        return bool(_ROW.search(sentence.of(view.masked))) or not self.has_verb(
            view.outer, sentence
        )

    def has_verb(self, text: str, within: Span) -> bool:
        """Whether a finite verb stands in `within`."""
        return self._has("finite", text, within)

    def may_end(self, view: View, piece: Span, how: Link) -> bool:
        """Whether what was said up to here is whole."""
        return how is Link.NONE or self.has_verb(view.outer, piece)

    def is_prose(self, view: View, sentence: Span) -> bool:
        """Whether it is a whole sentence, as no line of an address is."""
        words = sentence.of(view.outer).split()
        return (
            len(words) >= _PROSE and words[-1][-1] in '.”"' and self.has_verb(view.outer, sentence)
        )

    def is_boilerplate(self, view: View, sentence: Span) -> bool:
        """Whether it is one of the sentences that every release has and that say nothing."""
        return self._has("boilerplate", view.outer, sentence)

    def joints(self, view: View, sentence: Span) -> Iterator[tuple[int, int, Link]]:
        """Yield where a joining word may begin a clause: its start, the clause's, and the link."""
        for found in self.lexicon.grammar["joining"].finds(view.outer, sentence):
            how = self._begun(view.outer, found.span.end, sentence.end)
            if how is not None:
                yield found.span.start, found.span.end, how
        for name, keeps in (("relative", True), ("absolute", True), ("reporting", False)):
            for found in self.lexicon.grammar[name].finds(view.outer, sentence):
                start = found.span.start if keeps else found.span.end
                if name == "reporting" or self._parted(view.outer, found.span.start):
                    yield start, start, Link.JOINED

    def led(self, view: View, span: Span) -> Span:
        """Return `span` without the words that only lead over to it: "and", "in addition"."""
        found = self.lexicon.grammar["leading"].finds(view.outer, span)
        start = span.start
        for one in found:
            if one.span.start != start:
                break
            rest = view.outer[one.span.end : span.end]
            start = one.span.end + len(rest) - len(rest.lstrip(" ,"))
        return Span(start, span.end)

    def _parted(self, text: str, at: int) -> bool:
        """Whether a comma or a dash stands before `at`."""
        return text[max(0, at - 3) : at].rstrip(' "“')[-1:] in {",", "–", "—", "-"}  # noqa: RUF001

    def _begun(self, text: str, at: int, end: int) -> Link | None:
        """Tell how a clause begins at `at`: with a verb, with a subject and a verb, or not."""
        at = self._behind_interposed(text, at, end)
        ahead = Span(at, min(end, at + _AHEAD))
        if self._at("verb_begins", text, ahead):
            return Link.JOINED
        if self._at("act_begins", text, ahead):
            return Link.SHARED
        return Link.JOINED if self._at("subject_begins", text, ahead) else None

    def _behind_interposed(self, text: str, at: int, end: int) -> int:
        """Return the place behind ", with positive results,", or `at`."""
        if text[at : at + 1] != ",":
            return at
        comma = text.find(",", at + 1, min(end, at + _INTERPOSED))
        return comma + 1 if comma > 0 else at + 1

    def _at(self, name: str, text: str, ahead: Span) -> bool:
        first = len(text[ahead.start : ahead.end]) - len(
            text[ahead.start : ahead.end].lstrip(' ,"')
        )
        start = ahead.start + first
        return any(one.span.start == start for one in self.lexicon.grammar[name].finds(text, ahead))

    def _has(self, name: str, text: str, within: Span) -> bool:
        return bool(self.lexicon.grammar[name].finds(text, within))
