"""The rows of a till receipt with what their words say and the figure at their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import TextLine
from service.domain.geometry import union_of

FAMILY = "tills"
_LONG = 6  # letters of a phrase that may stand within a row that recognition ran together
_NEXT_ROW = 1.6  # heights below, that the figure of a row may stand
_ROUGH = re.compile(r"-?(?<![\d.,])(\d{1,3}(?:[.,' ]\d{3})*|\d{1,6})\s?[.,-]\s?(\d{2})(?![\d.,-])")
_NOT_DIGIT = re.compile(r"\D")
# What is printed, as high as wide, and how many different words of a till it takes then to be one's receipt.
_SHAPES = ((1.6, 2), (1.42, 3), (0.0, 4))


@dataclass(frozen=True, eq=False)
class Row:
    """A line, its words squeezed, and the last amount on it or right below it."""

    line: TextLine
    words: str
    figure: Span | None

    def says(self, section: str, *names: str) -> bool:
        """Whether it begins with one of these phrases, or has a long one anywhere."""
        return self.length_of(section, *names) > 0

    def length_of(self, section: str, *names: str) -> int:
        """Letters of the longest of these phrases in it: "net total" says more than "net"."""
        return max((len(phrase) for phrase in phrases(section, names) if self.has(phrase)), default=0)

    def has(self, phrase: str) -> bool:
        """Whether it begins with the squeezed phrase, or has it anywhere where that is long."""
        return self.words.startswith(phrase) or (len(phrase) >= _LONG and phrase in self.words)


@lru_cache(maxsize=64)
def phrases(section: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The squeezed phrases of the section that mean one of ``names``."""
    table = lexicon(FAMILY).table(section)
    return tuple(phrase for phrase, meanings in table.items() if any(meaning.name in names for meaning in meanings))


@lru_cache(maxsize=4)
def rows_of(reading: Reading) -> tuple[Row, ...]:
    """The rows of the whole receipt, from top to bottom."""
    return tuple(_rows(reading))


def _rows(reading: Reading) -> Iterator[Row]:
    lines = reading.layout.lines
    for index, line in enumerate(lines):
        figure = _figure(reading, line)
        below = lines[index + 1] if index + 1 < len(lines) else None
        if figure is None and below is not None and _is_bare_figure(below, line):
            figure = _figure(reading, below)
        yield Row(line, squeeze(line.text).lstrip("0123456789"), figure)


def _figure(reading: Reading, line: TextLine) -> Span | None:
    """The last figure with cents; recognition joins the currency to it and takes a point for a dash."""
    for part in reversed(line.segments):
        found = [span for span in reading.spans(part, SpanType.AMOUNT) if span.looks_like_money]
        if found:
            return found[-1]
        rough = list(_ROUGH.finditer(part.text))
        if rough and not reading.spans(part, SpanType.DATE):
            whole, cents = rough[-1].groups()
            value = Decimal(f"{_NOT_DIGIT.sub('', whole)}.{cents}")
            return Span(SpanType.AMOUNT, -value if "-" in rough[-1].group()[:1] else value, part, *rough[-1].span())
    return None


def _is_bare_figure(below: TextLine, line: TextLine) -> bool:
    near = below.page == line.page and below.box.top - line.box.bottom < _NEXT_ROW * line.box.height
    return near and sum(character.isalpha() for character in below.text) <= len("EUR")


def is_till_receipt(reading: Reading) -> bool:
    """Whether the document is a till's: a long narrow slip, or any, with enough of a till's words and nothing that is
    asked to be paid into an account.
    """
    if reading.all_spans(SpanType.IBAN) or not reading.layout.pages:
        return False
    rows = rows_of(reading)
    said = {phrase for phrase in phrases("sign", ("till",)) if any(row.has(phrase) for row in rows)}
    printed = union_of(row.line.box for row in rows) if rows and len(reading.layout.pages) == 1 else None
    shape = printed.height / printed.width if printed is not None and printed.width else 0.0
    return len(said) >= next(enough for least, enough in _SHAPES if shape >= least)
