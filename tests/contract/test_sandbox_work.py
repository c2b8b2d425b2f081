"""What people and our service do in Odoo, through the real odoorpc, against the stand-in over the demo company."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import odoorpc
import pytest

from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.odoo_work import new_product, one, refusal, some_vendor


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


def confirmed_order(admin: Any, quantity: float = 10, price: float = 4.0, **values: Any) -> int:
    line = {"product_id": new_product(admin), "product_qty": quantity, "price_unit": price}
    order = admin.env["purchase.order"].create(
        {"partner_id": some_vendor(admin), "order_line": [(0, 0, line)], **values}
    )
    assert admin.env["purchase.order"].button_confirm([order]) is True
    return int(order)


def bill(client: Any, vendor: int, reference: str, *lines: dict[str, Any], **values: Any) -> int:
    header = {"move_type": "in_invoice", "partner_id": vendor, "ref": reference, "invoice_date": "2026-11-20"}
    commands = [(0, 0, line) for line in lines]
    return int(client.env["account.move"].create({**header, "invoice_line_ids": commands, **values}))


def tax_of(client: Any, percent: float) -> int:
    return int(client.env["account.tax"].search([("amount", "=", percent), ("type_tax_use", "=", "purchase")])[0])


def test_a_bill_gets_amounts_taxes_and_a_payable(service: Any, admin: Any) -> None:
    goods = {"name": "Lantern", "quantity": 3, "price_unit": 9.99, "discount": 10}
    lines = [{**goods, "tax_ids": [(6, 0, [tax_of(service, 19)])]}, {"name": "Freight", "quantity": 1, "price_unit": 5}]
    number = bill(service, some_vendor(admin), "A-1", *lines, payment_reference="A-1")
    names = ("state", "amount_untaxed", "amount_tax", "amount_total", "amount_residual", "amount_total_signed")
    row = one(service, "account.move", number, *names, "commercial_partner_id", "partner_bank_id", "payment_state")
    amounts = [row[name] for name in names[1:]]
    assert (row["state"], amounts) == ("draft", [31.97, 5.12, 37.09, 37.09, -37.09])
    assert row["commercial_partner_id"][0] == some_vendor(admin)
    assert row["partner_bank_id"]
    items = service.env["account.move.line"].search_read(
        [("move_id", "=", number)], ["display_type", "balance", "name", "tax_base_amount"], order="sequence, id"
    )
    assert [item["display_type"] for item in items] == ["product", "product", "tax", "payment_term"]
    assert [item["balance"] for item in items] == [26.97, 5.0, 5.12, -37.09]
    assert (items[2]["tax_base_amount"], items[3]["name"]) == (26.97, "A-1")


def test_a_credit_note_points_the_other_way(service: Any, admin: Any) -> None:
    line = {"name": "Returned", "quantity": 1, "price_unit": 50, "tax_ids": [(6, 0, [tax_of(service, 19)])]}
    number = bill(service, some_vendor(admin), "GS-1", line, move_type="in_refund")
    row = one(service, "account.move", number, "amount_total", "amount_total_signed", "display_name")
    assert (row["amount_total"], row["amount_total_signed"]) == (59.5, 59.5)
    assert row["display_name"].startswith("Draft Vendor Credit Note ")


def test_a_payment_term_sets_the_due_date(admin: Any) -> None:
    term = admin.env["account.payment.term.line"].search_read([("nb_days", "=", 30)], ["payment_id"])[0]["payment_id"][
        0
    ]
    line = {"name": "x", "quantity": 1, "price_unit": 1}
    number = bill(admin, some_vendor(admin), "T-1", line, invoice_payment_term_id=term)
    assert one(admin, "account.move", number, "invoice_date_due") == "2026-12-20"


def test_a_draft_bill_counts_as_billed_until_it_is_cancelled(service: Any, admin: Any) -> None:
    order = confirmed_order(admin)
    line = admin.env["purchase.order.line"].search([("order_id", "=", order)])[0]
    before = one(admin, "purchase.order", order, "write_date", "invoice_count")
    goods = {"name": "Lantern", "quantity": 4, "price_unit": 4.0, "purchase_line_id": line}
    time.sleep(1.1)  # stamps are shown in seconds
    number = bill(service, some_vendor(admin), "B-1", goods)
    after = one(admin, "purchase.order", order, "write_date", "invoice_count", "invoice_ids", "invoice_status")
    assert (after["invoice_count"], after["invoice_ids"]) == (1, [number])
    assert after["invoice_status"] == "to invoice"
    assert after["write_date"] > before["write_date"]
    assert one(admin, "purchase.order.line", line, "qty_invoiced") == 4.0
    assert service.env["account.move.line"].search([("purchase_order_id", "=", order)])
    refund = bill(service, some_vendor(admin), "B-2", goods | {"quantity": 1}, move_type="in_refund")
    assert one(admin, "purchase.order.line", line, "qty_invoiced") == 3.0
    admin.env["account.move"].button_cancel([number, refund])
    assert one(admin, "purchase.order.line", line, "qty_invoiced") == 0.0


def test_changing_a_draft_line_changes_the_header(service: Any, admin: Any) -> None:
    number = bill(service, some_vendor(admin), "C-1", {"name": "x", "quantity": 2, "price_unit": 10})
    before = one(service, "account.move", number, "write_date", "invoice_line_ids")
    time.sleep(1.1)
    line = before["invoice_line_ids"][0]
    service.env["account.move"].write(
        [number], {"invoice_line_ids": [(1, line, {"quantity": 5}), (0, 0, {"name": "y"})]}
    )
    after = one(service, "account.move", number, "write_date", "amount_total", "invoice_line_ids")
    assert (after["amount_total"], len(after["invoice_line_ids"])) == (50.0, 2)
    assert after["write_date"] > before["write_date"]


def test_posting_numbers_in_sequence_and_undoes(admin: Any) -> None:
    vendor, line = some_vendor(admin), {"name": "x", "quantity": 1, "price_unit": 1}
    numbers = [bill(admin, vendor, f"P-{count}", line) for count in range(2)]
    assert admin.env["account.move"].action_post(numbers) is False
    names = [one(admin, "account.move", number, "name") for number in numbers]
    heads, tails = zip(*(name.rsplit("/", 1) for name in names), strict=True)
    assert len(set(heads)) == 1
    assert heads[0].startswith("BILL/20")
    assert int(tails[1]) == int(tails[0]) + 1
    item = one(admin, "account.move", numbers[0], "invoice_line_ids")[0]
    admin.env["account.move.line"].write([item], {"price_unit": 7})  # Odoo lets a posted, unpaid bill be changed
    assert one(admin, "account.move", numbers[0], "amount_total") == 7.0
    assert refusal(admin.env["account.move"].unlink, [numbers[0]])[0] == "UserError"
    assert refusal(admin.env["account.move"].action_post, [numbers[0]])[0] == "UserError"
    admin.env["account.move"].button_draft([numbers[0]])
    assert one(admin, "account.move", numbers[0], "state", "name") == {
        "id": numbers[0],
        "state": "draft",
        "name": names[0],
    }


def test_posting_refuses_a_duplicate_of_the_same_day(admin: Any) -> None:
    vendor, line = some_vendor(admin), {"name": "x", "quantity": 1, "price_unit": 1}
    first, second, other_day = (bill(admin, vendor, "D-1", line, invoice_date=f"2026-11-0{day}") for day in (3, 3, 4))
    assert one(admin, "account.move", first, "duplicated_ref_ids") == [second, other_day]
    admin.env["account.move"].action_post([first])
    kind, message = refusal(admin.env["account.move"].action_post, [second])
    assert kind == "RedirectWarning"
    assert message.startswith("Duplicated vendor reference detected.")
    assert one(admin, "account.move", second, "state") == "draft"
    admin.env["account.move"].action_post([other_day])
    assert one(admin, "account.move", other_day, "state") == "posted"


def test_our_user_drafts_bills_and_nothing_else(service: Any, admin: Any) -> None:
    vendor, line = some_vendor(admin), {"name": "x", "quantity": 1, "price_unit": 1}
    number = bill(service, vendor, "R-1", line)
    assert refusal(service.env["account.move"].action_post, [number])[0] == "AccessError"
    assert refusal(service.env["account.move"].unlink, [number])[0] == "AccessError"
    assert refusal(bill, service, vendor, "R-2", line, move_type="out_invoice")[0] == "AccessError"
    for model in ("purchase.order", "res.partner", "res.partner.bank", "product.product", "account.tax"):
        assert refusal(service.env[model].create, {"name": "x"})[0] == "AccessError"
    admin.env["account.move"].action_post([number])
    assert refusal(service.env["account.move"].write, [number], {"ref": "R-9"})[0] == "AccessError"
    note = {"name": "x.txt", "datas": "eA==", "res_model": "account.move", "res_id": number}
    assert refusal(service.env["ir.attachment"].create, note)[0] == "AccessError"
    assert service.env["account.move"].message_post([number], body="Seen", subtype_xmlid="mail.mt_note")


def test_rights_cannot_keep_our_user_from_posting_by_a_write(service: Any, admin: Any) -> None:
    number = bill(service, some_vendor(admin), "W-1", {"name": "x", "quantity": 1, "price_unit": 1})
    service.env["account.move"].write([number], {"state": "posted"})
    assert one(service, "account.move", number, "state") == "posted"


def test_a_user_without_an_address_can_leave_no_note(sandbox: OdooSandbox, admin: Any) -> None:
    order = confirmed_order(admin)
    line = admin.env["purchase.order.line"].search([("order_id", "=", order)])[0]
    goods = {"name": "x", "quantity": 1, "price_unit": 1, "purchase_line_id": line}
    user = admin.env["res.users"].search([("login", "=", sandbox.user)])[0]
    partner = one(admin, "res.users", user, "partner_id")[0]
    address = one(admin, "res.partner", partner, "email")
    admin.env["res.partner"].write([partner], {"email": False})
    try:
        kind, message = refusal(bill, sandbox.login(), some_vendor(admin), "E-1", goods)
        assert (kind, message) == ("UserError", "Unable to send message, please configure the sender's email address.")
        assert not admin.env["account.move"].search([("ref", "=", "E-1")])
    finally:
        admin.env["res.partner"].write([partner], {"email": address})


def test_notes_and_attachments_hang_on_a_draft(service: Any, admin: Any) -> None:
    number = bill(service, some_vendor(admin), "N-1", {"name": "x", "quantity": 1, "price_unit": 1})
    content = bytes(range(256)) * 4096 * 5  # 5 MiB
    values = {"name": "paper.pdf", "datas": base64.b64encode(content).decode()}
    file = service.env["ir.attachment"].create(values | {"res_model": "account.move", "res_id": number})
    row = one(service, "ir.attachment", file, "datas", "checksum", "file_size", "mimetype")
    assert base64.b64decode(row["datas"]) == content
    assert (row["file_size"], row["mimetype"]) == (len(content), "application/pdf")
    note = service.env["account.move"].message_post([number], body="<b>Checked</b>", attachment_ids=[file])
    assert one(service, "mail.message", note, "body") == "<p>&lt;b&gt;Checked&lt;/b&gt;</p>"
    row = one(service, "account.move", number, "message_ids", "attachment_ids", "message_main_attachment_id")
    assert note in row["message_ids"]
    assert (row["attachment_ids"], row["message_main_attachment_id"]) == ([file], [file, "paper.pdf"])


def test_an_order_takes_the_vendors_price_and_words(admin: Any) -> None:
    vendor, product = some_vendor(admin), new_product(admin, default_code="LAN", standard_price=2)
    codes = {"partner_id": vendor, "product_id": product, "product_code": "V-7", "product_name": "Lamp", "price": 3.5}
    admin.env["product.supplierinfo"].create(codes)
    order = admin.env["purchase.order"].create(
        {"partner_id": vendor, "order_line": [(0, 0, {"product_id": product, "product_qty": 2})]}
    )
    line = one(admin, "purchase.order", order, "order_line")[0]
    row = one(admin, "purchase.order.line", line, "name", "price_unit", "price_subtotal", "product_uom")
    assert (row["name"], row["price_unit"], row["price_subtotal"]) == ("[V-7] Lamp", 3.5, 7.0)
    row = one(admin, "purchase.order", order, "name", "state", "invoice_status", "receipt_status")
    assert row["name"].startswith("P00")
    assert (row["state"], row["invoice_status"], row["receipt_status"]) == ("draft", "no", False)


def test_goods_come_in_two_parts(admin: Any) -> None:
    order = confirmed_order(admin, 10, partner_ref="AB-77")
    receipt = one(admin, "purchase.order", order, "picking_ids")[0]
    assert one(admin, "purchase.order", order, "receipt_status") == "pending"
    move = one(admin, "stock.picking", receipt, "move_ids")[0]
    assert one(admin, "stock.move", move, "quantity") == 10.0
    admin.env["stock.move"].write([move], {"quantity": 6, "picked": True})
    action = admin.env["stock.picking"].button_validate([receipt])
    assert action["res_model"] == "stock.backorder.confirmation"
    wizard = admin.env["stock.backorder.confirmation"].with_context(**action["context"])
    wizard.process([wizard.create({})])
    row = one(admin, "purchase.order", order, "receipt_status", "picking_ids", "invoice_status")
    assert (row["receipt_status"], row["invoice_status"]) == ("partial", "to invoice")
    rest = next(number for number in row["picking_ids"] if number != receipt)
    assert one(admin, "stock.picking", rest, "backorder_id")[0] == receipt
    line = one(admin, "purchase.order", order, "order_line")[0]
    assert one(admin, "purchase.order.line", line, "qty_received", "qty_to_invoice") == {
        "id": line,
        "qty_received": 6.0,
        "qty_to_invoice": 6.0,
    }
    assert admin.env["stock.picking"].button_validate([rest]) is True
    assert one(admin, "purchase.order", order, "receipt_status") == "full"
    made = admin.env["purchase.order"].action_create_invoice([order])["res_id"]
    assert one(admin, "account.move", made, "ref", "amount_untaxed") == {
        "id": made,
        "ref": "AB-77",
        "amount_untaxed": 40.0,
    }
    assert one(admin, "purchase.order", order, "invoice_status") == "invoiced"


def test_the_rest_may_be_given_up(admin: Any) -> None:
    order = confirmed_order(admin, 10)
    receipt = one(admin, "purchase.order", order, "picking_ids")[0]
    move = one(admin, "stock.picking", receipt, "move_ids")[0]
    admin.env["stock.move"].write([move], {"quantity": 6, "picked": True})
    action = admin.env["stock.picking"].button_validate([receipt])
    wizard = admin.env["stock.backorder.confirmation"].with_context(**action["context"])
    wizard.process_cancel_backorder([wizard.create({})])
    assert one(admin, "purchase.order", order, "receipt_status", "picking_ids") == {
        "id": order,
        "receipt_status": "full",
        "picking_ids": [receipt],
    }


def test_an_order_with_goods_or_a_posted_bill_stays(admin: Any) -> None:
    order = confirmed_order(admin)
    admin.env["purchase.order"].button_cancel([order])
    assert one(admin, "purchase.order", order, "state") == "cancel"
    received = confirmed_order(admin)
    admin.env["stock.picking"].button_validate(one(admin, "purchase.order", received, "picking_ids"))
    assert refusal(admin.env["purchase.order"].button_cancel, [received])[0] == "UserError"


def test_more_is_ordered_later(admin: Any) -> None:
    order = confirmed_order(admin, 10)
    admin.env["stock.picking"].button_validate(one(admin, "purchase.order", order, "picking_ids"))
    line = one(admin, "purchase.order", order, "order_line")[0]
    admin.env["purchase.order.line"].write([line], {"product_qty": 15})
    row = one(admin, "purchase.order", order, "receipt_status", "amount_untaxed", "picking_ids")
    assert (row["receipt_status"], row["amount_untaxed"], len(row["picking_ids"])) == ("partial", 60.0, 2)


def test_serial_numbers_are_asked_for_and_kept(admin: Any) -> None:
    product = new_product(admin, tracking="serial")
    line = {"product_id": product, "product_qty": 2, "price_unit": 1}
    order = admin.env["purchase.order"].create({"partner_id": some_vendor(admin), "order_line": [(0, 0, line)]})
    admin.env["purchase.order"].button_confirm([order])
    receipt = one(admin, "purchase.order", order, "picking_ids")[0]
    assert "Lot/Serial" in refusal(admin.env["stock.picking"].button_validate, [receipt])[1]
    lines = one(admin, "stock.picking", receipt, "move_line_ids")
    for count, number in enumerate(lines):
        admin.env["stock.move.line"].write([number], {"lot_name": f"SN-{count}", "picked": True})
    assert admin.env["stock.picking"].button_validate([receipt]) is True
    assert admin.env["stock.lot"].search_count([("product_id", "=", product), ("name", "like", "SN-")]) == 2


def test_an_order_in_another_currency_is_booked_in_ours(admin: Any) -> None:
    currency = admin.env["res.currency"].create({"name": "SEK", "symbol": "kr"})
    admin.env["res.currency.rate"].create({"currency_id": currency, "name": "2026-01-01", "rate": 11.5})
    line = {"name": "x", "quantity": 1, "price_unit": 115}
    number = bill(admin, some_vendor(admin), "K-1", line, currency_id=currency)
    row = one(admin, "account.move", number, "amount_total", "amount_total_signed")
    assert (row["amount_total"], row["amount_total_signed"]) == (115.0, -10.0)


def test_contacts_follow_their_company(admin: Any) -> None:
    company = admin.env["res.partner"].create({"name": "Orchard Ltd", "is_company": True, "vat": "GB1"})
    person = admin.env["res.partner"].create({"name": "Ann", "parent_id": company})
    row = one(admin, "res.partner", person, "display_name", "commercial_partner_id", "vat")
    assert row == {
        "id": person,
        "display_name": "Orchard Ltd, Ann",
        "commercial_partner_id": [company, "Orchard Ltd"],
        "vat": "GB1",
    }
    account = admin.env["res.partner.bank"].create({"partner_id": company, "acc_number": "GB33 BUKB 2020 1555 5555 55"})
    assert one(admin, "res.partner.bank", account, "sanitized_acc_number") == "GB33BUKB20201555555555"


def test_new_people_get_passwords_and_groups(sandbox: OdooSandbox, admin: Any) -> None:
    billing = admin.env["res.groups"].search([("full_name", "=", "Invoicing/Billing")])
    values = {
        "name": "Bill",
        "login": "bill",
        "email": "bill@example.com",
        "password": "pw",
        "groups_id": [(4, billing[0])],
    }
    admin.env["res.users"].create(values)
    client = odoorpc.ODOO("127.0.0.1", port=sandbox.port)
    client.login(sandbox.db, "bill", "pw")
    assert client.env["res.users"].has_group("account.group_account_invoice")
    assert client.env["account.move"].search_count([]) > 0
    assert refusal(client.env["purchase.order"].create, {"partner_id": 1})[0] == "AccessError"


def test_reading_everything_of_a_bill_line_fails_as_in_odoo(service: Any) -> None:
    line = service.env["account.move.line"].search([], limit=1)
    kind, message = refusal(service.env["account.move.line"].read, line)
    assert (kind, message) == ("TypeError", "keys must be str, int, float, bool or None, not frozendict")
    assert service.env["account.move"].search_read([], limit=1)


def test_links_to_nothing_are_refused(admin: Any) -> None:
    kind, message = refusal(admin.env["purchase.order"].create, {"partner_id": 99999})
    assert (kind, message.splitlines()[0]) == ("MissingError", "Record does not exist or has been deleted.")
    assert refusal(admin.env["account.move"].create, {"move_type": "odd"})[0] == "ValueError"
    assert refusal(admin.env["res.partner"].search, [], order="name upwards")[0] == "UserError"


def test_a_record_with_links_to_it_stays(admin: Any) -> None:
    kind, message = refusal(admin.env["res.partner"].unlink, [some_vendor(admin)])
    assert kind == "ValidationError"
    assert "another model requires the record being deleted" in message


def test_records_as_objects(admin: Any) -> None:
    """odoorpc's objects read with bare ids instead of names."""
    vendor = admin.env["res.partner"].browse(some_vendor(admin))
    assert vendor.country_id.code
    vendor.phone = "+49 30 1"
    assert one(admin, "res.partner", vendor.id, "phone") == "+49 30 1"


def test_an_installation_is_told_from_another(sandbox: OdooSandbox, admin: Any, tmp_path: Path) -> None:
    uuid = admin.env["ir.config_parameter"].get_param("database.uuid")
    with running_sandbox(tmp_path) as other:
        assert other.login("admin").env["ir.config_parameter"].get_param("database.uuid") != uuid
    assert refusal(sandbox.login().env["ir.config_parameter"].get_param, "database.uuid")[0] == "AccessError"


def test_companies_outside_the_users_are_refused(service: Any) -> None:
    moves = service.env["account.move"].with_context(allowed_company_ids=[99])
    assert refusal(moves.search_count, [])[0] == "AccessError"
