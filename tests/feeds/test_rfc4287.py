"""What holds a feed to RFC 4287 finds nothing in a valid one, and sees every fault."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.feeds.rfc4287 import faults

VALID = """<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:a</id><title>T</title>
<updated>2008-07-08T00:00:00Z</updated><author><name>A</name></author><link href="/a"/>
<entry><id>urn:b</id><title type="html">&lt;b&gt;</title>
<updated>2008-07-08T00:00:00.5+02:00</updated>
<link rel="alternate" type="text/html" href="/b"/><content type="text">c</content></entry>
<entry><id>urn:b</id><title>T</title><updated>2009-07-08T00:00:00Z</updated>
<link href="/c"/></entry>
</feed>"""


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
