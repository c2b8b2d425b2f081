"""Which value a label means: by the direction it stands in and how far away.

A value right of its label in the same run of text is the surest, then the next run of the line, then what stands
beneath. Strengths are points that add up with other evidence; 3 is the surest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extractors.choose.hits import Hit, are_joined
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from service.domain.fields import ValueType
from service.domain.kinds import names_of_type

SURE, NEXT, BELOW = 3.0, 2.7, 2.4
_PER_WORD_BETWEEN = 0.3
_NOT_THE_LAST = 0.8  # of several amounts after a label the last is meant
_FEWEST_IN_BAND = 3
_FEWEST_KNOWN = 2  # where each label is known
_MOST_IN_BAND = 10
_UNKNOWN_IN_BAND = 0.5  # of the labels in a row
_OFF_CENTRE = 0.1
_REMARK_BETWEEN = 0.4
_DATE_NAMES = names_of_type(ValueType.DATE) | {"other_date"}
_NEAR = 150.0  # points to the right
_FAR_AWAY = 1.0
_REACH = 2.6  # heights of the label that a value may stand below it
_DEEPER = 0.5
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAME_HEIGHT = 0.5  # of the smaller one's height
_PARTED = re.compile(r"\s[·•|]\s")
_ALIGNED = 4.0  # points
_X_SLACK = 12.0  # points
_MOST_SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class Pointing:
    """A label that points to a value: how strongly, and which way."""

    hit: Hit
    span: Span
    strength: float
    way: str


def pointings(reading: Reading, hit: Hit, kind: SpanType) -> tuple[Pointing, ...]:
    """The values of ``kind`` that a label may mean, with their strengths."""
    right = tuple(_right(reading, hit, kind))
    if right and right[0].way == "right":
        return right
    return (*right, *_below(reading, hit, kind, weaker=bool(right)))


def _right(reading: Reading, hit: Hit, kind: SpanType) -> Iterator[Pointing]:
    """Values behind the label in its own run, else in the runs to the right; of amounts all of them."""
    end = _next_label(reading, hit, kind)
    inside = _of_one_part(hit, [s for s in reading.spans(hit.segment, kind) if hit.end <= s.start < end], kind)
    beyond: list[Span] = []
    if end == len(hit.segment.text) and (not inside or kind is SpanType.AMOUNT):
        beyond = _spans_right(reading, hit.segment, kind)
    if not inside and kind is SpanType.AMOUNT and end < len(hit.segment.text):
        yield from _past_a_remark(reading, hit)
    if inside or beyond:
        yield from _ranked(hit, [*inside, *beyond], kind)


def _of_one_part(hit: Hit, spans: list[Span], kind: SpanType) -> list[Span]:
    """The first value and those that no dot or stroke parts from it: "Your order 4711 · month 06/2025"."""
    if not spans or kind is SpanType.AMOUNT:
        return spans
    stop = _PARTED.search(hit.segment.text, spans[0].end)
    return spans if stop is None else [span for span in spans if span.start < stop.start()]


def _spans_right(reading: Reading, segment: Segment, kind: SpanType) -> list[Span]:
    found: list[Span] = []
    for other in _segments_right(reading, segment):
        stop = next((h.start for h in reading.hits(other)), len(other.text))
        found += [s for s in reading.spans(other, kind) if s.start <= stop]
        blocked = stop == 0 or (kind is not SpanType.AMOUNT and (found or _WORD.search(other.text)))
        if blocked:
            break
    return found


def _past_a_remark(reading: Reading, hit: Hit) -> Iterator[Pointing]:
    """The amount right of a label whose own text names another amount: "VAT 22 % on taxable 100.00 | 22.00"."""
    labels = [h for h in reading.hits(hit.segment) if h.start >= hit.end]
    if not any(s.start > labels[0].start for s in reading.spans(hit.segment, SpanType.AMOUNT)):
        return
    beyond = _spans_right(reading, hit.segment, SpanType.AMOUNT)
    if beyond:
        yield Pointing(hit, beyond[-1], NEXT - _REMARK_BETWEEN, "next")


def _next_label(reading: Reading, hit: Hit, kind: SpanType) -> int:
    """Where the next label begins; one within a remark in brackets, as in "VAT 22 % (taxable 3,259.13)", is none,
    nor is one of dates before an amount, as in "less deposit of 3 May | 200.00".
    """
    text = hit.segment.text
    labels = _not_joined(hit, reading.hits(hit.segment))
    if kind is SpanType.AMOUNT:
        labels = (h for h in labels if not all(m.name in _DATE_NAMES for m in h.meanings))
    following = (h.start for h in labels)
    return min((start for start in following if not _in_brackets(text, hit.end, start)), default=len(text))


def _not_joined(hit: Hit, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The labels behind one, without those that share its values."""
    previous = hit
    for other in hits:
        if other.start < hit.end:
            continue
        if previous is not hit or not are_joined(hit, other):
            yield other
            previous = other


