"""Finds the lexicon's phrases in segments, however they are spaced and punctuated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
_DATES = ("delivery_date", "issue_date", "other_date")
_NUMBER_BEHIND = re.compile(r"[ -]\d")
_HASH = re.compile(r"\s*#\s*(?::|$)")  # all of a label
_LEAD = 2  # characters, as a dash and a space, before a text's first word
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


def begins_with_word(segment: Segment, name: str) -> bool:
    """Whether a text begins with one of the other words that mean ``name``."""
    hits = find_hits(segment, lexicon().words)
    return bool(hits) and hits[0].start <= _LEAD and hits[0].meanings[0].name == name


def find_labels(segment: Segment, table: Table) -> tuple[Hit, ...]:
    """The labels in a segment; a date's that another paper's number shares its label with, as in "Order/date", is
    that paper's date.
    """
    found = [part for hit in find_hits(segment, table) for part in _with_date_apart(hit, table)]
    for index, hit in enumerate(found[1:], start=1):
        before = found[index - 1]
        if are_joined(before, hit) and hit.weight("issue_date") and _is_of_another_paper(before):
            found[index] = Hit((Meaning("other_date", 1.0, hit.meanings[0].languages),), segment, hit.start, hit.end)
    kept = [hit for hit in found if not _ends_another_label(hit)]
    return tuple(hit for i, hit in enumerate(kept) if i == 0 or not _is_prefix(kept[i - 1], hit))


def _with_date_apart(hit: Hit, table: Table) -> tuple[Hit, ...]:
    """The hit, or where it is a paper and its date, as "Lieferschein/Datum", the paper and the date apart."""
    paper, slash, _ = hit.text.partition("/")
    meanings = table.get(squeeze(paper)) if slash and hit.meanings[0].name in _DATES else None
    if not meanings or meanings[0].name not in _OTHER_PAPERS or meanings[0].weight < 1.0:
        return (hit,)
    end = hit.start + len(paper.rstrip())
    date = Meaning("other_date", 1.0, hit.meanings[0].languages)
    behind = hit.start + len(paper) + 1
    return Hit(meanings, hit.segment, hit.start, end), Hit((date,), hit.segment, behind, hit.end)


def _is_prefix(label: Hit, hit: Hit) -> bool:
    """Whether what looks like a label is the word in capitals that a number behind its label begins with, as in
    "your order: JOB 7070".
    """
    text = hit.segment.text
    if any(meaning.name != "other_reference" for meaning in hit.meanings) or not hit.text.isupper():
        return False
    return text[label.end : hit.start].strip() == ":" and _NUMBER_BEHIND.match(text, hit.end) is not None


def _ends_another_label(hit: Hit) -> bool:
    """Whether "no." follows a word that is no label and no title: the number of a vehicle, a house, a person."""
    weak = hit.weight("invoice_number") and all(meaning.weight < 1.0 for meaning in hit.meanings)
    if len(squeeze(hit.text)) > _SHORTEST_WORD or not weak:
        return False
    before = hit.segment.text[: hit.start].rstrip()
    if not before[-1:].isalpha():
        return False
    titles = find_phrases(before, lexicon().kinds)
    word = squeeze(before.split()[-1])
    is_title = bool(titles) and titles[-1].end == len(before)
    return not (is_title or any(word.endswith(ending) for ending in lexicon().endings))


def _is_of_another_paper(hit: Hit) -> bool:
    return not hit.weight("invoice_number") and any(hit.weight(name) for name in _OTHER_PAPERS)


def are_joined(first: Hit, second: Hit) -> bool:
    """Whether two labels share one pair of values: "Number/date | 4711 / 03.05.2026"."""
    return _JOINED.fullmatch(first.segment.text[first.end : second.start]) is not None


def find_phrases(text: str, table: Table) -> tuple[Phrase, ...]:
    """The phrases in a text from left to right, the longest at each place, not overlapping."""
    return _phrases(text, _Same(table))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A table as a key: itself, not what is in it."""

    table: Table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table


@lru_cache(maxsize=4096)
def _phrases(text: str, of: _Same) -> tuple[Phrase, ...]:
    """Each text is asked for the same table's phrases several times."""
    return tuple(_walk(_tokens(text), of.table))


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a sign of a text: squeezed, and without a currency's code, and what it may be in a phrase."""

    part: str
    bare: str
    start: int
    end: int
    may_begin: bool
    may_end: bool


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[_Token, ...]:
    """The tokens of a text: each text is looked at with many tables."""
    hidden = [m.span() for m in _ADDRESS_LIKE.finditer(text)]
    return tuple(_token(match) for match in _TOKEN.finditer(text) if not any(a <= match.start() < b for a, b in hidden))


def _token(match: re.Match[str]) -> _Token:
    printed = match.group()
    part = _NUMBER_SIGNS.get(printed) or squeeze(printed)
    begins = _begins_a_word(match) or printed.isdigit() or _is_number_sign(match)
    ends = not _GOES_ON.match(match.string, match.end())
    return _Token(part, "" if printed in CURRENCY_CODES else part, match.start(), match.end(), begins, ends)


def _begins_a_word(match: re.Match[str]) -> bool:
    """Whether it is a word, no letters behind a figure or between two strokes as codes have them: "A4-80BL",
    "DS-INV-2026".
    """
    before, behind = (
        match.string[max(0, match.start() - 2) : match.start()],
        match.string[match.end() : match.end() + 2],
    )
    within = before[:1].isalnum() and before[1:] == "-" and behind[:1] == "-" and behind[1:].isalnum()
    return match.group()[0].isalpha() and not (before[-1:].isdigit() or within)


def _walk(tokens: tuple[_Token, ...], table: Table) -> Iterator[Phrase]:
    position = 0
    while position < len(tokens):
        length, meanings = _longest(tokens, position, table)
        if length:
            yield Phrase(meanings, tokens[position].start, tokens[position + length - 1].end)
        position += length or 1


def _longest(tokens: tuple[_Token, ...], position: int, table: Table) -> tuple[int, tuple[Meaning, ...]]:
    if not tokens[position].may_begin:
        return 0, ()
    joined, bare, best = "", "", 0
    meanings: tuple[Meaning, ...] = ()
    for count, token in enumerate(tokens[position : position + _MOST_TOKENS], start=1):
        joined += token.part
        bare += token.bare
        if len(joined) > _LONGEST:
            break
        found = table.get(joined) or (table.get(bare) if bare != joined else None)  # "total EUR incl. VAT"
        if found and token.may_end and not joined.isdigit():
            best, meanings = count, found
    return best, meanings


def _is_number_sign(match: re.Match[str]) -> bool:
    """Whether a number sign is the whole label, a colon behind it."""
    return match.group() in _NUMBER_SIGNS and _HASH.match(match.string) is not None
