"""Scorecards, forecasts and back-tests of the sample, against a checker that read the bundle alone.

At several dates, in hindsight, and as at earlier positions; by library, command line and HTTP.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.settings import Settings
from tests.acceptance import backtest_checker, scorecard_checker
from tests.acceptance.rows_agree import agree, without
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import BadInput

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "samples" / "migenix" / "bundle.json"
DAYS = [date(2008, 7, 8), date(2008, 12, 31), date(2009, 4, 1), date(2010, 1, 1)]
HINDSIGHT = [(date(2008, 7, 8), date(2010, 1, 1)), (date(2010, 1, 1), date(2008, 12, 31))]
ASKED = [(day, day) for day in DAYS] + HINDSIGHT
POSITIONS = (60, 250, 382)
CHECKERS = (
    *("bundle_record", "bundle_checker", "bundle_figures"),
    *("scorecard_checker", "backtest_checker"),
)
QUESTIONS = ("scorecard", "forecasts", "backtest")


@pytest.fixture(scope="module")
def bundle() -> Row:
    return dict(json.loads(SAMPLE.read_bytes()))


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        yield timeline


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('scorecard') / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(SAMPLE))
    return url


def test_every_figure_agrees_with_the_checker(timeline: Timeline, bundle: Row) -> None:
    for as_of, known_at in ASKED:
        rows = timeline.scorecard("migenix", as_of=as_of, known_at=known_at).items
        expected = scorecard_checker.scorecard(bundle, as_of=as_of, known_at=known_at)
        agree(without(rows, "position"), expected, f"{as_of} {known_at}")
        assert len(rows) > 40
        assert rows[0]["statements"] == sum(rows[0]["verdicts"].values()) > 90
    for position in POSITIONS:
        rows = timeline.scorecard("migenix", as_of=DAYS[-1], as_at=position).items
        expected = scorecard_checker.scorecard(bundle, as_of=DAYS[-1], as_at=position)
        agree(without(rows, "position"), expected, f"position {position}")


def test_every_forecast_agrees_with_the_checker(timeline: Timeline, bundle: Row) -> None:
    for as_of, known_at in ASKED:
        rows = timeline.forecasts("migenix", as_of=as_of, known_at=known_at).items
        expected = backtest_checker.forecasts(bundle, as_of=as_of, known_at=known_at)
        told = {row["expectation"]: {key: row[key] for key in ("pool", "late_by")} for row in rows}
        agree(told, expected, f"{as_of} {known_at}")
        ends = [row["window"]["latest"] for row in rows]
        assert ends == sorted(ends)
        assert any(row["pool"] for row in rows)


def test_the_back_test_agrees_with_the_checker(timeline: Timeline, bundle: Row) -> None:
    for as_of, known_at in ASKED:
        answer = timeline.backtest("migenix", as_of=as_of, known_at=known_at)
        expected = _tried(bundle, as_of, known_at)
        keys = ("expectation", "pool", "late_by", "results")
        told = [{key: row[key] for key in keys} for row in answer.items]
        agree(told, without(expected, "_chain"), f"{as_of} {known_at}")
        agree(answer.more["calibration"], backtest_checker.calibration(expected))
        names = ("days", "of", "late", "brier", "brier_base_rate", "skill")
        scores = [{name: row[name] for name in names} for row in answer.more["scores"]]
        agree(scores, backtest_checker.scores(expected))
        for score in answer.more["scores"]:
            assert score["of"] + sum(score["left_out"].values()) == len(told)


_CHECKED: dict[tuple[date, date], list[Row]] = {}


def _tried(bundle: Row, as_of: date, known_at: date) -> list[Row]:
    """The checker's back-test takes a second, and is the same on both databases."""
    if (as_of, known_at) not in _CHECKED:
        _CHECKED[as_of, known_at] = backtest_checker.backtest(
            bundle, as_of=as_of, known_at=known_at
        )
    return _CHECKED[as_of, known_at]


