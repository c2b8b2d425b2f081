"""The demonstration's sales: quantities, pieces, statuses and dates agree with deliveries, returns and invoices."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from service.demo.company import TODAY, DemoCompany, build_company, odoo_rows
from service.demo.company.sold import (
    credit_notes_of,
    delivered_items,
    returnable_items,
    sold_serials,
    unsold_serials,
)

SEEDS = (1, 2026)
WINDOW_DAYS, WARRANTY_MONTHS = 30, 24


@pytest.fixture(params=SEEDS, scope="module")
def company(request: pytest.FixtureRequest) -> DemoCompany:
    return build_company(request.param)


@pytest.fixture(scope="module")
def rows(company: DemoCompany) -> Any:
    return odoo_rows(company)


def test_all_states_are_there(company: DemoCompany, rows: Any) -> None:
    assert {order.state for order in company.sale_orders} == {"draft", "sent", "sale", "cancel"}
    statuses = {row["delivery_status"] for row in rows["sale.order"]}
    assert statuses == {False, "pending", "partial", "full"}
    assert {row["invoice_status"] for row in rows["sale.order"]} == {"no", "to invoice", "invoiced"}
    states = {(delivery.state, delivery.is_return) for delivery in company.deliveries}
    assert states == {("done", False), ("assigned", False), ("cancel", False), ("done", True), ("assigned", True)}
    invoices = {(invoice.state, invoice.is_refund) for invoice in company.invoices}
    assert invoices == {("draft", False), ("posted", False), ("cancel", False), ("draft", True), ("posted", True)}
    assert {repair.state for repair in company.repairs} == {"draft", "confirmed", "under_repair", "done", "cancel"}
    assert {repair.under_warranty for repair in company.repairs} == {True, False}


def test_deliveries_and_returns_explain_what_was_delivered(company: DemoCompany) -> None:
    sent: Counter[int] = Counter()
    for delivery in company.deliveries:
        for move in delivery.moves if delivery.state == "done" else ():
            if not delivery.is_return:
                sent[move.sale_line_id] += int(move.quantity)
            elif move.to_refund:
                sent[move.sale_line_id] -= int(move.quantity)
    for order in company.sale_orders:
        for line in order.lines:
            assert line.delivered == sent[line.id] <= line.quantity


def test_invoices_and_credit_notes_explain_what_was_invoiced(company: DemoCompany) -> None:
    charged: Counter[int] = Counter()
    for invoice in company.invoices:
        for item in invoice.lines if invoice.state != "cancel" else ():
            charged[item.sale_line_id] += int(item.quantity) * (-1 if invoice.is_refund else 1)
    for order in company.sale_orders:
        for line in order.lines:
            assert line.invoiced == charged[line.id] <= line.quantity


def test_nothing_leaves_that_had_not_arrived(company: DemoCompany) -> None:
    """Walks through the stock in the order of time."""
    lines = {line.id: line.product_id for order in company.orders for line in order.lines}
    events = [
        (receipt.done_at, lines[move.order_line_id], -move.quantity if receipt.returned_id else move.quantity)
        for receipt in company.receipts
        for move in receipt.moves
        if receipt.done_at
    ]
    events += [
        (delivery.done_at, move.product_id, -move.quantity)
        for delivery in company.deliveries
        for move in delivery.moves
        if delivery.done_at and not delivery.is_return
    ]
    on_hand: dict[int, Decimal] = {}
    for _, product_id, quantity in sorted(events, key=lambda event: (event[0], -event[2])):
        on_hand[product_id] = on_hand.get(product_id, Decimal(0)) + quantity
        assert on_hand[product_id] >= 0


def test_every_piece_is_sold_at_most_once(company: DemoCompany) -> None:
    serials = {serial.id: serial for serial in company.serials}
    gone: Counter[int] = Counter()
    for delivery in company.deliveries:
        for move in delivery.moves:
            assert not move.serial_ids or len(move.serial_ids) == move.quantity
            for serial_id in move.serial_ids if not delivery.is_return else ():
                gone[serial_id] += 1
                assert serials[serial_id].product_id == move.product_id
                assert delivery.done_at is None or serials[serial_id].received_at <= delivery.done_at
    gone += Counter(
        id_ for receipt in company.receipts if receipt.returned_id for m in receipt.moves for id_ in m.serial_ids
    )
    assert max(gone.values()) == 1
    tracked = {product.id for product in company.products if product.has_serials}
    assert all(
        move.serial_ids for item in delivered_items(company) if item.product.id in tracked for move in [item.move]
    )


def test_returns_bring_back_what_was_delivered(company: DemoCompany) -> None:
    moves = {move.id: (delivery, move) for delivery in company.deliveries for move in delivery.moves}
    for delivery, move in moves.values():
        if move.returned_move_id:
            original, sent = moves[move.returned_move_id]
            assert delivery.returned_id == original.id
            assert move.quantity <= sent.quantity
            assert set(move.serial_ids) <= set(sent.serial_ids)
            assert original.done_at is not None
            assert original.done_at <= delivery.created_at <= delivery.changed_at
    returned = [item for item in delivered_items(company) if item.returned]
    assert any(item.credited == item.returned for item in returned)
    assert any(not item.credited for item in returned)


def test_credit_notes_reverse_invoices_of_the_same_order(company: DemoCompany) -> None:
    invoices = {invoice.id: invoice for invoice in company.invoices}
    notes = [note for note in company.invoices if note.is_refund]
    assert len(notes) > 10
    for note in notes:
        invoice = invoices[note.reversed_id or 0]
        assert (note.sale_order_id, note.customer_id) == (invoice.sale_order_id, invoice.customer_id)
        assert note in credit_notes_of(company, invoice)
        assert note.total <= invoice.total
        assert invoice.created_at <= note.created_at


def test_nothing_happens_before_its_cause_or_after_today(company: DemoCompany) -> None:
    end = datetime(TODAY.year, TODAY.month, TODAY.day, 23, tzinfo=UTC)
    for order in company.sale_orders:
        assert order.ordered_at <= order.changed_at <= end
        for delivery in company.deliveries_of(order.id):
            assert order.ordered_at <= delivery.created_at <= delivery.changed_at <= end
        for invoice in company.invoices_of(order.id):
            assert order.ordered_at <= invoice.created_at <= invoice.changed_at <= end
    deliveries = {delivery.sale_order_id: delivery for delivery in reversed(company.deliveries)}
    for repair in company.repairs:
        assert deliveries[repair.sale_order_id or 0].changed_at <= repair.opened_at <= repair.changed_at <= end


def test_line_statuses_follow_from_quantities(rows: Any) -> None:
    for line in rows["sale.order.line"]:
        waits = line["product_uom_qty"] - line["qty_invoiced"] if line["state"] == "sale" else 0
        assert line["qty_to_invoice"] == waits
        expected = "no" if line["state"] != "sale" else "to invoice" if waits else "invoiced"
        assert line["invoice_status"] == expected


def test_delivery_statuses_follow_from_transfers(rows: Any) -> None:
    for order in rows["sale.order"]:
        states = {row["state"] for row in rows["stock.picking"] if row["sale_id"] == order["id"]} - {"cancel"}
        expected = {frozenset(): False, frozenset({"done"}): "full", frozenset({"assigned"}): "pending"}
        assert order["delivery_status"] == expected.get(frozenset(states), "partial")


def test_move_lines_add_up_to_moves(rows: Any) -> None:
    sums: Counter[int] = Counter()
    for line in rows["stock.move.line"]:
        sums[line["move_id"]] += line["quantity"]
    assert all(sums[move["id"]] == move["quantity"] for move in rows["stock.move"])


def test_serial_numbers_are_where_they_went(company: DemoCompany, rows: Any) -> None:
    places = {lot["id"]: lot["location_id"] for lot in rows["stock.lot"]}
    usage = {place["id"]: place["usage"] for place in rows["stock.location"]}
    for sold in sold_serials(company):
        assert usage[places[sold.serial.id]] == ("internal" if sold.is_returned else "customer")
    assert {usage[places[serial.id]] for serial in unsold_serials(company)} == {"internal", "supplier"}


def test_there_is_something_to_return_and_to_claim(company: DemoCompany) -> None:
    fresh = returnable_items(company, WINDOW_DAYS)
    assert len(fresh) >= 20
    assert sum(bool(item.serials) for item in fresh) >= 3
    late = [item for item in delivered_items(company) if item.invoice and not item.is_in_window(WINDOW_DAYS)]
    assert len(late) > 50
    whole = [sold for sold in sold_serials(company) if not sold.repairs and not sold.is_returned]
    assert sum(sold.is_under_warranty(WARRANTY_MONTHS) for sold in whole) >= 10
    assert sum(not sold.is_under_warranty(WARRANTY_MONTHS) for sold in whole) >= 3
    assert any(
        sold.repairs and sold.repairs[-1].state in ("confirmed", "under_repair") for sold in sold_serials(company)
    )


def test_a_warranty_ends_on_a_day_of_the_calendar(company: DemoCompany) -> None:
    for sold in sold_serials(company):
        start = sold.item.delivered_on
        end = sold.warranty_ends(24)
        assert (end.year, end.month) == (start.year + 2, start.month)
        assert sold.warranty_ends(1) > start
        assert sold.is_under_warranty(24, date(end.year, end.month, end.day))
