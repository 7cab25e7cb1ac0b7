"""Reading drafts: the statements and events of a document, found and told with the reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.names import Subjects, masked
from timeline.intake.reading.clauses import clauses
from timeline.intake.reading.context import Context
from timeline.intake.reading.facts import facts_in, references_in
from timeline.intake.reading.grammar import Grammar
from timeline.intake.reading.lexicon import lexicon
from timeline.intake.reading.speakers import Speakers
from timeline.intake.reading.spoken import said_in
from timeline.intake.reading.statements import statement_in
from timeline.intake.reading.view import view
from timeline.intake.windows import read_windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.intake.documents import Document
    from timeline.intake.draft import Draft
    from timeline.intake.names import Names
    from timeline.intake.span import Span
    from timeline.packs.vocabulary import Vocabulary

_SILENT = ("masthead", "contacts", "signature")
_REFERRING = ("legend", "disclaimer")


def read_drafts(
    document: Document,
    *,
    published_on: date,
    names: Names,
    vocabulary: Vocabulary,
    fiscal_year_end: tuple[int, int] | None = None,
) -> tuple[Draft, ...]:
    """Return what `document` says will happen and what it says did, in the order of its text.

    `published_on` is the calendar day its words about time are read from; `fiscal_year_end` the
    month and day the issuer's year ends, where that is on record. Spans are in code points of
    `document.text`. Nothing is read from a clock, a file or a store: the same arguments give the
    same drafts, ids included.
    """
    context = _context(document, published_on, names, vocabulary, fiscal_year_end)
    found = {
        draft.id: draft for sentence in document.sentences for draft in _read(context, sentence)
    }
    return tuple(sorted(found.values(), key=lambda draft: (draft.span, draft.kind, draft.type)))


def _context(
    document: Document,
    published_on: date,
    names: Names,
    vocabulary: Vocabulary,
    fiscal_year_end: tuple[int, int] | None,
) -> Context:
    subjects = Subjects(document, names)
    readings = read_windows(
        masked(document.text, subjects.mentions),
        said_on=published_on,
        fiscal_year_end=fiscal_year_end,
    )
    words = lexicon(vocabulary.cues)
    return Context(
        document=document,
        published_on=published_on,
        view=view(document.text, subjects.mentions, readings),
        lexicon=words,
        grammar=Grammar(words),
        subjects=subjects,
        speakers=Speakers(document.text),
        names=names,
        vocabulary=vocabulary,
    )


def _read(context: Context, sentence: Span) -> Iterator[Draft]:
    section = context.section_of(sentence)
    role = section.name if section is not None else "body"
    if role in _SILENT:
        return
    yield from references_in(context, sentence)
    if role in _REFERRING or context.grammar.is_boilerplate(context.view, sentence):
        return
    for clause in clauses(context.view, sentence, context.grammar):
        said = said_in(context, clause, sentence)
        facts = facts_in(context, said)
        yield from facts
        statement = statement_in(context, said, told=bool(facts))
        if statement is not None:
            yield statement
