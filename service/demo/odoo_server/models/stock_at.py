"""What lies where: counted from the goods that were moved, as the books keep no other stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.models.amounts import in_unit

Lots = Mapping[int | None, Decimal]  # quantity in the product's unit by lot, None where goods have none
_CLOSED = ("done", "cancel")


def on_hand(product: Record, places: frozenset[int]) -> Lots:
    """What lies at the places, by lot."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in _lines(product):
        if line.text("state") == "done":
            quantity = _quantity(line, product)
            lot = line.value("lot_id")
            key = lot if isinstance(lot, int) else None
            if line.value("location_dest_id") in places:
                found[key] += quantity
            if line.value("location_id") in places:
                found[key] -= quantity
    return found


def available(product: Record, places: frozenset[int]) -> Lots:
    """What lies at the places and is not reserved for another move."""
    found = defaultdict(Decimal, on_hand(product, places))
    for line in _lines(product):
        if line.text("state") not in _CLOSED and line.value("location_id") in places:
            lot = line.value("lot_id")
            found[lot if isinstance(lot, int) else None] -= _quantity(line, product)
    return {lot: quantity for lot, quantity in found.items() if quantity > 0}


def places_below(env: Environment, place: int) -> frozenset[int]:
    """The place with everything inside it."""
    found, todo = set[int](), [place]
    while todo:
        number = todo.pop()
        if number not in found:
            found.add(number)
            todo.extend(env.store.pointing("stock.location", "location_id", number))
    return frozenset(found)


def _lines(product: Record) -> list[Record]:
    return product.env.pointing("stock.move.line", "product_id", product.id)


def _quantity(line: Record, product: Record) -> Decimal:
    return in_unit(line.number("quantity"), line.one("product_uom_id"), product.one("uom_id"))


def places_of_lot(lot: Record) -> list[int]:
    """Where pieces of the lot are, wherever that is: in stock, at customers."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in lot.env.pointing("stock.move.line", "lot_id", lot.id):
        if line.text("state") == "done":
            found[line.integer("location_dest_id")] += line.number("quantity")
            found[line.integer("location_id")] -= line.number("quantity")
    return [place for place, quantity in found.items() if quantity > 0]
