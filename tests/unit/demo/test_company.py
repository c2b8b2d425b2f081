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
    assert (len(company.vendors), len(company.products), len(company.orders)) == (40, 300, 200)
    assert (len(company.customers), len(company.sale_orders)) == (60, 150)
    assert sum(product.has_serials for product in company.products) == 48
    assert {order.state for order in company.orders} == {"draft", "sent", "to approve", "purchase", "done", "cancel"}
    assert {receipt.state for receipt in company.receipts} == {"done", "assigned", "cancel"}
    assert {(bill.state, bill.is_paid) for bill in company.bills} == {
        ("draft", False),
        ("posted", False),
        ("posted", True),
        ("cancel", False),
    }
    countries = {vendor.address.country for vendor in company.vendors}
    assert countries == {"AT", "DE", "ES", "FR", "GB", "IE", "IT", "NL"}
    assert {customer.address.country for customer in company.customers} == countries


def test_check_digits_are_right(company: DemoCompany) -> None:
    vat_ids = [company.own.vat_id, *(vendor.vat_id for vendor in company.vendors)]
    vat_ids += [company.former_vendor.vat_id, company.doubled_vendors[0].vat_id]
    vat_ids += [customer.vat_id for customer in company.customers if customer.vat_id]
    assert len(vat_ids) == len(set(vat_ids)) == 63
    assert all(gb_vat.is_valid(number) if number.startswith("GB") else eu_vat.is_valid(number) for number in vat_ids)
    accounts = [vendor.iban for vendor in company.vendors] + [customer.iban for customer in company.customers]
    accounts += [company.former_vendor.iban, company.doubled_vendors[0].iban, company.namesakes[0].iban]
    assert len(set(accounts)) == 103
    assert all(iban.is_valid(account) for account in accounts)
    barcodes = [product.barcode for product in company.products if product.barcode]
    assert len(barcodes) == len(set(barcodes)) == 294
    assert all(ean.is_valid(barcode) for barcode in barcodes)


def test_identifiers_are_unique(company: DemoCompany) -> None:
    for values in (
        [product.code for product in company.products],
        [(product.vendor_id, product.vendor_code) for product in company.products],
        [order.name for order in company.orders],
        [*(receipt.name for receipt in company.receipts), *(delivery.name for delivery in company.deliveries)],
        [serial.number for serial in company.serials],
        [customer.name for customer in company.customers],
        [customer.email for customer in company.customers],
        [order.customer_reference for order in company.sale_orders if order.customer_reference.startswith("WEB")],
        [invoice.name for invoice in company.invoices if invoice.name != "/"],
        [(bill.vendor_id, bill.number) for bill in company.bills],
        [bill.name for bill in company.bills if bill.name != "/"],
    ):
        assert max(Counter(values).values()) == 1


def test_some_partners_exist_twice_or_no_more(company: DemoCompany) -> None:
    for one, other in (company.doubled_vendors, company.namesakes):
        assert one.id != other.id
        assert (one.name, one.email, one.iban) == (other.name, other.email, other.iban)
    traded = {order.vendor_id for order in company.orders} | {order.customer_id for order in company.sale_orders}
    idle = (company.former_vendor.id, *(vendor.id for vendor in company.doubled_vendors))
    assert not traded & {*idle, *(customer.id for customer in company.namesakes)}


def test_receipts_explain_what_was_received(company: DemoCompany) -> None:
    arrived: Counter[int] = Counter()
    for receipt in company.receipts:
        for move in receipt.moves:
            sign = -1 if move.returned_move_id else 1
            arrived[move.order_line_id] += sign * int(move.quantity) if receipt.state == "done" else 0
    for order in company.orders:
        for line in order.lines:
            assert line.received == arrived[line.id] <= line.quantity


def test_bills_explain_what_was_invoiced(company: DemoCompany) -> None:
    billed: Counter[int] = Counter()
    for bill in company.bills:
        for item in bill.lines:
            sign = -1 if bill.is_refund else 1
            billed[item.order_line_id] += sign * int(item.quantity) if bill.state != "cancel" else 0
    for order in company.orders:
        for line in order.lines:
            assert line.invoiced == billed[line.id]
            sent_back = any(receipt.returned_id for receipt in company.receipts_of(order.id))
            assert line.to_invoice >= 0 or not order.is_confirmed or sent_back


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


def test_the_first_forty_orders_are_the_older_vendors(company: DemoCompany) -> None:
    assert {order.vendor_id for order in company.orders[:40]} == set(range(11, 21))
    assert min(order.vendor_id for order in company.orders[40:]) > 20


def test_what_goes_back_to_vendors_came_from_them(company: DemoCompany) -> None:
    moves = {move.id: move for receipt in company.receipts for move in receipt.moves}
    returns = [move for move in moves.values() if move.returned_move_id]
    assert len(returns) > 8
    for move in returns:
        came = moves[move.returned_move_id or 0]
        assert 0 < move.quantity <= came.quantity
        assert set(move.serial_ids) <= set(came.serial_ids)
    refunds = [bill for bill in company.bills if bill.is_refund]
    assert 0 < len(refunds) < len(returns)
    bills = {bill.id: bill for bill in company.bills}
    assert all(refund.total <= bills[refund.reversed_id or 0].total for refund in refunds)


def test_there_is_much_left_to_bill(company: DemoCompany) -> None:
    open_quantity = sum(line.to_invoice for order in company.billable_orders() for line in order.lines)
    assert open_quantity > Decimal(1500)
