"""Recorded items: how they are read, written, corrected and retracted."""

from timeline.items.draft import ACCEPTED, EDITED, REJECTED, STATES, state_of
from timeline.items.item import Item, decide, evolve, fold, target_of
from timeline.items.patch import merge_patch, patched
from timeline.items.readers import CORRECTED, RETRACTED, event_of
from timeline.items.shape import complaints, faults, joined, require_shape, schema
from timeline.items.writers import item_of, keys_of

__all__ = [
    "ACCEPTED",
    "CORRECTED",
    "EDITED",
    "REJECTED",
    "RETRACTED",
    "STATES",
    "Item",
    "complaints",
    "decide",
    "event_of",
    "evolve",
    "faults",
    "fold",
    "item_of",
    "joined",
    "keys_of",
    "merge_patch",
    "patched",
    "require_shape",
    "schema",
    "state_of",
    "target_of",
]
