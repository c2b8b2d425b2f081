"""Rows of purchase orders and their lines, with the figures that Odoo works out from receipts and bills."""

from __future__ import annotations

from decimal import Decimal

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    EUR_ID,
    PURCHASE_TAX_IDS,
    RECEIPTS_TYPE_ID,
    Row,
    Rows,
    moment,
    payment_term_id,
    stamps,
)
from service.demo.company.values import DemoCompany, Order, OrderLine, Receipt


def purchase_rows(company: DemoCompany) -> Rows:
    """Orders and their lines."""
    return {
        "purchase.order": [_order(company, order) for order in company.orders],
        "purchase.order.line": [
            _line(company, order, line, position)
            for order in company.orders
            for position, line in enumerate(order.lines)
        ],
    }


def _order(company: DemoCompany, order: Order) -> Row:
    net = sum((line.net for line in order.lines), Decimal(0))
    tax = sum(order.tax_by_rate().values(), Decimal(0))
    receipts = company.receipts_of(order.id)
    arrivals = (receipt.done_at for receipt in receipts if receipt.done_at and receipt.returned_id is None)
    bill_ids = [bill.id for bill in company.bills_of(order.id)]
    return {
        "id": order.id,
        "name": order.name,
        "partner_id": order.vendor_id,
        "partner_ref": order.vendor_reference or False,
        "state": order.state,
        "date_order": moment(order.ordered_at),
        "date_approve": moment(order.approved_at),
        "date_planned": moment(order.planned_at),
        "effective_date": moment(min(arrivals, default=None)),
        "currency_id": EUR_ID,
        "currency_rate": 1.0,
        "company_id": COMPANY_ID,
        "amount_untaxed": float(net),
        "amount_tax": float(tax),
        "amount_total": float(net + tax),
        "invoice_status": _invoice_status(order, bool(bill_ids)),
        "invoice_count": len(bill_ids),
        "invoice_ids": bill_ids,
        "picking_ids": [receipt.id for receipt in receipts],
        "receipt_status": _receipt_status(receipts),
        "picking_type_id": RECEIPTS_TYPE_ID,
        "payment_term_id": payment_term_id(company.vendor(order.vendor_id).terms_days),
        "fiscal_position_id": False,
        "dest_address_id": False,
        "origin": False,
        "notes": False,
        "priority": "0",
        **stamps(order.ordered_at, order.changed_at),
    }


def _line(company: DemoCompany, order: Order, line: OrderLine, position: int) -> Row:
    product = company.product(line.product_id)
    return {
        "id": line.id,
        "order_id": order.id,
        "partner_id": order.vendor_id,
        "company_id": COMPANY_ID,
        "currency_id": EUR_ID,
        "state": order.state,
        "sequence": 10 + position,
        "display_type": False,
        "name": f"[{product.vendor_code}] {product.vendor_name}",
        "product_id": line.product_id,
        "product_uom": line.unit.id,
        "product_qty": float(line.quantity),
        "product_uom_qty": float(line.quantity),
        "price_unit": float(line.unit_price),
        "discount": float(line.discount_percent),
        "taxes_id": [PURCHASE_TAX_IDS[line.tax_rate]],
        "price_subtotal": float(line.net),
        "price_tax": float(line.tax),
        "price_total": float(line.net + line.tax),
        "qty_received_method": "manual" if line.is_service else "stock_moves",
        "qty_received": float(line.received),
        "qty_received_manual": 0.0,
        "qty_invoiced": float(line.invoiced),
        "qty_to_invoice": float(line.to_invoice) if order.is_confirmed else 0.0,
        "date_planned": moment(order.planned_at),
        "propagate_cancel": True,
        **stamps(order.ordered_at, order.changed_at),
    }


def _invoice_status(order: Order, has_bills: bool) -> str:
    if not order.is_confirmed:
        return "no"
    if any(line.to_invoice != 0 for line in order.lines):
        return "to invoice"
    return "invoiced" if has_bills else "no"


def _receipt_status(receipts: tuple[Receipt, ...]) -> str | bool:
    states = {receipt.state for receipt in receipts} - {"cancel"}
    if not states:
        return False
    if states == {"done"}:
        return "full"
    return "partial" if "done" in states else "pending"
