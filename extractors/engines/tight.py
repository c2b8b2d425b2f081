"""Boxes drawn around the ink they hold: engines that find whole lines of text place words only roughly in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines.ink import Gray
from extractors.engines.port import Seen

_MARGIN = 2  # pixels above and below, by which it shows whether a line of ink ends in the box
_INK = 60  # grey levels between ink and paper
_REACH = 0.6  # of the ink's height, that a word may go on beyond its box
_APART = 0.22  # of the ink's height; a blank that wide ends a word
_SPECK = 5  # pixels; what is less high is no letter
_HIGHER, _NARROW = 1.6, 0.15  # times as high as letters, and wide for its height: no letter but a ruling
_BETWEEN = 0.06  # of the box's height; a blank row between a letter and its dots may be as high


def tightened(words: Iterable[Seen], picture: Gray) -> tuple[Seen, ...]:
    """The words, each with the box of its ink; as they are where there is none."""
    return tuple(_tightened(word, picture) for word in words)


def _tightened(word: Seen, picture: Gray) -> Seen:
    left, right = max(0, int(word.x0)), int(word.x1) + 1
    top, bottom = max(0, int(word.top) - _MARGIN), int(word.bottom) + 1 + _MARGIN
    reach = bottom - top
    begin = max(0, left - reach)
    start, end = left - begin, right - begin
    ink = _ink(picture[top:bottom, begin : right + reach], start, end)
    rows = _down(ink[:, max(0, start - reach // 2) : end + reach // 2]) if ink is not None else None
    if ink is None or rows is None:
        return word
    columns = _across(ink[rows[0] : rows[1]], start, end)
    rows = _down(ink[:, columns[0] : columns[1]]) if columns is not None else None
    if columns is None or rows is None:
        return word
    x0, x1 = float(begin + columns[0]), float(begin + columns[1])
    return replace(word, x0=x0, x1=x1, top=float(top + rows[0]), bottom=float(top + rows[1]))


def _ink(shown: Gray, start: int, end: int) -> NDArray[np.bool_] | None:
    """What of a word's surroundings is ink, by the grey levels halfway down it, where no other line reaches in; None
    where it has none.
    """
    quarter = len(shown) // 4
    own = shown[quarter : len(shown) - quarter, start:end]
    if own.size == 0 or int(own.max()) - int(own.min()) < _INK:
        return None
    middle = (int(own.min()) + int(own.max())) / 2
    is_light = 2 * np.count_nonzero(own < middle) > own.size  # light type on a dark ground
    return _without_uprights(np.asarray(shown > middle if is_light else shown < middle, np.uint8))


def _without_uprights(ink: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The ink without narrow strokes much higher than its letters: a ruling between two columns, a cell's edge."""
    _, spots, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = np.sort(high[high >= _SPECK])
    if letters.size == 0:
        return ink > 0
    usual = letters[(letters.size - 1) // 2]
    uprights = np.flatnonzero((high > _HIGHER * usual) & (wide <= _NARROW * high)) + 1
    return np.asarray((ink > 0) & ~np.isin(spots, uprights), np.bool_)


def _across(ink: NDArray[np.bool_], start: int, end: int) -> tuple[int, int] | None:
    """Where the ink of a box begins and ends: a letter that the box cuts is in it, the next word is not."""
    height = len(ink)
    reach = int(_REACH * height)
    runs = _runs(ink, max(2, int(_APART * height)), axis=0)
    inside = [run for run in runs if 2 * (min(run[1], end) - max(run[0], start)) > min(run[1] - run[0], end - start)]
    if not inside:
        return None
    first, last = inside[0][0], inside[-1][1]
    return first if first >= start - reach else start, last if last <= end + reach else end


def _down(ink: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The rows with ink about the middle; what reaches into the box of the lines above and below is left out."""
    height = len(ink)
    runs = _runs(ink, max(1, int(_BETWEEN * height)), axis=1)
    whole = [run for run in runs if run[0] > 0 and run[1] < height] or runs
    return min(whole, key=lambda run: max(run[0] - height / 2, height / 2 - run[1], 0.0)) if whole else None


def _runs(ink: NDArray[np.bool_], apart: int, *, axis: int) -> list[tuple[int, int]]:
    """Beginnings and ends of the columns (``axis`` 0) or rows (1) with ink, at most ``apart`` blank ones between."""
    places = np.flatnonzero(ink.any(axis=axis))
    if places.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(places) > apart + 1)
    firsts, lasts = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(places) - 1]))
    return [(int(places[a]), int(places[b]) + 1) for a, b in zip(firsts, lasts, strict=True)]
