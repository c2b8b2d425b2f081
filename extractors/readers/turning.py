"""From a PDF page's own coordinates to points from the top left of the page as it reads upright."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from service.domain.documents import PageSize
from service.domain.geometry import Box

_LARGEST_SIDE = 14_400.0  # points; the largest that PDF allows
_A4 = (0.0, 0.0, 595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Places rectangles of one page. ``turns`` are clockwise quarter turns of the page (its own and its text's)."""

    left: float
    top: float
    width: float  # of the unturned page
    height: float
    turns: int
    text_turns: int

    @classmethod
    def of(cls, page: pdfium.PdfPage, text_turns: int) -> Frame:
        """The frame of a page whose text is turned by ``text_turns`` against the page's own axes.

        ``FPDFText_GetCharAngle`` counts clockwise in the unturned page, so the page reads upright turned back by it.
        """
        left, bottom, right, top = _visible(page)
        return cls(left, top, right - left, top - bottom, -text_turns % 4, text_turns)

    @property
    def size(self) -> PageSize:
        """Extent of the upright page."""
        return PageSize(self.height, self.width) if self.turns % 2 else PageSize(self.width, self.height)

    def place(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a rectangle given in the page's coordinates (y upwards)."""
        u0, u1 = left - self.left, right - self.left
        v0, v1 = self.top - top, self.top - bottom
        if self.turns == 1:
            u0, v0, u1, v1 = self.height - v1, u0, self.height - v0, u1
        elif self.turns == 2:
            u0, v0, u1, v1 = self.width - u1, self.height - v1, self.width - u0, self.height - v0
        elif self.turns == 3:
            u0, v0, u1, v1 = v0, self.width - u1, v1, self.width - u0
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)

    def clip(self, x0: float, top: float, x1: float, bottom: float) -> Box | None:
        """The rectangle as a box, None where it lies off the page."""
        size = self.size
        if x1 <= 0 or bottom <= 0 or x0 >= size.width or top >= size.height:
            return None
        return Box(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _visible(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown: the boxes may be the page's own or its parents'."""
    rect = raw.FS_RECTF()
    left, bottom, right, top = _A4
    if raw.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)) and rect.right > rect.left and rect.top > rect.bottom:
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    return left, bottom, min(right, left + _LARGEST_SIDE), min(top, bottom + _LARGEST_SIDE)
