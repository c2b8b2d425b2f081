"""Cuts a document into pieces, its runs of text parted at typed values: what the field model tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment
from service.domain.documents import Word

_MOST, _LAST = 224, 64  # pieces of a document that are looked at; of them so many from its end
_SURE_FORM = (SpanType.EMAIL, SpanType.IBAN, SpanType.VAT_ID, SpanType.DATE, SpanType.BIC, SpanType.RATE)
_LOOSE_FORM = (SpanType.AMOUNT, SpanType.REFERENCE, SpanType.TAX_NUMBER)
_RANK = {kind: rank for rank, kind in enumerate((*_SURE_FORM, *_LOOSE_FORM))}
_WORDY = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of a segment's text: a typed value, or words between where ``type`` is None."""

    segment: Segment
    start: int
    end: int
    type: SpanType | None

    @property
    def text(self) -> str:
        """As printed."""
        return self.segment.text[self.start : self.end].strip()

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that it covers."""
        text = self.segment.text[self.start : self.end]
        first, last = self.segment.word_range(self.start + len(text) - len(text.lstrip()), self.end)
        return self.segment.words[first:last]


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """The pieces in the document's order; of a long document those of its beginning and its end."""
    found = tuple(piece for segment in reading.layout.segments() for piece in _cut(reading, segment))
    return found if len(found) <= _MOST else (*found[: _MOST - _LAST], *found[-_LAST:])


def _cut(reading: Reading, segment: Segment) -> Iterator[Piece]:
    text, position = segment.text, 0
    for span in _apart(reading, segment):
        if _WORDY.search(text[position : span.start]):
            yield Piece(segment, position, span.start, None)
        yield Piece(segment, span.start, span.end, span.type)
        position = span.end
    if _WORDY.search(text[position:]):
        yield Piece(segment, position, len(text), None)


def _apart(reading: Reading, segment: Segment) -> list[Span]:
    """Typed values that don't overlap, from left to right: those of a sure form first, of loose ones the longest."""
    kept: list[Span] = []
    for span in sorted(reading.every_span(segment), key=_preference):
        if not any(other.start < span.end and span.start < other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _preference(span: Span) -> tuple[bool, int, int]:
    is_loose = span.type in _LOOSE_FORM
    return (is_loose, span.start - span.end if is_loose else 0, _RANK[span.type])
