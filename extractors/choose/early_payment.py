"""Finds what paying early is rewarded with: a percentage beside a word for it, with the nearest days or date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.choose.terms import days_in, sentence_of
from extractors.labels import lexicon
from extractors.layout.lines import Segment
from extractors.parse.dates import find_dates
from extractors.parse.rates import find_rates
from service.domain.fields import AnyField, EarlyPaymentDiscount

_HIGHEST = Decimal(10)  # per cent
_MOST_DAYS = 90
_POINTS = 2.0
_SHORT = re.compile(
    r"(?<![\d.,/])(?P<rate>\d(?:[.,]\d{1,2})?)(?:\s?%?\s?/\s?|\s?%\s)(?P<days>\d{1,2})\D{0,7}\bnet(?:to)?\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;|]\s|\.\s")
_ANOTHER_CLAUSE = 40  # characters that the end of a clause counts for
_Term = tuple[int, int, EarlyPaymentDiscount]


def choose_early_payment(reading: Reading) -> tuple[AnyField, ...]:
    """early_payment_discount, each once, in the document's order."""
    found: dict[EarlyPaymentDiscount, AnyField] = {}
    for segment in reading.layout.segments():
        if "%" not in segment.text and "/" not in segment.text:
            continue
        for row, raw in _rows(reading, segment):
            found.setdefault(
                row, printed(row, raw, confidence_of(_POINTS), segment.page, segment.box, "terms of payment")
            )
    return tuple(found.values())


def _rows(reading: Reading, segment: Segment) -> Iterator[tuple[EarlyPaymentDiscount, str]]:
    for match in _SHORT.finditer(segment.text):
        yield EarlyPaymentDiscount(Decimal(match["rate"].replace(",", ".")), int(match["days"])), match.group()
    text = segment.text
    rates = [rate for rate in find_rates(text) if rate.value <= _HIGHEST]
    if not rates:
        return
    whole = sentence_of(reading, segment)
    if not _speaks_of_it(whole):
        return
    terms = list(_terms(whole, reading))
    for rate in rates:
        nearest = min(terms, key=lambda term: _distance(whole, rate.start, rate.end, term), default=None)
        if nearest is not None:
            yield EarlyPaymentDiscount(rate.value, nearest[2].days, nearest[2].due_date), whole


def _speaks_of_it(text: str) -> bool:
    return any(m.name == "early_discount" for p in find_phrases(text, lexicon().words) for m in p.meanings)


def _terms(text: str, reading: Reading) -> Iterator[_Term]:
    """The days and the dates in a sentence with their places."""
    for match in days_in(text):
        if int(match["days"]) <= _MOST_DAYS:
            yield match.start(), match.end(), EarlyPaymentDiscount(None, int(match["days"]))
    for day in find_dates(text, reading.day_order):
        yield day.start, day.end, EarlyPaymentDiscount(None, None, day.value)


def _distance(text: str, start: int, end: int, term: _Term) -> int:
    between = text[end : term[0]] if term[0] >= end else text[term[1] : start]
    return len(between) + _ANOTHER_CLAUSE * len(_CLAUSE.findall(between))
