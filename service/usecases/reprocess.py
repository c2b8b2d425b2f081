"""Read a document again, from its stored file; what a person typed stays."""

from __future__ import annotations

from dataclasses import replace

from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from service.domain.lifecycle import Move
from service.ports import Clock, UnitOfWork
from service.usecases.advance import advance, require_role


def reprocess(*, uow: UnitOfWork, clock: Clock, actor: Actor, document_id: DocumentId) -> Document:
    """The document, ``received`` again at a new revision; InvalidMoveError where its state doesn't allow it."""
    require_role(actor, "reprocess documents", UserRole.REVIEWER, UserRole.APPROVER)
    with uow.write() as tx:
        document = tx.documents.get(document_id)
        now = clock.now()
        again = replace(
            document,
            revision=document.revision + 1,
            failure=None,
            waiting_reason=None,
            held_until=None,
            touchless=False,
        )
        saved = advance(tx, again, Move.REPROCESS, actor=actor.id, at=now)
        tx.discrepancies.replace(document_id, (), now)
        tx.jobs.enqueue(Stage.READ, document_id, saved.revision, now)
        return saved
