"""Terms in months, because a warranty ends on the same day for the rule that judges it and the page that shows it."""

from __future__ import annotations

import calendar
from datetime import date

_MONTHS = 12


def months_later(start: date, months: int) -> date:
    """The same day that many months later, or the month's last day where it has no such day."""
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
