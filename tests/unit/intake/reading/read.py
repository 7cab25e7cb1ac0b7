"""Reading small texts of our own, as tests ask for it."""

from __future__ import annotations

from datetime import date

from timeline.intake import Draft, DraftKind
from timeline.intake.documents import read_text
from timeline.intake.names import Named, NameKind, Names
from timeline.intake.reading import read_drafts
from timeline.packs import vocabulary

PUBLISHED_ON = date(2019, 8, 14)
NAMES = Names(
    [
        Named(NameKind.ISSUER, "northgate", ("Northgate Water Corp.", "Northgate")),
        Named(NameKind.PROGRAM, "harbour-tunnel", ("Harbour Tunnel",)),
        Named(NameKind.PROGRAM, "millpond", ("Millpond plant", "Millpond")),
    ]
)


def drafts(text: str, *packs: str, published_on: date = PUBLISHED_ON) -> tuple[Draft, ...]:
    """The drafts of a text by the core pack and `packs`."""
    return read_drafts(
        read_text(text),
        published_on=published_on,
        names=NAMES,
        vocabulary=vocabulary(("core", *packs)),
    )


def statements(text: str, *packs: str) -> list[Draft]:
    """Those drafts that say what shall be."""
    return [one for one in drafts(text, *packs) if one.kind is DraftKind.EXPECTATION]


def events(text: str, *packs: str) -> list[Draft]:
    """Those that tell what happened or how things stand."""
    return [one for one in drafts(text, *packs) if one.kind is DraftKind.EVENT]


def latest(draft: Draft) -> str | None:
    """The last day of a draft's window."""
    return str(draft.window.latest) if draft.window and draft.window.latest else None
