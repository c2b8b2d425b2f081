"""What tests do in Odoo through the real odoorpc: read one record, see a refusal, sell, buy, deliver."""

from __future__ import annotations

from typing import Any

import odoorpc
import pytest


def refusal(call: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    """The error's name and message."""
    with pytest.raises(odoorpc.error.RPCError) as refused:
        call(*args, **kwargs)
    return refused.value.info["data"]["name"].rpartition(".")[2], str(refused.value)


def one(client: Any, model: str, number: int, *fields: str) -> Any:
    """A record's fields; of a single one its value."""
    row = client.env[model].read([number], list(fields))[0]
    return row[fields[0]] if len(fields) == 1 else row


def values(client: Any, model: str, number: int, *fields: str) -> list[Any]:
    """A record's fields in the order asked for; of a link only the id."""
    row = one(client, model, number, "id", *fields)
    return [
        value[0] if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str) else value
        for value in (row[name] for name in fields)
    ]


def some_vendor(admin: Any) -> int:
    """A vendor of the demonstration."""
    return int(admin.env["res.partner"].search([("supplier_rank", ">", 0), ("is_company", "=", True)], limit=1)[0])


def new_customer(admin: Any, **given: Any) -> int:
    """A customer without any history."""
    return int(admin.env["res.partner"].create({"name": "Lena Fischer", "is_company": False, **given}))


def new_product(admin: Any, **given: Any) -> int:
    """A storable product."""
    return int(admin.env["product.product"].create({"name": "Lantern", "detailed_type": "product", **given}))


def received(admin: Any, product: int, quantity: int, *serials: str, price: float = 4.0) -> int:
    """A purchase order that was received whole; the id of its line."""
    line = {"product_id": product, "product_qty": quantity, "price_unit": price}
    order = admin.env["purchase.order"].create({"partner_id": some_vendor(admin), "order_line": [(0, 0, line)]})
    admin.env["purchase.order"].button_confirm([order])
    receipt = one(admin, "purchase.order", order, "picking_ids")[0]
    for number, serial in zip(one(admin, "stock.picking", receipt, "move_line_ids"), serials, strict=False):
        admin.env["stock.move.line"].write([number], {"lot_name": serial, "picked": True})
    assert admin.env["stock.picking"].button_validate([receipt]) is True
    return int(one(admin, "purchase.order", order, "order_line")[0])


def sold(admin: Any, customer: int, *lines: dict[str, Any], **given: Any) -> int:
    """A confirmed sale order."""
    commands = [(0, 0, line) for line in lines]
    order = admin.env["sale.order"].create({"partner_id": customer, "order_line": commands, **given})
    assert admin.env["sale.order"].action_confirm([order]) is True
    return int(order)


def delivered(admin: Any, order: int) -> int:
    """Deliver what the order waits for; the transfer's id."""
    picking = admin.env["stock.picking"].search([("sale_id", "=", order), ("state", "not in", ("done", "cancel"))])[0]
    assert admin.env["stock.picking"].button_validate([picking]) is True
    return int(picking)


def invoiced(admin: Any, order: int) -> int:
    """Invoice the order through Odoo's wizard and post the invoice."""
    wizards = admin.env["sale.advance.payment.inv"].with_context(active_model="sale.order", active_ids=[order])
    wizard = wizards.create({"advance_payment_method": "delivered"})
    invoice = int(wizards.create_invoices([wizard])["res_id"])
    admin.env["account.move"].action_post([invoice])
    return invoice


def returned(client: Any, picking: int, quantities: dict[int, float], *, to_refund: bool = True) -> int:
    """A return of quantities by product through Odoo's wizard, not validated yet; the transfer's id."""
    context = {"active_id": picking, "active_ids": [picking], "active_model": "stock.picking"}
    wizards = client.env["stock.return.picking"].with_context(**context)
    wizard = wizards.create({"picking_id": picking})
    lines = client.env["stock.return.picking.line"]
    for row in lines.search_read([("wizard_id", "=", wizard)], ["product_id", "quantity"]):
        wanted = {"quantity": quantities.get(row["product_id"][0], 0.0), "to_refund": to_refund}
        lines.write([row["id"]], wanted)
    return int(wizards.create_returns([wizard])["res_id"])


def paid(admin: Any, *moves: int, **given: Any) -> int:
    """Pay documents through Odoo's wizard; the payment's id."""
    wizards = admin.env["account.payment.register"].with_context(active_model="account.move", active_ids=list(moves))
    wizard = wizards.create(given)
    return int(wizards.action_create_payments([wizard])["res_id"])


def owed_line(client: Any, move: int) -> int:
    """The receivable or payable item of a document."""
    found = client.env["account.move.line"].search([("move_id", "=", move), ("display_type", "=", "payment_term")])
    return int(found[0])
