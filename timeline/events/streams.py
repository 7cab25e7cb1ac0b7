"""The stream an item is recorded in.

A stream is one recorded item: version 1 records it, later versions correct or retract it. Its id is
a name-based UUID (RFC 9562, version 5), so the same item always lands in the same stream and a
duplicate is refused by the unique key of the log.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from timeline.events.envelope import Kind

NAMESPACE = UUID("9d7fae3c-6c46-5f0e-9a39-6c0f5a3d4b11")

_OWN_SCOPE = {Kind.ISSUER, Kind.PROGRAM}


def scope_of(kind: Kind) -> str:
    """Return the scope in which the ids of this kind of item must be unlike, within one issuer."""
    return kind.value if kind in _OWN_SCOPE else "item"


def stream_id(issuer: str, item: str, kind: Kind = Kind.EVENT) -> UUID:
    """Return the id of the stream of `item`.

    Issuers and programs have ids of their own; all other items of an issuer share one scope, so
    that a correction, a document link or a withdrawal can name any of them without saying its kind.
    """
    return uuid5(NAMESPACE, f"{issuer}\n{scope_of(kind)}\n{item}")
