"""Chooses the dates: by their labels, by where they stand, and by the order that dates have among each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from extractors.choose.candidates import Candidate, field_of, labelled, margin_of, ranked
from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from service.domain.fields import AnyField

_UNLABELLED = 0.55
_NEAR_TITLE = 1.2
_UPPER_PART = 0.4  # of the first page
_OF_ANOTHER_PAPER = 1.5
_OTHER_PAPERS = ("order_reference", "delivery_note_reference", "preceding_invoice_reference")
_WITH_PLACE = 2.2
_PLACE = re.compile(r"[^\W\d_][^\d:;@]{1,40},\s(?:[^\W\d_]{1,3}\.?\s)?")
_LONGEST_TERM = timedelta(days=400)


def choose_dates(reading: Reading, title_line: int | None) -> dict[str, AnyField]:
    """issue_date, due_date and delivery_date, as far as they are printed."""
    chosen: dict[str, AnyField] = {}
    issued = _issue_dates(reading, title_line)
    if issued:
        chosen["issue_date"] = field_of(issued[0], margin_of(issued))
    day = issued[0].span.value if issued else None
    for name in ("due_date", "delivery_date"):
        found = labelled(reading, name, SpanType.DATE, prior=lambda span, n=name: _plausible(n, span, day))  # type: ignore[misc]
        if found and found[0].score > 0:
            chosen[name] = field_of(found[0], margin_of(found))
    return chosen


def _issue_dates(reading: Reading, title_line: int | None) -> tuple[Candidate, ...]:
    def prior(span: Span) -> float:
        points = 0.0
        if title_line is not None and 0 <= span.segment.line - title_line <= 2 and span.page == 1:
            points += _NEAR_TITLE
        height = reading.layout.pages[span.page - 1].size.height
        if span.page == 1 and span.box.top < height / 2:
            points += _UPPER_PART
        return points - _OF_ANOTHER_PAPER * _dates_another_paper(reading, span)

    placed = tuple(
        Candidate(span, _UNLABELLED + prior(span) + _WITH_PLACE, "date behind a place")
        for span in reading.all_spans(SpanType.DATE)
        if _follows_a_place(span)
    )
    return days_of_issue(reading, prior, ("due_date", "delivery_date", "other_date"), placed)


def days_of_issue(
    reading: Reading,
    prior: Callable[[Span], float],
    rivals: Sequence[str],
    placed: tuple[Candidate, ...] = (),
    taken: frozenset[int] = frozenset(),
) -> tuple[Candidate, ...]:
    """The days that may be the document's, best first: by their labels and those ``placed`` otherwise, and where no
    label is sure all that no label of the ``rivals`` points to. What stands on the lines ``taken`` is something else's.
    """
    found = [c for c in labelled(reading, "issue_date", SpanType.DATE, prior) if c.span.segment.line not in taken]
    if found and found[0].score > _UNLABELLED:
        return ranked([*found, *placed])
    pointed = {c.span for name in rivals for c in labelled(reading, name, SpanType.DATE)} | {c.span for c in placed}
    free = (
        Candidate(span, _UNLABELLED + prior(span), "date without a label")
        for span in reading.all_spans(SpanType.DATE)
        if span not in pointed and span.segment.line not in taken
    )
    return ranked([*found, *placed, *free])


def _dates_another_paper(reading: Reading, span: Span) -> bool:
    """Whether the number of an order or a delivery note stands before a date: "your order B-7781 of 20 January"."""
    segments = reading.line_of(span.segment).segments
    before = segments[max(0, segments.index(span.segment) - 1) : segments.index(span.segment)]
    hits = [hit for hit in reading.hits(span.segment) if hit.end <= span.start]
    named = [hit for hit in (*(h for s in before for h in reading.hits(s)), *hits) if not _is_weak(hit)]
    if len(named) > 1 and named[-1].weight("issue_date"):
        named.pop()  # the word for "of" between number and date
    return bool(named) and any(named[-1].weight(name) for name in _OTHER_PAPERS)


def _follows_a_place(span: Span) -> bool:
    """Whether place and date are all that a text holds, as letters have it: "Paris, le 3 mai 2026"."""
    text = span.segment.text
    return span.end >= len(text.rstrip(" .")) and _PLACE.fullmatch(text[: span.start]) is not None


def _is_weak(hit: Hit) -> bool:
    return all(meaning.weight < 1 for meaning in hit.meanings)


def _plausible(name: str, span: Span, issued: object) -> float:
    """A date of payment lies after the invoice, though not by years."""
    if name != "due_date" or not isinstance(issued, date) or not isinstance(span.value, date):
        return 0.0
    return 0.4 if timedelta(0) <= span.value - issued <= _LONGEST_TERM else -0.6
