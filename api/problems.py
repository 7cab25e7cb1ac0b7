"""Errors as HTTP tells them: RFC 9457 problem details, and the one table of status numbers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from timeline import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"
_TYPES = "tag:corporate-timeline,2026:problem/"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its HTTP status, the name its `type` ends in, and its title.

    What a `private` one says may name hosts and files, so only the server's log gets to read it.
    """

    status: int
    name: str
    title: str
    private: bool = False


KINDS: dict[type[errors.TimelineError], Kind] = {
    errors.BadInput: Kind(400, "bad-input", "Something in the request cannot be used"),
    errors.InvalidDate: Kind(400, "invalid-date", "This is no date"),
    errors.InvalidPeriod: Kind(400, "invalid-period", "The period does not end after it begins"),
    errors.InvalidEvent: Kind(422, "invalid-event", "The event breaks a rule"),
    errors.InvalidBundle: Kind(422, "invalid-bundle", "The bundle does not follow its format"),
    errors.InvalidPack: Kind(422, "invalid-pack", "A pack cannot be loaded"),
    errors.ClockBeyondHead: Kind(400, "clock-beyond-head", "The store has not come so far"),
    errors.InvalidDocument: Kind(400, "invalid-document", "This document cannot be read"),
    errors.InvalidNote: Kind(400, "invalid-note", "This is no signed note"),
    errors.NotFound: Kind(404, "not-found", "Nothing is recorded under this name"),
    errors.UnknownReference: Kind(422, "unknown-reference", "It names what is not recorded"),
    errors.Conflict: Kind(409, "conflict", "What is recorded speaks against it"),
    errors.ItemExists: Kind(409, "item-exists", "The id is taken by other content"),
    errors.IdempotencyKeyReused: Kind(409, "key-reused", "The key was used for another request"),
    errors.ConcurrentChange: Kind(409, "concurrent-change", "Somebody else was quicker"),
    errors.ExtraMissing: Kind(406, "extra-missing", "This form needs an optional package"),
    errors.StoreError: Kind(500, "store-error", "The store cannot do its work", private=True),
    errors.StoreMissing: Kind(503, "store-missing", "There is no store, or an older one"),
    errors.StoreFull: Kind(507, "store-full", "The disk is full"),
    errors.StoreUnavailable: Kind(
        503, "store-unavailable", "The store does not answer", private=True
    ),
    errors.ReadModelsOtherwise: Kind(
        503, "read-models-otherwise", "The read models are kept otherwise", private=True
    ),
    errors.QuestionNotLogged: Kind(
        503, "question-not-logged", "The question log cannot be written", private=True
    ),
    errors.SigningKeyMissing: Kind(
        503, "signing-key-missing", "There is no key to sign with", private=True
    ),
    errors.LedgerBroken: Kind(
        500, "ledger-broken", "The ledger is not what was signed", private=True
    ),
    errors.RecordedAtWentBack: Kind(
        500, "recorded-at-went-back", "The clock went back", private=True
    ),
}
_RETRY_SECONDS = "2"
_UNTOLD = "nothing is wrong with the request; the server's log tells more"


def kind_of(error: errors.TimelineError) -> Kind:
    """Return the kind of the nearest ancestor of `error` in the table."""
    return next((KINDS[c] for c in type(error).__mro__ if c in KINDS), KINDS[errors.StoreError])


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem: ours, FastAPI's, Starlette's, and the unforeseen."""
    app.add_exception_handler(errors.TimelineError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _unforeseen)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.TimelineError)  # noqa: S101  # registered for these alone
    kind = kind_of(error)
    detail = _UNTOLD if kind.private else str(error)
    told: dict[str, Any] = {"type": _TYPES + kind.name, "title": kind.title, "detail": detail}
    if isinstance(error, errors.BadInput):
        told["detail"] = error.message
        told["parameter"] = error.place
    later = kind.status == HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Retry-After": _RETRY_SECONDS} if later else {}
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s %s: %s", request.method, request.url.path, error)
    return _problem(request, kind.status, told, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """Tell the first of FastAPI's own complaints."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    told = {
        "type": _TYPES + "bad-input",
        "title": KINDS[errors.BadInput].title,
        "detail": first["msg"],
        "parameter": ".".join(str(step) for step in first["loc"][1:]) or None,
    }
    return _problem(request, HTTPStatus.BAD_REQUEST, told)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    detail = {
        404: "no such path; /openapi.json lists them",
        405: f"{request.method} is not answered here",
    }.get(error.status_code, error.detail)
    title = HTTPStatus(error.status_code).phrase
    told = {"type": "about:blank", "title": title, "detail": detail}
    return _problem(request, error.status_code, told, error.headers or {})


def refusal(request: Request, status: HTTPStatus, detail: str) -> Response:
    """Return the problem of a request that no route gets to see."""
    told = {"type": "about:blank", "title": status.phrase, "detail": detail}
    return _problem(request, status, told)


async def _unforeseen(request: Request, _: Exception) -> Response:
    """Say nothing of what went wrong inside; the server's log has it."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    told = {"type": "about:blank", "title": status.phrase, "detail": _UNTOLD}
    return _problem(request, status, told)


def _problem(
    request: Request, status: int, told: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    body = told | {"status": int(status), "instance": request.url.path}
    known = {name: value for name, value in body.items() if value is not None}
    return Response(
        orjson.dumps(known),
        status_code=int(status),
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
