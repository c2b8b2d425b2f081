"""Reads items whose quantity begins a line and whose price ends a later one, their words wrapped between the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.choose.reading import Reading
from extractors.choose.slips import SlipItem
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from service.domain.money import CENT

_QUANTITY = re.compile(r"\d[\d.,]*\s?(?P<unit>[^\W\d_]{1,8}\.?)?")
_FEWEST = 2  # items
_ALIGNED = 6.0  # points
_MOST_LINES = 6  # of one item
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def block_items(reading: Reading) -> tuple[SlipItem, ...]:
    """The items, none where there are fewer than two or where what begins with a quantity doesn't multiply out."""
    starts = [line for line in reading.layout.lines if len(line.segments) > 1 and _quantity(reading, line) is not None]
    for first in starts[:_FEWEST]:
        column = [line for line in starts if line.page == first.page and _is_under(first, line)]
        found = tuple(_items(reading, column))
        if len(found) >= _FEWEST and len(found) == len(column):
            return found
    return ()


def _is_under(first: TextLine, line: TextLine) -> bool:
    return line.number >= first.number and abs(line.segments[0].box.x0 - first.segments[0].box.x0) <= _ALIGNED


def _quantity(reading: Reading, line: TextLine) -> Span | None:
    text = line.segments[0]
    if not _QUANTITY.fullmatch(text.text):
        return None
    return next((s for s in reading.spans(text, SpanType.AMOUNT) if s.start == 0 and not s.looks_like_money), None)


def _items(reading: Reading, starts: Sequence[TextLine]) -> Iterator[SlipItem]:
    ends = [*(line.number for line in starts[1:]), starts[-1].number + _MOST_LINES]
    for start, end in zip(starts, ends, strict=True):
        quantity = _quantity(reading, start)
        lines = reading.layout.lines[start.number : min(end, start.number + _MOST_LINES)]
        item = None if quantity is None else _item(reading, quantity, lines)
        if item is not None:
            yield item


def _item(reading: Reading, quantity: Span, lines: Sequence[TextLine]) -> SlipItem | None:
    """The item that the lines from its quantity on hold, up to the first price and total that multiply out."""
    words: list[Segment] = []
    for line in lines:
        texts = [segment for segment in line.segments if segment is not quantity.segment]
        money = [s for text in texts for s in reading.spans(text, SpanType.AMOUNT) if s.looks_like_money]
        words += [t for t in texts if _LETTERS.search(t.text) and not any(s.segment is t for s in money)][:1]
        for price, total in pairwise(money):
            if words and abs(quantity.amount * price.amount - total.amount) <= CENT:
                unit = _QUANTITY.fullmatch(quantity.segment.text)
                name = (unit["unit"] or "") if unit else ""
                return SlipItem(tuple(words), quantity, price, total, None, name, line.number)
    return None
