"""Documents that were matched already, with the books that they were matched with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document, DocumentKind
from service.domain.extraction import Extraction
from service.domain.lifecycle import DocumentStatus
from service.domain.records import Company, Partner, Product, RecordRef, Tax, Unit
from service.ports import StoredReconciliation
from tests.support.parts import Parts
from tests.support.values import NOON, VENDOR, a_stored_reconciliation, an_extraction, an_order


def fill_books(parts: Parts) -> None:
    """One company, the vendor, a product and the order of ``tests.support.values``."""
    company = Company(RecordRef("res.company", 1, "Haus & Hof GmbH"), "DE811907980", "EUR", 1, NOON)
    vendor = Partner(
        ref=VENDOR,
        vat_id="DE136695976",
        email="rechnung@nordlicht.example",
        reference=None,
        is_company=True,
        is_vendor=True,
        active=True,
        parent_id=None,
        company_id=None,
        country="DE",
        changed_at=NOON,
    )
    product = Product(
        ref=RecordRef("product.product", 5, "Lampe"),
        template_id=5,
        code="L-1",
        barcode=None,
        name="Lampe",
        is_service=False,
        bill_on="receive",
        unit_id=1,
        active=True,
        changed_at=NOON,
    )
    unit = Unit(RecordRef("uom.uom", 1, "Units"), 1, Decimal(1), NOON)
    tax = Tax(RecordRef("account.tax", 2, "19 %"), Decimal(19), True, False, True, 1, NOON)
    parts.books.store([company, vendor, product, unit, tax, an_order()])
    parts.books.set_as_of(NOON)


def matched(
    parts: Parts,
    *found: Discrepancy,
    status: DocumentStatus = DocumentStatus.IN_REVIEW,
    reading: Extraction | None = None,
    content: bytes = b"%PDF one",
) -> Document:
    """A document that was read and matched, with these exceptions open."""
    reading = an_extraction() if reading is None else reading
    (document,) = parts.receive(content)
    with parts.uow.write() as tx:
        tx.readings.put(document.id, 1, reading)
        tx.reconciliations.put(document.id, _stored(*found), frozenset())
        tx.discrepancies.replace(document.id, found, parts.clock.now())
        return tx.documents.save(replace(document, status=status, kind=DocumentKind.SUPPLIER_INVOICE))


def _stored(*found: Discrepancy) -> StoredReconciliation:
    stored = a_stored_reconciliation(1, *found)
    return replace(stored, reconciliation=replace(stored.reconciliation, orders=(an_order(),)))
