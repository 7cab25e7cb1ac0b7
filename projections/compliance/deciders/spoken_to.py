"""Whether what accompanies a statement, risks or assumptions, speaks to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.finding import Found, passed, review

if TYPE_CHECKING:
    from projections.compliance.reading import Spoken


def spoken_to(told: Spoken, claim: str, *, one: str, many: str) -> Found:
    """Pass what is spoken to in particular; generic ones alone, or none, are for a person.

    `one` and `many` say what speaks: "risk factor" and "risks".
    """
    if told.in_particular:
        return passed(f"it is spoken to by {', '.join(told.in_particular)}", *told.in_particular)
    if told.in_general:
        return review(f"generic {many} alone: {', '.join(told.in_general)}", *told.in_general)
    return review(f"no {one} speaks to it", claim)
