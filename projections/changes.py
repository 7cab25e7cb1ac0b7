"""Changes: two settings of the clocks side by side, and what became known from one to the other.

This file holds no table. It asks `milestones` and `facts` at both, and tells where they differ,
grouped by program and milestone, with the news in between.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from projections.event_index import programs_of
from projections.facts import facts_at
from projections.milestones import milestones_at
from projections.news import news_between
from timeline.canonical import canonical_text
from timeline.personal import openings, replaced, sealed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from projections.news import Between
    from timeline.bitemporal import Clocks

Row = dict[str, Any]

_NOTHING: Row = {"value": None, "because": [], "overridden": []}
_STATE = ("standing", "verdict", "outcome", "actual", "revisions")


class _Group(NamedTuple):
    """What changes are grouped by; all three None: the issuer itself."""

    program: str | None
    milestone: str | None = None
    qualifier: str | None = None

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(part or "" for part in self)


def changes_between(connection: Connection, issuer: str, *, between: Between) -> list[Row]:
    """Return one row for each program and milestone that something became known of, or changed."""
    before = _milestones(connection, issuer, between.before)
    after = _milestones(connection, issuer, between.after)
    said = {s["expectation"]: group for group, row in after.items() for s in row["statements"]}
    news: dict[_Group, list[Row]] = defaultdict(list)
    for group, told in news_between(connection, issuer, between=between):
        news[said.get(told.get("expectation", ""), _Group(*group))].append(told)
    facts: dict[_Group, list[Row]] = defaultdict(list)
    for fact in _facts(connection, issuer, between):
        facts[_Group(fact.pop("program"))].append(fact)
    changed = {g for g in before | after if _state(before.get(g)) != _state(after.get(g))}
    groups = sorted(changed | set(news) | set(facts), key=lambda g: g.order)
    rows = (_row(g, before.get(g), after.get(g), facts[g], news[g]) for g in groups)
    return [row | {"position": between.after.as_at} for row in rows]


def _row(
    group: _Group, then: Row | None, now: Row | None, facts: list[Row], news: list[Row]
) -> Row:
    return {
        **group._asdict(),
        "before": _state(then),
        "after": _state(now),
        "facts": facts,
        "news": news,
        **_why(now, facts),
    }


def _milestones(connection: Connection, issuer: str, clocks: Clocks) -> dict[_Group, Row]:
    rows = milestones_at(connection, issuer, clocks=clocks, explain=True)
    return {_Group(row["program"], row["milestone"], row["qualifier"]): row for row in rows}


def _state(row: Row | None) -> Row | None:
    return None if row is None else {name: row[name] for name in _STATE}


def _facts(connection: Connection, issuer: str, between: Between) -> list[Row]:
    """Return every fact whose value differs, with the events behind the newer one."""
    before, after = (
        {(fact["subject"], fact["attribute"]): fact for fact in facts}
        for facts in (
            facts_at(connection, issuer, clocks=clocks, ended=True)
            for clocks in (between.before, between.after)
        )
    )
    pairs = [
        (before.get(key, _NOTHING), after.get(key, _NOTHING)) for key in sorted({**before, **after})
    ]
    read = _reading(connection, pairs)
    changed = [(t, n) for t, n in pairs if read(t["value"]) != read(n["value"])]
    sources = {(now["because"] or then["because"])[0] for then, now in changed}
    programs = programs_of(connection, issuer, sources, as_at=between.after.as_at)
    return [_fact(then, now, programs) for then, now in changed]


def _reading(connection: Connection, pairs: list[tuple[Row, Row]]) -> Callable[[Any], str]:
    """Return what tells values apart: two items that say the same are sealed unlike."""
    found = sealed_in([fact["value"] for pair in pairs for fact in pair])
    told = openings(connection, found) if found else {}
    return lambda value: canonical_text(replaced(value, told) if told else value)


def _fact(then: Row, now: Row, programs: dict[str, str | None]) -> Row:
    known = now if now["because"] else then
    return {
        "program": programs.get(known["because"][0]),
        "subject": known["subject"],
        "attribute": known["attribute"],
        "before": then["value"],
        "after": now["value"],
        "because": now["because"],
        "overridden": now["overridden"],
    }


def _why(row: Row | None, facts: list[Row]) -> Row:
    sources = [*([row] if row else []), *facts]
    because = dict.fromkeys(e for source in sources for e in source["because"])
    overridden = dict.fromkeys(e for source in sources for e in source["overridden"])
    left = [event for event in overridden if event not in because]
    return {"because": list(because), "overridden": left}
