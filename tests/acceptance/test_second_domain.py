"""A second domain beside the first: both at once, no word of either in code, nothing ever dropped.

The packs are the only place that knows a domain. The scan below is the proof: no event type,
milestone or stage of a pack other than core stands in the Python of the three packages, so adding
a pack can have changed none of it. Examples in help texts and the demo's own sample are allowed by
name.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.settings import Settings
from tests.architecture.sources import Module, sources
from tests.unit.packs.manifests import mining, written
from timeline.bundle import bundle_of, read_bundle
from timeline.packs import BUILT_IN, vocabulary

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
BOTH = ("migenix", "aerospace")
# Shown to people, decided on by nothing: examples of the command line and of the routes, and the
# milestone whose story the demo tells out of its own sample.
SHOWN = {
    "api/cli/demo.py": {"clin.ph3_topline"},
    "api/cli/questions.py": {"phase2"},
    "api/cli/recording.py": {"clin.ph3_topline"},
    "api/routes/company.py": {"phase2"},
}
DATES = ("2031-03-01", "2032-07-01", "2033-12-31")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timeline]:
    """A store with both samples."""
    url = f"sqlite:///{tmp_path_factory.mktemp('both') / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        for sample in BOTH:
            made.import_bundle(read_bundle(SAMPLES / sample / "bundle.json"))
        yield made


def status(timeline: Timeline, program: str, when: str) -> tuple[Any, Any]:
    (row,) = timeline.programs("halvorsen", program, as_of=when).items
    return row["stage"], row["activity"]


def verdicts(timeline: Timeline, program: str, when: str) -> dict[str, Any]:
    rows = timeline.milestones("halvorsen", program, as_of=when).items
    return {row["milestone"]: row["verdict"] for row in rows}


def run(*args: str, url: str, **env: str) -> tuple[int, str, str]:
    told = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann", **env}
    done = CliRunner().invoke(cli, args, env=told, prog_name="timeline")
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_both_packs_are_loaded_together(both: Timeline) -> None:
    assert {"core", "biotech", "aerospace"} == set(both.vocabulary.packs) == set(BUILT_IN)
    assert [row["issuer"] for row in both.issuers().items] == ["migenix", "halvorsen"]
    rows = both.all_programs(stage="phase3_enrolled", as_of="2008-09-01").items
    assert [(row["issuer"], row["program"]) for row in rows] == [("migenix", "omigard")]
    rows = both.all_programs(stage="certified", as_of="2033-12-31").items
    assert [(row["issuer"], row["program"]) for row in rows] == [("halvorsen", "tern")]


def test_status_reads_sensibly_at_three_dates(both: Timeline) -> None:
    assert [status(both, "tern", when) for when in DATES] == [
        ("design", None),
        ("flight_test", "on_hold"),
        ("certified", "active"),
    ]
    assert [status(both, "skua", when) for when in DATES] == [
        ("design", None),
        ("design", None),
        ("flight_test", "discontinued"),
    ]


def test_milestones_read_sensibly_at_three_dates(both: Timeline) -> None:
    told = [verdicts(both, "tern", when) for when in DATES]
    assert [day["flt.first_flight"] for day in told] == ["open", "met_on_time", "met_on_time"]
    assert [day["cert.type"] for day in told] == ["open", "open", "met_late"]
    assert [day.get("ops.first_delivery") for day in told] == [None, "open", "open"]
    assert [day.get("ops.orders_reached") for day in told] == [None, "open", "withdrawn"]
    assert verdicts(both, "skua", DATES[0]) == {}
    last = verdicts(both, "skua", DATES[2])
    assert last["lnch.first_launch"] == "met_on_time"
    assert last["lnch.first_orbit"] == "condition_failed"
    assert last["prop.static_fire"] == "met_late"


def test_slips_of_the_second_domain(both: Timeline) -> None:
    rows = both.statements("halvorsen", as_of=DATES[2]).items
    slips = {row["expectation"]: row["slip_days"] for row in rows if row["slip_days"]}
    assert (slips["say-flight-1"], slips["say-flight-2"]) == ([81, 81], [-10, -10])
    assert (slips["say-type-1"], slips["say-type-2"]) == ([332, 332], [151, 151])


def test_the_readme_of_the_sample_counts_right() -> None:
    told = json.loads((SAMPLES / "aerospace" / "bundle.json").read_bytes())
    text = (SAMPLES / "aerospace" / "README.md").read_text()
    counts = dict(re.findall(r"^\| (\w+) \| (\d+) \|", text, re.MULTILINE))
    named = {"statements": "expectations"}
    assert {k: len(told[named.get(k, k)]) for k in counts} == {k: int(n) for k, n in counts.items()}
    ours = set(vocabulary(("core",)).event_types)
    own = [event for event in told["events"] if event["type"] not in ours]
    assert f"{len(own)} in words of the aerospace pack" in text
    assert {event["type"] for event in told["events"]} <= set(vocabulary().event_types)
    assert {event.get("milestone") for event in told["events"]} - {None} <= set(
        vocabulary().milestones
    )


def _foreign() -> tuple[set[str], set[str]]:
    """Return the dotted words and the stages of all packs but core."""
    ours, every = vocabulary(("core",)), vocabulary()
    dotted = {*every.event_types, *every.milestones} - {*ours.event_types, *ours.milestones}
    return dotted, set(every.stages) - set(ours.stages)


def _spoken(module: Module) -> set[str]:
    """Return the foreign words of a module: dotted ones anywhere, stages in its strings.

    A stage may be an ordinary word ("design"), so docstrings may use it.
    """
    dotted, stages = _foreign()
    text = module.path.read_text()
    strings = " ".join(
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value not in _docstrings(module)
    )
    return _among(dotted, text) | _among(stages, strings)


def _among(words: set[str], text: str) -> set[str]:
    return words & set(re.findall(r"\w+(?:\.\w+)*", text))


def _docstrings(module: Module) -> set[str | None]:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {
        ast.get_docstring(n, clean=False) for n in ast.walk(module.tree) if isinstance(n, kinds)
    }


def test_no_word_of_a_domain_stands_in_the_code() -> None:
    spoken = {module.where: words for module in sources() if (words := _spoken(module))}
    assert spoken == SHOWN


def test_the_scan_sees_words() -> None:
    dotted, stages = _foreign()
    assert {"clinical.trial_started", "flight.first_flown", "cert.type"} <= dotted
    assert {"phase2", "flight_test"} <= stages
    source = '"""A design."""\nX = {"a": "certified"}  # flight.first_flown\n'
    path = Path(__file__)
    module = Module("x", path, ast.parse(source))
    assert "flight.first_flown" in _spoken(module)  # of the text of this file
    assert _spoken(module) & stages == {"certified"}


ODD = {
    "format": "timeline-bundle/1",
    "packs": ["core", "abyssal@9"],
    "issuer": {"id": "trench", "name": "Trench & Søn \N{WAVE DASH}", "aliases": ["深海"]},
    "programs": [{"id": "p-1", "name": "Été", "attributes": {"depth": {"m": [1, 2.50, None]}}}],
    "events": [
        {
            "id": "odd-1",
            "type": "abyssal.nodule.lifted_2",
            "type_version": 41,
            "program": "p-1",
            "occurred": "2031-05?",
            "disclosed": "2031-06-01T10:00:00.000001Z",
            "milestone": "abyssal.first_lift/β",
            "qualifier": "\N{GREEK SMALL LETTER ALPHA} 1",
            "outcome": "failed",
            "facts": {
                "nothing": None,
                "nested": {"z": {"a": [None, {"": []}, {}, "\u2028\U0001f680"]}, "a": 0},
                "numbers": [1, 1.0, -0.0, 1e-7, 12345678901234567],
                "e\u0301": "é",
                "quote": 'a"b\\c\u0001',
                "set": True,
            },
        },
        {
            "id": "odd-2",
            "type": "x.y",
            "occurred": "2031-01-01/..",
            "disclosed": "2031-01-02",
            "visibility": "internal",
            "facts": {},
        },
    ],
    "corrections": [
        {
            "id": "odd-3",
            "corrects": "odd-2",
            "set": {"facts": {"stage": "deep", "old": [None]}},
            "reason": "…",
        }
    ],
}


def _bundle_of_log(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Make a bundle of what `timeline events --json` tells, each item as its `data` has it."""
    bundle: dict[str, Any] = {"format": "timeline-bundle/1"}
    for event in events:
        if event["itemkind"] == "issuer":
            told = dict(event["data"])
            bundle |= {"packs": told.pop("packs", []), "issuer": told}
        else:
            bundle.setdefault(f"{event['itemkind']}s", []).append(event["data"])
    return bundle


