"""Tick boxes in a picture of a page, whether they are ticked, and ink that is neither letters nor lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # height × width; 0 black, 255 white
PixelBox = tuple[int, int, int, int]  # left, top, width, height
Edges = tuple[float, float, float, float]  # x0, top, x1, bottom in pixels

_INK = 0.6  # of the paper's brightness, below which a pixel is ink
_INNER = 0.2  # of a box's side, left out at each edge as its frame
_TICKED, _EMPTY = 0.06, 0.025  # shares of ink within a box
_SQUARE = 1.3
_MOST_AROUND = 0.5  # of what surrounds a box, that is ink
_FRAME = 0.6  # of each edge that has to be ink
_STROKES = (0.75, 1.1)  # of a letter's height; the shortest straight stroke of a frame, and of one that a cross tears
_RING, _WITHIN = 0.9, 0.5  # shares of a circle's line, and of the circle just within it, that are ink at least and most
_LINE, _HOLLOW = (0.92, 0.96, 1.0), (0.74, 0.8, 0.86)  # of a circle's radius: where its line is, and where it is blank
_ROUND = 1.15  # times as long as wide a circle may be
_TOUCHING = 0.25  # of a box's height, between two boxes of a comb
_SMALLEST, _LARGEST = 0.7, 2.6  # of a letter's height


def edges_of(box: PixelBox, scale: float = 1.0) -> Edges:
    """The edges of a box of a picture that was shrunken to ``scale``, in the picture itself."""
    left, top, width, height = box
    return left / scale, top / scale, (left + width) / scale, (top + height) / scale


def is_ticked(picture: Gray, box: PixelBox) -> tuple[bool, float]:
    """Whether the box of a picture (pixels) has a mark in it, and how sure that is (0.5..1)."""
    share = ink_share(picture, _within(box, _INNER))
    middle = (_TICKED + _EMPTY) / 2
    sure = min(1.0, 0.5 + abs(share - middle) / (_TICKED - _EMPTY) / 2)
    return share >= middle, round(sure, 3)


def ink_share(picture: Gray, box: PixelBox) -> float:
    """The share (0..1) of a region's pixels that are ink; 0 of a region outside the picture."""
    left, top, width, height = box
    region = picture[max(0, top) : top + height, max(0, left) : left + width]
    if not region.size:
        return 0.0
    paper = float(np.percentile(picture[:: max(1, picture.shape[0] // 200)], 80))
    return float(np.count_nonzero(region < _INK * paper)) / region.size


def lies_on_paper(picture: Gray, box: PixelBox) -> bool:
    """Whether what surrounds a box is mostly blank: a letter in a dark band is framed by its own strokes."""
    left, top, width, height = box
    x, y = max(2, width // 3), max(2, height // 3)
    wide = (left - x, top - y, width + 2 * x, height + 2 * y)
    around = ink_share(picture, wide) * wide[2] * wide[3] - ink_share(picture, box) * width * height
    return around <= _MOST_AROUND * (wide[2] * wide[3] - width * height)


def tick_boxes(mask: Gray, letter_height: float) -> tuple[PixelBox, ...]:
    """The square frames in a page's ink (255 in ``mask``); ``letter_height`` in pixels says how large they may be."""
    frames = [_straight(mask, max(3, round(stroke * letter_height))) for stroke in _STROKES]
    found = [box for ink in (mask, *frames) for box in _squares(ink, mask, letter_height)]
    return _without_combs(_distinct(found))


def _straight(mask: Gray, length: int) -> Gray:
    """The level and upright strokes of a page's ink: a frame without the tick that reaches beyond it."""
    level = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(level, upright), np.uint8)


def _squares(ink: Gray, mask: Gray, letter_height: float) -> Iterator[PixelBox]:
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        left, top, width, height = (int(edge) for edge in cv2.boundingRect(contour))
        box = (left, top, width, height)
        if not _SMALLEST * letter_height <= min(width, height) or max(width, height) > _LARGEST * letter_height:
            continue
        if max(width, height) <= _SQUARE * min(width, height) and (_is_framed(mask, box) or _is_circle(mask, box)):
            yield box


def _without_combs(boxes: Sequence[PixelBox]) -> tuple[PixelBox, ...]:
    """Without boxes side by side in a row that touch: a letter is written into each of them."""
    beside = [[other for other in boxes if other is not box and _touch(box, other)] for box in boxes]
    in_comb = [len(near) > 1 or (len(near) == 1 and _has_two(near[0], boxes)) for near in beside]
    return tuple(box for box, is_one in zip(boxes, in_comb, strict=True) if not is_one)


def _has_two(box: PixelBox, boxes: Sequence[PixelBox]) -> bool:
    return sum(other is not box and _touch(box, other) for other in boxes) > 1


def _touch(box: PixelBox, other: PixelBox) -> bool:
    slack = _TOUCHING * box[3]
    gap = max(box[0], other[0]) - min(box[0] + box[2], other[0] + other[2])
    return gap <= slack and abs(box[1] - other[1]) <= slack and abs(box[3] - other[3]) <= slack


def _is_framed(mask: Gray, box: PixelBox) -> bool:
    left, top, width, height = box
    thick = max(2, round(0.15 * min(width, height)))
    region = mask[top : top + height, left : left + width] > 0
    edges = (region[:thick].any(0), region[-thick:].any(0), region[:, :thick].any(1), region[:, -thick:].any(1))
    if not all(edge.mean() >= _FRAME + 0.25 for edge in edges):
        return False
    corners = (region[:thick, :thick], region[:thick, -thick:], region[-thick:, :thick], region[-thick:, -thick:])
    return all(corner.any() for corner in corners)


def _is_circle(mask: Gray, box: PixelBox) -> bool:
    """Whether a box holds a circle that is hollow right within its line, whatever fills its middle."""
    left, top, width, height = box
    if max(width, height) > _ROUND * min(width, height):
        return False
    around = np.linspace(0, 2 * np.pi, 32, endpoint=False)

    def inked(radius: float) -> NDArray[np.bool_]:
        across = left + (width - 1) / 2 * (1 + radius * np.cos(around))
        down = top + (height - 1) / 2 * (1 + radius * np.sin(around))
        return np.asarray(mask[np.rint(down).astype(np.int64), np.rint(across).astype(np.int64)] > 0, np.bool_)

    line = np.any([inked(radius) for radius in _LINE], axis=0)
    return float(line.mean()) >= _RING and min(float(inked(radius).mean()) for radius in _HOLLOW) <= _WITHIN


def _distinct(boxes: Sequence[PixelBox]) -> tuple[PixelBox, ...]:
    """The outermost of boxes within one another, from top to bottom."""
    outer: list[PixelBox] = []
    for box in sorted(boxes, key=lambda b: -b[2] * b[3]):
        if not any(_holds(known, box) for known in outer):
            outer.append(box)
    return tuple(sorted(outer, key=lambda b: (b[1], b[0])))


def _holds(outer: PixelBox, inner: PixelBox) -> bool:
    middle = (inner[0] + inner[2] / 2, inner[1] + inner[3] / 2)
    return outer[0] <= middle[0] <= outer[0] + outer[2] and outer[1] <= middle[1] <= outer[1] + outer[3]


def _within(box: PixelBox, share: float) -> PixelBox:
    left, top, width, height = box
    x, y = round(share * width), round(share * height)
    return left + x, top + y, max(1, width - 2 * x), max(1, height - 2 * y)


def ink_boxes(mask: Gray, words: Sequence[PixelBox], letter_height: float) -> tuple[PixelBox, ...]:
    """Spots of ink outside of all words, larger than a letter and no straight line: handwriting that isn't read."""
    rest = mask.copy()
    for left, top, width, height in words:
        rest[max(0, top) : top + height, max(0, left) : left + width] = 0
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((3, max(3, int(letter_height))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return tuple(
        (int(left), int(top), int(width), int(height))
        for left, top, width, height, area in stats[1:]
        if width >= 2 * letter_height and height >= 0.8 * letter_height and area <= 0.75 * width * height
    )
