"""Put the service's milestone rows and the checker's answers into one shape, to be compared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.acceptance.bundle_record import chain_of, days

if TYPE_CHECKING:
    from tests.acceptance.bundle_checker import Answers
    from tests.acceptance.bundle_record import Chain


def told(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        f"{i['program']}/{i['milestone']}/{i['qualifier']}": {
            "standing": i["standing"] and i["standing"]["expectation"],
            "revisions": i["revisions"],
            "outcome": i["outcome"],
            "actual": i["actual"] and (i["actual"]["earliest"], i["actual"]["latest"]),
            "verdict": i["verdict"],
            "statements": {
                s["expectation"]: (s["verdict"], s["relation"], s["slip_days"])
                for s in i["statements"]
            },
        }
        for i in items
    }


def expected(answers: Answers, bundle: dict[str, Any]) -> dict[str, Any]:
    rows: dict[str, Any] = {
        _name(chain): {
            "standing": c.standing,
            "revisions": c.revisions,
            "outcome": c.outcome,
            "actual": _days(c.actual),
            "verdict": c.verdict,
            "statements": {},
        }
        for chain, c in answers.chains.items()
    }
    chains = {s["id"]: _name(chain_of(s)) for s in bundle["expectations"]}
    for statement, a in answers.statements.items():
        row = (a.verdict, a.relation, None if a.slip is None else list(a.slip))
        rows[chains[statement]]["statements"][statement] = row
    return rows


def _name(chain: Chain) -> str:
    return "/".join(str(part) for part in chain)


def _days(edtf: str | None) -> tuple[str | None, str | None] | None:
    if edtf is None:
        return None
    first, last = days(edtf)
    return (
        None if first == date.min else first.isoformat(),
        None if last == date.max else last.isoformat(),
    )
