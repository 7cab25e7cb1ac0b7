"""A mention: where a text speaks of something by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from timeline.intake.span import Span  # noqa: TC001 - a dataclass of ours is read at run time


class NameKind(StrEnum):
    """What a name is the name of."""

    PROGRAM = "program"
    PARTNER = "partner"
    ISSUER = "issuer"


@dataclass(frozen=True, slots=True)
class Mention:
    """The words at `span` name the `kind` of thing that has `id`.

    `exact` is false where they were spelled otherwise than on record; `guessed` is true where
    nothing on record is named so and only the look of the words tells.
    """

    span: Span
    kind: NameKind
    id: str
    exact: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Something that has names: the first of `names` is the one it goes by."""

    kind: NameKind
    id: str
    names: tuple[str, ...]
