"""The shapes of what is posted, for /openapi.json. Bodies are read by `api.bodies` alone."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.models import Shape


class Recording(Shape):
    """An issuer by id, name or alias, and one item, as it would stand in a bundle."""

    issuer: str
    event: dict[str, Any] | None = None
    expectation: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    program: dict[str, Any] | None = None


class Retraction(Shape):
    """Why an item is taken out."""

    issuer: str | None = Field(default=None, description="Needed where several use the id.")
    id: str | None = Field(default=None, description="Of this change itself; else one is made.")
    reason: str


class Correction(Retraction):
    """What is set on an item, and why."""

    changes: dict[str, Any] = Field(alias="set", description="A merge patch (RFC 7396).")


class Adjudication(Retraction):
    """What is decided on a statement, and why."""

    verdict: str
    disclosed: str | None = Field(default=None, description="Public since; default: today, UTC.")


class Erasure(Shape):
    """Who is to be forgotten, and why."""

    data_subject: str = Field(description="As it was named when the items were recorded.")
    reason: str = Field(description="It stays in the log, so it names nobody.")
