"""How rows about the whole company look: commitments, governance, changes, all issuers."""

from __future__ import annotations

from typing import Any

from api.tables import MILESTONES, STATE, Layout, days

Row = dict[str, Any]


def amount_told(line: Row) -> str:
    """Tell an amount with its currency, or that it is unknown, in the source's words if any."""
    if line["amount"] is None:
        words = line.get("details", {}).get("words")
        return f"unknown ({words})" if words else "unknown"
    return f"{line['currency']} {line['amount']:,}"


def _commitment(row: Row) -> Row:
    lines = (
        f"{line['basis']} {amount_told(line)} ({line['term']})"
        + ("" if line["to"] == "issuer" else f", to {line['to']}")
        for line in row["money"]
    )
    return row | {"money": "\n".join(lines), "terms": _told(row["terms"])}


def _total(row: Row) -> Row:
    return row | {"amount": amount_told(row), "unknown": row["unknown"] or None}


def _change(row: Row) -> Row:
    was = [_state(row["before"]), *(f"{_name(f)}: {_value(f['before'])}" for f in row["facts"])]
    now = [_state(row["after"]), *(f"{_name(f)}: {_value(f['after'])}" for f in row["facts"])]
    news = [f"{one['event']} ({_when(one)})" for one in row["news"]]
    told = {"before": "\n".join(filter(None, was)), "after": "\n".join(filter(None, now))}
    return row | told | {"news": "\n".join(news)}


def _when(news: Row) -> str:
    """Tell when it was published or happened; of what was only recorded, how."""
    if news["how"] == "published":
        return str(news["disclosed_at"])[:10]
    return str(news["occurred"] if news["how"] == "happened" else news["how"])


def _state(state: Row | None) -> str:
    if state is None:
        return ""
    window = state["standing"] and state["standing"]["window"]
    actual = state["actual"]
    told = [
        days(window | {"words": None}) if window else "",
        state["verdict"] or "",
        f"{state['outcome']} {days(actual)}" if actual else state["outcome"] or "",
        (actual and actual["result"]) or "",
    ]
    return ", ".join(part for part in told if part)


def _name(fact: Row) -> str:
    own = fact["subject"].partition(":")[2]
    return f"{fact['subject']} {fact['attribute']}" if own else fact["attribute"]


def _told(values: Row) -> str:
    return "\n".join(f"{name}: {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        money = "amount" in value and "currency" in value
        return amount_told(value) if money else ", ".join(f"{k} {v}" for k, v in value.items())
    if isinstance(value, list):
        return "; ".join(_value(one) for one in value)
    return "-" if value is None else str(value)


def _governed(row: Row) -> Row:
    since = row["since"]
    return row | {"facts": _told(row["facts"]), "since": since and since[:10]}


_WHY = ("because", "overridden")
COMMITMENTS = Layout(
    "commitments",
    (
        ("kind", "type"),
        ("program", "program"),
        ("counterparty", "counterparty"),
        ("status", "status"),
        ("money", "money"),
        ("terms", "terms"),
    ),
    (
        *("commitment", "type", "program", "counterparty", "recipient", "status", "since"),
        *("money", "terms"),
    ),
    _WHY,
    _commitment,
    shape="api.company_shapes:Commitment",
)
TOTALS = Layout(
    "totals",
    (
        ("total", "basis"),
        ("to", "to"),
        ("amount", "amount"),
        ("of unknown amount", "unknown"),
        ("commitments", "commitments"),
    ),
    ("basis", "to", "currency", "amount", "unknown", "commitments"),
    (),
    _total,
    shape="api.company_shapes:Total",
)
GOVERNANCE = Layout(
    "facts of governance",
    (
        ("kind", "type"),
        ("name", "name"),
        ("status", "status"),
        ("since", "since"),
        ("what is told", "facts"),
    ),
    ("subject", "type", "name", "status", "since", "facts"),
    _WHY,
    _governed,
    shape="api.company_shapes:Governed",
)
CHANGES = Layout(
    "changes",
    (
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("before", "before"),
        ("after", "after"),
        ("news", "news"),
    ),
    (
        *("program", "milestone", "qualifier", "before.verdict", "before.outcome"),
        *("before.standing.window.edtf", "after.verdict", "after.outcome"),
        *("after.standing.window.edtf", "after.actual.earliest", "after.actual.latest"),
        *("facts", "news", *_WHY),
    ),
    (),
    _change,
    shape="api.company_shapes:Changed",
)
ALL_PROGRAMS = Layout(
    "programs",
    (("issuer", "issuer"), *STATE.columns),
    ("issuer", *STATE.fields),
    STATE.because,
    shape="api.company_shapes:IssuersProgram",
)
STAGES = Layout(
    "stages",
    (("stage", "stage"), ("programs", "programs")),
    ("stage", "programs"),
    shape="api.company_shapes:AtStage",
)
ALL_MILESTONES = Layout(
    "milestones",
    (("issuer", "issuer"), *MILESTONES.columns, ("days left", "days_left")),
    ("issuer", *MILESTONES.fields, "closes_on", "days_left"),
    MILESTONES.because,
    shape="api.company_shapes:IssuersMilestone",
)
