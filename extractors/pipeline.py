"""One document from bytes to fields, step by step."""

from __future__ import annotations

from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from extractors.readers.pdf_text import read_pages
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction


def extract(
    content: bytes, filename: str, kind_hint: DocumentKind | None = None, limits: Limits = DEFAULT_LIMITS
) -> Extraction:
    """What the document says; the same bytes give the same Extraction. UnreadableDocumentError."""
    pages = read_pages(content, filename, limits)
    layout = lay_out(pages)
    return read_kind(layout, kind_hint)
