"""The shapes of proofs, for /openapi.json. Hashes are in base64."""

from __future__ import annotations

from pydantic import Field

from api.models import Shape


class Inclusion(Shape):
    """That the event at `position` is among the first `size`, by RFC 6962 (leaf `position - 1`)."""

    position: int
    size: int
    leaf: str = Field(description="The hash of the event's canonical bytes, as a leaf.")
    root: str
    proof: list[str] = Field(description="The hashes beside its path, lowest first.")


class Consistency(Shape):
    """That the first `from` events are the beginning of the first `to`, by RFC 6962."""

    since: int = Field(alias="from")
    to: int
    from_root: str
    to_root: str
    proof: list[str]
