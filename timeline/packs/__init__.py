"""Packs: the vocabulary of a domain, as data."""

from timeline.packs.subjects import MONEY, Stated, Subject, names_in
from timeline.packs.vocabulary import Setting, Vocabulary, vocabulary

__all__ = ["MONEY", "Setting", "Stated", "Subject", "Vocabulary", "names_in", "vocabulary"]
