"""Readers: where the drafts of a labelled document come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.intake.readings import reading_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.intake.corpus import Labelled
    from tests.intake.readings import Reading


def given(file: Path) -> Callable[[Labelled], tuple[str, Reading]]:
    """Return a reader that takes from a JSON file the drafts a document has there, by its name.

    Their spans are in the text that the document should read as, unless the file tells another:
    `{"NAME": {"text": ..., "drafts": [...], "list_items": [...]}}`.
    """
    by_name = json.loads(file.read_text(encoding="utf-8"))

    def read(document: Labelled) -> tuple[str, Reading]:
        if document.name not in by_name:
            raise KeyError(f"{file.name} has no drafts of {document.name}, but of {list(by_name)}")
        data = by_name[document.name]
        text = data.get("text") if isinstance(data, dict) else None
        return text or document.as_read, reading_of(data)

    return read
