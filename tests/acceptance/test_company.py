"""The company's questions at the edge: HTTP pages and shapes, and what the verbs refuse."""

from __future__ import annotations

import json
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline, company_shapes
from api.app import create_app
from api.cli import timeline as cli
from api.questions import QUESTIONS
from api.settings import Settings
from timeline.bundle import bundle_of, read_bundle
from timeline.recorder import InjectedClock

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

BUNDLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)
CHANGES = "/v1/issuers/migenix/changes"
TWO_DATES = {"from": "2008-07-08", "to": "2009-04-01"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('company') / 'timeline.db'}"
    with Timeline(url, clock=InjectedClock(NOW), create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
    return url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(url), clock=InjectedClock(NOW))) as client:
        client.headers["host"] = "127.0.0.1"
        yield client


def run(url: str, *args: str) -> Result:
    return CliRunner().invoke(cli, args, env={"TIMELINE_DATABASE_URL": url})


def _pages(client: TestClient, route: str, **asked: Any) -> list[list[Any]]:
    pages: list[list[Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get(route, params={**asked, **cursor}).json()
        pages.append(page["items"])
        if page["next"] is None:
            return pages
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("clock", ["known_at", "as_of", "as_at"])
def test_changes_have_the_shape_they_declare(client: TestClient, clock: str) -> None:
    dates = {"from": "position:100", "to": "position:383"} if clock == "as_at" else TWO_DATES
    answer = client.get(CHANGES, params={**dates, "clock": clock}).json()
    told = company_shapes.Changes.model_validate(answer)
    assert (told.clock, answer["from"][clock], answer[clock]) == (clock, *dates.values())
    assert told.items


@pytest.mark.parametrize("clock", ["known_at", "as_of", "as_at"])
def test_pages_of_changes_are_one_answer(client: TestClient, clock: str) -> None:
    dates = {"from": "position:100", "to": "position:383"} if clock == "as_at" else TWO_DATES
    whole = client.get(CHANGES, params={**dates, "clock": clock}).json()["items"]
    pages = _pages(client, CHANGES, **dates, clock=clock, limit=5)
    assert [row for page in pages for row in page] == whole
    assert {len(page) for page in pages[:-1]} == {5}


@pytest.mark.parametrize(
    ("route", "asked"),
    [
        (CHANGES, TWO_DATES),
        ("/v1/programs", {"as_of": "2008-07-08"}),
        ("/v1/milestones", {"as_of": "2008-10-15", "closing_before": "2020-01-01"}),
    ],
)
def test_what_is_recorded_meanwhile_comes_into_no_later_page(
    sqlite_store_url: str, route: str, asked: dict[str, str]
) -> None:
    with Timeline(sqlite_store_url, clock=InjectedClock(NOW)) as made:
        made.import_bundle(read_bundle(BUNDLE))
        served = create_app(Settings(sqlite_store_url), clock=InjectedClock(NOW))
        with TestClient(served, base_url="http://127.0.0.1") as client:
            whole = client.get(route, params=asked).json()["items"]
            first = client.get(route, params={**asked, "limit": 1}).json()
            said = {"id": "x", "program": "p", "milestone": "m", "stated_on": "2008-07-09"}
            said["window"] = "2008-07-09/2008-12-01"
            programs = [{"id": "p", "name": "P"}]
            for issuer in ("aaa", "migenix"):
                body: dict[str, Any] = {"format": "timeline-bundle/1", "issuer": {"id": issuer}}
                body |= {"programs": programs, "expectations": [said]}
                made.import_bundle(bundle_of(body))
            second = {"cursor": first["next"], "limit": 10_000}
            if route == CHANGES:
                second |= TWO_DATES
            second |= {k: v for k, v in asked.items() if k == "closing_before"}
            rest = client.get(route, params=second).json()["items"]
            assert first["items"] + rest == whole
            assert client.get(route, params=asked).json()["items"] != whole


def test_a_cursor_of_other_dates_is_refused(client: TestClient) -> None:
    first = client.get(CHANGES, params={**TWO_DATES, "limit": 1}).json()
    other = {**TWO_DATES, "to": "2009-03-01", "cursor": first["next"]}
    assert client.get(CHANGES, params=other).json()["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "from"),
        ("?from=2008-07-08", "to"),
        ("?from=x&to=2009-01-01", "from"),
        ("?from=2009-01-01&to=2008-01-01", "from"),
        ("?from=2008-01-01&to=2009-01-01&clock=now", "clock"),
        ("?from=2008-01-01&to=2009-01-01&known_at=2009-01-01", "known_at"),
        ("?from=2008-01-01&to=2009-01-01&as_of=x", "as_of"),
    ],
)
def test_bad_dates_are_refused(client: TestClient, query: str, parameter: str) -> None:
    answer = client.get(CHANGES + query)
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


def test_totals_are_of_all_pages(client: TestClient, url: str) -> None:
    route, asked = "/v1/issuers/migenix/commitments", {"as_of": "2008-07-08"}
    whole = client.get(route, params=asked).json()["totals"]
    assert client.get(route, params={**asked, "limit": 1}).json()["totals"] == whole
    told = run(url, "commitments", "migenix", "--as-of", "2008-07-08", "--totals", "--json")
    assert json.loads(told.stdout) == whole


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: str(q.name))
def test_a_question_is_asked_by_name_as_a_verb_and_as_a_route(
    client: TestClient, url: str, question: Any
) -> None:
    with Timeline(url, clock=InjectedClock(NOW)) as timeline:
        rows = timeline.ask(question.name, "migenix", as_of="2008-09-01").items
    assert rows
    assert (
        json.loads(run(url, question.name, "migenix", "--as-of", "2008-09-01", "--json").stdout)
        == rows
    )
    served = client.get(f"/v1/issuers/migenix/{question.name}", params={"as_of": "2008-09-01"})
    assert served.json()["items"] == rows


@pytest.mark.parametrize(
    ("args", "place"),
    [
        (["milestones"], "ISSUER: "),
        (["milestones", "migenix", "--all"], "--all: "),
        (["milestones", "migenix", "omigard", "--lapsed"], "PROGRAM: "),
        (["milestones", "migenix", "--closing-before", "x"], "closing_before: "),
        (["worksheet", "migenix", "--since", "x"], "since: "),
        (["worksheet", "migenix", "--since", "2009-01-01", "--as-of", "2008-01-01"], "since: "),
        (["worksheet", "migenix", "--csv", "--json"], "--json: "),
        (["digest", "migenix"], "--to-webhook or --to-email: "),
        (["milestones", "--all", "--closing-before", "x"], "closing_before: "),
        (["programs", "migenix", "--stage", "phase2"], "--stage: "),
        (["changes", "migenix", "--from", "2008-01-01"], "--to: "),
        (["changes", "migenix", "--from", "x", "--to", "2008-01-01"], "from: "),
    ],
)
def test_bad_input_is_told_with_its_place(url: str, args: list[str], place: str) -> None:
    result = run(url, *args)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {place}")


def test_a_spreadsheet_has_a_line_for_each_change(url: str) -> None:
    args = ("changes", "migenix", "--from", "2008-07-08", "--to", "2009-04-01")
    rows = json.loads(run(url, *args, "--json").stdout)
    assert len(rows) == 29
    lines = run(url, *args, "--csv").stdout.splitlines()
    assert len(lines) == 1 + len(rows)
