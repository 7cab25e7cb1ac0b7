"""Hold rows of two answers against each other, shares to the digits that answers tell."""

from __future__ import annotations

from typing import Any

_TOLD = 0.5001e-4  # shares are told with four digits

Row = dict[str, Any]


def agree(ours: Any, theirs: Any, place: str = "") -> None:
    """Assert that both say the same, and name the place where they do not."""
    if isinstance(theirs, dict):
        assert isinstance(ours, dict), place
        assert set(ours) == set(theirs), (place, [*ours], [*theirs])
        for key, value in theirs.items():
            agree(ours[key], value, f"{place}.{key}")
    elif isinstance(theirs, list | tuple):
        assert len(ours) == len(theirs), (place, ours, theirs)
        for number, pair in enumerate(zip(ours, theirs, strict=True)):
            agree(*pair, f"{place}[{number}]")
    elif isinstance(theirs, float):
        assert ours is not None, place
        assert abs(ours - theirs) <= _TOLD, (place, ours, theirs)
    else:
        assert ours == theirs, (place, ours, theirs)


def without(rows: list[Row], *keys: str) -> list[Row]:
    """Return `rows` without some of their keys."""
    return [{key: value for key, value in row.items() if key not in keys} for row in rows]
