"""Learns from a corrected item line which column of the table means which field, by the header above the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from extractors.choose.headers import Header, find_headers
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Source, ValueType
from service.domain.geometry import Box, union_of
from service.domain.kinds import INVOICE_LINE_FIELDS
from service.domain.memory import Observation, Topic

_SLACK = 6.0  # points beside the value that its header may keep
_LONGEST_HEADER = 60  # squeezed characters
_BY_VALUE: Mapping[ValueType, SpanType] = MappingProxyType(
    {
        ValueType.AMOUNT: SpanType.AMOUNT,
        ValueType.QUANTITY: SpanType.AMOUNT,
        ValueType.RATE: SpanType.RATE,
        ValueType.IDENTIFIER: SpanType.REFERENCE,
    }
)


def observed_columns(reading: Reading, machine: Extraction, confirmed: Extraction) -> Iterator[Observation]:
    """What the typed values of item lines say about the headers above them; nothing where machine and person don't
    see the same lines.
    """
    headers = find_headers(reading)
    if len(machine.lines) != len(confirmed.lines) or not headers:
        return
    for read, said in zip(machine.lines, confirmed.lines, strict=True):
        for name, entry in said.fields.items():
            spans = _in_row(reading, name, entry, read) if entry.provenance.source is Source.HUMAN else []
            text = _header_above(reading, headers, spans[0].box, spans[0].segment.line) if len(spans) == 1 else ""
            if text and not _is_known(reading, text, name) and text not in _right_headers(reading, headers, read, said):
                yield Observation(Topic.COLUMN, name, True, True, text=text)


def _is_known(reading: Reading, text: str, name: str) -> bool:
    return any(meaning.name == name for meaning in reading.vocabulary.lexicon.columns.get(text, ()))


def _in_row(reading: Reading, name: str, entry: AnyField, read: Line) -> list[Span]:
    """Where a line's value is printed, within the height of what was read of the line."""
    kind = _BY_VALUE.get(INVOICE_LINE_FIELDS[name].type) if name in INVOICE_LINE_FIELDS else None
    boxes = [f.provenance.box for f in read.fields.values() if f.provenance.box is not None]
    pages = {f.provenance.page for f in read.fields.values()}
    if kind is None or not boxes:
        return []
    row = union_of(boxes)
    return [
        span
        for span in reading.all_spans(kind)
        if span.page in pages
        and span.value == entry.value
        and row.top - 1 <= span.box.y_mid <= row.bottom + 1
        and (kind is not SpanType.REFERENCE or span.raw == span.segment.text)  # else it is a part of another text
    ]


def _right_headers(reading: Reading, headers: Sequence[Header], read: Line, said: Line) -> frozenset[str]:
    """The headers above what was rightly read of the line: they mean that."""
    right = (
        (field.provenance.page, field.provenance.box)
        for name, field in read.fields.items()
        if name in said.fields and said.fields[name].value == field.value
    )
    return frozenset(
        _header_above(reading, headers, box, line.number)
        for page, box in right
        for line in reading.layout.lines
        if box is not None and line.page == page and line.box.top <= box.y_mid <= line.box.bottom
    )


def _header_above(reading: Reading, headers: Sequence[Header], box: Box, line: int) -> str:
    """The squeezed header of the column that a value in a line stands in; "" where none stands above it."""
    above = [header for header in headers if header.last_line < line]
    if not above:
        return ""
    lines = reading.layout.lines[above[-1].first_line : above[-1].last_line + 1]
    over = [[s for s in one.segments if _is_over(s.box, box)] for one in lines]
    nearest = [
        max(found, key=lambda s: (s.box.x_overlap(box), -abs(s.box.x_mid - box.x_mid))) for found in over if found
    ]
    return squeeze(" ".join(_part_over(reading, segment, box) for segment in nearest))[:_LONGEST_HEADER]


def _part_over(reading: Reading, segment: Segment, box: Box) -> str:
    """A header's text; only its words over the value where it names several columns."""
    if len(find_hits(segment, reading.vocabulary.lexicon.columns)) < 2:
        return segment.text
    return " ".join(word.text for word in segment.words if word.box.x_overlap(box) > 0)


def _is_over(one: Box, other: Box) -> bool:
    return one.x0 - _SLACK <= other.x1 and other.x0 - _SLACK <= one.x1
