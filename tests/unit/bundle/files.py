"""Small bundles, and what is said of the bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from timeline.bundle import bundle_of, parse_bundle
from timeline.errors import InvalidBundle

SMALL = Path(__file__).parents[3] / "samples" / "small"
HEAD: dict[str, Any] = {"format": "timeline-bundle/1", "issuer": {"id": "larkspur"}}
FLOWN = {
    "id": "flown",
    "type": "flight.test_reported",
    "occurred": "2031-05-14",
    "disclosed": "2031-05-20",
}
SAID = {
    "id": "said",
    "program": None,
    "milestone": "listing",
    "window": "2032",
    "stated_on": "2031-05-20",
}


def lines(*values: Any) -> bytes:
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()


def refused(bundle: bytes | dict[str, Any]) -> str:
    """The complaint about a bundle that breaks the format."""
    with pytest.raises(InvalidBundle) as told:
        parse_bundle(bundle) if isinstance(bundle, bytes) else bundle_of(bundle)
    return str(told.value)
