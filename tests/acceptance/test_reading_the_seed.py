"""The seed release, read on the command line and held against its labels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.cli import timeline as cli
from tests.intake.corpus import MIGENIX, SEED, labelled
from tests.intake.readings import reading_of
from tests.intake.scoring import score

if TYPE_CHECKING:
    from pathlib import Path

    from tests.intake.scoring import Measure

WHOSE = ("--issuer", "migenix", "--published", "2008-07-08")
NOT_THERE = f"the seed release and its labels are not at {SEED.parent}"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=NOT_THERE)


def run(*args: str, folder: Path) -> str:
    env = {
        "TIMELINE_DATABASE_URL": f"sqlite:///{folder / 'timeline.db'}",
        "TIMELINE_RECORDED_BY": "ann",
    }
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module", params=["unknown", "on record"])
def measured(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Measure]:
    """The scores of `timeline extract`, of an issuer that is on record and of one that is not."""
    folder = tmp_path_factory.mktemp("seed")
    if request.param == "on record":
        run("init", folder=folder)
        run("import", str(MIGENIX.parent), folder=folder)
    (document,) = labelled(SEED)
    drafts = json.loads(run("extract", str(document.source), *WHOSE, "--json", folder=folder))
    text = document.as_read
    assert all(text[d["span"]["start"] : d["span"]["end"]] == d["text"] for d in drafts)
    return score(reading_of(drafts), document.labels(text), text)


def test_every_dated_statement_has_its_last_day_and_program(measured: dict[str, Measure]) -> None:
    share = measured["dated"].share
    assert (share.strict, share.of) == (8, 8), measured["dated"].misses


@pytest.mark.parametrize(
    ("what", "least", "of"), [("substantive", 24, 27), ("events", 30, 36)], ids=str
)
def test_most_is_found(measured: dict[str, Measure], what: str, least: int, of: int) -> None:
    share = measured[what].share
    assert share.of == of
    assert share.strict >= least, measured[what].misses


@pytest.mark.parametrize("what", ["expectation precision", "event precision"])
def test_little_is_found_that_is_not_there(measured: dict[str, Measure], what: str) -> None:
    share = measured[what].share
    assert share.strict >= 0.8 * share.of, measured[what].misses


def test_no_trap_is_taken(measured: dict[str, Measure]) -> None:
    share = measured["traps"].share
    assert (share.strict, share.of) == (0, 15), measured["traps"].misses
