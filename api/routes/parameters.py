"""The parameters of questions: the clocks, pages, and a refusal of everything unknown."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request

from api.answers import PAGE, PAGE_MAX
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.dependencies.models import Dependant

AsOf = Annotated[
    str | None,
    Query(
        description="Valid time: when it happened or holds. A day (through its end) or an instant. "
        "Default: today, UTC.",
        examples=["2008-09-01"],
    ),
]
KnownAt = Annotated[
    str | None,
    Query(
        description="Publication time: what was public by then. A day or an instant. "
        "Default: the value of as_of.",
        examples=["2010-01-01"],
    ),
]
AsAt = Annotated[
    str | None,
    Query(
        description="Transaction time: what this system had recorded by then. An instant, a day "
        "that is over, or position:N; beyond the head is an error. Default: now.",
        examples=["position:383"],
    ),
]
Explain = Annotated[
    bool, Query(description="Tell the events that decided each value, and those they overrode.")
]
Prove = Annotated[
    bool,
    Query(
        alias="proof",
        description="With explain=true: prove that the deciding events are in the log, against the "
        "last signed checkpoint.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=PAGE_MAX, description="How many rows a page may have.")]
PageCursor = Annotated[
    str | None, Query(description="`next` of the page before; it pins the three clocks.")
]
IssuerFilter = Annotated[
    str | None, Query(description="Id, name or alias of the issuer.", examples=["migenix"])
]
PAGE_DEFAULT = PAGE


async def only_known(request: Request) -> None:
    """Refuse a parameter that is unknown, given twice, or holds what no name can hold.

    A typo in `as_of` that was passed over would answer for today and look right.
    """
    known = list(dict.fromkeys(_names(request.scope["route"].dependant)))
    for name, many in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            raise BadInput(f"no such parameter{_hint(name, known)}", place=name[:60])
        if many > 1:
            raise BadInput(f"is given {many} times; give it once", place=name)
    for name, value in (*request.query_params.items(), *request.path_params.items()):
        if "\0" in str(value):  # PostgreSQL cannot even be asked for one
            raise BadInput("holds a NUL character; leave it out", place=name)


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are {', '.join(known)}" if known else "; there are none here"
