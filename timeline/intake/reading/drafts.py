"""Reading drafts: the statements and events of a document, found and told with the reason why."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from timeline.intake.names import Subjects, masked
from timeline.intake.reading.clauses import clauses
from timeline.intake.reading.context import Context
from timeline.intake.reading.dateline import dateline_in
from timeline.intake.reading.facts import fact_in, references_in
from timeline.intake.reading.grammar import Grammar
from timeline.intake.reading.lexicon import lexicon
from timeline.intake.reading.lists import Lists
from timeline.intake.reading.speakers import Speakers
from timeline.intake.reading.spoken import said_in
from timeline.intake.reading.statements import looks_ahead, statement_in
from timeline.intake.reading.times import fiscal_year_end as year_end_in
from timeline.intake.reading.view import view, without_lists
from timeline.intake.span import Span
from timeline.intake.windows import told_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.intake.documents import Document
    from timeline.intake.draft import Draft
    from timeline.intake.names import Names
    from timeline.packs.cues import Cue
    from timeline.packs.vocabulary import Vocabulary

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_SILENT = ("masthead", "contacts", "signature")
_HEAD = ("headline", "lead")
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
    found = {draft.id: draft for draft in _drafts(context)}
    return tuple(sorted(found.values(), key=lambda draft: (draft.span, draft.kind, draft.type)))


def _context(
    document: Document,
    published_on: date,
    names: Names,
    vocabulary: Vocabulary,
    year_end: tuple[int, int] | None,
) -> Context:
    subjects = Subjects(document, names)
    told = told_in(without_lists(masked(document.text, subjects.mentions)))
    year_end = year_end or year_end_in(document.text, told.readings(published_on))
    readings = told.readings(published_on, year_end)
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
        main_program=_main_program(document, subjects),
        paragraphs=_paragraphs(document.text),
    )


def _paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs, the first from the start on, without the white space behind them."""
    starts = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    pairs = itertools.pairwise(starts)
    return tuple(Span(start, start + len(text[start:end].rstrip())) for start, end in pairs)


def _main_program(document: Document, subjects: Subjects) -> str | None:
    """Return the one program that the head of a document names, if it names just one."""
    heads = [s.span for s in document.sections if s.name in _HEAD]
    named = {program for head in heads for program in subjects.programs_named(head)}
    return named.pop() if len(named) == 1 else None


def _drafts(context: Context) -> Iterator[Draft]:
    published = dateline_in(context)
    if published is not None:
        yield published
    lists = Lists()
    for sentence in context.document.sentences:
        section = context.section_of(sentence)
        role = section.name if section is not None else "body"
        yield from references_in(context, sentence) if role not in _SILENT else ()
        if _is_read(context, sentence, role):
            yield from _read(context, sentence, lists)


def _is_read(context: Context, sentence: Span, role: str) -> bool:
    """Whether a sentence may say anything: not what a legend quotes, not an address."""
    if role in _REFERRING or context.grammar.is_boilerplate(context.view, sentence):
        return False
    if role not in _SILENT:
        return True
    view, grammar = context.view, context.grammar
    return grammar.is_prose(view, sentence) or grammar.is_prose(view, context.paragraph(sentence))


def _read(context: Context, sentence: Span, lists: Lists) -> Iterator[Draft]:
    for clause in clauses(context.view, sentence, context.grammar):
        said = lists.continued(context, said_in(context, clause, sentence))
        fact = fact_in(context, said)
        statement = statement_in(context, said, over=_over(fact))
        if fact is not None and not (fact[1].general and looks_ahead(statement, said)):
            yield fact[0]
        if statement is not None:
            yield statement


def _over(fact: tuple[Draft, Cue] | None) -> str | None:
    """Return the words of the time of what has happened, None where nothing has."""
    if fact is None or not fact[1].told:
        return None
    window = fact[0].window
    return window.words if window is not None else ""
