"""Opens a PDF, or says in one sentence why it can't be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium

from extractors.readers.detect import PDF, PICTURES, media_type
from service.domain.errors import UnreadableDocumentError

_ENCRYPTED = "password"
_TAIL = 2048  # bytes at the end in which a whole PDF says %%EOF


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost: bytes of file, pages, pixels, bytes of memory beyond the reader's own, seconds of
    processor and of wall clock, and seconds of processor that drawing and recognising a page may take.
    """

    max_bytes: int = 50 * 1024 * 1024
    max_pages: int = 500
    max_scanned_pages: int = 100  # that are recognised in pictures; a page may take some seconds
    memory_bytes: int = 1024 * 1024 * 1024
    max_pixels: int = 1_500_000_000  # of all pages of a picture; a hundred of A4 at 300 dots an inch have 870 million
    cpu_s: int = 50
    wall_s: float = 55.0
    page_cpu_s: float = 30.0
    file_bytes: int = 16 * 1024 * 1024
    open_files: int = 64


DEFAULT_LIMITS = Limits()


def check_file(content: bytes, filename: str, limits: Limits) -> None:
    """UnreadableDocumentError where the bytes alone say that this is no PDF or picture that we take."""
    if not content.strip(b"\x00\r\n\t "):
        raise UnreadableDocumentError("The file is empty; send it again.", code="EMPTY_FILE")
    if len(content) > limits.max_bytes:
        megabytes = limits.max_bytes // (1024 * 1024)
        raise UnreadableDocumentError(
            f"The file is larger than {megabytes} MB; split it or save it smaller.", code="TOO_LARGE"
        )
    found = media_type(content, filename)
    if found != PDF and found not in PICTURES:
        raise UnreadableDocumentError(
            f"The file is {found}, not a PDF or a picture (PNG, JPEG, TIFF, WebP); ask for it as one of these.",
            code="UNSUPPORTED_FORMAT",
        )


@contextmanager
def open_pdf(content: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """The opened document; UnreadableDocumentError with ENCRYPTED, TRUNCATED or TOO_MANY_PAGES."""
    document = _open(content)
    document.init_forms()
    try:
        _check_pages(len(document), limits)
        document.init_forms()  # else what was entered into a form is not drawn
        yield document
    finally:
        document.close()


@contextmanager
def open_page(document: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    """The page at ``index`` (0-based); UnreadableDocumentError with TRUNCATED where it is damaged."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise UnreadableDocumentError(
            f"Page {index + 1} of the PDF is damaged; ask for it again.", code="TRUNCATED"
        ) from error
    try:
        yield page
    finally:
        page.close()


def _open(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if _ENCRYPTED in str(error).lower() or _asks_for_password(content):
            raise UnreadableDocumentError(
                "The PDF is protected by a password; ask the sender for one without.", code="ENCRYPTED"
            ) from error
        raise _damaged(content) from error


def _asks_for_password(content: bytes) -> bool:
    return re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content) is not None


def _damaged(content: bytes) -> UnreadableDocumentError:
    cut = b"%%EOF" not in content[-_TAIL:]
    reason = "The PDF ends too early" if cut else "The PDF is damaged"
    return UnreadableDocumentError(f"{reason}; ask for it again or save it anew.", code="TRUNCATED")


def _check_pages(count: int, limits: Limits) -> None:
    if count == 0:
        raise UnreadableDocumentError("The PDF has no pages; ask for it again.", code="TRUNCATED")
    if count > limits.max_pages:
        raise UnreadableDocumentError(
            f"The PDF has {count} pages, more than the {limits.max_pages} allowed; split it.", code="TOO_MANY_PAGES"
        )
