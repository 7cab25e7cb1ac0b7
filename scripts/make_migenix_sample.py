#!/usr/bin/env python3
"""Turn the MIGENIX fact dataset into a `timeline-bundle/1` and its recorded outcomes.

    python scripts/make_migenix_sample.py PATH/migenix.json -o samples/migenix

Every judgement (which type, which milestone, which words) is data in `migenix_mapping.json` beside
this file; the code only applies it. The same input always gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from functools import cached_property
from pathlib import Path
from typing import Any

Item = dict[str, Any]

MAPPING = Path(__file__).with_name("migenix_mapping.json")
OUTCOMES = Path(__file__).parents[1] / "tests" / "acceptance" / "recorded_outcomes.json"
SECTIONS = ("programs", "documents", "events", "expectations", "adjudications", "corrections")
# An economic item has no date of its own: the first of these that is one date, else publication.
ECONOMIC_DATES = ("signed", "date", "awarded", "as_of")
ECONOMIC_ENVELOPE = ("id", "program", "document", "confidence", *ECONOMIC_DATES)


class Sample:
    """The sample made from `shared`, the fact dataset, by the judgements in `mapping`."""

    def __init__(self, shared: Item, mapping: Item) -> None:
        self.shared = shared
        self.mapping = mapping
        self.published = {d["id"]: d["published"] for d in shared["documents"]}
        self.expectation = {e["id"]: e for e in shared["expectations"]}

    def bundle(self) -> Item:
        """Return the whole bundle."""
        return {
            "format": "timeline-bundle/1",
            "packs": ["biotech"],
            "issuer": self.mapping["issuer"],
            "programs": [self._program(p) for p in self.shared["programs"]],
            "documents": [_document(d) for d in self.shared["documents"]],
            "events": self.events,
            "expectations": [*map(self._statement, self.shared["expectations"]), *self._withdrawn],
            "adjudications": list(map(self._adjudication, self.mapping["adjudications"])),
            "corrections": self.mapping["corrections"],
        }

    def _program(self, shared: Item) -> Item:
        indication = self.mapping["indications"].get(shared["id"], shared["indication"])
        return _program(shared, indication)

    def recorded_outcomes(self) -> Item:
        """Return what the fact dataset found for every statement whose timing can be tested."""
        testable = (e for e in self.shared["expectations"] if e["timing_testable"])
        return {"as_of": "2020-01-01", "items": [_recorded(e) for e in testable]}

    @cached_property
    def events(self) -> list[Item]:
        """The events: as recorded, of the economics, added, and the outcomes no event states."""
        stated = [self._event(e) for e in self.shared["events"]]
        economic = [self._economic(e) for e in self.shared["economics"]]
        added = [self._added(e) for e in self.mapping["added_events"]]
        return [*stated, *economic, *added, *self._outcomes()]

    def _event(self, shared: Item) -> Item:
        name = shared["id"]
        return _event(
            name,
            self.mapping["event_types"][shared["type"]],
            program=_program_id(shared),
            occurred=shared["occurred"],
            disclosed=shared["disclosed"],
            document=shared["document"],
            summary=self.mapping["event_summaries"].get(name, shared["summary"]),
            facts=self._facts(shared),
            confidence=shared["confidence"],
            **self.mapping["event_marks"].get(name, {}),
        )

    def _facts(self, shared: Item) -> Item:
        """Keep the facts that were public with the event; a later document's would look ahead."""
        name = shared["id"]
        later = self.mapping["later_known"].get(name, ())
        facts = {k: v for k, v in shared["facts"].items() if k not in later}
        facts |= self.mapping["event_facts"].get(name, {})
        also = [d for d in shared.get("also_documents", ()) if self._is_public(d, shared)]
        return facts | ({"also_documents": also} if also else {})

    def _is_public(self, document: str, shared: Item) -> bool:
        return bool(self.published[document] <= shared["disclosed"])

    def _economic(self, shared: Item) -> Item:
        name, document = shared["id"], shared["document"]
        event_type, summary = self.mapping["economics"][name]
        left_out = (*ECONOMIC_ENVELOPE, *self.mapping["later_known"].get(name, ()))
        dates = (shared.get(key) for key in ECONOMIC_DATES)
        return _event(
            name,
            event_type,
            program=_program_id(shared),
            occurred=next((d for d in dates if d and "/" not in d), self.published[document]),
            disclosed=self.published[document],
            document=document,
            summary=summary,
            facts={k: v for k, v in shared.items() if k not in left_out}
            | self.mapping["event_facts"].get(name, {}),
            confidence=shared["confidence"],
        )

    def _added(self, added: Item) -> Item:
        public = self.published.get(added["document"]) or added["disclosed"]
        given = {k: v for k, v in added.items() if k not in ("id", "type", "occurred", "disclosed")}
        occurred = added.get("occurred", public)
        return _event(added["id"], added["type"], occurred=occurred, disclosed=public, **given)

    def _outcomes(self) -> list[Item]:
        """Return an event for each recorded actual that no event states with just that date."""
        names = self.mapping["outcome_summaries"]
        return [self._outcome(self.expectation[name]) for name in names]

    def _outcome(self, shared: Item) -> Item:
        name, found = shared["id"], shared["outcome"]
        milestone, qualifier = self._milestone(shared)
        return _event(
            "out-" + name.removeprefix("ex-"),
            "milestone.reached",
            program=_program_id(shared),
            occurred=found["actual"],
            disclosed=self.published[found["actual_document"]],
            document=found["actual_document"],
            summary=self.mapping["outcome_summaries"][name],
            confidence=shared["confidence"],
            milestone=milestone,
            qualifier=qualifier,
            outcome="reached",
        )

    def _milestone(self, shared: Item) -> tuple[str, str | None]:
        named = self.mapping["milestones_by_id"].get(shared["id"])
        name = f"{shared['program']}/{shared['milestone']}"
        milestone, qualifier = named or self.mapping["milestones"][name]
        return milestone, qualifier

    def _statement(self, shared: Item) -> Item:
        milestone, qualifier = self._milestone(shared)
        return {
            "id": shared["id"],
            "program": _program_id(shared),
            "milestone": milestone,
            "qualifier": qualifier,
            "said_by": shared["said_by"],
            "window": _window(shared["window_edtf"]),
            "words": self.mapping["words"].get(shared["id"], shared["cue"]),
            "condition": self._condition(shared["condition"]),
            "stated_on": shared["stated_on"] or shared["stated_on_edtf"],
            "document": shared["document"],
            "locator": None,
            "withdraws": None,
        }

    def _condition(self, text: str | None) -> Item | None:
        return None if text is None else {"text": text, **self.mapping["conditions"].get(text, {})}

    @property
    def _withdrawn(self) -> list[Item]:
        return [self._withdrawal(*named) for named in self.mapping["withdrawals"].items()]

    def _withdrawal(self, name: str, given: Item) -> Item:
        shared = self.expectation[given["withdraws"]]
        document = given.get("document") or shared["outcome"]["actual_document"]
        changed = {"id": name, "window": None, "condition": None, "document": document}
        public = {"stated_on": self.published[document]}
        return self._statement(shared) | changed | public | given

    def _adjudication(self, given: Item) -> Item:
        return given | {"disclosed": self.published[given["document"]]}


