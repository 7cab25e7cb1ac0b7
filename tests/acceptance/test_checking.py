"""The release desk on the sample: a draft held against what was public the day before."""

from __future__ import annotations

import csv
import io
import json
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.checking import check as read
from api.cli import timeline as cli
from api.settings import Settings
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import BadInput, NotFound
from timeline.recorder import InjectedClock

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)
ON = "2008-09-15"
SLIP = (
    "Cadence Pharmaceuticals now expects top-line results of the Phase III trial of Omigard in the "
    "first quarter of 2009 instead of the fourth quarter of 2008."
)
NDA = (
    "With positive results, Cadence Pharmaceuticals still plans to submit a New Drug Application "
    "for Omigard in the first half of 2009."
)
LEGEND = (
    "This release contains forward-looking statements, including statements regarding: the "
    "top-line results of the Phase III trial of Omigard in the first quarter of 2009; and the "
    "submission of a New Drug Application for Omigard in the first half of 2009."
)
HEAD = "MIGENIX Inc.\n\nMIGENIX passes on news of its partner\n\nVancouver, September 15, 2008 - "
DRAFT = f"{HEAD}{SLIP}\n\n{NDA}\n\nFORWARD-LOOKING STATEMENTS\n\n{LEGEND}\n"
BARE = f"{HEAD}{SLIP}\n"


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, clock=InjectedClock(NOW), recorded_by="ann") as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        yield timeline


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds the sample; nobody writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('checking') / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(SAMPLE))
    return url


def run(*args: str, url: str, given: str = DRAFT, **more: str) -> Result:
    env = {"TIMELINE_DATABASE_URL": url, **more}
    whose = ("check", "-", "--issuer", "migenix", "--published", ON)
    result = CliRunner().invoke(cli, [*whose, *args], env=env, input=given)
    assert result.exit_code in (0, 1, 2), result.exception
    return result


def test_the_slip_and_the_kept_window_are_both_named(timeline: Timeline) -> None:
    slip, nda = timeline.check(DRAFT, "migenix", published=ON, rules=("PC-10",)).items
    assert (slip["result"], slip["because"]) == ("needs_review", ["ex-om-top-14"])
    assert slip["why"].startswith("later by 90 days: 2009-01-01..2009-03-31")
    assert "2008-07-01..2008-12-31 ('second half of 2008')" in slip["why"]
    assert (nda["result"], nda["because"]) == ("pass", ["ex-om-nda-11"])
    assert nda["why"].startswith("kept: 2009-01-01..2009-06-30")
    span = slip["span"]
    assert DRAFT[span["start"] : span["end"]] == slip["text"]


def test_programs_that_are_not_on_record_are_guessed_and_a_warning_says_so(store_url: str) -> None:
    bundle = json.loads(SAMPLE.read_bytes())
    with Timeline(store_url, clock=InjectedClock(NOW)) as timeline:
        timeline.import_bundle(bundle_of({key: bundle[key] for key in ("format", "issuer")}))
        signed = DRAFT.replace("of Omigard", "of Omigard™").replace("for Omigard", "for Omigard™")
        found = timeline.check(signed, "migenix", published=ON, rules=("PC-02", "US-PSLRA-05"))
    assert found.warnings == [
        "no program of 'migenix' is on record, so the names of its programs are guessed"
    ]
    listed = [row["why"] for row in found.items if row["rule"] == "US-PSLRA-05"]
    assert [why for why in listed if "same program" in why] == listed != []


def test_it_is_held_against_the_eve_and_against_other_days_when_asked(timeline: Timeline) -> None:
    found = timeline.check(DRAFT, "migenix", published=ON)
    assert (found.clocks["as_of"], found.clocks["known_at"]) == ("2008-09-14", "2008-09-14")
    slip, *_ = timeline.check(DRAFT, "migenix", published=ON, as_of=ON, rules=("PC-10",)).items
    assert (slip["result"], slip["because"]) == ("pass", ["ex-om-top-16"])  # it stands by then
    early = timeline.check(DRAFT, "migenix", published=ON, as_of="2004-01-01", rules=("PC-10",))
    assert [row["result"] for row in early.items] == ["not_applicable"]


def test_what_comes_later_changes_nothing(timeline: Timeline) -> None:
    before = timeline.check(DRAFT, "migenix", published=ON).items
    later = {"disclosed": "2008-09-15", "occurred": "2008-09-15", "program": "omigard"}
    events = [
        {"id": "late-1", "type": "milestone.failed", "milestone": "reg.nda_submitted", **later},
        {"id": "late-2", "type": "program.hold_changed", **later},
    ]
    said = {"program": "omigard", "milestone": "clin.ph3_topline", "stated_on": "2008-09-15"}
    told = [{"id": "late-3", **said, "window": "2012-01-01/2012-03-31"}]
    bundle = json.loads(SAMPLE.read_bytes())
    more = {"format": bundle["format"], "issuer": bundle["issuer"]}
    timeline.import_bundle(bundle_of(more | {"events": events, "expectations": told}))
    assert timeline.check(DRAFT, "migenix", published=ON).items == before
    after = timeline.check(DRAFT, "migenix", published="2008-09-16").items
    assert after != before


