"""The release desk as a page: a draft, its findings at their words, and what stands in public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.check_tables import is_told, together
from api.extraction import as_bytes
from api.pages.marks import pieces
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.checking import Checked
    from api.pages.form import Form
    from api.pages.marks import Place
    from api.timeline import Timeline

Row = dict[str, Any]

TEXT_MAX = 100_000
"""How many characters a draft may have on a page."""
_PLACES, _CARDS, _ISSUERS = 300, 500, 200
_GROUPS = (
    ("fail", "Fails"),
    ("needs_review", "For a person to decide"),
    ("pass", "Kept"),
)
_RESULTS = tuple(name for name, _ in _GROUPS)
_SEVERITIES = ("critical", "high", "medium", "low")


def desk_told(timeline: Timeline, form: Form, *, told: str = "") -> Row:
    """Return the desk with a form on it, as it was filled in; `told` says what is wrong with it."""
    known = timeline.issuers().items[:_ISSUERS]
    return {
        "issuers": known,
        "names": {one["issuer"]: one["name"] or one["issuer"] for one in known},
        "form": form,
        "by": form["by"] or timeline.recorded_by,
        "told": told,
        "most": TEXT_MAX,
        "checked": None,
    }


def draft_of(form: Form) -> dict[str, Any]:
    """Return what is to be read, as `check` and `extract` take it; a chosen file before the text.

    Raises BadInput for a form that lacks something, naming the field.
    """
    for name, missing in (
        ("issuer", "say whose draft it is"),
        ("published", "say on what day it is to come out"),
    ):
        if not form[name]:
            raise BadInput(missing, place=name)
    if not form.file and not form.text.strip():
        raise BadInput("paste a text, or choose a file", place="text")
    require_short(form.text)
    told = {"issuer": form["issuer"], "published": form["published"]}
    if form.file:
        return told | {"data": form.file, "name": form.file_name}
    return told | {"data": form.text}


def text_of(draft: dict[str, Any]) -> str:
    """Return the text that is read of a draft; raises BadInput for what cannot be, or not here."""
    from timeline.intake.documents.reading import read_document  # noqa: PLC0415  # loads it all

    text = read_document(as_bytes(draft["data"]), name=draft.get("name") or "").text
    require_short(text)
    return text


def require_short(text: str) -> None:
    """Raise BadInput for a text that no page should mark; the command line takes it."""
    if len(text) > TEXT_MAX:
        long = f"has {len(text):,} characters, and a page takes {TEXT_MAX:,}"
        raise BadInput(f"{long}; `timeline check FILE` takes more", place="text")


def checked_told(checked: Checked) -> Row:
    """Return what the page shows of a draft that was checked."""
    require_short(checked.text)
    shown = sorted(together(checked.items), key=_rank(checked.public))[:_CARDS]
    places = _places([row for same in shown for row in same])
    numbers = {place: number for number, place in enumerate(places, start=1)}
    public = {one["expectation"]: one for one in checked.public}
    cards = [_card(n, same, numbers, public) for n, same in enumerate(shown, start=1)]
    return {
        "checked": checked,
        "pieces": pieces(checked.text, places),
        "groups": [(name, title, _of(cards, name)) for name, title in _GROUPS],
        "passed": _quiet(checked.items, "pass"),
        "beside": _quiet(checked.items, "not_applicable"),
        "more": max(0, len(together(checked.items)) - _CARDS),
    }


def _rank(public: list[Row]) -> Callable[[list[Row]], tuple[int, bool, int]]:
    """Return what orders findings: by result, then those first that speak of what is public."""
    said = {one["expectation"] for one in public}

    def rank(same: list[Row]) -> tuple[int, bool, int]:
        row = same[0]
        beside = said.isdisjoint(row["because"])
        return _RESULTS.index(row["result"]), beside, _SEVERITIES.index(row["severity"])

    return rank


def _places(rows: list[Row]) -> dict[Place, str]:
    """Return where findings stand, in the order of the text, each with its worst result."""
    found: dict[Place, str] = {}
    for name, _ in reversed(_GROUPS):
        found |= {place: name for row in rows if row["result"] == name and (place := _place(row))}
    return dict(sorted(found.items())[:_PLACES])


def _place(row: Row) -> Place | None:
    span = row["span"]
    return span and (span["start"], span["end"])


def _card(number: int, same: list[Row], numbers: dict[Place, int], public: dict[str, Row]) -> Row:
    """Return one finding, or the same one of many places, with what stands in public of it."""
    named = dict.fromkeys(one for row in same for one in row["because"])
    return same[0] | {
        "number": number,
        "places": [_told_place(row, numbers) for row in same if row["span"]],
        "public": [public[one] for one in named if one in public],
    }


def _told_place(row: Row, numbers: dict[Place, int]) -> Row:
    words = " ".join(row["text"].split())
    return {"number": numbers.get(_place(row) or (0, 0)), "words": words}


def _of(cards: list[Row], result: str) -> list[Row]:
    return [card for card in cards if card["result"] == result]


def _quiet(rows: list[Row], result: str) -> list[Row]:
    """Return the rules that end so everywhere they were asked, once each."""
    quiet = (row for row in rows if row["result"] == result and not is_told(row))
    return list({row["rule"]: row for row in quiet}.values())