def test_nothing_published_after_known_at_changes_a_figure(timeline: Timeline, bundle: Row) -> None:
    asked = {"as_of": "2010-01-01", "known_at": "2009-04-01"}
    before = [getattr(timeline, name)("migenix", **asked) for name in QUESTIONS]
    timeline.import_bundle(bundle_of(_later(bundle)))
    after = [getattr(timeline, name)("migenix", **asked) for name in QUESTIONS]
    for was, now in zip(before, after, strict=True):
        assert without(was.items, "position") == without(now.items, "position")
        assert was.more == now.more
    now = timeline.scorecard("migenix", as_of="2010-01-01").items
    assert now[0]["statements"] == 133 + 60


def _later(bundle: Row) -> Row:
    """A bundle of statements and events on every milestone, all published from April 2009 on."""
    said = bundle["expectations"][:60]
    fresh: Row = {"stated_on": "2009-04-02", "withdraws": None, "document": None}
    came = {"type": "milestone.reached", "occurred": "2007-03-01", "disclosed": "2009-04-02"}
    keys = ("program", "milestone", "qualifier")
    return {
        **{key: bundle[key] for key in ("format", "issuer", "programs")},
        "expectations": [one | fresh | {"id": f"later-{one['id']}"} for one in said],
        "events": [
            came | {key: one.get(key) for key in keys} | {"id": f"came-{one['id']}"} for one in said
        ],
    }


def test_explained_figures_name_their_statements(filled: str) -> None:
    with Timeline(filled) as timeline:
        plain = timeline.scorecard("migenix", as_of="2010-01-01").items
        rows = timeline.scorecard("migenix", as_of="2010-01-01", explain=True).items
        verdicts = {
            row["expectation"]: row["verdict"]
            for row in timeline.statements("migenix", as_of="2010-01-01").items
        }
    assert without(rows, "behind", "because", "overridden") == plain
    for row in rows:
        behind = row["behind"]
        counted = {v: len(ids) for v, ids in behind["verdicts"].items()}
        assert counted == {v: n for v, n in row["verdicts"].items() if n}
        assert all(verdicts[i] == v for v, ids in behind["verdicts"].items() for i in ids)
        assert len(behind["decided"]) == row["decided"]
        assert len(behind["revisions"]) == row["revisions"]["cases"]
        for share in ("on_time", "silently_lapsed"):
            assert len(behind[share]) == row[share]["cases"]
        for slip in ("slip", "first_slip", "last_slip"):
            assert len(behind[slip]) == row[slip]["of"]
        assert {*behind["decided"], *behind["slip"]} <= {*row["because"]}


