"""A manifest: what a pack says of itself and of its words, checked before anything uses it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
import orjson

from timeline.errors import InvalidPack
from timeline.items import faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.packs.sources import Source

SCHEMA = "timeline-pack-1.schema.json"
CORE = "core"
_LISTS = ("event_types", "milestones", "subjects")


class Manifest(NamedTuple):
    """A pack's manifest and where it was found."""

    source: Source
    body: Mapping[str, Any]

    @property
    def pack(self) -> str:
        """The pack's name."""
        return str(self.body["pack"])

    def refusal(self, fault: str, place: str) -> InvalidPack:
        """Return the error that names the source, the place in it and the way out."""
        return InvalidPack(f"{fault}; {self.source.way_out}", place=_at(self.source, place))

    def placed(self, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the place and the content of every member of one of its lists."""
        for number, told in enumerate(self.body.get(name, ())):
            yield f"{name}[{number}]", told


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of a manifest, `timeline-pack/1`."""
    loaded: dict[str, Any] = orjson.loads((files("timeline.packs") / SCHEMA).read_bytes())
    return loaded


def read_manifest(source: Source) -> Manifest:
    """Read and check one pack; raises InvalidPack naming its first fault."""
    body = source.read()
    for place, fault in faults(_validator(), body):
        raise InvalidPack(f"{fault}; {source.way_out}", place=_at(source, place))
    manifest = Manifest(source, body)
    for place, told in manifest.placed("event_types"):
        _require_fields(manifest, place, told)
    return manifest


def require_together(manifests: Iterable[Manifest]) -> None:
    """Refuse packs that cannot be loaded at once; InvalidPack names both that do not agree."""
    manifests = list(manifests)
    _require_one_owner(manifests)
    versions = {manifest.pack: str(manifest.body["version"]) for manifest in manifests}
    known = {t["id"] for manifest in manifests for t in manifest.body["event_types"]}
    kinds = {s["id"]: s for manifest in manifests for s in manifest.body.get("subjects", ())}
    for manifest in manifests:
        _require_base(manifest, versions)
        for place, told in manifest.placed("milestones"):
            _require_types(manifest, place, told, known)
        for place, told in manifest.placed("event_types"):
            _require_subjects(manifest, place, told, kinds)


def _require_one_owner(manifests: Iterable[Manifest]) -> None:
    """Refuse a name that two packs have: a pack adds and never edits."""
    owners: dict[tuple[str, str], Manifest] = {}
    for manifest in manifests:
        for kind, place, word in _names(manifest):
            owner = owners.get((kind, word))
            if owner is not None:
                fault = f"{word!r} of pack {manifest.pack} is in pack {owner.pack} already"
                raise manifest.refusal(f"{fault} ({owner.source.place})", place)
            owners[kind, word] = manifest


def _names(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """Yield what is named, where, and how: the pack itself and the members of its lists."""
    yield "pack", "pack", manifest.pack
    for kind in _LISTS:
        for place, told in manifest.placed(kind):
            yield kind, f"{place}.id", told["id"]


def _require_base(manifest: Manifest, versions: Mapping[str, str]) -> None:
    """Refuse a pack made for another major version of the one it extends."""
    extends = manifest.body["extends"]
    if extends is None:
        if manifest.pack != CORE:
            raise manifest.refusal(f"only {CORE} extends nothing; write core@1", "extends")
        return
    base, _, major = extends.partition("@")
    loaded = versions.get(base)
    if loaded is None or loaded.partition(".")[0] != major:
        there = f"{base} {loaded} is loaded" if loaded else f"no pack {base} is loaded"
        raise manifest.refusal(f"{manifest.pack} wants {extends} and {there}", "extends")


def _require_fields(manifest: Manifest, place: str, told: Mapping[str, Any]) -> None:
    """Refuse a setting that waits for, or reads, a fact its event type has not."""
    fields = {field.partition(":")[0].rstrip("!") for field in told["fields"]}
    for number, setting in enumerate(told.get("sets", ())):
        value = setting["value"]
        named = {*setting.get("when", ()), *(value.values() if isinstance(value, dict) else ())}
        for name in sorted(named - fields):
            at = f"{place}.sets[{number}]"
            raise manifest.refusal(f"{name!r} is none of its fields; add it there", at)


def _require_types(
    manifest: Manifest, place: str, told: Mapping[str, Any], known: set[str]
) -> None:
    for key in ("satisfied_by", "failed_by"):
        for number, pattern in enumerate(told[key]):
            name = pattern.partition("[")[0]
            if name not in known:
                fault = f"no loaded pack has the event type {name!r}"
                raise manifest.refusal(fault, f"{place}.{key}[{number}]")


def _require_subjects(
    manifest: Manifest, place: str, told: Mapping[str, Any], kinds: Mapping[str, Any]
) -> None:
    for number, entry in enumerate(told.get("states", ())):
        if entry["subject"] not in kinds:
            fault = f"no loaded pack has the kind of subject {entry['subject']!r}"
            raise manifest.refusal(fault, f"{place}.states[{number}].subject")


def _at(source: Source, place: str) -> str:
    return f"{source.place}: {place}" if place else source.place


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(schema())
