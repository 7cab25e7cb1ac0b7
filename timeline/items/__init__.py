"""Recorded items: how they are read, written, corrected and retracted."""

from timeline.items.item import Item, decide, evolve, fold, target_of
from timeline.items.patch import merge_patch, patched
from timeline.items.readers import CORRECTED, RETRACTED, event_of
from timeline.items.writers import item_of, keys_of

__all__ = [
    "CORRECTED",
    "RETRACTED",
    "Item",
    "decide",
    "event_of",
    "evolve",
    "fold",
    "item_of",
    "keys_of",
    "merge_patch",
    "patched",
    "target_of",
]