def _in_brackets(text: str, begin: int, position: int) -> bool:
    between = text[begin:position]
    return between.count("(") > between.count(")")


def _segments_right(reading: Reading, segment: Segment) -> tuple[Segment, ...]:
    """What stands right of a text on its line, else beside it in larger or smaller type on a line next to it."""
    segments = reading.line_of(segment).segments
    right = segments[segments.index(segment) + 1 :][:_MOST_SEGMENTS]
    if right:
        return right
    near = reading.layout.lines[max(0, segment.line - 1) : segment.line + 2]
    return tuple(s for line in near if line.number != segment.line for s in line.segments if _is_beside(segment, s))


def _is_beside(label: Segment, value: Segment) -> bool:
    height = min(label.box.height, value.box.height)
    near = label.box.x1 <= value.box.x0 <= label.box.x1 + _NEAR and label.page == value.page
    return near and value.box.y_overlap(label.box) >= _SAME_HEIGHT * height


def _ranked(hit: Hit, spans: list[Span], kind: SpanType) -> Iterator[Pointing]:
    meant = spans[-1] if kind is SpanType.AMOUNT else spans[0]
    for span in spans:
        same = span.segment is hit.segment
        strength = (SURE if same else NEXT) - (0.0 if span is meant else _NOT_THE_LAST)
        if same:
            between = _WORD.findall(span.segment.text[hit.end : span.start])
            strength -= _PER_WORD_BETWEEN * min(len(between), 5)
        elif kind is not SpanType.AMOUNT:  # amounts stand in a column of their own, however far
            strength -= min(_FAR_AWAY, max(0.0, span.box.x0 - hit.box.x1 - _NEAR) / _NEAR * _FAR_AWAY)
        yield Pointing(hit, span, max(strength, 0.3), "right" if same else "next")


def _below(reading: Reading, hit: Hit, kind: SpanType, *, weaker: bool) -> Iterator[Pointing]:
    box = hit.box
    strength = BELOW - (1.0 if weaker else 0.0)
    in_band, is_empty = _in_band(reading, hit, kind)
    if in_band is not None:
        yield Pointing(hit, in_band, BELOW, "below, in its place of the row")
    if in_band is not None or is_empty:
        return
    for line in reading.lines_below(hit.segment, _REACH * box.height):
        under = [s for s in line.segments if s.box.x0 - _X_SLACK <= box.x1 and box.x0 <= s.box.x1 + _X_SLACK]
        wrapped = _wrapped(reading, hit, line, kind)
        if wrapped is not None:
            yield Pointing(hit, wrapped, BELOW, "on the next line")
            return
        if not under:
            continue
        best = max(under, key=lambda s: (s.box.x_overlap(box), -abs(s.box.x0 - box.x0)))
        spans = [s for s in reading.spans(best, kind) if _under(s, hit)]
        if spans:
            yield Pointing(hit, min(spans, key=lambda s: _offset(s, hit)), strength, "below")
            return
        if reading.hits(best) and kind is not SpanType.AMOUNT:
            return
        strength -= _DEEPER


def _in_band(reading: Reading, hit: Hit, kind: SpanType) -> tuple[Span | None, bool]:
    """The value at the label's place in the row below, where a row of labels stands above a row of values; and whether
    that place is empty.
    """
    labels = reading.line_of(hit.segment)
    band = _band(reading, labels, _REACH * hit.box.height)
    if band is None:
        return None, False
    value = band.values.get(labels.segments.index(hit.segment))
    if value is None:
        return None, band.is_exact
    amounts = sum(bool(reading.spans(segment, kind)) for segment in band.values.values())
    if kind is SpanType.AMOUNT and amounts < (1 - _UNKNOWN_IN_BAND) * len(band.values):
        return None, False
    found = reading.spans(value, kind)
    return (found[0] if len(found) == 1 else None), False


