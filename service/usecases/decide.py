"""A person decides: approve, reject, hold, reopen, or settle one exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from service.domain.codes import Severity
from service.domain.decisions import Actor, Decision, DecisionKind, UserRole
from service.domain.discrepancies import ExceptionStatus, RaisedDiscrepancy
from service.domain.documents import Document
from service.domain.errors import InvalidMoveError, NotAllowedError, UsageError
from service.domain.ids import DiscrepancyId, DocumentId
from service.domain.jobs import WriteState
from service.domain.lifecycle import DocumentStatus, Move, is_allowed, status_after
from service.domain.policy import Policy
from service.ports import Books, Clock, Transaction, UnitOfWork
from service.usecases.advance import advance, at_version, record, require_role
from service.usecases.approval import approve, decision_detail, frozen_decision, intent_from_books
from service.usecases.correct_fields import corrected_bank_account
from service.usecases.evidence import RESOLVE
from service.usecases.learn_from_people import ask_to_learn
from service.usecases.reconcile_document import is_touchless
from service.usecases.settling import (
    OVERRIDDEN,
    REJECTED,
    check_override,
    closed_by,
    settle_on_record,
    settlement_detail,
)

_MAY = {
    DecisionKind.APPROVE: (UserRole.APPROVER,),
    DecisionKind.REJECT: (UserRole.REVIEWER, UserRole.APPROVER),
    DecisionKind.HOLD: (UserRole.REVIEWER, UserRole.APPROVER),
    DecisionKind.REOPEN: (UserRole.APPROVER,),
}
# How an approval or a rejection settles what was still open; reopening takes these back.
_APPROVED = "approved"


def decide(
    *,
    uow: UnitOfWork,
    books: Books,
    clock: Clock,
    policy: Policy,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    kind: DecisionKind,
    reason: str | None = None,
    held_until: datetime | None = None,
) -> Document:
    """The document after the decision, which is stored with what the person saw and the policy in force.

    VersionConflictError where it changed since ``version``; NotAllowedError, InvalidMoveError and UsageError with
    a sentence that says why not. Approving with a reason overrides the blocking exceptions that are open.
    """
    require_role(actor, f"{kind.value} documents", *_MAY[kind])
    reason = (reason or "").strip() or None
    if kind is DecisionKind.APPROVE:
        return _approve(uow, books, clock, policy, actor, document_id, version, reason)
    _check_terms(kind, reason, held_until, clock.now())
    with uow.write() as tx:
        document = at_version(tx, document_id, version)
        now = clock.now()
        decision = frozen_decision(
            tx,
            document,
            kind,
            actor=actor.id,
            at=now,
            policy_fingerprint=policy.fingerprint,
            reason=reason,
            held_until=held_until,
        )
        tx.decisions.add(decision)
        return _settle(tx, document, decision)


def resolve_exception(
    *,
    uow: UnitOfWork,
    clock: Clock,
    policy: Policy,
    actor: Actor,
    discrepancy_id: DiscrepancyId,
    resolution: str,
    reason: str | None = None,
) -> RaisedDiscrepancy:
    """Settle one open exception, "resolved" or, for ``resolution`` "dismissed", as not applying. The last one makes
    the document ``reconciled``, if its matches are certain enough and it isn't held.

    A blocking one needs an approver and a reason; UsageError or NotAllowedError otherwise. One that hangs on a record
    of the books moves no document.
    """
    require_role(actor, "resolve exceptions", UserRole.REVIEWER, UserRole.APPROVER)
    resolution = resolution.strip()
    reason = (reason or "").strip() or None
    if not resolution:
        raise UsageError("Say how the exception was resolved.")
    with uow.write() as tx:
        raised = tx.discrepancies.get(discrepancy_id)
        if raised.document_id is None:
            return settle_on_record(tx, raised.id, actor, clock.now(), resolution, reason)
        document = tx.documents.get(raised.document_id)
        if not raised.is_open:
            raise InvalidMoveError("This exception is settled already.")
        if not is_allowed(document.status, Move.APPROVE):
            raise InvalidMoveError("Exceptions are settled while the document waits for a decision.")
        check_override(actor, raised, reason)
        now = clock.now()
        closed = _close(tx, document, raised, actor.id, now, resolution, reason)
        _reconcile_if_settled(tx, document, actor, now, policy)
        return closed


def _reconcile_if_settled(tx: Transaction, document: Document, actor: Actor, at: datetime, policy: Policy) -> None:
    stored = tx.reconciliations.latest(document.id)
    if document.status is not DocumentStatus.IN_REVIEW or document.held_until is not None or stored is None:
        return
    open_ones = [raised.discrepancy.severity for raised in tx.discrepancies.of_document(document.id) if raised.is_open]
    if stored.revision == document.revision and is_touchless(stored.reconciliation, document.kind, open_ones, policy):
        advance(tx, replace(document, touchless=False), Move.RECONCILE, actor=actor.id, at=at)


def _close(
    tx: Transaction,
    document: Document,
    raised: RaisedDiscrepancy,
    actor: str,
    at: datetime,
    resolution: str,
    reason: str | None,
) -> RaisedDiscrepancy:
    closed = closed_by(raised, actor, at, resolution, reason)
    tx.discrepancies.save(closed)
    detail = {"exception": raised.id, **settlement_detail(closed)}
    record(tx, document, RESOLVE, actor=actor, at=at, detail=detail)
    return closed


def _approve(
    uow: UnitOfWork,
    books: Books,
    clock: Clock,
    policy: Policy,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    reason: str | None,
) -> Document:
    with uow.read() as tx:
        document = at_version(tx, document_id, version)
        status_after(document.status, Move.APPROVE)
        extraction, stored = tx.readings.latest(document_id), tx.reconciliations.latest(document_id)
    intent = intent_from_books(books, document, extraction, stored)
    with uow.write() as tx:
        document = at_version(tx, document_id, version)
        if corrected_bank_account(tx, document_id, actor):
            raise NotAllowedError("Who corrected the bank account can't approve the document.")
        now = clock.now()
        _settle_open(tx, document, actor, now, reason)
        decision = frozen_decision(
            tx,
            document,
            DecisionKind.APPROVE,
            actor=actor.id,
            at=now,
            policy_fingerprint=policy.fingerprint,
            reason=reason,
        )
        approved = approve(tx, document, intent, decision=decision, actor=actor.id, at=now)
        if extraction is not None:
            ask_to_learn(tx, approved, extraction, now)
        return approved


def _settle_open(tx: Transaction, document: Document, actor: Actor, at: datetime, reason: str | None) -> None:
    """The approval settles open warnings; blocking ones only with a reason."""
    open_ones = [raised for raised in tx.discrepancies.of_document(document.id) if raised.is_open]
    blocking = [raised for raised in open_ones if raised.discrepancy.severity is Severity.BLOCKING]
    if blocking and reason is None:
        codes = ", ".join(sorted({raised.discrepancy.code.value for raised in blocking}))
        raise InvalidMoveError(
            f"Blocking exceptions are open: {codes}.",
            advice="Resolve them, or approve with a reason, which overrides them.",
        )
    for raised in open_ones:
        if raised.discrepancy.severity is not Severity.INFO:
            resolution = OVERRIDDEN if raised in blocking else _APPROVED
            _close(tx, document, raised, actor.id, at, resolution, reason)


def _check_terms(kind: DecisionKind, reason: str | None, held_until: datetime | None, now: datetime) -> None:
    if kind is DecisionKind.REJECT and reason is None:
        raise UsageError("Rejecting a document needs a reason.")
    if kind is DecisionKind.HOLD and (held_until is None or held_until <= now):
        raise UsageError("Holding a document needs a time to come (held_until).")


def _settle(tx: Transaction, document: Document, decision: Decision) -> Document:
    if decision.kind is DecisionKind.REOPEN:
        _check_not_written(tx, document)
        _open_again(tx, tx.discrepancies.of_document(document.id))
        document = replace(document, write_status=None)
    if decision.kind is DecisionKind.REJECT:
        tx.lessons.forget(document.id)
        for raised in tx.discrepancies.of_document(document.id):
            if raised.is_open:
                _close(tx, document, raised, decision.actor, decision.decided_at, REJECTED, decision.reason)
    document = replace(document, held_until=decision.held_until)
    move = Move(decision.kind.value)
    return advance(tx, document, move, actor=decision.actor, at=decision.decided_at, detail=decision_detail(decision))


def _check_not_written(tx: Transaction, document: Document) -> None:
    """An approved document is reopened only while nothing was sent to Odoo: the answer may be on its way."""
    write = tx.writes.get(document.id, document.revision)
    if write is not None and write.state is WriteState.ATTEMPTED:
        raise InvalidMoveError("The bill is being written to Odoo.", advice="Try again when it is recorded.")


def _open_again(tx: Transaction, exceptions: Iterable[RaisedDiscrepancy]) -> None:
    """What the withdrawn decision had settled is open again."""
    for raised in exceptions:
        if raised.resolution in (_APPROVED, OVERRIDDEN, REJECTED):
            tx.discrepancies.save(
                replace(
                    raised,
                    status=ExceptionStatus.OPEN,
                    resolved_by=None,
                    resolved_at=None,
                    resolution=None,
                    reason=None,
                )
            )
