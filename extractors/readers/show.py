"""Any readable file's page as a picture for the review screen."""

from __future__ import annotations

from extractors.einvoice.document import sheet_of
from extractors.readers.detect import PDF, XML, media_type
from extractors.readers.image import render_picture
from extractors.readers.pdf_image import render_pdf_page
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits, check_file


def render_page(content: bytes, filename: str, number: int, width: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Page ``number`` (1-based) as a PNG about ``width`` pixels wide (at most 4,000); UnreadableDocumentError."""
    if media_type(content, filename) == XML:
        return render_pdf_page(sheet_of(content, None, limits).pdf, number, width, limits)
    check_file(content, filename, limits)
    if media_type(content, filename) == PDF:
        return render_pdf_page(content, number, width, limits)
    return render_picture(content, filename, number, width)
