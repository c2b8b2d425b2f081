"""One document from bytes to fields, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.choose.agreement import doubts, figures_agree
from extractors.einvoice.document import read_bare, with_einvoice
from extractors.engines.reading import Engines
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.mailed import read_mailed
from extractors.readers.detect import MESSAGE, PDF, XML, media_type
from extractors.readers.message import read_message
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from extractors.readers.pdf_plumber import reread_pages
from extractors.readers.scan import ScannedPage
from extractors.scanned import as_scanned
from service.domain.documents import DocumentKind, Page
from service.domain.extraction import Extraction
from service.domain.memory import Memory


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known before the pages are read: as what a person filed it, what its sender's papers taught."""

    kind: DocumentKind | None
    memories: tuple[Memory, ...]


def extract(
    content: bytes,
    filename: str,
    kind_hint: DocumentKind | None = None,
    limits: Limits = DEFAULT_LIMITS,
    engines: Engines | None = None,
    *,
    ignore_einvoice: bool = False,
    memories: tuple[Memory, ...] = (),
) -> Extraction:
    """What the document says; the same bytes and ``memories`` of its sender's papers give the same Extraction. Embedded
    XML gives the values unless it is to be ignored. UnreadableDocumentError, and NeedsOcrError where a page is a
    picture and there are no ``engines``.
    """
    kind = media_type(content, filename)
    if kind == MESSAGE:
        return read_mailed(read_message(content), kind_hint)
    if kind == XML and not ignore_einvoice:
        return read_bare(content, kind_hint, limits)
    page = _read_pages(content, filename, _Given(kind_hint, memories), limits, engines)
    return page if ignore_einvoice or kind != PDF else with_einvoice(page, content, kind_hint)


def _read_pages(content: bytes, filename: str, given: _Given, limits: Limits, engines: Engines | None) -> Extraction:
    """The document by what its pages show."""
    pages = read_pages(content, filename, limits, engines)
    extraction = _read(pages, given)
    if not any(isinstance(page, ScannedPage) for page in pages):
        is_sound = figures_agree(extraction) or media_type(content, filename) != PDF
        return extraction if is_sound else _second_opinion(content, pages, extraction, given)
    if not doubts(extraction) or not _may_gain(pages, engines):
        return extraction
    again = _read(read_pages(content, filename, limits, engines, carefully=True), given)
    return min(extraction, again, key=_worth)


def _worth(extraction: Extraction) -> tuple[int, int]:
    """What speaks against a reading: doubts first, then how little was found."""
    return doubts(extraction), -len(extraction.fields)


def _read(pages: Sequence[Page | ScannedPage], given: _Given) -> Extraction:
    layout = lay_out([plain_page(page) for page in pages])
    return as_scanned(read_kind(layout, given.kind, given.memories), pages)


def _second_opinion(
    content: bytes, pages: Sequence[Page | ScannedPage], first: Extraction, given: _Given
) -> Extraction:
    """The document read from other words, where that makes its figures agree; else the first reading."""
    seen = reread_pages(content, [plain_page(page) for page in pages])
    if seen is None:
        return first
    second = read_kind(lay_out(seen), given.kind, given.memories)
    return second if second.kind is first.kind and figures_agree(second) else first


def _may_gain(pages: Sequence[Page | ScannedPage], engines: Engines | None) -> bool:
    """Whether the better engine has not yet read every picture."""
    if engines is None or engines.better is None:
        return False
    return any(isinstance(page, ScannedPage) and page.engine != engines.better.name for page in pages)
