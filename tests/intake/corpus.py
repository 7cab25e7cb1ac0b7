"""The corpus: every document with labels, ours in samples/releases and the seed where it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.intake.labels import Labels, names_of, offset_labels, quoted_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "samples" / "releases"
# Read for the first time when the reading was frozen: only scored, never read by.
AFTER_THE_FREEZE = ("corriedale-power-water", "wendover-vaccines")
MIGENIX = ROOT / "samples" / "migenix" / "bundle.json"
SEED = ROOT.parent / "shared" / "data" / "seed_labels.json"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled document: the file to read, the text it should read as, its labels raw."""

    name: str
    source: Path
    as_read: str
    published_on: date
    data: Mapping[str, Any]
    bundle: Path

    def labels(self, text: str) -> Labels:
        """Resolve the labels in `text`; raise where their words are not there."""
        if self.data["schema"] == "seed-labels/1":
            return offset_labels(self.data, text)
        return quoted_labels(self.data, text, names_of(self.known()["programs"]))

    def known(self) -> dict[str, Any]:
        """Return the bundle that was on record before the document came."""
        bundle: dict[str, Any] = json.loads(self.bundle.read_text(encoding="utf-8"))
        return bundle


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield what stands at `path`: a folder of one release or of many, or a file of the seed."""
    if path.is_file():
        yield _seed(path)
    elif (path / "labels.json").exists():
        yield _release(path)
    else:
        for file in sorted(path.glob("*/labels.json")):
            yield _release(file.parent)


def _release(folder: Path) -> Labelled:
    data = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    (source,) = folder.glob("release.*")
    words = folder / "as_read.txt"
    return Labelled(
        folder.name,
        source,
        (words if words.exists() else source).read_text(encoding="utf-8"),
        date.fromisoformat(data["published_on"]),
        data,
        folder / "bundle.json",
    )


def _seed(path: Path) -> Labelled:
    data = json.loads(path.read_text(encoding="utf-8"))
    source = path.parent / data["source"]["path"]
    published_on = date.fromisoformat(data["source"]["publication_date"])
    return Labelled("seed", source, source.read_bytes().decode(), published_on, data, MIGENIX)
