"""Describes pieces of a document by numbers, from which a model tells what each of them is."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.addresses import CONTACT, find_addresses, has_legal_form, has_postcode
from extractors.choose.hits import find_phrases
from extractors.choose.pieces import Piece
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.vocabulary import FORMS, INVOICES
from extractors.labels import lexicon
from extractors.layout.lines import Segment
from service.domain.geometry import Box, union_of
from service.domain.keys import fold

BUCKETS = 4096  # that words and their parts fall into
MOST_IDS = 40  # of a piece
_WORD = re.compile(r"[^\W_]+|[#№%€$£@:]")
_FIGURE = re.compile(r"\d")
_MOST_WORDS, _FIRST, _LAST = 9, 6, 3  # words of a piece; of a longer one its first and last ones
_PART = 3  # letters
_LONG, _WORDY, _CROWDED, _MANY_PAGES = 60, 8, 6, 5  # characters, words, texts of a line, pages that count as full
LOOKS = 25 + len(SpanType)  # numbers of a piece's looks


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase that a piece shares characters with: of which table, what it means there, and where in the piece."""

    name: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signs:
    """Of each piece a row: its text and type, the labels in it, ``LOOKS`` numbers, its box in heights of the usual type
    (pages one below another), its line and its segment. ``width`` and ``height`` are the first page's, in such heights.
    """

    texts: tuple[str, ...]
    types: tuple[SpanType | None, ...]
    labels: tuple[tuple[Label, ...], ...]
    looks: tuple[tuple[float, ...], ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    lines: tuple[int, ...]
    segments: tuple[int, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Place:
    """What is looked up for all pieces of a document at once."""

    reading: Reading
    heads: frozenset[Segment]  # of addresses
    addressed: frozenset[Segment]
    tops: tuple[float, ...]  # of the pages, one below another


def signs_of(reading: Reading, pieces: Sequence[Piece]) -> Signs:
    """The description of a document's pieces."""
    addresses = find_addresses(reading)
    place = _Place(
        reading,
        frozenset(s for address in addresses for s in address.segments[:2]),
        frozenset(s for address in addresses for s in address.segments),
        _tops(reading),
    )
    found: dict[Segment, tuple[Label, ...]] = {}
    for piece in pieces:
        if piece.segment not in found:
            found[piece.segment] = tuple(_labels(piece.segment.text))
    numbers = {segment: number for number, segment in enumerate(found)}
    boxes = [union_of(word.box for word in piece.words) for piece in pieces]
    size, usual = reading.layout.pages[0].size, reading.usual_size
    return Signs(
        tuple(piece.text for piece in pieces),
        tuple(piece.type for piece in pieces),
        tuple(_within(piece, found[piece.segment]) for piece in pieces),
        tuple(_looks(place, piece, box) for piece, box in zip(pieces, boxes, strict=True)),
        tuple(_placed(place, piece.segment.page, box) for piece, box in zip(pieces, boxes, strict=True)),
        tuple(piece.segment.line for piece in pieces),
        tuple(numbers[piece.segment] for piece in pieces),
        size.width / usual,
        size.height / usual,
    )


def _tops(reading: Reading) -> tuple[float, ...]:
    tops = [0.0]
    for page in reading.layout.pages:
        tops.append(tops[-1] + page.size.height)
    return tuple(tops)


def _placed(place: _Place, page: int, box: Box) -> tuple[float, float, float, float]:
    usual, top = place.reading.usual_size, place.tops[page - 1]
    return (box.x0 / usual, (box.top + top) / usual, box.x1 / usual, (box.bottom + top) / usual)


@lru_cache(maxsize=4096)
def _labels(text: str) -> tuple[Label, ...]:
    tables = (
        ("invoice", INVOICES.lexicon.fields),
        ("form", FORMS.lexicon.fields),
        ("column", INVOICES.lexicon.columns),
        ("kind", lexicon().kinds),
    )
    return tuple(
        Label(f"{family}:{meaning.name}", meaning.weight, phrase.start, phrase.end)
        for family, table in tables
        for phrase in find_phrases(text, table)
        for meaning in phrase.meanings
    )


def _within(piece: Piece, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels that share characters with the piece, counted from its beginning."""
    return tuple(
        Label(one.name, one.weight, max(0, one.start - piece.start), min(piece.end, one.end) - piece.start)
        for one in labels
        if one.start < piece.end and piece.start < one.end
    )


def _looks(place: _Place, piece: Piece, box: Box) -> tuple[float, ...]:
    reading, segment = place.reading, piece.segment
    page = reading.layout.pages[segment.page - 1].size
    words = len(piece.text.split())
    return (
        box.x0 / page.width,
        box.top / page.height,
        box.x1 / page.width,
        float(segment.page > 1),
        min(segment.page, _MANY_PAGES) / _MANY_PAGES,
        segment.size / reading.usual_size - 1,
        float(segment.bold),
        *_characters(piece.text),
        *_surroundings(piece),
        float(has_legal_form(piece.text)),
        float(has_postcode(segment.text)),
        float(CONTACT.search(segment.text) is not None),
        float(segment in place.heads),
        float(segment in place.addressed),
        float(segment.line in reading.layout.furniture),
        len(reading.line_of(segment).segments) / _CROWDED,
        float(piece.text.isdigit()),
        float(piece.type is None),
        min(words, _WORDY) / _WORDY,
        *(float(piece.type is kind) for kind in SpanType),
    )


def _characters(text: str) -> tuple[float, ...]:
    """How long a text is, and its shares of figures, capitals and letters."""
    length = max(1, len(text))
    letters = sum(c.isalpha() for c in text)
    capitals, figures = sum(c.isupper() for c in text), sum(c.isdigit() for c in text)
    return (min(length, _LONG) / _LONG, figures / length, capitals / max(1, letters), letters / length)


def _surroundings(piece: Piece) -> tuple[float, ...]:
    """Whether a colon ends it or stands around it, and whether it begins or ends its segment."""
    whole, text = piece.segment.text, piece.text
    has_colon = whole[piece.end :].lstrip().startswith(":") or text.startswith(":")
    return (float(text.endswith(":")), float(has_colon), float(piece.start == 0), float(piece.end >= len(whole) - 1))


@lru_cache(maxsize=65536)
def hashed(text: str) -> tuple[int, ...]:
    """Numbers 1 to ``BUCKETS`` of a text's words and their parts of three letters; all figures are the same one."""
    words = _WORD.findall(_FIGURE.sub("0", fold(text).lower()))
    kept = words if len(words) <= _MOST_WORDS else [*words[:_FIRST], *words[-_LAST:]]
    return tuple(number for word in kept for number in _numbers(word))[:MOST_IDS]


def _numbers(word: str) -> Iterator[int]:
    yield _bucket(f"w{word}")
    if len(word) > 1:
        framed = f"<{word}>"
        for start in range(len(framed) - _PART + 1):
            yield _bucket(f"n{framed[start : start + _PART]}")


def _bucket(text: str) -> int:
    return zlib.crc32(text.encode()) % BUCKETS + 1
