"""Pairing: which drafts find which labels, and how many of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.intake.labels import Label
    from tests.intake.readings import Found
    from timeline.intake.span import Span


def shared(one: Span, other: Span) -> int:
    """Return how many code points both hold."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def meets(one: Span, other: Span) -> bool:
    """Whether they share at least half of the shorter."""
    both = shared(one, other)
    return both > 0 and 2 * both >= min(len(one), len(other))


def meets_label(draft: Found, label: Label) -> bool:
    """Whether a draft meets some mention of a label."""
    return any(meets(draft.span, span) for span in label.spans)


def holds_label(draft: Found, label: Label) -> bool:
    """Whether a draft holds the whole of some mention of a label."""
    return any(draft.span.holds(span) for span in label.spans)


def found(
    labels: Sequence[Label], drafts: Sequence[Found], is_right: Callable[[Found, Label], bool]
) -> tuple[set[int], set[int]]:
    """Return the indexes of `labels` found strictly, and leniently.

    A draft may find a label that it meets and is right about: strictly one, of a largest pairing;
    leniently also every other that it holds whole.
    """
    edges = {
        i: [k for k, label in enumerate(labels) if meets_label(d, label) and is_right(d, label)]
        for i, d in enumerate(drafts)
    }
    strict = set(pairs(edges))
    held = {k for i, ks in edges.items() for k in ks if holds_label(drafts[i], labels[k])}
    return strict, strict | held


def pairs(edges: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return a largest one-to-one pairing, as the left that each paired right has.

    By augmenting paths: a left that finds its rights taken asks those who hold them to move.
    """
    holder: dict[int, int] = {}

    def place(left: int, asked: set[int]) -> bool:
        for right in edges[left]:
            if right not in asked:
                asked.add(right)
                if right not in holder or place(holder[right], asked):
                    holder[right] = left
                    return True
        return False

    for left in edges:
        place(left, set())
    return holder
