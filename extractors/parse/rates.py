"""Percentages: tax rates and discounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.parse.amounts import parse_number

_RATE = re.compile(r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d{1,4})?)\s?(?:%|v\.\s?H\.|percent|Prozent)")


@dataclass(frozen=True, slots=True)
class FoundRate:
    """A percentage within a text, from ``start`` to ``end``."""

    value: Decimal
    start: int
    end: int


def find_rates(text: str) -> tuple[FoundRate, ...]:
    """Every percentage of at most 100 in ``text``, from left to right."""
    found = []
    for match in _RATE.finditer(text):
        value = _fraction(match["number"])
        if value is not None and value <= 100:
            found.append(FoundRate(value, match.start(), match.end()))
    return tuple(found)


def parse_rate(text: str) -> Decimal | None:
    """The percentage that ``text`` as a whole is, with or without its sign; None where it is none."""
    stripped = text.strip().rstrip("%").strip()
    value = _fraction(stripped) if re.fullmatch(r"\d{1,3}(?:[.,]\d{1,4})?", stripped) else None
    return value if value is not None and value <= 100 else None


def _fraction(text: str) -> Decimal | None:
    mark = "," if "," in text else "."
    return parse_number(text, mark)
