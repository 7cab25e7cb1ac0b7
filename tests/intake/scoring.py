"""Scoring: what a reading of a document found of its labels, and what it found that is none.

A draft *meets* a label of its kind when they share at least half of the shorter; an event with
several mentions is met at any. Two counts stand side by side:

- strict: a draft finds one label at most and a label is found by one draft (a largest pairing), so
  neither one draft over everything nor two drafts of one thing pay;
- lenient: a draft also finds every further label that it holds whole, and every draft that meets
  a label is a right one.

A statement with a window is found as *dated* only with its exact last day and its program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.intake.pairing import found, meets, meets_label, pairs
from tests.intake.traps import is_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.intake.labels import Label, Labels
    from tests.intake.readings import Found, Reading
    from timeline.intake.span import Span

    Check = Callable[[Found, Label], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, counted strictly and leniently."""

    strict: int
    lenient: int
    of: int

    def __add__(self, other: Share) -> Share:
        return Share(self.strict + other.strict, self.lenient + other.lenient, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Miss:
    """A place that counts against a reading, and what was wanted or read there."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A share, and the misses that keep it from being whole (of traps: those taken)."""

    share: Share
    misses: tuple[Miss, ...] = ()


def score(reading: Reading, labels: Labels, text: str) -> dict[str, Measure]:
    """Hold `reading` of `text` against its `labels`; what was not read at all is left out."""
    return (
        _statements(reading.of_kind("expectation"), labels)
        | _events(reading.of_kind("event"), labels)
        | {"traps": _traps(reading, labels, text)}
        | _legend(reading, labels)
    )


def _statements(drafts: Sequence[Found], labels: Labels) -> dict[str, Measure]:
    program = _program_is_right(labels)
    stated = labels.statements
    dated = [label for label in stated if label.is_dated]
    substantive = [label for label in stated if label.is_substantive]
    return {
        "dated": _recall(dated, drafts, lambda d, s: _window_is_right(d, s) and program(d, s)),
        "substantive": _recall(substantive, drafts),
        "expectation precision": _precision(drafts, stated),
        "windows": _of_those_met(dated, drafts, _window_is_right),
        "programs": _of_those_met(substantive, drafts, program),
    }


def _events(drafts: Sequence[Found], labels: Labels) -> dict[str, Measure]:
    when = [label for label in labels.events if label.is_dated]
    return {
        "events": _recall(labels.events, drafts),
        "event precision": _precision(drafts, labels.events),
        "event days": _of_those_met(when, drafts, _window_is_right),
    }


def _traps(reading: Reading, labels: Labels, text: str) -> Measure:
    strays = [
        draft
        for kind, known in (("expectation", labels.statements), ("event", labels.events))
        for draft in _strays(reading.of_kind(kind), known)
    ]
    taken = [trap for trap in labels.traps if is_taken(trap.span, reading.drafts, strays, text)]
    misses = tuple(Miss(trap.span, trap.why) for trap in taken)
    return Measure(Share(len(taken), len(taken), len(labels.traps)), misses)


def _legend(reading: Reading, labels: Labels) -> dict[str, Measure]:
    told = [draft for draft in reading.of_kind("expectation") if draft.covered]
    judged = [label for label in labels.statements if label.covered]
    measures = {}
    if reading.list_items is not None:
        measures["list items"] = _list_items(labels.list_items, reading.list_items)
    if told:
        measures["coverage"] = _of_those_met(judged, told, _coverage_is_right)
    return measures


def _recall(
    labels: Sequence[Label], drafts: Sequence[Found], check: Check | None = None
) -> Measure:
    strict, lenient = found(labels, drafts, check or (lambda _draft, _label: True))
    missed = [label for k, label in enumerate(labels) if k not in lenient]
    return Measure(
        Share(len(strict), len(lenient), len(labels)),
        tuple(Miss(label.spans[0], f"{label.id} {label.type}") for label in missed),
    )


def _precision(drafts: Sequence[Found], labels: Sequence[Label]) -> Measure:
    strict, _ = found(labels, drafts, lambda _draft, _label: True)
    strays = _strays(drafts, labels)
    return Measure(
        Share(len(strict), len(drafts) - len(strays), len(drafts)),
        tuple(Miss(draft.span, f"no label: {draft.kind}") for draft in strays),
    )


def _of_those_met(labels: Sequence[Label], drafts: Sequence[Found], check: Check) -> Measure:
    """Count the labels right by `check` among those that a draft meets at all."""
    by = [(label, [d for d in drafts if meets_label(d, label)]) for label in labels]
    met = [(label, ds) for label, ds in by if ds]
    wrong = [(label, ds) for label, ds in met if not any(check(d, label) for d in ds)]
    right = len(met) - len(wrong)
    return Measure(
        Share(right, right, len(met)),
        tuple(Miss(label.spans[0], _contrast(label, ds[0])) for label, ds in wrong),
    )


def _list_items(labelled: Sequence[Span], read: Sequence[Span]) -> Measure:
    edges = {
        i: [k for k, item in enumerate(labelled) if meets(s, item)] for i, s in enumerate(read)
    }
    held = pairs(edges)
    missed = tuple(Miss(s, "list item") for k, s in enumerate(labelled) if k not in held)
    return Measure(Share(len(held), len(held), len(labelled)), missed)


def _strays(drafts: Sequence[Found], labels: Sequence[Label]) -> list[Found]:
    return [d for d in drafts if not any(meets_label(d, label) for label in labels)]


def _window_is_right(draft: Found, label: Label) -> bool:
    return draft.latest == label.latest


def _coverage_is_right(draft: Found, label: Label) -> bool:
    return draft.covered == label.covered


def _program_is_right(labels: Labels) -> Check:
    return lambda draft, label: labels.program(draft.program) == labels.program(label.program)


def _contrast(label: Label, draft: Found) -> str:
    wanted = f"{label.program}, {label.latest}, {label.covered}"
    return f"{label.id} wanted {wanted}; read {draft.program}, {draft.latest}, {draft.covered}"
