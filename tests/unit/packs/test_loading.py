"""Packs from folders and packages: what is loaded, and what is refused with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from tests.unit.packs.manifests import installed, mining, written
from timeline.errors import InvalidPack
from timeline.events import Event
from timeline.packs import BUILT_IN, all_vocabulary, vocabulary
from timeline.packs.manifest import schema

if TYPE_CHECKING:
    from pathlib import Path

TYPE = mining()["event_types"][0]
MILESTONE = mining()["milestones"][0]
KIND = mining()["subjects"][0]


def refusal(folder: Path, *more: Path) -> str:
    with pytest.raises(InvalidPack) as refused:
        all_vocabulary([folder, *more])
    return str(refused.value)


def test_the_schema_is_one() -> None:
    jsonschema_rs.meta.validate(schema())


def test_a_folder_adds_its_packs_to_the_built_in_ones(tmp_path: Path) -> None:
    loaded = all_vocabulary([written(tmp_path)])
    assert loaded.packs == {**vocabulary().packs, "mining": "2.1.0"}
    assert set(loaded.event_types) - set(vocabulary().event_types) == {"mining.pit_opened"}
    assert loaded.stages == (*vocabulary().stages, "producing")
    assert "concession" in loaded.subjects_of("commitments")
    opened = Event("mining.pit_opened", "i", "e", program="p", facts={"pit": "Z", "holder": "Z Co"})
    assert [(s.attribute, s.value) for s in loaded.settings(opened)] == [("stage", "producing")]
    assert list(loaded.stated(opened)) == [("concession:Z", "holder", "Z Co")]


def test_packs_are_read_once_for_each_set_of_sources(tmp_path: Path) -> None:
    folder = written(tmp_path)
    first = all_vocabulary([folder])
    (folder / "mining.json").write_text("no longer JSON")
    assert all_vocabulary([folder]) is first
    assert all_vocabulary() is not first


def test_what_is_refused_may_be_mended(tmp_path: Path) -> None:
    refusal(written(tmp_path, {}))
    assert "mining" in all_vocabulary([written(tmp_path)]).packs


def test_an_unknown_built_in_pack_is_refused() -> None:
    with pytest.raises(InvalidPack, match="there is none; the built-in packs are core, biotech"):
        vocabulary(("core", "mining"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"version": "2"}, "version: "),
        ({"pack": 7}, "pack: "),
        ({"stage": []}, "stage: no such key is known here"),
        ({"extends": None}, "extends: only core extends nothing; write core@1"),
        ({"extends": "core@2"}, "extends: mining wants core@2 and core 1.0.0 is loaded"),
        ({"extends": "ore@1"}, "extends: mining wants ore@1 and no pack ore is loaded"),
        ({"pack": "biotech"}, "pack: 'biotech' of pack biotech is in pack biotech already"),
        ({"event_types": [TYPE, {}]}, "event_types[1].id: is required"),
        ({"event_types": [TYPE | {"kind": "event"}]}, "event_types[0].kind: "),
        ({"event_types": [TYPE | {"id": "opened"}]}, "event_types[0].id: "),
        ({"event_types": [TYPE | {"setz": []}]}, "event_types[0].setz: no such key"),
        (
            {"event_types": [TYPE, TYPE]},
            "event_types[1].id: 'mining.pit_opened' of pack mining is in pack mining already",
        ),
        (
            {"event_types": [TYPE, TYPE | {"id": "program.discontinued"}]},
            "event_types[1].id: 'program.discontinued' of pack mining is in pack core already",
        ),
        (
            {"event_types": [TYPE | {"sets": [{"attribute": "stage", "value": {"fact": "x"}}]}]},
            "event_types[0].sets[0]: 'x' is none of its fields",
        ),
        (
            {"event_types": [TYPE | {"sets": [{"attribute": "colour", "value": "red"}]}]},
            "event_types[0].sets[0].attribute: ",
        ),
        (
            {"event_types": [TYPE | {"states": [{"subject": "claim"}]}]},
            "event_types[0].states[0].subject: no loaded pack has the kind of subject 'claim'",
        ),
        ({"milestones": [MILESTONE | {"satisfied_by": []}]}, "milestones[0].satisfied_by: "),
        (
            {"milestones": [MILESTONE | {"failed_by": ["mining.flooded[deep=1]"]}]},
            "milestones[0].failed_by[0]: no loaded pack has the event type 'mining.flooded'",
        ),
        (
            {"milestones": [MILESTONE | {"id": "fin.financing_closed"}]},
            "milestones[0].id: 'fin.financing_closed' of pack mining is in pack core already",
        ),
        ({"subjects": [KIND | {"id": "board"}]}, "subjects[0].id: 'board' of pack mining is in"),
        ({"subjects": [KIND | {"part": "weather"}]}, "subjects[0].part: "),
    ],
)
def test_a_bad_manifest_is_refused_with_its_file_and_place(
    tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    message = refusal(written(tmp_path, mining(**changed)))
    assert message.startswith(f"{tmp_path / 'mining.json'}: {told}")
    assert message.endswith("; mend the file or take it out of the folder")


@pytest.mark.parametrize("told", [[], 7, None])
def test_what_is_no_manifest_is_refused(tmp_path: Path, told: Any) -> None:
    folder = written(tmp_path, {})
    (folder / "mining.json").write_text(str(told))
    assert refusal(folder).startswith(str(folder / "mining.json"))


def test_two_packs_of_ones_own_with_one_word_are_both_named(tmp_path: Path) -> None:
    ores = mining(pack="ores", milestones=[], subjects=[], event_types=[TYPE | {"states": []}])
    message = refusal(written(tmp_path / "a"), written(tmp_path / "b", ores))
    assert "'mining.pit_opened' of pack ores is in pack mining already" in message
    assert str(tmp_path / "a" / "mining.json") in message


def test_a_folder_that_is_not_or_is_empty_is_refused(tmp_path: Path) -> None:
    told = refusal(tmp_path / "no")
    assert told == f"{tmp_path / 'no'}: no such folder of packs; make it or name another"
    assert "no *.json in this folder" in refusal(tmp_path)


@pytest.mark.parametrize("form", ["mapping", "function"])
def test_a_package_gives_its_pack_by_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    module = f"mine_by_{form}"
    source = f"pack = {mining()!r}\n\n\ndef give():\n    return pack\n"
    installed(tmp_path, module, source, f"{module}:{'pack' if form == 'mapping' else 'give'}")
    monkeypatch.syspath_prepend(tmp_path)
    assert all_vocabulary().packs == {**vocabulary().packs, "mining": "2.1.0"}
    assert set(vocabulary().packs) == set(BUILT_IN)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("pack = 7", "gives no manifest"),
        ("pack = {1}", "gives no manifest"),
        ("def pack(): raise RuntimeError('no ore')", "gives no manifest (RuntimeError('no ore'))"),
        ("raise ImportError('no pick')", "gives no manifest (ImportError('no pick'))"),
        ("pack = {'pack': 'x'}", "version: is required"),
    ],
)
def test_a_package_without_a_manifest_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, told: str
) -> None:
    module = f"mine_{source.encode().hex()[:40]}"
    installed(tmp_path, module, source, f"{module}:pack")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InvalidPack) as refused:
        all_vocabulary()
    assert str(refused.value).startswith(f"package {module} 3.0, entry point mine: ")
    assert told in str(refused.value)
    assert str(refused.value).endswith("; mend or uninstall the package")
