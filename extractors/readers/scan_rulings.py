"""Ruling lines in a picture: long thin strokes, level or upright."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extractors.engines.ink import Gray, Mask, ink_of

_SHORTEST = 2.5  # times a letter's height
_THICKEST = 0.4  # of a letter's height
_MOST = 600


def rulings_of(picture: Gray) -> tuple[tuple[float, float, float, float], ...]:
    """x0, top, x1, bottom of each line, in pixels."""
    ink = ink_of(picture)
    letter = ink.letter_height
    if not letter:
        return ()
    length = max(15, int(_SHORTEST * letter))
    thick = max(3.0, _THICKEST * letter)
    level = _strokes(ink.mask, np.ones((1, length), np.uint8))
    upright = _strokes(ink.mask, np.ones((length, 1), np.uint8))
    boxes = [box for box in level if box[3] <= thick and box[2] >= 2 * length]
    boxes += [box for box in upright if box[2] <= thick]
    return tuple(
        (left / ink.scale, top / ink.scale, (left + width) / ink.scale, (top + height) / ink.scale)
        for left, top, width, height in boxes[:_MOST]
    )


def _strokes(mask: Mask, kernel: Mask) -> Iterator[tuple[int, int, int, int]]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), connectivity=8)
    for box in stats[1:]:
        left, top, width, height = (int(part) for part in box[:4])
        yield left, top, width, height
