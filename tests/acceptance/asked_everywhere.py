"""Everything a store can be made to say: every question, by library, command line and HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from itertools import product
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
from sqlalchemy import select
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.sending.digest import digest_of
from api.settings import Settings
from timeline.recorder import metadata

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

ISSUER = "larkspur"
DAYS = ("2020-12-31", "2021-06-01", "2023-01-01")
OF_ONE = ("programs", "milestones", "statements", "facts", "documents", "governance", "commitments")
ROUTES = (
    *("issuers", "programs", "milestones", "events?limit=1000", f"issuers/{ISSUER}"),
    *(f"issuers/{ISSUER}/{name}" for name in OF_ONE if name != "facts"),
    *(f"issuers/{ISSUER}/{name}" for name in ("disappeared", "worksheet")),
)
TABLES = (*ROUTES[:3], "events", *(f"issuers/{ISSUER}/{n}" for n in OF_ONE if n != "facts"))
VERBS = ("state", *(name for name in OF_ONE if name != "facts"), "events", "disappeared")
FORMS: tuple[tuple[str, ...], ...] = (("--json",), ("--csv",), ())


def clock_settings(head: int) -> list[dict[str, Any]]:
    """Days and positions on each side of everything, and no clock at all."""
    positions = (1, head // 2, head - 1, head)
    asked = product(DAYS, DAYS, positions)
    told = [{"as_of": a, "known_at": b, "as_at": f"position:{n}"} for a, b, n in asked]
    return [{}, *({"as_of": day} for day in DAYS), *told]


def of_the_library(url: str) -> Iterator[tuple[str, Any]]:
    """Yield what was asked, and the answer."""
    with Timeline(url) as timeline:
        head = timeline.recorder.head()
        for clocks in clock_settings(head):
            for name in OF_ONE:
                ask = getattr(timeline, name)
                for more in ({}, {"explain": True}) if name in OF_ONE[:2] + OF_ONE[5:] else ({},):
                    yield f"{name} {clocks} {more}", ask(ISSUER, **clocks, **more).body()
            yield from _followed_up(timeline, clocks)
            yield f"all programs {clocks}", timeline.all_programs(**clocks).body()
            yield f"events {clocks}", timeline.events(limit=1000, **clocks).body()
        ids = [row["subject"] for row in timeline.events(limit=1000).items]
        for one in dict.fromkeys(ids):
            yield f"event {one}", timeline.event(one).body()
        for clock, since, to in _changes(head):
            yield (
                f"changes {clock}",
                timeline.changes(ISSUER, since=since, to=to, clock=clock).body(),
            )


def _followed_up(timeline: Timeline, clocks: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    told = timeline.ask("disappeared", ISSUER, explain=True, **clocks)
    yield f"disappeared {clocks}", told.body()
    yield f"worksheet {clocks}", timeline.worksheet(ISSUER, **clocks).body()
    news = timeline.follow_up(ISSUER, since="2020-01-01", **clocks)
    yield f"follow-up {clocks}", news.body()
    yield f"digest {clocks}", digest_of(news, ISSUER)


def of_http(url: str) -> Iterator[tuple[str, Response]]:
    """Yield what was asked, and the response."""
    app = create_app(Settings(url, hosts=("testserver",)))
    with TestClient(app, raise_server_exceptions=False) as client:
        head = client.get("/readyz").json()["position"]
        for clocks in clock_settings(head)[::5]:
            for route in ROUTES:
                for explain in ("false", "true"):
                    asked = f"/v1/{route}"
                    yield asked, client.get(asked, params=clocks | {"explain": explain})
        for form in ("html", "csv"):
            asked = f"/v1/issuers/{ISSUER}/worksheet?format={form}"
            yield asked, client.get(asked)
        for route in TABLES:
            asked = f"/v1/{route}?format=csv&explain=true"
            yield asked, client.get(asked)
        for row in client.get("/v1/events?limit=1000").json()["items"]:
            asked = f"/v1/events/{row['subject']}"
            yield asked, client.get(asked)
        for clock, since, to in _changes(head):
            asked = f"/v1/issuers/{ISSUER}/changes"
            yield asked, client.get(asked, params={"clock": clock, "from": since, "to": to})


def of_the_command_line(url: str) -> Iterator[tuple[str, str]]:
    """Yield the command and all it printed, as JSON, CSV and tables."""
    for verb, form, day in product(VERBS, FORMS, (None, "2021-06-01")):
        when = () if day is None else ("--as-of", day)
        yield _run(url, verb, ISSUER, *when, *form, "--explain")
    for form in FORMS:
        yield _run(url, "worksheet", ISSUER, *form)
    for clock, since, to in _changes(5):
        told = ("--from", since, "--to", to, "--clock", clock, "--json")
        yield _run(url, "changes", ISSUER, *told)


def stored_rows(url: str) -> dict[str, list[str]]:
    """Return every row of every table, as text; bytes as they print, and as base64 says them."""
    with Timeline(url) as timeline, timeline.recorder.begin_read() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


def _changes(head: int) -> list[tuple[str, str, str]]:
    return [
        ("known_at", "2020-01-01", "2023-01-01"),
        ("as_of", "2020-01-01", "2023-01-01"),
        ("as_at", "position:1", f"position:{head}"),
    ]


def _run(url: str, *args: str) -> tuple[str, str]:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline")
    assert result.exit_code == 0, result.output
    return " ".join(args), result.output


def printed(url: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own and return what it printed, on both streams."""
    env = os.environ | {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    argv = [sys.executable, "-m", "api.cli", *args]
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=False)


def as_text(told: Any) -> str:
    """Return an answer as one text to look into."""
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
