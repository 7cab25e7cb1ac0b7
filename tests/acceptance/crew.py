"""A company that tells of two people: one who will be forgotten, and one who stays."""

from __future__ import annotations

from typing import Any

GONE = "employee 17"
STAYS = "employee 18"
GONE_NAME = "Ada Quillfeather"
GONE_NOTE = "Kestrelmoor"
STAYS_NAME = "Bo Tarnwater"

SECRETS = (GONE, GONE_NAME, GONE_NOTE)
"""What must be nowhere once GONE is erased."""

_DAY = {"occurred": "2021-01-02", "disclosed": "2021-01-03"}

OFFICE: dict[str, Any] = {
    "id": "office-gone",
    "type": "governance.board_changed",
    **_DAY,
    "facts": {"role": "chief pilot", "person": GONE_NAME},
    "personal": ["person"],
    "data_subject": GONE,
}
HOME: dict[str, Any] = {
    "id": "home-gone",
    "type": "fact.stated",
    **_DAY,
    "facts": {"subject": "crew:1", "attribute": "home", "value": {"town": GONE_NOTE, "no": 4}},
    "personal": ["value"],
    "data_subject": GONE,
}
FLOWN: dict[str, Any] = {
    "id": "flown",
    "type": "flight.test_reported",
    "program": "lark-9",
    **_DAY,
    "facts": {"pilot": GONE_NAME, "legs": [1, 2]},
    "personal": ["pilot"],
    "data_subject": GONE,
}
LICENSED: dict[str, Any] = {
    "id": "licensed",
    "type": "licensing.terms_stated",
    "program": "lark-9",
    **_DAY,
    "facts": {
        "counterparty": "Wing Co",
        "option": f"held by {GONE_NAME}",
        "upfront": {"amount": 5},
    },
    "personal": ["option"],
    "data_subject": GONE,
}
STAYING: dict[str, Any] = {
    "id": "office-stays",
    "type": "governance.board_changed",
    **_DAY,
    "facts": {"role": "navigator", "person": STAYS_NAME},
    "personal": ["person"],
    "data_subject": STAYS,
}
SUCCESSOR: dict[str, Any] = {
    "id": "office-again",
    "type": "governance.board_changed",
    "occurred": "2022-01-02",
    "disclosed": "2022-01-03",
    "facts": {"role": "chief pilot", "person": GONE_NAME},
    "personal": ["person"],
    "data_subject": GONE,
}
CORRECTION: dict[str, Any] = {
    "id": "mended",
    "corrects": "home-gone",
    "set": {"facts": {"value": {"no": 5}}, "data_subject": GONE},
    "reason": "misread the number",
}
BUNDLE: dict[str, Any] = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "larkspur", "name": "Larkspur Aviation", "aliases": ["LA"]},
    "programs": [{"id": "lark-9", "name": "Lark 9"}],
    "events": [OFFICE, HOME, FLOWN, LICENSED, STAYING, SUCCESSOR],
    "corrections": [CORRECTION],
}
BY_HAND: dict[str, Any] = OFFICE | {"id": "by-hand", "facts": {"role": "x", "person": GONE_NAME}}
