"""Rows of receipts and of what was sent back to vendors, with their moves."""

from __future__ import annotations

from service.demo.company.rows.shapes import Row, Rows, moment, stamps
from service.demo.company.rows.transfers import RECEIVED, SENT_BACK, Moved, line_rows, move_row
from service.demo.company.values import DemoCompany, Order, Receipt, ReceiptMove


def receipt_rows(company: DemoCompany) -> Rows:
    """Receipts, their moves and move lines."""
    orders = {order.id: order for order in company.orders}
    names = {receipt.id: receipt.name for receipt in company.receipts}
    moved = [
        (_moved(company, receipt, orders[receipt.order_id], move), receipt, move)
        for receipt in company.receipts
        for move in receipt.moves
    ]
    return {
        "stock.picking": [_receipt(receipt, orders[receipt.order_id], names) for receipt in company.receipts],
        "stock.move": [_move(part, orders[receipt.order_id], move) for part, receipt, move in moved],
        "stock.move.line": [row for part, _, _ in moved for row in line_rows(part)],
    }


def _receipt(receipt: Receipt, order: Order, names: dict[int, str]) -> Row:
    is_return = receipt.returned_id is not None
    created_at = receipt.scheduled_at if is_return else order.approved_at or order.ordered_at
    return {
        "id": receipt.id,
        "name": receipt.name,
        "origin": f"Return of {names[receipt.returned_id]}" if receipt.returned_id else order.name,
        "partner_id": receipt.vendor_id,
        "sale_id": False,
        "group_id": False,
        "state": receipt.state,
        "move_type": "direct",
        "scheduled_date": moment(receipt.scheduled_at),
        "date_deadline": False if is_return else moment(receipt.scheduled_at),
        "date": moment(order.approved_at),
        "date_done": moment(receipt.done_at),
        "backorder_id": receipt.backorder_of or False,
        "return_id": receipt.returned_id or False,
        "is_locked": True,
        "priority": "0",
        **(SENT_BACK if is_return else RECEIVED).row,
        **stamps(created_at, receipt.changed_at),
    }


def _moved(company: DemoCompany, receipt: Receipt, order: Order, move: ReceiptMove) -> Moved:
    line = next(line for line in order.lines if line.id == move.order_line_id)
    is_return = receipt.returned_id is not None
    return Moved(
        id=move.id,
        picking_id=receipt.id,
        reference=receipt.name,
        origin=order.name,
        product=company.product(line.product_id),
        unit_id=line.unit.id,
        demand=move.demand,
        quantity=move.quantity,
        serial_ids=move.serial_ids,
        state=receipt.state,
        route=SENT_BACK if is_return else RECEIVED,
        scheduled_at=receipt.scheduled_at,
        done_at=receipt.done_at,
        created_at=receipt.scheduled_at if is_return else order.approved_at or order.ordered_at,
        changed_at=receipt.changed_at,
    )


def _move(moved: Moved, order: Order, move: ReceiptMove) -> Row:
    line = next(line for line in order.lines if line.id == move.order_line_id)
    return move_row(
        moved,
        purchase_line_id=line.id,
        price_unit=float(line.unit_price),
        origin_returned_move_id=move.returned_move_id or False,
        move_orig_ids=[move.returned_move_id] if move.returned_move_id else [],
        to_refund=move.returned_move_id is not None,
    )
