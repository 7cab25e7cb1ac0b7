"""Evidence as it is on record, at the asked clocks and no later.

This file holds no table: it brings together what the read models and the log keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.compliance.evidence import Evidence, Published
from projections.compliance.own import own_names
from projections.documents import documents_at
from projections.facts import facts_at
from projections.issuers import issuers_at
from projections.items_known import events_known
from projections.milestones import chains_at
from projections.windows import window_of
from timeline.errors import NotFound
from timeline.packs import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary


def evidence_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    document: str | None = None,
    packs: Vocabulary | None = None,
) -> Evidence:
    """Return what rules may read of `issuer`, the document in hand being `document`.

    Without one it is the newest of the issuer's own in which a statement on record stands. Raises
    NotFound for a document that is not known at the clocks.
    """
    names = _names(connection, issuer, clocks)
    documents = [_published(row, names) for row in documents_at(connection, issuer, clocks=clocks)]
    chains = chains_at(connection, issuer, clocks=clocks)
    told = facts_at(connection, issuer, clocks=clocks, subject=issuer, explain=False)
    said_in = {j.statement.document for chain in chains for j in chain.statements}
    public, internal = events_known(connection, issuer, clocks=clocks)
    return Evidence(
        issuer=issuer,
        today=clocks.day,
        documents=documents,
        events=public,
        internal=internal,
        chains=chains,
        facts={fact["attribute"]: fact["value"] for fact in told},
        sources={fact["attribute"]: fact["because"][0] for fact in told},
        vocabulary=packs or vocabulary(),
        names=names,
        document=_in_hand(documents, document, said_in),
    )


def _names(connection: Connection, issuer: str, clocks: Clocks) -> frozenset[str]:
    rows = issuers_at(connection, as_at=clocks.as_at)
    told = next(row for row in rows if row["issuer"] == issuer)
    return own_names([issuer, told["name"] or "", *told["aliases"]])


def _published(row: dict[str, Any], names: frozenset[str]) -> Published:
    publisher = row["publisher"]
    own = publisher is None or any(name in publisher.casefold() for name in names)
    told = {key: row[key] for key in ("kind", "title", "sha256")}
    published = window_of(row["published"])
    return Published(id=row["document"], published=published, publisher=publisher, own=own, **told)


def _in_hand(
    documents: Iterable[Published], wanted: str | None, said_in: set[str | None]
) -> Published | None:
    if wanted is not None:
        found = next((one for one in documents if one.id == wanted), None)
        if found is None:
            raise NotFound(f"no document {wanted!r} is known at these clocks", place="document")
        return found
    own = [one for one in documents if one.own and one.on is not None and one.id in said_in]
    return max(own, key=lambda one: str(one.on), default=None)
