"""What was read in a document, as a page on which a person decides, one draft after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.pages.marks import pieces
from api.pages.words import window_told
from projections.compliance.desk import Draft
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.pages.form import Form
    from api.timeline import Timeline

Row = dict[str, Any]

_SHOWN = 300
_LABELS = {
    "program": "Program",
    "milestone": "Milestone",
    "qualifier": "Which one",
    "window": "Some day within (EDTF)",
    "condition": "Condition",
    "speaker": "Said by",
}
_OF_EVENTS = {"type": "Type", "outcome": "Outcome", "result": "Result", "summary": "Summary"}
_STEPS = ("accept", "edit", "reject")


def drafts_told(
    timeline: Timeline,
    issuer: str,
    document: str,
    *,
    text: str | None = None,
    rows: list[Row] | None = None,
) -> Row:
    """Return the drafts of one document, each beside what stands in public of its milestone.

    `text` is the document as it was read, `rows` its drafts, where they are at hand: the text is
    kept nowhere, and read models may follow the log.
    """
    rows = rows or timeline.drafts(issuer, document=document).items
    if not rows:
        raise BadInput(f"no draft was read in {document!r}", place="document")
    found = rows[:_SHOWN]
    of, eve = found[0]["issuer"], Draft(b"", found[0]["published"]).eve.isoformat()
    standing = _standing(timeline.milestones(of, as_of=eve).items)
    return {
        "issuer": of,
        "document": document,
        "by": timeline.recorded_by,
        "eve": eve,
        "drafts": [
            _card(n, row, standing) | {"label": _label(timeline, row)}
            for n, row in enumerate(found, start=1)
        ],
        "pieces": None if text is None else _marked(text, found),
        "left": sum(row["state"] == "proposed" for row in rows),
        "all": len(rows),
    }


def _standing(rows: Iterable[Row]) -> dict[tuple[str | None, str], list[Row]]:
    """Return what stands in public, by program and milestone."""
    found: dict[tuple[str | None, str], list[Row]] = {}
    for row in rows:
        if row["standing"]:
            found.setdefault((row["program"], row["milestone"]), []).append(row)
    return found


def _card(number: int, row: Row, standing: dict[tuple[str | None, str], list[Row]]) -> Row:
    near = standing.get((row["program"], row["milestone"]), [])
    exact = [one for one in near if row["qualifier"] in (None, one["qualifier"])]
    labels = _LABELS | (_OF_EVENTS if row["kind"] == "event" else {})
    return row | {
        "number": number,
        "words": " ".join(row["text"].split()),
        "public": exact,
        "fields": [(name, labels[name], value) for name, value in shown_fields(row).items()],
        "when": window_told(row["window"]),
    }


def _label(timeline: Timeline, row: Row) -> str:
    milestone = row["milestone"]
    return str(timeline.milestone_label(milestone) if milestone else row["type"])


def _marked(text: str, rows: list[Row]) -> Any:
    return pieces(text, {(r["span"]["start"], r["span"]["end"]): "proposed" for r in rows})


def shown_fields(row: Row) -> dict[str, str]:
    """Return what of a draft a form may change, as it stands there; a condition in words alone."""
    names = [*_LABELS, *(_OF_EVENTS if row["kind"] == "event" else ())]
    told = {name: row[name] or "" for name in names}
    told["window"] = (row["window"] or {}).get("edtf") or ""
    return {name: value for name, value in told.items() if isinstance(value, str)}


def decide(timeline: Timeline, draft: str, form: Form) -> None:
    """Do to one draft what the form says, recorded as by whom it names.

    Raises BadInput for a step that is none, an edit that changes nothing, and as the steps do.
    """
    step, issuer = form["step"], form["issuer"] or None
    store = timeline.recording_by(form["by"])
    if step == "accept":
        store.accept(draft, issuer=issuer)
    elif step == "reject":
        store.reject(draft, issuer=issuer, reason=form["reason"])
    elif step == "edit":
        changes = _changes(timeline.draft(draft, issuer=issuer).items[0], form)
        store.edit(draft, changes, issuer=issuer, reason=form["reason"] or None)
    else:
        raise BadInput(f"{step!r} is none of {', '.join(_STEPS)}", place="step")


def _changes(row: Row, form: Form) -> Row:
    """Return the fields that were filled in otherwise; what was emptied is taken out."""
    stood = shown_fields(row)
    told = {name: form[name] or None for name in stood if form[name] != stood[name]}
    if not told:
        raise BadInput("nothing was changed; change a field, or accept the draft", place="edit")
    return told
