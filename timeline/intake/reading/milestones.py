"""Milestones: which one of the vocabulary a clause speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Spoken
    from timeline.intake.span import Span


def milestone_in(
    context: Context,
    clause: Span,
    near: Mapping[str, str],
    condition: Span | None,
    behind: Iterable[Span] = (),
) -> Found[Spoken] | None:
    """Return the cue of the milestone a clause speaks of, its condition left out.

    It is the first behind the first of the verbs in `behind`, else the first.
    """
    finder = context.lexicon.cues.get("milestone")
    if finder is None:
        return None
    found = finder.finds(context.view.outer, clause)
    fitting = list(_fitting(context, found, clause, near, condition))
    start = min((span.start for span in behind), default=clause.start)
    later = (one for one in fitting if one.span.start >= start)
    return next(later, fitting[0] if fitting else None)


def _fitting(
    context: Context,
    found: Iterable[Found[Spoken]],
    clause: Span,
    near: Mapping[str, str],
    condition: Span | None,
) -> Iterator[Found[Spoken]]:
    for one in found:
        if condition is not None and condition.overlaps(one.span):
            continue
        fits = all(near.get(fact) == value for fact, value in one.key.cue.needs)
        if fits and not one.key.unless.finds(context.view.outer, clause):
            yield one


def milestone_of(
    vocabulary_milestones: Mapping[str, Mapping[str, object]],
    event_type: str,
    facts: Mapping[str, str],
) -> str | None:
    """Return the milestone that an event of this type with these facts satisfies, if just one."""
    brought = [
        name
        for name, told in vocabulary_milestones.items()
        for pattern in _patterns(told)
        if _is_satisfied(pattern, event_type, facts)
    ]
    return brought[0] if len(set(brought)) == 1 else None


def _patterns(told: Mapping[str, object]) -> list[str]:
    patterns = told.get("satisfied_by")
    return [str(one) for one in patterns] if isinstance(patterns, list) else []


def _is_satisfied(pattern: str, event_type: str, facts: Mapping[str, str]) -> bool:
    """Whether TYPE[FACT=VALUE,...] is met; what is no FACT=VALUE is for people to judge."""
    name, _, rest = pattern.partition("[")
    wanted = [part.partition("=") for part in rest.rstrip("]").split(",") if part]
    return name == event_type and all(
        sign == "=" and facts.get(fact) == value for fact, sign, value in wanted
    )
