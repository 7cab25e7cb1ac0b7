"""What RFC 4287 allows of an Atom feed, section by section; elements of other names are faults."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    Check = Callable[[Element], Iterator[str]]

_NAMESPACE = "{http://www.w3.org/2005/Atom}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_COMMON = {f"{_XML}base", f"{_XML}lang"}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+")
_MANY = 10**9


class Part(NamedTuple):
    """How often an element may stand in another, which attributes it has, what else it must be."""

    least: int
    most: int
    attributes: set[str]
    holds: Check


def faults(feed: Element) -> list[str]:
    """Return what of a feed is not as RFC 4287 asks; nothing if it is valid."""
    if feed.tag != f"{_NAMESPACE}feed":
        return [f"{feed.tag}: is no feed"]
    entries = feed.findall(f"{_NAMESPACE}entry")
    alone = [e for e in entries if e.find(f"{_NAMESPACE}author") is None]
    authors = feed.find(f"{_NAMESPACE}author") is None and (alone or not entries)
    return [*_within(feed, _FEED), *_twice(feed), *(["feed: no author (4.1.1)"] if authors else [])]


def _within(one: Element, parts: dict[str, Part]) -> Iterator[str]:
    """Check the children of an element: their names, numbers and attributes, and themselves."""
    found = Counter(child.tag.removeprefix(_NAMESPACE) for child in one)
    place = one.tag.removeprefix(_NAMESPACE)
    yield from (f"{place}: {name} does not belong here" for name in found.keys() - parts.keys())
    for name, part in parts.items():
        if not part.least <= found[name] <= part.most:
            yield f"{place}: {found[name]} times {name}"
        for child in one.findall(_NAMESPACE + name):
            odd = child.attrib.keys() - part.attributes - _COMMON
            yield from (f"{name}: has no attribute {told}" for told in odd)
            yield from part.holds(child)


def _twice(feed: Element) -> Iterator[str]:
    """Check 4.1.1 and 4.1.2: alternates differ in type or language, and entries in id or date."""
    for one in (feed, *feed.findall(f"{_NAMESPACE}entry")):
        links = [link.attrib for link in one.findall(f"{_NAMESPACE}link")]
        other = [x for x in links if x.get("rel", "alternate") == "alternate"]
        if len({(x.get("type"), x.get("hreflang")) for x in other}) < len(other):
            yield f"{one.tag.removeprefix(_NAMESPACE)}: the same alternate twice"
        if not other and one.find(f"{_NAMESPACE}content") is None and one is not feed:
            yield "entry: neither content nor alternate"
    entries = feed.findall(f"{_NAMESPACE}entry")
    keys = [tuple(e.findtext(_NAMESPACE + n) for n in ("id", "updated")) for e in entries]
    yield from (f"entry: {key} twice" for key, many in Counter(keys).items() if many > 1)


def _text(one: Element) -> Iterator[str]:
    """Check a text construct (3.1): no child but the one div of XHTML."""
    sort = one.get("type", "text")
    if sort not in ("text", "html", "xhtml"):
        yield f"{one.tag}: type {sort}"
    if len(one) != (sort == "xhtml"):
        yield f"{one.tag}: {len(one)} elements in {sort}"


def _content(one: Element) -> Iterator[str]:
    """Check content (4.1.3): text, HTML, or a media type."""
    if not _MEDIA.fullmatch(one.get("type", "text")):
        yield from _text(one)


def _date(one: Element) -> Iterator[str]:
    if not _DATE.fullmatch(one.text or ""):
        yield f"{one.tag}: {one.text} is no date of RFC 3339 (3.3)"


def _iri(one: Element) -> Iterator[str]:
    if not urlsplit(one.text or "").scheme or len(one):
        yield f"{one.tag}: {one.text} is no absolute IRI"


def _link(one: Element) -> Iterator[str]:
    if not urlsplit(one.get("href", "")).path:
        yield "link: no href (4.2.7)"
    if "type" in one.attrib and not _MEDIA.fullmatch(one.attrib["type"]):
        yield f"link: type {one.attrib['type']}"


def _person(one: Element) -> Iterator[str]:
    yield from _within(one, _PERSON)


def _word(one: Element) -> Iterator[str]:
    if not (one.text or one.get("term")) or len(one):
        yield f"{one.tag}: says nothing"


def _entry(one: Element) -> Iterator[str]:
    yield from _within(one, _ENTRY)


_PERSON = {
    "name": Part(1, 1, set(), _word),
    "uri": Part(0, 1, set(), _iri),
    "email": Part(0, 1, set(), _word),
}
_BOTH = {
    "author": Part(0, _MANY, set(), _person),
    "category": Part(0, _MANY, {"term", "scheme", "label"}, _word),
    "contributor": Part(0, _MANY, set(), _person),
    "id": Part(1, 1, set(), _iri),
    "link": Part(0, _MANY, {"href", "rel", "type", "hreflang", "title", "length"}, _link),
    "rights": Part(0, 1, {"type"}, _text),
    "title": Part(1, 1, {"type"}, _text),
    "updated": Part(1, 1, set(), _date),
}
_ENTRY = _BOTH | {
    "content": Part(0, 1, {"type", "src"}, _content),
    "published": Part(0, 1, set(), _date),
    "summary": Part(0, 1, {"type"}, _text),
}
_FEED = _BOTH | {
    "entry": Part(0, _MANY, set(), _entry),
    "generator": Part(0, 1, {"uri", "version"}, _word),
    "icon": Part(0, 1, set(), _iri),
    "logo": Part(0, 1, set(), _iri),
    "subtitle": Part(0, 1, {"type"}, _text),
}
