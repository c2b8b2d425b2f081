"""Intended writes to Odoo and how they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from service.domain.ids import DocumentId
from service.ports import OdooWrite
from service.store import tables
from service.store.mapping import write_columns, write_of
from service.store.statements import insert_or_replace

_WRITES = tables.odoo_writes


@dataclass(frozen=True, slots=True)
class SqlOdooWrites:
    """``ports.OdooWrites`` over one transaction."""

    connection: Connection

    def put(self, write: OdooWrite) -> None:
        """Store (again: replace) the write of that document and revision."""
        insert_or_replace(self.connection, _WRITES, write_columns(write))

    def get(self, document_id: DocumentId, revision: int) -> OdooWrite | None:
        """That one."""
        return self._one(select(_WRITES).where(_WRITES.c.document_id == document_id, _WRITES.c.revision == revision))

    def latest(self, document_id: DocumentId) -> OdooWrite | None:
        """The one of the highest revision."""
        wanted = select(_WRITES).where(_WRITES.c.document_id == document_id)
        return self._one(wanted.order_by(_WRITES.c.revision.desc()).limit(1))

    def _one(self, wanted: Select[Any]) -> OdooWrite | None:
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else write_of(row)
