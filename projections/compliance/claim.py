"""A claim: one forward-looking statement as rules see it, recorded or only drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  # the fields of a dataclass are read at run time
from typing import TYPE_CHECKING

from timeline.expectations import Target

if TYPE_CHECKING:
    from timeline.bitemporal import Window
    from timeline.expectations import Statement
    from timeline.intake import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that something will come. `form` is the kind of statement, if it is known.

    `own` is whether the issuer or somebody for it speaks of its own plans; what a partner or an
    analyst plans or forecasts is not own, even where the issuer repeats it. `words` are those of
    its time, `amounts` says whether it names sums of money.
    """

    id: str
    target: Target
    window: Window | None
    made_on: date
    own: bool
    speaker: str | None = None
    form: str | None = None
    words: str | None = None
    condition: str | None = None
    span: Span | None = None
    text: str | None = None
    amounts: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it names a last day."""
        return self.window is not None and self.window.latest is not None


def claim_of(statement: Statement, *, own: bool) -> Claim:
    """Return a recorded statement as a claim."""
    condition = statement.condition
    return Claim(
        id=statement.id,
        target=Target(*statement.target),
        window=statement.window,
        made_on=statement.stated_on,
        own=own,
        speaker=statement.said_by,
        words=statement.words,
        condition=condition.text if condition else None,
    )
