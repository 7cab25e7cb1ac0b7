"""Windows about to close, or over, across issuers: which programs are worth judging.

What is left out cannot have such a window; what is found only may, and the domain judges it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from projections.adjudications import adjudications
from projections.outcomes import outcomes
from projections.read_model import recorded_by
from projections.statements import statements
from projections.windows import window_of
from timeline.expectations import Verdict
from timeline.recorder import Instant

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks

    Programs = tuple[str | None, ...]

_FEW = 2
"""Of more programs than that the whole issuer is asked, which is sooner done."""

_s, _a, _o = statements.c, adjudications.c, outcomes.c
_CHAIN = ("issuer_id", "program", "milestone", "qualifier")
_MADE = (
    select(
        *(_s[name] for name in (*_CHAIN, "item_id", "window", "stated_at")),
        func.row_number()
        .over(
            partition_by=[_s[name] for name in _CHAIN],
            order_by=(_s.stated_at.desc(), _s.place.desc()),
        )
        .label("newest"),
    )
    .where(recorded_by(statements, bindparam("as_at")), _s.stated_at <= bindparam("by"))
    .subquery()
)
_NEWEST = select(*(_MADE.c[name] for name in (*_CHAIN, "item_id", "window", "stated_at"))).where(
    _MADE.c.newest == 1, _MADE.c.window.is_not(None)
)
_CAME_OUT = (
    select(*(_o[name] for name in _CHAIN), func.max(_o.disclosed_at, type_=Instant))
    .where(
        recorded_by(outcomes, bindparam("as_at")),
        _o.disclosed_at <= bindparam("by"),
        _o.milestone.is_not(None),
    )
    .group_by(*(_o[name] for name in _CHAIN))
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
    came_out = {tuple(chain): last for *chain, last in connection.execute(_CAME_OUT, by)}
    found: dict[str, set[str | None]] = defaultdict(set)
    for *chain, item, window, stated_at in connection.execute(_NEWEST, by):
        last, issuer = _last_day(window), chain[0]
        if last is None or last >= before or _has_ended(came_out.get(tuple(chain)), stated_at):
            continue
        over = Verdict.LAPSED if last < clocks.day else Verdict.OPEN
        if over is verdict or (issuer, item) in ruled:
            found[issuer].add(chain[1])
    return {issuer: _to_ask(programs) for issuer, programs in found.items()}


def _has_ended(disclosed_at: datetime | None, stated_at: datetime) -> bool:
    """Say whether an outcome came out on a later day than the newest statement was made.

    Then it is of no earlier round, and nothing stands.
    """
    return disclosed_at is not None and disclosed_at.date() > stated_at.date()


def _last_day(text: str) -> date | None:
    window = window_of(text)
    return None if window is None else window.latest


def _to_ask(programs: set[str | None]) -> Programs:
    named = sorted(program for program in programs if program is not None)
    return tuple(named) if len(named) == len(programs) <= _FEW else (None,)
