"""The pack that docs/packs.md shows loads, in both of its forms."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from tests.docs.pages import page
from timeline.packs import all_vocabulary, vocabulary
from timeline.packs.manifest import schema

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = "docs/packs.md"
MINING = {"mining": "0.1.0"}


def _shown(language: str) -> str:
    (block,) = page(PAGE).blocks(language)
    return block.text


def test_the_folder_it_shows_loads(tmp_path: Path) -> None:
    (tmp_path / "mining.json").write_text(_shown("json"))
    assert all_vocabulary([tmp_path]).packs == {**vocabulary().packs, **MINING}


def test_the_package_it_shows_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tomllib.loads(_shown("toml"))["project"]
    module = tmp_path / "timeline_pack_mining"
    module.mkdir()
    (module / "__init__.py").write_text(_shown("python"))
    (module / "mining.json").write_text(_shown("json"))
    about = tmp_path / f"timeline_pack_mining-{told['version']}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: {told['version']}\n"
    )
    points = told["entry-points"]["timeline.packs"]
    lines = [f"{name} = {value}" for name, value in points.items()]
    (about / "entry_points.txt").write_text("\n".join(["[timeline.packs]", *lines]))
    monkeypatch.syspath_prepend(tmp_path)
    assert all_vocabulary().packs == {**vocabulary().packs, **MINING}


def test_every_key_of_a_manifest_is_on_the_page() -> None:
    (table,) = (t for t in page(PAGE).tables() if "key" in t[0])
    told = {key.strip(" `") for row in table for key in row["key"].split(",")}
    assert told == set(schema()["properties"])