def _written(timeline: Timeline) -> list[tuple[int, str, str, bytes]]:
    records = timeline.recorder.records()
    return [(r.position, str(r.stream), r.topic, bytes(r.payload)) for r in records]


def test_events_of_an_unknown_pack_survive_export_and_import(tmp_path: Path) -> None:
    first, second = (f"sqlite:///{tmp_path / name}.db" for name in ("first", "second"))
    with Timeline(first, create=True, recorded_by="ann") as timeline:
        timeline.import_bundle(bundle_of(ODD))
        before = _written(timeline)
        assert {"abyssal.nodule.lifted_2@41", "x.y@1"} <= {topic for _, _, topic, _ in before}
        assert all(kind not in timeline.vocabulary.event_types for kind in ("x.y",))
    code, out, _ = run("events", "trench", "--json", url=first)
    assert code == 0
    file = tmp_path / "exported.json"
    file.write_text(json.dumps(_bundle_of_log(json.loads(out))))
    assert run("init", url=second)[0] == 0
    code, _, err = run("import", str(file), url=second)
    assert (code, err) == (0, "")
    with Timeline(second) as timeline:
        assert _written(timeline) == before


def test_a_pack_that_comes_later_reads_what_was_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    told: dict[str, Any] = {"id": "opened", "type": "mining.pit_opened", "program": "lode"}
    told |= {"occurred": "2031-05-01", "disclosed": "2031-05-02"}
    body: dict[str, Any] = {"format": "timeline-bundle/1", "issuer": {"id": "ores", "name": "Ores"}}
    body |= {"programs": [{"id": "lode", "name": "Lode"}]}
    body |= {"events": [told | {"facts": {"pit": "Z", "holder": "Z Co"}}]}
    folder = written(tmp_path / "packs")
    (tmp_path / "ores.json").write_text(json.dumps(body))
    assert run("init", url=url)[0] == 0
    assert run("import", str(tmp_path / "ores.json"), url=url)[0] == 0
    asked = ("state", "ores", "lode", "--as-of", "2031-06-01", "--json")
    packs = {"TIMELINE_PACKS": str(folder)}
    assert json.loads(run(*asked, url=url, **packs)[1])["stage"] is None
    code, out, _ = run("rebuild", url=url, **packs)
    assert code == 1, out
    assert json.loads(run(*asked, url=url, **packs)[1])["stage"] == "producing"
    with Timeline(url, packs=[folder]) as timeline:
        (row,) = timeline.commitments("ores", as_of="2031-06-01").items
        assert row["commitment"] == "concession:Z"
        assert timeline.rebuild().differences == ()


def test_the_command_line_loads_folders_and_refuses_bad_packs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    good, bad = written(tmp_path / "good"), written(tmp_path / "bad", mining(version="two"))
    assert run("init", url=url, TIMELINE_PACKS=str(good))[0] == 0
    code, _, err = run("init", url=url, TIMELINE_PACKS=str(bad))
    assert code == 2
    assert err.startswith(f"error: {bad / 'mining.json'}: version: ")
    assert err.count("\n") == 1
    code, _, err = run("init", url=url, TIMELINE_PACKS=str(tmp_path / "none"))
    assert (code, "no such folder of packs" in err) == (2, True)


def test_http_answers_with_folders_and_not_with_bad_packs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    Timeline(url, create=True).close()
    good, bad = written(tmp_path / "good"), written(tmp_path / "bad", mining(version="two"))
    for folder, status_code in ((good, 200), (bad, 503)):
        app = create_app(Settings(url, packs=(str(folder),)))
        with TestClient(app, base_url="http://127.0.0.1") as client:
            answer = client.get("/v1/issuers")
            assert answer.status_code == status_code
            assert str(tmp_path) not in answer.text  # files of the server are its own business
