"""Risks that the body of a document names, held against those the legend names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.intake.legend.cautions import Told
    from timeline.intake.legend.matter import Ground, Matter
    from timeline.intake.legend.part import Legend, Part
    from timeline.intake.span import Span

# So many words in common are a topic; fewer may be chance.
_TOPIC = 2


@dataclass(frozen=True, slots=True)
class BodyRisk:
    """A risk the body names, and what of it the risk factors say.

    `factors` are the ids of those with words of it; none: it is named in the body alone. `loosely`
    is whether one word is all that they have in common, too little to say that they speak of it.
    """

    span: Span
    text: str
    factors: tuple[str, ...]
    loosely: bool
    why: str


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A milestone that statements name and of which no risk factor speaks."""

    milestone: str
    label: str
    statements: tuple[str, ...]
    why: str


def body_risks(
    ground: Ground, legend: Legend, factors: Sequence[tuple[Part, Matter]]
) -> Iterator[BodyRisk]:
    """Yield the sentences outside of the legend that speak of something adverse."""
    for sentence in ground.document.sentences:
        if any(stretch.overlaps(sentence) for stretch in legend.spans):
            continue
        if pattern(r"\b<adverse>\b").search(ground.flat, sentence.start, sentence.end):
            yield _held(ground, sentence, factors)


def _held(ground: Ground, sentence: Span, factors: Sequence[tuple[Part, Matter]]) -> BodyRisk:
    said = ground.matter(sentence, whole=True)
    shared = {part.id: said.stems & matter.stems for part, matter in factors}
    shared = {name: words for name, words in shared.items() if words}
    loosely = all(len(words) < _TOPIC for words in shared.values())
    told = "; ".join(f"{name}: {', '.join(sorted(words))}" for name, words in shared.items())
    why = f"words in common with {told}" if shared else "no risk factor has a word of it"
    return BodyRisk(sentence, sentence.of(ground.document.text), tuple(shared), loosely, why)


def unspoken(
    told: Iterable[Told], labels: Mapping[str, str], factors: Sequence[tuple[Part, Matter]]
) -> Iterator[Unspoken]:
    """Yield the milestones whose statements share no topic with any risk factor."""
    by_milestone: dict[str, list[Told]] = {}
    for one in told:
        for name in one.matter.milestones:
            by_milestone.setdefault(name, []).append(one)
    for name, ones in sorted(by_milestone.items()):
        if not any(_speaks(name, ones, matter) for _, matter in factors):
            why = "no risk factor names it or shares two words with its statements"
            yield Unspoken(name, labels.get(name, name), tuple(one.id for one in ones), why)


def _speaks(milestone: str, ones: Iterable[Told], factor: Matter) -> bool:
    """Whether a risk factor names a milestone, or shares a topic with its statements."""
    label = frozenset().union(*(one.labels for one in ones))
    said = frozenset().union(*(one.matter.stems for one in ones))
    shared = factor.stems & said
    return milestone in factor.milestones or len(shared) >= _TOPIC or bool(factor.stems & label)
