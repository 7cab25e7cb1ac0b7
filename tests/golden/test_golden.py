"""What was stored once loads for ever and is written back byte for byte."""

from __future__ import annotations

from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.golden.shapes import HERE, SHAPES, file_of, golden_of
from timeline.events import Event, Kind, from_payload, to_payload, topic_of

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(HERE.glob("*.json"))


@pytest.mark.parametrize("shape", SHAPES, ids=topic_of)
def test_every_shape_is_frozen_in_a_file(shape: Event) -> None:
    kept = golden_of(file_of(shape))
    assert kept.topic == topic_of(shape)
    assert to_payload(shape) == kept.payload


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_frozen_payload_loads_and_is_written_back_byte_for_byte(path: Path) -> None:
    kept = golden_of(path)
    assert sha256(kept.payload).hexdigest() == kept.sha256
    event = from_payload(kept.topic, kept.payload)
    assert (topic_of(event), to_payload(event)) == (kept.topic, kept.payload)


@pytest.mark.parametrize("shape", SHAPES, ids=topic_of)
def test_a_frozen_payload_reads_as_the_event_it_was(shape: Event) -> None:
    kept = golden_of(file_of(shape))
    assert from_payload(kept.topic, kept.payload) == shape


def test_no_file_is_left_without_its_shape() -> None:
    assert set(FILES) == {file_of(shape) for shape in SHAPES}


def test_every_kind_of_item_is_frozen() -> None:
    assert {shape.kind for shape in SHAPES} == set(Kind)


def test_one_frozen_event_uses_every_field_of_the_envelope() -> None:
    full = next(shape for shape in SHAPES if shape.item == "flown")
    least = next(shape for shape in SHAPES if shape.item == "least")
    always = {"type", "type_version", "issuer", "item", "kind", "recorded_by"}
    optional = [f.name for f in fields(Event) if f.name not in always]
    assert [name for name in optional if getattr(full, name) == getattr(least, name)] == []
