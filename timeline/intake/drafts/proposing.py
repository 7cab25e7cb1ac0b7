"""A document read into a reading: its words, by their digest, and the drafts they propose."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.bitemporal import parse_edtf
from timeline.errors import BadInput
from timeline.intake.documents.reading import read_document
from timeline.intake.drafts.drafted import drafted
from timeline.intake.drafts.saving import Reading
from timeline.intake.names import names_guessed
from timeline.intake.reading import read_drafts

if TYPE_CHECKING:
    from timeline.intake.documents import Document
    from timeline.intake.names import Names
    from timeline.packs import Vocabulary

_TITLE_MAX = 200
_MONTH_AND_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000


def propose(
    data: bytes,
    *,
    published: str,
    vocabulary: Vocabulary,
    names: Names | None = None,
    name: str | None = None,
    fiscal_year_end: str | None = None,
) -> Reading:
    """Read a document of one of the known forms and return its drafts, unsaved.

    `published` is EDTF, and read from its last day; `name` that of the file, which helps to tell
    its form; `fiscal_year_end` is MM-DD. Without `names` those of programs are guessed. Raises
    BadInput for a document, a day or a year's end that cannot be read.
    """
    published_on = published_by(published)
    year_end = month_and_day(fiscal_year_end)
    document = read_document(data, name=name or "")
    found = read_drafts(
        document,
        published_on=published_on,
        names=names_guessed(document.text) if names is None else names,
        vocabulary=vocabulary,
        fiscal_year_end=year_end,
    )
    return Reading(
        digest=document.digest,
        sha256=hashlib.sha256(data).hexdigest(),
        published=published,
        drafts=tuple(drafted(draft, published=published) for draft in found),
        title=_title(document),
        packs=tuple(vocabulary.packs.items()),
    )


def published_by(published: str) -> date:
    """Return the last day on which it can have been published; raises BadInput without one."""
    try:
        last = parse_edtf(published).latest
    except BadInput as error:
        raise error.at("published") from None
    if last is None:
        raise BadInput("needs a last possible day", place="published")
    return last


def month_and_day(fiscal_year_end: str | None) -> tuple[int, int] | None:
    """Read MM-DD; raises BadInput for a day that no year has."""
    if fiscal_year_end is None:
        return None
    read = _MONTH_AND_DAY.fullmatch(fiscal_year_end)
    try:
        month, day = (int(part) for part in read.groups()) if read else (0, 0)
        date(_LEAP_YEAR, month, day)
    except ValueError:
        told = f"{fiscal_year_end!r} is no month and day; write MM-DD, as 04-30"
        raise BadInput(told, place="fiscal_year_end") from None
    return month, day


def _title(document: Document) -> str | None:
    """Return the headline, where the document has one."""
    spans = (part.span for part in document.sections if part.name == "headline")
    told = (" ".join(span.of(document.text).split())[:_TITLE_MAX] for span in spans)
    return next((title for title in told if title), None)
