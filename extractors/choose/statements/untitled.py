"""Finds a statement's table whose header isn't known: by its first rows, each with a date, a number and an amount."""

from __future__ import annotations

from extractors.choose.headers import Header
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column
from service.domain.geometry import Box


def guess_header(reading: Reading) -> Header | None:
    """A header that names the columns of the first line that holds a date, a paper's number and, last, an amount."""
    for line in reading.layout.lines:
        columns = _columns(reading, line)
        if columns is not None:
            return Header(line.number, line.number - 1, line.page, columns)
    return None


def _columns(reading: Reading, line: TextLine) -> tuple[Column, ...] | None:
    dates = [span for segment in line.segments for span in reading.spans(segment, SpanType.DATE)]
    money = [s for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT) if s.looks_like_money]
    number = next((s for segment in line.segments for s in reading.spans(segment, SpanType.REFERENCE)), None)
    if len(line.segments) < 3 or not dates or not money or number is None or money[-1].box.x0 < dates[0].box.x1:
        return None
    if money[-1].segment is not line.segments[-1] or number.segment is money[-1].segment:
        return None
    named = [("date", dates[0].box), ("reference", number.box), ("amount", _last(money).box)]
    named += [("due_date", span.box) for span in dates[1:2]]
    named += [("description", piece.box) for piece in _texts(line, [box for _, box in named])]
    return tuple(Column((name,), box, "") for name, box in sorted(named, key=lambda entry: entry[1].x0))


def _last(money: list[Span]) -> Span:
    return money[-1]


def _texts(line: TextLine, taken: list[Box]) -> list[Segment]:
    free = [s for s in line.segments if not any(s.box.x_overlap(box) > 0 for box in taken)]
    return [max(free, key=lambda s: len(s.text))] if free else []
