"""What people decided, in the order in which they did; nothing here is ever changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from service.domain.decisions import Decision
from service.domain.ids import DocumentId
from service.store import tables
from service.store.mapping import decision_columns, decision_of

_DECISIONS = tables.decisions


@dataclass(frozen=True, slots=True)
class SqlDecisions:
    """``ports.Decisions`` over one transaction."""

    connection: Connection

    def add(self, decision: Decision) -> None:
        """Append."""
        self.connection.execute(insert(_DECISIONS).values(**decision_columns(decision)))

    def of_document(self, document_id: DocumentId) -> tuple[Decision, ...]:
        """Oldest first."""
        wanted = select(_DECISIONS).where(_DECISIONS.c.document_id == document_id).order_by(_DECISIONS.c.id)
        return tuple(decision_of(row) for row in self.connection.execute(wanted))
