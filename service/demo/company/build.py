"""Turns the plan into books that agree: orders, receipts and bills from one seed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.billing import bill_order
from service.demo.company.catalogue import OWN, VENDORS, products
from service.demo.company.numbering import Numbering
from service.demo.company.plan import PLANS, Arrival, Plan
from service.demo.company.receiving import receive_order
from service.demo.company.values import (
    HOUR,
    KILOGRAM,
    TODAY,
    Bill,
    DemoCompany,
    Order,
    OrderLine,
    Product,
    Receipt,
    Vendor,
)

_CHEAP = (24, 36, 48, 60, 96)
_DEAR = (12, 16, 18, 24)
_KILOGRAMS = (50, 75, 100, 125)
_HOURS = (16, 24, 32, 40)
_DEAR_FROM = Decimal(30)
_DISCOUNTS = (Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(5))


def build_company(seed: int) -> DemoCompany:
    """The retailer with its ten vendors, 60 products and 40 orders; the same seed makes the same company."""
    rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
    numbering = Numbering()
    catalogue = products()
    orders: list[Order] = []
    receipts: list[Receipt] = []
    bills: list[Bill] = []
    for plan in PLANS:
        wares = tuple(product for product in catalogue if product.vendor_id == plan.vendor_id)
        vendor = next(vendor for vendor in VENDORS if vendor.id == plan.vendor_id)
        order = _order(plan, vendor, wares, rng, numbering)
        order, arrived = receive_order(order, plan, rng, numbering)
        order, billed = bill_order(order, plan, vendor, arrived, rng, numbering)
        orders.append(order)
        receipts.extend(arrived)
        bills.extend(billed)
    return DemoCompany(seed, OWN, VENDORS, catalogue, tuple(orders), tuple(receipts), tuple(bills))


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
    if product.unit is KILOGRAM:
        return Decimal(rng.choice(_KILOGRAMS))
    if product.unit is HOUR:
        return Decimal(rng.choice(_HOURS))
    return Decimal(rng.choice(_DEAR if product.price >= _DEAR_FROM else _CHEAP))
