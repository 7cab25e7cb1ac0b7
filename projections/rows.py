"""Every read model there is, and the rows that one version of an item has in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.adjudications import ADJUDICATIONS
from projections.documents import DOCUMENTS
from projections.drafts import DRAFTS
from projections.event_index import EVENT_INDEX
from projections.facts import FACTS
from projections.issuers import ISSUERS
from projections.outcomes import OUTCOMES
from projections.programs import PROGRAMS
from projections.statements import STATEMENTS
from timeline.events import Kind, Visibility

if TYPE_CHECKING:
    from projections.read_model import ReadModel, Row, Version
    from timeline.events import Event
    from timeline.packs import Vocabulary

READ_MODELS: tuple[ReadModel, ...] = (
    ISSUERS,
    PROGRAMS,
    DOCUMENTS,
    FACTS,
    STATEMENTS,
    OUTCOMES,
    ADJUDICATIONS,
    EVENT_INDEX,
    DRAFTS,
)

_OF_KIND = {k.value: tuple(m for m in READ_MODELS if k in m.kinds) for k in Kind}
_INTERNAL = {k: tuple(m for m in models if m.internal) for k, models in _OF_KIND.items()}


def models_of(event: Event) -> tuple[ReadModel, ...]:
    """Return the read models with rows of `event`: public answers speak of what was public."""
    public = event.visibility is Visibility.PUBLIC
    return (_OF_KIND if public else _INTERNAL)[event.kind._value_]


def add_rows(
    version: Version,
    vocabulary: Vocabulary,
    rows: dict[str, list[Row]],
    position_to: int | None = None,
) -> None:
    """Add the rows of `version` to `rows`, which has a list for each read model's name."""
    for model in models_of(version.event):
        if made := model.full_rows(version, vocabulary, position_to):
            rows[model.name] += made
