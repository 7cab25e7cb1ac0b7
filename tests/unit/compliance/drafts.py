"""Drafts of our own making, put together of parts, and what a rule comes to on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.compliance.holding import record, store

if TYPE_CHECKING:
    from tests.unit.compliance.holding import Item

ON = "2011-06-01"
HEAD = "Lark Aircraft Inc.\n\nLark Aircraft reports on its program\n\nReno, June 1, 2011 - "
FLIGHT = "Lark Aircraft expects the first flight of the L9 in the second half of 2011."
AGAIN = "The L9 is on track: the first flight is expected in the second half of 2011."
OTHER = "The L9 is on track: the first flight is expected in the first quarter of 2013."
HIRES = "Lark Aircraft plans to hire fifty engineers for its new plant."
THIS = "This release contains forward-looking statements"
LIST = (
    f"{THIS}, including statements regarding the first flight of the L9 in the second half of 2011."
)
MORE = (
    f"{THIS}, including statements regarding: the first flight of the L9 in the second half of "
    "2011; and the sale of the old hangar in 2012."
)
RISK = (
    "Actual results may differ because of risks including: the possibility that the L9 does not "
    "pass its taxi tests before the first flight; and delays."
)
WORN = "Actual results may differ because of risks including: delays; and competition."
ASSUMED = "They rest on the assumption that the engines of the L9 arrive in time for first flight."
WORN_ONE = "They rest on the assumption that we can achieve our milestones."
KEPT = "Lark Aircraft does not undertake to update them, except as required by law."
REFUSED = "Lark Aircraft assumes no obligation to update these statements."


def draft(
    *body: str, legend: tuple[str, ...] = (LIST, RISK, ASSUMED, KEPT), head: str = HEAD
) -> str:
    """Return a release of these paragraphs, closed by a legend of these sentences."""
    told = head + "\n\n".join(body or (FLIGHT,))
    return (
        f"{told}\n\nFORWARD-LOOKING STATEMENTS\n\n{' '.join(legend)}\n" if legend else f"{told}\n"
    )


def rows(
    rule: str, text: str, *items: Item, published: str = ON, **more: Any
) -> list[dict[str, Any]]:
    """Return what a rule comes to on a draft, once for each thing it is about."""
    return store().check(text, record(*items), published=published, rules=(rule,), **more).items


def checked(rule: str, text: str, *items: Item, **more: Any) -> list[str]:
    """Return how it ends."""
    return [row["result"] for row in rows(rule, text, *items, **more)]
