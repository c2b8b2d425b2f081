"""Drafts in accounting words to the values that create them in Odoo 17. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from service.domain.drafts import BillDraft, BillLineDraft, RepairDraft, ReturnDraft
from service.domain.errors import OdooRefusedError
from service.odoo.markers import draft_name, marked
from service.odoo.values import Row, to_id, to_ids, to_text


def bill_origin(draft: BillDraft) -> str:
    """The text of invoice_origin: the orders as Odoo writes them, and the marker that finds the bill again."""
    return marked(", ".join(draft.order_names), draft.marker)


def bill_values(draft: BillDraft, currency_id: int) -> dict[str, Any]:
    """What account.move's create takes. Both references are set, since Odoo would put the order's into one."""
    values = {
        "move_type": "in_refund" if draft.is_refund else "in_invoice",
        "partner_id": draft.partner_id,
        "ref": draft.vendor_reference,
        "payment_reference": draft.payment_reference or draft.vendor_reference,
        "invoice_origin": bill_origin(draft),
        "invoice_date": draft.billed_on.isoformat(),
        "invoice_date_due": draft.due_on and draft.due_on.isoformat(),
        "currency_id": currency_id,
        "invoice_line_ids": [(0, 0, _bill_line_values(line)) for line in draft.lines],
    }
    return _known(values)


def _bill_line_values(line: BillLineDraft) -> dict[str, Any]:
    values = {
        "name": line.description,
        "product_id": line.product_id,
        "product_uom_id": line.unit_id,
        "quantity": float(line.quantity),
        "price_unit": float(line.unit_price),
        "discount": float(line.discount_percent),
        "purchase_line_id": line.order_line_id,
        "tax_ids": [(6, 0, list(line.tax_ids))],
    }
    return _known(values)


REFUNDED_FIELDS = ("name", "product_id", "product_uom_id", "price_unit", "discount", "tax_ids", "sale_line_ids")


def return_values(draft: ReturnDraft, delivery_name: str) -> dict[str, Any]:
    """What stock.picking's write takes once the wizard has made the return, whose own text it keeps."""
    return {"origin": marked(f"Return of {delivery_name}", draft.marker), "note": escape(draft.reason)}


def refund_values(draft: ReturnDraft, invoice: Row, lines: Iterable[Row]) -> dict[str, Any]:
    """What account.move's create takes for the credit note over ``draft.refund_lines`` of the posted ``invoice``, at
    the invoice's prices and taxes. OdooRefusedError where a line isn't the invoice's.
    """
    number = to_text(invoice["name"]) or draft_name(int(invoice["id"]))
    reason = f", {draft.reason}" if draft.reason else ""
    by_id = {int(line["id"]): line for line in lines}
    if not draft.refund_lines or not all(line_id in by_id for line_id, _ in draft.refund_lines):
        raise OdooRefusedError(f"The lines to refund aren't those of {number}.", code="ODOO_MISSING")
    values = {
        "move_type": "out_refund",
        "partner_id": to_id(invoice["partner_id"]),
        "ref": f"Reversal of: {number}{reason}",
        "invoice_origin": marked(number, draft.marker),
        "invoice_date": draft.refund_on and draft.refund_on.isoformat(),
        "currency_id": to_id(invoice["currency_id"]),
        "reversed_entry_id": int(invoice["id"]),
        "invoice_line_ids": [(0, 0, _refund_line(by_id[line], float(many))) for line, many in draft.refund_lines],
    }
    return _known(values)


def _refund_line(line: Row, quantity: float) -> dict[str, Any]:
    values = {
        "name": str(line["name"] or ""),
        "product_id": to_id(line["product_id"]),
        "product_uom_id": to_id(line["product_uom_id"]),
        "quantity": quantity,
        "price_unit": line["price_unit"],
        "discount": line["discount"],
        "sale_line_ids": [(6, 0, list(to_ids(line["sale_line_ids"])))],
        "tax_ids": [(6, 0, list(to_ids(line["tax_ids"])))],
    }
    return _known(values)


def repair_values(draft: RepairDraft, picking_type_id: int) -> dict[str, Any]:
    """What repair.order's create takes; without a type of operation the server fails with a database error."""
    values = {
        "picking_type_id": picking_type_id,
        "company_id": draft.company_id,
        "partner_id": draft.partner_id,
        "product_id": draft.product_id,
        "lot_id": draft.serial_id,
        "sale_order_id": draft.sale_order_id,
        "under_warranty": draft.under_warranty,
        "internal_notes": marked(escape(draft.note), draft.marker),
    }
    return _known(values)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what we don't know: Odoo works out what is left out, and takes an empty value as meant."""
    return {name: value for name, value in values.items() if value is not None}
