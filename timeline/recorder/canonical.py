"""The bytes of what is stored that the ledger hashes. They may never change."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from timeline.canonical import canonical_json
from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from timeline.recorder.records import StoredRecord

__all__ = ["canonical_record", "canonical_request", "record_bytes"]


def canonical_record(record: StoredRecord) -> bytes:
    r"""Return the canonical bytes of one stored event: a JSON header, `\n`, the payload as stored.

    The header has exactly the keys position, recorded_at, stream, topic, version, sorted, without
    spaces, in UTF-8; JSON escapes control characters, so its first line end is the real one.
    """
    return record_bytes(
        record.position,
        instant_text(record.recorded_at),
        str(record.stream),
        record.topic,
        record.version,
        record.payload,
    )


def record_bytes(  # noqa: PLR0917  # the columns of a row, many times over
    position: int, recorded_at: str, stream: str, topic: str, version: int, payload: bytes
) -> bytes:
    """Return what `canonical_record` does, of columns as text; the header is spelled out for speed.

    `recorded_at` is as `instant_text` writes it, `stream` the 36 characters of a UUID.
    """
    text = encode_basestring
    return (
        f'{{"position":{position},"recorded_at":{text(recorded_at)},"stream":{text(stream)},'
        f'"topic":{text(topic)},"version":{version}}}\n'
    ).encode() + payload


def canonical_request(
    *,
    key: str,
    digest: str,
    first_position: int,
    last_position: int,
    recorded_at: str,
    answer: bytes,
) -> bytes:
    r"""Return the canonical bytes of one answered request: a JSON header, `\n`, the answer.

    The header has the other columns of its row in `idempotency`, sorted; see `canonical_record`.
    """
    header = {
        "key": key,
        "digest": digest,
        "first_position": first_position,
        "last_position": last_position,
        "recorded_at": recorded_at,
    }
    return canonical_json(header) + b"\n" + answer