def test_nothing_of_the_draft_is_kept(store_url: str) -> None:
    with Timeline(store_url, clock=InjectedClock(NOW), question_log=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        before = timeline.recorder.head()
        timeline.check(DRAFT, "migenix", published=ON)
        assert timeline.recorder.head() == before
        assert timeline.questions() == []
        assert timeline.drafts("migenix").items == []


def test_what_cannot_be_asked_is_refused(timeline: Timeline) -> None:
    with pytest.raises(NotFound, match="migenix"):
        timeline.check(DRAFT, "migenixx", published=ON)
    with pytest.raises(NotFound, match="no rule is called"):
        timeline.check(DRAFT, "migenix", published=ON, rules=("PC-99",))
    with pytest.raises(BadInput, match="PC-06 is not held against a draft"):
        timeline.check(DRAFT, "migenix", published=ON, rules=("PC-06",))
    for wrong in ({"published": "soon"}, {"published": "2008-09-15/.."}):
        with pytest.raises(BadInput):
            timeline.check(DRAFT, "migenix", **wrong)


def test_json_is_a_list_of_findings_and_a_fail_is_exit_code_one(filled: str) -> None:
    result = run("--json", url=filled)
    told = json.loads(result.stdout)
    shape = ["rule", "result", "span", "text", "why", "because"]
    assert all(list(row)[: len(shape)] == shape for row in told)
    assert (result.exit_code == 1) == any(row["result"] == "fail" for row in told)
    assert all(row["because"] for row in told if row["result"] == "fail")
    assert run("--rule", "PC-10", url=filled).exit_code == 0
    assert (
        run("--rule", "PC-02", url=filled, given=BARE.replace("forward-looking", "")).exit_code == 1
    )
    assert run("--rule", "PC-99", url=filled).exit_code == 2


def test_what_the_list_leaves_out_is_told_with_its_place(filled: str) -> None:
    more = DRAFT.replace("\n\nFORWARD", "\n\nMIGENIX plans to hire forty people.\n\nFORWARD")
    (row,) = json.loads(run("--rule", "PC-02", "--json", url=filled, given=more).stdout)
    assert (row["rule"], row["result"]) == ("PC-02", "needs_review")
    assert "hire forty people" in row["text"]
    assert more[row["span"]["start"] : row["span"]["end"]] == row["text"]


def test_people_read_what_is_no_pass_and_what_is_kept(filled: str) -> None:
    told = run(url=filled).stdout
    assert "later by 90 days" in told
    assert "kept: 2009-01-01..2009-06-30" in told
    assert "against what was public by 2008-09-14; nothing of the draft is kept" in told
    rows = list(csv.DictReader(io.StringIO(run("--csv", url=filled).stdout)))
    assert {row["result"] for row in rows} >= {"pass", "needs_review"}


def test_sarif_says_what_kind_and_where(filled: str) -> None:
    result = run("--sarif", url=filled, given=BARE)
    told = json.loads(result.stdout)
    assert told["version"] == "2.1.0"
    (one,) = told["runs"]
    assert one["columnKind"] == "unicodeCodePoints"
    names = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    for found in one["results"]:
        assert names[found["ruleIndex"]] == found["ruleId"]
        assert (found["level"] == "error") == (found["kind"] == "fail")
    fail = next(r for r in one["results"] if r["ruleId"] == "PC-02")
    region = fail["locations"][0]["physicalLocation"]["region"]
    line = BARE.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 :].startswith(region["snippet"]["text"][:40])
    start = region["charOffset"]
    assert BARE[start : start + region["charLength"]] == region["snippet"]["text"]
    assert run("--sarif", "--json", url=filled).exit_code == 2


def test_without_a_store_the_words_alone_are_held(tmp_path: Path) -> None:
    result = run("--json", url=f"sqlite:///{tmp_path / 'none.db'}")
    assert "there is no store here" in result.stderr
    rows = json.loads(result.stdout)
    assert [row["result"] for row in rows if row["rule"] == "PC-10"] == ["not_applicable"]
    assert not (tmp_path / "none.db").exists()


@pytest.fixture(scope="module")
def client(filled: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(filled, hosts=("testserver",)))) as client:
        yield client


def test_over_http_it_is_the_same(client: TestClient, filled: str) -> None:
    sent: dict[str, Any] = {"issuer": "migenix", "published": ON, "text": DRAFT}
    answer = client.post("/v1/checks", json=sent)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["items"] == json.loads(run("--json", url=filled).stdout)
    assert (answer.json()["known_at"], answer.json()["position"]) == ("2008-09-14", 383)
    plain = {"content-type": "text/plain; charset=utf-8"}
    params = {"issuer": "migenix", "published": ON, "rule": "PC-10"}
    whole = client.post("/v1/checks", content=DRAFT, params=params, headers=plain)
    assert [row["rule"] for row in whole.json()["items"]] == ["PC-10", "PC-10"]
    some = client.post("/v1/checks", json=sent | {"rules": ["PC-10"]})
    assert some.json() == whole.json()


@pytest.mark.parametrize(
    ("sent", "status", "place"),
    [
        ({"published": "soon"}, 400, "published"),
        ({"rules": ["PC-99"]}, 404, "rule"),
        ({"rules": "PC-10"}, 400, "rules"),
        ({"issuer": "migenixx"}, 404, "issuer"),
        ({"as_of": "then"}, 400, "as_of"),
        ({"save": True}, 400, "save"),
    ],
)
def test_what_is_wrong_is_told(
    client: TestClient, sent: dict[str, Any], status: int, place: str
) -> None:
    whole = {"issuer": "migenix", "published": ON, "text": DRAFT}
    answer = client.post("/v1/checks", json=whole | sent)
    assert (answer.status_code, answer.json()["parameter"]) == (status, place)


def _seconds(size: int) -> float:
    """Return how long a draft of so many bytes takes that is all statements and has no legend."""
    draft = HEAD + (SLIP + " ") * (size // len(SLIP))
    begun = time.process_time()
    assert read(draft, "migenix", published=ON).fails
    return time.process_time() - begun


def test_time_is_linear_in_the_length_of_a_draft() -> None:
    """Eight times the length takes about eight times as long; over twenty times, were it not."""
    _seconds(2_000)  # what is loaded once
    assert _seconds(160_000) < 16 * _seconds(20_000)
