"""Answers as responses: ETags, and how long a cache may keep them."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import orjson
from fastapi.responses import Response

from api.models import Problem
from api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

    from api.answers import Answer

CLOSED = "public, immutable, max-age=31536000"
OPEN = "no-cache"
PERSONAL = "private, no-store"
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "304": {"description": "The answer is still the one of If-None-Match"},
    "default": {
        "description": "A problem, by RFC 9457",
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    },
}


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
