"""Chooses the figures of one item so that quantity × price, less discount, is the line's total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.choose.headers import NAMELESS
from extractors.choose.reading import Reading
from extractors.choose.rows import Row, spans_in
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment
from extractors.parse.amounts import parse_amount

_CLOSE = Decimal("0.011")
_BASES = (Decimal(10), Decimal(100), Decimal(1000))
_LEADING = re.compile(r"[-−–]?\d[\d., ]*(?<=\d)(?=\s?[^\W\d]|$)")
_THOUSANDS_OR_NOT = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Figures:
    """The chosen figures; ``holds`` says whether they multiply out, None where one of the three is missing."""

    quantity: Span | None = None
    unit_price: Span | None = None
    line_total: Span | None = None
    discount: Span | None = None
    discount_percent: Span | None = None
    price_base_quantity: Span | None = None
    holds: bool | None = None

    def of(self, name: str) -> Span | None:
        """The figure of that name."""
        found = getattr(self, name)
        assert found is None or isinstance(found, Span)
        return found


def choose_figures(reading: Reading, row: Row) -> Figures:
    """The figures of a row, by their columns; where those don't multiply out, any of the row's that do."""
    by_column = {name: _spans(reading, row, name) for name in ("quantity", "unit_price")}
    totals = [*_spans(reading, row, "line_total"), *_spans(reading, row, "gross_total")]
    percents, discounts = _discounts(reading, row)
    base = _base(reading, row)
    extra = {
        "discount": discounts[0] if discounts else None,
        "discount_percent": percents[0] if percents else None,
        "price_base_quantity": base,
    }
    quantities, prices = by_column["quantity"], by_column["unit_price"]
    every = _all_amounts(reading, row)
    last = [span for span in every[-1:] if span.looks_like_money]
    for q, p, t in ((quantities, prices, totals), (quantities or every, prices or every, totals or last)):
        for figures in _combinations(q, p, t, extra):
            if figures.holds and _distinct(figures):
                return figures
    for figures in _combinations(quantities, [span for span in every if span.looks_like_money], last, extra):
        if figures.holds and _distinct(figures):
            return figures
    return Figures(
        _first(quantities), _first(prices), _last(totals), **extra, holds=_holds_plain(quantities, prices, totals)
    )


def _combinations(
    quantities: Sequence[Span], prices: Sequence[Span], totals: Sequence[Span], extra: dict[str, Span | None]
) -> Iterator[Figures]:
    for total in totals:
        for price in sorted(_either_way(prices), key=lambda s: not s.looks_like_money):
            for quantity in sorted(quantities, key=lambda s: s.looks_like_money):
                for reduced in _reductions(extra):
                    holds = _multiplies(quantity, price, total, reduced)
                    yield Figures(quantity, price, total, **reduced, holds=holds)


def _either_way(prices: Sequence[Span]) -> Iterator[Span]:
    """The prices; one such as "7,702" also as 7.702 where the document's other figures took it for thousands."""
    for price in prices:
        yield price
        if _THOUSANDS_OR_NOT.search(price.raw) and price.amount == price.amount.to_integral_value():
            yield replace(price, value=price.amount.scaleb(-3))


def _reductions(extra: dict[str, Span | None]) -> Iterator[dict[str, Span | None]]:
    """The discount as its column says, then a bare figure the other way: as a rate or as an amount."""
    yield extra
    percent, amount = extra["discount_percent"], extra["discount"]
    if (percent is None) != (amount is None):
        yield {**extra, "discount_percent": amount, "discount": percent}


def _base(reading: Reading, row: Row) -> Span | None:
    """What the price is for: its own column's figure, or a power of ten in a column of unknown name."""
    named = _spans(reading, row, "price_base_quantity")
    if named:
        return named[0]
    bare = (span for span in _spans(reading, row, NAMELESS) if span.raw == span.segment.text)
    return next((span for span in bare if span.amount in _BASES), None)


def _multiplies(quantity: Span, price: Span, total: Span, extra: dict[str, Span | None]) -> bool:
    base, percent, discount = extra["price_base_quantity"], extra["discount_percent"], extra["discount"]
    per = base.amount if base is not None and base.amount > 0 else Decimal(1)
    gross = quantity.amount * price.amount
    factor = 1 - percent.amount / 100 if percent is not None else Decimal(1)
    reduced = abs(discount.amount) if discount is not None else Decimal(0)
    wanted = abs(total.amount)
    allowed = max(_CLOSE, abs(quantity.amount) * _price_rounding(price))
    results = (gross / per * factor - reduced, gross * factor, gross / per, gross, gross / 100)
    return any(abs(abs(result) - wanted) <= allowed for result in results) and gross != 0


def _price_rounding(price: Span) -> Decimal:
    """Half of the last printed digit of a price with more than two decimals, else nothing."""
    exponent = int(price.amount.as_tuple().exponent)
    return Decimal(5).scaleb(exponent - 1) if exponent < -2 else Decimal(0)


def _holds_plain(quantities: Sequence[Span], prices: Sequence[Span], totals: Sequence[Span]) -> bool | None:
    return False if quantities and prices and totals else None


def _distinct(figures: Figures) -> bool:
    spans = (figures.quantity, figures.unit_price, figures.line_total)
    return len({(s.segment.line, s.box.x0) for s in spans if s is not None}) == 3


def _spans(reading: Reading, row: Row, name: str) -> list[Span]:
    """The amounts in a column; behind them what its pieces are as a whole, as "12pcs", or "1 157,90" of wide spaces."""
    found = [span for piece in row.segments(name) for span in spans_in(reading, piece, SpanType.AMOUNT)]
    wholes = [whole for piece in row.segments(name) if (whole := _whole(reading, piece)) is not None]
    return [*found, *(whole for whole in wholes if all(whole.amount != span.amount for span in found))]


def _whole(reading: Reading, piece: Segment) -> Span | None:
    number = _LEADING.match(piece.text)
    if number is None:
        return None
    amount = parse_amount(number.group().replace(" ", ""), reading.decimal_mark)
    return None if amount is None else Span(SpanType.AMOUNT, amount.value, piece, 0, number.end())


def _all_amounts(reading: Reading, row: Row) -> list[Span]:
    pieces = sorted((s for found in row.cells.values() for s in found), key=lambda s: s.box.x0)
    return [span for piece in pieces for span in spans_in(reading, piece, SpanType.AMOUNT)]


def _discounts(reading: Reading, row: Row) -> tuple[list[Span], list[Span]]:
    """Percentages and amounts in the discount's column; a bare figure up to 100 is taken for a percentage."""
    percents: list[Span] = []
    amounts: list[Span] = []
    for piece in row.segments("discount_percent"):
        percents += spans_in(reading, piece, SpanType.RATE)
        for span in spans_in(reading, piece, SpanType.AMOUNT):
            (percents if 0 <= span.amount <= 100 and "%" in _header(row) else amounts).append(span)
    return [p for p in percents if p.amount != 0], [a for a in amounts if a.amount != 0]


def _header(row: Row) -> str:
    return " ".join(c.header for c in row.header.columns if c.means("discount_percent"))


def _first(spans: Sequence[Span]) -> Span | None:
    return spans[0] if spans else None


def _last(spans: Sequence[Span]) -> Span | None:
    return spans[-1] if spans else None
