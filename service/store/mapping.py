"""Rows to domain values and back. Nested values are JSON by ``service.domain.codec``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row

from service.domain.audit import AuditEvent
from service.domain.codec import decode, encode
from service.domain.decisions import Decision, DecisionKind, UserRole
from service.domain.discrepancies import Discrepancy, ExceptionStatus, Finding, RaisedDiscrepancy
from service.domain.documents import Document, DocumentKind, Failure
from service.domain.drafts import Draft
from service.domain.extraction import Extraction
from service.domain.ids import DiscrepancyId, DocumentId, JobId, UserId
from service.domain.jobs import Job, JobState, Stage, WriteState
from service.domain.keys import fold, reference_key
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.matching import Reconciliation
from service.domain.page_ranges import PageRange
from service.domain.records import PurchaseOrder, RecordRef, SaleOrder
from service.ports import OdooWrite, StoredReconciliation, User

Columns = Mapping[str, object]
LONGEST_KEY = 255  # characters; PostgreSQL can't index a text of some kilobytes
AnyRow = Row[Any]
T = TypeVar("T")
_NUMBERS = ("invoice_number", "return_number", "claim_number")


def document_columns(document: Document) -> Columns:
    """A document's row."""
    return {
        "id": document.id,
        "status": document.status.value,
        "filename": document.filename,
        "filename_folded": fold(document.filename),
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "received_at": document.received_at,
        "source": document.source,
        "kind": document.kind.value,
        "kind_confidence": document.kind_confidence,
        "kind_hint": document.kind_hint.value if document.kind_hint else None,
        "source_ref": document.source_ref,
        "uploaded_by": document.uploaded_by,
        "duplicate_of": document.duplicate_of,
        "revision": document.revision,
        "version": document.version,
        "write_status": document.write_status.value if document.write_status else None,
        "waiting_reason": document.waiting_reason,
        "held_until": document.held_until,
        "failure": encode(document.failure, Failure) if document.failure else None,
        "touchless": document.touchless,
        "part_of": document.part_of,
        "page_from": document.pages.first if document.pages else None,
        "page_to": document.pages.last if document.pages else None,
        "parts": None if document.parts is None else encode(document.parts, tuple[PageRange, ...]),
    }


def document_of(row: AnyRow) -> Document:
    """The document of a row that has (at least) the table's columns."""
    return Document(
        id=DocumentId(row.id),
        status=DocumentStatus(row.status),
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        received_at=row.received_at,
        source=row.source,
        kind=DocumentKind(row.kind),
        kind_confidence=row.kind_confidence,
        kind_hint=DocumentKind(row.kind_hint) if row.kind_hint else None,
        source_ref=row.source_ref,
        uploaded_by=UserId(row.uploaded_by) if row.uploaded_by else None,
        duplicate_of=DocumentId(row.duplicate_of) if row.duplicate_of else None,
        revision=row.revision,
        version=row.version,
        write_status=WriteStatus(row.write_status) if row.write_status else None,
        waiting_reason=row.waiting_reason,
        held_until=row.held_until,
        failure=decode(Failure, row.failure) if row.failure else None,
        touchless=row.touchless,
        part_of=DocumentId(row.part_of) if row.part_of else None,
        pages=PageRange(row.page_from, row.page_to) if row.part_of else None,
        parts=None if row.parts is None else decode(tuple[PageRange, ...], row.parts),
    )


def summary_columns(extraction: Extraction) -> Columns:
    """What lists show and search of a reading."""
    seller, number = extraction.text("seller_name"), _first(extraction.text, _NUMBERS)
    customer = _first(extraction.text, ("customer_name", "sender_name"))
    return {
        "seller_name": seller,
        "seller_vat_id": extraction.text("seller_vat_id"),
        "invoice_number": number,
        "reference_key": reference_key(number)[:LONGEST_KEY] if number else None,
        "issue_date": _first(extraction.day, ("issue_date", "request_date", "claim_date")),
        "grand_total": _first(extraction.amount, ("grand_total", "refund_amount", "claimed_amount")),
        "currency": extraction.text("currency"),
        "seller_folded": fold(seller or ""),
        "number_folded": fold(number or ""),
        "customer_name": customer,
        "customer_folded": fold(customer or ""),
    }


def _first(read: Callable[[str], T | None], names: tuple[str, ...]) -> T | None:
    """The first value that there is: every kind calls its number, date and total something else."""
    return next((value for name in names if (value := read(name)) is not None), None)


def reconciliation_columns(document_id: DocumentId, stored: StoredReconciliation) -> Columns:
    """A reconciliation's row."""
    return {
        "document_id": document_id,
        "revision": stored.revision,
        "reconciliation": encode(stored.reconciliation),
        "books_as_of": stored.books_as_of,
        "policy_fingerprint": stored.policy_fingerprint,
        "at": stored.at,
    }


def reconciliation_of(row: AnyRow) -> StoredReconciliation:
    """The reconciliation of a row."""
    return StoredReconciliation(
        revision=row.revision,
        reconciliation=decode(Reconciliation, row.reconciliation),
        books_as_of=row.books_as_of,
        policy_fingerprint=row.policy_fingerprint,
        at=row.at,
    )


