"""Any readable file to pages of words, whether they stand in a text layer or have to be recognised."""

from __future__ import annotations

import signal
from collections.abc import Iterator

from extractors.engines.reading import Engines
from extractors.readers.detect import PDF, media_type
from extractors.readers.image import check_picture, shots_of
from extractors.readers.pdf_image import shot_of
from extractors.readers.pdf_legible import has_to_be_seen
from extractors.readers.pdf_open import Limits, check_file, open_page, open_pdf
from extractors.readers.pdf_text import text_page
from extractors.readers.scan import Scan, ScannedPage, Shot
from service.domain.documents import Page
from service.domain.errors import NeedsOcrError, UnreadableDocumentError

_MOST_CAREFUL = 40  # pages of a document that both engines are asked for, however sure the first is


def read_pages(
    content: bytes, filename: str, limits: Limits, engines: Engines | None
) -> tuple[Page | ScannedPage, ...]:
    """The pages in their order.

    NeedsOcrError where a page is a picture and ``engines`` is None. UnreadableDocumentError: EMPTY_FILE, TOO_LARGE,
    UNSUPPORTED_FORMAT, ENCRYPTED, TRUNCATED, TOO_MANY_PAGES, NO_TEXT, OCR_FAILED.
    """
    check_file(content, filename, limits)
    if media_type(content, filename) == PDF:
        pages = tuple(_pdf_pages(content, limits, engines))
    else:
        check_picture(content, filename, limits)
        able = _able(engines)
        pages = tuple(_recognised(shot, able, limits) for shot in shots_of(content, filename, limits))
    if not any(word.text.isalnum() for page in pages for word in plain_page(page).words):
        raise UnreadableDocumentError(
            "No text can be made out in the file; scan it anew, or ask for the original.", code="NO_TEXT"
        )
    return pages


def plain_page(page: Page | ScannedPage) -> Page:
    """The page itself."""
    return page if isinstance(page, Page) else page.page


def _pdf_pages(content: bytes, limits: Limits, engines: Engines | None) -> Iterator[Page | ScannedPage]:
    scanned = 0
    with open_pdf(content, limits) as document:
        for index in range(len(document)):
            with open_page(document, index) as page:
                read = text_page(page, index + 1)
                if not has_to_be_seen(page, read.words):
                    yield read
                    continue
                scanned += 1
                _check_scanned(scanned, limits)
                able = _able(engines)
                yield _recognised(shot_of(page, index + 1), able, limits)


def _check_scanned(count: int, limits: Limits) -> None:
    if count > limits.max_scanned_pages:
        raise UnreadableDocumentError(
            f"The PDF has more scanned pages than the {limits.max_scanned_pages} allowed; split it.",
            code="TOO_MANY_PAGES",
        )


def _able(engines: Engines | None) -> Engines:
    if engines is None:
        raise NeedsOcrError("The document is a picture, at least in part; it has to be recognised.")
    return engines


def _recognised(shot: Shot, engines: Engines, limits: Limits) -> ScannedPage:
    read = Scan(shot).read(engines, hastily=shot.number > _MOST_CAREFUL)
    if signal.getitimer(signal.ITIMER_PROF)[0]:  # runs only where a process may be ended by it
        signal.setitimer(signal.ITIMER_PROF, limits.page_cpu_s)
    return read
