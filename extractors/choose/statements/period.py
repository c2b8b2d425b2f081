"""When a statement was made and of which days it tells."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from extractors.choose.candidates import Candidate, confidence_of, field_of, labelled, margin_of, printed
from extractors.choose.dates import days_of_issue
from extractors.choose.headers import header_lines
from extractors.choose.particulars import choose_period
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment
from extractors.parse.periods import find_period
from service.domain.fields import AnyField

_NEAR_TITLE = 0.6
_UPPER_PART = 0.4
_IN_PERIOD = 1.5  # points off for a day that begins or ends the period
_POINTS = 1.6


def choose_days(reading: Reading, title_line: int | None, taken: frozenset[int]) -> dict[str, AnyField]:
    """issue_date, period_start and period_end, from outside of the lines ``taken`` by entries."""
    period = choose_period(reading) or _in_head(reading, taken) or _by_two_labels(reading, taken)
    days = {field.value for field in period.values()}
    issued = _issued(reading, title_line, taken, days)
    found = dict(period)
    if issued:
        found["issue_date"] = field_of(issued[0], margin_of(issued))
    return found


def _issued(
    reading: Reading, title_line: int | None, taken: frozenset[int], days: AbstractSet[object]
) -> tuple[Candidate, ...]:
    def prior(span: Span) -> float:
        points = _NEAR_TITLE * (title_line is not None and 0 <= span.segment.line - title_line <= 2 and span.page == 1)
        height = reading.layout.pages[span.page - 1].size.height
        points += _UPPER_PART * (span.page == 1 and span.box.top < height / 2)
        return points - _IN_PERIOD * (span.value in days and _has_two(reading, span.segment))

    return days_of_issue(reading, prior, ("due_date", "other_date"), taken=taken)


def _has_two(reading: Reading, segment: Segment) -> bool:
    line = reading.line_of(segment)
    return sum(len(reading.spans(other, SpanType.DATE)) for other in line.segments) > 1


def _in_head(reading: Reading, taken: frozenset[int]) -> dict[str, AnyField]:
    """The period that a line above the entries names without a label, as behind the title."""
    end = min(taken, default=len(reading.layout.lines))
    for segment in _segments(reading, end):
        if len(reading.spans(segment, SpanType.DATE)) < 1:
            continue
        period = find_period(segment.text, reading.day_order)
        if period is not None:
            confidence, text = confidence_of(_POINTS), segment.text
            start, last = (printed(d, text, confidence, segment.page, segment.box, "two days") for d in period)
            return {"period_start": start, "period_end": last}
    return {}


def _by_two_labels(reading: Reading, taken: frozenset[int]) -> dict[str, AnyField]:
    """The period whose ends have labels of their own."""
    found = {}
    for name in ("period_start", "period_end"):
        best = next((c for c in labelled(reading, name, SpanType.DATE) if c.span.segment.line not in taken), None)
        if best is None or best.score < _POINTS:
            return {}
        found[name] = field_of(best, best.score)
    return found


def _segments(reading: Reading, end: int) -> Iterator[Segment]:
    hidden = header_lines(reading)
    return (s for line in reading.layout.lines[:end] if line.number not in hidden for s in line.segments)
