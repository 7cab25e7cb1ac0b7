"""Findings and what people decide on them, as a Python library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Unpack, cast
from uuid import uuid4

from api.asking import Asking
from api.question_log import logged
from projections.compliance import Result, rule_of
from projections.compliance.findings import findings_at
from projections.compliance.reviews import CONFIRMED, REVIEWED, WAIVED
from timeline.errors import BadInput, Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from api.answers import Answer, Written
    from api.clocks import ClockArguments
    from api.recording import Recording

    Row = dict[str, Any]

_DECISIONS = (WAIVED, CONFIRMED)


class Named(Protocol):
    """What a review needs of the store: who records it."""

    recorded_by: str


class Findings(Asking):
    """What `Timeline` says of rules."""

    @logged
    def findings(
        self,
        issuer: str,
        *,
        document: str | None = None,
        rules: Sequence[str] = (),
        result: str | None = None,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return what the rules come to on what is on record at the clocks, one row a finding.

        `document` is the document in hand; by default the newest of the issuer's own. `rules`
        names some of them, `result` keeps one way to end. Raises NotFound for a document, and for
        a rule, that is not there.
        """
        wanted = {rule_of(name).id for name in rules}
        kept = _result(result)
        asked = self.asked(**clocks)

        def read(connection: Connection, of: str, _: str | None) -> list[Row]:
            rows = findings_at(
                connection,
                of,
                clocks=asked.clocks,
                document=document,
                wanted=wanted,
                packs=self.vocabulary,
            )
            return [row for row in rows if kept is None or row["result"] == kept]

        return self._opened(asked, read, issuer, why=True)

    def review(
        self,
        issuer: str,
        finding: str,
        decision: str,
        *,
        reason: str,
        document: str | None = None,
        key: str | None = None,
        dry_run: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Written:
        """Record that a person waived or confirmed a finding, with the reason, as an event.

        The finding is looked up at the clocks. Raises NotFound where it is none there, Conflict
        where this person has waived it already.
        """
        if decision not in _DECISIONS:
            raise BadInput(f"{decision!r} is none of {', '.join(_DECISIONS)}", place="decision")
        if not reason.strip():
            raise BadInput("say why, for those who read it later", place="reason")
        row = self._finding(issuer, finding, document, clocks)
        self._require_new(row, decision)
        item = _review(row, decision, reason, str(self.asked().as_of)[:10])
        return cast("Recording", self).record(issuer, item, key=key, dry_run=dry_run)

    def _finding(
        self, issuer: str, finding: str, document: str | None, clocks: ClockArguments
    ) -> Row:
        answer = self.findings(issuer, document=document, **clocks)
        for row in answer.items:
            if row["finding"] == finding:
                return dict(row)
        raise NotFound(
            f"no finding {finding!r} at these clocks; `timeline findings {issuer}` lists them",
            place="finding",
        )

    def _require_new(self, row: Row, decision: str) -> None:
        """Refuse a waiver by somebody who has waived it since it was last confirmed."""
        who = cast("Named", self).recorded_by
        last = [one for one in row["reviews"] if one["by"] == who][-1:]
        if decision == WAIVED and last and last[0]["decision"] == WAIVED:
            raise Conflict(f"{who} has waived it already ({last[0]['event']})")


def _review(row: Row, decision: str, reason: str, day: str) -> Row:
    return {
        "id": f"review-{row['finding']}-{uuid4().hex[:8]}",
        "type": REVIEWED,
        "occurred": day,
        "disclosed": day,
        "visibility": "internal",
        "reason": reason,
        "facts": {"finding": row["finding"], "rule": row["rule"], "decision": decision},
    }


def _result(result: str | None) -> Result | None:
    if result is None:
        return None
    if result not in list(Result):
        raise BadInput(f"{result!r} is none of {', '.join(Result)}", place="result")
    return Result(result)
