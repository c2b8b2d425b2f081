"""What lies in the warehouse: every arrival, which pieces it brought, and how much of it is left to sell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from service.demo.company.numbering import Numbering
from service.demo.company.values import Order, Product, Receipt, ReceiptMove, Serial


@dataclass(slots=True)
class _Arrival:
    at: datetime
    left: Decimal
    serial_ids: list[int]


class Stock:
    """Goods by product, taken out in the order in which they came in."""

    def __init__(self) -> None:
        self._arrivals: dict[int, list[_Arrival]] = {}

    def put(self, product_id: int, quantity: Decimal, serial_ids: Iterable[int], at: datetime) -> None:
        """Goods that arrived."""
        self._arrivals.setdefault(product_id, []).append(_Arrival(at, quantity, list(serial_ids)))

    def drop(self, product_id: int, quantity: Decimal, serial_ids: Iterable[int], at: datetime) -> None:
        """Take goods that came at that time out again, as when they go back to the vendor."""
        arrival = next(arrival for arrival in self._arrivals[product_id] if arrival.at == at)
        arrival.left -= quantity
        arrival.serial_ids = [id_ for id_ in arrival.serial_ids if id_ not in set(serial_ids)]

    def on_hand(self, product_id: int, at: datetime) -> Decimal:
        """What had arrived by then and isn't taken."""
        arrivals = self._arrivals.get(product_id, ())
        return sum((arrival.left for arrival in arrivals if arrival.at <= at), Decimal(0))

    def take(self, product_id: int, quantity: Decimal, at: datetime) -> tuple[int, ...]:
        """Take out what had arrived by then; the serial numbers of the pieces. ValueError where it isn't enough."""
        if quantity > self.on_hand(product_id, at):
            raise ValueError(f"only {self.on_hand(product_id, at)} of product {product_id} are on hand")
        taken: list[int] = []
        for arrival in self._arrivals[product_id]:
            part = min(quantity, arrival.left) if arrival.at <= at else Decimal(0)
            arrival.left -= part
            quantity -= part
            taken += arrival.serial_ids[: int(part)]
            arrival.serial_ids = arrival.serial_ids[int(part) :]
        return tuple(taken)


def fill(stock: Stock, receipts: Iterable[Receipt], orders: Mapping[int, Order]) -> None:
    """Put away everything that arrived and wasn't sent back."""
    done_at: dict[int, datetime] = {}
    for receipt in receipts:
        products = {line.id: line.product_id for line in orders[receipt.order_id].lines}
        for move in receipt.moves if receipt.done_at else ():
            product_id = products[move.order_line_id]
            if receipt.done_at is not None and move.returned_move_id is None:
                done_at[move.id] = receipt.done_at
                stock.put(product_id, move.quantity, move.serial_ids, receipt.done_at)
            elif move.returned_move_id is not None:
                stock.drop(product_id, move.quantity, move.serial_ids, done_at[move.returned_move_id])


def numbered(
    receipts: Iterable[Receipt], order: Order, followed: Mapping[int, Product], numbering: Numbering
) -> tuple[tuple[Receipt, ...], tuple[Serial, ...]]:
    """The receipts with a serial number for each piece that arrived of the ``followed`` products, and the serials."""
    products = {line.id: followed.get(line.product_id) for line in order.lines}
    serials: list[Serial] = []

    def with_serials(move: ReceiptMove, at: datetime) -> ReceiptMove:
        product = products[move.order_line_id]
        if product is None:
            return move
        new = [_serial(product, order, at, numbering) for _ in range(int(move.quantity))]
        serials.extend(new)
        return replace(move, serial_ids=tuple(serial.id for serial in new))

    changed = tuple(
        replace(receipt, moves=tuple(with_serials(move, receipt.done_at) for move in receipt.moves))
        if receipt.done_at
        else receipt
        for receipt in receipts
    )
    return changed, tuple(serials)


def _serial(product: Product, order: Order, at: datetime, numbering: Numbering) -> Serial:
    count = numbering.next(f"serials of {product.id}")
    number = f"{product.code.replace('-', '')}-{at:%y%m}-{count * 37 % 10000:04d}"
    return Serial(numbering.next("stock.lot"), number, product.id, order.id, at)