def raised_columns(raised: RaisedDiscrepancy) -> Columns:
    """A raised discrepancy's row."""
    subject = raised.subject
    return {
        "id": raised.id,
        "document_id": raised.document_id,
        "code": raised.discrepancy.code.value,
        "severity": raised.discrepancy.severity.value,
        "status": raised.status.value,
        "discrepancy": encode(raised.discrepancy),
        "raised_at": raised.raised_at,
        "assignee": raised.assignee,
        "due_at": raised.due_at,
        "resolved_by": raised.resolved_by,
        "resolved_at": raised.resolved_at,
        "resolution": raised.resolution,
        "reason": raised.reason,
        "identity": None if subject is None else identity_text(Finding(subject, raised.discrepancy)),
        "subject": None if subject is None else encode(subject, RecordRef),
        "currency": raised.currency,
        "party": raised.party,
        "party_folded": fold(raised.party or ""),
    }


def identity_text(found: Finding) -> str:
    """What makes two findings of successive runs the same, as one text."""
    return ":".join(str(part or "") for part in found.identity)


def raised_of(row: AnyRow) -> RaisedDiscrepancy:
    """The raised discrepancy of a row."""
    return RaisedDiscrepancy(
        id=DiscrepancyId(row.id),
        document_id=DocumentId(row.document_id) if row.document_id else None,
        discrepancy=decode(Discrepancy, row.discrepancy),
        status=ExceptionStatus(row.status),
        raised_at=row.raised_at,
        assignee=row.assignee,
        due_at=row.due_at,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
        resolution=row.resolution,
        reason=row.reason,
        subject=decode(RecordRef, row.subject) if row.subject else None,
        currency=row.currency,
        party=row.party,
    )


def decision_columns(decision: Decision) -> Columns:
    """A decision's row, but its number."""
    return {
        "document_id": decision.document_id,
        "revision": decision.revision,
        "kind": decision.kind.value,
        "actor": decision.actor,
        "decided_at": decision.decided_at,
        "reason": decision.reason,
        "policy_fingerprint": decision.policy_fingerprint,
        "snapshot_digest": decision.snapshot_digest,
        "held_until": decision.held_until,
    }


def decision_of(row: AnyRow) -> Decision:
    """The decision of a row."""
    return Decision(
        document_id=DocumentId(row.document_id),
        revision=row.revision,
        kind=DecisionKind(row.kind),
        actor=row.actor,
        decided_at=row.decided_at,
        reason=row.reason,
        policy_fingerprint=row.policy_fingerprint,
        snapshot_digest=row.snapshot_digest,
        held_until=row.held_until,
    )


def job_of(row: AnyRow) -> Job:
    """The job of a row."""
    return Job(
        id=JobId(row.id),
        stage=Stage(row.stage),
        subject=row.subject,
        revision=row.revision,
        state=JobState(row.state),
        attempts=row.attempts,
        token=row.token,
        leased_until=row.leased_until,
        run_after=row.run_after,
        last_error=row.last_error,
    )


def event_columns(event: AuditEvent) -> Columns:
    """An audit event's row."""
    return {
        "subject": event.subject,
        "sequence": event.sequence,
        "at": event.at,
        "actor": event.actor,
        "action": event.action,
        "detail": dict(event.detail),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def event_of(row: AnyRow) -> AuditEvent:
    """The audit event of a row."""
    return AuditEvent(
        subject=row.subject,
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        action=row.action,
        detail=row.detail,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def user_columns(user: User) -> Columns:
    """A person's row."""
    return {
        "id": user.id,
        "name": user.name,
        "roles": sorted(role.value for role in user.roles),
        "password_hash": user.password_hash,
        "created_at": user.created_at,
        "active": user.active,
    }


def user_of(row: AnyRow) -> User:
    """The person of a row."""
    return User(
        id=UserId(row.id),
        name=row.name,
        roles=frozenset(UserRole(role) for role in row.roles),
        password_hash=row.password_hash,
        created_at=row.created_at,
        active=row.active,
    )


def write_columns(write: OdooWrite) -> Columns:
    """An intended write's row."""
    return {
        "document_id": write.document_id,
        "revision": write.revision,
        "draft": encode(write.draft, Draft),
        "orders": encode(write.orders, tuple[PurchaseOrder, ...]),
        "sale_orders": encode(write.sale_orders, tuple[SaleOrder, ...]),
        "state": write.state.value,
        "attempted_at": write.attempted_at,
        "outcome": encode(write.outcome, RecordRef) if write.outcome else None,
        "further": encode(write.further, tuple[RecordRef, ...]),
        "error": write.error,
    }


def write_of(row: AnyRow) -> OdooWrite:
    """The intended write of a row."""
    return OdooWrite(
        document_id=DocumentId(row.document_id),
        revision=row.revision,
        draft=_draft_of(row.draft),
        orders=decode(tuple[PurchaseOrder, ...], row.orders),
        state=WriteState(row.state),
        attempted_at=row.attempted_at,
        outcome=decode(RecordRef, row.outcome) if row.outcome else None,
        error=row.error,
        sale_orders=decode(tuple[SaleOrder, ...], row.sale_orders),
        further=decode(tuple[RecordRef, ...], row.further),
    )


def _draft_of(stored: object) -> Draft:
    """The draft of its JSON, which names its kind."""
    return decode(_StoredDraft, {"draft": stored}).draft


@dataclass(frozen=True, slots=True)
class _StoredDraft:
    """A union is only decoded as the declared type of a field."""

    draft: Draft
