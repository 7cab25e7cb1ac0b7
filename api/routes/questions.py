"""Asking the library for a request: its clocks, and what is told of the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from api.clocks import ClockArguments
from api.routes.parameters import (  # noqa: TC001  # read at run time
    AsAt,
    AsOf,
    Explain,
    KnownAt,
    Prove,
)
from api.routes.responding import respond
from api.routes.store import store_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from fastapi.responses import Response

    from api.answers import Answer
    from api.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Question:
    """A request about one thing: its clocks as stated, and whether it asks why."""

    request: Request
    clocks: ClockArguments
    explain: bool
    prove: bool

    @property
    def timeline(self) -> Timeline:
        """The store it is asked of."""
        return store_of(self.request).timeline()

    def only(self, answer: Answer, issuer: str | None = None) -> Response:
        """Respond with the one row of `answer`; `issuer` says whose it is, where no path does."""
        return self.told(answer, answer.only(), issuer)

    def told(self, answer: Answer, body: dict[str, Any], issuer: str | None = None) -> Response:
        """Respond with `body`, the rows of `answer` as they are told, and their proof if wanted."""
        if not self.prove:
            return respond(self.request, answer, body)
        if not self.explain:
            raise BadInput("goes with explain=true, which names the events", place="proof")
        proof = self.timeline.proof_of(
            answer.items, as_at=answer.asked.position, issuer=self._issuer(answer, issuer)
        )
        return respond(self.request, answer, {**body, "proof": proof}, final=False)

    def _issuer(self, answer: Answer, named: str | None) -> str | None:
        """Return the id of the one issuer asked about; None where each row names its own."""
        named = named or self.request.path_params.get("issuer")
        if named is None:
            return None
        found = self.timeline.issuer(named, as_at=answer.asked.as_at)
        return str(found.items[0]["issuer"])


async def asked_clocks(
    as_of: AsOf = None, known_at: KnownAt = None, as_at: AsAt = None
) -> ClockArguments:
    """Return the clocks that were stated."""
    return stated_clocks(as_of, known_at, as_at)


Stated = Annotated[ClockArguments, Depends(asked_clocks)]


async def question(
    request: Request, clocks: Stated, *, explain: Explain = False, prove: Prove = False
) -> Question:
    """Read the parameters of a question about one thing."""
    return Question(request, clocks, explain, prove)


Asking = Annotated[Question, Depends(question)]


def explained(answer: Answer, key: str, *, explain: bool) -> Answer:
    """Say of each row that the item itself is why it is there, if somebody asks."""
    if not explain:
        return answer
    rows = [row | {"because": [row[key]], "overridden": []} for row in answer.items]
    return replace(answer, items=rows)


def stated_clocks(as_of: str | None, known_at: str | None, as_at: str | None) -> ClockArguments:
    """Keep what was stated; an empty text is stated too, and refused later."""
    stated = ClockArguments()
    if as_of is not None:
        stated["as_of"] = as_of
    if known_at is not None:
        stated["known_at"] = known_at
    if as_at is not None:
        stated["as_at"] = as_at
    return stated
