"""Telephone numbers as printed: with country prefix, brackets, strokes and spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PHONE = re.compile(
    r"(?<![\w+])(?:\+|\(\+)?\(?\d[\d\s()./\u2010-\u2015-]{4,22}\d(?![\w])(?:\s?(?:x|ext\.?)\s?\d{1,5})?"
)
_FEWEST, _MOST = 6, 16  # digits
_DATE_LIKE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


@dataclass(frozen=True, slots=True)
class FoundPhone:
    """A telephone number within a text, from ``start`` to ``end``, as printed."""

    value: str
    start: int
    end: int


def find_phones(text: str) -> tuple[FoundPhone, ...]:
    """What may be telephone numbers in ``text``; the label decides whether they are."""
    found = []
    for match in _PHONE.finditer(text):
        printed = match.group().strip()
        digits = sum(character.isdigit() for character in printed)
        if _FEWEST <= digits <= _MOST and not _DATE_LIKE.fullmatch(printed):
            found.append(FoundPhone(printed, match.start(), match.start() + len(printed)))
    return tuple(found)
