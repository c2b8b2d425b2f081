"""Sale orders as links call them, and the invoices that hang on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.demo.odoo_server.environment import Record
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue


class SaleOrder(ThreadModel):
    """Quotations and orders of customers."""

    computed: ClassVar[Mapping[str, Compute]] = {"invoice_ids": lambda order: _invoices(order)}


def _invoices(order: Record) -> JsonValue:
    items = [item for line in order.many("order_line") for item in line.many("invoice_lines")]
    moves = {move.id: move for item in items if (move := item.one("move_id"))}
    wanted = [number for number, move in moves.items() if move.text("move_type") in ("out_invoice", "out_refund")]
    return list[JsonValue](sorted(wanted, reverse=True))


class SaleOrderLine(RemoteModel):
    """Their lines."""

    def display_name(self, record: Record) -> str:
        """order - text (customer)."""
        order, customer, product = record.one("order_id"), record.one("order_partner_id"), record.one("product_id")
        text = record.text("name").split("\n")[0] or (product.text("name") if product else "")
        who = (customer.text("ref") or customer.text("name")) if customer else ""
        return f"{order.text('name') if order else ''} - {text}" + (f" ({who})" if who else "")
