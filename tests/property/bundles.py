"""Small random bundles in a short stretch of time, so that everything meets everything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

FIRST = date(2008, 1, 1)
PROGRAMS = ("alpha", "beta")
VERDICTS = ("open", "met_late", "missed", "withdrawn", "lapsed")

days = st.sampled_from(range(41)).map(lambda n: FIRST + timedelta(days=n))
# Most of it is about one chain, and most questions come late: else nothing meets anything.
programs = st.sampled_from(("alpha", "alpha", "alpha", "alpha", "beta", None))
milestones = st.sampled_from(("m.one", "m.one", "m.one", "m.two"))
asked_days = st.sampled_from(range(5, 46)).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """A day, a month, or an interval with a last day."""
    first, second = sorted((draw(days), draw(days)))
    choices = (first.isoformat(), f"{first}/{second}", f"../{second}", f"{first:%Y-%m}")
    return draw(st.sampled_from(choices))


@st.composite
def window(draw: st.DrawFn) -> str | None:
    first, second = sorted((draw(days), draw(days)))
    both = f"{first}/{second}"
    choices = (both, both, both, both, f"../{second}", f"{first}/..", None)
    return draw(st.sampled_from(choices))


@st.composite
def _event(draw: st.DrawFn, number: int) -> dict[str, Any]:
    program = draw(programs)
    ends = program is not None and draw(st.sampled_from(range(6))) == 5
    outcome = draw(st.sampled_from(("reached", "reached", "failed")))
    told = {
        "milestone": draw(milestones),
        "outcome": outcome,
        "result": draw(st.sampled_from(("positive", "negative", None))),
    }
    return {
        "id": f"e{number}",
        "type": "program.discontinued" if ends else "trial.happened",
        "program": program,
        "occurred": draw(edtf()),
        "disclosed": draw(days).isoformat(),
        **({} if ends and draw(st.booleans()) else told),
    }


@st.composite
def _condition(draw: st.DrawFn) -> dict[str, Any] | None:
    condition: dict[str, Any] = {"text": "if so", "milestone": draw(milestones)}
    if draw(st.booleans()):
        condition["program"] = draw(programs)
    condition["requires"] = draw(st.sampled_from(("reached", "positive", None)))
    choices: list[dict[str, Any] | None] = [None, None, condition, {"text": "words only"}]
    chosen: dict[str, Any] | None = draw(st.sampled_from(choices))
    return chosen


@st.composite
def _statement(draw: st.DrawFn, number: int) -> dict[str, Any]:
    withdraws = number > 0 and draw(st.sampled_from(range(8))) == 7
    return {
        "id": f"x{number}",
        "program": draw(programs),
        "milestone": draw(milestones),
        "window": draw(window()),
        "condition": draw(_condition()),
        "stated_on": draw(days).isoformat(),
        "withdraws": f"x{draw(st.integers(0, number - 1))}" if withdraws else None,
    }


@st.composite
def _corrections(draw: st.DrawFn, events: int) -> list[dict[str, Any]]:
    """Corrections and retractions; what is retracted is touched no more."""
    open_events = list(range(events))
    told: list[dict[str, Any]] = []
    for number in range(draw(st.sampled_from(range(5))) if events else 0):
        if not open_events:
            break
        target = draw(st.sampled_from(open_events))
        if draw(st.booleans()):
            changes = draw(
                st.sampled_from(({"occurred": draw(edtf())}, {"disclosed": draw(days).isoformat()}))
            )
            told.append({"id": f"c{number}", "corrects": f"e{target}", "set": changes})
        else:
            open_events.remove(target)
            told.append({"id": f"c{number}", "retracts": f"e{target}"})
    return told


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    """A whole bundle about one issuer."""
    events = draw(st.sampled_from((0, 1, 2, 3, 4, 5)))
    statements = draw(st.sampled_from((0, 1, 3, 4, 5, 6, 7)))
    rulings = draw(st.sampled_from((0, 0, 1, 2))) if statements else 0
    return {
        "format": "timeline-bundle/1",
        "issuer": {"id": "acme", "name": "Acme"},
        "programs": [{"id": p, "name": p} for p in PROGRAMS],
        "documents": [],
        "events": [draw(_event(n)) for n in range(events)],
        "expectations": [draw(_statement(n)) for n in range(statements)],
        "adjudications": [
            {
                "id": f"a{n}",
                "expectation": f"x{draw(st.integers(0, statements - 1))}",
                "verdict": draw(st.sampled_from(VERDICTS)),
                "disclosed": draw(days).isoformat(),
            }
            for n in range(rulings)
        ],
        "corrections": draw(_corrections(events)),
    }
