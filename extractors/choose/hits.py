"""Finds the lexicon's phrases in segments, however they are spaced and punctuated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.labels import Meaning, Table, squeeze
from extractors.layout.lines import Segment
from extractors.parse.currencies import CURRENCY_CODES
from service.domain.geometry import Box, union_of

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[%#№°]")
_NUMBER_SIGNS = {"#": "no", "№": "no"}
_ADDRESS_LIKE = re.compile(r"\S*(?:@|www\.|https?:|://)\S*")
_GOES_ON = re.compile(r"[-_]?\d")  # after letters: a number such as PO445, no label
_MOST_TOKENS = 13
_LONGEST = 64  # squeezed characters


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its meanings, and its characters ``start`` to ``end`` in the segment's text."""

    meanings: tuple[Meaning, ...]
    segment: Segment
    start: int
    end: int

    @property
    def text(self) -> str:
        """The phrase as printed."""
        return self.segment.text[self.start : self.end]

    @property
    def box(self) -> Box:
        """Around the words of the phrase."""
        first, last = self.segment.word_range(self.start, self.end)
        return union_of(word.box for word in self.segment.words[first:last])

    def weight(self, name: str) -> float:
        """How surely it means ``name``; 0 where it doesn't."""
        return max((m.weight for m in self.meanings if m.name == name), default=0.0)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found in a text: characters ``start`` to ``end``."""

    meanings: tuple[Meaning, ...]
    start: int
    end: int


def find_hits(segment: Segment, table: Table) -> tuple[Hit, ...]:
    """The phrases in a segment from left to right, the longest at each place, not overlapping."""
    return tuple(Hit(p.meanings, segment, p.start, p.end) for p in find_phrases(segment.text, table))


def find_phrases(text: str, table: Table) -> tuple[Phrase, ...]:
    """The phrases in a text from left to right, the longest at each place, not overlapping."""
    hidden = [m.span() for m in _ADDRESS_LIKE.finditer(text)]
    tokens = [m for m in _TOKEN.finditer(text) if not any(start <= m.start() < end for start, end in hidden)]
    return tuple(_walk(tokens, table))


def _walk(tokens: list[re.Match[str]], table: Table) -> Iterator[Phrase]:
    position = 0
    while position < len(tokens):
        length, meanings = _longest(tokens, position, table)
        if length:
            yield Phrase(meanings, tokens[position].start(), tokens[position + length - 1].end())
        position += length or 1


def _longest(tokens: list[re.Match[str]], position: int, table: Table) -> tuple[int, tuple[Meaning, ...]]:
    if not tokens[position].group()[0].isalpha() and not tokens[position].group().isdigit():
        return 0, ()
    joined, bare, best = "", "", 0
    meanings: tuple[Meaning, ...] = ()
    for count, token in enumerate(tokens[position : position + _MOST_TOKENS], start=1):
        part = _NUMBER_SIGNS.get(token.group()) or squeeze(token.group())
        joined += part
        bare += "" if token.group() in CURRENCY_CODES else part
        if len(joined) > _LONGEST:
            break
        found = table.get(joined) or table.get(bare)  # "total EUR incl. VAT" is "total incl. VAT"
        if found and not joined.isdigit() and not _GOES_ON.match(token.string, token.end()):
            best, meanings = count, found
    return best, meanings
