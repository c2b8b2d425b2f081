"""A web sale from order to refund, and goods that go back to a vendor, through the real odoorpc."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.odoo_work import (
    delivered,
    invoiced,
    new_customer,
    new_product,
    one,
    received,
    refusal,
    returned,
    sold,
    values,
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    return sandbox.login("admin")


@pytest.fixture
def service(sandbox: OdooSandbox) -> Any:
    return sandbox.login()


@pytest.fixture
def web_sale(admin: Any) -> dict[str, Any]:
    """As recorded from Odoo: two speakers and a machine with a serial number, delivered and invoiced."""
    speaker = new_product(admin, name="Speaker", list_price=79.9, taxes_id=[(5, 0, 0)])
    machine = new_product(admin, name="Machine", list_price=449, tracking="serial", taxes_id=[(5, 0, 0)])
    received(admin, speaker, 10)
    serials = [f"EM7-{machine}-{count}" for count in range(2)]
    received(admin, machine, 2, *serials)
    lines = [{"product_id": speaker, "product_uom_qty": 2}, {"product_id": machine, "product_uom_qty": 1}]
    customer = new_customer(admin)
    order = sold(admin, customer, *lines, client_order_ref="WEB-100234")
    picking = delivered(admin, order)
    invoice = invoiced(admin, order)
    return {
        "customer": customer,
        "order": order,
        "picking": picking,
        "invoice": invoice,
        "speaker": speaker,
        "machine": machine,
        "serials": serials,
        "lines": one(admin, "sale.order", order, "order_line"),
    }


def test_an_order_takes_prices_and_addresses_and_is_delivered(admin: Any, web_sale: dict[str, Any]) -> None:
    order, customer = web_sale["order"], web_sale["customer"]
    assert values(
        admin, "sale.order", order, "state", "amount_untaxed", "amount_total", "partner_invoice_id", "delivery_status"
    ) == ["sale", 608.8, 608.8, customer, "full"]
    assert values(admin, "sale.order.line", web_sale["lines"][0], "price_unit", "qty_delivered", "qty_invoiced") == [
        79.9,
        2.0,
        2.0,
    ]
    assert one(admin, "sale.order", order, "invoice_status") == "invoiced"
    picking = one(admin, "stock.picking", web_sale["picking"], "name", "origin", "sale_id", "state", "move_ids")
    assert picking["name"].startswith("WH/OUT/")
    assert picking["origin"] == picking["sale_id"][1] == one(admin, "sale.order", order, "name")
    move = one(admin, "stock.move", picking["move_ids"][0], "sale_line_id", "location_dest_id")
    assert move["sale_line_id"][0] in web_sale["lines"]
    assert one(admin, "stock.location", move["location_dest_id"][0], "usage") == "customer"


def test_a_serial_number_leads_to_its_sale_and_purchase(service: Any, web_sale: dict[str, Any]) -> None:
    lot = service.env["stock.lot"].search([("name", "=", web_sale["serials"][0])])[0]
    row = one(
        service,
        "stock.lot",
        lot,
        "sale_order_ids",
        "delivery_ids",
        "purchase_order_ids",
        "last_delivery_partner_id",
        "location_id",
    )
    assert (row["sale_order_ids"], row["delivery_ids"]) == ([web_sale["order"]], [web_sale["picking"]])
    assert len(row["purchase_order_ids"]) == 1
    assert row["last_delivery_partner_id"][0] == web_sale["customer"]
    assert one(service, "stock.location", row["location_id"][0], "usage") == "customer"
    line = service.env["stock.move.line"].search_read(
        [("lot_id", "=", lot), ("state", "=", "done"), ("location_dest_id.usage", "=", "customer")], ["move_id", "date"]
    )
    assert one(service, "stock.move", line[0]["move_id"][0], "sale_line_id")[0] == web_sale["lines"][1]


def test_an_invoice_is_linked_to_its_order(service: Any, web_sale: dict[str, Any]) -> None:
    invoice = web_sale["invoice"]
    row = one(
        service, "account.move", invoice, "ref", "invoice_origin", "name", "payment_reference", "state", "payment_state"
    )
    assert (row["ref"], row["state"], row["payment_state"]) == ("WEB-100234", "posted", "not_paid")
    assert row["invoice_origin"] == one(service, "sale.order", web_sale["order"], "name")
    assert row["payment_reference"] == row["name"]
    assert row["name"].startswith("INV/20")
    items = service.env["account.move.line"].search_read(
        [("move_id", "=", invoice), ("display_type", "=", "product")], ["sale_line_ids", "quantity"], order="sequence"
    )
    assert [item["sale_line_ids"] for item in items] == [[line] for line in web_sale["lines"]]
    assert one(service, "sale.order.line", web_sale["lines"][0], "invoice_lines") == [items[0]["id"]]


def test_our_user_makes_a_return_and_its_validation_lowers_the_delivery(
    service: Any, admin: Any, web_sale: dict[str, Any]
) -> None:
    back = returned(service, web_sale["picking"], {web_sale["speaker"]: 1})
    row = one(service, "stock.picking", back, "name", "return_id", "origin", "state", "sale_id", "move_ids")
    assert row["name"].startswith("WH/IN/")
    assert (row["return_id"][0], row["state"], row["sale_id"][0]) == (
        web_sale["picking"],
        "assigned",
        web_sale["order"],
    )
    assert row["origin"] == f"Return of {row['return_id'][1]}"
    move = one(service, "stock.move", row["move_ids"][0], "origin_returned_move_id", "to_refund", "product_uom_qty")
    assert (move["to_refund"], move["product_uom_qty"]) == (True, 1.0)
    assert one(service, "stock.move", move["origin_returned_move_id"][0], "returned_move_ids") == row["move_ids"]
    assert one(admin, "sale.order.line", web_sale["lines"][0], "qty_delivered") == 2.0
    assert service.env["stock.picking"].button_validate([back]) is True
    assert one(admin, "sale.order.line", web_sale["lines"][0], "qty_delivered") == 1.0
    assert one(admin, "stock.picking", web_sale["picking"], "return_ids") == [back]
    # the product is invoiced by what was ordered: nothing asks for the refund
    assert values(admin, "sale.order", web_sale["order"], "invoice_status", "delivery_status") == ["invoiced", "full"]


def test_a_returned_serial_number_is_proposed_and_only_once(service: Any, web_sale: dict[str, Any]) -> None:
    back = returned(service, web_sale["picking"], {web_sale["machine"]: 1})
    lines = service.env["stock.move.line"].search_read([("picking_id", "=", back)], ["lot_id"])
    assert [line["lot_id"][1] for line in lines] == [web_sale["serials"][0]]
    assert service.env["stock.picking"].button_validate([back]) is True
    lot = lines[0]["lot_id"][0]
    assert one(service, "stock.lot", lot, "location_id")[1] == "WH/Stock"
    context = {"active_id": web_sale["picking"], "active_ids": [web_sale["picking"]], "active_model": "stock.picking"}
    wizards = service.env["stock.return.picking"].with_context(**context)
    wizard = wizards.create({})
    left = service.env["stock.return.picking.line"].search_read(
        [("wizard_id", "=", wizard)], ["product_id", "quantity"]
    )
    assert {row["product_id"][0]: row["quantity"] for row in left} == {
        web_sale["speaker"]: 2.0,
        web_sale["machine"]: 0.0,
    }


def test_what_was_not_delivered_is_not_returned(service: Any, admin: Any) -> None:
    order = sold(admin, new_customer(admin), {"product_id": new_product(admin), "product_uom_qty": 1})
    picking = one(admin, "sale.order", order, "picking_ids")[0]
    assert refusal(returned, service, picking, {}) == ("UserError", "You may only return Done pickings.")


def test_an_empty_return_is_refused(service: Any, web_sale: dict[str, Any]) -> None:
    kind, message = refusal(returned, service, web_sale["picking"], {})
    assert (kind, message) == ("UserError", "Please specify at least one non-zero quantity.")


def test_a_reversal_is_a_draft_that_people_shorten(admin: Any, web_sale: dict[str, Any]) -> None:
    invoice = web_sale["invoice"]
    wizards = admin.env["account.move.reversal"].with_context(active_model="account.move", active_ids=[invoice])
    wizard = wizards.create(
        {"reason": "Return RMA-501", "journal_id": one(admin, "account.move", invoice, "journal_id")[0]}
    )
    refund = wizards.refund_moves([wizard])["res_id"]
    row = one(
        admin, "account.move", refund, "state", "move_type", "ref", "reversed_entry_id", "invoice_line_ids", "name"
    )
    name = one(admin, "account.move", invoice, "name")
    assert (row["state"], row["move_type"], row["reversed_entry_id"][0]) == ("draft", "out_refund", invoice)
    assert row["ref"] == f"Reversal of: {name}, Return RMA-501"
    speaker, machine = row["invoice_line_ids"]
    commands = [(1, speaker, {"quantity": 1}), (2, machine, 0)]
    admin.env["account.move"].write([refund], {"invoice_line_ids": commands, "ref": "GS-7"})
    assert values(admin, "account.move", refund, "amount_total", "ref") == [79.9, "GS-7"]
    assert one(admin, "sale.order.line", web_sale["lines"][0], "qty_invoiced", "qty_to_invoice") == {
        "id": web_sale["lines"][0],
        "qty_invoiced": 1.0,
        "qty_to_invoice": 1.0,
    }
    assert one(admin, "sale.order", web_sale["order"], "invoice_status") == "to invoice"
    admin.env["account.move"].action_post([refund])
    assert one(admin, "account.move", refund, "name").startswith("RINV/20")
    assert values(admin, "account.move", invoice, "payment_state", "amount_residual") == ["partial", 528.9]
    assert one(admin, "account.move", refund, "payment_state") == "paid"


def test_a_whole_reversal_settles_its_invoice(admin: Any, web_sale: dict[str, Any]) -> None:
    invoice = web_sale["invoice"]
    wizards = admin.env["account.move.reversal"].with_context(active_model="account.move", active_ids=[invoice])
    refund = wizards.reverse_moves([wizards.create({})])["res_id"]
    admin.env["account.move"].action_post([refund])
    assert one(admin, "account.move", invoice, "payment_state") == "reversed"
    assert one(admin, "account.move", invoice, "reversal_move_id") == [refund]


def test_our_user_drafts_a_refund_by_itself_and_posts_nothing(
    service: Any, admin: Any, web_sale: dict[str, Any]
) -> None:
    line = {"product_id": web_sale["speaker"], "quantity": 1, "price_unit": 79.9, "tax_ids": [(6, 0, [])]}
    line |= {"sale_line_ids": [(6, 0, [web_sale["lines"][0]])]}
    header = {"move_type": "out_refund", "partner_id": web_sale["customer"], "reversed_entry_id": web_sale["invoice"]}
    refund = service.env["account.move"].create({**header, "ref": "RMA-501", "invoice_line_ids": [(0, 0, line)]})
    assert values(service, "account.move", refund, "state", "amount_total", "reversed_entry_id") == [
        "draft",
        79.9,
        web_sale["invoice"],
    ]
    assert sorted(one(service, "sale.order", web_sale["order"], "invoice_ids")) == [web_sale["invoice"], refund]
    assert refusal(service.env["account.move"].action_post, [refund])[0] == "AccessError"
    assert refusal(service.env["account.move"].create, {**header, "move_type": "out_invoice"})[0] == "AccessError"
    admin.env["account.move"].action_post([refund])
    assert one(admin, "account.move", web_sale["invoice"], "payment_state") == "partial"


def test_wizards_of_accounting_are_for_people(service: Any) -> None:
    for model in ("account.move.reversal", "account.payment.register", "sale.advance.payment.inv"):
        assert refusal(service.execute, model, "create", {})[0] == "AccessError"


def test_a_note_a_file_and_an_activity_hang_on_a_return(service: Any, web_sale: dict[str, Any]) -> None:
    back = returned(service, web_sale["picking"], {web_sale["speaker"]: 2})
    file = service.env["ir.attachment"].create(
        {"name": "rma.pdf", "datas": "JVBERi0=", "res_model": "stock.picking", "res_id": back}
    )
    assert one(service, "ir.attachment", file, "checksum") == hashlib.sha1(b"%PDF-").hexdigest()
    note = service.env["stock.picking"].message_post([back], body="RMA-501", attachment_ids=[file])
    assert one(service, "mail.message", note, "attachment_ids", "res_id") == {
        "id": note,
        "attachment_ids": [file],
        "res_id": back,
    }
    text = service.env["stock.picking"].activity_schedule(
        [back], act_type_xmlid="mail.mail_activity_data_todo", summary="Inspect"
    )
    number = one(service, "stock.picking", back, "activity_ids")[0]
    assert text == f"mail.activity({number},)"
    assert values(service, "mail.activity", number, "summary", "res_model", "state") == [
        "Inspect",
        "stock.picking",
        "today",
    ]
    message = service.env["mail.activity"].action_feedback([number], feedback="Looks new")
    assert "Looks new" in one(service, "mail.message", message, "body")
    assert one(service, "stock.picking", back, "activity_ids") == []


def test_our_user_may_not_note_on_purchase_orders(service: Any) -> None:
    order = service.env["purchase.order"].search([], limit=1)[0]
    assert refusal(service.env["purchase.order"].message_post, [order], body="x")[0] == "AccessError"
    assert refusal(service.env["purchase.order"].activity_schedule, [order])[0] == "AccessError"
    assert (
        refusal(service.env["mail.activity"].create, {"res_model": "sale.order", "res_id": 1})[0] == "ValidationError"
    )
    assert refusal(service.execute, "ir.model", "read", [1])[0] == "AccessError"


def test_goods_go_back_to_the_vendor(admin: Any) -> None:
    product = new_product(admin)
    line = received(admin, product, 10)
    order = one(admin, "purchase.order.line", line, "order_id")[0]
    receipt = one(admin, "purchase.order", order, "picking_ids")[0]
    bill = admin.env["purchase.order"].action_create_invoice([order])["res_id"]
    back = returned(admin, receipt, {product: 2})
    assert one(admin, "stock.picking", back, "name").startswith("WH/OUT/")
    assert admin.env["stock.picking"].button_validate([back]) is True
    assert values(admin, "purchase.order.line", line, "qty_received", "qty_invoiced", "qty_to_invoice") == [8, 10, -2]
    assert sorted(one(admin, "purchase.order", order, "picking_ids")) == [receipt, back]
    header = {"move_type": "in_refund", "partner_id": one(admin, "account.move", bill, "partner_id")[0]}
    goods = {"product_id": product, "quantity": 2, "price_unit": 4.0, "purchase_line_id": line}
    admin.env["account.move"].create({**header, "invoice_line_ids": [(0, 0, goods)]})
    assert one(admin, "purchase.order.line", line, "qty_to_invoice") == 0.0


def test_a_return_that_is_not_refunded_leaves_the_quantity(admin: Any) -> None:
    product = new_product(admin)
    line = received(admin, product, 5)
    receipt = one(admin, "purchase.order", one(admin, "purchase.order.line", line, "order_id")[0], "picking_ids")[0]
    back = returned(admin, receipt, {product: 2}, to_refund=False)
    assert admin.env["stock.picking"].button_validate([back]) is True
    assert one(admin, "purchase.order.line", line, "qty_received") == 5.0


def test_what_is_not_in_stock_waits(admin: Any) -> None:
    product = new_product(admin)
    order = sold(admin, new_customer(admin), {"product_id": product, "product_uom_qty": 5})
    picking = one(admin, "sale.order", order, "picking_ids")[0]
    assert one(admin, "stock.picking", picking, "state") == "confirmed"
    assert refusal(admin.env["stock.picking"].button_validate, [picking])[0] == "UserError"
    received(admin, product, 3)
    admin.env["stock.picking"].action_assign([picking])
    move = one(admin, "stock.picking", picking, "move_ids")[0]
    assert values(admin, "stock.move", move, "state", "quantity") == ["partially_available", 3.0]
    action = admin.env["stock.picking"].button_validate([picking])
    wizard = admin.env["stock.backorder.confirmation"].with_context(**action["context"])
    wizard.process([wizard.create({})])
    assert values(admin, "sale.order", order, "delivery_status", "invoice_status") == ["partial", "to invoice"]
    rest = admin.env["stock.picking"].search([("backorder_id", "=", picking)])[0]
    assert values(admin, "stock.picking", rest, "sale_id", "state") == [order, "confirmed"]
    move = one(admin, "stock.picking", rest, "move_ids")[0]
    admin.env["stock.move"].write([move], {"quantity": 2, "picked": True})
    assert admin.env["stock.picking"].button_validate([rest]) is True
    assert one(admin, "sale.order", order, "delivery_status") == "full"


def test_one_serial_of_several_goes_out(admin: Any) -> None:
    product = new_product(admin, tracking="serial")
    received(admin, product, 3, "A-1", "A-2", "A-3")
    order = sold(admin, new_customer(admin), {"product_id": product, "product_uom_qty": 2})
    picking = one(admin, "sale.order", order, "picking_ids")[0]
    first, second = one(admin, "stock.picking", picking, "move_line_ids")
    lots = {
        row["name"]: row["id"] for row in admin.env["stock.lot"].search_read([("product_id", "=", product)], ["name"])
    }
    admin.env["stock.move.line"].write([first], {"lot_id": lots["A-3"], "picked": True})
    action = admin.env["stock.picking"].button_validate([picking])
    wizard = admin.env["stock.backorder.confirmation"].with_context(**action["context"])
    wizard.process_cancel_backorder([wizard.create({})])
    assert one(admin, "stock.lot", lots["A-3"], "sale_order_ids") == [order]
    assert one(admin, "sale.order", order, "delivery_status") == "full"
    assert not admin.env["stock.move.line"].search([("id", "=", second), ("state", "=", "done")])


def test_invoicing_by_delivery_waits_for_it(admin: Any) -> None:
    product = new_product(admin, invoice_policy="delivery")
    order = sold(admin, new_customer(admin), {"product_id": product, "product_uom_qty": 1})
    kind, message = refusal(invoiced, admin, order)
    assert kind == "UserError"
    assert message.startswith("Cannot create an invoice. No items are available to invoice.")
    assert refusal(admin.env["sale.order"].action_confirm, [order])[0] == "UserError"


def test_more_is_sold_later_and_an_order_is_cancelled(admin: Any) -> None:
    product = new_product(admin)
    received(admin, product, 9)
    order = sold(admin, new_customer(admin), {"product_id": product, "product_uom_qty": 2})
    line = one(admin, "sale.order", order, "order_line")[0]
    admin.env["sale.order.line"].write([line], {"product_uom_qty": 5})
    picking = one(admin, "sale.order", order, "picking_ids")
    moves = one(admin, "stock.picking", picking[0], "move_ids")
    assert sum(one(admin, "stock.move", move, "product_uom_qty") for move in moves) == 5.0
    assert refusal(admin.env["sale.order.line"].unlink, [line])[0] == "UserError"
    assert admin.env["sale.order"].action_cancel([order]) is True
    assert one(admin, "stock.picking", picking[0], "state") == "cancel"
    assert one(admin, "sale.order", order, "delivery_status") is False
