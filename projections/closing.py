"""Windows about to close, or over, across issuers: which programs are worth judging.

What is left out cannot have such a window; what is found only may, and the domain judges it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from projections.adjudications import adjudications
from projections.read_model import recorded_by
from projections.statements import statements
from projections.windows import window_of
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks

    Programs = tuple[str | None, ...]

_FEW = 4
"""Of more programs than that the whole issuer is asked, which is sooner done."""

_s, _a = statements.c, adjudications.c
_MADE = (
    select(
        *(_s.issuer_id, _s.item_id, _s.program, _s.window),
        func.row_number()
        .over(
            partition_by=(_s.issuer_id, _s.program, _s.milestone, _s.qualifier),
            order_by=(_s.stated_at.desc(), _s.place.desc()),
        )
        .label("newest"),
    )
    .where(recorded_by(statements, bindparam("as_at")), _s.stated_at <= bindparam("by"))
    .subquery()
)
_NEWEST = select(_MADE.c.issuer_id, _MADE.c.item_id, _MADE.c.program, _MADE.c.window).where(
    _MADE.c.newest == 1, _MADE.c.window.is_not(None)
)
_RULED = select(_a.issuer_id, _a.expectation).where(
    recorded_by(adjudications, bindparam("as_at")),
    _a.disclosed_at <= bindparam("by"),
    _a.verdict == bindparam("verdict"),
)


def closing_programs(
    connection: Connection, *, clocks: Clocks, before: date, verdict: Verdict
) -> dict[str, Programs]:
    """Return, by issuer, the programs that may have a window ending before a day, so judged.

    `verdict` is open or lapsed. (None,) means that the whole issuer is to be asked.
    """
    by = {"as_at": clocks.as_at, "by": min(clocks.as_of, clocks.known_at)}
    ruled = {tuple(r) for r in connection.execute(_RULED, by | {"verdict": verdict.value})}
    found: dict[str, set[str | None]] = defaultdict(set)
    for issuer, item, program, window in connection.execute(_NEWEST, by):
        last = _last_day(window)
        if last is None or last >= before:
            continue
        over = Verdict.LAPSED if last < clocks.day else Verdict.OPEN
        if over is verdict or (issuer, item) in ruled:
            found[issuer].add(program)
    return {issuer: _to_ask(programs) for issuer, programs in found.items()}


def _last_day(text: str) -> date | None:
    window = window_of(text)
    return None if window is None else window.latest


def _to_ask(programs: set[str | None]) -> Programs:
    named = sorted(program for program in programs if program is not None)
    return tuple(named) if len(named) == len(programs) <= _FEW else (None,)
