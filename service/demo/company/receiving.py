"""What arrives of an order: receipts with their backorders, and the received quantities of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.numbering import Numbering
from service.demo.company.plan import Arrival, Plan
from service.demo.company.values import Order, OrderLine, Receipt, ReceiptMove

_Quantities = Mapping[int, Decimal]  # by order line id


def receive_order(order: Order, plan: Plan, rng: Random, numbering: Numbering) -> tuple[Order, tuple[Receipt, ...]]:
    """The order with what arrived of it, and its receipts, the first one first."""
    goods = {line.id: line.quantity for line in order.lines if not line.is_service}
    if order.approved_at is None or not goods:
        return order, ()
    return _ARRIVALS[plan.arrival](order, goods, rng, numbering)


def _nothing(order: Order, goods: _Quantities, rng: Random, numbering: Numbering) -> tuple[Order, tuple[Receipt, ...]]:
    del rng
    return order, (_receipt(order, goods, None, None, numbering),)


def _cancelled(
    order: Order, goods: _Quantities, rng: Random, numbering: Numbering
) -> tuple[Order, tuple[Receipt, ...]]:
    changed_at = order.changed_at + timedelta(days=rng.randrange(1, 4))
    awaited = _receipt(order, goods, None, None, numbering)
    dropped = tuple(replace(move, quantity=Decimal(0)) for move in awaited.moves)
    return (
        replace(order, changed_at=changed_at),
        (replace(awaited, state="cancel", moves=dropped, changed_at=changed_at),),
    )


def _everything(
    order: Order, goods: _Quantities, rng: Random, numbering: Numbering
) -> tuple[Order, tuple[Receipt, ...]]:
    done_at = _arrival(order.planned_at, rng)
    return _with_received(order, goods, done_at), (_receipt(order, goods, done_at, None, numbering),)


def _a_part(order: Order, goods: _Quantities, rng: Random, numbering: Numbering) -> tuple[Order, tuple[Receipt, ...]]:
    part, rest = _split(goods)
    done_at = _arrival(order.planned_at, rng)
    first = _receipt(order, part, done_at, None, numbering)
    awaited = _receipt(order, rest, None, first, numbering)
    return _with_received(order, part, done_at), (first, awaited)


def _in_two_parts(
    order: Order, goods: _Quantities, rng: Random, numbering: Numbering
) -> tuple[Order, tuple[Receipt, ...]]:
    part, rest = _split(goods)
    first_at = _arrival(order.planned_at, rng)
    second_at = _arrival(first_at + timedelta(days=6), rng)
    first = _receipt(order, part, first_at, None, numbering)
    second = _receipt(order, rest, second_at, first, numbering)
    return _with_received(order, goods, second_at), (first, second)


_ARRIVALS = {
    Arrival.NONE: _nothing,
    Arrival.CANCELLED: _cancelled,
    Arrival.FULL: _everything,
    Arrival.PARTIAL: _a_part,
    Arrival.TWICE: _in_two_parts,
}


def _split(goods: _Quantities) -> tuple[_Quantities, _Quantities]:
    """The first line arrives whole, of the others two thirds; what is missing follows."""
    first = next(iter(goods))
    part = {line: quantity if line == first else quantity * 2 // 3 for line, quantity in goods.items()}
    rest = {line: quantity - part[line] for line, quantity in goods.items() if quantity > part[line]}
    return part, rest


def _arrival(planned_at: datetime, rng: Random) -> datetime:
    return planned_at + timedelta(days=rng.randrange(-1, 3), minutes=rng.randrange(0, 300))


def _receipt(
    order: Order, quantities: _Quantities, done_at: datetime | None, backorder_of: Receipt | None, numbering: Numbering
) -> Receipt:
    number = numbering.next("stock.picking")
    earliest = order.changed_at if backorder_of is None else backorder_of.changed_at
    return Receipt(
        id=number,
        name=f"WH/IN/{numbering.next('WH/IN'):05d}",
        order_id=order.id,
        vendor_id=order.vendor_id,
        state="assigned" if done_at is None else "done",
        scheduled_at=order.planned_at,
        done_at=done_at,
        backorder_of=None if backorder_of is None else backorder_of.id,
        moves=tuple(
            ReceiptMove(numbering.next("stock.move"), line, quantity, quantity) for line, quantity in quantities.items()
        ),
        changed_at=done_at or earliest,
    )


def _with_received(order: Order, quantities: _Quantities, at: datetime) -> Order:
    lines = tuple(_received(line, quantities) for line in order.lines)
    return replace(order, lines=lines, changed_at=max(order.changed_at, at))


def _received(line: OrderLine, quantities: _Quantities) -> OrderLine:
    return replace(line, received=quantities.get(line.id, Decimal(0)))
