"""What was read from each document, revision by revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, UnaryExpression, func, select

from service.domain.codec import decode, encode
from service.domain.extraction import Extraction
from service.domain.ids import DocumentId
from service.store import tables
from service.store.mapping import summary_columns
from service.store.statements import insert_or_replace

_READINGS = tables.readings


@dataclass(frozen=True, slots=True)
class SqlReadings:
    """``ports.Readings`` over one transaction; keeps the list's summary in step with the latest reading."""

    connection: Connection

    def put(self, document_id: DocumentId, revision: int, extraction: Extraction) -> None:
        """Store (again: replace) the reading of that revision."""
        row = {"document_id": document_id, "revision": revision, "extraction": encode(extraction)}
        insert_or_replace(self.connection, _READINGS, row)
        if revision == self._latest_revision(document_id):
            summary = {"document_id": document_id, "revision": revision, **summary_columns(extraction)}
            insert_or_replace(self.connection, tables.document_summaries, summary)

    def latest(self, document_id: DocumentId) -> Extraction | None:
        """The reading of the highest revision."""
        return self._at_end(document_id, _READINGS.c.revision.desc())

    def at(self, document_id: DocumentId, revision: int) -> Extraction | None:
        """The reading of just that revision."""
        wanted = select(_READINGS.c.extraction).where(
            _READINGS.c.document_id == document_id, _READINGS.c.revision == revision
        )
        found: Any = self.connection.execute(wanted).scalar_one_or_none()
        return None if found is None else decode(Extraction, found)

    def first(self, document_id: DocumentId) -> Extraction | None:
        """The reading of the lowest revision."""
        return self._at_end(document_id, _READINGS.c.revision)

    def _at_end(self, document_id: DocumentId, order: ColumnElement[int] | UnaryExpression[int]) -> Extraction | None:
        wanted = select(_READINGS.c.extraction).where(_READINGS.c.document_id == document_id).order_by(order).limit(1)
        found: Any = self.connection.execute(wanted).scalar_one_or_none()
        return None if found is None else decode(Extraction, found)

    def _latest_revision(self, document_id: DocumentId) -> int | None:
        wanted = select(func.max(_READINGS.c.revision)).where(_READINGS.c.document_id == document_id)
        revision: int | None = self.connection.execute(wanted).scalar_one()
        return revision
