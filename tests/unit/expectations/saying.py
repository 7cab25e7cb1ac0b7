"""Given statements and events, when asked at some clocks, then this is what is told of them."""

from __future__ import annotations

from itertools import count
from typing import Any

from timeline.bitemporal import Clocks, counts_from, parse_clock, parse_edtf
from timeline.events import read_disclosed
from timeline.expectations import (
    Adjudication,
    ChainHistory,
    Condition,
    Judged,
    OutcomeEvent,
    Place,
    ProgramEnd,
    Recorded,
    Register,
    Statement,
    Target,
    Verdict,
    history,
)

Thing = Statement | OutcomeEvent | ProgramEnd | Adjudication

FLIGHT = Target("lark-9", "first_flight", None)
H1, H2 = "2031-40", "2031-41"  # the halves of 2031
LATER = "2040-01-01"
_POSITIONS = count(1)  # what is made first is recorded first


def said(name: str, window: str | None, on: str = "2030-12-01", /, **given: Any) -> Statement:
    made: dict[str, Any] = {"id": name, "target": FLIGHT, "position": next(_POSITIONS)}
    made |= {"stated": parse_edtf(on), "window": None if window is None else parse_edtf(window)}
    return Statement(**(made | given))


def happened(
    name: str, occurred: str, disclosed: str | None = None, /, **given: Any
) -> OutcomeEvent:
    made: dict[str, Any] = {"id": name, "target": FLIGHT, "reached": True, "result": None}
    made |= {"occurred": parse_edtf(occurred), "place": _place(disclosed or occurred)}
    return OutcomeEvent(**(made | given))


def failed(name: str, occurred: str, disclosed: str | None = None, /, **given: Any) -> OutcomeEvent:
    return happened(name, occurred, disclosed, reached=False, **given)


def ended(name: str, occurred: str, disclosed: str | None = None, /) -> ProgramEnd:
    return ProgramEnd(name, "lark-9", parse_edtf(occurred), _place(disclosed or occurred))


def ruled(name: str, expectation: str, verdict: Verdict, disclosed: str, /) -> Adjudication:
    return Adjudication(name, expectation, verdict, "seen", _place(disclosed))


def hangs_on(milestone: str, **given: Any) -> Condition:
    """A condition on a milestone of the same program, or of the one given."""
    program = given.pop("program", FLIGHT.program)
    return Condition("if so", Target(program, milestone, None), **given)


def clocks(as_of: str = LATER, known_at: str | None = None) -> Clocks:
    asked = parse_clock(as_of, "as_of")
    known = asked if known_at is None else parse_clock(known_at, "known_at")
    return Clocks(as_of=asked, known_at=known, as_at=10**9)


def recorded(*things: Thing) -> Recorded:
    return Recorded(
        statements=[t for t in things if isinstance(t, Statement)],
        outcomes=[t for t in things if isinstance(t, OutcomeEvent)],
        ends=[t for t in things if isinstance(t, ProgramEnd)],
        adjudications=[t for t in things if isinstance(t, Adjudication)],
    )


def register(*things: Thing, as_of: str = LATER, known_at: str | None = None) -> Register:
    return Register.at(recorded(*things), clocks(as_of, known_at))


def chain(
    *things: Thing, as_of: str = LATER, known_at: str | None = None, of: Target = FLIGHT
) -> ChainHistory:
    return history(of, register(*things, as_of=as_of, known_at=known_at))


def told(name: str, *things: Thing, as_of: str = LATER, known_at: str | None = None) -> Judged:
    """What is told of the statement called `name`, whatever chain it stands in."""
    kept = register(*things, as_of=as_of, known_at=known_at)
    every = (judged for target in kept.targets for judged in history(target, kept).statements)
    return next(judged for judged in every if judged.statement.id == name)


def verdict(name: str, *things: Thing, as_of: str = LATER, known_at: str | None = None) -> str:
    return told(name, *things, as_of=as_of, known_at=known_at).decision.verdict.value


def because(name: str, *things: Thing, as_of: str = LATER) -> tuple[str, ...]:
    return told(name, *things, as_of=as_of).decision.because


def standing(*things: Thing, as_of: str = LATER, known_at: str | None = None) -> str | None:
    stands = chain(*things, as_of=as_of, known_at=known_at).standing
    return None if stands is None else stands.statement.id


def _place(disclosed: str) -> Place:
    return Place(counts_from(read_disclosed(disclosed)), next(_POSITIONS))
