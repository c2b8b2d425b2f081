"""Sets goods aside for a move: what comes from outside is always there, what leaves the stock must lie in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from service.demo.odoo_server.environment import Record, total
from service.demo.odoo_server.models.amounts import in_unit
from service.demo.odoo_server.models.stock_at import available, places_below
from service.demo.odoo_server.values import Row

_SHARED = ("location_id", "location_dest_id", "picking_id", "product_id", "company_id", "reference")
_OUTSIDE = ("supplier", "customer", "inventory", "production")


def assign(move: Record) -> None:
    """Reserve what is missing, with the serial numbers that are there or that come back; the move's state follows."""
    if move.text("state") in ("done", "cancel"):
        return
    demand = move.number("product_uom_qty")
    if _is_from_outside(move):
        _take(move, _coming_back(move))
        move.set(state="assigned", quantity=float(demand))
        spread(move, demand)
        return
    _take(move, _in_stock(move))
    reserved = total(move.many("move_line_ids"), "quantity")
    move.set(quantity=float(reserved), state=state_by(reserved, demand))


def state_by(reserved: Decimal, demand: Decimal) -> str:
    """Odoo's word for how much of the demand is there."""
    if reserved >= demand:
        return "assigned"
    return "partially_available" if reserved else "confirmed"


def _is_from_outside(move: Record) -> bool:
    place, product = move.one("location_id"), move.one("product_id")
    return place is None or place.text("usage") in _OUTSIDE or product is None or product.text("type") != "product"


def _coming_back(move: Record) -> Iterable[tuple[int | None, Decimal]]:
    """The serial numbers that the returned move had taken out, and that no other return brought back."""
    return ((lot, quantity) for lot, quantity in _taken_out(move).items() if lot is not None)


def _taken_out(move: Record) -> dict[int | None, Decimal]:
    original = move.one("origin_returned_move_id")
    if original is None:
        return {}
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in original.many("move_line_ids"):
        found[_lot(line)] += line.number("quantity")
    for other in move.env.pointing("stock.move", "origin_returned_move_id", original.id):
        if other.text("state") != "cancel":
            for line in other.many("move_line_ids"):
                found[_lot(line)] -= line.number("quantity")
    return {lot: quantity for lot, quantity in found.items() if quantity > 0}


def _in_stock(move: Record) -> Iterable[tuple[int | None, Decimal]]:
    """What lies at the move's place; of a return only what had come with the returned move. Oldest lots first."""
    product = move.one("product_id")
    if product is None:
        return []
    found = available(product, places_below(move.env, move.integer("location_id")))
    allowed = _taken_out(move) if move.value("origin_returned_move_id") is not None else found
    return sorted(
        ((lot, min(quantity, allowed[lot])) for lot, quantity in found.items() if lot in allowed),
        key=lambda pair: (pair[0] is None, pair[0] or 0),
    )


def _lot(line: Record) -> int | None:
    lot = line.value("lot_id")
    return lot if isinstance(lot, int) else None


def _take(move: Record, offers: Iterable[tuple[int | None, Decimal]]) -> None:
    """Lines for what is missing, as far as the offers (in the product's unit) go."""
    product = move.one("product_id")
    unit = product.one("uom_id") if product else None
    missing = move.number("product_uom_qty") - total(move.many("move_line_ids"), "quantity")
    for lot, offered in offers:
        while missing > 0 and offered > 0:
            whole = min(missing, in_unit(offered, unit, move.one("product_uom")))
            part = Decimal(1) if is_serial(move) and whole >= 1 else whole
            if part <= 0:
                break
            new_line(move, part, lot)
            missing -= part
            offered -= in_unit(part, move.one("product_uom"), unit)


def is_serial(move: Record) -> bool:
    """Whether every piece has a number of its own."""
    product = move.one("product_id")
    return product is not None and product.text("tracking") == "serial"


def spread(move: Record, quantity: Decimal) -> None:
    """Give the move's lines together that quantity."""
    lines = move.many("move_line_ids")
    if is_serial(move):
        for line in lines[int(quantity) :]:
            line.env.store.delete(line.model, line.id)
        for _ in range(int(quantity) - len(lines)):
            new_line(move, Decimal(1), None)
        return
    if not lines and quantity:
        new_line(move, quantity, None)
    elif lines:
        others = total(lines[1:], "quantity")
        lines[0].set(quantity=float(max(quantity - others, Decimal(0))))


def new_line(move: Record, quantity: Decimal, lot: int | None) -> None:
    """A line of the move."""
    values: Row = {name: move.value(name) for name in _SHARED}
    values |= {"move_id": move.id, "quantity": float(quantity), "product_uom_id": move.value("product_uom")}
    move.env.create("stock.move.line", values | {"picked": move.flag("picked"), "lot_id": lot})
