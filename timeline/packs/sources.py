"""Where packs come from: beside this code, installed packages, folders of JSON files.

Nothing is looked for until it is asked for, and no setting is read here: folders are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from timeline.errors import InvalidPack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUP = "timeline.packs"
BUILT_IN = ("core", "biotech", "aerospace")


@dataclass(frozen=True, slots=True)
class BuiltInPack:
    """A pack that comes with the project."""

    name: str

    @property
    def place(self) -> str:
        """What errors call it."""
        return f"built-in pack {self.name}"

    @property
    def way_out(self) -> str:
        """What somebody can do about a fault in it."""
        return f"the built-in packs are {', '.join(BUILT_IN)}"

    def read(self) -> Any:
        """Return the manifest, unchecked."""
        if self.name not in BUILT_IN:
            raise InvalidPack(f"there is none; {self.way_out}", place=self.place)
        return orjson.loads((files("timeline.packs") / f"{self.name}.json").read_bytes())


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack as a JSON file in a folder that somebody named."""

    path: Path

    @property
    def place(self) -> str:
        """What errors call it."""
        return str(self.path)

    @property
    def way_out(self) -> str:
        """What somebody can do about a fault in it."""
        return "mend the file or take it out of the folder"

    def read(self) -> Any:
        """Return the manifest, unchecked; raises InvalidPack for what is no JSON."""
        try:
            return orjson.loads(self.path.read_bytes())
        except OSError as error:
            raise InvalidPack(f"cannot be read: {error.strerror}", place=self.place) from None
        except orjson.JSONDecodeError as error:
            raise InvalidPack(f"is no JSON ({error}); {self.way_out}", place=self.place) from None


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack that an installed package tells of by an entry point."""

    point: EntryPoint
    package: str

    @property
    def place(self) -> str:
        """What errors call it."""
        return f"package {self.package}, entry point {self.point.name}"

    @property
    def way_out(self) -> str:
        """What somebody can do about a fault in it."""
        return "mend or uninstall the package"

    def read(self) -> Any:
        """Return the manifest, unchecked: the mapping it points at, or what a function gives.

        Raises InvalidPack when the package cannot be loaded or gives something else than JSON.
        """
        try:
            told = self.point.load()
            return orjson.loads(orjson.dumps(told() if callable(told) else dict(told)))
        except Exception as error:  # whatever the code of another package raises
            fault = f"{self.point.value} gives no manifest ({error!r})"
            raise InvalidPack(f"{fault}; {self.way_out}", place=self.place) from error


Source = BuiltInPack | PackFile | InstalledPack


def installed_packs() -> list[InstalledPack]:
    """Return the packs of installed packages, always in one order."""
    found = [InstalledPack(point, _package(point)) for point in entry_points(group=GROUP)]
    return sorted(found, key=lambda pack: (pack.point.name, pack.package))


def packs_in(folders: Iterable[Path | str]) -> Iterator[PackFile]:
    """Yield every *.json of `folders`; raises InvalidPack for a folder that is not or holds none.

    A folder without a pack is a slip of the pen more often than a wish.
    """
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise InvalidPack("no such folder of packs; make it or name another", place=str(folder))
        found = sorted(path for path in folder.glob("*.json") if path.is_file())
        if not found:
            raise InvalidPack("no *.json in this folder of packs; name another", place=str(folder))
        yield from map(PackFile, found)


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "unknown"
