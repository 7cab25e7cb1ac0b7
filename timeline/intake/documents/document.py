"""A document as it is read: one text, and where its sections and sentences stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.intake.span import Span  # noqa: TC001 - a dataclass of ours is read at run time


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document; `name` is the role it plays, `heading` its own words if it has any.

    Roles: masthead, headline, lead, body, quote, table, about, signature, contacts,
    legend (the cautionary text on forward-looking statements), disclaimer (an exchange's). Sections
    stand without gaps from the first code point to the last.
    """

    name: str
    span: Span
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The canonical text of a document, with its parts in the order they stand.

    Of plain text `text` is the input decoded and unchanged, so that spans point into the input;
    of HTML and PDF it is what a reader sees. `digest` (sha256, hex) is of the words alone: case
    and letters as they are, white space, quotes and dashes levelled, so that two renditions of one
    release have one digest.
    """

    text: str
    kind: str
    digest: str
    sections: tuple[Section, ...]
    sentences: tuple[Span, ...]
