"""One document, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Path

from api import models
from api.document_issuer import issuer_of_document
from api.routes.parameters import IssuerFilter, only_known
from api.routes.questions import Asking, explained
from api.routes.responding import PROBLEMS

if TYPE_CHECKING:
    from fastapi.responses import Response


def router() -> APIRouter:
    """Return the routes under /documents."""
    routes = APIRouter(
        prefix="/documents",
        tags=["documents"],
        dependencies=[Depends(only_known)],
        responses=PROBLEMS,
    )
    routes.get("/{id}", response_model=models.DocumentAnswer)(document)
    return routes


def document(
    document: Annotated[str, Path(alias="id", examples=["mbi-2004-08-03"])],
    asking: Asking,
    issuer: IssuerFilter = None,
) -> Response:
    """Tell one document; an id that several issuers use needs `issuer`."""
    answer = asking.timeline.document(document, issuer=issuer, **asking.clocks)
    recorder = asking.timeline.recorder
    of = issuer or issuer_of_document(recorder, document, answer.asked.position)
    return asking.only(explained(answer, "document", explain=asking.explain), of)
