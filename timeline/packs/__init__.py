"""Packs: the vocabulary of a domain, as data."""

from timeline.packs.sources import BUILT_IN
from timeline.packs.subjects import MONEY, Stated, Subject, names_in
from timeline.packs.vocabulary import Setting, Vocabulary, all_vocabulary, vocabulary

__all__ = [
    "BUILT_IN",
    "MONEY",
    "Setting",
    "Stated",
    "Subject",
    "Vocabulary",
    "all_vocabulary",
    "names_in",
    "vocabulary",
]
