"""Reads items that take two lines, as on narrow slips: words, then "12 @ 14.20" with the total on either line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.parse.units import unit_code

_LETTER = re.compile(r"[^\W\d_]{2,}")
_TIMES = re.compile(r"\s*(?P<unit>[^\W\d_]{0,8}\.?)\s*(?:[xX×*@à]|at)\s*$")
_MOST_TEXT_LINES = 3
_FEWEST_ITEMS = 2
_CLOSE = 2.4  # heights between the lines of one item


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One item: its words, its figures, the unit that is printed between them, and its last line's number."""

    description: tuple[Segment, ...]
    quantity: Span
    unit_price: Span
    line_total: Span
    unit: str
    line: int


def slip_items(reading: Reading) -> tuple[SlipItem, ...]:
    """The items of two lines, none where there are fewer than two of them."""
    items = tuple(_items(reading))
    return items if len(items) >= _FEWEST_ITEMS else ()


def _items(reading: Reading) -> Iterator[SlipItem]:
    last = -1
    for line in reading.layout.lines:
        figures = _product(reading, line)
        if figures is None:
            continue
        quantity, price, total = figures
        above = _words_above(reading, line, last)
        if total is None and above:
            total = _total_of(reading, reading.layout.lines[above[-1].line], quantity, price)
        if total is not None and above:
            unit = _TIMES.search(_between(quantity, price))
            yield SlipItem(above, quantity, price, total, unit["unit"] if unit else "", line.number)
            last = line.number


def _product(reading: Reading, line: TextLine) -> tuple[Span, Span, Span | None] | None:
    """Quantity and price with a sign of multiplication between them, and the total where it stands on the same line."""
    spans = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)]
    for position in range(len(spans) - 1):
        quantity, price = spans[position], spans[position + 1]
        if quantity.segment is price.segment and _TIMES.fullmatch(_between(quantity, price)) and quantity.amount > 0:
            rest = spans[position + 2 :]
            if not rest:
                return quantity, price, None
            return (quantity, price, rest[-1]) if _multiplies(quantity, price, rest[-1]) else None
    return None


def _between(quantity: Span, price: Span) -> str:
    return quantity.segment.text[quantity.end : price.start]


def _multiplies(quantity: Span, price: Span, total: Span) -> bool:
    return abs(abs(quantity.amount * price.amount) - abs(total.amount)) <= abs(total.amount) / 1000


def _total_of(reading: Reading, line: TextLine, quantity: Span, price: Span) -> Span | None:
    spans = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)]
    return spans[-1] if spans and _multiplies(quantity, price, spans[-1]) else None


def _words_above(reading: Reading, line: TextLine, last: int) -> tuple[Segment, ...]:
    """The words between the item before and the line of figures, at most three lines that follow closely."""
    found: list[Segment] = []
    below = line
    for above in reversed(reading.layout.lines[max(last + 1, line.number - _MOST_TEXT_LINES) : line.number]):
        if above.page != line.page or below.box.top - above.box.bottom > _CLOSE * line.box.height:
            break
        words = _worded(above.segments)
        if not words or (found and last < 0):
            break
        found.insert(0, words[0])
        below = above
    return tuple(found)


def _worded(segments: Sequence[Segment]) -> list[Segment]:
    return [s for s in segments if _LETTER.search(s.text)]


def unit_of(item: SlipItem) -> str | None:
    """The unit's code, None where none is printed."""
    return unit_code(item.unit) if item.unit else None
