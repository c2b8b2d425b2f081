"""By how many quarter turns a page lies on its side or on its head.

Letters stand nearer to the next one of their line than to the line below, or touch it, which tells lying lines from
standing ones; a small model that ships with rapidocr then tells which way up single lines are, and the lines vote.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines.ink import Gray, Ink, ink_of

# Whether a picture of one line is upside down, with the model's confidence 0..1.
IsUpsideDown = Callable[[Gray], tuple[bool, float]]

_FEWEST_LETTERS = 12  # to tell anything
_STANDING = 1.15  # times as many neighbours above and below as beside
_RUN, _OF_LETTER = 1.8, 0.8  # times as long as wide, and of the usual width: what is several letters
_MOST_ASKED = 500  # letters that are asked for their neighbours
_MOST_LINES = 15
_LEAST_LINE = 3.0  # of its height; what a line is long at least
_MOST_LINE = 8.0  # of its height; what the model is shown of it


def quarter_turns(picture: Gray, is_upside_down: IsUpsideDown) -> int:
    """Clockwise quarter turns (0 to 3) that the picture has to be turned by to be upright."""
    ink = ink_of(picture)
    if len(ink.letters) < _FEWEST_LETTERS:
        return 0
    if _lines_stand(ink):
        turned = turn(picture, 1)
        return 1 + 2 * _on_its_head(turned, is_upside_down)
    return 2 * _on_its_head(picture, is_upside_down)


def turn(picture: Gray, turns: int) -> Gray:
    """The picture turned clockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(picture, -turns) if turns % 4 else picture)


def _lines_stand(ink: Ink) -> bool:
    """Whether the lines run from top to bottom, by where each letter's nearest neighbours stand and by letters that are
    one spot with them.
    """
    boxes = ink.letters.astype(np.float64)
    asked = np.arange(0, len(boxes), max(1, len(boxes) // _MOST_ASKED))
    middles, sizes = boxes[:, :2] + boxes[:, 2:] / 2, boxes[:, 2:]
    apart = np.abs(middles[None] - middles[asked, None]) - (sizes[None] + sizes[asked, None]) / 2
    apart = np.maximum(apart, 0.0)
    away = np.square(apart).sum(axis=2)
    away[np.arange(len(asked)), asked] = np.inf
    nearest = np.argsort(away, axis=1)[:, :2]
    gaps = np.take_along_axis(apart, nearest[:, :, None], axis=1).reshape(-1, 2)
    beside = int(np.count_nonzero((gaps[:, 1] == 0) & (gaps[:, 0] > 0)))
    above = int(np.count_nonzero((gaps[:, 0] == 0) & (gaps[:, 1] > 0)))
    lying, standing = _grown_together(boxes)
    return above + standing > _STANDING * (beside + lying)


def _grown_together(boxes: NDArray[np.float64]) -> tuple[int, int]:
    """How many neighbours beside, and above or below, letters of small type have that are one spot with them."""
    long, short = boxes[:, 2:].max(axis=1), boxes[:, 2:].min(axis=1)
    runs = (long > _RUN * short) & (short >= _OF_LETTER * np.median(short))
    lies = boxes[:, 2] > boxes[:, 3]
    letters = long / short
    return int(letters[runs & lies].sum()), int(letters[runs & ~lies].sum())


def _on_its_head(picture: Gray, is_upside_down: IsUpsideDown) -> bool:
    vote = 0.0
    for line in text_lines(picture):
        upside_down, confidence = is_upside_down(line)
        vote += confidence - 0.5 if upside_down else 0.5 - confidence
    return vote > 0


def text_lines(picture: Gray) -> Sequence[Gray]:
    """Pictures of the longest lying lines, at most 15."""
    ink = ink_of(picture)
    height = ink.letter_height
    if not height:
        return ()
    letters = np.zeros_like(ink.mask)
    for left, top, width, tall in ink.letters:
        letters[top : top + tall, left : left + width] = 255
    smeared = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, max(3, int(height * 1.5))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=4)
    boxes = [box[:4] for box in stats[1:] if box[2] >= _LEAST_LINE * box[3] and 0.7 * height <= box[3] <= 3.5 * height]
    boxes.sort(key=lambda box: -int(box[2]))
    return tuple(_cut(picture, box / ink.scale) for box in boxes[:_MOST_LINES])


def _cut(picture: Gray, box: NDArray[np.float64]) -> Gray:
    left, top, width, height = (float(part) for part in box)
    margin = 0.15 * height
    shown = min(width, _MOST_LINE * height)
    rows = slice(max(0, int(top - margin)), int(top + height + margin) + 1)
    return picture[rows, max(0, int(left - margin)) : int(left + shown + margin) + 1]
