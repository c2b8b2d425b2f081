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
from service.usecases.split_file import active_parts


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document and all that hangs on it; None for what there isn't yet. ``parts`` are what its file is split into,
    or, of a part, all that the file of ``whole`` is.
    """

    document: Document
    extraction: Extraction | None
    stored: StoredReconciliation | None
    exceptions: tuple[RaisedDiscrepancy, ...]
    events: tuple[AuditEvent, ...]
    decisions: tuple[Decision, ...]
    write: OdooWrite | None
    whole: Document | None = None
    parts: tuple[Document, ...] = ()


def view_document(*, uow: UnitOfWork, document_id: DocumentId) -> DocumentView:
    """The view; NotFoundError. Who may see it is the caller's to check."""
    with uow.read() as tx:
        document = tx.documents.get(document_id)
        return DocumentView(
            document=document,
            extraction=tx.readings.latest(document_id),
            stored=tx.reconciliations.latest(document_id),
            exceptions=tx.discrepancies.of_document(document_id),
            events=tx.audit.of_subject(document_subject(document_id)),
            decisions=tx.decisions.of_document(document_id),
            write=tx.writes.latest(document_id),
            whole=None if document.part_of is None else tx.documents.get(document.part_of),
            parts=active_parts(tx, document.part_of or document_id),
        )
