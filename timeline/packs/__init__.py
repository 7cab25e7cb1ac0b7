"""Packs: the vocabulary of a domain, as data."""

from timeline.packs.vocabulary import Setting, Vocabulary, vocabulary

__all__ = ["Setting", "Vocabulary", "vocabulary"]
