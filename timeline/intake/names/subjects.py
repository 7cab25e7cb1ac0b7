"""Subjects: which program each sentence of a document is about, named in it or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from timeline.intake.documents.lines import paragraphs
from timeline.intake.names.mention import Mention, NameKind

if TYPE_CHECKING:
    from timeline.intake.documents.document import Document, Section
    from timeline.intake.names.names import Names
    from timeline.intake.span import Span


class Subjects:
    """The programs a document speaks of, sentence by sentence.

    "This program", "the compound" or nothing at all stand for the program of the section, or for
    the one last named in the paragraph.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self.mentions: tuple[Mention, ...] = tuple(names.mentions(document.text))
        self._starts = [mention.span.start for mention in self.mentions]
        self._sections = document.sections
        self._section_starts = [section.span.start for section in document.sections]
        self._headed = [self._of_heading(section, names) for section in document.sections]
        self._paragraphs = [lines[0].span.start for lines in paragraphs(document.text)]

    @staticmethod
    def _of_heading(section: Section, names: Names) -> str | None:
        found = names.mentions(section.heading or "")
        return next((m.id for m in found if m.kind is NameKind.PROGRAM), None)

    def named_in(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that begin within `span`, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self.mentions[first:last]

    def programs_named(self, sentence: Span) -> tuple[str, ...]:
        """Return the ids of the programs that `sentence` names, each once, in order."""
        named = [m.id for m in self.named_in(sentence) if m.kind is NameKind.PROGRAM]
        return tuple(dict.fromkeys(named))

    def program_of(self, sentence: Span) -> str | None:
        """Return the program that `sentence` is about, or None.

        The one it names, and of several the one its section is about, else the first; where it
        names none the one its section is about; else the last one named before in the paragraph.
        """
        named, headed = self.programs_named(sentence), self.program_of_section(sentence)
        if headed is not None and (not named or headed in named):
            return headed
        return named[0] if named else self._named_before(sentence)

    def program_of_section(self, sentence: Span) -> str | None:
        """Return the program named in the heading of the section that holds `sentence`."""
        at = bisect_right(self._section_starts, sentence.start) - 1
        return self._headed[at] if at >= 0 else None

    def _named_before(self, sentence: Span) -> str | None:
        at = bisect_right(self._paragraphs, sentence.start) - 1
        since = self._paragraphs[at] if at >= 0 else 0
        for place in range(bisect_left(self._starts, sentence.start) - 1, -1, -1):
            mention = self.mentions[place]
            if mention.span.start < since:
                return None
            if mention.kind is NameKind.PROGRAM:
                return mention.id
        return None
