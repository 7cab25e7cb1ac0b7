"""Events: their envelope, their stored bytes, the streams they live in."""

from timeline.events.envelope import (
    Confidence,
    Event,
    Kind,
    Locator,
    Outcome,
    Result,
    Visibility,
)
from timeline.events.payload import (
    from_payload,
    read_disclosed,
    read_window,
    to_payload,
    topic_of,
)
from timeline.events.streams import scope_of, stream_id
from timeline.events.unsealed import Unsealed
from timeline.events.upcasting import is_newest

__all__ = [
    "Confidence",
    "Event",
    "Kind",
    "Locator",
    "Outcome",
    "Result",
    "Unsealed",
    "Visibility",
    "from_payload",
    "is_newest",
    "read_disclosed",
    "read_window",
    "scope_of",
    "stream_id",
    "to_payload",
    "topic_of",
]
