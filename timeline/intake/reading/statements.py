"""Statements: which clauses speak of the future, of what kind they are, and when it shall be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.draft import Draft, DraftKind
from timeline.intake.reading.clauses import Link, trimmed
from timeline.intake.reading.drafting import draft_id, draft_window, why
from timeline.intake.reading.times import time_to_come

if TYPE_CHECKING:
    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Forward
    from timeline.intake.reading.spoken import Said
    from timeline.intake.windows import Reading

DATED, RELATIVE, THIRD_PARTY = "dated_milestone", "event_relative", "third_party_forecast"
# These say no more than that something is to come: a time or a condition says more.
PLAIN = ("plan", "intention", "commitment", "prediction")
_DATABLE = (*PLAIN, "implied", "vague", "pending_decision", "opinion", "puffery")
_RANKS = {
    THIRD_PARTY: 0,
    "contingent_economics": 1,
    "projection": 2,
    "pending_decision": 3,
    "risk_prediction": 4,
    **dict.fromkeys(PLAIN, 5),
    "implied": 6,
    "opinion": 7,
    "vague": 8,
    "puffery": 9,
}
_WITHOUT_SUBJECT = ("vague", "puffery", "opinion")
# How sure a time is to be a statement's where no word says that something is to come.
_OF_ROW, _OF_MILESTONE, _SHARED = 0.75, 0.65, 0.8
_MORE, _MOST = 0.08, 0.97


def looks_ahead(statement: Draft | None, said: Said) -> bool:
    """Whether a clause says in so many words what shall be, and so hardly what was."""
    if statement is None or not said.forward:
        return False
    return statement.type in (DATED, RELATIVE, "projection", *PLAIN)


def statement_in(context: Context, said: Said, *, over: str | None) -> Draft | None:
    """Return the statement a clause makes, or None.

    `over` are the words of the time of what the clause tells has happened, None where it tells of
    nothing that has.
    """
    when = time_to_come(context, said, _deciding(said)) or said.lead_time
    tied = when is not None or said.condition is not None
    spoken = _deciding(said, timed=tied and (over is None or _is_ahead(context, when, over)))
    if spoken is None and not _dated_alone(context, said, when, told=over is not None):
        return None
    if spoken is not None and _says_nothing(said, when):
        return None
    return _draft(context, said, _type(said, spoken, when), spoken, when)


def _is_ahead(context: Context, when: Reading | None, over: str) -> bool:
    """Whether a time is to come, and not the one, told in the words `over`, of what happened."""
    window = when.window if when is not None else None
    if when is None or window is None or window.earliest is None or when.words == over:
        return False
    return window.earliest > context.published_on


def _says_nothing(said: Said, when: Reading | None) -> bool:
    """Whether a line without a verb is a heading: it names neither a time nor an amount."""
    return said.is_row and when is None and not said.has_figures


def _deciding(said: Said, *, timed: bool = True) -> Found[Forward] | None:
    """Return the way of speaking that says most; those that need a time only if there is one."""
    counted = (one for one in said.forward if timed or not one.key.timed)
    return min(counted, key=lambda one: (_RANKS[one.key.type], one.span), default=None)


def _dated_alone(context: Context, said: Said, when: Reading | None, *, told: bool) -> bool:
    """Whether a time to come makes a statement by itself: of a row, a milestone, a shared verb.

    Not where the verb tells what is over: "on Thursday it went in".
    """
    if when is None or told or context.lexicon.grammar["over"].finds(said.text, said.span):
        return False
    return said.is_row or said.milestone is not None or said.clause.link is Link.SHARED


def _type(said: Said, spoken: Found[Forward] | None, when: Reading | None) -> str:
    if spoken is None or (_has_last_day(when) and spoken.key.type in _DATABLE):
        return DATED
    if said.condition is not None and spoken.key.type in PLAIN:
        return RELATIVE
    return spoken.key.type


def _has_last_day(when: Reading | None) -> bool:
    """Whether a time says by when: "in due course" does not."""
    return when is not None and when.window is not None and when.window.latest is not None


def _draft(
    context: Context, said: Said, type_: str, spoken: Found[Forward] | None, when: Reading | None
) -> Draft | None:
    text = context.document.text
    span = context.grammar.led(context.view, trimmed(text, said.span))
    if not len(span):
        return None
    milestone = said.milestone
    cues = [one.span for one in (spoken, milestone, when) if one is not None]
    amounts = context.amounts_in(span)
    return Draft(
        id=draft_id(context.document.digest, DraftKind.EXPECTATION, type_, span),
        kind=DraftKind.EXPECTATION,
        span=span,
        text=span.of(text),
        type=type_,
        confidence=_confidence(said, spoken, when),
        why=why(text, cues),
        program=_program(context, said, type_),
        milestone=milestone.key.cue.name if milestone else None,
        window=draft_window(when),
        condition=said.condition.of(text) if said.condition else None,
        speaker=_speaker(context, said, type_),
        facts={"amounts": amounts} if amounts else {},
    )


def _confidence(said: Said, spoken: Found[Forward] | None, when: Reading | None) -> float:
    if spoken is not None:
        sure = spoken.key.confidence
    elif said.is_row:
        sure = _OF_ROW
    else:
        sure = _SHARED if said.clause.link is Link.SHARED else _OF_MILESTONE
    more = (when is not None) + (said.milestone is not None)
    return round(min(_MOST, sure + _MORE * more), 2)


def _program(context: Context, said: Said, type_: str) -> str | None:
    """Return the program; what says nothing in particular is of one only where it names it."""
    if type_ in _WITHOUT_SUBJECT:
        named = context.subjects.programs_named(said.sentence)
        return named[0] if named else context.subjects.program_of_section(said.sentence)
    return context.program_of(said.span, said.sentence, said.condition)


def _speaker(context: Context, said: Said, type_: str) -> str | None:
    quoted = context.speakers.of(said.span)
    if quoted is not None:
        return quoted
    return "third party" if type_ == THIRD_PARTY else context.issuer()
