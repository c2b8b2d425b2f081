"""Reads items without a table: words, then "12 @ 14.20" behind or beneath them, with the total on either line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.parse.units import unit_code
from service.domain.money import CENT

_LETTER = re.compile(r"[^\W\d_]{2,}")
_TIMES = re.compile(r"\s*[^\W\d_]{0,14}\.?\s*(?:[xX×*@àáa]|at|(?:zu )?je|zu|por|per|för|pr\.?|po|af|á)\s*")
_UNIT_BEHIND = re.compile(r"\s*(?P<unit>[^\W\d_]{1,8}\.?)(?:\s|$)")
_MOST_TEXT_LINES = 3
_FEWEST_ITEMS = 2
_ALIGNED = 2.0  # points
_AS_CLOSE = 1.5  # points
_CLOSE = 2.4  # heights between the lines of one item


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One item: its words, its figures, the unit that is printed between them, its last line's number; what the price
    is for, its position and its code where they are printed.
    """

    description: tuple[Segment, ...]
    quantity: Span
    unit_price: Span
    line_total: Span
    discount_percent: Span | None
    unit: str
    line: int
    price_base: Span | None = None
    position: Segment | None = None
    code: Segment | None = None


def slip_items(reading: Reading) -> tuple[SlipItem, ...]:
    """The items of two lines, none where there are fewer than two of them."""
    items = tuple(_items(reading))
    return items if len(items) >= _FEWEST_ITEMS else ()


def _items(reading: Reading) -> Iterator[SlipItem]:
    last = -1
    for line in reading.layout.lines:
        above = _words_above(reading, line, last)
        found = _on_one_line(reading, line) or (_figures(reading, line, above) if above else None)
        if found is not None:
            yield found
            last = line.number


def _on_one_line(reading: Reading, line: TextLine) -> SlipItem | None:
    """The item whose words stand on its line before "12 hrs at 14.20", the total behind it."""
    spans = _amounts(reading, [line])
    for position, (quantity, price) in enumerate(itertools.pairwise(spans)):
        segment = quantity.segment
        between = segment.text[quantity.end : price.start]
        if segment is not price.segment or not _TIMES.fullmatch(between):
            continue
        words = _words_before(line, quantity)
        for total in reversed(spans[position + 2 :]):
            if words and total.looks_like_money and _multiplies(quantity, price, total, ())[0]:
                return SlipItem(words, quantity, price, total, None, _unit_behind(quantity), line.number)
    return None


def _unit_behind(quantity: Span) -> str:
    found = _UNIT_BEHIND.match(quantity.segment.text[quantity.end :])
    return found["unit"] if found else ""


def _words_before(line: TextLine, quantity: Span) -> tuple[Segment, ...]:
    """The words of the quantity's own text before it, else the nearest text left of it."""
    segment = quantity.segment
    first, _ = segment.word_range(quantity.start, quantity.end)
    if first and _LETTER.search(segment.text[: quantity.start]):
        return (segment.part(0, first),)
    left = _worded(line.segments[: line.segments.index(segment)])
    return tuple(left[-1:])


def _figures(reading: Reading, line: TextLine, words: tuple[Segment, ...]) -> SlipItem | None:
    """The item whose figures stand on ``line`` beneath its words; its total may stand on the words' lines instead, and
    its quantity before the words.
    """
    spans = _amounts(reading, [line])
    above = _amounts(reading, [reading.layout.lines[w.line] for w in words])
    rates = [s for segment in line.segments for s in reading.spans(segment, SpanType.RATE)]
    for quantity, price, totals in _orders(spans, above):
        for total in totals:
            holds, discount = _multiplies(quantity, price, total, rates)
            if holds and total.looks_like_money and quantity.amount != 0:
                return SlipItem(words, quantity, price, total, discount, _unit_behind(quantity), line.number)
    return None


def _orders(spans: Sequence[Span], above: Sequence[Span]) -> Iterator[tuple[Span, Span, Sequence[Span]]]:
    """Quantity, price and what may be the total, in each order that they are printed in."""
    money = [s for s in above if s.looks_like_money]
    for position, (first, second) in enumerate(itertools.pairwise(spans)):
        times = first.segment is second.segment and bool(_TIMES.fullmatch(first.segment.text[first.end : second.start]))
        totals = [*reversed(spans[position + 2 :]), *(reversed(money) if times else ())]
        if first.looks_like_money and not second.looks_like_money:
            first, second = second, first
        yield first, second, totals
    leading = [s for s in above if s.start == 0]
    for quantity, price in itertools.product(leading, spans[:1]):
        yield quantity, price, [*reversed(spans[1:]), *reversed(money)]


def _amounts(reading: Reading, lines: Sequence[TextLine]) -> list[Span]:
    return [s for line in lines for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT)]


def _multiplies(quantity: Span, price: Span, total: Span, rates: Sequence[Span]) -> tuple[bool, Span | None]:
    """Whether the figures multiply out, and the discount where they do so only with one."""
    gross, wanted = abs(quantity.amount * price.amount), abs(total.amount)
    if gross == 0 or wanted == 0:
        return False, None
    if abs(gross - wanted) <= CENT:
        return True, None
    for rate in rates:
        if abs(gross * (100 - rate.amount) / 100 - wanted) <= CENT:
            return True, rate
    return False, None


def _words_above(reading: Reading, line: TextLine, last: int) -> tuple[Segment, ...]:
    """The words between the item before and the line of figures, at most three lines that follow closely."""
    found: list[Segment] = []
    below = line
    for above in reversed(reading.layout.lines[max(last + 1, line.number - _MOST_TEXT_LINES) : line.number]):
        if above.page != line.page or below.box.top - above.box.bottom > _CLOSE * line.box.height:
            break
        words = _worded(above.segments)
        if not words or (found and last < 0 and not _continues(above, below, line)):
            break
        found.insert(0, words[0])
        below = above
    return tuple(found)


def _continues(above: TextLine, below: TextLine, line: TextLine) -> bool:
    """Whether a line of words stands above the first item's as closely as that stands above its figures."""
    aligned = len(above.segments) == 1 and abs(above.segments[0].box.x0 - below.segments[0].box.x0) <= _ALIGNED
    return aligned and below.box.top - above.box.bottom <= _AS_CLOSE + line.box.top - below.box.bottom


def _worded(segments: Sequence[Segment]) -> list[Segment]:
    return [s for s in segments if _LETTER.search(s.text)]


def unit_of(item: SlipItem) -> str | None:
    """The unit's code, None where none is printed."""
    return unit_code(item.unit) if item.unit else None
