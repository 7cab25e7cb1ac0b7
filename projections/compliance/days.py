"""The two days an event has for a rule: when it had happened by, and from when it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from timeline.events import Event


def last_day(event: Event) -> date | None:
    """Return the last day it can have happened on; None where nothing bounds it."""
    return event.occurred.latest if event.occurred else None


def told_on(event: Event) -> date | None:
    """Return the day from which it is public; None of what never was."""
    return event.disclosed_at.date() if event.disclosed_at else None
