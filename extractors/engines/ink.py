"""The letters of a picture as connected spots of ink: what orientation, skew and the size of type are told from."""

from __future__ import annotations

import weakref
from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # height × width; 0 black, 255 white
Mask = NDArray[np.uint8]  # the same, 255 where there is ink

_LONGEST_SIDE = 1600  # pixels that a picture is looked at with
_BLOCK = 0.02  # of the longest side; the neighbourhood that a spot is darker than
_DARKER = 18  # grey levels; less takes the noise of poor scans for letters
_LEAST_HEIGHT, _MOST_HEIGHT = 4, 80  # pixels of a letter in the picture looked at
_MOST_LETTERS = 4_000
_DOT, _ENOUGH = 6, 30  # pixels of what is no letter where so many spots are larger: dots and dashes to write on, specks
_SPECK = 12  # pixels of ink on a page that is blank


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a picture, shrunk by ``scale`` (pixels here for one there), and the boxes of its letters: a row
    of left, top, width and height each.
    """

    mask: Mask
    scale: float
    letters: NDArray[np.int32]

    @property
    def letter_height(self) -> float:
        """Median height of a letter in pixels of the shrunken picture, 0 where there are none."""
        return float(np.median(self.letters[:, 3])) if len(self.letters) else 0.0


def is_blank(picture: Gray) -> bool:
    """Whether there is nothing on the page, as on the back of a sheet."""
    return int(np.count_nonzero(ink_of(picture).mask)) <= _SPECK


# A page is asked for its ink by each step of making it ready; what belongs to a picture that is gone is forgotten.
_LATEST: deque[tuple[weakref.ref[Gray], Ink]] = deque(maxlen=2)


def held(picture: Gray) -> Gray:
    """The picture, which nobody can paint on any more: its ink is looked for once."""
    picture.flags.writeable = False
    return picture


def ink_of(picture: Gray) -> Ink:
    """The ink of a picture of any size."""
    if picture.flags.writeable:
        return _found_in(picture)
    known = next((ink for of, ink in _LATEST if of() is picture), None)
    if known is None:
        known = _found_in(picture)
        _LATEST.append((weakref.ref(picture), known))
    return known


def _found_in(picture: Gray) -> Ink:
    scale = min(1.0, _LONGEST_SIDE / max(picture.shape))
    small = picture if scale == 1.0 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    block = max(15, int(max(small.shape) * _BLOCK)) | 1
    smooth = cv2.GaussianBlur(small, (3, 3), 0)
    mask = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _DARKER)
    return Ink(np.asarray(mask, np.uint8), scale, _letters(np.asarray(mask, np.uint8)))


def _letters(mask: Mask) -> NDArray[np.int32]:
    """Boxes of spots that may be letters, turned any way; at most 4,000, spread evenly over the page."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = np.asarray(stats[1:, :4], np.int32)
    sides = np.sort(boxes[:, 2:], axis=1)
    fits = (sides[:, 1] >= _LEAST_HEIGHT) & (sides[:, 1] <= _MOST_HEIGHT) & (sides[:, 1] <= 8 * sides[:, 0])
    found = boxes[fits]
    large = found[:, 2:].max(axis=1) > _DOT
    if np.count_nonzero(large) >= _ENOUGH:
        found = found[large]
    if len(found):
        usual = np.median(found[:, 2:].max(axis=1))
        largest = found[:, 2:].max(axis=1)
        found = found[(largest >= 0.5 * usual) & (largest <= 3 * usual)]
    step = max(1, len(found) // _MOST_LETTERS)
    return found[::step]
