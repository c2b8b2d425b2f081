"""A second opinion on a PDF's words and lines, by pdfplumber: slower and grouped by other rules than the first
reading, so it is asked only where the first one's figures don't agree.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import PdfminerException

from service.domain.documents import Page, Ruling, Word
from service.domain.geometry import Box

_MOST_PAGES = 20  # beyond, the second opinion takes longer than a person would wait
_MOST_OBJECTS = 20_000  # on all pages, for the same reason; a dense page draws 3,000
_BROKEN = (pdfium.PdfiumError, PdfminerException, PDFSyntaxError, PSException)
_THIN = 2.5  # points, as in the first reading
_SHORTEST = 12.0


def reread_pages(content: bytes, pages: Sequence[Page]) -> tuple[Page, ...] | None:
    """``pages`` with the words and rulings that pdfplumber sees; None where it can't read the file, the document is
    long or full, or its pages are turned (their sizes differ from the upright ones of the first reading).
    """
    if len(pages) > _MOST_PAGES:
        return None
    try:
        if _objects_in(content) > _MOST_OBJECTS:
            return None
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) != len(pages):
                return None
            found = tuple(_page(seen, page) for seen, page in zip(document.pages, pages, strict=True))
    except (*_BROKEN, ValueError, KeyError, TypeError, RecursionError):
        return None  # pdfminer raises what it likes on files that pdfium reads
    return None if any(page is None for page in found) else tuple(page for page in found if page is not None)


def _objects_in(content: bytes) -> int:
    document = pdfium.PdfDocument(content)
    try:
        return sum(raw.FPDFPage_CountObjects(page) for page in document)
    finally:
        document.close()


def _page(seen: Any, page: Page) -> Page | None:
    if abs(seen.width - page.size.width) > 1 or abs(seen.height - page.size.height) > 1:
        return None
    words = seen.extract_words(use_text_flow=True, keep_blank_chars=False, extra_attrs=["size", "fontname"])
    rulings = tuple(Ruling(box, page.number) for edge in seen.edges if (box := _ruling(edge)) is not None)
    return replace(page, words=tuple(_word(word, page.number) for word in words), rulings=rulings)


def _word(seen: Mapping[str, Any], number: int) -> Word:
    box = Box(float(seen["x0"]), float(seen["top"]), float(seen["x1"]), float(seen["bottom"]))
    return Word(str(seen["text"]), box, number, float(seen["size"]), "bold" in str(seen["fontname"]).lower())


def _ruling(edge: Mapping[str, Any]) -> Box | None:
    x0, x1 = sorted((float(edge["x0"]), float(edge["x1"])))
    top, bottom = sorted((float(edge["top"]), float(edge["bottom"])))
    is_line = min(x1 - x0, bottom - top) <= _THIN and max(x1 - x0, bottom - top) >= _SHORTEST
    return Box(x0, top, x1, bottom) if is_line else None
