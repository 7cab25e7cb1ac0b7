"""The parts of a legend, and the legend they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.span import Span  # noqa: TC001 - a dataclass of ours is read at run time

if TYPE_CHECKING:
    from collections.abc import Iterator


class PartKind(StrEnum):
    """What a part of a legend does.

    identification: says that, or which, statements are forward-looking. item: one thing named in
    the list of forward-looking statements. risk and assumption: one of those that are named.
    no_update: that nothing will be updated. exchange: what an exchange or a regulator has not
    reviewed. cue: a word listed as one that tells such statements, never a statement itself.
    statute: a law that is named. reference: another document that is named.
    """

    IDENTIFICATION = "identification"
    ITEM = "item"
    RISK = "risk"
    ASSUMPTION = "assumption"
    NO_UPDATE = "no_update"
    EXCHANGE = "exchange"
    CUE = "cue"
    STATUTE = "statute"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `span` in code points of the document's text, `text` what stands there.

    `id` is a letter and a number within its kind, in the order of the text: L items, G general
    ones, A assumptions, R risks, D identifications, U no-update clauses, X exchange's, C cue words,
    S statutes, P papers referred to.
    """

    id: str
    kind: PartKind
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Legend:
    """The cautionary text of one document: where it stands, and its parts in the text's order.

    `general` are items of a sentence that defines what is forward-looking ("statements other than
    of historical fact, including our strategy ...") and that name nothing on record, where there
    is a list besides: they say what kind of statement is meant and no particular one.
    """

    spans: tuple[Span, ...]
    identifications: tuple[Part, ...] = ()
    items: tuple[Part, ...] = ()
    general: tuple[Part, ...] = ()
    risks: tuple[Part, ...] = ()
    assumptions: tuple[Part, ...] = ()
    no_update: tuple[Part, ...] = ()
    exchange: tuple[Part, ...] = ()
    cues: tuple[Part, ...] = ()
    statutes: tuple[Part, ...] = ()
    references: tuple[Part, ...] = ()

    def parts(self) -> Iterator[Part]:
        """Yield every part, kind by kind."""
        yield from self.identifications
        yield from (*self.items, *self.general, *self.risks, *self.assumptions)
        yield from (*self.no_update, *self.exchange)
        yield from (*self.cues, *self.statutes, *self.references)
