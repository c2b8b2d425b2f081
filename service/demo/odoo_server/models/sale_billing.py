"""The wizard that invoices sale orders: what was delivered, or ordered, and not invoiced yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_NOTHING = (
    "Cannot create an invoice. No items are available to invoice.\n\n"
    "To resolve this issue, please ensure that:\n"
    "   \u2022 The products have been delivered before attempting to invoice them.\n"
    "   \u2022 The invoicing policy of the product is configured correctly.\n\n"
    "If you want to invoice based on ordered quantities instead:\n"
    "   \u2022 For consumable or storable products, open the product, go to the 'General Information' tab and change"
    " the 'Invoicing Policy' from 'Delivered Quantities' to 'Ordered Quantities'.\n"
    "   \u2022 For services (and other products), change the 'Invoicing Policy' to 'Prepaid/Fixed Price'.\n"
)


class AdvancePayment(RemoteModel):
    """Which orders are invoiced, together or each by itself."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "advance_payment_method": "delivered",
        "consolidated_billing": True,
        "deduct_down_payments": True,
    }

    def defaults(self, env: Environment, _values: Row) -> Row:
        """The orders in the context."""
        return {"sale_order_ids": [[6, 0, list[JsonValue](ids_of(env.context.get("active_ids")))]]}

    def remote_create_invoices(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Draft the invoices; the action that shows them."""
        wizard = self.records(env, ids)[0]
        access.check_model(env, "sale.order", "w")
        if wizard.text("advance_payment_method") != "delivered":
            raise UserError("Down payments are not kept in these books.")
        orders = [order for order in wizard.many("sale_order_ids") if _invoiceable(order)]
        if not orders:
            raise UserError(_NOTHING)
        groups: dict[tuple[JsonValue, ...], list[Record]] = {}
        for order in orders:
            shared = (order.value("company_id"), order.value("partner_invoice_id"), order.value("currency_id"))
            alone = (order.id,) if not wizard.flag("consolidated_billing") else ()
            groups.setdefault((*shared, *alone), []).append(order)
        made = [env.create("account.move", _invoice(group)) for group in groups.values()]
        action: dict[str, JsonValue] = {
            "name": "Invoices",
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "context": {"default_move_type": "out_invoice"},
        }
        if len(made) == 1:
            return action | {"view_mode": "form", "views": [[False, "form"]], "res_id": made[0].id}
        return action | {"view_mode": "tree,form", "domain": [["id", "in", [move.id for move in made]]]}


def _invoiceable(order: Record) -> list[Record]:
    return [line for line in order.many("order_line") if line.number("qty_to_invoice") > 0]


def _invoice(orders: Sequence[Record]) -> Row:
    first = orders[0]
    references = list(dict.fromkeys(order.text("client_order_ref") for order in orders))
    delivered = [order.text("effective_date")[:10] for order in orders if order.text("effective_date")]
    lines = [line for order in orders for line in _invoiceable(order)]
    return {
        "move_type": "out_invoice",
        "partner_id": first.value("partner_invoice_id"),
        "partner_shipping_id": first.value("partner_shipping_id"),
        "company_id": first.value("company_id"),
        "currency_id": first.value("currency_id"),
        "invoice_payment_term_id": first.value("payment_term_id"),
        "invoice_user_id": first.value("user_id"),
        "invoice_origin": ", ".join(order.text("name") for order in orders),
        "ref": ", ".join(filter(None, references)) or None,
        "delivery_date": max(delivered, default=None),
        "invoice_line_ids": [[0, 0, _invoice_line(line, sequence)] for sequence, line in enumerate(lines)],
    }


def _invoice_line(line: Record, sequence: int) -> dict[str, JsonValue]:
    return {
        "sequence": sequence,
        "name": line.text("name"),
        "product_id": line.value("product_id"),
        "product_uom_id": line.value("product_uom"),
        "quantity": float(line.number("qty_to_invoice")),
        "discount": float(line.number("discount")),
        "price_unit": float(line.number("price_unit")),
        "tax_ids": [[6, 0, list[JsonValue](line.ids("tax_id"))]],
        "sale_line_ids": [[4, line.id]],
    }
