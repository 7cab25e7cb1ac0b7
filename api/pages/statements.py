"""The page of statements: the register, how far they slipped, and the scorecard."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from api.pages.issuer import labelling
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from api.clocks import ClockArguments
    from api.timeline import Timeline

Row = dict[str, Any]

_SHOWN = 500
_BIN = 30
_EDGE = 12  # bins on each side; what lies beyond is in the outermost
_WIDE = 100 / (2 * _EDGE + 1)  # per cent
_GAP, _HIGH = 0.3, 90
_CLOCKS = ("as_of", "known_at", "as_at")
GROUPINGS = ("issuer", "speaker", "group")


def statements_told(
    timeline: Timeline, issuer: str, clocks: ClockArguments, *, program: str | None, verdict: str
) -> Row:
    """Return the register at `clocks`, of one program or all, and of one verdict or all of them.

    The histogram and the scorecard are of all verdicts.
    """
    answer = timeline.statements(issuer, program, **clocks)
    same: ClockArguments = {**clocks, "as_at": answer.asked.position}
    scorecard = timeline.scorecard(issuer, **same).items
    rows = [one for one in answer.items if not verdict or one["verdict"] == verdict]
    programs = timeline.programs(issuer, **same).items
    labelled = labelling(timeline, programs)
    return {
        "issuer": timeline.issuer(issuer, as_at=answer.asked.position).items[0],
        "programs": programs,
        "clocks": answer.asked.texts(),
        "saved": {name: answer.asked.texts()[name] for name in _CLOCKS} | {"format": "csv"},
        "stated": {name: str(clocks.get(name) or "") for name in _CLOCKS},
        "rows": [labelled(one) for one in rows[::-1][:_SHOWN]],
        "many": len(rows),
        "all": len(answer.items),
        "counts": Counter(one["verdict"] for one in answer.items),
        "verdicts": [one.value for one in Verdict],
        "histogram": histogram(answer.items),
        "scorecard": [one for one in scorecard if one["by"] in GROUPINGS],
    }


def histogram(rows: list[Row]) -> Row:
    """Return bars of 30 days: how many statements slipped so far, by the last possible day.

    Across in per cent of the width, upwards in pixels.
    """
    slips = [row["slip_days"][1] for row in rows if row["slip_days"]]
    bins = Counter(max(-_EDGE, min(_EDGE, slip // _BIN)) for slip in slips)
    most = max(bins.values(), default=1)
    numbers = range(-_EDGE, _EDGE + 1)
    bars = [_bar(number, bins[number], most) for number in numbers]
    zero, wide = _across(_EDGE), round(_WIDE - _GAP, 2)
    return {"bars": bars, "of": len(slips), "zero": zero, "wide": wide, "height": _HIGH}


def _bar(number: int, many: int, most: int) -> Row:
    high = round(many / most * (_HIGH - 14))
    first, last = number * _BIN, number * _BIN + _BIN - 1
    told = f"{first:+d} to {last:+d} days"
    if abs(number) == _EDGE:
        told = f"{first:+d} days or more" if number > 0 else f"{last:+d} days or earlier"
    left, middle = _across(number + _EDGE + _GAP / 2 / _WIDE), _across(number + _EDGE + 0.5)
    across = {"left": left, "middle": middle}
    return {**across, "top": _HIGH - high, "high": high, "many": many, "told": told}


def _across(bars: float) -> float:
    return round(bars * _WIDE, 2)
