"""Rows recorded from an Odoo 17 become records in accounting words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.domain.records import Receipt, SaleOrder
from service.odoo import mapping, mapping_sales
from service.odoo.values import to_ids, to_number, to_plain_text

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "contract" / "samples" / "odoo17_rows.json").read_text()
)


def row(model: str, number: int) -> dict[str, Any]:
    return next(entry for entry in ROWS[model] if entry["id"] == number)


def order_lines(order_id: int) -> list[dict[str, Any]]:
    return [entry for entry in ROWS["purchase.order.line"] if entry["order_id"][0] == order_id]


def test_partner() -> None:
    vendor = mapping.partner(row("res.partner", 49))
    assert (vendor.ref.name, vendor.vat_id, vendor.is_vendor) == ("Nordwind Electronics GmbH", "DE811907980", True)
    assert (vendor.reference, vendor.country, vendor.parent_id, vendor.company_id) == ("V-1001", "DE", None, None)
    assert vendor.changed_at == datetime(2026, 11, 23, 6, 38, 54, tzinfo=UTC)
    assert mapping.partner(row("res.partner", 50)).vat_id is None


def test_vat_id_is_normalised() -> None:
    assert mapping.partner({**row("res.partner", 49), "vat": "DE 811-907.980"}).vat_id == "DE811907980"
    assert mapping.partner({**row("res.partner", 49), "vat": " - "}).vat_id is None


def test_nameless_address_bears_its_companys_name() -> None:
    nameless = {**row("res.partner", 7), "name": False, "complete_name": "YourCompany, Invoice"}
    assert mapping.partner(nameless).ref.name == "YourCompany, Invoice"


def test_order_with_its_lines() -> None:
    order = mapping.order(row("purchase.order", 13), order_lines(13))
    assert (order.ref.name, order.vendor_reference, order.currency) == ("P00013", "NW-SO-55821", "USD")
    assert (order.partner_id, order.state, order.billing_status) == (49, "purchase", "to invoice")
    assert order.ordered_on == date(2026, 11, 23)
    assert (order.net_amount, order.tax_amount, order.total_amount) == (Decimal(1780), Decimal(267), Decimal(2047))
    speaker = order.lines[0]
    assert (speaker.quantity, speaker.received, speaker.invoiced) == (Decimal(20), Decimal(18), Decimal(12))
    assert (speaker.product_id, speaker.unit_id, speaker.tax_ids) == (42, 1, (2,))
    assert (speaker.unit_price, speaker.net_amount) == (Decimal("40.0"), Decimal("800.0"))


def test_order_changed_when_its_latest_line_did() -> None:
    lines = [{**entry, "write_date": "2026-11-24 01:02:03"} for entry in order_lines(20)]
    assert mapping.order(row("purchase.order", 20), lines).changed_at == datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)


def test_order_leaves_out_sections_and_notes() -> None:
    note = {**order_lines(20)[0], "id": 99, "display_type": "line_note"}
    assert len(mapping.order(row("purchase.order", 20), [*order_lines(20), note]).lines) == 1
    assert mapping.order(row("purchase.order", 20), []).lines == ()


def bill_lines(bill_id: int) -> list[dict[str, Any]]:
    return [entry for entry in ROWS["account.move.line"] if entry["move_id"][0] == bill_id]


def test_bill_and_credit_note() -> None:
    bill = mapping.bill(row("account.move", 30), bill_lines(30))
    assert (bill.ref.name, bill.vendor_reference, bill.origin) == ("BILL/2026/11/0002", "RE-2026-004711", "P00013")
    assert (bill.state, bill.payment_state, bill.is_refund, bill.is_sale) == ("posted", "paid", False, False)
    assert bill.order_line_ids == (23, 24, 25)
    assert (bill.billed_on, bill.open_amount) == (date(2026, 11, 20), Decimal(0))
    assert (bill.lines[0].quantity, bill.lines[0].unit_price, bill.lines[0].order_line_id) == (12, 41, 23)
    credit_note = mapping.bill(row("account.move", 41), [])
    assert credit_note.is_refund
    assert credit_note.payment_reference is None


def test_customers_invoice_and_its_credit_note() -> None:
    invoice = mapping.bill(row("account.move", 42), bill_lines(42))
    assert (invoice.ref.name, invoice.vendor_reference, invoice.is_sale) == ("INV/2026/00005", "WEB-100234", True)
    assert (invoice.is_refund, invoice.reversed_id, invoice.order_line_ids) == (False, None, ())
    sold = {number for line in invoice.lines for number in line.sale_line_ids}
    assert sold == {line.ref.id for line in a_sale_order().lines}
    credit_note = mapping.bill(row("account.move", 46), bill_lines(46))
    assert (credit_note.is_sale, credit_note.is_refund, credit_note.reversed_id) == (True, True, 42)
    assert credit_note.open_amount == credit_note.total_amount


def a_sale_order() -> SaleOrder:
    lines = [entry for entry in ROWS["sale.order.line"] if entry["order_id"][0] == 25]
    return mapping_sales.sale_order(row("sale.order", 25), lines)


def test_sale_order_with_its_lines() -> None:
    order = a_sale_order()
    assert (order.ref.name, order.customer_reference, order.state) == ("S00025", "WEB-100234", "sale")
    machine = next(line for line in order.lines if line.product_id == 44)
    assert (machine.quantity, machine.delivered, machine.invoiced) == (1, 1, 1)
    assert (machine.unit_price, machine.tax_ids) == (Decimal("449.0"), (1,))


def transfer(number: int) -> Receipt:
    moves = [entry for entry in ROWS["stock.move"] if entry["picking_id"][0] == number]
    serials = {
        move["id"]: to_ids(*(e["lot_id"][:1] for e in ROWS["stock.move.line"] if e["move_id"][0] == move["id"]))
        for move in moves
    }
    return mapping.transfer(row("stock.picking", number), moves, serials)


def test_delivery_and_its_return() -> None:
    delivery, back = transfer(32), transfer(33)
    assert (delivery.is_outgoing, delivery.sale_order_id, delivery.returned_id) == (True, 25, None)
    assert [number for moved in delivery.movements for number in moved.serial_ids] == [5]
    assert (back.is_outgoing, back.sale_order_id, back.returned_id) == (False, 25, 32)
    (returned,) = back.movements
    taken_back = next(moved for moved in delivery.movements if moved.ref.id == returned.returned_movement_id)
    assert (returned.order_line_id, returned.quantity) == (taken_back.order_line_id, 1)
    assert returned.to_refund


def test_moved_quantities_are_in_the_products_unit() -> None:
    dozens = {
        **ROWS["stock.move"][0],
        "state": "done",
        "product_uom_qty": 2.0,
        "product_qty": 24.0,
        "quantity": 1.5,
    }
    picking = row("stock.picking", 32)
    assert mapping.transfer(picking, [dozens], {}).movements[0].quantity == 18
    assert mapping.transfer(picking, [{**dozens, "state": "assigned"}], {}).movements[0].quantity == 24
    assert mapping.transfer(picking, [{**dozens, "state": "cancel"}], {}).movements == ()


def test_serial_and_repairs() -> None:
    serial = mapping_sales.serial(row("stock.lot", 5))
    assert (serial.number, serial.product_id) == ("EM7-2026-0001", 44)
    repair = mapping_sales.repair(row("repair.order", 6))
    assert (repair.state, repair.serial_id, repair.sale_order_id, repair.under_warranty) == ("draft", 5, 25, True)
    noted = {**row("repair.order", 6), "internal_notes": "<p>Pump &amp; valve</p><p>concord:1-a</p>"}
    assert mapping_sales.repair(noted).note == "Pump & valve concord:1-a"
    assert to_plain_text(False) is None


def test_payments_and_statement_lines() -> None:
    out = mapping_sales.payment(row("account.payment", 1), bill_ids=[30], statement_line_ids=[10])
    assert (out.is_outgoing, out.amount, out.currency, out.reference) == (True, 500, "USD", "RE-2026-004711")
    assert (out.bill_ids, out.statement_line_ids, out.paid_on) == ((30,), (10,), date(2026, 11, 22))
    prepaid = mapping_sales.payment(row("account.payment", 3), bill_ids=(), statement_line_ids=())
    assert (prepaid.is_outgoing, prepaid.partner_id, prepaid.state) == (False, 51, "posted")
    line = mapping_sales.statement_line(row("account.bank.statement.line", 11), is_matched=False, bill_ids=())
    assert (line.amount, line.account_number, line.partner_id) == (-1000, "DE89370400440532013000", None)
    assert (line.payment_reference, line.booked_on) == ("Nordwind RE-2026-004890 part", date(2026, 11, 24))


@pytest.mark.parametrize("name", [False, "/"])
def test_draft_bill_without_number(name: object) -> None:
    assert mapping.bill({**row("account.move", 30), "name": name}, []).ref.name == "Draft 30"


def test_unit_ratios() -> None:
    ratios = {entry["name"]: mapping.unit(entry).ratio for entry in ROWS["uom.uom"]}
    assert ratios == {"Units": Decimal(1), "Dozens": Decimal(12), "g": Decimal("0.001")}


def test_tax() -> None:
    taxes = [mapping.tax(entry) for entry in ROWS["account.tax"]]
    assert [(tax.ref.id, tax.rate, tax.is_purchase) for tax in taxes] == [
        (1, Decimal(15), False),
        (2, Decimal(15), True),
        (3, Decimal(7), True),
    ]


def test_receipt_account_product_code_company() -> None:
    receipt = transfer(26)
    assert (receipt.order_id, receipt.state) == (13, "done")
    assert receipt.done_at == datetime(2026, 11, 23, 6, 31, 23, tzinfo=UTC)
    assert mapping.bank_account(row("res.partner.bank", 1)).number == "60161331926819"
    product = mapping.product(row("product.product", 42))
    assert (product.code, product.barcode, product.is_service) == ("BX20", "4006381333931", False)
    code = mapping.vendor_code(row("product.supplierinfo", 29))
    assert (code.code, code.template_id, code.product_id, code.price) == ("NW-USBC-2M", 33, None, Decimal("3.5"))
    assert mapping.company(row("res.company", 1)).currency == "USD"


def test_noise_of_floats_is_cut_off() -> None:
    assert to_number(0.1 + 0.2) == Decimal("0.3")
    assert to_number(False) == 0
    assert to_number(1234567.89) == Decimal("1234567.89")
