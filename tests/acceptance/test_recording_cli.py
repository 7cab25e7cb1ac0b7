"""Recording by hand on the command line: options, JSON, what it would change, and asking first."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
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
MOVED = ["--id", "moved", "--type", "corp.office_moved", "--occurred", "2009-11"]
PUBLIC = ["--disclosed", "2009-11-30"]
RETRACT = ("retract", "migenix", "ev-om-top", "--reason", "of another trial")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a store that holds the sample."""
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
    return url


def run(*args: str, url: str, sent: str | bytes | None = None) -> Result:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline", input=sent)
    assert result.exit_code in (0, 1, 2), result.exception
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def told(*args: str, url: str, sent: str | bytes | None = None) -> Any:
    result = run(*args, "--json", url=url, sent=sent)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("error: ")


def head(url: str) -> int:
    position: int = told("init", url=url)["position"]
    return position


def data(item: str, url: str) -> list[Any]:
    return [event["data"] for event in told("events", "--id", item, url=url)]


def test_options_make_an_event(url: str) -> None:
    facts = ["--fact", 'city="Vancouver"', "--fact", "floors=[1, 2]", "--set", "personal=[]"]
    written = told("record", "migenix", *MOVED, *PUBLIC, *facts, url=url)
    assert (written["position"], written["id"], written["added"]) == (HEAD + 1, "moved", True)
    (item,) = data("moved", url)
    assert item["facts"] == {"city": "Vancouver", "floors": [1, 2]}
    assert told("events", "--id", "moved", url=url)[0]["recordedby"] == "ann"
    again = run("record", "migenix", *MOVED, *PUBLIC, *facts, url=url)
    assert again.stdout == f"event moved is recorded already, at position {HEAD + 1}\n"
    assert head(url) == HEAD + 1


def test_options_make_an_expectation_by_its_window(url: str) -> None:
    written = told(
        *("record", "MGI", "--program", "omigard", "--milestone", "reg.nda_submitted"),
        *("--window", "2030", "--stated-on", "2029-05-01", "--said-by", "new owner"),
        *("--words", "in 2030", "--set", 'condition={"text": "money"}'),
        url=url,
    )
    (event,) = told("events", "--id", written["id"], url=url)
    assert (event["itemkind"], event["data"]["condition"]) == ("expectation", {"text": "money"})


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (["--kind", "document", "--id", "d", "--published", "2009", "--title", "T"], "document"),
        (["--kind", "program", "--id", "p", "--name", "P", "--set", 'aliases=["Q"]'], "program"),
        (
            [
                *("--kind", "expectation", "--milestone", "m", "--set", "program=null"),
                *("--set", "window=null", "--stated-on", "2009-05", "--withdraws", "ex-om-top-04"),
            ],
            "expectation",
        ),
    ],
)
def test_options_make_items_of_other_kinds(url: str, options: list[str], kind: str) -> None:
    written = told("record", "migenix", *options, url=url)
    events = told("events", "--id", written["id"], url=url)
    assert [event["itemkind"] for event in events] == [kind]


def test_a_record_begins_with_its_issuer(url: str) -> None:
    assert told("record", "newco", "--kind", "issuer", "--name", "New Co", url=url)["id"] == "newco"
    assert [row["issuer"] for row in told("issuers", url=url)] == ["migenix", "newco"]


def test_an_item_comes_as_json_on_standard_input(url: str) -> None:
    item = {"id": "moved", "type": "corp.office_moved", "occurred": "2009-11", "disclosed": "2010"}
    assert told("record", "migenix", "-", url=url, sent=json.dumps(item))["added"]
    said = {"milestone": "m", "program": None, "window": None, "stated_on": "2009"}
    written = told("record", "migenix", "-", url=url, sent=json.dumps(said))
    assert told("events", "--id", written["id"], url=url)[0]["itemkind"] == "expectation"


def test_changes_take_options_or_json(url: str) -> None:
    pairs = ["--set", 'result="mixed"', "--set", "summary=null"]
    told("correct", "migenix", "ev-om-top", *pairs, "--reason", "misread", "--id", "c1", url=url)
    body = {"set": {"result": "positive"}, "reason": "misread again"}
    told("correct", "migenix", "ev-om-top", "-", url=url, sent=json.dumps(body))
    _, first, second = data("ev-om-top", url)
    assert first == {
        "id": "c1",
        "corrects": "ev-om-top",
        "reason": "misread",
        "set": {"result": "mixed", "summary": None},
    }
    assert second["set"] == {"result": "positive"}
    told("retract", "migenix", "ev-om-top", "-", url=url, sent='{"reason": "r", "id": "r1"}')
    assert data("r1", url) == [{"id": "r1", "retracts": "ev-om-top", "reason": "r"}]
    body = {"verdict": "moot", "reason": "sold", "disclosed": "2009-06-01", "id": "a1"}
    told("adjudicate", "migenix", "ex-om-top-04", "-", url=url, sent=json.dumps(body))
    assert data("a1", url)[0]["verdict"] == "moot"


