"""Webhooks in the format of Standard Webhooks: POST, signed with HMAC-SHA256 and a shared secret.

https://www.standardwebhooks.com: the headers webhook-id (the same at every attempt),
webhook-timestamp (seconds, of the attempt) and webhook-signature (`v1,` and base64), which signs
`id.timestamp.body`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

import orjson

from api.sending.destination import NotDelivered
from timeline.bitemporal import format_instant
from timeline.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

TYPE = "timeline.digest"
_SECONDS = 10.0
_AGAIN = frozenset({408, 425, 429})
_OURS = 500  # from here on the receiver is at fault, and may mend
# Without a handler of redirects and of other schemes: nobody but the operator says where it goes.
_HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A URL that takes digests by POST. The URL is the operator's choice, `secret` is shared."""

    url: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse all but plain http and https URLs."""
        require_url(self.url)

    @property
    def name(self) -> str:
        """The URL."""
        return self.url

    def message(self, id_: str, made_at: datetime, digest: dict[str, Any]) -> bytes:
        """Return the body: `type`, `timestamp` and `data`, as the format proposes."""
        told = {"type": TYPE, "timestamp": format_instant(made_at)}
        return orjson.dumps(told | {"data": {"id": id_, **digest}})

    def send(self, id_: str, message: bytes, at: datetime) -> None:
        """POST it; whatever is not 2xx, a redirect too, was not taken."""
        headers = {"Content-Type": "application/json", "User-Agent": "corporate-timeline"}
        signed = signed_headers(self.secret, id_, int(at.timestamp()), message)
        request = Request(self.url, data=message, headers=headers | signed, method="POST")  # noqa: S310  # checked when it was made
        try:
            _opener().open(request, timeout=_SECONDS).close()
        except HTTPError as error:
            error.close()
            again = error.code in _AGAIN or error.code >= _OURS
            raise NotDelivered(f"answered {error.code}", again=again) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise NotDelivered(f"{type(reason).__name__}: {reason}") from error


def signed_headers(secret: bytes, id_: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the three headers that say which message it is, and prove who sent it and when."""
    signed = b".".join((id_.encode(), str(seconds).encode(), body))
    code = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{code}",
    }


def require_url(url: str) -> None:
    """Raise BadInput unless `url` is http or https, with a host and without a password."""
    try:
        parts = urlsplit(url)
        port_is_one = parts.port != 0
        (parts.hostname or "").encode("idna")  # as it will be looked up
    except ValueError:
        raise BadInput("is no URL", place="--to-webhook") from None
    if parts.username is not None or parts.password is not None:
        raise BadInput("leave user and password out of the URL", place="--to-webhook")
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or not (plain and port_is_one):
        raise BadInput(f"{url!r} is no http or https URL", place="--to-webhook")


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    return opener
