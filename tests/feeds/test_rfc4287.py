"""The feed is valid as RFC 4287 has it, and what holds it to that sees every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from api import Timeline
from api.feeds.atom import feed_of
from tests.browser.conftest import SAMPLE
from tests.browser.hostile import HOSTILE
from tests.feeds.rfc4287 import faults
from timeline.bundle import bundle_of, read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

VALID = """<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:a</id><title>T</title>
<updated>2008-07-08T00:00:00Z</updated><author><name>A</name></author><link href="/a"/>
<entry><id>urn:b</id><title type="html">&lt;b&gt;</title>
<updated>2008-07-08T00:00:00.5+02:00</updated>
<link rel="alternate" type="text/html" href="/b"/><content type="text">c</content></entry>
<entry><id>urn:b</id><title>T</title><updated>2009-07-08T00:00:00Z</updated>
<link href="/c"/></entry>
</feed>"""


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timeline]:
    url = f"sqlite:///{tmp_path_factory.mktemp('atom') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        timeline.import_bundle(bundle_of(HOSTILE))
        timeline.record("quiet", {"name": "Quiet"}, kind="issuer")
        yield timeline


@pytest.mark.parametrize("issuer", ["migenix", "harm", "quiet"])
@pytest.mark.parametrize("on", ["2004-06-01", "2009-04-01", "2021-01-01"])
def test_the_feed_is_valid(timeline: Timeline, issuer: str, on: str) -> None:
    base = "https://timeline.example"
    latest = timeline.latest(issuer, as_of=on, known_at=on)
    told = ET.fromstring(feed_of(latest, base=base, source=f"{base}/feed.atom"))
    assert faults(told) == []


def test_a_valid_feed_has_no_fault() -> None:
    assert faults(ET.fromstring(VALID)) == []


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("<title>T</title>", ""),
        ("<id>urn:a</id>", "<id>urn:a</id><id>urn:c</id>"),
        ("<id>urn:a</id>", "<id>a</id>"),
        ("2008-07-08T00:00:00Z", "2008-07-08"),
        ("2009-07-08T00:00:00Z", "2008-07-08T00:00:00.5+02:00"),
        ("2009-07-08T00:00:00Z", "2009-07-08T00:00:00"),
        ("<author><name>A</name></author>", ""),
        ("<name>A</name>", ""),
        ("<name>A</name>", "<name>A</name><name>B</name>"),
        ("<name>A</name>", "<name/>"),
        ('<link href="/a"/>', "<link/>"),
        ('<link href="/a"/>', '<link href="/a"/><link href="/b"/>'),
        ('<link href="/c"/>', ""),
        ('type="text/html"', 'type="html!"'),
        ('type="html"', 'type="text/html"'),
        ('type="text"', 'type="words"'),
        ("<content", '<content class="x"'),
        (">c<", "><b/><"),
        ("<entry>", "<script/><entry>"),
        ("<entry>", '<p xmlns="http://www.w3.org/1999/xhtml"/><entry>'),
    ],
)
def test_every_fault_is_seen(words: str, instead: str) -> None:
    assert words in VALID
    assert faults(ET.fromstring(VALID.replace(words, instead, 1))) != []
