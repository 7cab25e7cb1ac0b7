"""Lists: page by page as JSON, or whole as a table to save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query, Request

from api.answers import PAGE_MAX, Answer, Cursor
from api.clocks import ClockArguments
from api.forms.as_csv import csv_of_rows
from api.forms.as_parquet import parquet_of
from api.forms.media import CSV, JSON, MEDIA, PARQUET, TABLES, form_of
from api.routes.parameters import PAGE_DEFAULT, Explain, Limit, PageCursor, Prove
from api.routes.questions import Question, Stated
from api.routes.responding import respond_with
from timeline.errors import BadInput

if TYPE_CHECKING:
    from fastapi.responses import Response

    from api.clocks import Asked
    from api.tables import Layout

ROWS_MAX = 100_000
_OF_EVERY_LIST = frozenset(
    {"as_of", "known_at", "as_at", "explain", "proof", "limit", "cursor", "after", "format"}
)
_OF_PAGES = ("limit", "cursor", "proof")
FORMS: dict[int | str, dict[str, Any]] = {
    "200": {
        "description": "A page of the list, or all of it as a table",
        "content": {MEDIA[form]: {} for form in (CSV, PARQUET)},
    }
}

# Reads one page: where it begins, how many rows it may have, and at which clocks.
Read = Callable[[int, int, ClockArguments], Answer]
Form = Annotated[
    str | None,
    Query(
        alias="format",
        description="json, in pages; or all of it as csv or parquet, of the worksheet as html, csv "
        "or xlsx. Without it the Accept header decides, else JSON.",
    ),
]


@dataclass(frozen=True, slots=True)
class Listing(Question):
    """A request for a list: a page of it, or all of it as a table."""

    limit: int
    cursor: str | None
    stated_form: str | None

    @property
    def asked_for(self) -> str:
        """What is listed, apart from the clocks: a cursor holds for nothing else."""
        asked = sorted(self.request.query_params.items())
        told = [f"{name}={value}" for name, value in asked if name not in _OF_EVERY_LIST]
        return "?".join((self.request.url.path, *told))

    def form(self, among: tuple[str, ...] = TABLES) -> str:
        """Return the form asked for; raises BadInput for what goes with pages alone."""
        wanted = form_of(self.stated_form, self.request.headers.get("accept", ""), among)
        for name in _OF_PAGES:
            if wanted != JSON and name in self.request.query_params:
                raise BadInput("goes with format=json; any other form is whole", place=name)
        return wanted

    def pinned(self) -> ClockArguments:
        """Return the clocks to ask at: those of the cursor, where there is one.

        Raises BadInput for a stated clock that says otherwise.
        """
        if self.cursor is None:
            return self.clocks
        pins = Cursor.read(self.cursor, question=self.asked_for).pins()
        pinned = self._asked(pins)
        stated = self.timeline.asked(**(pins | self.clocks))
        for name in self.clocks:
            told = getattr(pinned, name) if name in pins else "not set"
            if name not in pins or getattr(pinned.clocks, name) != getattr(stated.clocks, name):
                raise BadInput(f"is {told} in the cursor; leave one of them out", place=name)
        return pins

    def tell(self, answer: Answer, layout: Layout) -> Response:
        """Respond with the page of `answer` that is asked for, or all of it as a table."""
        form = self.form()
        return self.page(answer) if form == JSON else self._table(answer, layout, form)

    def page(self, answer: Answer) -> Response:
        """Respond with the page of `answer` that the request asks for, as JSON."""
        page = answer.page(limit=self.limit, cursor=self.cursor, question=self.asked_for)
        return self._page(page)

    def tell_read(self, read: Read, layout: Layout, *, after: int = 0) -> Response:
        """Do as `tell` with what is read in pages; the first one begins `after`."""
        form, clocks = self.form(), self.pinned()
        if form != JSON:
            return self._table(self._whole(read, after), layout, form)
        if self.cursor is not None:
            after = max(after, Cursor.read(self.cursor, question=self.asked_for).offset)
        return self._page(read(after, self.limit, clocks))

    def saved(self, answer: Answer, content: bytes, form: str, name: str) -> Response:
        """Respond with `content`, all of `answer` in `form`, as a file to save."""
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.{form}"',
            "Vary": "Accept",
            "X-Content-Type-Options": "nosniff",
        }
        return respond_with(self.request, answer, content, media_type=MEDIA[form], headers=headers)

    def _page(self, page: Answer) -> Response:
        response = self.told(page, page.body())
        response.headers["Vary"] = "Accept"
        return response

    def _whole(self, read: Read, after: int) -> Answer:
        """Read every page, at the position of the first; raises BadInput for too many rows."""
        answer = page = read(after, PAGE_MAX, self.clocks)
        while page.next is not None:
            if len(answer.items) >= ROWS_MAX:
                raise BadInput(
                    f"a table has at most {ROWS_MAX:,} rows here; ask for pages of JSON, or narrow "
                    "the question",
                    place="format",
                )
            cursor = Cursor.read(page.next, question=self.asked_for)
            page = read(cursor.offset, PAGE_MAX, cursor.pins())
            personal = answer.personal or page.personal
            answer = replace(answer, items=answer.items + page.items, personal=personal)
        return answer

    def _table(self, answer: Answer, layout: Layout, form: str) -> Response:
        if form == CSV:
            content = csv_of_rows(answer.items, layout, explain=self.explain)
        else:
            content = parquet_of(answer, layout, explain=self.explain)
        name = self.request.scope["route"].name
        return self.saved(answer, content, form, f"{name}-{answer.asked.as_of[:10]}")

    def _asked(self, pins: ClockArguments) -> Asked:
        try:
            return self.timeline.asked(**pins)
        except BadInput as error:
            raise error.at("cursor") from None


async def listing(
    request: Request,
    clocks: Stated,
    *,
    explain: Explain = False,
    prove: Prove = False,
    limit: Limit = PAGE_DEFAULT,
    cursor: PageCursor = None,
    form: Form = None,
) -> Listing:
    """Read the parameters of a question for a list."""
    return Listing(request, clocks, explain, prove, limit, cursor, form)


AskingList = Annotated[Listing, Depends(listing)]
