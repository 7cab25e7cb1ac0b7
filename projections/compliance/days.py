"""The days an event has for a rule: when it happened, from when it is public, what it names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.events import Event


def last_day(event: Event) -> date | None:
    """Return the last day it can have happened on; None where nothing bounds it."""
    return event.occurred.latest if event.occurred else None


def first_day(event: Event) -> date | None:
    """Return the first day it can have happened on; None where nothing bounds it."""
    return event.occurred.earliest if event.occurred else None


def fact_day(event: Event, name: str) -> date | None:
    """Return the day that a fact of it names; None without one, or of what is no day."""
    try:
        return date.fromisoformat(str(event.facts.get(name)))
    except ValueError:
        return None


def told_on(event: Event) -> date | None:
    """Return the day from which it is public; None of what never was."""
    return event.disclosed_at.date() if event.disclosed_at else None
