"""Invoices and credit notes of invented firms, each in the layout that is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.values import TODAY, net_amount
from service.demo.documents.content import DocumentContent, Item, Party
from service.demo.documents.invented.people import bank, firm
from service.demo.documents.invented.places import PLACES, Place
from service.demo.documents.invented.wares import Ware, wares
from service.demo.documents.invoicing import with_sums
from service.demo.documents.layouts import LayoutSet
from service.domain.documents import DocumentKind

_NUMBERS = (
    "RE-{year}-{n:05d}",
    "{n:07d}",
    "{year}/{n}",
    "F{short}{n:05d}",
    "INV-{n}",
    "VK{year}.{n}",
    "{short}-{n:04d}",
)
_ORDERS = ("P{n:05d}", "PO-45000{n:05d}", "B{year}-{n}", "{n}")
_LINES = (1, 2, 3, 3, 4, 5, 6, 8, 11, 16, 28)
_TERMS = (7, 10, 14, 30, 30, 45, 60)
_LATE = 600  # days back to the oldest invoice


def invented_invoice(kind: DocumentKind, usage: LayoutSet, rng: Random, language: str | None = None) -> DocumentContent:
    """An invoice or a credit note whose sums add up, in ``language`` or in any."""
    place = rng.choice([place for place in PLACES if language in (None, place.language)])
    seller, buyer = firm(place, usage, rng), firm(place, usage, rng)
    while buyer.name == seller.name:
        buyer = firm(place, usage, rng)
    issued_on = TODAY - timedelta(days=rng.randrange(_LATE))
    content = _plain_invoice(place, seller, buyer, issued_on, rng)
    if kind is DocumentKind.CREDIT_NOTE:
        content = _as_credit_note(content, rng)
    return with_sums(content)


def _plain_invoice(place: Place, seller: Party, buyer: Party, issued_on: date, rng: Random) -> DocumentContent:
    terms = rng.choice(_TERMS)
    return DocumentContent(
        kind=DocumentKind.SUPPLIER_INVOICE,
        language=place.language,
        seller=seller,
        buyer=replace(buyer, email=None, phone=None),
        customer_number=str(rng.randrange(1000, 99999)) if rng.random() < 0.8 else None,
        number=_number(rng.choice(_NUMBERS), issued_on, rng),
        issue_date=issued_on,
        currency=place.currency,
        items=_items(place, rng),
        net_total=Decimal(0),
        taxes=(),
        tax_total=Decimal(0),
        grand_total=Decimal(0),
        order_references=(_number(rng.choice(_ORDERS), issued_on, rng),) if rng.random() < 0.85 else (),
        delivery_notes=(f"{rng.randrange(10_000, 99_999)}",) if rng.random() < 0.5 else (),
        delivery_date=issued_on - timedelta(days=rng.randrange(1, 9)) if rng.random() < 0.5 else None,
        due_date=issued_on + timedelta(days=terms),
        terms_days=terms,
        freight=Decimal(rng.randrange(490, 4990)) / 100 if rng.random() < 0.25 else None,
        bank=bank(place, rng),
    )


def _as_credit_note(content: DocumentContent, rng: Random) -> DocumentContent:
    return replace(
        content,
        kind=DocumentKind.CREDIT_NOTE,
        items=content.items[:3],
        preceding_invoice=_number(rng.choice(_NUMBERS), content.issue_date, rng),
        due_date=None,
        terms_days=None,
        freight=None,
        delivery_notes=(),
        delivery_date=None,
    )


def _number(pattern: str, day: date, rng: Random) -> str:
    return pattern.format(year=day.year, short=f"{day:%y}", n=rng.randrange(100, 9999))


def _items(place: Place, rng: Random) -> tuple[Item, ...]:
    stock = wares(place.language)
    wanted = rng.choice(_LINES)
    chosen = rng.sample(stock, min(wanted, len(stock)))
    chosen += [rng.choice(stock) for _ in range(wanted - len(chosen))]
    has_discounts, has_gtins = rng.random() < 0.25, rng.random() < 0.2
    return tuple(_item(ware, place, has_discounts, has_gtins, rng) for ware in chosen)


def _item(ware: Ware, place: Place, has_discounts: bool, has_gtins: bool, rng: Random) -> Item:
    price = (ware.price * rng.randrange(80, 125) / 100).quantize(Decimal("0.01"))
    quantity = Decimal(rng.choice((1, 2, 3, 4, 6, 10, 12, 20, 24, 48, 120)))
    if ware.unit in ("KGM", "HUR") and rng.random() < 0.5:
        quantity += Decimal("0.5")
    discount = Decimal(rng.choice((5, 10, 15))) if has_discounts and rng.random() < 0.6 else None
    return Item(
        description=ware.name,
        quantity=quantity,
        unit=ware.unit,
        unit_price=price,
        tax_rate=place.rates[-1] if ware.is_reduced else place.rates[0],
        total=net_amount(quantity, price, discount or Decimal(0)),
        code=f"{rng.choice('ABGHKMT')}{rng.randrange(100, 999)}-{rng.randrange(10, 99)}",
        gtin=_gtin(rng) if has_gtins else None,
        discount_percent=discount,
    )


def _gtin(rng: Random) -> str:
    digits = "40" + "".join(str(rng.randrange(10)) for _ in range(10))
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return digits + str(-weighed % 10)
