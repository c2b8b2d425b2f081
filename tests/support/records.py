"""Records of the books for tests, each whole and with a few values changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from service.domain.records import (
    BankAccount,
    Bill,
    Company,
    OrderLine,
    Partner,
    Product,
    PurchaseOrder,
    Receipt,
    RecordRef,
    Tax,
    Unit,
    VendorCode,
)

MORNING = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


def a_company(number: int = 1, **changes: Any) -> Company:
    """Our own company."""
    ref = RecordRef("res.company", number, "Kontor Handel GmbH")
    return replace(Company(ref, "DE111111125", "EUR", 1, MORNING), **changes)


def a_partner(number: int, name: str, **changes: Any) -> Partner:
    """A vendor."""
    partner = Partner(
        ref=RecordRef("res.partner", number, name),
        vat_id=None,
        email=None,
        reference=None,
        is_company=True,
        is_vendor=True,
        active=True,
        parent_id=None,
        company_id=None,
        country="DE",
        changed_at=MORNING,
    )
    return replace(partner, **changes)


def an_account(number: int, partner_id: int, iban: str) -> BankAccount:
    """A partner's bank account."""
    return BankAccount(RecordRef("res.partner.bank", number, iban), partner_id, iban, MORNING)


def a_product(number: int, code: str | None = None, **changes: Any) -> Product:
    """A product whose template bears the number a thousand higher."""
    product = Product(
        ref=RecordRef("product.product", number, f"Product {number}"),
        template_id=number + 1000,
        code=code,
        barcode=None,
        name=f"Product {number}",
        is_service=False,
        bill_on="receive",
        unit_id=1,
        active=True,
        changed_at=MORNING,
    )
    return replace(product, **changes)


def a_vendor_code(number: int, partner_id: int, product_number: int, code: str) -> VendorCode:
    """What a vendor calls a product's template."""
    ref = RecordRef("product.supplierinfo", number, code)
    return VendorCode(ref, partner_id, product_number + 1000, None, code, None, Decimal("9.90"), MORNING)


def an_order_line(number: int, product_id: int = 1, **changes: Any) -> OrderLine:
    """Ten pieces at ten."""
    line = OrderLine(
        ref=RecordRef("purchase.order.line", number, f"Product {product_id}"),
        product_id=product_id,
        description=f"Product {product_id}",
        quantity=Decimal(10),
        unit_id=1,
        unit_price=Decimal("10.00"),
        discount_percent=Decimal(0),
        tax_ids=(1,),
        received=Decimal(0),
        invoiced=Decimal(0),
        net_amount=Decimal("100.00"),
    )
    return replace(line, **changes)


def an_order(number: int, partner_id: int, **changes: Any) -> PurchaseOrder:
    """A confirmed order of one line, which bears the number ten times as high."""
    order = PurchaseOrder(
        ref=RecordRef("purchase.order", number, f"P{number:05d}"),
        partner_id=partner_id,
        vendor_reference=None,
        state="purchase",
        currency="EUR",
        ordered_on=date(2026, 2, 1),
        net_amount=Decimal("100.00"),
        tax_amount=Decimal("19.00"),
        total_amount=Decimal("119.00"),
        billing_status="to invoice",
        company_id=1,
        lines=(an_order_line(number * 10),),
        changed_at=MORNING,
    )
    return replace(order, **changes)


def a_receipt(number: int, order_id: int) -> Receipt:
    """Goods that arrived."""
    return Receipt(RecordRef("stock.picking", number, f"WH/IN/{number}"), order_id, None, "done", MORNING, MORNING)


def a_bill(number: int, partner_id: int, reference: str, **changes: Any) -> Bill:
    """A posted bill."""
    bill = Bill(
        ref=RecordRef("account.move", number, f"BILL/2026/{number}"),
        is_refund=False,
        state="posted",
        partner_id=partner_id,
        vendor_reference=reference,
        payment_reference=None,
        origin=None,
        billed_on=date(2026, 2, 20),
        currency="EUR",
        net_amount=Decimal("100.00"),
        total_amount=Decimal("119.00"),
        payment_state="not_paid",
        company_id=1,
        order_line_ids=(),
        changed_at=MORNING,
    )
    return replace(bill, **changes)


def a_unit() -> Unit:
    """Pieces."""
    return Unit(RecordRef("uom.uom", 1, "Units"), 1, Decimal(1), MORNING)


def a_tax() -> Tax:
    """The usual purchase tax."""
    return Tax(RecordRef("account.tax", 1, "19%"), Decimal(19), True, False, True, 1, MORNING)
