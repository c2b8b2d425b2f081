"""Reads items that take several lines: a quantity on the first, its price and total on a later one, words between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.choose.reading import Reading
from extractors.choose.slips import SlipItem
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine

_QUANTITY = re.compile(r"\d[\d.,]*\s?(?P<unit>[^\W\d_]{1,8}\.?)?")
_POSITION = re.compile(r"\d{1,6}\.?")
_CODE = re.compile(r"(?=\S*\d)\S{3,}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_ALIGNED = 6.0  # points
_EDGE = 3.0  # points
_MOST_LINES = 8  # of one item
_CLOSE = Decimal("0.011")
_FULL = Decimal(100)  # percent


@dataclass(frozen=True, slots=True)
class _Start:
    """The first line of an item, its quantity's text and what its price must be multiplied by."""

    line: TextLine
    text: Segment
    quantity: Span


def block_items(reading: Reading) -> tuple[SlipItem, ...]:
    """The items, none where one of what begins like them doesn't multiply out."""
    starts = [start for line in reading.layout.lines if (start := _start(reading, line)) is not None]
    for first in starts[:2]:
        column = [start for start in starts if _is_under(first, start)]
        found = tuple(_items(reading, column))
        if found and len(found) == len(column):
            return found
    return ()


def _is_under(first: _Start, start: _Start) -> bool:
    left, other = first.line.segments[0].box, start.line.segments[0].box
    return start.line.number >= first.line.number and abs(left.x0 - other.x0) <= _ALIGNED


def _start(reading: Reading, line: TextLine) -> _Start | None:
    """The item that begins with a quantity, or with a position that a quantity with its unit follows."""
    if len(line.segments) < 2:
        return None
    first, *others = line.segments
    texts = [first] if _QUANTITY.fullmatch(first.text) else []
    if _POSITION.fullmatch(first.text):
        texts = [text for text in others if (found := _QUANTITY.fullmatch(text.text)) and found["unit"]] or texts
    for text in texts:
        spans = reading.spans(text, SpanType.AMOUNT)
        is_price = spans and spans[0].looks_like_money and spans[0].end == len(text.text)
        if spans and spans[0].start == 0 and spans[0].amount > 0 and not is_price:
            return _Start(line, text, spans[0])
    return None


def _money(reading: Reading, line: TextLine, quantity: Segment) -> list[Span]:
    """The line's amounts of money but for such as stand within words, as sizes do."""
    texts = (segment for segment in line.segments if segment is not quantity)
    spans = (s for text in texts for s in reading.spans(text, SpanType.AMOUNT) if s.looks_like_money)
    return [s for s in spans if s.start == 0 or s.end == len(s.segment.text) or not _LETTERS.search(s.segment.text)]


def _items(reading: Reading, starts: Sequence[_Start]) -> Iterator[SlipItem]:
    ends = [*(start.line.number for start in starts[1:]), starts[-1].line.number + _MOST_LINES]
    for start, end in zip(starts, ends, strict=True):
        number = start.line.number
        lines = reading.layout.lines[number : min(end, number + _MOST_LINES)]
        item = _item(reading, start, [line for line in lines if line.page == start.line.page])
        if item is not None:
            yield item


def _item(reading: Reading, start: _Start, lines: Sequence[TextLine]) -> SlipItem | None:
    """The item whose lines these may be, up to the last total that price, quantity and discount make."""
    words: list[Segment] = []
    money: list[Span] = []
    rates: list[Span] = []
    found: SlipItem | None = None
    for line in lines:
        here = _money(reading, line, start.text)
        rates += [span for s in line.segments for span in reading.spans(s, SpanType.RATE)]
        rates += [span for span in here if "%" in line.text and abs(span.amount) < _FULL]
        words += _words(start, line, here, words)
        money += here
        priced = _priced(reading, start.quantity, money, rates) if here and words else None
        if priced is not None:
            price, base, total, rate = priced
            names = _names(start)
            found = SlipItem(tuple(words), start.quantity, price, total, rate, _unit(start), line.number, base, *names)
    return found


def _words(start: _Start, line: TextLine, money: Sequence[Span], above: Sequence[Segment]) -> list[Segment]:
    """The first text of a line that has words and isn't the quantity, on the first line no code; beside amounts only
    what goes on with the words above, not what the amounts are called.
    """
    texts = [s for s in line.segments if s is not start.text and not any(span.segment is s for span in money)]
    named = [s for s in texts if _LETTERS.search(s.text) and not (line is start.line and _CODE.fullmatch(s.text))]
    goes_on = not (money and above) or any(abs(s.box.x0 - above[-1].box.x0) <= _EDGE for s in named[:1])
    return named[:1] if goes_on else []


def _priced(
    reading: Reading, quantity: Span, money: Sequence[Span], rates: Sequence[Span]
) -> tuple[Span, Span | None, Span, Span | None] | None:
    """The first price, what it is for, the last total that it makes, and the rate taken off."""
    total = money[-1]
    for price in money[:-1]:
        behind = [s for s in reading.spans(price.segment, SpanType.AMOUNT) if s.start >= price.end]
        for base in (*behind[:1], None):
            per = base.amount if base is not None and base.amount > 0 else Decimal(1)
            for rate in (None, *rates):
                off = abs(rate.amount) if rate is not None else Decimal(0)
                made = quantity.amount * abs(price.amount) / per * (1 - off / _FULL)
                if made != 0 and abs(made - abs(total.amount)) <= _CLOSE:
                    return price, base, total, rate
    return None


def _unit(start: _Start) -> str:
    found = _QUANTITY.fullmatch(start.text.text)
    return (found["unit"] or "") if found else ""


def _names(start: _Start) -> tuple[Segment | None, Segment | None]:
    """The position and the code that stand before a quantity on the item's first line."""
    first = start.line.segments[0]
    if first is start.text:
        return None, None
    code = next((s for s in start.line.segments[1:] if s is not start.text and _CODE.fullmatch(s.text)), None)
    return first, code
