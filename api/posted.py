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


class Extraction(Shape):
    """A text to be read. HTML and PDF are sent as they are, with the rest as parameters."""

    issuer: str = Field(description="Id, name or alias of the issuer.")
    published: str = Field(description="When it was published, EDTF; its times are read from there")
    text: str
    fiscal_year_end: str | None = Field(default=None, description="MM-DD; default: as on record.")
    save: bool = Field(default=False, description="Store the document and its drafts.")
    document: str | None = Field(default=None, description="With save: the document's id.")
    name: str | None = Field(default=None, description="The file's name, which may tell its form.")


class DraftEdit(Shape):
    """What is set on a draft."""

    issuer: str | None = Field(default=None, description="Needed where several have the draft.")
    changes: dict[str, Any] = Field(alias="set", description="A merge patch (RFC 7396).")
    reason: str | None = None


class Acceptance(Shape):
    """What is edited first, if anything, and under which id it is recorded."""

    issuer: str | None = Field(default=None, description="Needed where several have the draft.")
    id: str | None = Field(default=None, description="Of what is recorded; else one is made.")
    changes: dict[str, Any] | None = Field(
        default=None, alias="set", description="A merge patch (RFC 7396), kept as an edit."
    )
    reason: str | None = None


class Rejection(Shape):
    """Why a draft is rejected."""

    issuer: str | None = Field(default=None, description="Needed where several have the draft.")
    reason: str
