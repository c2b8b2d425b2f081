"""Dates as printed: numeric ones in the document's own day-month order, names of months in sixteen languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.keys import fold


class DayOrder(StrEnum):
    """Which of day and month comes first in numeric dates."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_MONTHS = (
    "januar january janvier enero gennaio januari styczen stycznia janeiro jan ene gen janv sty jaenner janner "
    "leden ledna januara tammikuu tammikuuta ianuarie ian",
    "februar february fevrier febrero febbraio februari luty lutego fevereiro feb fev fevr febr lut "
    "unor unora februara helmikuu helmikuuta februarie",
    "maerz marz march mars marzo maart marzec marca marco mar mrt mrz "
    "marts brezen brezna marec maaliskuu maaliskuuta marcius marc martie",
    "april avril abril aprile kwiecien kwietnia apr avr abr kwi duben dubna aprila huhtikuu huhtikuuta aprilis aprilie",
    "mai may mayo maggio mei maj maja maio mag kveten kvetna toukokuu toukokuuta majus",
    "juni june juin junio giugno czerwiec czerwca junho jun giu cze "
    "cerven cervna juna kesakuu kesakuuta junius iunie iun",
    "juli july juillet julio luglio lipiec lipca julho jul juil lug lip "
    "cervenec cervence jula heinakuu heinakuuta julius iulie iul",
    "august aout agosto augustus sierpien sierpnia augusti aug ago sie srpen srpna augusta elokuu elokuuta augusztus",
    "september septembre septiembre settembre wrzesien wrzesnia setembro sep sept set wrz "
    "zari septembra syyskuu syyskuuta szeptember szept septembrie",
    "oktober october octobre octubre ottobre pazdziernik pazdziernika outubro okt oct ott paz out "
    "rijen rijna oktobra lokakuu lokakuuta octombrie",
    "november novembre noviembre listopad listopada novembro nov lis "
    "listopadu novembra marraskuu marraskuuta noiembrie noi",
    "dezember december decembre diciembre dicembre grudzien grudnia dezembro dez dec dic gru des desember "
    "prosinec prosince decembra joulukuu joulukuuta decembrie",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_EARLIEST_YEAR, _LATEST_YEAR = 1970, 2099

_YEAR = r"(?P<year>(?:19|20)\d{2}|['’]?\d{2})"
_LETTERS = r"[^\W\d_]{3,12}"
_ISO = re.compile(
    r"(?<![\w/.-])(?P<year>(?:19|20)\d{2})\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<day>\d{1,2})(?![\w/]|[-.]\d)"
)
_COMPACT = re.compile(r"(?<![\w/.-])(?P<year>20\d{2})(?P<month>0\d|1[0-2])(?P<day>[0-2]\d|3[01])(?![\w/.-])")
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?P<first>\d{{1,2}})\s?(?P<sep>[-./])\s?(?P<second>\d{{1,2}})\s?(?P=sep)\s?{_YEAR}(?![\w]|[-./]\d)"
)
_DAY_NAME = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?[.\s/-]{{0,3}}(?:de\s|of\s)?(?P<name>{_LETTERS})\.?,?[\s/-]{{0,2}}"
    rf"(?:de[l]?\s)?{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_NAME_DAY = re.compile(rf"(?P<name>{_LETTERS})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(?<![\d.])(?P<year>20\d{{2}})\.?\s(?P<name>{_LETTERS})\.?\s(?P<day>\d{{1,2}})(?!\d|[.,]\d)")
_PATTERNS = (_ISO, _NUMERIC, _DAY_NAME, _NAME_DAY, _YEAR_FIRST, _COMPACT)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date within a text, from ``start`` to ``end``; ``ambiguous`` where day and month could change places."""

    value: date
    start: int
    end: int
    ambiguous: bool = False


def find_dates(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> tuple[FoundDate, ...]:
    """Every date in ``text``, from left to right, not overlapping."""
    found: list[FoundDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parsed = _parse(match, order)
            if parsed is not None and not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(parsed)
    return tuple(sorted(found, key=lambda f: f.start))


def month_of(name: str) -> int | None:
    """The number of a month by its name or the usual short form of it, in sixteen languages; None for another word."""
    return _MONTH_OF.get(fold(name).lower())


def _parse(match: re.Match[str], order: DayOrder) -> FoundDate | None:
    groups = match.groupdict()
    year = _year(groups["year"])
    if "first" in groups:
        day, month, ambiguous = _day_and_month(int(groups["first"]), int(groups["second"]), order)
    else:
        named = month_of(groups["name"]) if "name" in groups else int(groups["month"])
        if named is None:
            return None
        day, month, ambiguous = int(groups["day"]), named, False
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    return FoundDate(value, match.start(), match.end(), ambiguous)


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _day_and_month(first: int, second: int, order: DayOrder) -> tuple[int, int, bool]:
    if first > 12:
        return first, second, False
    if second > 12:
        return second, first, False
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    return day, month, first != second


def proven_order(texts: Iterable[str]) -> DayOrder | None:
    """The order that the document's own dates prove (a first or second part above 12); None where none does.

    A dot between the parts is day first everywhere, so it counts as weak proof.
    """
    day_first = month_first = 0
    for text in texts:
        for match in _NUMERIC.finditer(text):
            first, second = int(match["first"]), int(match["second"])
            day_first += 4 * (12 < first <= 31 and second <= 12) + (match["sep"] == ".")
            month_first += 4 * (12 < second <= 31 and first <= 12)
    if day_first == month_first:
        return None
    return DayOrder.DAY_FIRST if day_first > month_first else DayOrder.MONTH_FIRST
