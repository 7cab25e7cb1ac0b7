"""Personal facts: sealed before they are stored, opened when they are asked for, erased by key."""

from timeline.personal.forgetting import Erased, erase
from timeline.personal.opening import ERASED_VALUE, data_subjects, openings, replaced, sealed_in
from timeline.personal.ring import KeyRing
from timeline.personal.sealed import Key, Sealed
from timeline.personal.sealer import ERASED, Sealer, data_subject_of

__all__ = [
    "ERASED",
    "ERASED_VALUE",
    "Erased",
    "Key",
    "KeyRing",
    "Sealed",
    "Sealer",
    "data_subject_of",
    "data_subjects",
    "erase",
    "openings",
    "replaced",
    "sealed_in",
]
