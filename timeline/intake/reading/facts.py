"""Facts: which clauses tell what happened or how things stand, as an event of a loaded pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.draft import Draft, DraftKind
from timeline.intake.reading.clauses import trimmed
from timeline.intake.reading.drafting import day_window, draft_id, draft_window, told_window, why
from timeline.intake.reading.lexicon import APART, EVENT_TYPE
from timeline.intake.reading.milestones import milestone_of
from timeline.intake.reading.times import time_over, time_to_come
from timeline.intake.reading.view import within
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from timeline.intake.draft import DraftWindow
    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Spoken
    from timeline.intake.reading.spoken import Said
    from timeline.packs.cues import Cue

_OCCURRENCE = "occurrence"
STAGE = "stage"
_NEAR = 70  # code points before a verb in which a word may say that it has not come to pass
_SURE, _GENERAL, _DATED, _APART = 0.8, 0.55, 0.1, 0.9


def fact_in(context: Context, said: Said) -> tuple[Draft, Cue] | None:
    """Return the event a clause tells of, with its cue: the most particular one, then the first.

    What happened goes before how things stand.

    A row of a table with a time to come tells of none: it says what is to be.
    """
    if said.is_row and time_to_come(context, said, None) is not None:
        return None
    told = list(_spoken(context, said))
    if not told:
        return None
    best = min(told, key=lambda one: (one.key.cue.general, not one.key.cue.told, one.span))
    return _draft(context, said, best, said.span), best.key.cue


def references_in(context: Context, sentence: Span) -> Iterator[Draft]:
    """Yield what is found by its words alone wherever it stands, as the documents referred to."""
    last = sentence.start
    finder = context.lexicon.cues.get(APART)
    for one in finder.finds(context.view.masked, sentence) if finder else ():
        if one.span.start >= last and not _is_to_come(context, one.span):
            yield _apart(context, one, sentence)
            last = one.span.end


def _is_to_come(context: Context, span: Span) -> bool:
    """Whether a document is only promised: "a circular in the coming days"."""
    return any(
        r.window is not None
        and r.window.earliest is not None
        and r.window.earliest > context.published_on
        for r in within(context.view.readings, span)
    )


def _spoken(context: Context, said: Said) -> Iterator[Found[Spoken]]:
    finder = context.lexicon.cues.get(EVENT_TYPE)
    for one in finder.finds(said.text, said.span) if finder else ():
        cue = one.key.cue
        if all(said.near.get(fact) == value for fact, value in cue.needs) and not (
            one.key.unless.finds(said.text, said.span)
            or (cue.told and _is_unreal(context, said, one.span))
            or (cue.timed and time_over(said, one.span) is None)
        ):
            yield one


def _is_unreal(context: Context, said: Said, told: Span) -> bool:
    """Whether words before the verb, or between its subject and it, say that it is to come."""
    before = Span(max(said.span.start, told.start - _NEAR), told.end)
    return bool(context.lexicon.grammar["unreal"].finds(said.text, before))


def _draft(context: Context, said: Said, one: Found[Spoken], clause: Span) -> Draft:
    text, cue = context.document.text, one.key.cue
    span = context.grammar.led(context.view, trimmed(text, clause))
    window = _window(context, said, one)
    facts: dict[str, Any] = dict(cue.sets)
    facts |= {fact: said.near[fact] for fact in _facts_of(context, cue.name) & set(said.near)}
    milestone = milestone_of(context.vocabulary.milestones, cue.name, facts)
    facts |= _stage(context, said, cue.name)
    amounts = context.amounts_in(span)
    return Draft(
        id=draft_id(context.document.digest, DraftKind.EVENT, cue.name, span),
        kind=DraftKind.EVENT,
        span=span,
        text=span.of(text),
        type=cue.name,
        confidence=round((_GENERAL if cue.general else _SURE) + (_DATED if window.words else 0), 2),
        why=why(text, [one.span]),
        program=context.program_of(said.span, said.sentence),
        milestone=milestone,
        window=window,
        speaker=context.speakers.of(span) or context.issuer(),
        facts={**facts, "amounts": amounts} if amounts else facts,
    )


def _window(context: Context, said: Said, one: Found[Spoken]) -> DraftWindow:
    """Return when it was: as the words tell; else a state is of the day, an event of before."""
    when = time_over(said, one.span)
    if when is not None and when.window is not None:
        return told_window(when, when.window)
    kind = context.vocabulary.event_types.get(one.key.cue.name, {}).get("kind")
    return day_window(context.published_on, since=kind == _OCCURRENCE)


def _facts_of(context: Context, event_type: str) -> set[str]:
    fields = context.vocabulary.event_types.get(event_type, {}).get("fields", ())
    return {field.partition(":")[0] for field in fields}


def _stage(context: Context, said: Said, event_type: str) -> dict[str, str]:
    """Return the stage that an event which states one speaks of."""
    finder = context.lexicon.cues.get(STAGE)
    if finder is None or STAGE not in _facts_of(context, event_type):
        return {}
    found = finder.finds(said.text, said.span)
    return {STAGE: found[0].key.cue.name} if found else {}


def _apart(context: Context, one: Found[Spoken], sentence: Span) -> Draft:
    text, cue, span = context.document.text, one.key.cue, one.span
    when = next((r for r in within(context.view.readings, sentence) if span.overlaps(r.span)), None)
    return Draft(
        id=draft_id(context.document.digest, DraftKind.EVENT, cue.name, span),
        kind=DraftKind.EVENT,
        span=span,
        text=span.of(text),
        type=cue.name,
        confidence=_APART,
        why=why(text, [span]),
        program=context.program_of(span, sentence),
        window=draft_window(when),
        speaker=context.issuer(),
        facts=dict(cue.sets),
    )
