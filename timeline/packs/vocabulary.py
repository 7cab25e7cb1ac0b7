"""The vocabulary of loaded packs: what event types exist and what they say about a program.

A pack is data, not code: a manifest beside this file, in a package or in a folder. A type no pack
knows is kept and passed on like any other; it just moves no status.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from timeline.packs.cues import read_cues
from timeline.packs.manifest import read_manifest, require_together
from timeline.packs.periodic import Periodic
from timeline.packs.sources import BUILT_IN, BuiltInPack, installed_packs, packs_in
from timeline.packs.subjects import COUNTED, Stated, Subject, names_in, read_by_subjects, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from timeline.events import Event
    from timeline.packs.cues import Cue
    from timeline.packs.sources import Source


_FACT_STATED = "fact.stated"


@dataclass(frozen=True, slots=True)
class Setting:
    """A status attribute that an event of some type sets, to a value or to one of its facts."""

    attribute: str
    value: Any
    when: Mapping[str, Any]

    def applies(self, facts: Mapping[str, Any]) -> bool:
        """Say whether the event's facts are the ones this setting waits for.

        A fact that is left out sets nothing: "no partner" must be said, as null.
        """
        told = not isinstance(self.value, dict) or self.value["fact"] in facts
        return told and all(facts.get(name) == wanted for name, wanted in self.when.items())

    def read(self, facts: Mapping[str, Any]) -> Any:
        """Return the value it sets; None where nothing holds any more."""
        return facts[self.value["fact"]] if isinstance(self.value, dict) else self.value


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Event types, milestones, stages and subjects of all loaded packs, by name."""

    packs: Mapping[str, str]
    event_types: Mapping[str, Mapping[str, Any]]
    milestones: Mapping[str, Mapping[str, Any]]
    stages: tuple[str, ...]
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    periodic: tuple[Periodic, ...] = ()
    cues: tuple[Cue, ...] = ()
    _settings: dict[str, tuple[Setting, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def settings(self, event: Event) -> Iterator[Setting]:
        """Iterate over what `event` says about its program's status."""
        settings = self._settings.get(event.type)
        if settings is None:
            settings = self._settings[event.type] = _settings(self.event_types.get(event.type, {}))
        return (setting for setting in settings if setting.applies(event.facts))

    def stated(self, event: Event) -> Iterator[Stated]:
        """Yield what `event` says of subjects other than its program's status."""
        for told in self.event_types.get(event.type, {}).get("states", ()):
            yield from stated(self.subjects[told["subject"]], told, event)

    def reads(self, event_type: str, facts: Mapping[str, Any]) -> dict[str, str]:
        """Return the facts of such an event whose value means something here, and what it does.

        Such a fact cannot be sealed: sealed it would name, count or decide nothing.
        """
        known = self.event_types.get(event_type, {})
        return {
            **(self._read_of_stated(facts) if event_type == _FACT_STATED else {}),
            **read_by_subjects(self.subjects, known.get("states", ())),
            **_read_by_settings(known.get("sets", ())),
        }

    def _read_of_stated(self, facts: Mapping[str, Any]) -> dict[str, str]:
        """Return what is read of a `fact.stated`, which any attribute may be set by."""
        subject, attribute = (str(facts.get(name)) for name in ("subject", "attribute"))
        settings = (told for one in self.event_types.values() for told in one.get("sets", ()))
        kind = self.subjects.get(names_in(subject)[0])
        read = dict.fromkeys(("subject", "attribute"), "names what the fact is about")
        if attribute in {told["attribute"] for told in settings}:
            read["value"] = "is the status of a program"
        elif kind is not None and kind.is_counted(attribute):
            read["value"] = COUNTED
        return read

    def subjects_of(self, part: str) -> dict[str, Subject]:
        """Return the kinds of subject that answer the question `part`, in the packs' order."""
        return {name: kind for name, kind in self.subjects.items() if kind.part == part}

    def is_periodic(self, kind: str | None, title: str | None) -> bool:
        """Say whether a document of this kind and title reports at regular times."""
        return any(one.fits(kind, title) for one in self.periodic)

    def milestone_label(self, name: str) -> str:
        """Return the readable name of a milestone, or the name itself."""
        return str(self.milestones.get(name, {}).get("label", name))


def vocabulary(names: Iterable[str] = BUILT_IN) -> Vocabulary:
    """Load the named packs that come with the project."""
    return _assembled(tuple(BuiltInPack(name) for name in names))


def all_vocabulary(folders: Iterable[Path | str] = ()) -> Vocabulary:
    """Load the packs that come with the project, those of installed packages and of `folders`.

    Each set of sources is read once. Raises InvalidPack naming what cannot be loaded and why.
    """
    built_in = (BuiltInPack(name) for name in BUILT_IN)
    return _assembled((*built_in, *installed_packs(), *packs_in(folders)))


@cache
def _assembled(sources: tuple[Source, ...]) -> Vocabulary:
    manifests = [read_manifest(source) for source in sources]
    require_together(manifests)
    packs = [manifest.body for manifest in manifests]
    return Vocabulary(
        packs={p["pack"]: p["version"] for p in packs},
        event_types={t["id"]: t for p in packs for t in p["event_types"]},
        milestones={m["id"]: m for p in packs for m in p["milestones"]},
        stages=tuple(dict.fromkeys(s for p in packs for s in p.get("stages", ()))),
        subjects={s["id"]: _subject(s) for p in packs for s in p.get("subjects", ())},
        periodic=tuple(Periodic.read(d) for p in packs for d in p.get("periodic_documents", ())),
        cues=tuple(cue for p in packs for cue in read_cues(p.get("cues", ()))),
    )


def _read_by_settings(told: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    read: dict[str, str] = {}
    for one in told:
        read |= dict.fromkeys(one.get("when", ()), "decides the status of the program")
        if isinstance(one["value"], dict):
            read[one["value"]["fact"]] = "is the status of the program"
    return read


def _settings(event_type: Mapping[str, Any]) -> tuple[Setting, ...]:
    return tuple(
        Setting(told["attribute"], told["value"], told.get("when", {}))
        for told in event_type.get("sets", ())
    )


def _subject(told: Mapping[str, Any]) -> Subject:
    return Subject(**{**told, "named_by": tuple(told["named_by"])})
