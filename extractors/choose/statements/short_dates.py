"""Days without their year, as tables of one month print them: "02/03", "2 Mar"."""

from __future__ import annotations

import re
from datetime import date

from extractors.parse.dates import DayOrder, month_of

_NUMBERS = re.compile(r"^(?P<first>\d{1,2})[./-](?P<second>\d{1,2})\.?$")
_DAY_NAME = re.compile(r"^(?P<day>\d{1,2})\.?[ -]?(?P<name>[^\W\d_]{3,10})\.?$")
_NAME_DAY = re.compile(r"^(?P<name>[^\W\d_]{3,10})\.?[ -](?P<day>\d{1,2})$")
_MONTHS = 12


def is_short_day(text: str) -> bool:
    """Whether a text may be a day and a month."""
    return short_day(text, DayOrder.DAY_FIRST, date(2000, 12, 31)) is not None


def short_day(text: str, order: DayOrder, latest: date) -> date | None:
    """The last such day up to ``latest``; None where the text is none."""
    parts = _parts(text.strip(), order)
    if parts is None:
        return None
    month, day = parts
    for year in (latest.year, latest.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= latest:
            return found
    return None


def _parts(text: str, order: DayOrder) -> tuple[int, int] | None:
    """Month and day."""
    numbers = _NUMBERS.match(text)
    if numbers:
        day, month = int(numbers["first"]), int(numbers["second"])
        if order is DayOrder.MONTH_FIRST or month > _MONTHS:
            day, month = month, day
        return month, day
    named = _DAY_NAME.match(text) or _NAME_DAY.match(text)
    month_named = month_of(named["name"]) if named else None
    return None if named is None or month_named is None else (month_named, int(named["day"]))
