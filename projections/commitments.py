"""Commitments: what is owed, may be owed or was received, by whom, in which currency.

This file holds no table: a commitment is a subject about which facts hold (a licence, a grant, a
stake), named and filled by what the packs say. An amount is of one `basis`: `possible` (hangs on
something), `agreed` (fixed by the agreement), `received`, `repayable` or `held`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from projections.subjects import subjects_at
from timeline.packs import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from projections.subjects import HeldSubject
    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary

    Row = dict[str, Any]

UNSTATED = "unstated"
ISSUER, COUNTERPARTY = "issuer", "counterparty"
_OWN = ("counterparty", "recipient", "status")


def commitments_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    explain: bool = False,
    packs: Vocabulary | None = None,
) -> list[Row]:
    """Return every commitment of which something holds, one that has ended too, by kind and name.

    A commitment that has ended keeps what was agreed and received; its terms hold no more.
    """
    found = subjects_at(connection, issuer, "commitments", clocks=clocks, packs=packs)
    return [_commitment(one, clocks.as_at) | (one.why() if explain else {}) for one in found]


def totals(rows: Iterable[Row]) -> list[Row]:
    """Add up the amounts of `rows`: one total for each basis, receiver and currency, never mixed.

    Amounts nobody stated stay null and are counted; so is a commitment in force without any.
    """
    sums: dict[tuple[str, str, str, bool], list[Row]] = {}
    for row in rows:
        lines = row["money"] or ([_nothing_stated(row)] if row["status"] == "in_force" else [])
        for line in lines:
            known = line["amount"] is not None
            key = (line["basis"], line["to"], line["currency"] or "", known)
            sums.setdefault(key, []).append(line | {"commitment": row["commitment"]})
    return [_total(key, sums[key]) for key in sorted(sums)]


def _nothing_stated(row: Row) -> Row:
    return {"basis": UNSTATED, "to": row["recipient"] or ISSUER, "amount": None, "currency": None}


def _total(key: tuple[str, str, str, bool], lines: list[Row]) -> Row:
    basis, receiver, currency, known = key
    amount = sum((Decimal(str(line["amount"])) for line in lines), Decimal()) if known else None
    return {
        "basis": basis,
        "to": receiver,
        "currency": currency or None,
        "amount": None if amount is None else _number(amount),
        "unknown": 0 if known else len(lines),
        "commitments": list(dict.fromkeys(line["commitment"] for line in lines)),
    }


def _commitment(subject: HeldSubject, position: int) -> Row:
    known, kind = subject.values, subject.kind
    terms = {a: v for a, v in known.items() if kind.role(a) not in MONEY and a not in _OWN}
    return {
        "commitment": subject.name,
        "type": kind.id,
        "program": next(iter(subject.names), None) or None,
        **{name: known.get(name) for name in _OWN},
        "terms": terms,
        "money": list(_money(subject)),
        "since": subject.since,
        "position": position,
    }


def _money(subject: HeldSubject) -> Iterator[Row]:
    for attribute, value in sorted(subject.values.items()):
        basis = subject.kind.role(attribute)
        if basis in MONEY:
            line = {"term": attribute.partition(":")[0], "basis": basis}
            line |= {"to": _to(basis, subject.values)} | _amount(value)
            yield line | {"since": subject.held[attribute]["since"]}


def _amount(value: Any) -> Row:
    """Read an amount; what is no number with a currency is kept as `details`, unknown."""
    told = value if isinstance(value, dict) else {"words": value}
    amount, currency = _decimal(told.get("amount")), told.get("currency")
    if not isinstance(currency, str) or not currency:
        amount = currency = None
    details = {k: v for k, v in told.items() if k not in ("amount", "currency")}
    number = None if amount is None else _number(amount)
    return {"amount": number, "currency": currency, "details": details}


def _decimal(value: Any) -> Decimal | None:
    """Return a JSON number exactly as it was written, not as the nearest binary fraction."""
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if numeric else None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _to(basis: str, values: Row) -> str:
    """Return who gets the money: the issuer, the counterparty, or somebody else by name."""
    if basis == "repayable":
        return COUNTERPARTY
    if isinstance(values.get("recipient"), str):
        return str(values["recipient"])
    return COUNTERPARTY if values.get("direction") == "payable" else ISSUER
