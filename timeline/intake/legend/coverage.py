"""Coverage: the statements of the body and the legend of one document, held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.draft import DraftKind
from timeline.intake.legend.cautions import Told, label_stems, reach
from timeline.intake.legend.matching import Match, Strength, match
from timeline.intake.legend.risks import body_risks, unspoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.intake.draft import Draft
    from timeline.intake.legend.cautions import Reach
    from timeline.intake.legend.matter import Ground, Matter
    from timeline.intake.legend.part import Legend, Part
    from timeline.intake.legend.risks import BodyRisk, Unspoken
    from timeline.intake.span import Span

# Kinds of statement that name nothing to be listed.
APART = frozenset({"vague", "puffery"})
# No release says or lists more; what is beyond is counted, not compared.
MOST = 500
FEWEST = 2


class Status(StrEnum):
    """Whether the list of a legend names a statement of the body."""

    COVERED = "covered"
    PARTIAL = "partial"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Covered:
    """A statement of the body, the items of the list that speak of it, and why.

    `id` is its draft's, `kind` what sort of statement it is; `differences` are where the list says
    it otherwise, one line each, `times` those of them that leave other days.
    """

    id: str
    kind: str
    span: Span
    text: str
    status: Status
    items: tuple[str, ...]
    why: str
    differences: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of the list with the ids of the statements it speaks of; none: it has none."""

    item: Part
    statements: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a legend says of a document's statements, and what it leaves out.

    `statements` are those that name something, `apart` the vague ones and the puffery, which no
    list has to name. `left_off` counts what was beyond 500 statements or items and not compared.
    """

    has_list: bool
    statements: tuple[Covered, ...]
    apart: tuple[Covered, ...]
    items: tuple[Listed, ...]
    risks: tuple[Reach, ...]
    assumptions: tuple[Reach, ...]
    body_risks: tuple[BodyRisk, ...]
    unspoken: tuple[Unspoken, ...]
    left_off: int = 0

    def uncovered(self) -> tuple[Covered, ...]:
        """Return the statements that name something and that no item speaks of."""
        return tuple(one for one in self.statements if one.status is Status.NOT_COVERED)


def coverage(drafts: Iterable[Draft], legend: Legend, ground: Ground) -> Coverage:
    """Hold the statements among `drafts` against `legend`, both of the document of `ground`.

    Drafts of events, and those within the legend, are left out. Spans are in code points of the
    document's text. What is compared is bounded, see `Coverage.left_off`.
    """
    labels = ground.labels
    said = [d for d in drafts if d.kind is DraftKind.EXPECTATION and not _inside(legend, d.span)]
    matters = [(draft, ground.matter_of(draft)) for draft in said[:MOST]]
    items = [(item, ground.matter(item.span)) for item in legend.items[:MOST]]
    general = [(item, ground.matter(item.span)) for item in legend.general[:MOST]]
    told = [Told(d.id, m, label_stems(m.milestones, labels)) for d, m in matters]
    covered = [
        _covered(draft, one, items, general) for (draft, _), one in zip(matters, told, strict=True)
    ]
    told = [one for one, (d, _) in zip(told, matters, strict=True) if d.type not in APART]
    factors = [(part, ground.matter(part.span, whole=True)) for part in legend.risks[:MOST]]
    assumed = [(part, ground.matter(part.span, whole=True)) for part in legend.assumptions[:MOST]]
    return Coverage(
        has_list=bool(legend.items or legend.general),
        statements=tuple(one for one in covered if one.kind not in APART),
        apart=tuple(one for one in covered if one.kind in APART),
        items=tuple(_listed(item, covered) for item, _ in items),
        risks=tuple(reach(part, matter, told) for part, matter in factors),
        assumptions=tuple(reach(part, matter, told) for part, matter in assumed),
        body_risks=tuple(body_risks(ground, legend, factors)),
        unspoken=tuple(unspoken(told, labels, factors)),
        left_off=max(0, len(said) - MOST) + max(0, len(legend.items) - MOST),
    )


def _inside(legend: Legend, span: Span) -> bool:
    return any(stretch.overlaps(span) for stretch in legend.spans)


def _covered(
    draft: Draft,
    told: Told,
    items: Sequence[tuple[Part, Matter]],
    general: Sequence[tuple[Part, Matter]],
) -> Covered:
    found = _matches(told, items)
    full = [(item, m) for item, m in found if m.strength is Strength.FULL]
    if found:
        return _told(draft, Status.COVERED if full else Status.PARTIAL, full or found)
    loose = [(item, matter) for item, matter in general if _shares(told.matter, matter)]
    if loose:
        why = "in general words alone; "
        return _told(draft, Status.PARTIAL, _matches(told, loose), why)
    why = "no item of the list speaks of it" if items or general else "the legend has no list"
    return _told(draft, Status.NOT_COVERED, (), why)


def _matches(told: Told, items: Iterable[tuple[Part, Matter]]) -> list[tuple[Part, Match]]:
    compared = ((item, match(told.matter, other, label=told.labels)) for item, other in items)
    return [(item, found) for item, found in compared if found is not None]


def _shares(statement: Matter, general: Matter) -> bool:
    """Whether a general item says enough of a statement: one word alone is chance."""
    return len(statement.stems & general.stems) >= FEWEST


def _told(
    draft: Draft, status: Status, found: Sequence[tuple[Part, Match]], why: str = ""
) -> Covered:
    reasons = "; ".join(f"{item.id}: {m.why}" for item, m in found)
    differences = tuple(f"{item.id}: {told}" for item, m in found for told in m.differences)
    return Covered(
        id=draft.id,
        kind=draft.type,
        span=draft.span,
        text=draft.text,
        status=status,
        items=tuple(item.id for item, _ in found),
        why=why + reasons,
        differences=differences,
        times=tuple(f"{item.id}: {told}" for item, m in found for told in m.times),
    )


def _listed(item: Part, covered: Iterable[Covered]) -> Listed:
    statements = tuple(one.id for one in covered if item.id in one.items)
    why = "" if statements else "no counterpart in the body"
    return Listed(item, statements, why)
