"""Rows of deliveries, customers' returns and repairs, and where each serial number is."""

from __future__ import annotations

from decimal import Decimal

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    CUSTOMERS_LOCATION_ID,
    PRODUCTION_LOCATION_ID,
    REPAIRS_TYPE_ID,
    SCRAP_LOCATION_ID,
    STOCK_LOCATION_ID,
    VENDORS_LOCATION_ID,
    Row,
    Rows,
    moment,
    stamps,
)
from service.demo.company.rows.transfers import CAME_BACK, DELIVERED, Moved, Route, line_rows, move_row
from service.demo.company.values import Delivery, DeliveryMove, DemoCompany, Repair, SaleOrder

_ONE = Decimal(1)
_REPAIRED = Route(STOCK_LOCATION_ID, STOCK_LOCATION_ID, REPAIRS_TYPE_ID)


def delivery_rows(company: DemoCompany) -> Rows:
    """Deliveries and returns, repairs, their moves and move lines, serial numbers."""
    orders = {order.id: order for order in company.sale_orders}
    names = {delivery.id: delivery.name for delivery in company.deliveries}
    moved = [
        (_moved(company, delivery, orders[delivery.sale_order_id], move), delivery, move)
        for delivery in company.deliveries
        for move in delivery.moves
    ]
    repaired = [(_repaired(company, repair), repair) for repair in company.repairs if repair.move_id]
    moves = [_move(part, delivery, move) for part, delivery, move in moved]
    moves += [move_row(part, repair_id=repair.id, partner_id=repair.customer_id) for part, repair in repaired]
    parts = [part for part, _, _ in moved] + [part for part, _ in repaired]
    return {
        "procurement.group": [_group(order) for order in company.sale_orders if order.confirmed_at],
        "stock.picking": [_delivery(item, orders[item.sale_order_id], names) for item in company.deliveries],
        "stock.move": moves,
        "stock.move.line": [row for part in parts for row in line_rows(part)],
        "stock.lot": _lots(company),
        "repair.order": [_repair(company, repair) for repair in company.repairs],
    }


def _group(order: SaleOrder) -> Row:
    return {
        "id": order.id,
        "name": order.name,
        "partner_id": order.customer_id,
        "sale_id": order.id,
        "move_type": "direct",
        **stamps(order.ordered_at),
    }


def _delivery(delivery: Delivery, order: SaleOrder, names: dict[int, str]) -> Row:
    return {
        "id": delivery.id,
        "name": delivery.name,
        "origin": f"Return of {names[delivery.returned_id]}" if delivery.returned_id else order.name,
        "partner_id": delivery.customer_id,
        "sale_id": order.id,
        "group_id": order.id,
        "state": delivery.state,
        "move_type": "direct",
        "scheduled_date": moment(delivery.scheduled_at),
        "date_deadline": False if delivery.is_return else moment(delivery.scheduled_at),
        "date": moment(delivery.created_at),
        "date_done": moment(delivery.done_at),
        "backorder_id": delivery.backorder_of or False,
        "return_id": delivery.returned_id or False,
        "is_locked": True,
        "priority": "0",
        **(CAME_BACK if delivery.is_return else DELIVERED).row,
        **stamps(delivery.created_at, delivery.changed_at),
    }


def _moved(company: DemoCompany, delivery: Delivery, order: SaleOrder, move: DeliveryMove) -> Moved:
    product = company.product(move.product_id)
    return Moved(
        id=move.id,
        picking_id=delivery.id,
        reference=delivery.name,
        origin=order.name,
        product=product,
        unit_id=product.unit.id,
        demand=move.demand,
        quantity=move.quantity,
        serial_ids=move.serial_ids if move.quantity else (),
        state=delivery.state,
        route=CAME_BACK if delivery.is_return else DELIVERED,
        scheduled_at=delivery.scheduled_at,
        done_at=delivery.done_at,
        created_at=delivery.created_at,
        changed_at=delivery.changed_at,
    )


def _move(moved: Moved, delivery: Delivery, move: DeliveryMove) -> Row:
    return move_row(
        moved,
        sale_line_id=move.sale_line_id,
        group_id=delivery.sale_order_id,
        partner_id=delivery.customer_id,
        origin_returned_move_id=move.returned_move_id or False,
        move_orig_ids=[move.returned_move_id] if move.returned_move_id else [],
        to_refund=move.to_refund,
    )


def _repaired(company: DemoCompany, repair: Repair) -> Moved:
    product = company.product(repair.product_id)
    return Moved(
        id=repair.move_id or 0,
        picking_id=None,
        reference=repair.name,
        origin=repair.name,
        product=product,
        unit_id=product.unit.id,
        demand=_ONE,
        quantity=_ONE,
        serial_ids=() if repair.serial_id is None else (repair.serial_id,),
        state="done",
        route=_REPAIRED,
        scheduled_at=repair.opened_at,
        done_at=repair.changed_at,
        created_at=repair.opened_at,
        changed_at=repair.changed_at,
    )


def _repair(company: DemoCompany, repair: Repair) -> Row:
    product = company.product(repair.product_id)
    return {
        "id": repair.id,
        "name": repair.name,
        "state": repair.state,
        "partner_id": repair.customer_id,
        "product_id": repair.product_id,
        "product_qty": 1.0,
        "product_uom": product.unit.id,
        "lot_id": repair.serial_id or False,
        "sale_order_id": repair.sale_order_id or False,
        "sale_order_line_id": False,
        "picking_id": repair.return_id or False,
        "move_id": repair.move_id or False,
        "under_warranty": repair.under_warranty,
        "internal_notes": f"<p>{repair.note}</p>",
        "schedule_date": moment(repair.opened_at),
        "picking_type_id": REPAIRS_TYPE_ID,
        "location_id": STOCK_LOCATION_ID,
        "location_dest_id": PRODUCTION_LOCATION_ID,
        "parts_location_id": SCRAP_LOCATION_ID,
        "recycle_location_id": STOCK_LOCATION_ID,
        "company_id": COMPANY_ID,
        "user_id": False,
        "tag_ids": [],
        "priority": "0",
        **stamps(repair.opened_at, repair.changed_at),
    }


def _lots(company: DemoCompany) -> list[Row]:
    places = _places(company)
    return [
        {
            "id": serial.id,
            "name": serial.number,
            "ref": False,
            "note": False,
            "product_id": serial.product_id,
            "product_uom_id": company.product(serial.product_id).unit.id,
            "company_id": COMPANY_ID,
            "location_id": places.get(serial.id, STOCK_LOCATION_ID),
            **stamps(serial.received_at),
        }
        for serial in company.serials
    ]


def _places(company: DemoCompany) -> dict[int, int]:
    """Where serial numbers are that aren't in the stock: transfers in the order of time."""
    moves = [
        (receipt.done_at, receipt.returned_id is not None and VENDORS_LOCATION_ID, move.serial_ids)
        for receipt in company.receipts
        for move in receipt.moves
        if receipt.done_at
    ]
    moves += [
        (delivery.done_at, not delivery.is_return and CUSTOMERS_LOCATION_ID, move.serial_ids)
        for delivery in company.deliveries
        for move in delivery.moves
        if delivery.done_at
    ]
    ordered = sorted(moves, key=lambda move: str(move[0]))
    return {serial: place or STOCK_LOCATION_ID for _, place, serials in ordered for serial in serials}
