"""The whole chain once: texts are read, a person decides, and verdicts come of what was said.

Once over the library, once on the command line, once over HTTP, on either database.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.settings import Settings

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

ISSUER = "larkspur"
FIRST = """\
LARKSPUR AVIATION REPORTS ON ITS NINE-SEATER

May 14, 2021 - Larkspur Aviation Inc. today reported on its programs.

The Company expects the first flight of the Lark 9 in the third quarter of 2021. The Company \
expects certification of the Wren 4 in the fourth quarter of 2022.
"""
LATER = """\
LARKSPUR AVIATION REPORTS ITS SECOND QUARTER

August 20, 2021 - Larkspur Aviation Inc. today reported its results.

The Company now expects the first flight of the Lark 9 in the first quarter of 2022.
"""
LAST = """\
LARK 9 FLIES

March 3, 2022 - Larkspur Aviation Inc. today reported a milestone.

The first flight of the Lark 9 was completed in February 2022.
"""
TEXTS = (("2021-05-14", FIRST), ("2021-08-20", LATER), ("2022-03-03", LAST))
DAY = "2022-06-01"


class Way(Protocol):
    """One way of doing it all."""

    def extract(self, text: str, published: str) -> list[dict[str, Any]]: ...
    def edit(self, draft: str, program: str) -> None: ...
    def accept(self, draft: str, milestone: str | None = None) -> str: ...
    def reject(self, draft: str) -> None: ...
    def drafts(self, state: str) -> list[dict[str, Any]]: ...
    def statements(self, as_of: str) -> list[dict[str, Any]]: ...


@dataclass
class ByLibrary:
    """Over the Python library."""

    url: str

    def extract(self, text: str, published: str) -> list[dict[str, Any]]:
        with self._open() as timeline:
            return timeline.extract(text, ISSUER, published=published, save=True).items

    def edit(self, draft: str, program: str) -> None:
        with self._open() as timeline:
            timeline.edit(draft, {"program": program})

    def accept(self, draft: str, milestone: str | None = None) -> str:
        with self._open() as timeline:
            changes = {"milestone": milestone} if milestone else None
            return str(timeline.accept(draft, changes).recorded_as)

    def reject(self, draft: str) -> None:
        with self._open() as timeline:
            timeline.reject(draft, reason="another matter")

    def drafts(self, state: str) -> list[dict[str, Any]]:
        with self._open() as timeline:
            return timeline.drafts(ISSUER, state=state).items

    def statements(self, as_of: str) -> list[dict[str, Any]]:
        with self._open() as timeline:
            return timeline.statements(ISSUER, as_of=as_of).items

    def _open(self) -> Timeline:
        return Timeline(self.url, recorded_by="ann")


@dataclass
class ByCommand:
    """On the command line, in processes of its own."""

    url: str

    def extract(self, text: str, published: str) -> list[dict[str, Any]]:
        when = ("--issuer", ISSUER, "--published", published)
        return list(self._told("extract", "-", *when, "--save", sent=text))

    def edit(self, draft: str, program: str) -> None:
        self._told("edit", draft, "--program", program)

    def accept(self, draft: str, milestone: str | None = None) -> str:
        more = ("--milestone", milestone) if milestone else ()
        return str(self._told("accept", draft, *more)["recorded_as"])

    def reject(self, draft: str) -> None:
        self._told("reject", draft, "--reason", "another matter")

    def drafts(self, state: str) -> list[dict[str, Any]]:
        return list(self._told("drafts", ISSUER, "--state", state))

    def statements(self, as_of: str) -> list[dict[str, Any]]:
        return list(self._told("statements", ISSUER, "--as-of", as_of))

    def _told(self, *args: str, sent: str = "") -> Any:
        env = os.environ | {"TIMELINE_DATABASE_URL": self.url, "TIMELINE_RECORDED_BY": "ann"}
        command = [sys.executable, "-m", "api.cli", *args, "--json"]
        done = subprocess.run(
            command, env=env, input=sent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@dataclass
class ByHttp:
    """Over HTTP."""

    client: TestClient

    def extract(self, text: str, published: str) -> list[dict[str, Any]]:
        sent = {"issuer": ISSUER, "published": published, "text": text, "save": True}
        return list(self._posted("/v1/extractions", sent)["items"])

    def edit(self, draft: str, program: str) -> None:
        self._posted(f"/v1/drafts/{draft}/edit", {"set": {"program": program}})

    def accept(self, draft: str, milestone: str | None = None) -> str:
        sent = {"set": {"milestone": milestone}} if milestone else None
        return str(self._posted(f"/v1/drafts/{draft}/accept", sent)["recorded_as"])

    def reject(self, draft: str) -> None:
        self._posted(f"/v1/drafts/{draft}/reject", {"reason": "another matter"})

    def drafts(self, state: str) -> list[dict[str, Any]]:
        asked = {"issuer": ISSUER, "state": state}
        return list(self.client.get("/v1/drafts", params=asked).json()["items"])

    def statements(self, as_of: str) -> list[dict[str, Any]]:
        path = f"/v1/issuers/{ISSUER}/statements"
        return list(self.client.get(path, params={"as_of": as_of}).json()["items"])

    def _posted(self, path: str, sent: dict[str, Any] | None) -> Any:
        answer = self.client.post(path, json=sent) if sent else self.client.post(path)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture(params=["library", "command", "http"])
def way(request: pytest.FixtureRequest, store_url: str) -> Iterator[Way]:
    """Each way of doing it, on a store that knows the issuer and its programs."""
    with Timeline(store_url, recorded_by="ann") as timeline:
        issuer = {"id": ISSUER, "name": "Larkspur Aviation Inc."}
        timeline.record(ISSUER, issuer, kind="issuer")
        for program, name in (("lark-9", "Lark 9"), ("wren-4", "Wren 4")):
            timeline.record(ISSUER, {"id": program, "name": name}, kind="program")
    if request.param == "library":
        yield ByLibrary(store_url)
    elif request.param == "command":
        yield ByCommand(store_url)
    else:
        app = create_app(Settings(store_url, recorded_by="ann", hosts=("testserver",)))
        with TestClient(app) as client:
            yield ByHttp(client)


def test_from_the_texts_to_the_verdict(way: Way) -> None:
    read = [way.extract(text, published) for published, text in TEXTS]
    flight, certified = one(read[0], "lark-9"), one(read[0], "wren-4")
    assert flight["text"] == FIRST[flight["span"]["start"] : flight["span"]["end"]]
    assert flight["window"]["earliest"] == "2021-07-01"
    assert way.statements(DAY) == []  # nothing is recorded by reading

    way.edit(certified["id"], "Lark 9")
    way.reject(certified["id"])
    chosen = [flight, one(read[1], "lark-9"), one(read[2], "lark-9", kind="event")]
    accepted = [way.accept(draft["id"]) for draft in chosen]

    (rejected,) = way.drafts("rejected")
    assert (rejected["id"], rejected["program"]) == (certified["id"], "lark-9")
    assert [row["recorded_as"] for row in way.drafts("accepted")] == accepted

    (first,) = way.statements("2021-06-01")
    assert (first["expectation"], first["verdict"], first["relation"]) == (
        *(accepted[0], "open", None),
    )
    moved = way.statements("2021-09-01")
    assert [(row["relation"], row["verdict"]) for row in moved] == [
        (None, "superseded"),
        ("pushed_out", "open"),
    ]
    assert moved[1]["window"]["latest"] == "2022-03-31"

    known = way.statements(DAY)
    assert [(row["expectation"], row["verdict"]) for row in known] == [
        (accepted[0], "superseded"),
        (accepted[1], "met_on_time"),
    ]
    assert known[1]["actual"]["event"] == accepted[2]


def one(drafts: list[dict[str, Any]], program: str, kind: str = "expectation") -> dict[str, Any]:
    """Return the one draft of this kind about a program."""
    (found,) = (row for row in drafts if (row["kind"], row["program"]) == (kind, program))
    return found
