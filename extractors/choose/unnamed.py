"""Finds an item table whose header isn't known: by the first line in which quantity × price is the total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from extractors.choose.headers import Header
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column

_MOST_AMOUNTS = 6
_TEXT = 3  # letters that a description has at least


def guess_header(reading: Reading) -> Header | None:
    """A header that names the columns of the first line that multiplies out; None where there is none."""
    for line in reading.layout.lines:
        figures = _figures(reading, line)
        described = _described(reading, line)
        if figures is not None and described is not None:
            return _header(line, figures, described)
    return None


def _figures(reading: Reading, line: TextLine) -> tuple[Span, Span, Span] | None:
    """Quantity, price and total, the total standing last as it does everywhere."""
    amounts = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)][:_MOST_AMOUNTS]
    for position in range(len(amounts) - 1, 1, -1):
        total = amounts[position]
        for quantity, price in permutations(amounts[:position], 2):
            if _multiply(quantity, price, total):
                return quantity, price, total
    return None


def _multiply(quantity: Span, price: Span, total: Span) -> bool:
    return (
        total.looks_like_money
        and price.looks_like_money
        and quantity.amount > 0
        and total.amount != 0
        and quantity.amount * price.amount == total.amount
    )


def _described(reading: Reading, line: TextLine) -> Segment | None:
    texts = [s for s in line.segments if sum(c.isalpha() for c in s.text) >= _TEXT]
    texts = [s for s in texts if not any(a.looks_like_money for a in reading.spans(s, SpanType.AMOUNT))]
    return max(texts, key=lambda s: len(s.text)) if texts else None


def _header(line: TextLine, figures: Sequence[Span], described: Segment) -> Header:
    named = [(span.box, name) for span, name in zip(figures, ("quantity", "unit_price", "line_total"), strict=True)]
    named.append((described.box, "description"))
    columns = tuple(Column((name,), box, "") for box, name in sorted(named, key=lambda entry: entry[0].x0))
    return Header(line.number, line.number - 1, line.page, columns)
