"""The timeline of one program as a picture of its own (SVG), to stand in other pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from api.feeds.plain import one_line
from api.feeds.strip import Scale, day_of, draw, height_of, windows_of
from api.pages.words import day_told, slip_told, verdict_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

MEDIA = "image/svg+xml"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture runs nothing and loads nothing; its colours stand in it."""
_WIDTH, _LEFT, _RIGHT, _MARGIN, _HEAD, _FOOT = 1000, 310, 210, 16, 66, 12
_LABEL = 40
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 16px; font-weight: 600 }
.soft { fill: #59636e; font-size: 12px } .year { stroke: #e8ebef } .day { stroke: #1f2328 }
.bar { fill: #2f6fb3 } .over { fill: #6b7280; opacity: .75 } .earlier { fill: #a9bdd6 }
.endless { stroke: #2f6fb3; stroke-width: 2; fill: none } .endless.earlier { stroke: #a9bdd6 }
.endless.over { stroke: #6b7280 } .said { stroke: #1f2328; opacity: .55 }
.mark { stroke: #6b7280; stroke-width: 2; fill: none }
.mark.plain { stroke: #1f2328; fill: #1f2328 }
.mark.met_on_time, .mark.met_early { stroke: #17734f; fill: #17734f }
.mark.met_late { stroke: #a84a00; fill: #a84a00 } .mark.lapsed { stroke: #a84a00 }
.mark.missed, .mark.condition_failed { stroke: #b3261e } .mark.indeterminate { stroke: #2f6fb3 }
@media screen and (prefers-color-scheme: dark) {
  text { fill: #e6e9ed } .soft { fill: #a4adb8 } .year { stroke: #262c33 } .day { stroke: #e6e9ed }
  .bar { fill: #5a9be0 } .earlier { fill: #45597a } .endless { stroke: #5a9be0 }
  .endless.earlier { stroke: #45597a } .said { stroke: #e6e9ed }
  .mark.plain { stroke: #e6e9ed; fill: #e6e9ed }
  .mark.met_on_time, .mark.met_early { stroke: #4cc38a; fill: #4cc38a }
  .mark.met_late { stroke: #f0a050; fill: #f0a050 } .mark.lapsed { stroke: #f0a050 }
  .mark.missed, .mark.condition_failed { stroke: #ff8078 } .mark.indeterminate { stroke: #5a9be0 }
}
"""


def picture_of(rows: list[Row], *, title: str, day: date, sentences: list[str]) -> bytes:
    """Return the milestones as they look on `day`; `sentences` tell them to who cannot see it."""
    high = round(_HEAD + sum(map(height_of, rows)) + _FOOT)
    scale = _scale(rows, day)
    whole = _whole(title, high, sentences)
    _years(whole, scale, high)
    y = float(_HEAD)
    for row in rows:
        _labels(whole, row, y)
        draw(whole, row, y, scale)
        y += height_of(row)
    line = {"class": "day", "x1": str(scale.x(day)), "x2": str(scale.x(day))}
    SubElement(whole, "line", line | {"y1": str(_HEAD - 14), "y2": str(high - _FOOT)})
    content: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
    return content


def _whole(title: str, high: int, sentences: list[str]) -> Element:
    told = {"xmlns": "http://www.w3.org/2000/svg", "width": str(_WIDTH), "height": str(high)}
    named = {"role": "img", "aria-labelledby": "title desc", "viewBox": f"0 0 {_WIDTH} {high}"}
    whole = Element("svg", told | named)
    _text(whole, "title", title, id="title")
    _text(whole, "desc", " ".join(sentences) or "Nothing was said by then.", id="desc")
    SubElement(whole, "style").text = _STYLE
    _text(whole, "text", title, x=str(_MARGIN), y="26", **{"class": "title"})
    return whole


def _text(into: Element, name: str, words: str, **told: str) -> None:
    SubElement(into, name, told).text = one_line(words)


def _labels(into: Element, row: Row, top: float) -> None:
    y = str(top + 19)
    name = ", ".join(part for part in (row["label"], row["qualifier"]) if part)
    short = name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}\N{HORIZONTAL ELLIPSIS}"
    _text(into, "text", short, x=str(_MARGIN), y=y)
    slip = slip_told(row["statements"][-1]["slip_days"]) if row["statements"] else ""
    told = " ".join(filter(None, (verdict_told(row["verdict"]) or row["outcome"], slip)))
    _text(into, "text", told, x=str(_WIDTH - _RIGHT + 12), y=y, **{"class": "soft"})


def _years(into: Element, scale: Scale, high: int) -> None:
    every = 1 + (scale.last.year - scale.first.year) // 12
    for year in range(scale.first.year + 1, scale.last.year + 1, every):
        x = str(scale.x(date(year, 1, 1)))
        line = {"class": "year", "x1": x, "x2": x, "y1": str(_HEAD - 14), "y2": str(high - _FOOT)}
        SubElement(into, "line", line)
        _text(into, "text", str(year), x=x, y=str(_HEAD - 20), **{"class": "soft"})


def _scale(rows: list[Row], day: date) -> Scale:
    days = [day, *(one for row in rows for one in _days(row))]
    first, last = min(days), max(days)
    return Scale(first, last, _LEFT, _WIDTH - _RIGHT)


def _days(row: Row) -> Iterator[date]:
    told = [one["window"] for one in windows_of(row)] + [row["actual"]]
    for window in filter(None, told):
        ends = (window[key] for key in ("earliest", "latest"))
        yield from (date.fromisoformat(end) for end in ends if end)
    yield from (day_of(one["stated_on"]) for one in row["statements"])


def titled(name: str, program: str, day: date) -> str:
    """Return the title of a picture."""
    return f"{name}, {program}: as known on {day_told(day.isoformat())}"
