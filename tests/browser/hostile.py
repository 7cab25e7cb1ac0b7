"""An issuer whose every text would run as a script, were it not shown as text."""

from __future__ import annotations

from typing import Any

SCRIPT = "<script>window.hit = 1; alert(1)</script>"
IMAGE = '"><img src=x onerror="window.hit = 1">'
LINK = "javascript:window.hit=1"

HOSTILE: dict[str, Any] = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "harm", "name": f"Harm {SCRIPT}", "aliases": [IMAGE]},
    "programs": [{"id": "p-harm", "name": f"Program {IMAGE}"}],
    "documents": [
        {
            "id": "doc-harm",
            "published": "2020-01-02",
            "kind": "news release",
            "title": f"Title {SCRIPT}",
            "url": LINK,
            "publisher": IMAGE,
        }
    ],
    "events": [
        {
            "id": "ev-harm",
            "type": "milestone.reached",
            "program": "p-harm",
            "milestone": "m.second",
            "occurred": "2020-06-01",
            "disclosed": "2020-06-02",
            "summary": f"Summary {SCRIPT}",
        }
    ],
    "expectations": [
        {
            "id": "ex-harm",
            "program": "p-harm",
            "milestone": "m.first",
            "qualifier": IMAGE,
            "stated_on": "2020-01-02",
            "document": "doc-harm",
            "said_by": f"Speaker {SCRIPT}",
            "words": f"by June {SCRIPT}{IMAGE}",
            "window": "2020-01-01/2020-06-30",
            "condition": {"text": f"if {SCRIPT}"},
        }
    ],
}
