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
            if entry.provenance.source is not Source.HUMAN:
                continue
            spans = _in_row(reading, name, entry, read, said)
            text = _header_above(reading, headers, spans[0]) if len(spans) == 1 else ""
            if text:
                yield Observation(Topic.COLUMN, name, True, True, text=text)


def _in_row(reading: Reading, name: str, entry: AnyField, read: Line, said: Line) -> list[Span]:
    """Where a line's value is printed, what was rightly read as another field left aside."""
    kind = _BY_VALUE.get(INVOICE_LINE_FIELDS[name].type) if name in INVOICE_LINE_FIELDS else None
    boxes = [f.provenance.box for f in read.fields.values() if f.provenance.box is not None]
    pages = {f.provenance.page for f in read.fields.values()}
    if kind is None or not boxes:
        return []
    row = union_of(boxes)
    taken = [
        field.provenance.box
        for other, field in read.fields.items()
        if other != name and field.provenance.box and other in said.fields and said.fields[other].value == field.value
    ]
    return [
        span
        for span in reading.all_spans(kind)
        if span.page in pages
        and span.value == entry.value
        and row.top - 1 <= span.box.y_mid <= row.bottom + 1
        and not any(_same(box, span.box) for box in taken)
    ]


def _same(one: Box, other: Box) -> bool:
    return one.x_overlap(other) > 0.5 * min(one.width, other.width) and one.y_overlap(other) > 0


def _header_above(reading: Reading, headers: Sequence[Header], span: Span) -> str:
    """The squeezed header of the column that a value stands in; "" where none stands above it."""
    above = [header for header in headers if header.last_line < span.segment.line]
    if not above:
        return ""
    lines = reading.layout.lines[above[-1].first_line : above[-1].last_line + 1]
    over = [s for line in lines for s in line.segments if _is_over(s.box, span.box)]
    texts = [_part_over(reading, segment, span.box) for segment in over]
    return squeeze(" ".join(texts))[:_LONGEST_HEADER]


def _part_over(reading: Reading, segment: Segment, box: Box) -> str:
    """A header's text; only its words over the value where it names several columns."""
    if len(find_hits(segment, reading.vocabulary.lexicon.columns)) < 2:
        return segment.text
    return " ".join(word.text for word in segment.words if _is_over(word.box, box))


def _is_over(one: Box, other: Box) -> bool:
    return one.x0 - _SLACK <= other.x1 and other.x0 - _SLACK <= one.x1
