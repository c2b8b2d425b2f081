"""Everything about one document that a screen or the API shows, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.audit import AuditEvent
from service.domain.decisions import Decision
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.documents import Document
from service.domain.extraction import Extraction
from service.domain.ids import DocumentId
from service.ports import OdooWrite, StoredReconciliation, UnitOfWork
from service.usecases.advance import document_subject


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document and all that hangs on it; None for what there isn't yet."""

    document: Document
    extraction: Extraction | None
    stored: StoredReconciliation | None
    exceptions: tuple[RaisedDiscrepancy, ...]
    events: tuple[AuditEvent, ...]
    decisions: tuple[Decision, ...]
    write: OdooWrite | None


def view_document(*, uow: UnitOfWork, document_id: DocumentId) -> DocumentView:
    """The view; NotFoundError. Who may see it is the caller's to check."""
    with uow.read() as tx:
        return DocumentView(
            document=tx.documents.get(document_id),
            extraction=tx.readings.latest(document_id),
            stored=tx.reconciliations.latest(document_id),
            exceptions=tx.discrepancies.of_document(document_id),
            events=tx.audit.of_subject(document_subject(document_id)),
            decisions=tx.decisions.of_document(document_id),
            write=tx.writes.latest(document_id),
        )
