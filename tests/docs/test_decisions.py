"""A decision page has context, decision, consequences and alternatives, and a number of its own."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

from tests.docs.pages import ROOT, Page, page, pages

PARTS = ["Context", "Decision", "Consequences", "Alternatives"]
LICENCES = "docs/decisions/0009-dependencies-and-their-licences.md"


def _decisions() -> list[Page]:
    return [p for p in pages() if p.where.startswith("docs/decisions/")]


def test_every_part_is_there_and_in_order() -> None:
    told = {p.where: p.headings()[1:] for p in _decisions()}
    assert told
    assert {where: parts for where, parts in told.items() if parts != PARTS} == {}


def test_numbers_run_without_gap_and_agree_with_the_titles() -> None:
    numbers = [int(p.path.name[:4]) for p in _decisions()]
    assert numbers == list(range(1, len(numbers) + 1))
    titled = [int(p.headings()[0].split(".")[0]) for p in _decisions()]
    assert titled == numbers


def _rows() -> dict[str, dict[str, str]]:
    (table,) = page(LICENCES).tables()
    return {row["package"]: row for row in table}


def _licence(package: str) -> str:
    """Return what the package declares, in a classifier where nowhere else."""
    told = importlib.metadata.metadata(package).json
    classified = [c.rpartition(" :: ")[2] for c in told.get("classifier", ()) if "License" in c]
    declared = told.get("license_expression") or told.get("license") or " ".join(classified)
    return str(declared).removesuffix(" License")


def test_every_dependency_has_its_row() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [re.split(r"[\[<>=; ]", told)[0] for told in project["dependencies"]]
    assert list(_rows()) == sorted(needed)


def test_versions_are_the_locked_ones() -> None:
    locked = re.findall(
        r"^([\w-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE
    )
    assert {name: row["version"] for name, row in _rows().items()}.items() <= dict(locked).items()


def test_licences_are_the_declared_ones_and_none_is_the_gpl() -> None:
    for package, row in _rows().items():
        assert row["licence"] == _licence(package), package
    everything = {d.metadata["Name"]: _licence(d.metadata["Name"]) for d in _installed()}
    assert [name for name, told in everything.items() if re.search(r"(?<!L)GPL", told)] == []


def _installed() -> list[importlib.metadata.Distribution]:
    return list(importlib.metadata.distributions())
