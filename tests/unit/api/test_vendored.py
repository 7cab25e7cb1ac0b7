"""What is kept in the tree and was made elsewhere: byte for byte, with its version and licence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("api/pages/static", "tests/browser/vendored")
OF_D3 = {"d3-axis", "d3-scale", "d3-selection"}
_ALLOWED = {"ISC", "MPL-2.0"}


def _told(folder: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ROOT / folder / "vendored.json").read_text())
    return told


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_vendored_file_is_the_one_that_is_named(folder: str) -> None:
    for name, told in _told(folder).items():
        content = (ROOT / folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == told["sha256"], name
        for package in told["packages"]:
            assert package["licence"] in _ALLOWED
            assert package["version"]
            assert package["integrity"].startswith("sha512-")


def test_what_is_built_is_built_of_what_is_named() -> None:
    wanted = json.loads((ROOT / "scripts/vendor_d3/package.json").read_text())["devDependencies"]
    named = {one["package"]: one["version"] for one in _told(FOLDERS[0])["d3.js"]["packages"]}
    assert {name: wanted[name] for name in OF_D3} == {name: named[name] for name in OF_D3}
    assert "Copyright" in (ROOT / FOLDERS[0] / "d3-LICENSE.txt").read_text()


def test_no_vendored_file_names_a_place_to_load_from() -> None:
    assert "://" not in (ROOT / FOLDERS[0] / "d3.js").read_text().replace("http://www.w3.org/", "")