def _event(name: str, event_type: str, **given: Any) -> Item:
    given.setdefault("facts", {})
    blank = dict.fromkeys(("milestone", "qualifier", "outcome", "result"))
    order = ("program", "occurred", "disclosed", "document", "summary", "facts")
    item = {"id": name, "type": event_type} | {key: given.get(key) for key in order}
    return item | blank | {k: v for k, v in given.items() if k not in order}


def _program(shared: Item, indication: str) -> Item:
    attributes = {"compound": shared["compound"], "indication": indication}
    return {key: shared[key] for key in ("id", "name", "aliases")} | {"attributes": attributes}


def _document(shared: Item) -> Item:
    return {
        "id": shared["id"],
        "publisher": shared["issuer"],
        "published": shared["published"],
        "kind": shared["kind"],
        "title": shared["title_own_words"],
        "url": shared["url"],
        "sha256": None,
    }


def _program_id(shared: Item) -> str | None:
    return None if shared["program"] == "corporate" else str(shared["program"])


def _window(edtf: str | None) -> str | None:
    return edtf if edtf is None or "/" in edtf else f"{edtf}/{edtf}"


def _recorded(shared: Item) -> Item:
    found = shared["outcome"]
    first = found["slip_days_from_window_end"]
    slip = None if first is None else [first, found.get("slip_days_max", first)]
    known = {"verdict": found["verdict"], "actual": found["actual"], "slip": slip}
    return {"id": shared["id"], **known}


def as_text(document: Item) -> str:
    """Return `document` as JSON with one item of a list on a line, so that a diff can be read."""
    fields = (f" {json.dumps(key)}: {_lines(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return json.dumps(value, ensure_ascii=False)
    items = (f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
    return "[\n" + ",\n".join(items) + "\n ]"


def main() -> None:
    """Write the bundle into the folder named by `-o`, the recorded outcomes beside the tests."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset", type=Path, help="the fact dataset, migenix.json")
    parser.add_argument("-o", "--out", type=Path, default=Path("samples/migenix"))
    parser.add_argument("--outcomes", type=Path, default=OUTCOMES)
    given = parser.parse_args()
    shared = json.loads(given.dataset.read_text("utf-8"))
    sample = Sample(shared, json.loads(MAPPING.read_text("utf-8")))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "bundle.json").write_text(as_text(sample.bundle()), "utf-8")
    given.outcomes.write_text(as_text(sample.recorded_outcomes()), "utf-8")


if __name__ == "__main__":
    main()
