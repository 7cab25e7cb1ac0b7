"""The revisions of everything an issuer said, along the knowledge date, in one answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer
from api.asking import Asking
from api.opened import opened
from api.question_log import logged
from projections.documents import documents_at
from projections.revisions import revisions_along
from projections.status_history import statuses_along

if TYPE_CHECKING:
    from api.clocks import ClockArguments

    Row = dict[str, Any]

_OF_DOCUMENT = ("document", "published", "publisher", "kind", "title", "url")


class Revisions(Asking):
    """What `Timeline` answers for every day at once."""

    @logged
    def revisions(self, issuer: str, **clocks: Unpack[ClockArguments]) -> Answer:
        """Return every milestone with what was said of it and how it stood, day by day.

        For each day D up to `as_of` it says what `milestones(as_of=D)` does, and in hindsight what
        `milestones(as_of=D, known_at=known_at)` does, in stretches of equal answers. A program's
        milestones come in their packs' order. `more` has the `programs` alike, and the `documents`.
        """
        with self._snapshot(clocks) as (connection, asked):
            of, _ = self._named(connection, asked, issuer)
            at = asked.clocks
            rows = revisions_along(connection, of, clocks=at)
            beside = {
                "programs": statuses_along(connection, of, clocks=at),
                "documents": [
                    {name: row[name] for name in _OF_DOCUMENT}
                    for row in documents_at(connection, of, clocks=at)
                ],
            }
            labelled = [{**row, "label": self.milestone_label(row["milestone"])} for row in rows]
            told = sorted(labelled, key=self.milestone_order)
            return opened(connection, Answer(asked, told, more=beside))

    def milestone_label(self, milestone: str) -> str:
        """Return the readable name of a milestone, or the name itself."""
        return self.vocabulary.milestone_label(milestone)

    def milestone_order(self, row: Row) -> tuple[str, int, str, str]:
        """Return what sorts rows of milestones: by program, then as their packs order them."""
        told = self.vocabulary.milestones.get(row["milestone"], {})
        order = told.get("order")
        place = sys.maxsize if order is None else int(order)
        return row["program"] or "", place, row["milestone"], row["qualifier"] or ""
