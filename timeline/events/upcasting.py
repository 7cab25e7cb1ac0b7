"""Old stored shapes brought up to today's, one version step at a time.

An upcaster takes the stored body of version N and returns that of version N + 1. What was shipped
once must load for ever: `tests/golden` holds one example of every version. The list is empty while
every type is at its first version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}


def upcast(
    event_type: str,
    version: int,
    body: dict[str, Any],
    upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> tuple[dict[str, Any], int]:
    """Return the body in its newest known shape, and that shape's version.

    A version newer than any step known here is passed on as it is: it was written by a newer pack.
    """
    while step := upcasters.get((event_type, version)):
        body, version = step(body), version + 1
    return body, version


def is_newest(event_type: str, version: int) -> bool:
    """Say whether a body of this version is read as it was written."""
    return (event_type, version) not in UPCASTERS
