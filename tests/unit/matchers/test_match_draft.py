"""The draft bill: printed amounts, the orders' products and taxes, and a sentence where it can't be made."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from matchers.draft import bill_draft
from matchers.pipeline import reconcile
from service.domain.drafts import BillDraft
from service.domain.errors import UsageError
from tests.golden_rules.case_files import FOLDER, case_of, merged

BASE = tomllib.loads((FOLDER / "base.toml").read_text(encoding="utf-8"))


def draft_of(**change: Any) -> BillDraft:
    case = case_of(merged(BASE, change))
    return bill_draft(case.extraction, reconcile(case), case.records, "1-abc")


def net(draft: BillDraft) -> Decimal:
    return sum((ln.quantity * ln.unit_price * (100 - ln.discount_percent) / 100 for ln in draft.lines), Decimal(0))


def test_lines_are_linked_with_product_unit_and_taxes_of_the_order() -> None:
    draft = draft_of()
    assert (draft.marker, draft.is_refund, draft.partner_id, draft.company_id) == ("1-abc", False, 10, 1)
    assert (draft.vendor_reference, draft.payment_reference, draft.currency) == ("RE-2026-004890",) * 2 + ("EUR",)
    assert (draft.billed_on.isoformat(), draft.due_on and draft.due_on.isoformat()) == ("2026-03-10", "2026-04-09")
    assert draft.order_names == ("P00013",)
    first, second = draft.lines
    assert (first.order_line_id, first.product_id, first.unit_id, first.tax_ids) == (1301, 100, 1, (1,))
    assert (first.quantity, first.unit_price, first.discount_percent) == (5, 400, 0)
    assert (second.order_line_id, second.quantity) == (1302, 2)
    assert net(draft) == Decimal(2350)


def test_a_printed_discount_stays_a_discount() -> None:
    line = {"line": 1, "unit_price": "500.00", "discount_percent": "20"}
    draft = draft_of(document={"lines": [line]})
    assert (draft.lines[0].unit_price, draft.lines[0].discount_percent) == (500, 20)
    assert net(draft) == Decimal(2350)


def test_dozens_are_billed_in_the_orders_unit() -> None:
    line = {"line": 1, "quantity": "1", "unit": "DZN", "unit_price": "4800.00", "line_total": "4800.00"}
    draft = draft_of(document={"lines": [line]}, orders=[{"id": 13, "lines": [{"id": 1301, "quantity": "12"}]}])
    assert (draft.lines[0].quantity, draft.lines[0].unit_price) == (12, 400)


def test_a_line_that_nobody_ordered_is_text_with_the_tax_of_its_rate() -> None:
    line = {"line": 3, "description": "Deposit", "quantity": "5", "unit_price": "10.00", "line_total": "50.00"}
    taxes = [{"id": 7, "name": "7%", "rate": "7"}]
    draft = draft_of(document={"lines": [{**line, "tax_rate": "7"}]}, taxes=taxes)
    extra = draft.lines[2]
    assert (extra.description, extra.product_id, extra.order_line_id, extra.tax_ids) == ("Deposit", None, None, (7,))


def test_freight_and_allowance_make_up_the_net_total() -> None:
    head = {"freight_total": "50.00", "allowance_total": "20.00", "net_total": "2380.00"}
    draft = draft_of(document={"fields": head})
    assert [(line.description, line.unit_price) for line in draft.lines[2:]] == [("Freight", 50), ("Allowance", -20)]
    assert net(draft) == Decimal(2380)


def test_without_lines_the_net_total_is_billed() -> None:
    removed = [{"line": 1, "removed": True}, {"line": 2, "removed": True}]
    draft = draft_of(document={"lines": removed})
    assert [(line.description, line.unit_price, line.tax_ids) for line in draft.lines] == [
        ("According to RE-2026-004890", 2350, (1,))
    ]


def test_a_credit_note_is_a_refund_with_positive_amounts() -> None:
    line = {"line": 1, "quantity": "-1", "line_total": "-400.00"}
    head = {"net_total": "-400.00", "tax_total": "-76.00", "grand_total": "-476.00"}
    lines = [line, {"line": 2, "removed": True}]
    draft = draft_of(document={"kind": "credit_note", "fields": head, "lines": lines})
    assert draft.is_refund
    assert net(draft) == Decimal(400)


def test_tax_within_the_orders_price_is_put_back_into_it() -> None:
    draft = draft_of(taxes=[{"id": 1, "included_in_price": True}])
    assert draft.lines[0].unit_price == Decimal(476)


def test_a_document_that_lacks_something_says_all_of_it() -> None:
    head = {"invoice_number": "", "seller_vat_id": "", "iban": "", "seller_email": "", "order_reference": ""}
    with pytest.raises(UsageError, match="it lacks the vendor, the invoice number") as caught:
        draft_of(document={"fields": {**head, "seller_name": "Wolkenbau Ltd"}})
    assert caught.value.advice


def test_of_two_companies_the_buyers_vat_id_tells() -> None:
    other = {"id": 2, "name": "Lind Logistik", "currency": "EUR", "partner_id": 2, "vat_id": "DE999999999"}
    unordered = {
        "fields": {"order_reference": ""},
        "lines": [{"line": 1, "removed": True}, {"line": 2, "removed": True}],
    }
    assert draft_of(companies=[other], document=unordered).company_id == 1
    unordered["fields"]["buyer_vat_id"] = ""
    with pytest.raises(UsageError, match="which of our companies"):
        draft_of(companies=[other], document=unordered, orders=[{"id": 13, "removed": True}])


def test_a_document_that_is_no_bill_makes_none() -> None:
    with pytest.raises(UsageError, match="kind of document"):
        draft_of(document={"kind": "other"})
