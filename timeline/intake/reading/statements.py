"""Statements: which clauses speak of the future, of what kind they are, and when it shall be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.draft import Draft, DraftKind
from timeline.intake.reading.clauses import Link, trimmed
from timeline.intake.reading.drafting import draft_id, draft_window, why

if TYPE_CHECKING:
    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finding import Found
    from timeline.intake.reading.lexicon import Forward
    from timeline.intake.reading.spoken import Said
    from timeline.intake.windows import Reading

DATED, RELATIVE, THIRD_PARTY = "dated_milestone", "event_relative", "third_party_forecast"
# These say no more than that something is to come: a time or a condition says more.
PLAIN = ("plan", "intention", "commitment", "prediction")
_DATABLE = (*PLAIN, "implied", "vague", "pending_decision", "opinion", "puffery")
_RANKS = {
    **{THIRD_PARTY: 0, "contingent_economics": 1, "projection": 2, "pending_decision": 3},
    **{"risk_prediction": 4, **dict.fromkeys(PLAIN, 5)},
    **{"implied": 6, "opinion": 7, "vague": 8, "puffery": 9},
}
_WITHOUT_SUBJECT = ("vague", "puffery", "opinion")
# How sure a time is to be a statement's where no word says that something is to come.
_OF_ROW, _OF_MILESTONE, _SHARED = 0.75, 0.65, 0.8
_MORE, _MOST = 0.08, 0.97


def statement_in(context: Context, said: Said, *, told: bool) -> Draft | None:
    """Return the statement a clause makes, or None; `told` is whether it tells of an event."""
    time = _time(context, said)
    spoken = _deciding(said)
    if spoken is None and not _dated_alone(said, time, told=told):
        return None
    type_ = _type(said, spoken, time)
    if type_ == DATED or spoken is not None:
        return _draft(context, said, type_, spoken, time)
    return None


def _time(context: Context, said: Said) -> Reading | None:
    """Return the first time of the clause that is not over, the one behind its verb if any."""
    coming = [r for r in said.readings if r.window is not None and _is_coming(context, r)]
    spoken = _deciding(said)
    behind = [r for r in coming if spoken is not None and r.span.start >= spoken.span.start]
    return next(iter(behind or coming), None)


def _is_coming(context: Context, reading: Reading) -> bool:
    window = reading.window
    return window is not None and (
        window.latest is None or window.latest >= context.published_on
    ) and not (window.earliest == window.latest == context.published_on)


def _deciding(said: Said) -> Found[Forward] | None:
    return min(said.forward, key=lambda one: (_RANKS[one.key.type], one.span), default=None)


def _dated_alone(said: Said, time: Reading | None, *, told: bool) -> bool:
    """Whether a time to come makes a statement by itself: of a row, a milestone, a shared verb."""
    if time is None or told:
        return False
    return said.is_row or said.milestone is not None or said.clause.link is Link.SHARED


def _type(said: Said, spoken: Found[Forward] | None, time: Reading | None) -> str:
    if spoken is None or (time is not None and spoken.key.type in _DATABLE):
        return DATED
    if said.condition is not None and spoken.key.type in PLAIN:
        return RELATIVE
    return spoken.key.type


def _draft(
    context: Context, said: Said, type_: str, spoken: Found[Forward] | None, time: Reading | None
) -> Draft | None:
    text = context.document.text
    span = context.grammar.led(context.view, trimmed(text, said.span))
    if not len(span):
        return None
    milestone = said.milestone
    cues = [one.span for one in (spoken, milestone, time) if one is not None]
    amounts = context.amounts_in(span)
    return Draft(
        id=draft_id(context.document.digest, DraftKind.EXPECTATION, type_, span),
        kind=DraftKind.EXPECTATION,
        span=span,
        text=span.of(text),
        type=type_,
        confidence=_confidence(said, spoken, time),
        why=why(text, cues),
        program=_program(context, said, type_),
        milestone=milestone.key.cue.name if milestone else None,
        window=draft_window(time),
        condition=said.condition.of(text) if said.condition else None,
        speaker=_speaker(context, said, type_),
        facts={"amounts": amounts} if amounts else {},
    )


def _confidence(said: Said, spoken: Found[Forward] | None, time: Reading | None) -> float:
    if spoken is not None:
        sure = spoken.key.confidence
    elif said.is_row:
        sure = _OF_ROW
    else:
        sure = _SHARED if said.clause.link is Link.SHARED else _OF_MILESTONE
    more = (time is not None) + (said.milestone is not None)
    return round(min(_MOST, sure + _MORE * more), 2)


def _program(context: Context, said: Said, type_: str) -> str | None:
    """Return the program; what says nothing in particular is of one only where it names it."""
    if type_ in _WITHOUT_SUBJECT:
        named = context.subjects.programs_named(said.sentence)
        return named[0] if named else context.subjects.program_of_section(said.sentence)
    return context.program_of(said.span, said.sentence)


def _speaker(context: Context, said: Said, type_: str) -> str | None:
    quoted = context.speakers.of(said.span)
    if quoted is not None:
        return quoted
    return "third party" if type_ == THIRD_PARTY else context.issuer()
