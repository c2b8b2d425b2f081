"""Till receipts: read with an invoice's fields, of which a till prints a few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from types import MappingProxyType

from extractors.choose.candidates import Candidate, field_of
from extractors.choose.currency import choose_currency
from extractors.choose.dates import choose_dates
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.choose.tills.head import choose_head
from extractors.choose.tills.total import choose_total
from extractors.parse.dates import find_dates
from service.domain.extraction import Extraction
from service.domain.fields import AnyField
from service.domain.kinds import INVOICE_FIELDS

_GLUED = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{4}(?=\d{1,2}:\d{2})")
_MARGIN_OF_ANY_DATE = 0.6  # of a date that no label names, but the only one printed beside a time of day


def read(reading: Reading, title: Title) -> Extraction:
    """Date, total, currency, the shop's name and address."""
    found: dict[str, AnyField] = {**_date(reading, title), **choose_currency(reading), **choose_head(reading)}
    total = choose_total(reading)
    if total is not None:
        found["grand_total"] = total
    fields = MappingProxyType({name: (found[name],) for name in INVOICE_FIELDS if name in found})
    return Extraction(title.kind, title.confidence, tuple(page.size for page in reading.layout.pages), fields)


def _date(reading: Reading, title: Title) -> dict[str, AnyField]:
    found = choose_dates(reading, title.line)
    if "issue_date" in found:
        return {"issue_date": found["issue_date"]}
    first = next(chain(reading.all_spans(SpanType.DATE), _glued_dates(reading)), None)
    return {} if first is None else {"issue_date": field_of(Candidate(first, 0.0, "first date"), _MARGIN_OF_ANY_DATE)}


def _glued_dates(reading: Reading) -> Iterator[Span]:
    """Dates that recognition has run together with the time of day."""
    for segment in reading.layout.segments():
        for match in _GLUED.finditer(segment.text):
            for day in find_dates(match.group(), reading.day_order):
                yield Span(SpanType.DATE, day.value, segment, match.start(), match.end())
