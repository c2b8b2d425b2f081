"""Reads items that are words and an amount and no more, as lawyers and hauliers write them: they add up to the net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.choose.candidates import labelled
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine

_WHOLE = "grand_total"
_SUMS = ("line_sum", "net_total", _WHOLE)
_NO_ITEMS = ("net_total", "line_sum", "tax_total", "grand_total", "amount_due", "prepaid_amount", "previous_balance")
_ADDED = ("freight_total", "charge_total", "allowance_total", "rounding_amount")
_ALIGNED = 4.0  # points
_WIDEST_GAP = 3.5  # heights between two lines of the list
_GOES_ON = 0.9  # heights between an item's line and the next one of its words
_FEWEST_LETTERS = 3
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class PlainItem:
    """One item: its words and its amount."""

    description: tuple[Segment, ...]
    total: Span


def plain_items(reading: Reading) -> tuple[PlainItem, ...]:
    """The lines above a sum that add up to it, each of words and an amount in its column; none where none do."""
    wholes = {candidate.span for candidate in labelled(reading, _WHOLE, SpanType.AMOUNT)}
    for name in _SUMS:
        for candidate in labelled(reading, name, SpanType.AMOUNT):
            if candidate.score > 0 and candidate.span.looks_like_money and candidate.span.amount > 0:
                found = _above(reading, candidate.span)
                if found and (candidate.span not in wholes or all(_is_phrase(item.description[0]) for item in found)):
                    return found
    return ()


def _is_phrase(text: Segment) -> bool:
    """Whether it has words enough for an item where only the whole is named: above it stand net and taxes, too."""
    return sum(len(word.text) >= _FEWEST_LETTERS and word.text[0].isalpha() for word in text.words) > 1


def _above(reading: Reading, total: Span) -> tuple[PlainItem, ...]:
    """The items above ``total``, from the line above it up to where they make it up."""
    rest, found, waiting = total.amount, list[PlainItem](), list[Segment]()
    below = reading.line_of(total.segment)
    for line in reversed(reading.layout.lines[max(0, below.number - _MOST_LINES) : below.number]):
        if line.page != below.page or below.box.top - line.box.bottom > _WIDEST_GAP * below.box.height:
            return ()
        amount = _amount(reading, line, total)
        words = _words(line, amount)
        if amount is None:
            waiting = [*words[:1], *waiting]
        elif not words or any(_is_named(reading, text, _NO_ITEMS) for text in (line.segments[0], words[0])):
            return ()
        else:
            rest -= amount.amount
            if not _is_named(reading, line.segments[0], _ADDED):
                found.insert(0, PlainItem((words[0], *_continued(words[0], waiting)), amount))
            waiting = []
        if rest == 0:
            return tuple(found)
        below = line
    return ()


def _amount(reading: Reading, line: TextLine, total: Span) -> Span | None:
    """The line's amount in the column of ``total``."""
    spans = [s for s in reading.spans(line.segments[-1], SpanType.AMOUNT) if s.looks_like_money]
    return spans[-1] if spans and abs(spans[-1].box.x1 - total.box.x1) <= _ALIGNED else None


def _words(line: TextLine, amount: Span | None) -> list[Segment]:
    """The line's texts, the one with most letters first; what stands before an amount in its own text among them."""
    texts = [segment for segment in line.segments if amount is None or segment is not amount.segment]
    if amount is not None and amount.start > 0:
        first, _ = amount.segment.word_range(amount.start, amount.end)
        texts += [amount.segment.part(0, first)] if first else []
    worded = [text for text in texts if sum(c.isalpha() for c in text.text) >= _FEWEST_LETTERS]
    return sorted(worded, key=lambda text: -sum(c.isalpha() for c in text.text))


def _continued(words: Segment, waiting: Sequence[Segment]) -> list[Segment]:
    """The texts beneath that follow closely at the same edge."""
    found: list[Segment] = []
    for text in waiting:
        above = found[-1] if found else words
        if abs(text.box.x0 - words.box.x0) > _ALIGNED or text.box.top - above.box.bottom > _GOES_ON * text.size:
            break
        found.append(text)
    return found


def _is_named(reading: Reading, text: Segment, names: Sequence[str]) -> bool:
    hits = reading.hits(text)
    return bool(hits) and hits[0].start <= 2 and any(hits[0].weight(name) for name in names)
