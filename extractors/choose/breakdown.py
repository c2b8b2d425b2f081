"""Finds the rows of the tax summary by what they must satisfy, base × rate = tax; else taxes named with a rate."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.choose.candidates import labelled
from extractors.choose.hits import Hit
from extractors.choose.neighbours import pointings
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import TextLine
from extractors.parse.rates import parse_rate

_CLOSE = Decimal("0.02")
_HIGHEST_RATE = 30
_SURELY_A_TAX = 1.0  # points of an amount that a label calls a tax
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
    taxes = {c.span.amount for c in labelled(reading, "tax_total", SpanType.AMOUNT) if c.score > _SURELY_A_TAX}
    found: dict[tuple[Decimal, Decimal | None], TaxRow] = {}
    for line in reading.layout.lines[below_line + 1 :]:
        row = _row(reading, line, taxes)
        if row is not None:
            found.setdefault((row.rate, row.base), row)
    return tuple(found.values())


def split_charges(rows: Sequence[TaxRow]) -> tuple[tuple[TaxRow, ...], tuple[TaxRow, ...]]:
    """The taxes, and what is no tax though it is a share of a base: it is itself taxed with that base, in another row,
    as what is paid to a profession's fund.
    """
    bases = {row.base for row in rows if row.base is not None}
    added = tuple(row for row in rows if row.base is not None and row.tax and row.base + row.tax in bases)
    return tuple(row for row in rows if row not in added), added


def named_taxes(reading: Reading) -> tuple[TaxRow, ...]:
    """The taxes whose label says their rate and nothing their base: "VAT 20 % | 274.40"."""
    found: dict[tuple[Decimal, Decimal], TaxRow] = {}
    for hit in reading.hits_of("tax_total"):
        rate = _rate_at(reading, hit)
        if rate is None or rate.amount > _HIGHEST_RATE:
            continue
        named = [p for p in pointings(reading, hit, SpanType.AMOUNT) if p.span.looks_like_money]
        if named:
            tax = max(named, key=lambda pointing: pointing.strength).span
            found.setdefault((rate.amount, abs(tax.amount)), TaxRow(rate.amount, None, abs(tax.amount), tax))
    return tuple(found.values())


def _rate_at(reading: Reading, hit: Hit) -> Span | None:
    """The rate in a tax's label, behind its word or before it, else in the next text of its line."""
    own = reading.spans(hit.segment, SpanType.RATE)
    behind = [span for span in own if span.start >= hit.start]
    before = [span for span in own if span.end <= hit.start]
    segments = reading.line_of(hit.segment).segments
    place = segments.index(hit.segment) + 1
    beside = reading.spans(segments[place], SpanType.RATE) if place < len(segments) else ()
    return next(iter((*behind, *reversed(before), *beside)), None)


def _row(reading: Reading, line: TextLine, taxes: Collection[Decimal]) -> TaxRow | None:
    """The line's row: one whose tax a label names before others, and a tax before none."""
    amounts = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)]
    money = [s for s in amounts if s.looks_like_money]
    rows = [
        TaxRow(rate, abs(base.amount), abs(tax.amount), tax)
        for rate in _rates(reading, line, amounts)
        for base, tax in _pairs(money)
        if abs(abs(base.amount) * rate / 100 - abs(tax.amount)) <= _CLOSE
    ]
    return max(rows, key=lambda row: (row.span.amount in taxes, row.tax != 0), default=None)


def _pairs(money: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    for base in money:
        for tax in money:
            if tax is not base and abs(tax.amount) <= abs(base.amount) and base.amount != 0:
                yield base, tax


def _rates(reading: Reading, line: TextLine, amounts: Sequence[Span]) -> tuple[Decimal, ...]:
    """Percentages of the line, with their sign or bare."""
    signed = [s.amount for segment in line.segments for s in reading.spans(segment, SpanType.RATE)]
    bare = [parse_rate(raw) for s in amounts if _BARE_RATE.match(raw := s.raw.strip("()"))]
    known = [*signed, *(rate for rate in bare if rate is not None)]
    return tuple(rate for rate in known if rate <= _HIGHEST_RATE)
