"""Finds the lexicon's phrases in segments, however they are spaced and punctuated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.labels import Meaning, Table, lexicon, squeeze
from extractors.layout.lines import Segment
from extractors.parse.currencies import CURRENCY_CODES
from service.domain.geometry import Box, union_of

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[%#№°]")
_NUMBER_SIGNS = {"#": "no", "№": "no"}
_ADDRESS_LIKE = re.compile(r"\S*(?:@|www\.|https?:|://)\S*")
_GOES_ON = re.compile(r"[-_/]?\d")  # after letters: a number such as PO445 or INV/2026, no label
_JOINED = re.compile(r"\.?\s?/\s?")
_OTHER_PAPERS = ("order_reference", "delivery_note_reference", "preceding_invoice_reference", "other_reference")
_HASH = re.compile(r"\s*#\s*(?::|$)")  # all of a label
_SHORTEST_WORD = 3  # letters of a label that is only "no."
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


def find_labels(segment: Segment, table: Table) -> tuple[Hit, ...]:
    """The labels in a segment; a date's that another paper's number shares its label with, as in "Order/date", is
    that paper's date.
    """
    found = list(find_hits(segment, table))
    for index, hit in enumerate(found[1:], start=1):
        before = found[index - 1]
        if are_joined(before, hit) and hit.weight("issue_date") and _is_of_another_paper(before):
            found[index] = Hit((Meaning("other_date", 1.0, hit.meanings[0].language),), segment, hit.start, hit.end)
    return tuple(hit for hit in found if not _ends_another_label(hit))


def _ends_another_label(hit: Hit) -> bool:
    """Whether "no." follows a word that is no label and no title: the number of a vehicle, a house, a person."""
    weak = hit.weight("invoice_number") and all(meaning.weight < 1.0 for meaning in hit.meanings)
    if len(squeeze(hit.text)) > _SHORTEST_WORD or not weak:
        return False
    before = hit.segment.text[: hit.start].rstrip()
    if not before[-1:].isalpha():
        return False
    titles = find_phrases(before, lexicon().kinds)
    return not (titles and titles[-1].end == len(before))


def _is_of_another_paper(hit: Hit) -> bool:
    return not hit.weight("invoice_number") and any(hit.weight(name) for name in _OTHER_PAPERS)


def are_joined(first: Hit, second: Hit) -> bool:
    """Whether two labels share one pair of values: "Number/date | 4711 / 03.05.2026"."""
    return _JOINED.fullmatch(first.segment.text[first.end : second.start]) is not None


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
    first = tokens[position]
    if not first.group()[0].isalpha() and not first.group().isdigit() and not _is_number_sign(first):
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


def _is_number_sign(token: re.Match[str]) -> bool:
    """Whether a number sign is the whole label, a colon behind it."""
    return token.group() in _NUMBER_SIGNS and _HASH.match(token.string) is not None
