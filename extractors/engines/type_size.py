"""From boxes drawn tightly around ink to boxes as high and wide as the font, which is what telling lines and columns
rests on.

"on" and "gp" of one font are inked 0.5 and 0.7 of its size high, and a "1" fills half of its place; the text layer of a
PDF gives both words one height and each character all of its place, and so do words recognised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from extractors.engines.port import Seen

_CAPITAL, _SMALL, _BELOW = 0.72, 0.52, 0.21  # of the font's size: heights of letters, depth of a descender
_UP, _DOWN = 0.9, 0.22  # of the font's size: what a box reaches above and below the base line
_ALIKE = (0.72, 1.4)  # a size that near to the row's usual one is the row's
_LETTER, _STRETCHED = 0.45, 0.7  # of the font's size: a letter's width; what is narrower is stretched
_SIDES = {"1": (0.1, 0.14), **dict.fromkeys(".,;:'’|!Iil", (0.08, 0.08))}  # of the size, blank beside a character's ink
_USUAL_SIDES = (0.04, 0.04)
_TALL = frozenset("bdfhklt€$£%&/()[]{}ß!?|")
_DEEP = frozenset("gjpqy()[]{}/,;çQ|")


def as_high_as_font(words: Iterable[Seen]) -> tuple[Seen, ...]:
    """The words, with boxes as high as their font reaches."""
    found: list[Seen] = []
    whole = tuple(words)
    common = median([size for word in whole if (size := _size(word)) is not None] or [0.0])
    for _, run in groupby(whole, key=lambda word: word.row):
        found.extend(_evened(list(run), common))
    return tuple(found)


def as_wide_as_font(words: Iterable[Seen]) -> tuple[Seen, ...]:
    """The words, which are as high as their font, with the blank that belongs to their first and last characters."""
    found = []
    for word in words:
        size = (word.bottom - word.top) / (_UP + _DOWN)
        before, after = _SIDES.get(word.text[0], _USUAL_SIDES)[0], _SIDES.get(word.text[-1], _USUAL_SIDES)[1]
        found.append(replace(word, x0=word.x0 - before * size, x1=word.x1 + after * size))
    return tuple(found)


def _evened(row: Sequence[Seen], common: float) -> Iterable[Seen]:
    sizes = [size for word in row if (size := _size(word)) is not None]
    if not sizes:
        yield from row
        return
    usual = median(sizes)
    for word in row:
        size = _size(word) or usual
        if _is_stretched(word, size, common):
            size = usual if usual <= _ALIKE[1] * common else common
        if _ALIKE[0] * usual <= size <= _ALIKE[1] * usual:
            size = usual
        base = _base_line(word, size, row)
        yield replace(word, top=base - _UP * size, bottom=base + _DOWN * size)


def _is_stretched(word: Seen, size: float, common: float) -> bool:
    """Whether a box took in more than its word, as a line above it: too high for how wide the letters are."""
    as_wide = (word.x1 - word.x0) / (_LETTER * len(word.text))
    return size > _ALIKE[1] * common and as_wide < _STRETCHED * size


def _size(word: Seen) -> float | None:
    """The font's size by the height of the ink; None for mere punctuation."""
    if not any(character.isalnum() for character in word.text):
        return None
    tall = any(c.isupper() or c.isdigit() or c in _TALL for c in word.text)
    return (word.bottom - word.top) / ((_CAPITAL if tall else _SMALL) + (_BELOW if _is_deep(word) else 0.0))


def _base_line(word: Seen, size: float, row: Sequence[Seen]) -> float:
    if _size(word) is None:
        feet = [other.bottom - (_BELOW * size if _is_deep(other) else 0.0) for other in row if _size(other) is not None]
        return median(feet)
    return word.bottom - (_BELOW * size if _is_deep(word) else 0.0)


def _is_deep(word: Seen) -> bool:
    return any(character in _DEEP for character in word.text)
