"""The worksheet of one issuer: as JSON page by page, as HTML, CSV or XLSX whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query

from api import followup_shapes as shapes
from api.forms.media import CSV, HTML, JSON, MEDIA, XLSX
from api.routes.issuers import IssuerName  # noqa: TC001  # read at run time
from api.routes.lists import AskingList  # noqa: TC001  # read at run time
from api.routes.parameters import only_known
from api.routes.responding import PROBLEMS, respond_with
from api.worksheet.as_html import POLICY
from api.worksheet.forms import SHEETS, sheet_of
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
_OF_HTML = {
    "Content-Security-Policy": POLICY,
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}
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


def worksheet(issuer: IssuerName, asking: AskingList, since: Since = None) -> Response:
    """Tell each statement that stands, or ended in the period, with what touches it.

    For a person to go through before a periodic document is published; four columns stay empty.
    """
    form = asking.form(SHEETS)
    if form != JSON and "explain" in asking.request.query_params:
        raise BadInput("goes with format=json; a sheet has columns of its own", place="explain")
    answer = asking.timeline.worksheet(issuer, since=since, **asking.pinned())
    if form == JSON:
        return asking.page(answer)
    content = sheet_of(answer, form, issuer)
    if form == HTML:
        return respond_with(
            asking.request, answer, content, media_type=MEDIA[HTML], headers=_OF_HTML
        )
    return asking.saved(answer, content, form, "worksheet")
