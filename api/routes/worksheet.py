"""The worksheet of one issuer: as JSON page by page, as HTML, CSV or XLSX whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query

from api import followup_shapes as shapes
from api.routes.issuers import IssuerName  # noqa: TC001  # read at run time
from api.routes.parameters import only_known
from api.routes.questions import PROBLEMS, AskingList, respond_with
from api.worksheet.as_html import POLICY
from api.worksheet.forms import CSV, HTML, JSON, MEDIA, XLSX, form_of, sheet_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from fastapi.responses import Response

Since = Annotated[
    str | None,
    Query(
        description="The day after which the period begins. Default: that of the newest periodic "
        "document published before the asked day.",
        examples=["2008-03-13"],
    ),
]
Form = Annotated[
    str | None,
    Query(
        alias="format",
        description="json, html, csv or xlsx; without it the Accept header decides, else JSON.",
    ),
]
_OF_PAGES = ("limit", "cursor", "explain", "proof")
_FORMS: dict[int | str, dict[str, Any]] = {
    "200": {
        "description": "A page of the worksheet, or all of it as a sheet",
        "content": {MEDIA[form]: {} for form in (HTML, CSV, XLSX)},
    }
}


def router() -> APIRouter:
    """Return the route of worksheets."""
    routes = APIRouter(tags=["company"], dependencies=[Depends(only_known)], responses=PROBLEMS)
    routes.get("/issuers/{issuer}/worksheet", response_model=shapes.Worksheet, responses=_FORMS)(
        worksheet
    )
    return routes


def worksheet(
    issuer: IssuerName, asking: AskingList, since: Since = None, form: Form = None
) -> Response:
    """Tell each statement that stands, or ended in the period, with what touches it.

    For a person to go through before a periodic document is published; four columns stay empty.
    """
    wanted = form_of(form, asking.request.headers.get("accept", ""))
    if wanted != JSON:
        for name in _OF_PAGES:
            if name in asking.request.query_params:
                raise BadInput("goes with format=json; any other form is whole", place=name)
    answer = asking.timeline.worksheet(issuer, since=since, **asking.pinned())
    if wanted == JSON:
        response = asking.page(answer)
        response.headers["Vary"] = "Accept"
        return response
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    if wanted == HTML:
        headers["Content-Security-Policy"] = POLICY
    else:
        headers["Content-Disposition"] = f'attachment; filename="worksheet.{wanted}"'
    content = sheet_of(answer, wanted, issuer)
    return respond_with(asking.request, answer, content, media_type=MEDIA[wanted], headers=headers)
