"""Finds the rows of the tax summary by what they must satisfy: base × rate = tax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import TextLine
from extractors.parse.rates import parse_rate

_CLOSE = Decimal("0.02")
_HIGHEST_RATE = 30
_BARE_RATE = re.compile(r"^\d{1,2}(?:[.,]\d{1,2})?$")


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One rate with its base (None where not printed beside it) and tax, in the document's currency."""

    rate: Decimal
    base: Decimal | None
    tax: Decimal
    span: Span


def tax_rows(reading: Reading, below_line: int) -> tuple[TaxRow, ...]:
    """The rows below the items, each rate and base once."""
    found: dict[tuple[Decimal, Decimal | None], TaxRow] = {}
    for line in reading.layout.lines[below_line + 1 :]:
        row = _row(reading, line)
        if row is not None:
            found.setdefault((row.rate, row.base), row)
    return tuple(found.values())


def _row(reading: Reading, line: TextLine) -> TaxRow | None:
    amounts = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)]
    money = [s for s in amounts if s.looks_like_money]
    for rate in _rates(reading, line, amounts):
        for base, tax in _pairs(money):
            if abs(abs(base.amount) * rate / 100 - abs(tax.amount)) <= _CLOSE:
                return TaxRow(rate, abs(base.amount), abs(tax.amount), tax)
    return None


def _pairs(money: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    for base in money:
        for tax in money:
            if tax is not base and abs(tax.amount) <= abs(base.amount) and base.amount != 0:
                yield base, tax


def _rates(reading: Reading, line: TextLine, amounts: Sequence[Span]) -> tuple[Decimal, ...]:
    """Percentages of the line, with their sign or bare."""
    signed = [s.amount for segment in line.segments for s in reading.spans(segment, SpanType.RATE)]
    bare = [parse_rate(s.raw) for s in amounts if _BARE_RATE.match(s.raw)]
    known = [*signed, *(rate for rate in bare if rate is not None)]
    return tuple(rate for rate in known if rate <= _HIGHEST_RATE)
