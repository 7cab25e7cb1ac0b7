"""Evidence: all that a rule may read. What was not visible at the asked clocks is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  # the fields of a dataclass are read at run time
from typing import TYPE_CHECKING, Any

from projections.compliance.claim import Claim, claim_of
from projections.compliance.policy import LOOK_BACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from projections.compliance.reading import TextRead
    from timeline.bitemporal import Window
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged
    from timeline.packs import Vocabulary


@dataclass(frozen=True, slots=True)
class Published:
    """A document; `own` is whether the issuer itself published it."""

    id: str
    published: Window | None
    kind: str
    publisher: str | None
    title: str | None
    sha256: str | None
    own: bool

    @property
    def on(self) -> date | None:
        """The last day it can have come out on: it is public from there."""
        return self.published.latest if self.published else None

    def is_of(self, day: date) -> bool:
        """Whether that day may be the one it came out on."""
        if self.published is None or self.published.latest is None:
            return False
        return (self.published.earliest or self.published.latest) <= day <= self.published.latest


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one issuer at the asked clocks, and the document in hand.

    `today` is the earlier of `as_of` and `known_at`. `events` are public, `internal` are not;
    both in the order they became known. `facts` hold about the issuer itself, by attribute, and
    `sources` names the item behind each. `text` is the document in hand, read; None where its
    text is not at hand.
    """

    issuer: str
    today: date
    documents: Sequence[Published]
    events: Sequence[Event]
    internal: Sequence[Event]
    chains: Sequence[ChainHistory]
    facts: Mapping[str, Any]
    sources: Mapping[str, str]
    vocabulary: Vocabulary
    names: frozenset[str] = field(default_factory=frozenset)
    document: Published | None = None
    text: TextRead | None = None

    @property
    def judged(self) -> Iterator[Judged]:
        """Every statement that counts, with its verdict."""
        return (judged for chain in self.chains for judged in chain.statements)

    @property
    def standing(self) -> Iterator[tuple[ChainHistory, Judged]]:
        """What stands: of each milestone the newest statement, unless it is over."""
        return ((chain, chain.standing) for chain in self.chains if chain.standing is not None)

    def is_recent(self, on: date | None) -> bool:
        """Whether that day lies no further back than findings look."""
        return on is not None and self.today - on <= LOOK_BACK

    def is_live(self, chain: ChainHistory, judged: Judged) -> bool:
        """Whether it still stands, or was said no further back than findings look."""
        return judged is chain.standing or self.is_recent(judged.statement.stated_on)

    @property
    def claims(self) -> list[Claim]:
        """The statements of the document in hand: as read in its text, else as recorded."""
        if self.text is not None:
            return list(self.text.claims)
        wanted = self.document.id if self.document else None
        made = (j.statement for j in self.judged if j.statement.document == wanted)
        return [claim_of(one, own=self.is_own(one.said_by)) for one in made if one.window]

    @property
    def on(self) -> date:
        """The day the document in hand came out, else today."""
        return (self.document.on if self.document else None) or self.today

    def of_type(self, *types: str) -> list[Event]:
        """Return the public events of these types, in the order they became known."""
        return [event for event in self.events if event.type in types]

    def is_own(self, speaker: str | None) -> bool:
        """Whether `speaker` is the issuer or somebody who speaks for it; nobody named is."""
        told = (speaker or "").casefold()
        return not told or any(name in told for name in self.names)
