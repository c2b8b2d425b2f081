"""Draws a PDF page: as a PNG turned as its words were read, or in grey to be recognised."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.pdf_legible import has_to_be_seen, pixels_on
from extractors.readers.pdf_open import Limits, open_page, open_pdf
from extractors.readers.pdf_text import text_page, upright_turns
from extractors.readers.scan import Shot, turns_of
from extractors.readers.turning import Frame
from service.domain.errors import UnreadableDocumentError

_WIDEST = 4_000  # pixels
_MOST_PIXELS = 40_000_000  # of an image, whatever the page's shape
_MOST_RECOGNISED = 16_000_000  # pixels
_MOST_DRAWN = 500_000_000  # pixels of a page's pictures; A3 at 1,200 dots an inch has 280 million
_DOTS = 200  # an inch; more reads no better
_POINTS = 72


def render_pdf_page(content: bytes, number: int, width: int, limits: Limits) -> bytes:
    """Page ``number`` (1-based) as a PNG ``width`` pixels wide (at most 4,000); UnreadableDocumentError."""
    with open_pdf(content, limits) as document:
        if not 1 <= number <= len(document):
            raise UnreadableDocumentError(
                f"The PDF has no page {number}; it has {len(document)}.", code="UNSUPPORTED_FORMAT"
            )
        with open_page(document, number - 1) as page:
            _check_pictures(page, number)
            turns = turns_of(shot_of(page, number)) if _is_picture(page, number) else 0
            return _png(page, max(1, min(width, _WIDEST)), turns)


def _is_picture(page: pdfium.PdfPage, number: int) -> bool:
    """Whether the page's text has to be recognised."""
    return has_to_be_seen(page, text_page(page, number).words)


def shot_of(page: pdfium.PdfPage, number: int) -> Shot:
    """The page in grey at 200 dots an inch, turned as the PDF says; UnreadableDocumentError where it is too much."""
    _check_pictures(page, number)
    frame = _frame(page)
    size = frame.size
    scale = min(_DOTS / _POINTS, (_MOST_RECOGNISED / (size.width * size.height)) ** 0.5)
    bitmap = page.render(scale=scale, rotation=_turn(page, frame), grayscale=True)
    picture = np.ascontiguousarray(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width]
    return Shot(np.asarray(picture, np.uint8), number, size.width / bitmap.width)


def _check_pictures(page: pdfium.PdfPage, number: int) -> None:
    """Refuse a page that would take minutes to draw, as one does that draws a large picture hundreds of times."""
    if pixels_on(page) > _MOST_DRAWN:
        raise UnreadableDocumentError(
            f"Page {number} of the PDF has pictures of more than {_MOST_DRAWN // 1_000_000} million pixels; save them "
            "smaller, or print the page as a new PDF.",
            code="TOO_LARGE",
        )


def _png(page: pdfium.PdfPage, width: int, turns: int) -> bytes:
    """The page with ``turns`` clockwise quarter turns more than the PDF says."""
    frame = _frame(page)
    size = frame.size
    across = size.height if turns % 2 else size.width
    scale = min(width / across, (_MOST_PIXELS / (size.width * size.height)) ** 0.5)
    image = page.render(scale=scale, rotation=(_turn(page, frame) + 90 * turns) % 360).to_pil()
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=False)
    return out.getvalue()


def _frame(page: pdfium.PdfPage) -> Frame:
    text_page = raw.FPDFText_LoadPage(page)
    frame = Frame.of(page, upright_turns(page, text_page) if text_page else 0)
    if text_page:
        raw.FPDFText_ClosePage(text_page)
    return frame


def _turn(page: pdfium.PdfPage, frame: Frame) -> int:
    return int((frame.turns * 90 - page.get_rotation()) % 360)
