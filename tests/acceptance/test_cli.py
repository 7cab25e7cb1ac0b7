"""The command line, on the sample: answers, exit codes, and how soon it starts."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from api import Timeline
from api.cli import timeline as cli
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "samples" / "migenix" / "bundle.json"
HEAD = 383
VERBS = [
    *("init", "import", "rebuild", "issuers", "state", "programs", "milestones"),
    *("statements", "documents", "events", "serve", "follow", "demo"),
    *("extract", "drafts", "accept", "edit", "reject", "legend", "window"),
    *("findings", "review", "check"),
    *("record", "correct", "retract", "adjudicate", "erase"),
    *("commitments", "governance", "changes", "questions", "replay"),
    *("scorecard", "forecasts", "backtest"),
    *("disappeared", "worksheet", "digest"),
    *("checkpoint", "keys", "verify", "export"),
]
QUESTIONS = [
    *("state", "programs", "milestones", "statements", "documents", "events", "issuers"),
    *("commitments", "governance", "disappeared"),
    *("scorecard", "forecasts", "backtest"),
]
HEAVY = ["sqlalchemy", "rich", "fastapi", "alembic", "uvicorn", "pydantic", "eventsourcing"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds the sample; nobody writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
    return url


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'timeline.db'}"


def run(*args: str, url: str = "", **more: str | None) -> Result:
    """Run the command in this process, and hold its exit code to be one of the three."""
    env = {"TIMELINE_DATABASE_URL": url or None, "TIMELINE_RECORDED_BY": "ann", **more}
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline")
    assert result.exit_code in (0, 1, 2), result.exception
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def told(*args: str, url: str) -> Any:
    result = run(*args, "--json", url=url)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    """Hold that bad input was told in one line; return it."""
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def read_out(url: str, *clocks: str) -> Any:
    rows = told("milestones", "migenix", "omigard", *clocks, url=url)
    of = [r for r in rows if (r["milestone"], r["qualifier"]) == ("clin.ph3_topline", "CLIRS")]
    return of[0]


@pytest.mark.parametrize(
    ("as_of", "latest"),
    [("2006-09-01", "2007-12-31"), ("2008-07-08", "2008-12-31"), ("2008-10-01", "2009-03-31")],
)
def test_the_read_out_as_the_public_knew_it(filled: str, as_of: str, latest: str) -> None:
    row = read_out(filled, "--as-of", as_of)
    assert row["standing"]["window"]["latest"] == latest
    assert row["verdict"] == "open"


def test_after_the_read_out_nothing_stands(filled: str) -> None:
    row = read_out(filled, "--as-of", "2009-04-01")
    assert (row["standing"], row["verdict"]) == (None, "met_on_time")
    assert row["actual"]["result"] == "negative"


def test_hindsight_is_asked_by_known_at(filled: str) -> None:
    row = read_out(filled, "--as-of", "2008-09-01", "--known-at", "2010-01-01")
    assert row["standing"]["window"]["latest"] == "2008-12-31"


def test_as_at_is_what_the_system_knew(filled: str) -> None:
    assert told("issuers", "--as-at", "position:0", url=filled) == []
    error = refused(run("milestones", "migenix", "--as-at", "position:0", url=filled))
    assert "nothing is recorded yet" in error
    error = refused(run("milestones", "migenix", "--as-at", "position:999", url=filled))
    assert error == (
        "error: --as-at: position 999 is beyond the head, 383; ask at position:383 or earlier\n"
    )


@pytest.mark.parametrize("verb", QUESTIONS)
def test_json_of_a_list_is_the_bare_list(filled: str, verb: str) -> None:
    about = [] if verb == "issuers" else ["migenix"]
    rows = told(verb, *about, url=filled)
    assert isinstance(rows, list)
    assert rows


@pytest.mark.parametrize("verb", QUESTIONS)
def test_csv_has_a_line_for_each_row(filled: str, verb: str) -> None:
    about = [] if verb == "issuers" else ["migenix"]
    result = run(verb, *about, "--csv", "--explain", url=filled)
    header, *lines = csv.reader(io.StringIO(result.stdout))
    assert len(lines) == len(told(verb, *about, url=filled))
    assert {len(line) for line in lines} == {len(header)}


@pytest.mark.parametrize("verb", QUESTIONS)
def test_a_table_tells_its_clocks(filled: str, verb: str) -> None:
    about = [] if verb == "issuers" else ["migenix"]
    result = run(verb, *about, "--as-of", "2008-09-01", "--as-at", f"position:{HEAD}", url=filled)
    last = result.stdout.splitlines()[-1]
    clocks = "as of 2008-09-01, known at 2008-09-01, as at position:383 (position 383)"
    assert last.endswith(clocks)


def test_csv_of_the_milestones_can_be_reckoned_with(filled: str) -> None:
    result = run("milestones", "migenix", "omigard", "--as-of", "2008-10-01", "--csv", url=filled)
    rows = {(r["milestone"], r["qualifier"]): r for r in csv.DictReader(io.StringIO(result.stdout))}
    row = rows["clin.ph3_topline", "CLIRS"]
    assert row["standing.window.earliest"] == "2009-01-01"
    assert (row["revisions"], row["actual.event"], row["verdict"]) == ("5", "", "open")


def test_state_says_what_and_with_explain_why(filled: str) -> None:
    rows = told("state", "migenix", "--as-of", "2008-09-01", url=filled)
    omigard = next(r for r in rows if r["program"] == "omigard")
    assert (omigard["activity"], omigard["partner"]) == ("active", "Cadence Pharmaceuticals")
    one = told("state", "migenix", "MX-226", "--as-of", "2009-04-01", "--explain", url=filled)
    assert (one["as_of"], one["position"]) == ("2009-04-01", HEAD)
    assert one["activity"] == "discontinued"
    assert one["explain"]["activity"]["because"] == ["ev-om-disc"]
    why = run("state", "migenix", "omigard", "--as-of", "2009-04-01", "--explain", url=filled)
    assert "activity: ev-om-disc (since 2009-03-12" in why.stdout


def test_events_tells_the_whole_log_or_some_of_it(filled: str) -> None:
    assert [e["position"] for e in told("events", url=filled)] == list(range(1, HEAD + 1))
    some = told("events", "migenix", "--after", "10", "--limit", "5", url=filled)
    assert [e["position"] for e in some] == [11, 12, 13, 14, 15]
    assert len(told("events", "--as-of", "2005-01-01", url=filled)) < HEAD
    (top,) = told("events", "--id", "ev-om-top", url=filled)
    assert top["data"]["result"] == "negative"


@pytest.mark.parametrize(
    ("args", "place"),
    [
        (["milestones", "migenix", "--as-of", "2008-13"], "--as-of: "),
        (["milestones", "migenix", "--as-of", ""], "--as-of: "),
        (["milestones", "migenix", "--known-at", "yesterday"], "--known-at: "),
        (["milestones", "migenix", "omigart"], "program: "),
        (["milestones", "migenics"], "issuer: "),
        (["milestones", "migenix", "--as-off", "2008-09-01"], "timeline milestones: "),
        (["milestones", "migenix", "--json", "--csv"], "--csv: "),
        (["milestones"], "ISSUER: "),
        (["milestons"], "timeline: "),
        (["events", "--limit", "0"], "--limit: "),
        (["events", "--after", "x"], "--after: "),
        (["events", "--id", "none"], "id: "),
    ],
)
def test_bad_input_is_told_with_its_place(filled: str, args: list[str], place: str) -> None:
    assert refused(run(*args, url=filled)).startswith(f"error: {place}")


def test_without_a_store_it_says_how_to_make_one(url: str, tmp_path: Path) -> None:
    assert "timeline init" in refused(run("issuers", url=url))
    assert "timeline init" in refused(run("serve", url=url))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_setting_is_refused(url: str) -> None:
    error = refused(run("init", url=url, TIMELINE_DATABASE="x"))
    assert error.startswith("error: TIMELINE_DATABASE: no such setting; did you mean")


def test_init_may_be_repeated(url: str) -> None:
    assert run("init", url=url).stdout == "the store is ready, at position 0\n"
    run("import", str(BUNDLE), url=url)
    again = told("init", url=url)
    assert (again["position"], again["key"].split("/")[0]) == (HEAD, "timeline.local")


def test_import_adds_once_and_says_what(url: str) -> None:
    run("init", url=url)
    (dry,) = told("import", str(BUNDLE), "--dry-run", url=url)
    assert (dry["dry_run"], dry["position"], dry["added"]["expectation"]) == (True, 0, 134)
    (first,) = told("import", str(BUNDLE), url=url)
    assert (first["issuer"], first["position"]) == ("migenix", HEAD)
    assert (sum(first["added"].values()), first["present"]) == (HEAD, {})
    again = run("import", str(BUNDLE), url=url)
    assert again.stdout == f"{BUNDLE}: added nothing; {HEAD} there already (position {HEAD})\n"
    assert again.stderr == ""
    log = told("events", "--limit", "1", url=url)
    assert log[0]["recordedby"] == "ann"


def bundle(issuer: str, **more: Any) -> str:
    return json.dumps({"format": "timeline-bundle/1", "issuer": {"id": issuer}, **more})


def test_import_takes_folders_in_order_and_stops_at_the_first_bad_file(
    url: str, tmp_path: Path
) -> None:
    run("init", url=url)
    folder = tmp_path / "bundles"
    folder.mkdir()
    (folder / "a.json").write_text(bundle("alpha"))
    (folder / "b.ndjson").write_text(bundle("beta"))
    days = {"occurred": "2008", "disclosed": "2008-12-31"}
    stray = {"id": "e", "type": "any.type", "program": "nowhere", **days}
    (folder / "c.json").write_text(bundle("gamma", events=[stray]))
    (folder / "d.json").write_text(bundle("delta"))
    (folder / "notes.txt").write_text("not a bundle")
    result = run("import", str(folder), url=url)
    assert "error: c.json: events[0].program: no program 'nowhere'" in refused(result)
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        str(folder / "a.json"),
        str(folder / "b.ndjson"),
    ]
    assert [i["issuer"] for i in told("issuers", url=url)] == ["alpha", "beta"]


def test_import_tells_the_place_of_what_is_wrong(url: str, tmp_path: Path) -> None:
    run("init", url=url)
    bad = tmp_path / "bad.json"
    for text, place in [
        (bundle("a", events=[{"id": "e", "type": "any.type", "occurred": "2008-13"}]), "events[0]"),
        (bundle("a", programs=[{}]), "programs[0]"),
        ("{", "not JSON"),
        ("[]", "bad.json"),
    ]:
        bad.write_text(text)
        error = refused(run("import", str(bad), url=url))
        assert error.startswith("error: bad.json: ")
        assert place in error
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (tmp_path / "none.json", empty):
        assert refused(run("import", str(path), url=url)).startswith(f"error: {path}: no ")
    assert told("issuers", url=url) == []


def test_rebuild_finds_what_was_changed_and_mends_it(url: str, tmp_path: Path) -> None:
    run("init", url=url)
    run("import", str(BUNDLE), url=url)
    whole = run("rebuild", url=url)
    assert whole.exit_code == 0
    assert "no difference" in whole.stdout
    with sqlite3.connect(tmp_path / "timeline.db") as database:
        database.execute("UPDATE programs SET name = 'Other' WHERE item_id = 'omigard'")
    database.close()
    changed = run("rebuild", url=url)
    assert changed.exit_code == 1
    assert "differs: programs: migenix/omigard" in changed.stdout
    assert told("rebuild", url=url)["differences"] == []
    assert told("rebuild", url=url)["rows"]["statements"] == 134


STORY = (
    "2006-09-01 2007-07-01..2007-12-31 (second half of 2007) 1 open -",
    "2008-07-08 2008-07-08..2008-12-31 (read-out due by year end, says the CEO) 3 open -",
    "2008-10-01 2009-01-01..2009-03-31 (first quarter of 2009) 5 open -",
    "2009-04-01 - 5 met_on_time 2009-03-12, negative",
    "2005-12-08 2007-01-01..2007-06-30 (first half of calendar 2007) +621 superseded",
    "2006-07-13 2007-07-01..2007-12-31 (second half of 2007) +437 superseded",
    "2007-12-13 2008-07-01..2008-12-31 (second half of 2008) +71 superseded",
    "2008-09-15 2009-01-01..2009-03-31 (first quarter of 2009) -19 met_on_time",
)


def test_the_demo_tells_the_story(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    result = run("demo", "--dir", str(folder), url=url, DEMO_SERVE="0")
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert [line for line in STORY if line not in lines] == []
    assert (folder / "timeline.db").exists()
    assert "there already" in refused(run("demo", "--dir", str(folder), "--no-serve", url=url))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org"])
def test_only_loopback_is_served(filled: str, host: str) -> None:
    assert refused(run("serve", "--host", host, url=filled)).startswith("error: host: ")
    assert refused(run("serve", url=filled, TIMELINE_HOST=host)).startswith("error: host: ")


def test_every_verb_has_help_with_an_example() -> None:
    assert sorted(cli.commands) == sorted(VERBS)
    for verb in VERBS:
        result = run(verb, "--help")
        assert result.exit_code == 0
        assert "Example:\n" in result.stdout
        assert f"  timeline {verb}" in result.stdout


@pytest.mark.parametrize("args", [["--help"], *([verb, "--help"] for verb in QUESTIONS)])
def test_help_spells_out_the_three_clocks(args: list[str]) -> None:
    text = " ".join(run(*args).stdout.split()).lower()
    for option, meaning in (
        ("--as-of", "valid time: when it happened or holds"),
        ("--known-at", "publication time: what was public by then"),
        ("--as-at", "transaction time: what this system had recorded by then"),
    ):
        assert option in text
        assert meaning in text


def test_the_page_tells_every_verb_and_shows_an_example_of_it() -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    assert [verb for verb in VERBS if f"| `{verb}" not in page] == []
    examples = [line[2:] for line in page.splitlines() if line.startswith("$ timeline ")]
    assert {shlex.split(example)[1] for example in examples} == set(VERBS)


def process(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *args]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TIMELINE_")} | env
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom api.cli import timeline\n"
        f"for verb in {['', *VERBS]!r}:\n"
        "    try: timeline(([verb] if verb else []) + ['--help'])\n"
        "    except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
    assert done.stdout.count("Usage:") == len(VERBS) + 1


def test_exit_codes_leave_the_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    assert process("issuers", TIMELINE_DATABASE_URL=url).returncode == 2
    assert process("init", TIMELINE_DATABASE_URL=url).returncode == 0
    done = process("issuers", "--json", TIMELINE_DATABASE_URL=url)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


def test_a_reader_may_leave_early(filled: str) -> None:
    command = [sys.executable, "-m", "api.cli", "events", "--json"]
    environment = os.environ | {"TIMELINE_DATABASE_URL": filled}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert reading.stdout.readline() == b"[\n"
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait(30) == 0


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_until_told_to_end(filled: str, ending: signal.Signals) -> None:
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0"]
    environment = os.environ | {"TIMELINE_DATABASE_URL": filled, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        assert serving.stdout is not None
        assert serving.stderr is not None
        address = serving.stdout.readline().split()[2].rstrip(",")
        with urllib.request.urlopen(f"{address}/readyz", timeout=30) as answer:
            assert json.load(answer) == {"status": "ok", "position": HEAD, "behind": 0}
        serving.send_signal(ending)
        assert serving.wait(30) == 0
        warning = serving.stderr.read()
    assert warning.startswith("warning: there are no keys")
    assert warning.count("\n") == 1
