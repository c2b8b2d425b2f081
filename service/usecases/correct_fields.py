"""A person corrects what was read: a new revision, worked out again."""

from __future__ import annotations

from dataclasses import replace

from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.errors import InvalidMoveError, UsageError
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from service.domain.lifecycle import Move, status_after
from service.ports import Clock, Transaction, UnitOfWork
from service.usecases.advance import advance, at_version, document_subject, require_role
from service.usecases.corrections import Corrections, JsonValue, LineCorrection, corrected
from service.usecases.evidence import AFTER, BEFORE, reading_digest
from service.usecases.learn_from_people import ask_to_learn

__all__ = ["Corrections", "JsonValue", "LineCorrection", "correct_fields", "corrected_bank_account"]


def correct_fields(
    *,
    uow: UnitOfWork,
    clock: Clock,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    corrections: Corrections,
) -> Document:
    """The document, back in ``extracted`` at a new revision with a RECONCILE job.

    VersionConflictError where it changed since ``version``; UsageError naming the field that doesn't fit.
    """
    require_role(actor, "correct documents", UserRole.REVIEWER, UserRole.APPROVER)
    if not corrections.names():
        raise UsageError("Nothing to correct was given.")
    with uow.write() as tx:
        document = at_version(tx, document_id, version)
        status_after(document.status, Move.CORRECT)
        reading = tx.readings.latest(document_id)
        if reading is None:
            raise InvalidMoveError("There is nothing to correct: the document wasn't read.")
        now = clock.now()
        revised = replace(document, revision=document.revision + 1, touchless=False, waiting_reason=None)
        typed = corrected(reading, corrections)
        tx.readings.put(document_id, revised.revision, typed)
        detail = {
            "fields": ",".join(corrections.names()),
            BEFORE: reading_digest(reading),
            AFTER: reading_digest(typed),
        }
        saved = advance(tx, revised, Move.CORRECT, actor=actor.id, at=now, detail=detail)
        tx.jobs.enqueue(Stage.RECONCILE, document_id, saved.revision, now)
        ask_to_learn(tx, saved, typed, now)
        return saved


def corrected_bank_account(tx: Transaction, document_id: DocumentId, actor: Actor) -> bool:
    """Whether ``actor`` ever corrected the document's bank account."""
    events = tx.audit.of_subject(document_subject(document_id))
    return any(
        event.actor == actor.id
        and event.action == Move.CORRECT.value
        and "iban" in str(event.detail.get("fields", "")).split(",")
        for event in events
    )
