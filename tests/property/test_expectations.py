"""What must hold of every chain, whatever was said and whatever came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.chains import clocks, records
from timeline.bitemporal import Clocks, start_of
from timeline.expectations import (
    Adjudication,
    ChainHistory,
    Recorded,
    Register,
    Relation,
    Statement,
    Target,
    Verdict,
    history,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BOUNDED = settings(max_examples=200)


def answers(recorded: Recorded, asked: Clocks) -> dict[Target, ChainHistory]:
    register = Register.at(recorded, asked)
    return {target: history(target, register) for target in register.targets}


def only(recorded: Recorded, keep: Callable[[Any], bool]) -> Recorded:
    return Recorded(
        [s for s in recorded.statements if keep(s)],
        [o for o in recorded.outcomes if keep(o)],
        [e for e in recorded.ends if keep(e)],
        [a for a in recorded.adjudications if keep(a)],
    )


def public_at(thing: Any) -> Any:
    return start_of(thing.stated_on) if isinstance(thing, Statement) else thing.place.disclosed_at


@BOUNDED
@given(records(), clocks())
def test_nothing_disclosed_after_known_at_changes_an_answer(
    recorded: Recorded, asked: Clocks
) -> None:
    known = only(recorded, lambda thing: public_at(thing) <= asked.known_at)
    assert answers(known, asked) == answers(recorded, asked)


@BOUNDED
@given(records(), clocks())
def test_nothing_said_or_decided_after_either_clock_changes_an_answer(
    recorded: Recorded, asked: Clocks
) -> None:
    bound = min(asked.as_of, asked.known_at)
    said = (Statement, Adjudication)
    known = only(recorded, lambda t: not isinstance(t, said) or public_at(t) <= bound)
    assert answers(known, asked) == answers(recorded, asked)


@BOUNDED
@given(records(), clocks())
def test_what_neither_happened_nor_was_published_by_as_of_changes_nothing(
    recorded: Recorded, asked: Clocks
) -> None:
    def by_then(thing: Any) -> bool:
        happens = getattr(thing, "occurred", None)
        if happens is None or public_at(thing) <= asked.as_of:
            return True
        return happens.latest is not None and start_of(happens.latest) <= asked.as_of

    assert answers(only(recorded, by_then), asked) == answers(recorded, asked)


@BOUNDED
@given(records(), clocks(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_handed_over_does_not_matter(
    recorded: Recorded, asked: Clocks, random: Any
) -> None:
    def shuffled(things: Sequence[Any]) -> list[Any]:
        return list(random.sample(list(things), len(things)))

    mixed = Recorded(
        shuffled(recorded.statements),
        shuffled(recorded.outcomes),
        shuffled(recorded.ends),
        shuffled(recorded.adjudications),
    )
    assert answers(mixed, asked) == answers(recorded, asked)


@BOUNDED
@given(records(), clocks())
def test_every_counted_statement_is_told_once_in_its_order(
    recorded: Recorded, asked: Clocks
) -> None:
    chains = answers(recorded, asked)
    bound = min(asked.as_of, asked.known_at)
    counted = [s for s in recorded.statements if start_of(s.stated_on) <= bound]
    told = [j.statement for chain in chains.values() for j in chain.statements]
    assert sorted(told, key=lambda s: s.order) == sorted(counted, key=lambda s: s.order)
    for chain in chains.values():
        orders = [j.statement.order for j in chain.statements]
        assert orders == sorted(orders)


@BOUNDED
@given(records(), clocks())
def test_revisions_are_the_statements_that_changed_what_was_said(
    recorded: Recorded, asked: Clocks
) -> None:
    for chain in answers(recorded, asked).values():
        first, rest = chain.statements[:1], chain.statements[1:]
        assert [judged.relation for judged in first] == [None] * len(first)
        changed = [j for j in rest if j.relation is not Relation.REAFFIRMED]
        assert chain.revisions == len(changed)


@BOUNDED
@given(records(), clocks())
def test_what_stands_is_the_newest_or_nothing(recorded: Recorded, asked: Clocks) -> None:
    for chain in answers(recorded, asked).values():
        assert chain.standing in (None, *chain.statements[-1:])
        if chain.standing is not None:
            assert chain.standing.outcome is None
            assert chain.standing.decision.verdict in ("open", "lapsed")


@BOUNDED
@given(records(), clocks())
def test_superseding_takes_a_later_statement_that_came_in_time(
    recorded: Recorded, asked: Clocks
) -> None:
    rulings_made = {a.id for a in recorded.adjudications}
    for chain in answers(recorded, asked).values():
        named = {j.statement.id: j.statement for j in chain.statements}
        for judged in chain.statements:
            (because,) = judged.decision.because
            if judged.decision.verdict is Verdict.SUPERSEDED and because not in rulings_made:
                window, later = judged.statement.window, named[because]
                assert window is not None
                assert later.order > judged.statement.order
                assert window.latest is None or later.stated_on <= window.latest
                if judged.outcome is not None:
                    assert later.stated_on <= judged.outcome.place.disclosed_at.date()


@BOUNDED
@given(records(), clocks())
def test_a_slip_has_the_sign_of_its_verdict(recorded: Recorded, asked: Clocks) -> None:
    for chain in answers(recorded, asked).values():
        for judged in chain.statements:
            outcome = judged.outcome
            if outcome is None or outcome.id not in judged.decision.because:
                continue
            first, last = judged.slip_days or (None, None)
            if judged.decision.verdict is Verdict.MET_LATE and first is not None:
                assert first > 0
            if judged.decision.verdict in (Verdict.MET_EARLY, Verdict.MET_ON_TIME):
                assert last is None or last <= 0


@BOUNDED
@given(records(), clocks())
def test_what_decided_was_public(recorded: Recorded, asked: Clocks) -> None:
    things: list[Any] = [
        *recorded.statements,
        *recorded.outcomes,
        *recorded.ends,
        *recorded.adjudications,
    ]
    public = {thing.id: public_at(thing) for thing in things}
    for chain in answers(recorded, asked).values():
        for judged in chain.statements:
            for name in (*judged.decision.because, *judged.overridden):
                assert public[name] <= asked.known_at
