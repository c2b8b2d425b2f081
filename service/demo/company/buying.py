"""Purchases from order to bill: every plan's order, what arrived of it, was billed and sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.billing import bill_order
from service.demo.company.numbering import Numbering
from service.demo.company.plan import Arrival, Plan
from service.demo.company.receiving import receive_order
from service.demo.company.sending_back import send_back
from service.demo.company.stock import numbered
from service.demo.company.values import (
    HOUR,
    KILOGRAM,
    TODAY,
    Bill,
    Order,
    OrderLine,
    Product,
    Receipt,
    Serial,
    Vendor,
)

_CHEAP = (24, 36, 48, 60, 96)
_DEAR = (12, 16, 18, 24)
_FOLLOWED = (2, 3, 4, 6)
_KILOGRAMS = (50, 75, 100, 125)
_HOURS = (16, 24, 32, 40)
_DEAR_FROM = Decimal(30)
_DISCOUNTS = (Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(5))


@dataclass(frozen=True, slots=True)
class Purchases:
    """All that was bought."""

    orders: tuple[Order, ...]
    receipts: tuple[Receipt, ...]
    bills: tuple[Bill, ...]
    serials: tuple[Serial, ...]


def buy(
    plans: Iterable[Plan], vendors: Sequence[Vendor], catalogue: Sequence[Product], rng: Random, numbering: Numbering
) -> Purchases:
    """What became of every plan, in the plans' order."""
    orders: list[Order] = []
    receipts: list[Receipt] = []
    bills: list[Bill] = []
    serials: list[Serial] = []
    followed = {product.id: product for product in catalogue if product.has_serials}
    for plan in plans:
        wares = tuple(product for product in catalogue if product.vendor_id == plan.vendor_id)
        vendor = next(vendor for vendor in vendors if vendor.id == plan.vendor_id)
        order = _order(plan, vendor, wares, rng, numbering)
        order, arrived = receive_order(order, plan, rng, numbering)
        arrived, pieces = numbered(arrived, order, followed, numbering)
        order, billed = bill_order(order, plan, vendor, arrived, rng, numbering)
        order, returned, credited = send_back(order, plan, vendor, arrived, billed, rng, numbering)
        orders.append(order)
        receipts += [*arrived, *returned]
        bills += [*billed, *credited]
        serials += pieces
    return Purchases(tuple(orders), tuple(receipts), tuple(bills), tuple(serials))


def _order(plan: Plan, vendor: Vendor, wares: tuple[Product, ...], rng: Random, numbering: Numbering) -> Order:
    ordered_at = datetime.combine(TODAY - timedelta(days=plan.days_ago), time(8, 0), UTC)
    ordered_at += timedelta(minutes=rng.randrange(0, 540), seconds=rng.randrange(60))
    confirmed = plan.state in ("purchase", "done") or plan.arrival is Arrival.CANCELLED
    approved_at = ordered_at + timedelta(hours=rng.randrange(1, 20)) if confirmed else None
    number = numbering.next("purchase.order")
    chosen = sorted(rng.sample(wares, plan.lines), key=lambda product: product.id)
    return Order(
        id=number,
        name=f"P{number:05d}",
        vendor_id=vendor.id,
        vendor_reference=f"{vendor.reference[-2:]}{ordered_at:%y%m}-{rng.randrange(1000, 9999)}" if confirmed else None,
        state=plan.state,
        ordered_at=ordered_at,
        approved_at=approved_at,
        planned_at=ordered_at + timedelta(days=rng.randrange(6, 12)),
        lines=tuple(_order_line(product, rng, numbering) for product in chosen),
        changed_at=approved_at or ordered_at,
    )


def _order_line(product: Product, rng: Random, numbering: Numbering) -> OrderLine:
    return OrderLine(
        id=numbering.next("purchase.order.line"),
        product_id=product.id,
        quantity=_quantity(product, rng),
        unit=product.unit,
        unit_price=product.price,
        discount_percent=Decimal(0) if product.is_service else rng.choice(_DISCOUNTS),
        tax_rate=product.tax_rate,
        is_service=product.is_service,
    )


def _quantity(product: Product, rng: Random) -> Decimal:
    if product.has_serials:
        return Decimal(rng.choice(_FOLLOWED))
    if product.unit is KILOGRAM:
        return Decimal(rng.choice(_KILOGRAMS))
    if product.unit is HOUR:
        return Decimal(rng.choice(_HOURS))
    return Decimal(rng.choice(_DEAR if product.price >= _DEAR_FROM else _CHEAP))
