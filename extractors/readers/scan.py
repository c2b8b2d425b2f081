"""A picture of a page to a page of words: turned upright, straightened, brought to a good size, read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines.deskew import skew, straightened
from extractors.engines.ink import Gray, held, ink_of
from extractors.engines.orientation import quarter_turns, turn
from extractors.engines.port import Seen
from extractors.engines.rapid import is_upside_down
from extractors.engines.reading import Engines
from extractors.readers.placement import Placement
from extractors.readers.scan_marks import form_seen
from extractors.readers.scan_rulings import rulings_of, without_rulings
from service.domain.documents import Barcode, Drawing, Mark, MarkShape, Page, PageSize, Ruling, Word
from service.domain.geometry import Box

_SMALL, _LARGE = 12.0, 44.0  # pixels of a letter's height between which a picture is read best as it is
_FROM_SMALL, _FROM_LARGE = 18.0, 30.0
_MOST_GROWTH = 2.5
_MOST_PIXELS = 16_000_000


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the page ``number`` as it is shown, with the points that one of its pixels is wide."""

    picture: Gray
    number: int
    points_a_pixel: float


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page in the coordinates of its upright, straight picture, how to get back to the upright page as it is shown,
    and the name of the engine that read it.
    """

    page: Page
    placement: Placement
    engine: str


def turns_of(shot: Shot) -> int:
    """Clockwise quarter turns that make the shot upright."""
    return quarter_turns(shot.picture, is_upside_down)


class Scan:
    """One shot made ready to be read, by one engine or another."""

    def __init__(self, shot: Shot) -> None:
        upright = held(turn(held(shot.picture), turns_of(shot)))
        straight, back = straightened(upright, skew(upright))
        self._shot = shot
        self._scale = _scale_for(held(straight))
        self._picture = held(_scaled(straight, self._scale))
        self._points = shot.points_a_pixel / self._scale
        self._placement = _placement(upright, shot.points_a_pixel, back)

    def read(self, engines: Engines, *, hastily: bool = False) -> ScannedPage:
        """The page's words, lines, marks and drawings; ``hastily`` by one engine where it will do.

        UnreadableDocumentError.
        """
        height, width = self._picture.shape
        number, rulings = self._shot.number, rulings_of(self._picture)
        found = engines.read(without_rulings(self._picture, rulings), hastily=hastily)
        form = form_seen(self._picture, found.words, rulings)
        page = Page(
            number=number,
            size=PageSize(round(width * self._points, 2), round(height * self._points, 2)),
            words=tuple(word for word in map(self._word, form.words) if word is not None),
            rulings=tuple(Ruling(self._box(*edges), number) for edges in rulings),
            marks=tuple(
                Mark(MarkShape.BOX, self._box(*mark.edges), number, mark.ticked, mark.confidence) for mark in form.marks
            ),
            drawings=tuple(Drawing(self._box(*edges), number) for edges in form.drawings),
            from_ocr=True,
            barcodes=tuple(Barcode(code.text, code.symbology, self._box(*code.edges), number) for code in form.codes),
        )
        return ScannedPage(page, self._placement, found.engine)

    def _word(self, seen: Seen) -> Word | None:
        if seen.x1 - seen.x0 < 1 or seen.bottom - seen.top < 1:
            return None
        box = self._box(seen.x0, seen.top, seen.x1, seen.bottom)
        return Word(seen.text, box, self._shot.number, round(box.height, 2), confidence=round(seen.confidence, 3))

    def _box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        return Box(*(round(edge * self._points, 2) for edge in (x0, top, x1, bottom)))


def _scale_for(picture: Gray) -> float:
    """What makes letters neither too small to be read nor larger than it helps."""
    ink = ink_of(picture)
    height = ink.letter_height / ink.scale
    scale = 1.0
    if height > _LARGE:
        scale = _FROM_LARGE / height
    elif 0 < height < _SMALL:
        scale = min(_FROM_SMALL / height, _MOST_GROWTH)
    return float(min(scale, (_MOST_PIXELS / picture.size) ** 0.5)) if picture.size else 1.0


def _scaled(picture: Gray, scale: float) -> Gray:
    if scale == 1.0:
        return picture
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _placement(upright: Gray, points: float, back: NDArray[np.float64]) -> Placement:
    """Undo the straightening; in points."""
    height, width = upright.shape
    a, b, c, d, e, f = (float(part) for part in back.ravel())
    size = PageSize(round(width * points, 2), round(height * points, 2))
    return Placement((a, b, c * points, d, e, f * points), size)
