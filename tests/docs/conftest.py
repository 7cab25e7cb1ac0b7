"""The sample in a store, for pages that show answers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from api import Timeline
from tests.docs.pages import ROOT
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample in it; copy it before writing to it."""
    file = tmp_path_factory.mktemp("docs") / "timeline.db"
    with Timeline(f"sqlite:///{file}", create=True) as timeline:
        timeline.import_bundle(read_bundle(ROOT / "samples" / "migenix" / "bundle.json"))
        timeline.sign()
    return file


@pytest.fixture(scope="session")
def drafted_store(sample_store: Path) -> Path:
    """A copy of the sample in which the drafts of one release are stored as well."""
    file = sample_store.with_name("drafted.db")
    shutil.copy(sample_store, file)
    release = ROOT / "samples" / "releases" / "tarnbrook-aerospace" / "release.txt"
    with Timeline(f"sqlite:///{file}", recorded_by="ann") as timeline:
        timeline.extract(release.read_bytes(), "migenix", published="2024-02-27", save=True)
    return file


@pytest.fixture(scope="session")
def sample(sample_store: Path) -> Iterator[Timeline]:
    """The sample, open for questions."""
    with Timeline(f"sqlite:///{sample_store}") as timeline:
        yield timeline