def cell_below(reading: Reading, hit: Hit) -> Segment | None:
    """The text in the label's own cell of the row below, where a row of labels stands above a row of cells."""
    labels = reading.line_of(hit.segment)
    band = _band(reading, labels, _REACH * hit.box.height)
    return band.values.get(labels.segments.index(hit.segment)) if band is not None and band.is_exact else None


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of values below a row of labels: each by its label's place, and whether each lies within its cell."""

    values: Mapping[int, Segment]
    is_exact: bool


@lru_cache(maxsize=64)
def _band(reading: Reading, labels: TextLine, reach: float) -> _Band | None:
    if not _is_row_of_labels(reading, labels):
        return None
    below = reading.lines_below(labels.segments[0], reach)
    row = next((line for line in below if not all(_is_label(reading, s) for s in line.segments)), None)
    if row is None or not 1 < len(row.segments) <= len(labels.segments):
        return None
    places = _cells(labels.segments, row.segments)
    if places is not None:
        return _Band(dict(zip(places, row.segments, strict=True)), is_exact=True)
    nearest = _nearest(labels.segments, row.segments)
    return _Band(dict(zip(nearest, row.segments, strict=False)), is_exact=False)


def _is_row_of_labels(reading: Reading, line: TextLine) -> bool:
    """Whether most of a line's texts are labels that we know, and none of the others holds a figure."""
    unknown = [s for s in line.segments if not _is_label(reading, s)]
    fewest = _FEWEST_IN_BAND if unknown else _FEWEST_KNOWN
    if len(line.segments) < fewest or len(unknown) > _UNKNOWN_IN_BAND * len(line.segments):
        return False
    figured = sum(any(character.isdigit() for character in segment.text) for segment in unknown)
    return figured == 0 or (len(unknown) == 1 and len(line.segments) > _FEWEST_IN_BAND)


def _nearest(labels: Sequence[Segment], values: Sequence[Segment]) -> tuple[int, ...]:
    """The values' places in their order, the whole row as near to its labels as can be; none of too long a row."""
    if len(labels) > _MOST_IN_BAND:
        return ()
    return min(
        combinations(range(len(labels)), len(values)),
        key=lambda chosen: sum(_apart(labels[p], value) for p, value in zip(chosen, values, strict=True)),
    )


def _cells(labels: Sequence[Segment], values: Sequence[Segment]) -> tuple[int, ...] | None:
    """The places of values that each stand between a label's beginning and the next one's; None where they don't."""
    edges = [*(label.box.x0 - _ALIGNED for label in labels), math.inf]
    places = tuple(
        next((i for i in range(len(labels)) if edges[i] <= v.box.x0 and v.box.x1 <= edges[i + 1] + _ALIGNED), -1)
        for v in values
    )
    return None if -1 in places or len(set(places)) < len(places) else places


def _apart(label: Segment, value: Segment) -> float:
    """Points from a label to a value below it, sideways; of those that overlap the better centred one is nearer."""
    gap = max(0.0, label.box.x0 - value.box.x1, value.box.x0 - label.box.x1)
    return gap + _OFF_CENTRE * abs(label.box.x_mid - value.box.x_mid)


def _is_label(reading: Reading, segment: Segment) -> bool:
    hits = reading.hits(segment)
    return bool(hits) and hits[0].start == 0 and hits[-1].end >= len(segment.text.rstrip(" .:#"))


def _under(span: Span, hit: Hit) -> bool:
    return span.box.x0 - _X_SLACK <= hit.box.x1 and hit.box.x0 - _X_SLACK <= span.box.x1


def _offset(span: Span, hit: Hit) -> float:
    return min(abs(span.box.x0 - hit.box.x0), abs(span.box.x1 - hit.box.x1), abs(span.box.x_mid - hit.box.x_mid))


def _wrapped(reading: Reading, hit: Hit, line: TextLine, kind: SpanType) -> Span | None:
    """The value that begins the next line of a text which its label ends, as in "invoice of / 3 May 2026"."""
    segment = hit.segment
    if hit.start == 0 or segment.text[hit.end :].strip(" .:") or line.number != segment.line + 1:
        return None
    for other in line.segments:
        if abs(other.box.x0 - segment.box.x0) <= _ALIGNED and other.box.top - segment.box.bottom < segment.box.height:
            return next((span for span in reading.spans(other, kind) if span.start == 0), None)
    return None
