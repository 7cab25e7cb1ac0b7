"""Amounts of money in a text: `US$27MM`, `$9.3 million`, `EUR 2.5bn`, escaped signs included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "usd": "USD",
    "c": "CAD",
    "ca": "CAD",
    "cad": "CAD",
    "cdn": "CAD",
    "can": "CAD",
    "a": "AUD",
    "au": "AUD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
}
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY"}
_CODES = "USD|CAD|CDN|EUR|GBP|AUD|CHF|JPY|SEK|NOK|DKK|NZD|HKD|SGD|CNY|RMB|INR|ZAR|BRL|ILS"
_NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?"
_SCALE = r"(?:[ -]?(?P<scale>million|billion|thousand|mm|mn|mln|bn|m|b|k)(?![\w]))?"
_AMOUNT = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<dollar>U\.S\.|(?:USD?|CAD|CAN|CA|CDN|C|AU|A|NZ|HK|S)?) ?\\?\$ ?"
    r"|(?P<sign>[€£¥]) ?"
    rf"|(?P<code>{_CODES}) ?"
    rf")(?P<number>{_NUMBER}){_SCALE}",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?<![\w$.,])(?P<number>{_NUMBER}){_SCALE} (?P<unit>(?:US |Canadian |Australian )?dollars"
    rf"|euros?|pounds|{_CODES})(?!\w)",
    re.IGNORECASE,
)
_UNITS = {
    "us dollars": "USD",
    "canadian dollars": "CAD",
    "australian dollars": "AUD",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "cdn": "CAD",
    "rmb": "CNY",
}
_POWERS = {"thousand": 3, "k": 3, "million": 6, "mm": 6, "mn": 6, "mln": 6, "m": 6}
_BILLION = 9


@dataclass(frozen=True, slots=True)
class Amount:
    """Money at a place; the currency is None where the sign alone does not tell it."""

    span: Span
    amount: Decimal
    currency: str | None

    def told(self) -> dict[str, Any]:
        """Return it as events have it."""
        whole = self.amount == self.amount.to_integral_value()
        return {
            "amount": int(self.amount) if whole else float(self.amount),
            "currency": self.currency,
        }


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of money in `text`, in order."""
    found = [_written(match) for match in _AMOUNT.finditer(text)]
    found += [_spoken(match) for match in _SPOKEN.finditer(text)]
    last = 0
    for one in sorted(found, key=lambda amount: amount.span):
        if one.span.start >= last:
            yield one
            last = one.span.end


def _written(match: re.Match[str]) -> Amount:
    if match["sign"]:
        currency = _SIGNS.get(match["sign"])
    elif match["code"]:
        currency = _code(match["code"])
    else:
        currency = _DOLLARS.get(match["dollar"].lower())
    return Amount(Span(*match.span()), _value(match), currency)


def _spoken(match: re.Match[str]) -> Amount:
    unit = match["unit"].lower()
    currency = None if unit == "dollars" else _UNITS.get(unit, _code(unit))
    return Amount(Span(*match.span()), _value(match), currency)


def _code(told: str) -> str:
    return _UNITS.get(told.lower(), told.upper())


def _value(match: re.Match[str]) -> Decimal:
    number = Decimal(match["number"].replace(",", ""))
    scale = (match["scale"] or "").lower()
    power = _POWERS.get(scale, _BILLION if scale else 0)
    return number * Decimal(10) ** power
