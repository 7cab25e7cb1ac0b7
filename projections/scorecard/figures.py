"""The figures of one group of statements, and the statements behind each figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.scorecard.shares import is_small, rounded, share_of
from projections.scorecard.slips import slips_told
from timeline.expectations import Relation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.expectations import ChainHistory, Judged

IN_TIME = frozenset({Verdict.MET_EARLY, Verdict.MET_ON_TIME})
DECIDED = IN_TIME | {Verdict.MET_LATE, Verdict.MISSED, Verdict.LAPSED}
"""The verdicts of time: the milestone came in its window, or after it, or not within it."""

_NO_REVISION = (None, Relation.REAFFIRMED)


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement with its verdict, and whether the chain went on after it."""

    judged: Judged
    is_last: bool

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.judged.statement.id

    @property
    def verdict(self) -> Verdict:
        """Its verdict at the asked clocks."""
        return self.judged.decision.verdict

    @property
    def is_silent(self) -> bool:
        """Whether its window ran out and nothing more was heard: no statement, no outcome."""
        return self.verdict is Verdict.LAPSED and self.is_last and self.judged.outcome is None


def heard(chains: Iterable[ChainHistory]) -> list[Heard]:
    """Return the statements of `chains` in the order they were made."""
    told = [Heard(one, one is chain.statements[-1]) for chain in chains for one in chain.statements]
    return sorted(told, key=lambda one: one.judged.statement.order)


def figures(group: Sequence[Heard]) -> dict[str, Any]:
    """Return the figures of a group of statements, in the order they were made."""
    behind = statements_behind(group)
    number = {name: len(told) for name, told in behind.items()}
    chains = Counter(one.judged.statement.target for one in group)
    verdicts = Counter(one.verdict for one in group)
    return {
        "statements": len(group),
        "chains": len(chains),
        "verdicts": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "decided": number["decided"],
        "on_time": share_of(number["on_time"], number["decided"]),
        "silently_lapsed": share_of(number["silently_lapsed"], number["decided"]),
        **{name: slips_told(_slips(behind[name])) for name in ("slip", "first_slip", "last_slip")},
        "revisions": {
            "cases": number["revisions"],
            "of": len(chains),
            "per_milestone": rounded(number["revisions"] / len(chains)) if chains else None,
            "small_sample": is_small(len(chains)),
        },
    }


def statements_behind(group: Sequence[Heard]) -> dict[str, list[Heard]]:
    """Return the statements that each figure counts.

    `slip` counts every statement with one; `first_slip` and `last_slip` one for each actual, the
    first and the last in the group to have spoken of it with a last day.
    """
    measured = [one for one in group if one.judged.slip_days is not None]
    by_actual = _by_actual(measured)
    return {
        "decided": [one for one in group if one.verdict in DECIDED],
        "on_time": [one for one in group if one.verdict in IN_TIME],
        "silently_lapsed": [one for one in group if one.is_silent],
        "slip": measured,
        "first_slip": [told[0] for told in by_actual],
        "last_slip": [told[-1] for told in by_actual],
        "revisions": [one for one in group if one.judged.relation not in _NO_REVISION],
    }


def explained(group: Sequence[Heard]) -> dict[str, Any]:
    """Return the ids of the statements behind each figure, and by verdict."""
    by_verdict: dict[str, list[str]] = {}
    for one in group:
        by_verdict.setdefault(one.verdict.value, []).append(one.id)
    behind = {name: [one.id for one in told] for name, told in statements_behind(group).items()}
    decided_by = {one: None for told in group for one in (told.id, *told.judged.decision.because)}
    return {
        "behind": behind | {"verdicts": by_verdict},
        "because": list(decided_by),
        "overridden": [],
    }


def _by_actual(measured: Iterable[Heard]) -> list[list[Heard]]:
    """Return the statements that are measured to one actual of a chain together."""
    told: dict[tuple[Any, Any], list[Heard]] = {}
    for one in measured:
        actual = one.judged.actual
        told.setdefault((one.judged.statement.target, actual and actual.id), []).append(one)
    return list(told.values())


def _slips(told: Iterable[Heard]) -> list[tuple[int, int]]:
    return [one.judged.slip_days for one in told if one.judged.slip_days is not None]
