"""The demonstration company: identifiers that pass their checks, figures that agree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from stdnum import ean, iban
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

from service.demo.company import TODAY, DemoCompany, build_company

SEEDS = (1, 2, 2026)


@pytest.fixture(params=SEEDS, scope="module")
def company(request: pytest.FixtureRequest) -> DemoCompany:
    return build_company(request.param)


def test_same_seed_same_company() -> None:
    assert build_company(7) == build_company(7)
    assert build_company(7) != build_company(8)


def test_size_and_states(company: DemoCompany) -> None:
    assert (len(company.vendors), len(company.products), len(company.orders)) == (10, 60, 40)
    assert {order.state for order in company.orders} == {"draft", "sent", "to approve", "purchase", "done", "cancel"}
    assert {receipt.state for receipt in company.receipts} == {"done", "assigned", "cancel"}
    assert {(bill.state, bill.is_paid) for bill in company.bills} == {
        ("draft", False),
        ("posted", False),
        ("posted", True),
        ("cancel", False),
    }


def test_check_digits_are_right(company: DemoCompany) -> None:
    vat_ids = [company.own.vat_id, *(vendor.vat_id for vendor in company.vendors)]
    assert all(gb_vat.is_valid(number) if number.startswith("GB") else eu_vat.is_valid(number) for number in vat_ids)
    assert all(iban.is_valid(vendor.iban) for vendor in company.vendors)
    barcodes = [product.barcode for product in company.products if product.barcode]
    assert len(barcodes) == len(set(barcodes)) == 54
    assert all(ean.is_valid(barcode) for barcode in barcodes)


def test_identifiers_are_unique(company: DemoCompany) -> None:
    for values in (
        [product.code for product in company.products],
        [(product.vendor_id, product.vendor_code) for product in company.products],
        [order.name for order in company.orders],
        [(bill.vendor_id, bill.number) for bill in company.bills],
        [bill.name for bill in company.bills if bill.name != "/"],
    ):
        assert max(Counter(values).values()) == 1


def test_receipts_explain_what_was_received(company: DemoCompany) -> None:
    arrived: Counter[int] = Counter()
    for receipt in company.receipts:
        for move in receipt.moves:
            arrived[move.order_line_id] += int(move.quantity) if receipt.state == "done" else 0
    for order in company.orders:
        for line in order.lines:
            assert line.received == arrived[line.id] <= line.quantity


def test_bills_explain_what_was_invoiced(company: DemoCompany) -> None:
    billed: Counter[int] = Counter()
    for bill in company.bills:
        for item in bill.lines:
            billed[item.order_line_id] += int(item.quantity) if bill.state != "cancel" else 0
    for order in company.orders:
        for line in order.lines:
            assert line.invoiced == billed[line.id]
            assert line.to_invoice >= 0 or not order.is_confirmed


def test_backorders_hold_the_rest(company: DemoCompany) -> None:
    backorders = [receipt for receipt in company.receipts if receipt.backorder_of]
    assert backorders
    for order_id in {receipt.order_id for receipt in backorders}:
        order = next(order for order in company.orders if order.id == order_id)
        demanded: Counter[int] = Counter()
        for receipt in company.receipts_of(order_id):
            demanded.update({move.order_line_id: int(move.demand) for move in receipt.moves})
        assert demanded == {line.id: int(line.quantity) for line in order.lines}


def test_nothing_happens_before_its_cause_or_after_today(company: DemoCompany) -> None:
    end = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).replace(hour=23)
    for order in company.orders:
        assert order.ordered_at <= order.changed_at <= end
        for receipt in company.receipts_of(order.id):
            assert order.approved_at is not None
            assert order.approved_at <= receipt.changed_at <= end
            assert receipt.done_at is None or receipt.done_at <= order.changed_at
        for bill in company.bills_of(order.id):
            assert order.ordered_at <= bill.created_at <= bill.changed_at <= end
            assert bill.created_at <= order.changed_at


def test_there_is_much_left_to_bill(company: DemoCompany) -> None:
    open_quantity = sum(line.to_invoice for order in company.billable_orders() for line in order.lines)
    assert open_quantity > Decimal(1500)