def test_explained_forecasts_name_their_cases(filled: str) -> None:
    with Timeline(filled) as timeline:
        rows = timeline.forecasts("migenix", as_of="2008-07-08", explain=True).items
        tried = timeline.backtest("migenix", as_of="2010-01-01", explain=True).items
    for row in [*rows, *tried]:
        counted = {result: len(ids) for result, ids in row["behind"].items()}
        first = row["late_by"][0]["late"] if row["pool"] else {"cases": 0, "of": 0}
        told = {"late": first["cases"], "in_time": first["of"] - first["cases"]}
        assert counted == {result: n for result, n in told.items() if n}
        assert row["because"][0] == row["expectation"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_answer_by_library_command_line_and_http(filled: str, name: str) -> None:
    with Timeline(filled) as timeline:
        asked = getattr(timeline, name)("migenix", as_of="2010-01-01", explain=True)
    printed = _run(filled, name, "MGI", "--as-of", "2010-01-01", "--explain", "--json")
    assert json.loads(printed) == asked.items
    with TestClient(create_app(Settings(filled)), base_url="http://127.0.0.1") as client:
        path = f"/v1/issuers/migenix/{name}?as_of=2010-01-01&explain=true"
        answered = client.get(path).json()
    assert answered == {**asked.body(), "next": None}


@pytest.mark.parametrize("by", ["issuer", "speaker", "group", "milestone"])
def test_one_grouping_by_library_command_line_and_http(filled: str, by: str) -> None:
    asked: Row = {"as_of": "2010-01-01"}
    with Timeline(filled) as timeline:
        rows = timeline.scorecard("migenix", by=by, **asked).items
        every = timeline.scorecard("migenix", **asked).items
    assert rows == [row for row in every if row["by"] == by] != []
    printed = _run(filled, "scorecard", "MGI", "--by", by, "--as-of", "2010-01-01", "--json")
    assert json.loads(printed) == rows
    with TestClient(create_app(Settings(filled)), base_url="http://127.0.0.1") as client:
        path = "/v1/issuers/migenix/scorecard"
        assert client.get(path, params=asked | {"by": by}).json()["items"] == rows
        pages = client.get(path, params=asked | {"by": by, "limit": 1}).json()
        assert pages["items"] == rows[:1]


def test_an_unknown_grouping_is_refused_and_told_what_there_is(filled: str) -> None:
    with Timeline(filled) as timeline:
        with pytest.raises(BadInput, match="there are issuer, speaker, group, milestone"):
            timeline.scorecard("migenix", by="colour")
        with pytest.raises(BadInput, match="no groups here"):
            timeline.ask("governance", "migenix", by="speaker")
    with TestClient(create_app(Settings(filled)), base_url="http://127.0.0.1") as client:
        refused = client.get("/v1/issuers/migenix/scorecard?by=colour")
        elsewhere = client.get("/v1/issuers/migenix/forecasts?by=speaker")
    assert (refused.status_code, refused.json()["parameter"]) == (400, "by")
    assert (elsewhere.status_code, elsewhere.json()["parameter"]) == (400, "by")


@pytest.mark.parametrize("name", ["scores", "calibration"])
def test_the_lists_beside_a_back_test_are_printed_alone(filled: str, name: str) -> None:
    with Timeline(filled) as timeline:
        told = timeline.backtest("migenix", as_of="2010-01-01").more[name]
    args = ("backtest", "migenix", "--as-of", "2010-01-01", f"--{name}")
    assert json.loads(_run(filled, *args, "--json")) == told
    lines = list(csv.DictReader(io.StringIO(_run(filled, *args, "--csv"))))
    assert [line["days"] for line in lines] == [str(row["days"]) for row in told]


def test_of_nothing_said_there_is_nothing_to_score(sqlite_store_url: str) -> None:
    empty = {"format": "timeline-bundle/1", "issuer": {"id": "acme", "name": "Acme"}}
    with Timeline(sqlite_store_url) as timeline:
        timeline.import_bundle(bundle_of(empty))
        (row,) = timeline.scorecard("acme", explain=True).items
        backtest = timeline.backtest("acme")
    assert (row["statements"], row["on_time"]["share"], row["slip"]["least"]) == (0, None, None)
    assert row["revisions"]["per_milestone"] is None
    assert backtest.items == backtest.more["calibration"] == []
    assert [score["brier"] for score in backtest.more["scores"]] == [None] * 3
    for verb in QUESTIONS:
        assert "as of" in _run(sqlite_store_url, verb, "acme")


def test_small_samples_are_said_to_be_small(filled: str) -> None:
    table = _run(filled, "scorecard", "migenix", "--as-of", "2010-01-01")
    speaker = next(line for line in table.splitlines() if "Cutanea" in line)
    assert "67 % (21 to 94) of 3," in speaker
    assert table.count("small sample") > 30


def _run(url: str, *args: str) -> str:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("name", CHECKERS)
def test_the_checkers_share_no_code_with_what_they_check(name: str) -> None:
    nodes = list(ast.walk(ast.parse((HERE / f"{name}.py").read_text())))
    names = {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    names -= {"tests.acceptance", *(f"tests.acceptance.{one}" for one in CHECKERS)}
    assert {n.partition(".")[0] for n in names} <= sys.stdlib_module_names
