"""Cuts some pages out of a file, as a file of their own that holds nothing of the others."""

from __future__ import annotations

import hashlib
import io
import re

import pypdfium2 as pdfium

from extractors.readers.detect import PDF, media_type
from extractors.readers.image import cut_picture
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits, check_file, open_pdf
from service.domain.errors import UnreadableDocumentError

_TRAILER = 2048  # bytes at the end in which a PDF names itself
_ID = re.compile(rb"/ID\s*\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]")


def cut_pages(content: bytes, filename: str, first: int, last: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Pages ``first`` to ``last`` (1-based) of a PDF or TIFF as a file of the same type, the same bytes each time;
    UnreadableDocumentError, with NO_SUCH_PAGE where the file is shorter.
    """
    check_file(content, filename, limits)
    if media_type(content, filename) == PDF:
        return _cut_pdf(content, first, last, limits)
    return cut_picture(content, filename, first, last, limits)


def _cut_pdf(content: bytes, first: int, last: int, limits: Limits) -> bytes:
    with open_pdf(content, limits) as document:
        if not 1 <= first <= last <= len(document):
            raise UnreadableDocumentError(
                f"The PDF has {len(document)} pages, no pages {first} to {last}.", code="NO_SUCH_PAGE"
            )
        out, cut = io.BytesIO(), pdfium.PdfDocument.new()
        try:
            indices = list(range(first - 1, last))
            if document.get_formtype():
                _print_entries(document, indices)
            cut.import_pages(document, indices)
            cut.save(out)
        except pdfium.PdfiumError as error:
            raise UnreadableDocumentError(
                f"Pages {first} to {last} of the PDF are damaged; ask for it again.", code="TRUNCATED"
            ) from error
        finally:
            cut.close()
    return _named(out.getvalue(), content, first, last)


def _print_entries(document: pdfium.PdfDocument, indices: list[int]) -> None:
    """Makes a form's entries part of their pages: the form itself belongs to the whole file and stays behind."""
    for index in indices:
        page = document[index]
        try:
            page.flatten()
        finally:
            page.close()


def _named(cut: bytes, content: bytes, first: int, last: int) -> bytes:
    """The PDF with an id that follows from what it was cut from, instead of one by chance."""
    digest = hashlib.sha256(content + f":{first}-{last}".encode()).hexdigest()[:32].encode().upper()
    tail = _ID.sub(b"/ID[<" + digest + b"><" + digest + b">]", cut[-_TRAILER:])
    return cut[:-_TRAILER] + tail
