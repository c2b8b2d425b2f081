"""Moves of goods inside a transfer, and the lines that carry their quantities and serial numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import in_unit
from service.demo.odoo_server.models.reserving import assign, spread, state_by
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
    mirrors: ClassVar[Mapping[str, str]] = {"move_orig_ids": "move_dest_ids", "move_dest_ids": "move_orig_ids"}
    computed: ClassVar[Mapping[str, Compute]] = {
        "reference": lambda move: _reference(move),
        "lot_ids": lambda move: list[JsonValue](dict.fromkeys(_lots(move))),
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
        """A move is reserved as far as the goods are there; what a vendor or a customer sends is."""
        assign(record)

    def after_write(self, record: Record, values: Row) -> None:
        """The lines follow a quantity that was typed on the move."""
        if "quantity" in values:
            spread(record, record.number("quantity"))
            if record.text("state") not in ("draft", "done", "cancel"):
                record.set(state=state_by(record.number("quantity"), record.number("product_uom_qty")))
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
        number = record.row.get("sale_line_id") or before.get("sale_line_id")
        if isinstance(number, int):
            yield "sale.order.line", number

    def refresh(self, record: Record) -> None:
        """The demand in the product's own unit."""
        product = record.one("product_id")
        unit = product.one("uom_id") if product else None
        record.set(product_qty=float(in_unit(record.number("product_uom_qty"), record.one("product_uom"), unit)))


def _place(move: Record, name: str) -> str:
    place = move.one(name)
    return place.text("name") if place else ""


def _lots(move: Record) -> Iterable[int]:
    return (line.integer("lot_id") for line in move.many("move_line_ids") if line.value("lot_id") is not None)


def _reference(move: Record) -> JsonValue:
    picking = move.one("picking_id")
    return picking.text("name") if picking else move.row.get("name")


def finish(move: Record) -> list[Record]:
    """Book what was picked; what is left over stays behind as a move of its own (or as the move itself)."""
    picked = picked_quantity(move)
    if not picked:
        assign(move)
        return [move]
    left = move.number("product_uom_qty") - picked
    _drop_unpicked(move)
    _make_lots(move)
    now = move.env.timestamp
    for line in move.many("move_line_ids"):
        line.set(state="done", date=now, picked=True)
    move.set(state="done", date=now, product_uom_qty=float(picked), quantity=float(picked), picked=True)
    if left <= 0:
        return []
    copied: Row = {name: value for name, value in move.row.items() if name not in _NOT_COPIED}
    for name in ("date", "date_deadline"):
        copied[name] = move.text("date_deadline")[:19] or now[:19]
    return [move.env.create("stock.move", {**copied, "product_uom_qty": float(left)})]


def picked_quantity(move: Record) -> Decimal:
    """How much goes through: the picked lines', or everything of a move that was picked as a whole."""
    picked = [line for line in move.many("move_line_ids") if line.flag("picked")]
    if picked:
        return total(picked, "quantity")
    return move.number("quantity") if move.flag("picked") else Decimal(0)


def _drop_unpicked(move: Record) -> None:
    lines = move.many("move_line_ids")
    if any(line.flag("picked") for line in lines):
        for line in lines:
            if not line.flag("picked"):
                line.env.store.delete(line.model, line.id)


_NOT_COPIED = frozenset(
    "create_date create_uid write_date write_uid state quantity picked product_qty date stock_valuation_layer_ids"
    " move_orig_ids move_dest_ids account_move_ids returned_move_ids reservation_date next_serial next_serial_count"
    " route_ids analytic_account_line_ids".split()
)


def _make_lots(move: Record) -> None:
    """Serial numbers that were typed as text become records, where they aren't yet. UserError for a number that goes
    out and was never known.
    """
    kind = move.one("picking_type_id")
    for line in move.many("move_line_ids"):
        name = line.text("lot_name")
        if name and line.one("lot_id") is None:
            known = [
                lot
                for lot in move.env.pointing("stock.lot", "product_id", line.integer("product_id"))
                if lot.text("name") == name
            ]
            if not known and kind is not None and kind.text("code") == "outgoing":
                product = line.one("product_id")
                raise UserError(
                    f"You need to supply a Lot/Serial Number for product:\n{product.display_name if product else ''}"
                )
            values: Row = {"name": name, "product_id": line.value("product_id"), "company_id": line.value("company_id")}
            line.set(lot_id=(known[0] if known else move.env.create("stock.lot", values)).id)


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

    def after_create(self, record: Record, _values: Row) -> None:
        """A line that people add counts for the move; one that the move made itself is counted there."""
        if not record.env.elevated:
            self._count(record, ("quantity", "picked"))

    def after_write(self, record: Record, values: Row) -> None:
        """The move's quantity and mark follow its lines."""
        self._count(record, values)

    def _count(self, record: Record, changed: Collection[str]) -> None:
        move = record.one("move_id")
        if move is None or move.text("state") in ("done", "cancel"):
            return
        lines = move.many("move_line_ids")
        if "quantity" in changed:
            whole = total(lines, "quantity")
            move.set(quantity=float(whole), state=state_by(whole, move.number("product_uom_qty")))
        if "picked" in changed:
            move.set(picked=any(line.flag("picked") for line in lines))

    def dependents(self, record: Record, before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its own quantity in the product's unit, and where its lot is."""
        if "quantity" in changed:
            yield self.name, record.id
        if {"state", "lot_id"} & set(changed):
            for number in {before.get("lot_id"), record.row.get("lot_id")}:
                if isinstance(number, int):
                    yield "stock.lot", number

    def refresh(self, record: Record) -> None:
        """Its own quantity in the product's unit."""
        product = record.one("product_id")
        unit = product.one("uom_id") if product else None
        category = product.one("categ_id") if product else None
        record.set(
            quantity_product_uom=float(in_unit(record.number("quantity"), record.one("product_uom_id"), unit)),
            product_category_name=category.text("complete_name") if category else None,
        )
