"""Cross references: where a document points to, and whether that is there. A product check."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from projections.compliance.about import of_place
from projections.compliance.finding import Found, failed, passed, review
from projections.compliance.wording import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from timeline.intake import Draft

_REFERRED = "disclosure.document_referenced"
_WORD = re.compile(r"\w+")
_NEAR = 0.7
# No release points to more; what is beyond is not looked at.
_MOST = 200


def resolved(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-07: what the document points to is there: a heading of it, or a document on record."""
    told = [*_to_headings(read), *_to_documents(evidence, read)]
    yield from told or [passed("it points nowhere by title or date")]


def _to_headings(read: TextRead) -> Iterator[Found]:
    headings = [one.heading for one in read.document.sections if one.heading][:_MOST]
    known = {_level(heading): heading for heading in headings}
    words = _level(read.text)
    for found in islice(pattern("pointed_to").finditer(read.text), _MOST):
        title = next(group for group in found.groups() if group)
        yield of_place(Span(*found.span()), read.text, _heading(title, known, words))


def _heading(title: str, known: Mapping[str, str], text: str) -> Found:
    """Say whether the title is a heading, or one with a word more or less, or stands elsewhere."""
    wanted = _level(title)
    if wanted in known:
        return passed(f"'{known[wanted]}' is a heading of it", known[wanted])
    near = [one for one in known if set(wanted.split()) < set(one.split())]
    near += get_close_matches(wanted, known, n=1, cutoff=_NEAR)
    if near:
        told = known[near[0]]
        return review(f"no heading is '{title}'; the nearest is '{told}'", told)
    if text.count(wanted) > 1:
        return review(f"no heading was told to be '{title}', though the words are there", title)
    return failed(f"no heading is '{title}', nor do the words stand elsewhere", title)


def _level(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))


def _to_documents(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    for draft in read.drafts:
        if draft.type == _REFERRED and draft.window and not read.is_in_legend(draft.span):
            yield of_place(draft.span, read.text, _document(evidence, draft))


def _document(evidence: Evidence, draft: Draft) -> Found:
    """Say whether a document of that day is on record."""
    day = draft.window.latest if draft.window else None
    there = [one.id for one in evidence.documents if day is not None and one.is_of(day)]
    if there:
        return passed(f"on record of {day}: {', '.join(there)}", *there)
    return review(f"no document of {day} is on record", draft.id)
