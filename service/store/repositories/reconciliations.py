"""What matching said of each document, and which keys of the books it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, delete, func, insert, select, update

from service.domain.ids import DocumentId
from service.domain.keys import fold
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Keys, Role
from service.ports import StoredReconciliation
from service.store import tables
from service.store.mapping import LONGEST_KEY, reconciliation_columns, reconciliation_of
from service.store.statements import insert_or_replace

_RECONCILIATIONS = tables.reconciliations
_KEYS = tables.reconciliation_keys
_STATES = (DocumentStatus.IN_REVIEW.value, DocumentStatus.RECONCILED.value, DocumentStatus.WAITING_FOR_ODOO.value)
_TEXTS_A_QUERY = 500  # far below either database's limit on parameters


@dataclass(frozen=True, slots=True)
class SqlReconciliations:
    """``ports.Reconciliations`` over one transaction."""

    connection: Connection

    def put(self, document_id: DocumentId, stored: StoredReconciliation, keys: Keys) -> None:
        """Store (again: replace) the reconciliation of its revision, and the keys that would change it."""
        insert_or_replace(self.connection, _RECONCILIATIONS, reconciliation_columns(document_id, stored))
        if stored.revision == self._latest_revision(document_id):
            self._replace_keys(document_id, keys)
            self._remember_vendor(document_id, stored)

    def _replace_keys(self, document_id: DocumentId, keys: Keys) -> None:
        self.connection.execute(delete(_KEYS).where(_KEYS.c.document_id == document_id))
        rows = [
            {"document_id": document_id, "kind": key.kind.value, "text": key.text}
            for key in sorted(keys)
            if len(key.text) <= LONGEST_KEY  # no record of the books has a longer one
        ]
        if rows:
            self.connection.execute(insert(_KEYS), rows)

    def _remember_vendor(self, document_id: DocumentId, stored: StoredReconciliation) -> None:
        """So that lists can be narrowed to the vendor by its name in Odoo."""
        summaries = tables.document_summaries
        names = " ".join(match.ref.name for match in stored.reconciliation.chosen(Role.VENDOR))
        self.connection.execute(
            update(summaries).where(summaries.c.document_id == document_id).values(vendor_folded=fold(names))
        )

    def affected(self, keys: Keys) -> tuple[DocumentId, ...]:
        """Documents in review, reconciled or waiting for Odoo whose stored keys share one with ``keys``."""
        documents = tables.documents
        found: set[DocumentId] = set()
        for kind, texts in _batches(keys):
            wanted = (
                select(_KEYS.c.document_id)
                .join(documents)
                .where(_KEYS.c.kind == kind, _KEYS.c.text.in_(texts), documents.c.status.in_(_STATES))
            )
            found.update(DocumentId(row.document_id) for row in self.connection.execute(wanted.distinct()))
        return tuple(sorted(found))

    def latest(self, document_id: DocumentId) -> StoredReconciliation | None:
        """The one of the highest revision."""
        wanted = select(_RECONCILIATIONS).where(_RECONCILIATIONS.c.document_id == document_id)
        row = self.connection.execute(wanted.order_by(_RECONCILIATIONS.c.revision.desc()).limit(1)).one_or_none()
        return None if row is None else reconciliation_of(row)

    def _latest_revision(self, document_id: DocumentId) -> int | None:
        wanted = select(func.max(_RECONCILIATIONS.c.revision)).where(_RECONCILIATIONS.c.document_id == document_id)
        revision: int | None = self.connection.execute(wanted).scalar_one()
        return revision


def _batches(keys: Keys) -> Iterator[tuple[str, Sequence[str]]]:
    """The keys by kind, as many texts at a time as one query takes."""
    for kind, group in groupby(sorted(keys), key=attrgetter("kind")):
        texts = [key.text for key in group]
        for start in range(0, len(texts), _TEXTS_A_QUERY):
            yield kind.value, texts[start : start + _TEXTS_A_QUERY]
