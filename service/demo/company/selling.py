"""Customers' orders: who orders what, of goods that are on hand then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from service.demo.company.numbering import Numbering
from service.demo.company.sale_plan import SalePlan, Sending
from service.demo.company.stock import Stock
from service.demo.company.values import PIECE, TODAY, Customer, Product, SaleLine, SaleOrder

NOW = datetime.combine(TODAY, time(6, 0), UTC)  # nothing has happened after it
_FEW, _SOME = (1, 1, 2, 3), (2, 4, 5, 8)
_LOCKED_AFTER = 300  # days
_DISCOUNTS = (Decimal(0),) * 6 + (Decimal(5), Decimal(10))
_NO_TAX = Decimal(0)
_HOME = "DE"
_EXPORT = "GB"


def customers_in_turn(customers: Sequence[Customer], rng: Random) -> Iterator[Customer]:
    """Customers without end, each as often as the others."""
    shuffled = list(customers)
    rng.shuffle(shuffled)
    return cycle(shuffled)


def order_of(
    plan: SalePlan,
    customer: Customer,
    catalogue: Sequence[Product],
    stock: Stock,
    rng: Random,
    numbering: Numbering,
) -> SaleOrder:
    """The customer's order; ValueError where nothing fitting is on hand."""
    ordered_at = datetime.combine(TODAY - timedelta(days=plan.days_ago + 1), time(7, 0), UTC)
    ordered_at += timedelta(minutes=rng.randrange(0, 760), seconds=rng.randrange(60))
    is_confirmed = plan.state == "sale" or plan.sending is Sending.CANCELLED
    confirmed_at = ordered_at + timedelta(minutes=rng.randrange(2, 300)) if is_confirmed else None
    number = numbering.next("sale.order")
    lines = tuple(
        _line(product, customer, _quantity(product, customer, stock, ordered_at, rng), rng, numbering)
        for product in _chosen(plan, catalogue, stock, ordered_at, rng)
    )
    return SaleOrder(
        id=number,
        name=f"S{number:05d}",
        customer_id=customer.id,
        customer_reference=_reference(customer, ordered_at, rng, numbering),
        state=plan.state,
        is_locked=plan.state == "sale" and plan.days_ago > _LOCKED_AFTER,
        ordered_at=ordered_at,
        confirmed_at=confirmed_at,
        lines=lines,
        changed_at=min(confirmed_at or ordered_at, NOW),
    )


def _chosen(
    plan: SalePlan, catalogue: Sequence[Product], stock: Stock, at: datetime, rng: Random
) -> tuple[Product, ...]:
    on_hand = [product for product in catalogue if product.unit is PIECE and stock.on_hand(product.id, at) >= 1]
    followed = [product for product in on_hand if product.has_serials]
    others = [product for product in on_hand if not product.has_serials] or followed
    if not on_hand or (plan.has_serial and not followed):
        raise ValueError(f"too little is on hand {plan.days_ago} days ago")
    first = rng.choice(followed if plan.has_serial else others)
    rest = [product for product in others if product.id != first.id]
    return (first, *rng.sample(rest, min(plan.lines - 1, len(rest))))


def _quantity(product: Product, customer: Customer, stock: Stock, at: datetime, rng: Random) -> Decimal:
    if product.has_serials:
        wanted = rng.choice((1, 1, 2)) if customer.is_company else 1
    else:
        wanted = rng.choice(_SOME if customer.is_company else _FEW)
    return min(Decimal(wanted), stock.on_hand(product.id, at))


def _line(product: Product, customer: Customer, quantity: Decimal, rng: Random, numbering: Numbering) -> SaleLine:
    return SaleLine(
        id=numbering.next("sale.order.line"),
        product_id=product.id,
        quantity=quantity,
        unit=product.unit,
        unit_price=product.list_price,
        discount_percent=rng.choice(_DISCOUNTS),
        tax_rate=_tax_rate(product, customer),
    )


def _tax_rate(product: Product, customer: Customer) -> Decimal:
    """None on exports and on what businesses elsewhere in the Union buy."""
    country = customer.address.country
    is_free = country == _EXPORT or (country != _HOME and customer.is_company)
    return _NO_TAX if is_free else product.sale_tax_rate


def _reference(customer: Customer, at: datetime, rng: Random, numbering: Numbering) -> str:
    """Businesses give their own order's number, people get one from the shop."""
    if customer.is_company:
        return f"B{at:%y}-{rng.randrange(100, 999)}"
    return f"WEB-{100200 + numbering.next('web shop') * 13 + rng.randrange(12)}"
