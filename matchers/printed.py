"""A document's item lines as figures: what one unit really costs, whatever way the paper prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction, Line
from service.domain.keys import account_key, fold, reference_key
from service.domain.money import Tolerance

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_NOT_WORD = re.compile(r"[^0-9A-Z]+")
_BRACKETED = re.compile(r"^\s*\[([^\]]+)\]\s*")
ROUNDING = Tolerance(Decimal("0.02"))


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One item line. ``quantity`` is the printed one, or what the amounts say, 0 where nothing does;
    ``net_price`` is for one unit after discounts; ``price_readings`` every way to understand the printed price;
    ``list_price`` is for one unit before a discount by ``discount_percent``, both None where that isn't how the
    paper comes to its amounts.
    """

    number: int
    description: str
    seller_code: str | None
    buyer_code: str | None
    gtin: str | None
    quantity: Decimal
    unit: str | None
    net_price: Decimal | None
    price_readings: tuple[Decimal, ...]
    list_price: Decimal | None
    discount_percent: Decimal | None
    amount: Decimal | None
    tax_rate: Decimal | None
    order_key: str | None

    @property
    def compared_text(self) -> str:
        """The description as it is compared."""
        return compared_text(self.description)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every product code on the line, normalised."""
        return tuple(code for code in (self.seller_code, self.buyer_code, self.gtin) if code)

    @property
    def bills_something(self) -> bool:
        """Whether it has an amount or a quantity at all; headings and remarks haven't."""
        return bool(self.amount) or bool(self.quantity)

    @property
    def net_amount(self) -> Decimal:
        """The printed amount, or quantity times price."""
        if self.amount is not None:
            return self.amount
        return self.quantity * (self.net_price or Decimal(0))


def printed_lines(extraction: Extraction) -> tuple[PrintedLine, ...]:
    """The document's lines as figures; credit notes that print negative amounts are turned positive."""
    lines = tuple(_printed_line(number, line) for number, line in enumerate(extraction.lines, start=1))
    if extraction.kind is DocumentKind.CREDIT_NOTE and sum(line.amount or 0 for line in lines) < 0:
        return tuple(_turned_positive(line) for line in lines)
    return lines


def compared_text(description: str) -> str:
    """A product's description without its bracketed code, punctuation, accents and case, its words sorted."""
    return " ".join(sorted(_NOT_WORD.sub(" ", fold(_BRACKETED.sub("", description))).split()))


def bracketed_code(description: str) -> str | None:
    """The code that Odoo prints in brackets before a product's name."""
    found = _BRACKETED.match(description)
    return found[1] if found else None


def _turned_positive(line: PrintedLine) -> PrintedLine:
    in_quantity = line.quantity < 0
    return replace(
        line,
        quantity=-line.quantity if in_quantity else line.quantity,
        amount=None if line.amount is None else -line.amount,
        net_price=line.net_price if in_quantity or line.net_price is None else -line.net_price,
        price_readings=line.price_readings if in_quantity else tuple(-price for price in line.price_readings),
        list_price=line.list_price if in_quantity or line.list_price is None else -line.list_price,
    )


def _printed_line(number: int, line: Line) -> PrintedLine:
    description = line.text("description") or ""
    bracketed = bracketed_code(description)
    quantity = _quantity(line)
    readings = tuple(_price_readings(line, quantity))
    net_price = _best_reading(readings, quantity, line.amount("line_total"))
    list_price, percent = _discounted(line, net_price)
    return PrintedLine(
        number=number,
        description=description,
        seller_code=_code(line, "seller_item_id") or (account_key(bracketed) if bracketed else None),
        buyer_code=_code(line, "buyer_item_id"),
        gtin=_code(line, "gtin"),
        quantity=quantity,
        unit=line.text("unit"),
        net_price=net_price,
        price_readings=readings,
        list_price=list_price,
        discount_percent=percent,
        amount=line.amount("line_total"),
        tax_rate=line.amount("tax_rate"),
        order_key=reference_key(line.text("order_reference") or "") or None,
    )


def _code(line: Line, name: str) -> str | None:
    return account_key(line.text(name) or "") or None


def _quantity(line: Line) -> Decimal:
    printed, price, total = line.amount("quantity"), line.amount("unit_price"), line.amount("line_total")
    if printed is not None:
        return printed
    if total and price:
        return total * _base(line) / price
    return _ONE if total else Decimal(0)


def _base(line: Line) -> Decimal:
    return line.amount("price_base_quantity") or _ONE


def _price_readings(line: Line, quantity: Decimal) -> Iterator[Decimal]:
    """Net unit prices in the order in which they are likely: a discount may be a rate, an amount for the line or
    for one unit, or be contained in the printed price already.
    """
    price, total = line.amount("unit_price"), line.amount("line_total")
    if price is None:
        if total is not None and quantity:
            yield total / quantity
        return
    each = price / _base(line)
    percent, discount = line.amount("discount_percent"), line.amount("discount")
    if percent:
        yield each * (_HUNDRED - percent) / _HUNDRED
    elif discount and quantity:
        yield each - abs(discount) / abs(quantity)
        yield each - abs(discount)
    yield each


def _discounted(line: Line, net_price: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    price, percent = line.amount("unit_price"), line.amount("discount_percent")
    if price is None or not percent:
        return None, None
    each = price / _base(line)
    is_how = net_price == each * (_HUNDRED - percent) / _HUNDRED
    return (each, percent) if is_how else (None, None)


def _best_reading(readings: tuple[Decimal, ...], quantity: Decimal, total: Decimal | None) -> Decimal | None:
    if not readings:
        return None
    if total is None:
        return readings[0]
    fitting = (price for price in readings if ROUNDING.allows(quantity * price, total))
    return next(fitting, readings[0])
