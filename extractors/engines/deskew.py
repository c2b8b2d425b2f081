"""By how much a page's lines slope, and turning it straight: two degrees are enough to mix up rows."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines.ink import Gray, ink_of

_MOST = 6.0  # degrees; what slopes more was laid so on purpose
_COARSE, _FINE = 0.5, 0.1
_LEAST = 0.15  # degrees that are worth turning
_FEWEST_LETTERS = 20


def skew(picture: Gray) -> float:
    """Degrees by which the lines of an upright picture fall to the right; 0 where that can't be told."""
    ink = ink_of(picture)
    if len(ink.letters) < _FEWEST_LETTERS:
        return 0.0
    feet = ink.letters[:, :2] + np.stack([ink.letters[:, 2] / 2, ink.letters[:, 3]], axis=1)
    size = ink.letter_height
    coarse = _steepest(feet, size, np.arange(-_MOST, _MOST + _COARSE, _COARSE))
    fine = _steepest(feet, size, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE))
    return round(fine, 2) if abs(fine) >= _LEAST and abs(fine) < _MOST else 0.0


def _steepest(feet: NDArray[np.float64], size: float, angles: NDArray[np.float64]) -> float:
    """The angle at which the letters' feet crowd into the fewest rows."""
    best, most = 0.0, -1.0
    step = max(1.0, size / 6)
    for angle in sorted(angles, key=abs):
        heights = feet[:, 1] - np.tan(np.radians(angle)) * feet[:, 0]
        counts = np.bincount(((heights - heights.min()) / step).astype(np.int64))
        crowd = float(np.square(counts.astype(np.float64)).sum())
        if crowd > most * 1.0001:
            best, most = float(angle), crowd
    return best


def straightened(picture: Gray, degrees: float) -> tuple[Gray, NDArray[np.float64]]:
    """The picture turned so that lines falling by ``degrees`` lie level, on white, of the same size; and the 2 × 3
    matrix from its pixels back to those of ``picture``.
    """
    height, width = picture.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    back = np.asarray(cv2.invertAffineTransform(there), np.float64)
    if degrees == 0:
        return picture, back
    turned = cv2.warpAffine(
        picture, there, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(turned, np.uint8), back
