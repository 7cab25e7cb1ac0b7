"""Differences: where a statement and an item that speaks of it say it otherwise, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.draft import DraftWindow
    from timeline.intake.legend.matter import Matter


def agree(one: DraftWindow | None, other: DraftWindow | None) -> bool:
    """Whether both name days and their last days are the same."""
    return (
        one is not None
        and other is not None
        and one.latest is not None
        and one.latest == other.latest
    )


def conditions(statement: Matter, item: Matter) -> Iterator[str]:
    if item.condition is not None and statement.condition is None:
        yield "the list speaks of it under a condition, the body does not"
    if statement.condition is not None and item.condition is None:
        yield "the body speaks of it under a condition, the list does not"


def untimed(statement: Matter, item: Matter) -> Iterator[str]:
    if statement.window is not None:
        yield f"the body says '{statement.window.words}', the list names no time"
    if item.window is not None:
        yield f"the list says '{item.window.words}', the body names no time"


def apart(one: DraftWindow, other: DraftWindow) -> bool:
    """Whether no day is in both."""
    before = one.latest is not None and other.earliest is not None and one.latest < other.earliest
    behind = other.latest is not None and one.earliest is not None and other.latest < one.earliest
    return before or behind


def times(body: DraftWindow, listed: DraftWindow) -> tuple[list[str], bool]:
    """Return how two times are worded differently, and whether they end on the same day."""
    same = body.latest == listed.latest
    if body.words.casefold() == listed.words.casefold():
        return [], same
    told = f"the body says '{body.words}', the list '{listed.words}'"
    if same:
        whole = body.earliest == listed.earliest
        return [f"{told}: the same {'days' if whole else 'last day'}"], True
    how = "no day in common" if apart(body, listed) else "days in common"
    return [f"{told}: {how}"], False


def other_words(statement: Matter, item: Matter) -> list[str]:
    """Return the item's words that the statement has not, where they are few."""
    only = sorted(item.stems - statement.stems - statement.around)
    return [f"words of the list alone: {', '.join(only)}"] if only else []
