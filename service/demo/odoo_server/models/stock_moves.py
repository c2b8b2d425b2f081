"""Moves of goods inside a transfer, and the lines that carry their quantities and serial numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import in_unit
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row

_SHARED = ("location_id", "location_dest_id", "picking_id", "product_id", "company_id", "reference")


class StockMove(RemoteModel):
    """What is expected and what came of one product in a transfer."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "sequence": 10,
        "product_uom_qty": 0.0,
        "quantity": 0.0,
        "picked": False,
        "priority": "0",
        "procure_method": "make_to_stock",
        "propagate_cancel": True,
        "scrapped": False,
        "to_refund": False,
        "additional": False,
        "is_inventory": False,
        "price_unit": 0.0,
    }
    narrowed: ClassVar = {}
    computed: ClassVar[Mapping[str, Compute]] = {
        "reference": lambda move: _reference(move),
    }

    def display_name(self, record: Record) -> str:
        """origin/code: from>to."""
        picking, product = record.one("picking_id"), record.one("product_id")
        origin = picking.text("origin") if picking else ""
        code = product.text("default_code") if product else ""
        places = f"{_place(record, 'location_id')}>{_place(record, 'location_dest_id')}"
        return (f"{origin}/" if origin else "") + (f"{code}: " if code else "") + places

    def defaults(self, env: Environment, values: Row) -> Row:
        """Places and company of the transfer, name and unit of the product."""
        system = env.as_system()
        picking_id, product_id = values.get("picking_id"), values.get("product_id")
        found: Row = {"date": env.timestamp, "company_id": system.company.id}
        if isinstance(picking_id, int):
            picking = system.record("stock.picking", picking_id)
            names = ("location_id", "location_dest_id", "company_id", "picking_type_id", "group_id", "origin")
            found |= {name: picking.value(name) for name in names} | {"reference": picking.text("name")}
        if isinstance(product_id, int):
            product = system.record("product.product", product_id)
            found |= {"name": product.display_name, "product_uom": product.value("uom_id")}
        return found

    def after_create(self, record: Record, _values: Row) -> None:
        """A move in a transfer from a vendor is ready at once, with the whole demand filled in."""
        assign(record)

    def after_write(self, record: Record, values: Row) -> None:
        """The lines follow a quantity that was typed on the move."""
        if "quantity" in values:
            _spread(record, record.number("quantity"))
        if "picked" in values:
            for line in record.many("move_line_ids"):
                line.set(picked=record.flag("picked"))

    def dependents(self, record: Record, before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its transfer's state, and what was received of the order's line."""
        yield self.name, record.id
        for number in {before.get("picking_id"), record.row.get("picking_id")}:
            if isinstance(number, int):
                yield "stock.picking", number
        number = record.row.get("purchase_line_id") or before.get("purchase_line_id")
        if isinstance(number, int):
            yield "purchase.order.line", number
            line = record.env.record("purchase.order.line", number)
            yield "purchase.order", line.integer("order_id")

    def refresh(self, record: Record) -> None:
        """The demand in the product's own unit."""
        product = record.one("product_id")
        unit = product.one("uom_id") if product else None
        record.set(product_qty=float(in_unit(record.number("product_uom_qty"), record.one("product_uom"), unit)))


def _place(move: Record, name: str) -> str:
    place = move.one(name)
    return place.text("name") if place else ""


def _reference(move: Record) -> JsonValue:
    picking = move.one("picking_id")
    return picking.text("name") if picking else move.row.get("name")


def assign(move: Record) -> None:
    """Ready to be booked: the quantity is filled in with the demand, a line a serial number."""
    if move.text("state") in ("done", "cancel"):
        return
    move.set(state="assigned", quantity=float(move.number("product_uom_qty")))
    _spread(move, move.number("quantity"))


def _spread(move: Record, quantity: Decimal) -> None:
    """Give the move's lines together that quantity."""
    product = move.one("product_id")
    lines = move.many("move_line_ids")
    if product is not None and product.text("tracking") == "serial":
        for line in lines[int(quantity) :]:
            line.env.store.delete(line.model, line.id)
        for _ in range(int(quantity) - len(lines)):
            _new_line(move, Decimal(1))
        return
    if not lines and quantity:
        _new_line(move, quantity)
    elif lines:
        others = total(lines[1:], "quantity")
        lines[0].set(quantity=float(max(quantity - others, Decimal(0))))


def _new_line(move: Record, quantity: Decimal) -> None:
    shared: Row = {name: move.value(name) for name in _SHARED}
    values: Row = {
        **shared,
        "move_id": move.id,
        "quantity": float(quantity),
        "product_uom_id": move.value("product_uom"),
    }
    move.env.create("stock.move.line", values | {"picked": move.flag("picked")})


def finish(move: Record) -> list[Record]:
    """Book what was picked; what is left over stays behind as a move of its own (or as the move itself)."""
    picked = move.number("quantity") if move.flag("picked") else Decimal(0)
    if not picked:
        assign(move)
        return [move]
    left = move.number("product_uom_qty") - picked
    _make_lots(move)
    now = move.env.timestamp
    for line in move.many("move_line_ids"):
        line.set(state="done", date=now, picked=True)
    move.set(state="done", date=now, product_uom_qty=float(picked), picked=True)
    if left <= 0:
        return []
    copied: Row = {name: value for name, value in move.row.items() if name not in _NOT_COPIED}
    for name in ("date", "date_deadline"):
        copied[name] = move.text("date_deadline")[:19] or now[:19]
    return [move.env.create("stock.move", {**copied, "product_uom_qty": float(left)})]


_NOT_COPIED = frozenset(
    "create_date create_uid write_date write_uid state quantity picked product_qty date stock_valuation_layer_ids"
    " move_orig_ids move_dest_ids account_move_ids returned_move_ids reservation_date next_serial next_serial_count"
    " route_ids analytic_account_line_ids".split()
)


def _make_lots(move: Record) -> None:
    """Serial numbers that were typed as text become records."""
    for line in move.many("move_line_ids"):
        name = line.text("lot_name")
        if name and line.one("lot_id") is None:
            values: Row = {"name": name, "product_id": line.value("product_id"), "company_id": line.value("company_id")}
            line.set(lot_id=move.env.create("stock.lot", values).id)


class StockMoveLine(RemoteModel):
    """How much of a move, with which serial number."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"quantity": 0.0, "picked": False, "state": "assigned"}

    def display_name(self, record: Record) -> str:
        """The product."""
        product = record.one("product_id")
        return product.display_name if product else f"stock.move.line,{record.id}"

    def defaults(self, env: Environment, values: Row) -> Row:
        """Places, product and unit of the move."""
        number = values.get("move_id")
        found: Row = {"date": env.timestamp, "company_id": env.company.id}
        if isinstance(number, int):
            move = env.as_system().record("stock.move", number)
            found |= {name: move.value(name) for name in _SHARED} | {"product_uom_id": move.value("product_uom")}
        return found

    def after_write(self, record: Record, values: Row) -> None:
        """The move's quantity and mark follow its lines."""
        move = record.one("move_id")
        if move is None or move.text("state") in ("done", "cancel"):
            return
        lines = move.many("move_line_ids")
        if "quantity" in values:
            move.set(quantity=float(total(lines, "quantity")))
        if "picked" in values:
            move.set(picked=any(line.flag("picked") for line in lines))

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its own quantity in the product's unit."""
        if "quantity" in changed:
            yield self.name, record.id

    def refresh(self, record: Record) -> None:
        """Its own quantity in the product's unit."""
        product = record.one("product_id")
        unit = product.one("uom_id") if product else None
        category = product.one("categ_id") if product else None
        record.set(
            quantity_product_uom=float(in_unit(record.number("quantity"), record.one("product_uom_id"), unit)),
            product_category_name=category.text("complete_name") if category else None,
        )
