"""Tick boxes and drawings in a straight picture of a page, and the words that recognition made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.engines.ink import Gray, ink_of
from extractors.engines.port import Seen
from extractors.readers.barcodes import SeenCode, codes_in
from extractors.readers.marks_seen import Edges, PixelBox, edges_of, ink_boxes, is_ticked, lies_on_paper, tick_boxes

_HIGH, _SURE_OF_SCRAWL = 1.7, 0.6  # of the usual word's height; confidence
_WIDER = 1.3  # times a box's width; a word that is no wider may be the box itself
_MOST = 400  # marks of a page; a form has fewer


@dataclass(frozen=True, slots=True)
class SeenMark:
    """A tick box in pixels of the picture, whether it is ticked, and how sure that is."""

    edges: Edges
    ticked: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class SeenOnForm:
    """The words that stay once the boxes are taken for boxes, the boxes, ink that is neither, and codes of bars."""

    words: tuple[Seen, ...]
    marks: tuple[SeenMark, ...]
    drawings: tuple[Edges, ...]
    codes: tuple[SeenCode, ...]


def form_seen(picture: Gray, words: Sequence[Seen], rulings: Sequence[Edges]) -> SeenOnForm:
    """What the picture shows besides lines, given the ``words`` and ``rulings`` in it."""
    ink = ink_of(picture)
    if not ink.letter_height:
        return SeenOnForm(tuple(words), (), (), codes_in(picture))
    frames = [tuple(round(edge / ink.scale) for edge in box) for box in tick_boxes(ink.mask, ink.letter_height)[:_MOST]]
    boxes: list[PixelBox] = [(left, top, width, height) for left, top, width, height in frames]
    boxes = [box for box in boxes if lies_on_paper(picture, box) and not any(_is_word_at(word, box) for word in words)]
    words = _without_scrawl(words)
    kept = tuple(word for word in words if not any(_holds(box, word) for box in boxes))
    marks = tuple(SeenMark(edges_of(box), *is_ticked(picture, box)) for box in boxes)
    known = [*((w.x0, w.top, w.x1, w.bottom) for w in words), *rulings, *(mark.edges for mark in marks)]
    drawn = ink_boxes(ink.mask, list(_shrunk(known, ink.scale)), ink.letter_height)[:_MOST]
    return SeenOnForm(kept, marks, tuple(edges_of(box, ink.scale) for box in drawn), codes_in(picture))


def _without_scrawl(words: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words without what recognition makes of a signature: high letters of which it is not sure itself."""
    if not words:
        return ()
    usual = median(word.bottom - word.top for word in words)
    return tuple(w for w in words if w.confidence >= _SURE_OF_SCRAWL or w.bottom - w.top < _HIGH * usual)


def _is_word_at(word: Seen, box: PixelBox) -> bool:
    """Whether the box is a letter within a word, as an O or a B may be."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    inside = word.x0 <= x <= word.x1 and word.top <= y <= word.bottom
    return inside and sum(character.isalnum() for character in word.text) > 1 and word.x1 - word.x0 > _WIDER * box[2]


def _holds(box: PixelBox, word: Seen) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def _shrunk(edges: Iterable[Edges], scale: float) -> Iterable[PixelBox]:
    margin = 2
    for x0, top, x1, bottom in edges:
        left, above = int(x0 * scale) - margin, int(top * scale) - margin
        yield left, above, int(x1 * scale) - left + margin, int(bottom * scale) - above + margin
