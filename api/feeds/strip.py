"""One milestone as a strip of SVG: its window, earlier ones above it, and a mark for what came.

The shapes are those of the page of an issuer (`strip.js`): form as well as colour tells a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = dict[str, Any]

TOP, BAR, EARLIER, GAP, BOTTOM = 9.0, 12.0, 4.0, 2.0, 8.0
_ROUND = 6.0
_ENDED = frozenset({"withdrawn", "missed", "condition_failed", "moot", "indeterminate", "lapsed"})


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days stand: `first` at `left`, `last` at `right`, in pixels."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date, *, after: int = 0) -> float:
        """Return the place where a day begins, or the one `after` it."""
        share = (day.toordinal() + after - self.first.toordinal()) / max(
            1, self.last.toordinal() - self.first.toordinal()
        )
        return round(self.left + share * (self.right - self.left), 1)


def windows_of(row: Row) -> list[Row]:
    """Return the windows in the order they were first said; one said again is the same."""
    found: list[Row] = []
    for said in row["statements"]:
        if not found or (said["relation"] != "reaffirmed" and said["window"]):
            found.append({"window": said["window"], "said": []})
        found[-1]["said"].append(day_of(said["stated_on"]))
        found[-1]["window"] = said["window"] or found[-1]["window"]
    return found


def day_of(edtf: str) -> date:
    """Return the last day of a day or an interval of days."""
    return date.fromisoformat(edtf.rpartition("/")[2])


def height_of(row: Row) -> float:
    """Return how high the strip of a row is."""
    earlier = max(0, len(windows_of(row)) - 1)
    return TOP + earlier * (EARLIER + GAP) + BAR + BOTTOM


def draw(into: Element, row: Row, top: float, scale: Scale) -> None:
    """Draw the strip of a row into an SVG, `top` being the height it begins at."""
    told, y = windows_of(row), top + TOP
    for number, lane in enumerate(told, start=1):
        last = number == len(told)
        high = BAR if last else EARLIER
        look = ("bar" if row["standing"] else "bar over") if last else "earlier"
        _window(into, lane, (y, high, look), scale)
        for said in lane["said"]:
            _path(into, "said", f"M{scale.x(said)} {y - 2}V{y + high + 2}")
        y += 0 if last else high + GAP
    _outcome(into, row, y + BAR / 2, scale)


def _window(into: Element, lane: Row, how: tuple[float, float, str], scale: Scale) -> None:
    window, (y, high, look) = lane["window"] or {}, how
    first, last = window.get("earliest"), window.get("latest")
    if not first and not last:
        return
    begun = scale.x(date.fromisoformat(first) if first else lane["said"][0])
    if last:
        wide = max(2.0, round(scale.x(date.fromisoformat(last), after=1) - begun, 1))
        told = {"x": begun, "y": y, "width": wide, "height": high, "rx": 2 if high > _ROUND else 1}
        SubElement(into, "rect", {"class": look} | {key: str(told[key]) for key in told})
        return
    # No last day was given: a line with an arrow, out of the picture.
    middle, end = y + high / 2, scale.right
    tip = f"M{end - 5} {middle - 4}L{end} {middle}L{end - 5} {middle + 4}"
    _path(into, f"endless {look}", f"M{begun} {middle}H{end}{tip}")


def _outcome(into: Element, row: Row, y: float, scale: Scale) -> None:
    verdict, actual = row["verdict"] or "plain", row["actual"]
    if actual and (actual["latest"] or actual["earliest"]):
        days = [date.fromisoformat(one) for one in (actual["earliest"], actual["latest"]) if one]
        if days[0] != days[-1]:
            line = f"M{scale.x(days[0])} {y}H{scale.x(days[-1], after=1)}"
            _path(into, f"mark {verdict}", line)
        _mark(into, verdict, scale.x(days[-1]), y)
    elif verdict in _ENDED and (last := _last_day(row)):
        _mark(into, verdict, scale.x(last, after=1), y)


def _last_day(row: Row) -> date | None:
    """Return where a verdict without an actual stands: the last day of the last window with one."""
    windows = [one["window"] for one in windows_of(row) if one["window"]]
    told = [window["latest"] for window in windows if window["latest"]]
    return date.fromisoformat(told[-1]) if told else None


def _mark(into: Element, verdict: str, x: float, y: float) -> None:
    _path(into, f"mark {verdict}", SHAPES.get(verdict, SHAPES["met_on_time"])(x, y))


def _path(into: Element, look: str, path: str) -> None:
    SubElement(into, "path", {"class": look, "d": path})


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r} {y}A{r} {r} 0 1 0 {x + r} {y}A{r} {r} 0 1 0 {x - r} {y}Z"


SHAPES: dict[str, Callable[[float, float], str]] = {
    "met_on_time": lambda x, y: _circle(x, y, 5.5),
    "met_early": lambda x, y: f"M{x + 5} {y - 6}V{y + 6}L{x - 6} {y}Z",
    "met_late": lambda x, y: f"M{x - 5} {y - 6}V{y + 6}L{x + 6} {y}Z",
    "missed": lambda x, y: f"M{x - 5} {y - 5}L{x + 5} {y + 5}M{x + 5} {y - 5}L{x - 5} {y + 5}",
    "condition_failed": lambda x, y: f"{_circle(x, y, 6)}M{x - 4} {y - 4}L{x + 4} {y + 4}",
    "withdrawn": lambda x, y: (
        f"M{x} {y - 9}V{y + 9}M{x - 4} {y - 9}H{x + 4}M{x - 4} {y + 9}H{x + 4}"
    ),
    "moot": lambda x, y: f"M{x - 5} {y}H{x + 5}",
    "lapsed": lambda x, y: f"M{x - 5} {y - 5}H{x + 5}V{y + 5}H{x - 5}Z",
    "indeterminate": lambda x, y: f"M{x} {y - 7}L{x + 6} {y}L{x} {y + 7}L{x - 6} {y}Z",
}
