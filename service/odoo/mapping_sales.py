"""Rows of Odoo 17 to records of sales and money: orders, serial numbers, repairs, payments, statements. All pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from service.domain.records import (
    Payment,
    RecordKind,
    RecordRef,
    Repair,
    SaleOrder,
    SaleOrderLine,
    Serial,
    StatementLine,
)
from service.odoo.values import (
    Row,
    changed_at,
    first_line,
    link_name,
    ref_of,
    required_id,
    to_account,
    to_day,
    to_id,
    to_ids,
    to_number,
    to_plain_text,
    to_text,
)


def sale_order(row: Row, lines: Iterable[Row]) -> SaleOrder:
    """From sale.order and its sale.order.line rows, sections and notes left out."""
    ordered = sorted(lines, key=lambda line: (line["sequence"] or 0, line["id"]))
    return SaleOrder(
        ref=ref_of(RecordKind.SALE_ORDER, row, row["name"]),
        partner_id=required_id(row["partner_id"]),
        customer_reference=to_text(row["client_order_ref"]),
        state=str(row["state"]),
        currency=link_name(row["currency_id"]),
        ordered_on=to_day(row["date_order"]),
        net_amount=to_number(row["amount_untaxed"]),
        total_amount=to_number(row["amount_total"]),
        company_id=required_id(row["company_id"]),
        lines=tuple(_sale_order_line(line) for line in ordered if not line["display_type"]),
        changed_at=changed_at(row, *ordered),
    )


def _sale_order_line(row: Row) -> SaleOrderLine:
    return SaleOrderLine(
        ref=RecordRef("sale.order.line", int(row["id"]), first_line(row["name"])),
        product_id=to_id(row["product_id"]),
        description=str(row["name"] or ""),
        quantity=to_number(row["product_uom_qty"]),
        unit_id=to_id(row["product_uom"]),
        unit_price=to_number(row["price_unit"]),
        discount_percent=to_number(row["discount"]),
        tax_ids=to_ids(row["tax_id"]),
        delivered=to_number(row["qty_delivered"]),
        invoiced=to_number(row["qty_invoiced"]),
        net_amount=to_number(row["price_subtotal"]),
    )


def serial(row: Row) -> Serial:
    """From stock.lot."""
    return Serial(
        ref=ref_of(RecordKind.SERIAL, row, row["name"]),
        number=str(row["name"]),
        product_id=required_id(row["product_id"]),
        changed_at=changed_at(row),
    )


def repair(row: Row) -> Repair:
    """From repair.order."""
    return Repair(
        ref=ref_of(RecordKind.REPAIR, row, row["name"]),
        state=str(row["state"]),
        partner_id=to_id(row["partner_id"]),
        product_id=to_id(row["product_id"]),
        serial_id=to_id(row["lot_id"]),
        sale_order_id=to_id(row["sale_order_id"]),
        transfer_id=to_id(row["picking_id"]),
        under_warranty=bool(row["under_warranty"]),
        note=to_plain_text(row["internal_notes"]),
        changed_at=changed_at(row),
    )


def payment(row: Row, *, bill_ids: Collection[int], statement_line_ids: Collection[int]) -> Payment:
    """From account.payment, with what its entry is reconciled with; an unposted one has no number yet."""
    number = row["name"] if row["name"] and row["name"] != "/" else f"Draft payment {row['id']}"
    return Payment(
        ref=ref_of(RecordKind.PAYMENT, row, number),
        is_outgoing=row["payment_type"] == "outbound",
        state=str(row["state"]),
        partner_id=to_id(row["partner_id"]),
        amount=to_number(row["amount"]),
        currency=link_name(row["currency_id"]),
        paid_on=to_day(row["date"]),
        reference=to_text(row["ref"]),
        bill_ids=tuple(sorted(bill_ids)),
        statement_line_ids=tuple(sorted(statement_line_ids)),
        company_id=required_id(row["company_id"]),
        changed_at=changed_at(row),
    )


def statement_line(row: Row, *, is_matched: bool, bill_ids: Collection[int]) -> StatementLine:
    """From account.bank.statement.line. ``is_matched`` comes of partial reconciliations: Odoo's own flag says
    "reconciled" before anything was. ``bill_ids`` are the bills and invoices that it pays without a payment between.
    """
    return StatementLine(
        ref=ref_of(RecordKind.STATEMENT_LINE, row, row["name"] or row["payment_ref"]),
        amount=to_number(row["amount"]),
        currency=link_name(row["currency_id"]),
        booked_on=date.fromisoformat(row["date"]),
        payment_reference=to_text(row["payment_ref"]),
        partner_id=to_id(row["partner_id"]),
        partner_name=to_text(row["partner_name"]),
        account_number=to_account(row["account_number"]),
        is_matched=is_matched,
        bill_ids=tuple(sorted(bill_ids)),
        company_id=required_id(row["company_id"]),
        changed_at=changed_at(row),
    )
