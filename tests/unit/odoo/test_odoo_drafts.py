"""Drafts become the values that create them in Odoo, each within what the allow-list permits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.domain.drafts import BillDraft, BillLineDraft, RepairDraft, ReturnDraft, ReturnLineDraft
from service.domain.errors import OdooRefusedError
from service.odoo import drafts, markers
from service.odoo.writes import check_write


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
    values = drafts.bill_values(a_draft(), 1)
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
    values = drafts.bill_values(a_draft(due_on=None, order_names=(), is_refund=True), 1)
    assert "invoice_date_due" not in values
    assert values["move_type"] == "in_refund"
    assert values["invoice_origin"] == "concord:ab12"
    assert "product_id" not in values["invoice_line_ids"][1][2]


INVOICE: dict[str, Any] = {"id": 42, "name": "INV/2026/00005", "partner_id": [51, "Lena"], "currency_id": [1, "USD"]}
INVOICE_LINE: dict[str, Any] = {
    "id": 101,
    "name": "Espresso machine",
    "product_id": [44, "EM7"],
    "product_uom_id": [1, "Units"],
    "price_unit": 449.0,
    "discount": 10.0,
    "tax_ids": [1],
    "sale_line_ids": [52],
}


def a_return(**changes: Any) -> ReturnDraft:
    values: dict[str, Any] = {
        "marker": "2-ab12",
        "delivery_id": 32,
        "lines": (ReturnLineDraft(60, 44, Decimal(1), to_refund=True),),
        "refund_of": 42,
        "reason": "Leaks <badly>",
        "refund_on": date(2026, 11, 24),
        "refund_lines": ((101, Decimal(1)),),
    }
    return ReturnDraft(**{**values, **changes})


def test_return_keeps_odoos_text_and_bears_the_marker() -> None:
    values = drafts.return_values(a_return(), "WH/OUT/00012")
    check_write("stock.picking", "write", values)
    assert values == {"origin": "Return of WH/OUT/00012 · concord:2-ab12", "note": "Leaks &lt;badly&gt;"}


def test_refund_is_of_the_invoices_lines_at_its_prices() -> None:
    values = drafts.refund_values(a_return(), INVOICE, [INVOICE_LINE])
    check_write("account.move", "create", values)
    assert values["invoice_origin"] == "INV/2026/00005 · concord:2-ab12"
    assert (values["move_type"], values["reversed_entry_id"], values["partner_id"]) == ("out_refund", 42, 51)
    assert values["invoice_line_ids"][0][2] == {
        "name": "Espresso machine",
        "product_id": 44,
        "product_uom_id": 1,
        "quantity": 1.0,
        "price_unit": 449.0,
        "discount": 10.0,
        "sale_line_ids": [(6, 0, [52])],
        "tax_ids": [(6, 0, [1])],
    }
    assert "invoice_date" not in drafts.refund_values(a_return(refund_on=None), INVOICE, [INVOICE_LINE])


@pytest.mark.parametrize("lines", [(), ((999, Decimal(1)),)])
def test_no_refund_of_nothing_or_of_another_invoices_lines(lines: Any) -> None:
    with pytest.raises(OdooRefusedError):
        drafts.refund_values(a_return(refund_lines=lines), INVOICE, [INVOICE_LINE])


def test_repair_has_its_type_of_operation_and_the_marker_in_its_notes() -> None:
    values = drafts.repair_values(RepairDraft("1-ab12", 51, 1, 44, 5, None, True, "Pump & valve"), 11)
    check_write("repair.order", "create", values)
    assert values["internal_notes"] == "Pump &amp; valve · concord:1-ab12"
    assert (values["picking_type_id"], values["lot_id"], values["under_warranty"]) == (11, 5, True)
    assert "sale_order_id" not in values


def test_a_marker_is_not_taken_for_one_that_begins_alike() -> None:
    text = markers.marked("S00025", "1-ab")
    assert markers.bears(text, "1-ab")
    assert not markers.bears(text, "1-a")
    assert not markers.bears("S00025", "1-ab")
    assert (markers.bears_any(text), markers.bears_any(None)) == (True, False)
