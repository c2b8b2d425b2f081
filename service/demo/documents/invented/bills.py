"""Invents what makers' invoices say: their trade decides on goods, features and how often they come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.values import TODAY
from service.demo.documents.content import Party, TaxRow
from service.demo.documents.invented.bill_rows import Trade, bill_rows, reference
from service.demo.documents.invented.people import bank, maker, person
from service.demo.documents.invented.places import Place
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.makers.bill import Bill, Early, Row
from service.domain.documents import DocumentKind
from service.domain.money import to_cents

_NUMBERS = (
    "RE-{year}-{n:05d}", "{n:07d}", "{year}/{n}", "F{short}{n:05d}", "INV-{n}", "VK{year}.{n}", "{short}-{n:04d}",
    "{n}", "90{n:06d}", "FV/{n}/{short}", "{short}/{n:05d}/A", "SI{n:06d}", "{year}{n:05d}", "R{n}-{short}", "A 1{n}",
    "KD-{n}/{year}",
)  # fmt: skip
_ORDERS = ("P{n:05d}", "PO-45000{n:05d}", "B{year}-{n}", "{n}", "4500{n:06d}", "PO{n:05d}", "WEB-{n}", "{n}/{short}")
_TERMS = (7, 8, 10, 14, 20, 30, 30, 45, 60, 90)
_LATE = 900  # days back to the oldest invoice


@dataclass(frozen=True, slots=True)
class _Sums:
    goods: Decimal
    taxes: tuple[TaxRow, ...]
    net: Decimal
    tax: Decimal


def invented_bill(kind: DocumentKind, place: Place, trade: Trade, usage: LayoutSet, rng: Random) -> Bill:
    """An invoice or credit note of a maker in a place, whose sums add up."""
    issued_on = TODAY - timedelta(days=rng.randrange(_LATE))
    orders = _order_numbers(trade, issued_on, rng)
    rows = bill_rows(place, trade, orders, rng)
    is_reverse = rng.random() < trade.is_reverse
    if is_reverse:
        rows = tuple(replace(row, tax_rate=Decimal(0)) for row in rows)
    allowance = (
        Decimal(rng.choice(("5.00", "10.00", "25.00", "40.50")))
        if rng.random() < trade.allowance and _is_big(rows)
        else None
    )
    freight = to_cents(Decimal(rng.randrange(390, 9900)) / 100) if rng.random() < trade.freight else None
    sums = _sums(rows, (freight or Decimal(0)) - (allowance or Decimal(0)))
    seller, buyer = _two_makers(place, usage, rng)
    bill = Bill(
        kind=kind,
        language=place.language,
        country=place.country,
        currency=place.currency,
        seller=replace(seller, vat_id="" if place.country == "US" else seller.vat_id),
        buyer=replace(buyer, vat_id="" if place.country == "US" else buyer.vat_id, email=None, phone=None),
        number=reference(rng.choice(_NUMBERS), issued_on, rng),
        issued_on=issued_on,
        rows=rows,
        taxes=sums.taxes,
        goods_total=sums.goods,
        net_total=sums.net,
        tax_total=sums.tax,
        grand_total=sums.net + sums.tax,
        amount_due=sums.net + sums.tax,
        clerk=person(place, usage, rng).name,
        customer_number=str(rng.randrange(1000, 999_999)),
        ordered_on=issued_on - timedelta(days=rng.randrange(4, 40)),
        orders=orders,
        bank=bank(place, rng),
        freight=freight,
        allowance=allowance,
        is_reverse=is_reverse,
    )
    bill = _with_references(bill, trade, rng)
    if kind is DocumentKind.CREDIT_NOTE:
        return replace(bill, preceding=reference(rng.choice(_NUMBERS), issued_on - timedelta(days=40), rng))
    return _with_payment(_with_site(bill, place, trade, usage, rng), trade, rng)


def _order_numbers(trade: Trade, issued_on: date, rng: Random) -> tuple[str, ...]:
    numbers = (reference(rng.choice(_ORDERS), issued_on, rng) for _ in range(rng.randint(1, trade.orders)))
    orders = tuple(dict.fromkeys(numbers))
    return orders if rng.random() < trade.has_order else ()


def _two_makers(place: Place, usage: LayoutSet, rng: Random) -> tuple[Party, Party]:
    seller, buyer = maker(place, usage, rng), maker(place, usage, rng)
    while buyer.name == seller.name:
        buyer = maker(place, usage, rng)
    return seller, buyer


def _is_big(rows: tuple[Row, ...]) -> bool:
    return sum(row.total for row in rows if row.total > 0) > 200


def _sums(rows: tuple[Row, ...], extra: Decimal) -> _Sums:
    taxable: dict[Decimal, Decimal] = {}
    for row in rows:
        taxable[row.tax_rate] = taxable.get(row.tax_rate, Decimal(0)) + row.total
    highest = max(taxable)
    taxable[highest] += extra
    taxes = tuple(TaxRow(rate, base, to_cents(base * rate / 100)) for rate, base in sorted(taxable.items()))
    goods = sum((row.total for row in rows), Decimal(0))
    return _Sums(goods, taxes, goods + extra, sum((row.tax for row in taxes), Decimal(0)))


def _with_references(bill: Bill, trade: Trade, rng: Random) -> Bill:
    day = bill.issued_on
    notes = tuple(dict.fromkeys(row.note for row in bill.rows if row.note))
    if not notes and rng.random() < trade.has_note:
        notes = (str(rng.randrange(10_000, 999_999)),)
    start = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    period = (start, day.replace(day=1) - timedelta(days=1)) if rng.random() < trade.period else None
    return replace(
        bill,
        notes=notes,
        delivered_on=day - timedelta(days=rng.randrange(12)) if rng.random() < trade.has_delivery else None,
        contract=f"V{rng.randrange(10_000, 99_999)}-{rng.randrange(1, 9)}" if rng.random() < trade.contract else None,
        buyer_reference=rng.choice((bill.clerk, f"KST {rng.randrange(100, 999)}")) if rng.random() < 0.25 else None,
        payment_reference=_digits(rng, 12) if rng.random() < trade.payment_reference else None,
        period=period,
    )


def _digits(rng: Random, count: int) -> str:
    return str(rng.randrange(1, 10)) + "".join(str(rng.randrange(10)) for _ in range(count - 1))


def _with_payment(bill: Bill, trade: Trade, rng: Random) -> Bill:
    days = rng.choice(_TERMS)
    due_on = bill.issued_on + timedelta(days=days)
    early = None
    if rng.random() < trade.early and days > 10:
        soon = rng.choice((7, 8, 10))
        early = Early(Decimal(rng.choice(("2", "3", "1.5"))), soon, bill.issued_on + timedelta(days=soon))
    prepaid = to_cents(bill.grand_total * rng.choice((20, 30, 50)) / 100) if rng.random() < trade.prepaid else None
    retention = to_cents(bill.grand_total * 5 / 100) if rng.random() < trade.retention else None
    due = bill.grand_total - (prepaid or Decimal(0)) - (retention or Decimal(0))
    rounding = _to_coins(due, bill.currency) - due if rng.random() < trade.rounding else None
    return replace(
        bill,
        terms_days=days,
        due_on=due_on,
        early=early,
        prepaid=prepaid,
        retention=retention,
        rounding=rounding,
        amount_due=due + (rounding or Decimal(0)),
    )


def _to_coins(amount: Decimal, currency: str) -> Decimal:
    """The amount in the smallest coin: five cents in Switzerland, whole ones elsewhere."""
    if currency == "CHF":
        return (amount * 20).quantize(Decimal(1)) / 20 + Decimal("0.00")
    return amount.quantize(Decimal(1)) + Decimal("0.00")


def _with_site(bill: Bill, place: Place, trade: Trade, usage: LayoutSet, rng: Random) -> Bill:
    if rng.random() >= trade.ship_to:
        return bill
    site: Party = replace(maker(place, usage, rng), vat_id="", email=None, phone=None)
    return replace(bill, ship_to=site)
