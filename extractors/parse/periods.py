"""Periods as printed: two dates, the first often without its year, or the name of a month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise

from extractors.parse.dates import DayOrder, find_dates, month_of

_WORDS = (
    r"(?:[-–—/]|to|through|until|till|bis|au|à|al|a|ao|até|hasta|t/?m|tot|tot en met|do|och med|t\.?o\.?m\.?|til|až|"
    r"and|und|et|y|e|i|och|en)\s*(?:the|zum|le|el|il|o)?"
)
_CONNECTOR = re.compile(rf"\s*{_WORDS}\s*", re.IGNORECASE)
_CONNECTED = re.compile(rf"(?:\s+|(?<=[\d.])){_WORDS}\s*$", re.IGNORECASE)
_SHORT_START = re.compile(
    r"(?:(?P<day>\d{1,2})(?:[./](?P<month>\d{1,2})\.?|\.)?(?:\s(?P<name>[^\W\d_]{3,12})\.?)?|"
    r"(?P<first>[^\W\d_]{3,12})\.?\s(?P<after>\d{1,2})(?:st|nd|rd|th)?)$"
)
_MONTH = re.compile(r"(?P<name>[^\W\d_]{3,12})\.?\s+(?:de\s+)?(?P<year>20\d{2})(?!\d)")
_MONTH_NUMBER = re.compile(r"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>20\d{2})(?!\d)")
Period = tuple[date, date]


def find_period(text: str, order: DayOrder) -> Period | None:
    """The first and the last day of the first period in ``text``; None where there is none."""
    days = find_dates(text, order)
    for one, other in pairwise(days):
        if _CONNECTOR.fullmatch(text[one.end : other.start]) and one.value <= other.value:
            return one.value, other.value
    for day in days:
        start = _shortened(text[: day.start], day.value)
        if start is not None:
            return start, day.value
    return None if days else _whole_month(text)


def _shortened(before: str, end: date) -> date | None:
    """The first day where it lacks its year, or its month too: "01.05. – 31.05.2026", "1 – 31 May 2026"."""
    connector = _CONNECTED.search(before)
    match = _SHORT_START.search(before[: connector.start()]) if connector else None
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else month_of(match["name"] or match["first"] or "") or end.month
    day = int(match["day"] or match["after"])
    try:
        start = date(end.year - (month > end.month), month, day)
    except ValueError:
        return None
    return start if start <= end else None


def _whole_month(text: str) -> Period | None:
    for match in _MONTH.finditer(text):
        month = month_of(match["name"])
        if month is not None:
            return _from_to(int(match["year"]), month)
    number = _MONTH_NUMBER.search(text)
    return _from_to(int(number["year"]), int(number["month"])) if number else None


def _from_to(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
