"""What came after a statement: the events that unsettle it, and what was said next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.days import told_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from projections.compliance.evidence import Evidence
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged


def unsettling(evidence: Evidence, judged: Judged) -> Iterator[Event]:
    """Yield the events told after the statement that unsettle its program, as a pack says."""
    said = judged.statement
    for event in evidence.events:
        on = told_on(event)
        touches = event.program is not None and event.program == said.target.program
        if touches and on is not None and on > said.stated_on and unsettles(evidence, event):
            yield event


def unsettles(evidence: Evidence, event: Event) -> bool:
    """Say whether such an event is likely to make things come otherwise than was said."""
    return event.outcome == "failed" or event.type in evidence.vocabulary.types_that("unsettles")


def said_from(chain: ChainHistory, on: date) -> Judged | None:
    """Return the first statement of the chain made on `on` or later."""
    return next((j for j in chain.statements if j.statement.stated_on >= on), None)


def before_each(chain: ChainHistory) -> Iterator[tuple[Judged, Judged]]:
    """Yield every statement of the chain with the one before it."""
    yield from zip(chain.statements, chain.statements[1:], strict=False)
