"""What an auditor does, on the sample: ask over HTTP and the command line, and replay all of it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import warnings
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.settings import Settings
from timeline.bundle import read_bundle

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
MIGENIX = "/v1/issuers/migenix"
PATHS = {
    f"{MIGENIX}/milestones?as_of=2008-09-01&program=omigard": "milestones",
    f"{MIGENIX}/programs/omigard?explain=true": "programs",
    f"{MIGENIX}/governance": "governance",
    f"{MIGENIX}/scorecard?by=milestone": "scorecard",
    f"{MIGENIX}/backtest?limit=3": "backtest",
    f"{MIGENIX}/disappeared?as_of=2009-04-01": "disappeared",
    f"{MIGENIX}/worksheet?as_of=2009-03-17&format=html": "worksheet",
    f"{MIGENIX}/changes?from=2008-07-08&to=2009-04-01": "changes",
    "/v1/milestones?closing_within=30&as_of=2008-10-15": "all_milestones",
    "/v1/documents/mbi-2004-08-03": "document",
    "/v1/events?after=370&limit=2": "events",
    "/v1/events/ev-om-top": "event",
    "/v1/issuers/MGI": "issuer",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("replay") / "timeline.db"
    with Timeline(f"sqlite:///{file}", recorded_by="ann", create=True) as made:
        made.import_bundle(read_bundle(ROOT / "samples" / "migenix" / "bundle.json"))
    return file


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(filled, tmp_path / "timeline.db"))


def run(store: Path, *args: str, log: str | None = "on") -> Result:
    env = {
        "TIMELINE_DATABASE_URL": f"sqlite:///{store}",
        "TIMELINE_RECORDED_BY": "ann",
        "TIMELINE_QUESTION_LOG": log,
    }
    return CliRunner().invoke(cli, args, env=env, prog_name="timeline")


def told(result: Result, code: int = 0) -> Any:
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def served(store: Path, *, on: bool = True) -> TestClient:
    settings = Settings(f"sqlite:///{store}", recorded_by="desk", question_log=on)
    return TestClient(create_app(settings), base_url="http://127.0.0.1")


def break_log(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("ALTER TABLE questions RENAME TO gone")
        connection.commit()


def test_every_route_logs_the_question_it_is(store: Path) -> None:
    with served(store) as client:
        for path in PATHS:
            assert client.get(path).status_code == 200, path
    logged = told(run(store, "questions", "--json"))
    assert [one["question"] for one in logged] == list(PATHS.values())
    assert {one["asked_by"] for one in logged} == {"desk"}
    assert "127.0.0.1" not in json.dumps(logged)
    assert "testclient" not in json.dumps(logged)
    assert run(store, "replay", "--log").exit_code == 0


def test_pages_and_unchanged_answers_are_the_question_again(store: Path) -> None:
    path = f"{MIGENIX}/documents?as_of=2008-09-01&limit=20"
    with served(store) as client:
        first = client.get(path)
        client.get(path, params={"cursor": first.json()["next"]})
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        client.head(path)
        client.get("/healthz")
        client.get("/readyz")
    logged = told(run(store, "questions", "--json"))
    assert [one["question"] for one in logged] == ["documents"] * 4
    assert len({one["digest"] for one in logged}) == 1


def test_the_second_page_of_one_item_is_of_the_same_answer(store: Path) -> None:
    """A page that pinned an `as_of` nobody stated would leave out what was never public."""
    note = {"type": "corp.noted", "occurred": "2009", "disclosed": "2009", "visibility": "internal"}
    with Timeline(f"sqlite:///{store}") as timeline:
        timeline.record("migenix", note | {"id": "note"})
        timeline.correct("migenix", "note", {"occurred": "2010"}, reason="misread")
    with served(store) as client:
        first = client.get("/v1/events/note", params={"limit": 1}).json()
        rest = client.get("/v1/events/note", params={"cursor": first["next"]})
    assert rest.status_code == 200, rest.text
    assert [item["position"] for item in first["items"] + rest.json()["items"]] == [384, 385]


def test_off_is_off_over_http(store: Path) -> None:
    with served(store, on=False) as client:
        client.get(f"{MIGENIX}/programs")
    assert told(run(store, "questions", "--json", log=None)) == []


def test_http_says_that_it_cannot_log(store: Path) -> None:
    with served(store) as client:
        client.get("/v1/issuers")
        break_log(store)
        refused = client.get("/v1/issuers")
    assert refused.status_code == 503
    assert refused.json()["type"].endswith("question-not-logged")
    assert refused.headers["Cache-Control"] == "no-store"


def test_the_command_line_says_that_it_cannot_log(store: Path) -> None:
    break_log(store)
    refused = run(store, "issuers")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "question log cannot be written" in refused.stderr
    assert run(store, "issuers", log="off").exit_code == 0


def test_the_log_is_listed_in_three_forms(store: Path) -> None:
    for verb in (("state", "migenix", "omigard"), ("milestones", "--all", "--lapsed"), ("events",)):
        assert run(store, *verb, "--as-of", "2008-09-01").exit_code == 0
    table = run(store, "questions").stdout
    assert "all_milestones" in table
    assert table.strip().endswith("3 questions asked")
    rows = list(csv.DictReader(io.StringIO(run(store, "questions", "--csv").stdout)))
    assert [row["question"] for row in rows] == ["programs", "all_milestones", "events"]
    assert json.loads(rows[0]["arguments"])["program"] == "omigard"
    assert len(told(run(store, "questions", "--question", "events", "--json"))) == 1
    assert told(run(store, "questions", "--to", "2020-01-01", "--json")) == []


def test_a_replay_says_which_entry_differs(store: Path) -> None:
    run(store, "documents", "migenix")
    run(store, "programs", "migenix")
    agreeing = run(store, "replay", "--log")
    assert (agreeing.exit_code, agreeing.stdout) == (
        0,
        "2 questions replayed: 2 agree, 0 do not\n",
    )
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE documents SET title = 'altered'")
        connection.commit()
    differing = run(store, "replay", "--log")
    assert differing.exit_code == 1
    assert "documents" in differing.stdout
    assert "programs" not in differing.stdout
    assert differing.stdout.endswith("2 questions replayed: 1 agree, 1 do not\n")
    results = {r["number"]: r["result"] for r in told(run(store, "replay", "--log", "--json"), 1)}
    assert results == {1: "differs", 2: "agrees"}
    rows = list(csv.DictReader(io.StringIO(run(store, "replay", "--log", "--csv").stdout)))
    assert [row["result"] for row in rows] == ["differs", "agrees"]
    assert rows[0]["recomputed"] not in ("", rows[0]["digest"])


def test_a_question_is_replayed_as_at_then(store: Path) -> None:
    asked = ("replay", "statements", "migenix", "--as-of", "2009-04-01", "--as-at", "position:377")
    shown = run(store, *asked)
    assert shown.exit_code == 1
    assert "ad-cel-2be (position 381)" in shown.stdout
    whole = told(run(store, *asked, "--json"), 1)
    assert (whole["then"]["position"], whole["now"]["position"]) == (377, 383)
    assert whole["agrees"] is False
    by_name = {row["expectation"]: row for row in whole["differences"]}
    assert by_name["ex-cel-2be"]["was"]["verdict"] == "indeterminate"
    assert by_name["ex-cel-2be"]["is"]["verdict"] == "met_on_time"
    assert [one["event"] for one in by_name["ex-cel-2be"]["because"]] == ["ad-cel-2be"]
    same = run(
        store, "replay", "state", "migenix", "--as-of", "2009-04-01", "--as-at", "position:383"
    )
    assert same.exit_code == 0
    assert same.stdout.startswith("the answers agree")


def test_every_question_about_one_issuer_can_be_replayed(store: Path) -> None:
    verbs = ("state", "milestones", "statements", "documents", "facts", "commitments", "governance")
    counted = ("scorecard", "forecasts", "backtest")
    for verb in (*verbs, *counted, "disappeared"):
        row = told(run(store, "replay", verb, "migenix", "--as-at", "position:60", "--json"), 1)
        assert all(one["because"] for one in row["differences"]), verb


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("replay",), "VERB"),
        (("replay", "statements"), "ISSUER"),
        (("replay", "statements", "migenix"), "--as-at"),
        (("replay", "statments", "migenix", "--as-at", "position:1"), "did you mean statements"),
        (("replay", "statements", "migenix", "--as-at", "position:999"), "beyond the head"),
        (("replay", "statements", "migenix", "--as-at", "position:1", "--from", "2020"), "--log"),
        (("replay", "--log", "--as-of", "2020-01-01"), "--as-of"),
        (("replay", "--log", "--from", "soon"), "from"),
        (("questions", "--json", "--csv"), "--csv"),
    ],
)
def test_what_makes_no_sense_is_refused(store: Path, args: tuple[str, ...], said: str) -> None:
    refused = run(store, *args)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_another_process_gives_the_same(store: Path) -> None:
    """Nothing in an answer hangs on the order of a set, which each process shuffles anew."""
    env = {
        "TIMELINE_DATABASE_URL": f"sqlite:///{store}",
        "TIMELINE_QUESTION_LOG": "on",
        "PYTHONPATH": str(ROOT),
    }
    main = [sys.executable, "-c", "from api.cli import main; main()"]
    asked = (
        ["changes", "migenix", "--from", "2006-01-01", "--to", "2009-04-01"],
        ["milestones", "migenix", "--explain"],
        ["governance", "migenix", "--explain"],
        ["commitments", "migenix", "--explain"],
        ["milestones", "--all"],
    )
    for number, words in enumerate([*asked, ["replay", "--log"], ["replay", "--log"]]):
        seed = {"PYTHONHASHSEED": str(number)}
        done = subprocess.run(
            [*main, *words],
            env=os.environ | env | seed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
