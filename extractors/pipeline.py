"""One document from bytes to fields, step by step."""

from __future__ import annotations

from extractors.choose.agreement import figures_agree
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from extractors.readers.pdf_plumber import reread_pages
from extractors.readers.pdf_text import read_pages
from service.domain.documents import DocumentKind, Page
from service.domain.extraction import Extraction


def extract(
    content: bytes, filename: str, kind_hint: DocumentKind | None = None, limits: Limits = DEFAULT_LIMITS
) -> Extraction:
    """What the document says; the same bytes give the same Extraction. UnreadableDocumentError."""
    pages = read_pages(content, filename, limits)
    reading = read_kind(lay_out(pages), kind_hint)
    return reading if figures_agree(reading) else _second_opinion(content, pages, reading, kind_hint)


def _second_opinion(
    content: bytes, pages: tuple[Page, ...], first: Extraction, kind_hint: DocumentKind | None
) -> Extraction:
    """The document read from other words, where that makes its figures agree; else the first reading."""
    seen = reread_pages(content, pages)
    if seen is None:
        return first
    second = read_kind(lay_out(seen), kind_hint)
    return second if second.kind is first.kind and figures_agree(second) else first
