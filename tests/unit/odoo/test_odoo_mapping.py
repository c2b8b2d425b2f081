"""Rows recorded from an Odoo 17 become records in accounting words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.domain.records import BillDraft, BillLineDraft
from service.odoo import mapping
from service.odoo.writes import check_write

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


def test_bill_and_credit_note() -> None:
    bill = mapping.bill(row("account.move", 30), [24, 23, 24])
    assert (bill.ref.name, bill.vendor_reference, bill.origin) == ("BILL/2026/11/0002", "RE-2026-004711", "P00013")
    assert (bill.state, bill.payment_state, bill.is_refund) == ("posted", "paid", False)
    assert bill.order_line_ids == (23, 24)
    assert bill.billed_on == date(2026, 11, 20)
    credit_note = mapping.bill(row("account.move", 41), [])
    assert credit_note.is_refund
    assert credit_note.payment_reference is None


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
    receipt = mapping.receipt(row("stock.picking", 26))
    assert (receipt.order_id, receipt.state) == (13, "done")
    assert receipt.done_at == datetime(2026, 11, 23, 6, 31, 23, tzinfo=UTC)
    assert mapping.bank_account(row("res.partner.bank", 1)).number == "60161331926819"
    product = mapping.product(row("product.product", 42))
    assert (product.code, product.barcode, product.is_service) == ("BX20", "4006381333931", False)
    code = mapping.vendor_code(row("product.supplierinfo", 29))
    assert (code.code, code.template_id, code.product_id, code.price) == ("NW-USBC-2M", 33, None, Decimal("3.5"))
    assert mapping.company(row("res.company", 1)).currency == "USD"


def test_noise_of_floats_is_cut_off() -> None:
    assert mapping.to_number(0.1 + 0.2) == Decimal("0.3")
    assert mapping.to_number(False) == 0
    assert mapping.to_number(1234567.89) == Decimal("1234567.89")


def a_draft(**changes: Any) -> BillDraft:
    line = BillLineDraft("Speaker", Decimal("2.5"), Decimal("40.125"), Decimal(10), 42, 1, 23, (2, 3))
    loose = BillLineDraft("Freight", Decimal(1), Decimal("9.90"), Decimal(0), None, None, None, ())
    values: dict[str, Any] = {
        "marker": "ab12",
        "is_refund": False,
        "partner_id": 49,
        "company_id": 1,
        "currency": "USD",
        "vendor_reference": "RE-1",
        "payment_reference": None,
        "billed_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 20),
        "order_names": ("P00013", "P00014"),
        "lines": (line, loose),
    }
    return BillDraft(**{**values, **changes})


def test_bill_values() -> None:
    values = mapping.bill_values(a_draft(), 1)
    check_write("account.move", "create", values)
    assert values["invoice_origin"] == "P00013, P00014 · concord:ab12"
    assert (values["ref"], values["payment_reference"]) == ("RE-1", "RE-1")
    assert (values["invoice_date"], values["invoice_date_due"]) == ("2026-11-20", "2026-12-20")
    assert values["invoice_line_ids"][0][2] == {
        "name": "Speaker",
        "product_id": 42,
        "product_uom_id": 1,
        "quantity": 2.5,
        "price_unit": 40.125,
        "discount": 10.0,
        "purchase_line_id": 23,
        "tax_ids": [(6, 0, [2, 3])],
    }


def test_what_is_unknown_is_left_to_odoo() -> None:
    values = mapping.bill_values(a_draft(due_on=None, order_names=(), is_refund=True), 1)
    assert "invoice_date_due" not in values
    assert values["move_type"] == "in_refund"
    assert values["invoice_origin"] == "concord:ab12"
    assert "product_id" not in values["invoice_line_ids"][1][2]
