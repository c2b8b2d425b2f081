"""What customers get of their orders: deliveries with their backorders, and the pieces' serial numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.numbering import Numbering
from service.demo.company.sale_plan import SalePlan, Sending
from service.demo.company.selling import NOW
from service.demo.company.stock import Stock
from service.demo.company.values import Delivery, DeliveryMove, SaleOrder

_Quantities = Mapping[int, Decimal]  # by sale line id


def deliver(
    order: SaleOrder, plan: SalePlan, stock: Stock, rng: Random, numbering: Numbering
) -> tuple[SaleOrder, tuple[Delivery, ...]]:
    """The order with what was delivered of it, and its deliveries, the first one first."""
    if order.confirmed_at is None:
        return order, ()
    whole = {line.id: line.quantity for line in order.lines}
    pieces = _Pieces(order, stock if plan.sending is not Sending.CANCELLED else None)
    first_at = min(order.confirmed_at + timedelta(hours=rng.randrange(18, 70)), NOW)
    if plan.sending is Sending.FULL:
        made: tuple[Delivery, ...] = (_delivery(order, whole, first_at, None, pieces, numbering),)
    elif plan.sending in (Sending.PARTIAL, Sending.TWICE):
        made = _in_parts(order, plan.sending, first_at, pieces, numbering)
    else:
        made = (_delivery(order, whole, None, None, pieces, numbering),)
    if plan.sending is Sending.CANCELLED:
        made = tuple(_cancelled(delivery) for delivery in made)
    return _with_delivered(order, made), made


class _Pieces:
    """Hands out serial numbers from the stock as deliveries need them; nothing where there is no stock."""

    def __init__(self, order: SaleOrder, stock: Stock | None) -> None:
        self._at = order.ordered_at
        self._stock = stock

    def of(self, product_id: int, quantity: Decimal) -> tuple[int, ...]:
        return () if self._stock is None else self._stock.take(product_id, quantity, self._at)


def _in_parts(
    order: SaleOrder, sending: Sending, first_at: datetime, pieces: _Pieces, numbering: Numbering
) -> tuple[Delivery, ...]:
    """A half of every line first, the whole of the last line and what is missing later."""
    part = {line.id: line.quantity // 2 for line in order.lines if line.quantity > 1}
    part = part or {line.id: line.quantity for line in order.lines[:-1]}
    rest = {line.id: line.quantity - part.get(line.id, Decimal(0)) for line in order.lines}
    rest = {line: quantity for line, quantity in rest.items() if quantity}
    if not part:  # one piece of one product: nothing to split
        return (_delivery(order, rest, first_at, None, pieces, numbering),)
    second_at = min(first_at + timedelta(days=5), NOW) if sending is Sending.TWICE else None
    first = _delivery(order, part, first_at, None, pieces, numbering)
    return first, _delivery(order, rest, second_at, first, pieces, numbering)


def _delivery(
    order: SaleOrder,
    quantities: _Quantities,
    done_at: datetime | None,
    backorder_of: Delivery | None,
    pieces: _Pieces,
    numbering: Numbering,
) -> Delivery:
    created_at = order.confirmed_at if backorder_of is None else backorder_of.done_at
    created_at = created_at or order.ordered_at
    return Delivery(
        id=numbering.next("stock.picking"),
        name=f"WH/OUT/{numbering.next('WH/OUT'):05d}",
        sale_order_id=order.id,
        customer_id=order.customer_id,
        state="assigned" if done_at is None else "done",
        scheduled_at=order.ordered_at + timedelta(days=2),
        done_at=done_at,
        backorder_of=None if backorder_of is None else backorder_of.id,
        returned_id=None,
        moves=tuple(
            DeliveryMove(
                id=numbering.next("stock.move"),
                sale_line_id=line.id,
                product_id=line.product_id,
                demand=quantities[line.id],
                quantity=quantities[line.id],
                serial_ids=pieces.of(line.product_id, quantities[line.id]),
            )
            for line in order.lines
            if line.id in quantities
        ),
        created_at=min(created_at, NOW),
        changed_at=done_at or min(created_at, NOW),
    )


def _cancelled(delivery: Delivery) -> Delivery:
    dropped = tuple(replace(move, quantity=Decimal(0)) for move in delivery.moves)
    return replace(delivery, state="cancel", moves=dropped, changed_at=delivery.changed_at + timedelta(hours=5))


def _with_delivered(order: SaleOrder, deliveries: tuple[Delivery, ...]) -> SaleOrder:
    sent: dict[int, Decimal] = {}
    for delivery in deliveries:
        for move in delivery.moves if delivery.state == "done" else ():
            sent[move.sale_line_id] = sent.get(move.sale_line_id, Decimal(0)) + move.quantity
    lines = tuple(replace(line, delivered=sent.get(line.id, Decimal(0))) for line in order.lines)
    return replace(order, lines=lines, changed_at=max(order.changed_at, *(d.changed_at for d in deliveries)))
