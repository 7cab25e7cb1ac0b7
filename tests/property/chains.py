"""Random records of what was said and what came of it, in so few days that everything meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from timeline.bitemporal import Clocks, Window, end_of, start_of
from timeline.expectations import (
    Adjudication,
    Condition,
    OutcomeEvent,
    Place,
    ProgramEnd,
    Recorded,
    Statement,
    Target,
    Verdict,
)

FIRST = date(2031, 1, 1)
SPAN = 24  # days: so few that everything meets everything
NAMES = [f"s{n}" for n in range(7)]

days = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n))
targets = st.sampled_from(
    [Target("p", "m", None), Target("p", "m", None), Target("p", "n", None), Target(None, "m", "q")]
)


@st.composite
def windows(draw: st.DrawFn, *, open_sides: bool = True) -> Window:
    first, last = sorted((draw(days), draw(days)))
    sides: list[tuple[date | None, date | None]] = [(first, last), (first, first)]
    sides += [(None, last), (first, None), (None, None)] if open_sides else [(None, last)]
    return Window(*draw(st.sampled_from(sides)), "")


@st.composite
def places(draw: st.DrawFn) -> Place:
    at = start_of(draw(days)) + timedelta(hours=draw(st.sampled_from((0, 12))))
    return Place(at, 0)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    condition = Condition("if so", draw(targets), draw(st.booleans()))
    return Statement(
        id="",
        target=draw(targets),
        stated=draw(windows(open_sides=False)),
        window=draw(st.none() | windows()),
        position=0,
        condition=draw(st.sampled_from([None, None, condition, Condition("words")])),
        withdraws=draw(st.sampled_from([None, None, None, *NAMES])),
    )


@st.composite
def outcomes(draw: st.DrawFn) -> OutcomeEvent:
    result = draw(st.sampled_from(["positive", "negative", None]))
    reached = draw(st.booleans())
    return OutcomeEvent("", draw(targets), reached, result, draw(windows()), draw(places()))


ends = st.builds(ProgramEnd, st.just(""), st.just("p"), windows(), places())
rulings = st.builds(
    Adjudication, st.just(""), st.sampled_from(NAMES), st.sampled_from(Verdict), st.none(), places()
)


@st.composite
def records(draw: st.DrawFn) -> Recorded:
    """All kinds of things, each with an id and a position of its own."""
    positions = iter(draw(st.permutations(range(20))))
    told = draw(st.lists(statements(), min_size=1, max_size=len(NAMES)))
    said = [replace(s, id=n, position=next(positions)) for n, s in zip(NAMES, told, strict=False)]
    kinds: list[tuple[Any, int]] = [(outcomes(), 4), (ends, 1), (rulings, 2)]
    others = [
        [
            replace(thing, id=f"{kind}{n}", place=thing.place._replace(position=next(positions)))
            for n, thing in enumerate(draw(st.lists(strategy, max_size=most)))
        ]
        for kind, (strategy, most) in enumerate(kinds)
    ]
    return Recorded(said, *others)


@st.composite
def clocks(draw: st.DrawFn) -> Clocks:
    as_of, known_at = end_of(draw(days)), end_of(draw(days))
    return Clocks(as_of=as_of, known_at=draw(st.sampled_from([as_of, known_at])), as_at=99)
