"""Draws a PDF page as a PNG, turned as its words were read."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits, check_file, open_pdf
from extractors.readers.pdf_text import upright_turns
from extractors.readers.turning import Frame
from service.domain.errors import UnreadableDocumentError

_WIDEST = 4_000  # pixels
_MOST_PIXELS = 40_000_000  # of an image, whatever the page's shape


def render_page(content: bytes, filename: str, number: int, width: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Page ``number`` (1-based) as a PNG ``width`` pixels wide (at most 4,000); UnreadableDocumentError."""
    check_file(content, filename, limits)
    with open_pdf(content, limits) as document:
        if not 1 <= number <= len(document):
            raise UnreadableDocumentError(
                f"The PDF has no page {number}; it has {len(document)}.", code="UNSUPPORTED_FORMAT"
            )
        page = document[number - 1]
        try:
            return _png(page, max(1, min(width, _WIDEST)))
        finally:
            page.close()


def _png(page: pdfium.PdfPage, width: int) -> bytes:
    text_page = raw.FPDFText_LoadPage(page)
    frame = Frame.of(page, upright_turns(page, text_page) if text_page else 0)
    if text_page:
        raw.FPDFText_ClosePage(text_page)
    size = frame.size
    scale = min(width / size.width, (_MOST_PIXELS / (size.width * size.height)) ** 0.5)
    turn = (frame.turns * 90 - page.get_rotation()) % 360
    image = page.render(scale=scale, rotation=turn).to_pil()
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=False)
    return out.getvalue()
