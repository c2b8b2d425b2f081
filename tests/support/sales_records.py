"""Records of sales and money for tests, each whole and with a few values changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from service.domain.records import (
    Bill,
    BillLine,
    Movement,
    Payment,
    Receipt,
    RecordRef,
    Repair,
    SaleOrder,
    SaleOrderLine,
    Serial,
    StatementLine,
)
from tests.support.records import MORNING, a_bill


def a_sale_order(number: int, partner_id: int, **changes: Any) -> SaleOrder:
    """A confirmed order of one piece at fifty; its line bears the number ten times as high."""
    line = SaleOrderLine(
        ref=RecordRef("sale.order.line", number * 10, "Product 1"),
        product_id=1,
        description="Product 1",
        quantity=Decimal(1),
        unit_id=1,
        unit_price=Decimal("50.00"),
        discount_percent=Decimal(0),
        tax_ids=(1,),
        delivered=Decimal(1),
        invoiced=Decimal(1),
        net_amount=Decimal("50.00"),
    )
    order = SaleOrder(
        ref=RecordRef("sale.order", number, f"S{number:05d}"),
        partner_id=partner_id,
        customer_reference=None,
        state="sale",
        currency="EUR",
        ordered_on=date(2026, 2, 1),
        net_amount=Decimal("50.00"),
        total_amount=Decimal("59.50"),
        company_id=1,
        lines=(line,),
        changed_at=MORNING,
    )
    return replace(order, **changes)


def a_delivery(number: int, sale_order_id: int | None, *serial_ids: int, **changes: Any) -> Receipt:
    """A piece that left the house; its movement bears the number ten times as high."""
    movement = Movement(
        ref=RecordRef("stock.move", number * 10, "Product 1"),
        product_id=1,
        quantity=Decimal(1),
        serial_ids=serial_ids,
        order_line_id=None if sale_order_id is None else sale_order_id * 10,
        returned_movement_id=None,
        to_refund=False,
    )
    delivery = Receipt(
        ref=RecordRef("stock.picking", number, f"WH/OUT/{number}"),
        order_id=None,
        partner_id=None,
        state="done",
        done_at=MORNING,
        changed_at=MORNING,
        sale_order_id=sale_order_id,
        is_outgoing=True,
        movements=(movement,),
    )
    return replace(delivery, **changes)


def an_invoice(number: int, partner_id: int, *sale_line_ids: int, **changes: Any) -> Bill:
    """A customer's posted invoice of one line."""
    line = BillLine(
        ref=RecordRef("account.move.line", number * 10, "Product 1"),
        product_id=1,
        description="Product 1",
        quantity=Decimal(1),
        unit_price=Decimal("50.00"),
        net_amount=Decimal("50.00"),
        order_line_id=None,
        sale_line_ids=sale_line_ids,
    )
    ref = RecordRef("account.move", number, f"INV/2026/{number:05d}")
    invoice = replace(a_bill(number, partner_id, ""), ref=ref, vendor_reference=None, is_sale=True, lines=(line,))
    return replace(invoice, **changes)


def a_serial(number: int, text: str, product_id: int = 1) -> Serial:
    """A numbered piece."""
    return Serial(RecordRef("stock.lot", number, text), text, product_id, MORNING)


def a_repair(number: int, serial_id: int | None, sale_order_id: int | None = None) -> Repair:
    """A repair under warranty."""
    ref = RecordRef("repair.order", number, f"WH/RO/{number}")
    return Repair(ref, "done", 1, 1, serial_id, sale_order_id, None, True, None, MORNING)


def a_payment(number: int, partner_id: int | None, *bill_ids: int, **changes: Any) -> Payment:
    """What we paid."""
    payment = Payment(
        ref=RecordRef("account.payment", number, f"PBNK1/2026/{number:05d}"),
        is_outgoing=True,
        state="posted",
        partner_id=partner_id,
        amount=Decimal("119.00"),
        currency="EUR",
        paid_on=date(2026, 2, 25),
        reference=None,
        bill_ids=bill_ids,
        statement_line_ids=(),
        company_id=1,
        changed_at=MORNING,
    )
    return replace(payment, **changes)


def a_statement_line(number: int, text: str, **changes: Any) -> StatementLine:
    """What left the account, not allocated."""
    line = StatementLine(
        ref=RecordRef("account.bank.statement.line", number, f"BNK1/2026/{number:05d}"),
        amount=Decimal("-119.00"),
        currency="EUR",
        booked_on=date(2026, 2, 26),
        payment_reference=text,
        partner_id=None,
        partner_name=None,
        account_number=None,
        is_matched=False,
        bill_ids=(),
        company_id=1,
        changed_at=MORNING,
    )
    return replace(line, **changes)
