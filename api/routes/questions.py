"""Asking the library for a request, and its answer as a response: pages, ETags, caching."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import Depends, Request
from fastapi.responses import Response

from api.answers import Answer, Cursor
from api.clocks import ClockArguments
from api.models import Problem
from api.problems import MEDIA_TYPE
from api.routes.parameters import (
    PAGE_DEFAULT,
    AsAt,
    AsOf,
    Explain,
    KnownAt,
    Limit,
    PageCursor,
    Prove,
)
from api.routes.store import store_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.clocks import Asked
    from api.timeline import Timeline

CLOSED = "public, immutable, max-age=31536000"
OPEN = "no-cache"
PERSONAL = "private, no-store"
_OF_EVERY_LIST = frozenset(
    {"as_of", "known_at", "as_at", "explain", "proof", "limit", "cursor", "after"}
)
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "304": {"description": "The answer is still the one of If-None-Match"},
    "default": {
        "description": "A problem, by RFC 9457",
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    },
}


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


@dataclass(frozen=True, slots=True)
class Listing(Question):
    """A request for a list, page by page."""

    limit: int
    cursor: str | None

    @property
    def asked_for(self) -> str:
        """What is listed, apart from the clocks: a cursor holds for nothing else."""
        asked = sorted(self.request.query_params.items())
        told = [f"{name}={value}" for name, value in asked if name not in _OF_EVERY_LIST]
        return "?".join((self.request.url.path, *told))

    def pinned(self) -> ClockArguments:
        """Return the clocks to ask at: those of the cursor, where there is one.

        Raises BadInput for a stated clock that says otherwise.
        """
        if self.cursor is None:
            return self.clocks
        pins = Cursor.read(self.cursor, question=self.asked_for).pins()
        pinned = self._asked(pins)
        stated = self.timeline.asked(**(pins | self.clocks))
        for name in self.clocks:
            told = getattr(pinned, name) if name in pins else "not set"
            if name not in pins or getattr(pinned.clocks, name) != getattr(stated.clocks, name):
                raise BadInput(f"is {told} in the cursor; leave one of them out", place=name)
        return pins

    def page(self, answer: Answer) -> Response:
        """Respond with the page of `answer` that the request asks for."""
        page = answer.page(limit=self.limit, cursor=self.cursor, question=self.asked_for)
        return self.told(page, page.body())

    def _asked(self, pins: ClockArguments) -> Asked:
        try:
            return self.timeline.asked(**pins)
        except BadInput as error:
            raise error.at("cursor") from None


async def question(
    request: Request,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_at: AsAt = None,
    explain: Explain = False,
    prove: Prove = False,
) -> Question:
    """Read the parameters of a question about one thing."""
    return Question(request, stated_clocks(as_of, known_at, as_at), explain, prove)


async def listing(
    request: Request,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_at: AsAt = None,
    explain: Explain = False,
    prove: Prove = False,
    limit: Limit = PAGE_DEFAULT,
    cursor: PageCursor = None,
) -> Listing:
    """Read the parameters of a question for a list."""
    return Listing(request, stated_clocks(as_of, known_at, as_at), explain, prove, limit, cursor)


Asking = Annotated[Question, Depends(question)]
AskingList = Annotated[Listing, Depends(listing)]


def explained(answer: Answer, key: str, *, explain: bool) -> Answer:
    """Say of each row that the item itself is why it is there, if somebody asks."""
    if not explain:
        return answer
    rows = [row | {"because": [row[key]], "overridden": []} for row in answer.items]
    return replace(answer, items=rows)


def respond(
    request: Request, answer: Answer, body: dict[str, Any], *, final: bool = True
) -> Response:
    """Return `body` as a response with its ETag; 304 where the client has it already.

    A closed question has one answer for ever, so caches may keep it; save one with personal facts,
    which no cache may keep, for they can be erased, and one that is not `final`: a later checkpoint
    proves the same otherwise.
    """
    return respond_with(request, answer, orjson.dumps(body), final=final)


def respond_with(
    request: Request,
    answer: Answer,
    content: bytes,
    *,
    media_type: str = "application/json",
    headers: Mapping[str, str] = MappingProxyType({}),
    final: bool = True,
) -> Response:
    """Return `content`, an answer in whatever form, as a response; see `respond`."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    closed = answer.asked.closed and final
    kept = PERSONAL if answer.personal else CLOSED if closed else OPEN
    told = {**headers, "ETag": etag, "Cache-Control": kept}
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=told)
    return Response(content, media_type=media_type, headers=told)


def _has(if_none_match: str, etag: str) -> bool:
    """Compare as RFC 9110 13.1.2 does: weakly, and `*` is any."""
    told = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return etag in told or "*" in told


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