def test_it_tells_people_what_changed(url: str) -> None:
    result = run(*RETRACT, "--id", "r1", url=url)
    first, *table = (" ".join(line.split()) for line in result.stdout.splitlines())
    changed = "5 answers of today changed"
    assert first == f"retraction r1 of ev-om-top recorded at position {HEAD + 1}; {changed}"
    assert "omigard clin.ph3_topline, CLIRS verdict met_on_time moot" in table
    assert (
        "omigard clin.ph3_topline, CLIRS ex-om-top-04 pushed_out, superseded, slip +437 "
        "pushed_out, superseded" in table
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(url: str) -> None:
    told_first = told(*RETRACT, "--dry-run", "--id", "r1", url=url)
    assert head(url) == HEAD
    shown = run(*RETRACT, "--dry-run", url=url)
    assert "would be recorded" in shown.stdout
    assert head(url) == HEAD
    done = told(*RETRACT, "--id", "r1", url=url)
    assert told_first["changes"] == done["changes"]
    assert (told_first["dry_run"], done["dry_run"]) == (True, False)


def test_a_key_makes_it_the_same_request(url: str) -> None:
    first = run(*RETRACT, "--key", "k", "--json", url=url)
    again = run(*RETRACT, "--key", "k", "--json", "--yes", url=url)
    assert again.stdout == first.stdout
    assert head(url) == HEAD + 1
    other = run("retract", "migenix", "ev-om-top", "--reason", "s", "--key", "k", url=url)
    assert "the idempotency key 'k' was used for another request" in refused(other)


@pytest.mark.parametrize(
    ("args", "sent", "place"),
    [
        (["record", "migenix"], None, "ITEM: "),
        (["record", "migenix", "x"], None, "SOURCE: "),
        (["record", "migenix", "-", *MOVED], "{}", "-: "),
        (["record", "migenix", "-"], "{", "standard input: "),
        (["record", "migenix", "-"], "[]", "ITEM: "),
        (["record", "migenix", "-"], '{"id": "a", "id": "b"}', "standard input: "),
        (["record", "migenix", *MOVED], None, "event.disclosed: is required"),
        (["record", "migenix", *MOVED, "--disclosed", "soon"], None, "event.disclosed: "),
        (["record", "migenix", *MOVED, *PUBLIC, "--program", "x"], None, "event.program: "),
        (["record", "migenix", *MOVED, *PUBLIC, "--fact", "x"], None, "--fact: "),
        (["record", "migenix", *MOVED, *PUBLIC, "--fact", "x=y"], None, "--fact x: "),
        (["record", "migenix", *MOVED, "--fact", "x=1", "--fact", "x=2"], None, "--fact: x is"),
        (["record", "migenix", *MOVED, "--set", 'type="t"'], None, "--set: type is"),
        (["record", "migenix", "--kind", "correction"], None, "--kind: "),
        (["record", "migenics", *MOVED, *PUBLIC], None, "issuer: "),
        (["record"], None, "ISSUER: "),
        (["correct", "migenix", "ev-om-top", "--reason", "r"], None, "set: is required"),
        (["correct", "migenix", "ev-om-top", "--set", "result=null"], None, "reason: is required"),
        (["correct", "migenix", "none", "--set", "x=1", "--reason", "r"], None, "target: "),
        (["correct", "migenix", "ev-om-top", "--set", "x=1", "--reason", "r"], None, "set: "),
        (["correct", "migenix", "ev-om-top", "-"], '{"issuer": "m", "reason": "r"}', "set: "),
        (["retract", "migenix", "ev-om-top", "-"], '{"issuer": "m", "reason": "r"}', "issuer: "),
        (["retract", "migenix", "ev-om-top", "-"], "", "body: "),
        (["retract", "migenix", "ev-om-top", "--reason", ""], None, "reason: "),
        (["adjudicate", "migenix", "ex-om-top-04", "late", "--reason", "r"], None, "verdict: "),
        (["adjudicate", "migenix", "ev-om-top", "moot", "--reason", "r"], None, "expectation: "),
        (["adjudicate", "migenix", "ex-om-top-04"], None, "VERDICT|-: "),
    ],
)
def test_bad_input_is_told_with_its_place(
    url: str, args: list[str], sent: str | None, place: str
) -> None:
    assert refused(run(*args, url=url, sent=sent)).startswith(place)
    assert head(url) == HEAD


def on_a_terminal(url: str, answer: str, *args: str) -> tuple[int, str, str]:
    """Run the command with a terminal to answer at; return its exit code and what it told."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "api.cli", *args]
    environment = os.environ | {"TIMELINE_DATABASE_URL": url}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as asking:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        stdout, stderr = asking.communicate(timeout=60)
    os.close(ours)
    return asking.returncode, stdout, stderr


def test_on_a_terminal_it_shows_what_it_would_change_and_asks(url: str) -> None:
    code, stdout, stderr = on_a_terminal(url, "n", *RETRACT)
    assert (code, stdout, head(url)) == (1, "", HEAD)
    assert "would be recorded at position 384; 5 answers of today would change" in stderr
    assert stderr.index("met_on_time") < stderr.index("Record it? [y/N]")
    assert stderr.endswith("nothing was recorded\n")
    code, stdout, stderr = on_a_terminal(url, "y", *RETRACT)
    assert (code, head(url)) == (0, HEAD + 1)
    assert stdout.count("\n") == 1
    assert "recorded at position 384; 5 answers of today changed" in stdout


def test_on_a_terminal_it_need_not_ask(url: str) -> None:
    code, _, stderr = on_a_terminal(url, "n", *RETRACT, "--dry-run")
    assert (code, stderr, head(url)) == (0, "", HEAD)
    code, _, stderr = on_a_terminal(url, "n", *RETRACT, "--yes")
    assert (code, stderr, head(url)) == (0, "", HEAD + 1)
    code, stdout, _ = on_a_terminal(
        url, "n", "record", "migenix", "--kind", "program", "--id", "omigard"
    )
    assert (code, "is recorded already" in stdout) == (0, True)
