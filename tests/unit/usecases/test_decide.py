"""Decisions: who may, on what terms, and what is frozen with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from service.domain.codes import Code, Severity
from service.domain.decisions import Actor, DecisionKind
from service.domain.discrepancies import ExceptionStatus, RaisedDiscrepancy
from service.domain.documents import Document, DocumentKind
from service.domain.errors import (
    ConcordError,
    InvalidMoveError,
    NotAllowedError,
    UsageError,
    VersionConflictError,
)
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.policy import Policy
from service.usecases.correct_fields import Corrections, correct_fields
from service.usecases.decide import decide, resolve_exception
from service.usecases.view_document import view_document
from tests.support.matched import fill_books, matched
from tests.support.parts import ADMIN, APPROVER, AUDITOR, REVIEWER, UPLOADER, Parts
from tests.support.values import a_discrepancy, a_stored_reconciliation, an_extraction, an_order

_contents = (b"%%PDF %d" % number for number in count())


def decided(
    parts: Parts,
    document: Document,
    kind: DecisionKind,
    *,
    actor: Actor = APPROVER,
    reason: str | None = None,
    held_until: datetime | None = None,
    version: int | None = None,
) -> Document:
    return decide(
        uow=parts.uow,
        books=parts.books,
        clock=parts.clock,
        policy=Policy(),
        actor=actor,
        document_id=document.id,
        version=document.version if version is None else version,
        kind=kind,
        reason=reason,
        held_until=held_until,
    )


def settled(parts: Parts, document: Document) -> list[tuple[ExceptionStatus, str | None]]:
    with parts.uow.read() as tx:
        return [(raised.status, raised.resolution) for raised in tx.discrepancies.of_document(document.id)]


def only_exception(parts: Parts, document: Document) -> RaisedDiscrepancy:
    with parts.uow.read() as tx:
        (raised,) = tx.discrepancies.of_document(document.id)
    return raised


@pytest.fixture(autouse=True)
def _books(parts: Parts) -> None:
    fill_books(parts)


def test_approving_intends_the_bill_and_queues_its_write(parts: Parts) -> None:
    document = matched(parts, status=DocumentStatus.RECONCILED)
    after = decided(parts, document, DecisionKind.APPROVE)
    assert (after.status, after.write_status) == (DocumentStatus.APPROVED, WriteStatus.PENDING)
    view = view_document(uow=parts.uow, document_id=document.id)
    assert view.write is not None
    assert view.write.state is WriteState.INTENDED
    assert view.write.draft.marker == f"1-{document.id}"
    assert view.write.draft.lines[0].order_line_id == 21
    assert view.write.orders == (an_order(),)
    assert parts.claim(document, Stage.WRITE).revision == 1


def test_the_decision_freezes_what_was_seen(parts: Parts) -> None:
    document = matched(parts)
    decided(parts, document, DecisionKind.APPROVE)
    view = view_document(uow=parts.uow, document_id=document.id)
    (decision,) = view.decisions
    assert (decision.actor, decision.policy_fingerprint) == (APPROVER.id, Policy().fingerprint)
    assert view.events[-1].detail["snapshot"] == decision.snapshot_digest
    other = matched(parts, content=b"%PDF other", reading=an_extraction(total="1190.01"))
    decided(parts, other, DecisionKind.REJECT, reason="no")
    (second,) = view_document(uow=parts.uow, document_id=other.id).decisions
    assert second.snapshot_digest != decision.snapshot_digest


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (DecisionKind.APPROVE, {APPROVER}),
        (DecisionKind.REJECT, {APPROVER, REVIEWER}),
        (DecisionKind.HOLD, {APPROVER, REVIEWER}),
        (DecisionKind.REOPEN, {APPROVER}),
    ],
)
def test_each_decision_needs_its_role(parts: Parts, kind: DecisionKind, allowed: set[Actor]) -> None:
    tomorrow = parts.clock.now() + timedelta(days=1)
    for actor in (UPLOADER, REVIEWER, APPROVER, AUDITOR, ADMIN):
        document = matched(parts, content=next(_contents))
        if kind is DecisionKind.REOPEN:
            document = decided(parts, document, DecisionKind.REJECT, reason="no")
        try:
            decided(parts, document, kind, actor=actor, reason="because", held_until=tomorrow)
        except NotAllowedError:
            assert actor not in allowed
        else:
            assert actor in allowed


@pytest.mark.parametrize(
    ("kind", "reason", "held_for"),
    [
        (DecisionKind.REJECT, None, None),
        (DecisionKind.REJECT, "  ", None),
        (DecisionKind.HOLD, "ask the buyer", None),
        (DecisionKind.HOLD, "ask the buyer", timedelta(0)),
    ],
)
def test_what_a_decision_lacks_is_said(
    parts: Parts, kind: DecisionKind, reason: str | None, held_for: timedelta | None
) -> None:
    until = None if held_for is None else parts.clock.now() + held_for
    with pytest.raises(UsageError):
        decided(parts, matched(parts), kind, reason=reason, held_until=until)


def test_another_version_is_a_conflict(parts: Parts) -> None:
    document = matched(parts)
    for kind in (DecisionKind.APPROVE, DecisionKind.REJECT):
        with pytest.raises(VersionConflictError):
            decided(parts, document, kind, version=document.version - 1, reason="no")


def test_hold_keeps_it_in_review_until_then(parts: Parts) -> None:
    until = parts.clock.now() + timedelta(days=3)
    held = decided(
        parts, matched(parts, status=DocumentStatus.RECONCILED), DecisionKind.HOLD, reason="?", held_until=until
    )
    assert (held.status, held.held_until) == (DocumentStatus.IN_REVIEW, until)
    assert decided(parts, held, DecisionKind.APPROVE).held_until is None


def test_open_blocking_exceptions_stop_an_approval_without_a_reason(parts: Parts) -> None:
    document = matched(parts, a_discrepancy())
    with pytest.raises(InvalidMoveError, match="PRICE_VARIANCE"):
        decided(parts, document, DecisionKind.APPROVE)
    assert parts.load(document).status is DocumentStatus.IN_REVIEW


def test_a_reason_overrides_them_and_is_kept(parts: Parts) -> None:
    document = matched(parts, a_discrepancy())
    decided(parts, document, DecisionKind.APPROVE, reason="agreed by phone")
    raised = only_exception(parts, document)
    assert (raised.status, raised.reason) == (ExceptionStatus.DISMISSED, "agreed by phone")
    assert parts.actions(document)[-2:] == ["resolve_exception", "approve"]


def test_warnings_need_just_the_approval(parts: Parts) -> None:
    warning = a_discrepancy(Code.PO_MISSING, None, severity=Severity.WARNING)
    note = a_discrepancy(Code.PRICE_VARIANCE, 2, severity=Severity.INFO)
    document = matched(parts, warning, note)
    decided(parts, document, DecisionKind.APPROVE)
    assert settled(parts, document) == [(ExceptionStatus.OPEN, None), (ExceptionStatus.RESOLVED, "approved")]


def test_reopening_takes_back_what_the_approval_settled(parts: Parts) -> None:
    document = matched(parts, a_discrepancy())
    approved = decided(parts, document, DecisionKind.APPROVE, reason="agreed")
    reopened = decided(parts, approved, DecisionKind.REOPEN)
    assert (reopened.status, reopened.write_status) == (DocumentStatus.IN_REVIEW, None)
    assert settled(parts, document) == [(ExceptionStatus.OPEN, None)]


def test_a_write_under_way_cannot_be_called_back(parts: Parts) -> None:
    approved = decided(parts, matched(parts), DecisionKind.APPROVE)
    with parts.uow.write() as tx:
        write = tx.writes.latest(approved.id)
        assert write is not None
        tx.writes.put(replace(write, state=WriteState.ATTEMPTED, attempted_at=parts.clock.now()))
    with pytest.raises(InvalidMoveError, match="being written"):
        decided(parts, approved, DecisionKind.REOPEN)


def test_who_corrected_the_bank_account_cannot_approve(parts: Parts) -> None:
    both = Actor("u-both", "Bea", REVIEWER.roles | APPROVER.roles)
    document = matched(parts)
    corrected = correct_fields(
        uow=parts.uow,
        clock=parts.clock,
        actor=both,
        document_id=document.id,
        version=document.version,
        corrections=Corrections({"iban": "DE02120300000000202051", "currency": "EUR"}),
    )
    again = _matched_again(parts, corrected)
    with pytest.raises(NotAllowedError, match="bank account"):
        decided(parts, again, DecisionKind.APPROVE, actor=both)
    assert decided(parts, again, DecisionKind.APPROVE).status is DocumentStatus.APPROVED


def _matched_again(parts: Parts, document: Document) -> Document:
    with parts.uow.write() as tx:
        tx.reconciliations.put(document.id, a_stored_reconciliation(document.revision), frozenset())
        return tx.documents.save(replace(document, status=DocumentStatus.IN_REVIEW))


def test_only_what_was_matched_as_it_is_now_is_approved(parts: Parts) -> None:
    document = matched(parts)
    with parts.uow.write() as tx:
        later = tx.documents.save(replace(document, revision=2))
    with pytest.raises(InvalidMoveError, match="matched"):
        decided(parts, later, DecisionKind.APPROVE)


def test_what_is_no_invoice_never_becomes_a_bill(parts: Parts) -> None:
    document = matched(parts, reading=replace(an_extraction(), kind=DocumentKind.OTHER))
    with pytest.raises(UsageError, match="becomes nothing in Odoo"):
        decided(parts, document, DecisionKind.APPROVE)


def test_what_the_bill_lacks_is_named(parts: Parts) -> None:
    reading = an_extraction()
    bare = replace(reading, fields={name: entry for name, entry in reading.fields.items() if name != "issue_date"})
    with pytest.raises(UsageError, match="issue date"):
        decided(parts, matched(parts, reading=bare), DecisionKind.APPROVE)


def test_a_copy_is_not_approved_unmatched(parts: Parts) -> None:
    matched(parts)
    (copy,) = parts.receive(b"%PDF one")
    with pytest.raises(InvalidMoveError):
        decided(parts, copy, DecisionKind.APPROVE, reason="pay twice")


def test_rejected_is_a_persons_word_and_can_be_reopened(parts: Parts) -> None:
    rejected = decided(parts, matched(parts), DecisionKind.REJECT, actor=REVIEWER, reason="not ours")
    assert rejected.status is DocumentStatus.REJECTED
    with pytest.raises(InvalidMoveError):
        decided(parts, rejected, DecisionKind.APPROVE)
    assert decided(parts, rejected, DecisionKind.REOPEN).status is DocumentStatus.IN_REVIEW


def resolved(parts: Parts, raised: RaisedDiscrepancy, actor: Actor, resolution: str, reason: str | None) -> str:
    try:
        after = resolve_exception(
            uow=parts.uow,
            clock=parts.clock,
            policy=Policy(),
            actor=actor,
            discrepancy_id=raised.id,
            resolution=resolution,
            reason=reason,
        )
    except ConcordError as error:
        return type(error).__name__
    return after.status.value


@pytest.mark.parametrize(
    ("severity", "actor", "reason", "outcome"),
    [
        (Severity.WARNING, REVIEWER, None, "resolved"),
        (Severity.WARNING, APPROVER, "checked", "resolved"),
        (Severity.WARNING, UPLOADER, "checked", "NotAllowedError"),
        (Severity.WARNING, AUDITOR, "checked", "NotAllowedError"),
        (Severity.BLOCKING, REVIEWER, "checked", "NotAllowedError"),
        (Severity.BLOCKING, APPROVER, None, "UsageError"),
        (Severity.BLOCKING, APPROVER, "checked", "resolved"),
    ],
)
def test_who_may_settle_an_exception(
    parts: Parts, severity: Severity, actor: Actor, reason: str | None, outcome: str
) -> None:
    document = matched(parts, a_discrepancy(severity=severity))
    assert resolved(parts, only_exception(parts, document), actor, "asked the buyer", reason) == outcome


def test_an_exception_is_settled_once_and_can_be_dismissed(parts: Parts) -> None:
    document = matched(parts, a_discrepancy(severity=Severity.WARNING))
    raised = only_exception(parts, document)
    assert resolved(parts, raised, REVIEWER, " ", None) == "UsageError"
    assert resolved(parts, raised, REVIEWER, "dismissed", None) == "dismissed"
    assert resolved(parts, raised, REVIEWER, "again", None) == "InvalidMoveError"
    assert parts.actions(document)[-2:] == ["resolve_exception", "reconcile"]


def test_the_last_exception_settled_makes_it_reconciled_but_not_touchless(parts: Parts) -> None:
    document = matched(parts, a_discrepancy(severity=Severity.WARNING), a_discrepancy(Code.UNMATCHED_LINE, 2))
    with parts.uow.read() as tx:
        blocking, warning = tx.discrepancies.of_document(document.id)
    resolved(parts, warning, REVIEWER, "asked the buyer", None)
    assert parts.load(document).status is DocumentStatus.IN_REVIEW
    resolved(parts, blocking, APPROVER, "asked the buyer", "he ordered it")
    after = parts.load(document)
    assert (after.status, after.touchless) == (DocumentStatus.RECONCILED, False)
    assert decided(parts, after, DecisionKind.APPROVE).status is DocumentStatus.APPROVED


def test_a_held_document_stays_in_review_when_its_last_exception_is_settled(parts: Parts) -> None:
    document = matched(parts, a_discrepancy(severity=Severity.WARNING))
    until = parts.clock.now() + timedelta(days=1)
    decided(parts, document, DecisionKind.HOLD, held_until=until)
    resolved(parts, only_exception(parts, document), REVIEWER, "asked the buyer", None)
    assert parts.load(document).status is DocumentStatus.IN_REVIEW


def test_a_rejection_closes_what_was_open_and_reopening_opens_it_again(parts: Parts) -> None:
    document = matched(parts, a_discrepancy())
    rejected = decided(parts, document, DecisionKind.REJECT, actor=REVIEWER, reason="not ours")
    assert settled(parts, document) == [(ExceptionStatus.DISMISSED, "rejected")]
    with parts.uow.read() as tx:
        assert tx.discrepancies.open_by_code() == {}
    decided(parts, rejected, DecisionKind.REOPEN)
    assert settled(parts, document) == [(ExceptionStatus.OPEN, None)]


def test_exceptions_of_a_settled_document_stay(parts: Parts) -> None:
    document = matched(parts, a_discrepancy(severity=Severity.WARNING))
    decided(parts, document, DecisionKind.REJECT, reason="not ours")
    assert resolved(parts, only_exception(parts, document), REVIEWER, "late", None) == "InvalidMoveError"
