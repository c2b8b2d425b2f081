"""Rows of receipts and their moves."""

from __future__ import annotations

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    RECEIPTS_TYPE_ID,
    STOCK_LOCATION_ID,
    VENDORS_LOCATION_ID,
    Row,
    Rows,
    moment,
    stamps,
)
from service.demo.company.values import DemoCompany, Order, Receipt, ReceiptMove

_PLACES: Row = {
    "location_id": VENDORS_LOCATION_ID,
    "location_dest_id": STOCK_LOCATION_ID,
    "picking_type_id": RECEIPTS_TYPE_ID,
    "company_id": COMPANY_ID,
}


def receipt_rows(company: DemoCompany) -> Rows:
    """Receipts and their moves."""
    orders = {order.id: order for order in company.orders}
    return {
        "stock.picking": [_receipt(receipt, orders[receipt.order_id]) for receipt in company.receipts],
        "stock.move": [
            _move(company, receipt, orders[receipt.order_id], move)
            for receipt in company.receipts
            for move in receipt.moves
        ],
    }


def _receipt(receipt: Receipt, order: Order) -> Row:
    return {
        "id": receipt.id,
        "name": receipt.name,
        "origin": order.name,
        "partner_id": receipt.vendor_id,
        "state": receipt.state,
        "move_type": "direct",
        "scheduled_date": moment(receipt.scheduled_at),
        "date_deadline": moment(receipt.scheduled_at),
        "date": moment(order.approved_at),
        "date_done": moment(receipt.done_at),
        "backorder_id": receipt.backorder_of or False,
        "return_id": False,
        "is_locked": True,
        "priority": "0",
        **_PLACES,
        **stamps(order.approved_at or order.ordered_at, receipt.changed_at),
    }


def _move(company: DemoCompany, receipt: Receipt, order: Order, move: ReceiptMove) -> Row:
    line = next(line for line in order.lines if line.id == move.order_line_id)
    product = company.product(line.product_id)
    return {
        "id": move.id,
        "name": f"[{product.code}] {product.name}",
        "picking_id": receipt.id,
        "purchase_line_id": line.id,
        "origin": order.name,
        "reference": receipt.name,
        "partner_id": False,
        "product_id": product.id,
        "product_uom": line.unit.id,
        "product_uom_qty": float(move.demand),
        "product_qty": float(move.demand),
        "quantity": float(move.quantity),
        "picked": receipt.state == "done",
        "price_unit": float(line.unit_price),
        "state": receipt.state,
        "date": moment(receipt.done_at or receipt.scheduled_at),
        "date_deadline": moment(receipt.scheduled_at),
        "procure_method": "make_to_stock",
        "origin_returned_move_id": False,
        "to_refund": False,
        "scrapped": False,
        "propagate_cancel": True,
        **_PLACES,
        **stamps(order.approved_at or order.ordered_at, receipt.changed_at),
    }
