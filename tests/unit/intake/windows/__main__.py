"""`python -m tests.unit.intake.windows [--misses]`: score the grammar on phrases of known days."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.unit.intake.windows.phrases import SHARED, collected, shared, verdicts

if TYPE_CHECKING:
    from tests.unit.intake.windows.phrases import Phrase


def main(arguments: list[str]) -> int:
    """Print the scores, and with --misses every phrase that was not read right."""
    told = shared()
    if told is None:
        _say(f"no shared phrases: there is no {SHARED}")
    else:
        _print_shared(told)
    _print_score("collected after freezing", collected())
    if "--misses" in arguments:
        _print_misses([*(told or ()), *collected()])
    return 0


def _print_shared(phrases: list[Phrase]) -> None:
    crisp, vague = ([p for p in phrases if p.vague is kind] for kind in (False, True))
    _print_score("shared, crisp", crisp)
    _print_score("shared, vague", vague)
    _print_score("shared, all", phrases)
    _print_score("shared, all, no fiscal year end given", phrases, year_end=False)


def _print_score(name: str, phrases: list[Phrase], *, year_end: bool = True) -> None:
    counts, many = verdicts(phrases, year_end=year_end), len(phrases)
    shares = "  ".join(
        f"{kind} {counts[kind]} ({counts[kind] / many:.1%})"
        for kind in ("right", "unsure", "wrong")
    )
    _say(f"{name}: {many} phrases  {shares}")


def _print_misses(phrases: list[Phrase]) -> None:
    for phrase in phrases:
        reading = phrase.read()
        if (verdict := phrase.verdict(reading)) != "right":
            read = reading.window.edtf if reading.window else reading.reason
            meant = f"{phrase.earliest}..{phrase.latest}"
            _say(f"{verdict}: {phrase.words!r} of {phrase.said_on} means {meant}; read: {read}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
