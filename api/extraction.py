"""What a reading of a document answers, with a store behind it or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline.intake.drafts import told
from timeline.packs import all_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from timeline.intake.drafts import Reading

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The drafts of a document in `items`, and what to know of them in `warnings`.

    `digest` is that of its words, in whatever rendition. Saved, `document` is its id, `position`
    and `recorded_at` are those of its reading, `added` says whether this has recorded it, and the
    drafts are those on record. Not saved, these are None.
    """

    issuer: str
    published: str
    digest: str
    warnings: list[str]
    document: str | None
    added: bool | None
    position: int | None
    recorded_at: str | None
    items: list[Row]

    @classmethod
    def unsaved(cls, issuer: str, reading: Reading, warnings: list[str]) -> Extraction:
        """Return the answer of a reading that nothing is recorded of."""
        rows = [told(draft) | {"state": None} for draft in reading.drafts]
        of = (issuer, reading.published, reading.digest, warnings)
        return cls(*of, None, None, None, None, rows)

    def body(self) -> Row:
        """Return the answer as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def as_bytes(data: bytes | str) -> bytes:
    """Return a document as the bytes it is read from; a text is plain text in UTF-8."""
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


def extract(
    data: bytes | str,
    issuer: str,
    *,
    published: str,
    name: str | None = None,
    fiscal_year_end: str | None = None,
    packs: Iterable[Path | str] = (),
) -> Extraction:
    """Read a document where there is no store, so that nothing is on record of `issuer`.

    The arguments are those of `Timeline.extract`, and it raises as that does.
    """
    from timeline.intake.drafts.proposing import propose  # noqa: PLC0415  # loads all of reading

    reading = propose(
        as_bytes(data),
        published=published,
        vocabulary=all_vocabulary(packs),
        name=name,
        fiscal_year_end=fiscal_year_end,
    )
    return Extraction.unsaved(issuer, reading, [guessed(issuer)])


def guessed(issuer: str) -> str:
    """Return the warning that goes with an issuer nothing is on record of."""
    return f"nothing is on record of {issuer!r}, so the names of its programs are guessed"
