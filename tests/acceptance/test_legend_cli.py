"""timeline legend: the parts of a release's cautionary text, and what it covers, on a terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api import Timeline
from api.cli import timeline as cli
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
RELEASE = ROOT / "samples" / "releases" / "tarnbrook-aerospace"
WHEN = ("--issuer", "tarnbrook", "--published", "2024-02-27")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds what the issuer had said before."""
    url = f"sqlite:///{tmp_path_factory.mktemp('legend') / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(RELEASE / "bundle.json"))
    return url


def run(*args: str, url: str, given: str | None = None) -> Result:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    result = CliRunner().invoke(cli, ["legend", *args], env=env, input=given)
    assert result.exit_code in (0, 2), result.exception
    return result


def test_json_has_parts_coverage_and_remarks(filled: str) -> None:
    result = run(str(RELEASE / "release.txt"), *WHEN, "--json", url=filled)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    text = (RELEASE / "release.txt").read_text("utf-8")
    assert all(
        text[p["span"]["start"] : p["span"]["end"]] == p["text"] for p in told["legend"]["parts"]
    )
    labels = json.loads((RELEASE / "labels.json").read_text("utf-8"))
    items = [one["text"] for one in told["coverage"]["items"]]
    assert items == [one["text"] for one in labels["list_items"]]
    assert all(one["statements"] for one in told["coverage"]["items"][:4])
    uncovered = [one for one in told["coverage"]["statements"] if one["status"] == "not_covered"]
    assert any("80 engineers" in one["text"] for one in uncovered)
    assert {one["rule"] for one in told["remarks"]} >= {"legend.statement_listed"}
    assert told["warnings"] == []


def test_people_read_tables_and_nothing_is_recorded(filled: str) -> None:
    result = run(str(RELEASE / "release.txt"), *WHEN, url=filled)
    assert "not_covered" in result.output
    assert "stand apart" in result.output
    assert "nothing is recorded" in result.output
    with Timeline(filled) as timeline:
        assert timeline.drafts("tarnbrook").items == []


def test_csv_is_the_remarks(filled: str) -> None:
    result = run(str(RELEASE / "release.txt"), *WHEN, "--csv", url=filled)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {row["result"] for row in rows} <= {"pass", "fail", "needs_review"}
    assert {row["rule"] for row in rows} >= {"legend.item_in_body", "legend.no_update"}


def test_without_a_store_names_are_guessed_and_said_to_be(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    given = (RELEASE / "release.txt").read_text("utf-8")
    result = run("-", *WHEN, "--json", url=url, given=given)
    assert result.exit_code == 0, result.output
    assert "guessed" in result.stderr
    assert len(json.loads(result.stdout)["coverage"]["items"]) == 5
    assert not (tmp_path / "none.db").exists()


def test_a_document_without_a_legend_says_so(filled: str) -> None:
    given = "Tarnbrook opens a plant\n\nThe plant is open."
    assert "no legend was found" in run("-", *WHEN, url=filled, given=given).output
    told = json.loads(run("-", *WHEN, "--json", url=filled, given=given).stdout)
    assert (told["legend"], told["coverage"]) == (None, None)
    assert [(one["rule"], one["result"]) for one in told["remarks"]] == [("legend.present", "fail")]


def test_bad_input_is_told_with_its_place(filled: str) -> None:
    wrong = run("-", "--issuer", "tarnbrook", "--published", "soon", url=filled, given="x")
    assert wrong.exit_code == 2
    assert "published" in wrong.stderr
    both = run("-", *WHEN, "--json", "--csv", url=filled, given="x")
    assert both.exit_code == 2
