"""A maker's hand: typefaces, edges, and how it writes figures, dates and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from random import Random
from types import MappingProxyType

from reportlab.lib.colors import Color

from service.demo.documents.layouts.paper import Style
from service.domain.money import plain

_GROUP = 3
_PAIR = 2


class Minus(StrEnum):
    """Where negative figures carry their sign."""

    LEAD = "lead"
    TRAIL = "trail"
    BRACKETS = "brackets"


class Money(StrEnum):
    """Where amounts carry their currency."""

    BARE = "bare"
    SIGN_BEFORE = "sign before"
    SIGN_AFTER = "sign after"
    CODE_BEFORE = "code before"
    CODE_AFTER = "code after"


SIGNS: Mapping[str, str] = MappingProxyType(
    {"EUR": "€", "GBP": "£", "USD": "$", "PLN": "zł", "SEK": "kr", "CHF": "Fr.", "INR": "Rs."}
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How figures are written; ``is_indian`` groups by two above the thousands."""

    decimal: str
    grouping: str
    minus: Minus = Minus.LEAD
    is_indian: bool = False

    def written(self, figure: Decimal) -> str:
        """A figure in its own scale."""
        whole, point, fraction = plain(abs(figure)).partition(".")
        text = self.grouping.join(self._groups(whole)) + (self.decimal + fraction if point else "")
        if figure >= 0:
            return text
        return {Minus.LEAD: f"-{text}", Minus.TRAIL: f"{text}-", Minus.BRACKETS: f"({text})"}[self.minus]

    def _groups(self, whole: str) -> list[str]:
        head, tail = whole[:-_GROUP], whole[-_GROUP:]
        size = _PAIR if self.is_indian else _GROUP
        groups = [tail] if tail else []
        while head:
            groups.insert(0, head[-size:])
            head = head[:-size]
        return groups


@dataclass(frozen=True, slots=True)
class Hand:
    """How one paper is set; sizes and edges in points. ``flips`` writes a credit note's amounts as negative ones."""

    plain: Style
    bold: Style
    italic: Style
    accent: Color
    figures: Figures
    date_pattern: str
    money: Money
    left: float
    right: float
    top: float
    bottom: float
    size: tuple[float, float]
    flips: bool = False
    is_iban_grouped: bool = True


_SEPARATORS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "CH": ((".", "'"), (".", "’")),
        "FR": ((",", " "), (",", "\u00a0"), (",", " ")),
        "BE": ((",", "."), (",", " ")),
        "PL": ((",", " "), (",", "\u00a0")),
        "SE": ((",", " "), (",", "\u00a0")),
        "PT": ((",", "."), (",", " ")),
        "AT": ((",", "."), (",", " ")),
    }
)
_POINT = frozenset({"GB", "IE", "US", "IN"})


def figures_of(country: str, rng: Random) -> Figures:
    """How makers of a country write figures; one in ten doesn't group."""
    usual = ((".", ","),) if country in _POINT else ((",", "."),)
    decimal, grouping = rng.choice(_SEPARATORS.get(country, usual))
    minus = rng.choice((Minus.LEAD, Minus.LEAD, Minus.TRAIL, Minus.BRACKETS))
    return Figures(decimal, "" if rng.random() < 0.1 else grouping, minus, country == "IN")


_DATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("{dd}.{mm}.{yyyy}", "{dd}.{mm}.{yyyy}", "{d}.{m}.{yyyy}", "{dd}.{mm}.{yy}", "{d}. {month} {yyyy}"),
        "en": ("{dd}/{mm}/{yyyy}", "{d} {month} {yyyy}", "{dd}-{short}-{yyyy}", "{dd}/{mm}/{yy}", "{dd} {short} {yy}"),
        "fr": ("{dd}/{mm}/{yyyy}", "{d} {month} {yyyy}", "{dd}.{mm}.{yyyy}", "{dd}/{mm}/{yy}", "{dd}-{mm}-{yyyy}"),
        "es": ("{dd}/{mm}/{yyyy}", "{d} de {month} de {yyyy}", "{dd}-{mm}-{yyyy}", "{dd}-{short}-{yyyy}"),
        "it": ("{dd}/{mm}/{yyyy}", "{d} {month} {yyyy}", "{dd}-{mm}-{yyyy}", "{dd}.{mm}.{yy}"),
        "nl": ("{dd}-{mm}-{yyyy}", "{d} {month} {yyyy}", "{d}-{m}-{yyyy}", "{dd} {short} {yyyy}", "{dd}/{mm}/{yyyy}"),
        "pl": ("{dd}.{mm}.{yyyy}", "{yyyy}-{mm}-{dd}", "{d} {month} {yyyy}", "{dd}-{mm}-{yyyy}"),
        "pt": ("{dd}/{mm}/{yyyy}", "{d} de {month} de {yyyy}", "{dd}-{mm}-{yyyy}", "{yyyy}-{mm}-{dd}"),
        "sv": ("{yyyy}-{mm}-{dd}", "{d} {month} {yyyy}", "{yyyy}-{mm}-{dd}", "{yyyy}/{mm}/{dd}"),
    }
)
_AMERICAN = ("{mm}/{dd}/{yyyy}", "{month} {d}, {yyyy}", "{short} {dd}, {yyyy}", "{m}/{d}/{yy}")


def date_pattern_of(country: str, language: str, rng: Random) -> str:
    """How makers of a country write dates."""
    return rng.choice(_AMERICAN if country == "US" else _DATES[language])
