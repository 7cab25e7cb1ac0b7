"""Phrases with the days they mean, and how a reading of them stands to those days."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from timeline.intake.windows import read_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.intake.windows import Reading

ROOT: Final = Path(__file__).parents[4]
SHARED: Final = ROOT.parent / "shared" / "data" / "window_phrases.json"
COLLECTED: Final = Path(__file__).with_name("collected.json")
# Two issuers of the shared phrases tell there that their third quarter ends on 31 January.
YEAR_ENDS: Final = {"FNSR": "04-30", "March Networks": "04-30"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words said on a day and the days they mean; None on both sides where they name no window."""

    words: str
    said_on: date
    fiscal_year_end: tuple[int, int] | None
    earliest: date | None
    latest: date | None
    vague: bool | None = None

    def read(self, *, year_end: bool = True) -> Reading:
        """Return the reading, with or without the end of the issuer's fiscal year."""
        end = self.fiscal_year_end if year_end else None
        return read_phrase(self.words, said_on=self.said_on, fiscal_year_end=end)

    def verdict(self, reading: Reading) -> str:
        """Return right, unsure or wrong; no window is right where none is meant."""
        meant = (self.earliest, self.latest)
        if reading.window is None:
            return "right" if meant == (None, None) else "unsure"
        return "right" if (reading.window.earliest, reading.window.latest) == meant else "wrong"


def shared() -> list[Phrase] | None:
    """Return the shared phrases; None where there is no shared data."""
    if not SHARED.is_file():
        return None
    return [_shared(told) for told in json.loads(SHARED.read_bytes())["phrases"]]


def _shared(told: dict[str, Any]) -> Phrase:
    earliest, latest = told["normalised"]
    said_on, end = date.fromisoformat(told["published"]), YEAR_ENDS.get(told["topic"])
    return Phrase(
        told["phrase"], said_on, _end(end), _day(earliest), _day(latest), bool(told["vague"])
    )


def collected() -> list[Phrase]:
    """Return the project's own phrases, collected after the grammar was frozen."""
    return [
        Phrase(
            told["phrase"],
            date.fromisoformat(told["said"]),
            _end(told.get("fiscal_year_end")),
            _day(told["earliest"]),
            _day(told["latest"]),
        )
        for told in json.loads(COLLECTED.read_bytes())["phrases"]
    ]


def verdicts(phrases: Iterable[Phrase], *, year_end: bool = True) -> Counter[str]:
    """Return how many are right, unsure and wrong."""
    return Counter(phrase.verdict(phrase.read(year_end=year_end)) for phrase in phrases)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _end(text: str | None) -> tuple[int, int] | None:
    return None if text is None else (int(text[:2]), int(text[3:]))
