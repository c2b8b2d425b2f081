"""Read a document again, from its stored file; what a person typed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document, DocumentKind
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from service.domain.lifecycle import Move
from service.ports import Clock, Transaction, UnitOfWork
from service.usecases.advance import advance, require_role


def reprocess(
    *, uow: UnitOfWork, clock: Clock, actor: Actor, document_id: DocumentId, kind: DocumentKind | None = None
) -> Document:
    """The document, ``received`` again at a new revision; InvalidMoveError where its state doesn't allow it.

    ``kind`` is what a person says that it is; None leaves it to the reader, or to what was said at the upload.
    """
    require_role(actor, "reprocess documents", UserRole.REVIEWER, UserRole.APPROVER)
    with uow.write() as tx:
        document = tx.documents.get(document_id)
        if kind is not None:
            document = replace(document, kind_hint=kind)
        return read_anew(tx, document, actor=actor.id, at=clock.now())


def read_anew(tx: Transaction, document: Document, *, actor: str, at: datetime) -> Document:
    """``document``, ``received`` again at a new revision with a READ job, in the caller's transaction."""
    again = replace(
        document,
        revision=document.revision + 1,
        failure=None,
        waiting_reason=None,
        held_until=None,
        touchless=False,
    )
    saved = advance(tx, again, Move.REPROCESS, actor=actor, at=at)
    tx.discrepancies.replace(document.id, (), at)
    tx.jobs.enqueue(Stage.READ, document.id, saved.revision, at)
    return saved
