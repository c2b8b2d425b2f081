"""Serial numbers and lots, with the orders, transfers and repairs that they went through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import ValidationError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.stock_at import places_of_lot
from service.demo.odoo_server.values import JsonValue, Row


class Lot(ThreadModel):
    """A serial number of one piece, or a lot of many."""

    computed: ClassVar[Mapping[str, Compute]] = {
        "delivery_ids": lambda lot: list[JsonValue](_deliveries(lot)),
        "delivery_count": lambda lot: len(_deliveries(lot)),
        "last_delivery_partner_id": lambda lot: _last_customer(lot),
        "purchase_order_ids": lambda lot: list[JsonValue](_orders(lot, "location_id", "supplier", "purchase_line_id")),
        "purchase_order_count": lambda lot: len(_orders(lot, "location_id", "supplier", "purchase_line_id")),
        "sale_order_ids": lambda lot: list[JsonValue](_orders(lot, "location_dest_id", "customer", "sale_line_id")),
        "sale_order_count": lambda lot: len(_orders(lot, "location_dest_id", "customer", "sale_line_id")),
        "in_repair_count": lambda lot: len([repair for repair in _repairs(lot) if repair not in ("done", "cancel")]),
        "repaired_count": lambda lot: _repairs(lot).count("done"),
        "product_qty": lambda lot: float(_in_stock(lot)),
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """Company, and the product's unit."""
        number = values.get("product_id")
        product = env.as_system().record("product.product", number if isinstance(number, int) else 0)
        unit = product.value("uom_id") if product.exists else None
        return {"company_id": env.company.id, "product_uom_id": unit}

    def after_create(self, record: Record, _values: Row) -> None:
        """A number is given to a product once."""
        for other in record.env.pointing(self.name, "product_id", record.integer("product_id")):
            if other != record and other.row.get("name") == record.row.get("name"):
                product = record.one("product_id")
                raise ValidationError(
                    "The combination of serial number and product must be unique across a company.\nFollowing"
                    f" combination contains duplicates:\n - Product: {product.display_name if product else ''},"
                    f" Serial Number: {record.text('name')}"
                )

    def refresh(self, record: Record) -> None:
        """Where it is, if it is in one place."""
        places = places_of_lot(record)
        record.set(location_id=places[0] if len(places) == 1 else None)


def _moved(lot: Record) -> Iterable[tuple[Record, Record]]:
    """Done moves of the lot with their transfers."""
    for line in lot.env.pointing("stock.move.line", "lot_id", lot.id):
        move, picking = line.one("move_id"), line.one("picking_id")
        if line.text("state") == "done" and move is not None and picking is not None:
            yield move, picking


def _deliveries(lot: Record) -> list[int]:
    return sorted({picking.id for _move, picking in _moved(lot) if picking.text("picking_type_code") == "outgoing"})


def _last_customer(lot: Record) -> JsonValue:
    product = lot.one("product_id")
    pickings = [lot.env.record("stock.picking", number) for number in _deliveries(lot)]
    if not pickings or product is None or product.text("tracking") != "serial":
        return None
    return max(pickings, key=lambda picking: picking.text("date_done")).value("partner_id")


def _orders(lot: Record, end: str, usage: str, line_name: str) -> list[int]:
    """Orders whose lines moved the lot from vendors or to customers."""
    found = {
        line.integer("order_id")
        for move, picking in _moved(lot)
        if (place := picking.one(end)) and place.text("usage") == usage and (line := move.one(line_name))
    }
    return sorted(found)


def _repairs(lot: Record) -> list[str]:
    return [repair.text("state") for repair in lot.env.pointing("repair.order", "lot_id", lot.id)]


def _in_stock(lot: Record) -> Decimal:
    stock = Decimal(0)
    for line in lot.env.pointing("stock.move.line", "lot_id", lot.id):
        if line.text("state") == "done":
            to, back = line.one("location_dest_id"), line.one("location_id")
            stock += line.number("quantity") if to and to.text("usage") == "internal" else 0
            stock -= line.number("quantity") if back and back.text("usage") == "internal" else 0
    return stock
