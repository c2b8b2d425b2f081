"""Rows of sale orders and their lines, with the figures that Odoo works out from deliveries and invoices."""

from __future__ import annotations

from datetime import timedelta

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    EUR_ID,
    SALE_TAX_IDS,
    WAREHOUSE_ID,
    Row,
    Rows,
    day,
    moment,
    payment_term_id,
    stamps,
)
from service.demo.company.values import Delivery, DemoCompany, SaleLine, SaleOrder, net_amount
from service.domain.money import to_cents

_VALID_FOR = timedelta(days=30)


def sale_rows(company: DemoCompany) -> Rows:
    """Orders and their lines."""
    items = _invoice_items(company)
    return {
        "sale.order": [_order(company, order) for order in company.sale_orders],
        "sale.order.line": [
            _line(company, order, line, position, items.get(line.id, []))
            for order in company.sale_orders
            for position, line in enumerate(order.lines)
        ],
    }


def _invoice_items(company: DemoCompany) -> dict[int, list[int]]:
    """Invoices' items by the order's line that they are for."""
    items: dict[int, list[int]] = {}
    for invoice in company.invoices:
        for line in invoice.lines:
            items.setdefault(line.sale_line_id, []).append(line.id)
    return items


def _order(company: DemoCompany, order: SaleOrder) -> Row:
    deliveries = company.deliveries_of(order.id)
    sent = (delivery.done_at for delivery in deliveries if delivery.done_at and not delivery.is_return)
    terms = company.customer(order.customer_id).terms_days
    invoiced = sum(
        _billed(invoice.is_refund, invoice.state) * invoice.total for invoice in company.invoices_of(order.id)
    )
    return {
        "id": order.id,
        "name": order.name,
        "partner_id": order.customer_id,
        "partner_invoice_id": order.customer_id,
        "partner_shipping_id": order.customer_id,
        "client_order_ref": order.customer_reference,
        "origin": False,
        "reference": False,
        "state": order.state,
        "locked": order.is_locked,
        "date_order": moment(order.confirmed_at or order.ordered_at),
        "validity_date": day((order.ordered_at + _VALID_FOR).date()),
        "effective_date": moment(min(sent, default=None)),
        "commitment_date": False,
        "currency_id": EUR_ID,
        "currency_rate": 1.0,
        "company_id": COMPANY_ID,
        "warehouse_id": WAREHOUSE_ID,
        "picking_policy": "direct",
        "payment_term_id": payment_term_id(terms),
        "fiscal_position_id": False,
        "procurement_group_id": order.id if order.confirmed_at else False,
        "amount_untaxed": float(order.net),
        "amount_tax": float(order.tax),
        "amount_total": float(order.total),
        "amount_to_invoice": float(order.total - invoiced) if order.state == "sale" else 0.0,
        "invoice_status": _order_status(order),
        "delivery_status": _delivery_status(deliveries, order),
        "invoice_ids": [invoice.id for invoice in company.invoices_of(order.id)],
        "note": False,
        "require_payment": True,
        "require_signature": True,
        "prepayment_percent": 1.0,
        "tag_ids": [],
        **stamps(order.ordered_at, order.changed_at),
    }


def _billed(is_refund: bool, state: str) -> int:
    return 0 if state != "posted" else -1 if is_refund else 1


def _line(company: DemoCompany, order: SaleOrder, line: SaleLine, position: int, items: list[int]) -> Row:
    product = company.product(line.product_id)
    reduced = net_amount(line.quantity * 0 + 1, line.unit_price, line.discount_percent)
    to_invoice = line.to_invoice if order.state == "sale" else line.quantity * 0
    return {
        "id": line.id,
        "order_id": order.id,
        "order_partner_id": order.customer_id,
        "company_id": COMPANY_ID,
        "currency_id": EUR_ID,
        "state": order.state,
        "sequence": 10 + position,
        "display_type": False,
        "name": f"[{product.code}] {product.name}",
        "product_id": product.id,
        "product_uom": line.unit.id,
        "product_uom_qty": float(line.quantity),
        "price_unit": float(line.unit_price),
        "discount": float(line.discount_percent),
        "tax_id": [SALE_TAX_IDS[line.tax_rate]],
        "price_subtotal": float(line.net),
        "price_tax": float(line.tax),
        "price_total": float(line.net + line.tax),
        "price_reduce_taxexcl": float(reduced),
        "price_reduce_taxinc": float(reduced + to_cents(reduced * line.tax_rate / 100)),
        "qty_delivered_method": "stock_move",
        "qty_delivered": float(line.delivered),
        "qty_invoiced": float(line.invoiced),
        "qty_to_invoice": float(to_invoice),
        "untaxed_amount_invoiced": float(net_amount(line.invoiced, line.unit_price, line.discount_percent)),
        "untaxed_amount_to_invoice": float(net_amount(to_invoice, line.unit_price, line.discount_percent)),
        "invoice_status": _line_status(line, order),
        "invoice_lines": items,
        "customer_lead": 0.0,
        "is_downpayment": False,
        "is_expense": False,
        **stamps(order.ordered_at, order.changed_at),
    }


def _line_status(line: SaleLine, order: SaleOrder) -> str:
    if order.state != "sale":
        return "no"
    return "to invoice" if line.to_invoice else "invoiced"


def _order_status(order: SaleOrder) -> str:
    statuses = {_line_status(line, order) for line in order.lines}
    return "to invoice" if "to invoice" in statuses else next(iter(statuses))


def _delivery_status(deliveries: tuple[Delivery, ...], order: SaleOrder) -> str | bool:
    states = {delivery.state for delivery in deliveries}
    if not states - {"cancel"}:
        return False
    if states <= {"done", "cancel"}:
        return "full"
    if "done" not in states:
        return "pending"
    return "partial" if any(line.delivered for line in order.lines) else "started"
