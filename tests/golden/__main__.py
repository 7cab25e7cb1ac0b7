"""Write the files of shapes that have none yet; a file that is there is never written again."""

from __future__ import annotations

import json
from hashlib import sha256

from tests.golden.shapes import SHAPES, file_of
from timeline.events import to_payload, topic_of

if __name__ == "__main__":
    for shape in SHAPES:
        if not file_of(shape).exists():
            stored = to_payload(shape)
            told = {"topic": topic_of(shape), "payload": stored.decode()}
            told["sha256"] = sha256(stored).hexdigest()
            text = json.dumps(told, ensure_ascii=False, indent=1)
            file_of(shape).write_text(text + "\n", encoding="utf-8")
