"""Ruling lines in a picture: long thin strokes, level or upright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.engines.ink import Gray, Mask, ink_of
from extractors.readers.marks_seen import Edges, edges_of

_SHORTEST, _SHORTEST_SIDE = 2.5, 1.2  # times a letter's height, of a line and of the side of a box
_THICKEST = 0.4  # of a letter's height
_MOST = 600
_SURELY_A_LINE = 5.0  # times a letter's height
_SOLID = 0.9  # of a line's length that is ink; letters leave gaps
_MEETS, _AT_LEAST_NEAR = 0.3, 3  # of a letter's height, and pixels, between the ends of lines that meet
_LONG = 12.0  # times a letter's height; no word's letters join for as long
_PAPER = 85  # percentile of the grey levels around a line that is the paper's
_BESIDE, _BARE = 3, 0.2  # pixels off a line, and the share of ink there; letters go on beyond what looks like a line


def rulings_of(picture: Gray) -> tuple[Edges, ...]:
    """x0, top, x1, bottom of each line, in pixels."""
    ink = ink_of(picture)
    letter = ink.letter_height
    if not letter:
        return ()
    length = max(15, int(_SHORTEST * letter))
    thick = max(3.0, _THICKEST * letter)
    level = _strokes(ink.mask, np.ones((1, length), np.uint8))
    upright = _strokes(ink.mask, np.ones((max(8, int(_SHORTEST_SIDE * letter)), 1), np.uint8))
    lines = [edges_of(box) for box in level if box[3] <= thick and box[2] >= 2 * length]
    sides = [edges_of(box) for box in upright if box[2] <= thick]
    sides = [side for side in sides if side[3] - side[1] >= length or _is_side(side, lines, letter)]
    found = [_scaled(edges, 1 / ink.scale) for edges in (*lines, *sides)]
    return tuple(box for box in found if _is_line(picture, box, letter / ink.scale))[:_MOST]


def _scaled(edges: Edges, factor: float) -> Edges:
    x0, top, x1, bottom = edges
    return x0 * factor, top * factor, x1 * factor, bottom * factor


def _is_line(picture: Gray, edges: Edges, letter: float) -> bool:
    """Whether a stroke of the shrunken picture is one line in the picture itself, rather than the feet or the heads of
    a word's letters, which run together when it is shrunk.
    """
    x0, top, x1, bottom = (round(edge) for edge in edges)
    if bottom - top > x1 - x0:
        picture, x0, top, x1, bottom = picture.T, top, x0, bottom, x1
    near = round(letter)
    around = picture[max(0, top - near) : bottom + near, x0:x1]
    darkest = picture[max(0, top - 1) : bottom + 1, x0:x1].min(axis=0)
    middle = (float(np.percentile(around, _PAPER)) + float(np.median(darkest))) / 2
    if float((darkest < middle).mean()) < _SOLID:
        return False
    beside = (picture[row, x0:x1] for row in (top - _BESIDE, bottom + _BESIDE - 1) if 0 <= row < len(picture))
    return x1 - x0 > _LONG * letter or all(float((row < middle).mean()) <= _BARE for row in beside)


def without_rulings(picture: Gray, rulings: Sequence[Edges]) -> Gray:
    """The picture with the lines painted over: recognition skips much of what stands in frames. Short upright ones
    stay, which may be letters of a title, unless they are a side of a frame.
    """
    ink = ink_of(picture)
    letter = ink.letter_height / ink.scale
    level = [ruling for ruling in rulings if ruling[2] - ruling[0] >= ruling[3] - ruling[1]]
    clean = picture.copy()
    for ruling in rulings:
        x0, top, x1, bottom = ruling
        if max(x1 - x0, bottom - top) >= _SURELY_A_LINE * letter or _is_side(ruling, level, letter):
            clean[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(x0) - 1) : int(x1) + 2] = 255
    return clean


def _is_side(upright: Edges, level: Sequence[Edges], letter: float) -> bool:
    """Whether an upright line begins and ends at level ones, as the sides of boxes do and no letter does."""
    x0, top, x1, bottom = upright
    near = max(_AT_LEAST_NEAR, _MEETS * letter)
    ends = [0, 0]
    for left, above, right, below in level:
        if left - near <= x0 and x1 <= right + near and right - left >= _SHORTEST * letter:
            ends[0] += above - near <= top <= below + near
            ends[1] += above - near <= bottom <= below + near
    return all(ends)


def _strokes(mask: Mask, kernel: Mask) -> Iterator[tuple[int, int, int, int]]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), connectivity=8)
    for box in stats[1:]:
        left, top, width, height = (int(part) for part in box[:4])
        yield left, top, width, height
