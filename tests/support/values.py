"""Whole domain values for tests: a document, its reading, what matching said of it, the bill it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from service.domain.codes import Code, Severity
from service.domain.decisions import Decision, DecisionKind, UserRole
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document, DocumentKind, PageSize
from service.domain.drafts import BillDraft, BillLineDraft
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Field, Provenance, Source, TaxBreakdown
from service.domain.geometry import Box
from service.domain.ids import DocumentId, UserId, new_id
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Evidence, LineMatch, Match, Reconciliation, Role
from service.domain.records import OrderLine, PurchaseOrder, RecordRef
from service.ports import StoredReconciliation, User

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ORDER = RecordRef("purchase.order", 7, "P00007")
VENDOR = RecordRef("res.partner", 11, "Nordlicht Handels GmbH")


def a_document(received_at: datetime = NOON, **changes: object) -> Document:
    """A received invoice."""
    document = Document(
        id=DocumentId(new_id()),
        status=DocumentStatus.RECEIVED,
        filename="Rechnung März.pdf",
        media_type="application/pdf",
        size=48_211,
        sha256="ab" * 32,
        received_at=received_at,
        source="web",
        kind=DocumentKind.SUPPLIER_INVOICE,
        kind_confidence=0.97,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def printed(value: str | Decimal | date | TaxBreakdown, raw: str = "") -> AnyField:
    """A value as read from the first page."""
    place = Provenance(Source.TEXT_LAYER, "label", 1, Box(72.0, 90.5, 140.25, 101.0))
    return Field(value, raw or str(value), 0.93, place)


def an_extraction(
    number: str = "RE-2026/004", seller: str = "Nordlicht Handels GmbH", total: str = "1190.00"
) -> Extraction:
    """The reading of an invoice with one line."""
    header: dict[str, tuple[AnyField, ...]] = {
        "invoice_number": (printed(number),),
        "seller_name": (printed(seller),),
        "seller_vat_id": (printed("DE136695976"),),
        "issue_date": (printed(date(2026, 2, 27), "27.02.2026"),),
        "currency": (printed("EUR"),),
        "grand_total": (printed(Decimal(total)),),
        "order_reference": (printed("P00007"), printed("2026-02-27", "2026-02-27")),
        "tax_breakdown": (printed(TaxBreakdown(Decimal(19), Decimal("1000.00"), Decimal("190.00"))),),
    }
    line = Line(MappingProxyType({"quantity": printed(Decimal("4.000")), "description": printed("Lampe, weiß")}))
    pages = (PageSize(595.0, 842.0),)
    return Extraction(DocumentKind.SUPPLIER_INVOICE, 0.97, pages, MappingProxyType(header), (line,))


def a_discrepancy(code: Code = Code.PRICE_VARIANCE, line: int | None = 1, **changes: object) -> Discrepancy:
    """A price that is too high."""
    discrepancy = Discrepancy(
        code=code,
        message="Line 1 costs 250.00, the order says 240.00.",
        severity=Severity.BLOCKING,
        line=line,
        expected="240.00",
        actual="250.00",
        difference=Decimal("10.00"),
        tolerance="0.01 or 1 %",
        odoo_refs=(ORDER,),
        money_at_risk=Decimal("40.00"),
    )
    return replace(discrepancy, **changes)  # type: ignore[arg-type]


def a_reconciliation(*discrepancies: Discrepancy) -> Reconciliation:
    """A vendor and an order that fit."""
    evidence = (Evidence("vat_id", "DE136695976", "DE136695976", 6.5), Evidence("name", None, "Nordlicht", -0.25))
    line = RecordRef("purchase.order.line", 21, "Lampe")
    return Reconciliation(
        matches=(Match(Role.VENDOR, VENDOR, 0.99, True, evidence), Match(Role.ORDER, ORDER, 0.95, True, ())),
        line_matches=(LineMatch(1, line, Decimal("4.000"), 0.9, evidence),),
        discrepancies=discrepancies,
    )


def a_stored_reconciliation(revision: int = 1, *discrepancies: Discrepancy) -> StoredReconciliation:
    """It with what it rests on."""
    return StoredReconciliation(revision, a_reconciliation(*discrepancies), NOON, "0123456789abcdef", NOON)


def an_order() -> PurchaseOrder:
    """A confirmed order of one line."""
    line = OrderLine(
        ref=RecordRef("purchase.order.line", 21, "Lampe"),
        product_id=5,
        description="Lampe",
        quantity=Decimal(4),
        unit_id=1,
        unit_price=Decimal("240.00"),
        discount_percent=Decimal(0),
        tax_ids=(2,),
        received=Decimal(4),
        invoiced=Decimal(0),
        net_amount=Decimal("960.00"),
    )
    return PurchaseOrder(
        ref=ORDER,
        partner_id=VENDOR.id,
        vendor_reference=None,
        state="purchase",
        currency="EUR",
        ordered_on=date(2026, 2, 1),
        net_amount=Decimal("960.00"),
        tax_amount=Decimal("182.40"),
        total_amount=Decimal("1142.40"),
        billing_status="to invoice",
        company_id=1,
        lines=(line,),
        changed_at=NOON,
    )


def a_draft(marker: str = "concord:1") -> BillDraft:
    """The bill that the invoice asks for."""
    line = BillLineDraft("Lampe", Decimal(4), Decimal("250.00"), Decimal(0), 5, 1, 21, (2,))
    return BillDraft(
        marker=marker,
        is_refund=False,
        partner_id=VENDOR.id,
        company_id=1,
        currency="EUR",
        vendor_reference="RE-2026/004",
        payment_reference=None,
        billed_on=date(2026, 2, 27),
        due_on=None,
        order_names=("P00007",),
        lines=(line,),
    )


def a_user(**changes: object) -> User:
    """Somebody who may review and approve."""
    roles = frozenset({UserRole.REVIEWER, UserRole.APPROVER})
    user = User(UserId("u1"), "Anna Ärmel", roles, "$argon2id$v=19$…", NOON)
    return replace(user, **changes)  # type: ignore[arg-type]


def a_decision(document_id: DocumentId, **changes: object) -> Decision:
    """A hold until the next day."""
    decision = Decision(
        document_id=document_id,
        revision=1,
        kind=DecisionKind.HOLD,
        actor="u1",
        decided_at=NOON,
        reason="Asked the vendor.",
        policy_fingerprint="0123456789abcdef",
        snapshot_digest="a" * 64,
        held_until=NOON + timedelta(days=1),
    )
    return replace(decision, **changes)  # type: ignore[arg-type]
