"""What all transfers' rows share: a move with its move lines, which carry the pieces' serial numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    CUSTOMERS_LOCATION_ID,
    DELIVERIES_TYPE_ID,
    RECEIPTS_TYPE_ID,
    STOCK_LOCATION_ID,
    VENDORS_LOCATION_ID,
    WAREHOUSE_ID,
    Row,
    moment,
    stamps,
)
from service.demo.company.values import Product

_LINES_A_MOVE = 100


@dataclass(frozen=True, slots=True)
class Route:
    """From where to where, and the kind of transfer that it is."""

    source_id: int
    target_id: int
    type_id: int

    @property
    def row(self) -> Row:
        """The columns of transfers and moves."""
        return {
            "location_id": self.source_id,
            "location_dest_id": self.target_id,
            "picking_type_id": self.type_id,
            "company_id": COMPANY_ID,
        }


RECEIVED = Route(VENDORS_LOCATION_ID, STOCK_LOCATION_ID, RECEIPTS_TYPE_ID)
SENT_BACK = Route(STOCK_LOCATION_ID, VENDORS_LOCATION_ID, DELIVERIES_TYPE_ID)
DELIVERED = Route(STOCK_LOCATION_ID, CUSTOMERS_LOCATION_ID, DELIVERIES_TYPE_ID)
CAME_BACK = Route(CUSTOMERS_LOCATION_ID, STOCK_LOCATION_ID, RECEIPTS_TYPE_ID)


@dataclass(frozen=True, slots=True)
class Moved:
    """One product's goods in a transfer or, without one, of a repair."""

    id: int
    picking_id: int | None
    reference: str
    origin: str
    product: Product
    unit_id: int
    demand: Decimal
    quantity: Decimal
    serial_ids: Sequence[int]
    state: str
    route: Route
    scheduled_at: datetime
    done_at: datetime | None
    created_at: datetime
    changed_at: datetime


def move_row(moved: Moved, **special: object) -> Row:
    """The move's row; ``special`` are the columns that tell what it is for."""
    return {
        "id": moved.id,
        "name": f"[{moved.product.code}] {moved.product.name}",
        "picking_id": moved.picking_id or False,
        "purchase_line_id": False,
        "sale_line_id": False,
        "repair_id": False,
        "group_id": False,
        "origin": moved.origin,
        "reference": moved.reference,
        "partner_id": False,
        "product_id": moved.product.id,
        "product_uom": moved.unit_id,
        "product_uom_qty": float(moved.demand),
        "product_qty": float(moved.demand),
        "quantity": float(moved.quantity),
        "picked": moved.state == "done",
        "price_unit": 0.0,
        "state": moved.state,
        "date": moment(moved.done_at or moved.scheduled_at),
        "date_deadline": moment(moved.scheduled_at),
        "procure_method": "make_to_stock",
        "origin_returned_move_id": False,
        "move_orig_ids": [],
        "move_dest_ids": [],
        "to_refund": False,
        "scrapped": False,
        "propagate_cancel": True,
        "sequence": 10,
        "warehouse_id": WAREHOUSE_ID,
        **moved.route.row,
        **stamps(moved.created_at, moved.changed_at),
        **special,
    }


def line_rows(moved: Moved) -> Iterator[Row]:
    """A row a piece where there are serial numbers, else one; none where nothing moves."""
    parts: Sequence[tuple[int | bool, Decimal]] = [(serial, Decimal(1)) for serial in moved.serial_ids]
    if not parts:
        parts = [(False, moved.quantity)] if moved.quantity else []
    for number, (serial, quantity) in enumerate(parts, start=1):
        yield {
            "id": moved.id * _LINES_A_MOVE + number,
            "move_id": moved.id,
            "picking_id": moved.picking_id or False,
            "reference": moved.reference,
            "product_id": moved.product.id,
            "product_uom_id": moved.unit_id,
            "lot_id": serial,
            "lot_name": False,
            "quantity": float(quantity),
            "quantity_product_uom": float(quantity),
            "picked": moved.state == "done",
            "state": moved.state,
            "date": moment(moved.done_at or moved.scheduled_at),
            "location_id": moved.route.source_id,
            "location_dest_id": moved.route.target_id,
            "company_id": COMPANY_ID,
            **stamps(moved.created_at, moved.changed_at),
        }
