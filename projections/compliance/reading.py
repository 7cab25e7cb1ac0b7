"""The document in hand, read: its text, what stands in it, and the statements as claims."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from projections.compliance.claim import Claim
from projections.compliance.wording import known, pattern
from timeline.bitemporal import Window
from timeline.expectations import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from projections.compliance.pieces import AboutSection
    from timeline.intake import Draft, DraftWindow, Span
    from timeline.intake.documents import Document, Section
    from timeline.intake.legend import Coverage, Covered, Legend, Reach
    from timeline.intake.legend.whole import Whole
    from timeline.intake.names import Mention, Names
    from timeline.packs import Vocabulary

    YearEnd = tuple[int, int]

_ASKED_FOR_NOTHING = frozenset({"vague", "puffery"})
_OTHERS = "third_party_forecast"
_BEFORE = 20
_MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class TextRead:
    """What a reading of the text found; spans are code points of its `text`.

    `claims` are the statements outside of the legend that name something; `drafts` is all that was
    read. `legend` and `coverage` are None where the document has no legend. `mentions` are the
    programs, partners and the issuer by name, `about` the section about the company;
    `fiscal_year_end` is (month, day), None where it is not known.
    """

    document: Document
    drafts: tuple[Draft, ...]
    legend: Legend | None
    coverage: Coverage | None
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    about: AboutSection | None
    fiscal_year_end: YearEnd | None
    _has: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The words of the document."""
        return self.document.text

    @property
    def risks(self) -> Cautions:
        """Which risks of the legend speak to which claim."""
        return Cautions(self.coverage.risks if self.coverage else ())

    @property
    def assumptions(self) -> Cautions:
        """Which assumptions of the legend speak to which claim."""
        return Cautions(self.coverage.assumptions if self.coverage else ())

    @property
    def body(self) -> Iterator[Section]:
        """The sections outside of the legend."""
        return (one for one in self.document.sections if not self.is_in_legend(one.span))

    def covered(self) -> dict[str, Covered]:
        """Return what the list of the legend says of each claim, by the claim's id."""
        return {one.id: one for one in self.coverage.statements} if self.coverage else {}

    def is_in_legend(self, span: Span) -> bool:
        """Whether something stands in the cautionary text."""
        return self.legend is not None and any(s.overlaps(span) for s in self.legend.spans)

    def has_words(self, name: str) -> bool:
        """Whether words of a list stand anywhere in the text: without any, a thing is not there.

        What a reading did not find may be there all the same, said in a way that it does not know.
        """
        if name not in self._has:  # it is asked of every claim, and reads the whole text
            self._has[name] = pattern(name).search(self.text) is not None
        return self._has[name]

    def sentence_at(self, at: int) -> Span | None:
        """Return the sentence that a code point stands in."""
        return _sentence_at(self.document.sentences, at)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The ids of the cautions that speak to a claim: to it in particular, and to every one."""

    in_particular: tuple[str, ...]
    in_general: tuple[str, ...]


class Cautions:
    """Which of the risks, or assumptions, of a legend speak to which claim."""

    def __init__(self, reaches: Sequence[Reach]) -> None:
        self._particular: dict[str, list[str]] = defaultdict(list)
        self._general: dict[str, list[str]] = defaultdict(list)
        self._everywhere = [one.caution.id for one in reaches if one.is_everywhere]
        for one in reaches:
            kept = self._general if one.generic else self._particular
            for claim, _ in () if one.is_everywhere else one.statements:
                kept[claim].append(one.caution.id)

    def spoken(self, claim: Claim) -> Spoken:
        """Return which of them speak to a claim."""
        general = sorted((*self._general.get(claim.id, ()), *self._everywhere), key=_in_order)
        return Spoken(tuple(self._particular.get(claim.id, ())), tuple(general))


def _in_order(caution: str) -> tuple[int, str]:
    return len(caution), caution


def text_read(
    document: Document,
    whole: Whole,
    *,
    published_on: date,
    names: Names,
    vocabulary: Vocabulary,
    described: Mapping[str, Sequence[str]],
    fiscal_year_end: YearEnd | None = None,
) -> TextRead:
    """Return a document that was read whole as rules read it.

    `described` has what is on record of each program besides its names.
    """
    from projections.compliance.pieces import about_section  # noqa: PLC0415  # loads the reading
    from timeline.intake.legend.shortened import shortened  # noqa: PLC0415
    from timeline.intake.legend.words import level  # noqa: PLC0415

    mentions = tuple(shortened(names, level(document.text)).mentions(document.text))
    said = [draft for draft in whole.drafts if _is_said(draft, whole.legend)]
    told = [_claim(draft, document, mentions, published_on) for draft in said]
    of = (document, whole.drafts, whole.legend, whole.coverage)
    about = about_section(document, mentions, described, vocabulary)
    return TextRead(*of, mentions, tuple(told), about, fiscal_year_end)


def _is_said(draft: Draft, legend: Legend | None) -> bool:
    spans = legend.spans if legend else ()
    names_something = draft.kind == "expectation" and draft.type not in _ASKED_FOR_NOTHING
    return names_something and not any(span.overlaps(draft.span) for span in spans)


def _claim(draft: Draft, document: Document, mentions: Sequence[Mention], on: date) -> Claim:
    other = _other_party(draft, document, mentions)
    return Claim(
        id=draft.id,
        target=Target(draft.program, draft.milestone or "", draft.qualifier),
        window=_window(draft.window),
        made_on=on,
        own=other is None and draft.type != _OTHERS,
        speaker=other or draft.speaker,
        form=draft.type,
        words=draft.window.words if draft.window else None,
        condition=draft.condition,
        span=draft.span,
        text=draft.text,
        amounts=bool(draft.facts.get("amounts")),
    )


def _window(window: DraftWindow | None) -> Window | None:
    if window is None:
        return None
    return Window(window.earliest, window.latest, window.edtf, window.words, window.policy)


def _other_party(draft: Draft, document: Document, mentions: Sequence[Mention]) -> str | None:
    """Return whose plan it is, where another company comes first in the sentence as its subject."""
    sentence = _sentence_at(document.sentences, draft.span.start) or draft.span
    first = bisect_right(mentions, sentence.start - 1, key=lambda one: one.span.start)
    for mention in islice(mentions, first, first + _MOST_LOOKED_AT):
        if mention.span.start >= max(sentence.end, draft.span.end):
            return None
        if mention.kind != "program" and not _is_led_to(document.text, mention.span.start):
            return mention.id if mention.kind == "partner" else None
    return None


def _is_led_to(text: str, at: int) -> bool:
    """Whether a preposition stands right before: "with", "by"; then it is no subject."""
    before = text[max(0, at - _BEFORE) : at].split()
    return bool(before) and before[-1].casefold() in known("prepositions")


def _sentence_at(sentences: Sequence[Span], at: int) -> Span | None:
    found = bisect_right(sentences, at, key=lambda one: one.start) - 1
    return sentences[found] if found >= 0 and at < sentences[found].end else None
