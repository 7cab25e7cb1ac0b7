"""Readers: where the drafts of a labelled document come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.intake.readings import Found, Reading, reading_of
from timeline.intake.documents import read_text
from timeline.intake.legend import Ground, coverage, read_legend
from timeline.intake.names import Named, NameKind, Names
from timeline.intake.reading import read_drafts
from timeline.packs import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.intake.corpus import Labelled
    from timeline.intake.draft import Draft


def given(file: Path) -> Callable[[Labelled], tuple[str, Reading]]:
    """Return a reader that takes from a JSON file the drafts a document has there, by its name.

    Their spans are in the text that the document should read as, unless the file tells another:
    `{"NAME": {"text": ..., "drafts": [...], "list_items": [...]}}`.
    """
    by_name = json.loads(file.read_text(encoding="utf-8"))

    def read(document: Labelled) -> tuple[str, Reading]:
        if document.name not in by_name:
            raise KeyError(f"{file.name} has no drafts of {document.name}, but of {list(by_name)}")
        data = by_name[document.name]
        text = data.get("text") if isinstance(data, dict) else None
        return text or document.as_read, reading_of(data)

    return read


def read_here(document: Labelled) -> tuple[str, Reading]:
    """Read by the project itself, from what was on record before the document came."""
    known = document.known()
    names = _names(known)
    packs = vocabulary(tuple(dict.fromkeys(("core", *(known.get("packs") or ())))))
    read = read_text(document.as_read)
    drafts = read_drafts(read, published_on=document.published_on, names=names, vocabulary=packs)
    legend = read_legend(read, names=names)
    if legend is None:
        return read.text, Reading(tuple(_found(draft, None) for draft in drafts))
    on = document.published_on
    ground = Ground(read, names=names, vocabulary=packs, published_on=on)
    held = coverage(drafts, legend, ground)
    covered = {one.id: one.status.value for one in (*held.statements, *held.apart)}
    if not held.has_list:
        covered = {}
    found = tuple(_found(draft, covered.get(draft.id)) for draft in drafts)
    return read.text, Reading(found, tuple(item.span for item in legend.items))


def _names(known: Mapping[str, Any]) -> Names:
    """Return the names in a bundle; who said something there and is not the issuer is a partner."""
    issuer = known["issuer"]
    named = [Named(NameKind.ISSUER, issuer["id"], _called(issuer))]
    named += [Named(NameKind.PROGRAM, one["id"], _called(one)) for one in known["programs"]]
    partners = {e["said_by"] for e in known.get("expectations", ()) if e.get("said_by")}
    others = sorted(partners - set(_called(issuer)))
    return Names([*named, *(Named(NameKind.PARTNER, name, (name,)) for name in others)])


def _called(item: Mapping[str, Any]) -> tuple[str, ...]:
    return (item["name"], *(item.get("aliases") or ()))


def _found(draft: Draft, covered: str | None) -> Found:
    window = draft.window
    latest, words = (window.latest, window.words) if window else (None, None)
    return Found(draft.kind.value, draft.span, draft.program, latest, words, covered)
