"""One document from bytes to fields, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.bundles.beginnings import beginnings_of
from extractors.bundles.page_signs import alone
from extractors.choose.agreement import figures_agree
from extractors.einvoice.attachment import invoice_xml
from extractors.einvoice.document import read_bare, with_einvoice
from extractors.engines.field_model import advise
from extractors.engines.reading import Engines
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.mailed import read_mailed
from extractors.readers.cut import cut_pages
from extractors.readers.detect import MESSAGE, PDF, XML, media_type
from extractors.readers.message import read_message
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from extractors.readers.pdf_plumber import reread_pages
from extractors.readers.scan import ScannedPage
from extractors.scanned import as_scanned
from service.domain.documents import DocumentKind, Page
from service.domain.extraction import Extraction, Part
from service.domain.memory import Memory
from service.domain.page_ranges import PageRange, page_ranges


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known before the pages are read: as what a person filed it, what its sender's papers taught, whether it
    is one document whatever its pages say.
    """

    kind: DocumentKind | None
    memories: tuple[Memory, ...]
    is_one: bool


# Of one of several documents: as what their file was filed says nothing of it.
_OF_PART = _Given(None, (), is_one=True)


@dataclass(frozen=True, slots=True)
class _File:
    """What is read, within which limits and by which engines."""

    content: bytes
    name: str
    limits: Limits
    engines: Engines | None

    def pages(self) -> tuple[Page | ScannedPage, ...]:
        return read_pages(self.content, self.name, self.limits, self.engines)


def extract(
    content: bytes,
    filename: str,
    kind_hint: DocumentKind | None = None,
    limits: Limits = DEFAULT_LIMITS,
    engines: Engines | None = None,
    *,
    ignore_einvoice: bool = False,
    memories: tuple[Memory, ...] = (),
    as_one: bool = False,
) -> Extraction:
    """What the document says; the same bytes and ``memories`` of its sender's papers give the same Extraction. Embedded
    XML gives the values unless it is to be ignored. A file of several documents is told apart into its parts, unless it
    is to be read ``as_one``. UnreadableDocumentError, and NeedsOcrError where a page is a picture and there are no
    ``engines``.
    """
    kind = media_type(content, filename)
    if kind == MESSAGE:
        return read_mailed(read_message(content), kind_hint)
    if kind == XML and not ignore_einvoice:
        return read_bare(content, kind_hint, limits)
    is_one = as_one or (kind == PDF and invoice_xml(content) is not None)
    page = _read_file(_File(content, filename, limits, engines), _Given(kind_hint, memories, is_one))
    return page if ignore_einvoice or kind != PDF else with_einvoice(page, content, kind_hint)


def _read_file(file: _File, given: _Given) -> Extraction:
    """The document by what its pages show, or the first of several with all of them as its parts."""
    pages = file.pages()
    beginnings = () if given.is_one else beginnings_of([plain_page(page) for page in pages])
    if not beginnings:
        return _read_document(file, pages, given)
    ranges = page_ranges([beginning.page for beginning in beginnings], len(pages))
    signs = ((), *(beginning.signs for beginning in beginnings))
    parts = tuple(Part(r, said, _read_part(file, pages, r)) for r, said in zip(ranges, signs, strict=True))
    sizes = tuple(size for part in parts for size in part.extraction.pages)
    return replace(parts[0].extraction, pages=sizes, parts=parts)


def _read_part(file: _File, pages: Sequence[Page | ScannedPage], where: PageRange) -> Extraction:
    """One of several documents, read as it would be from a file of its own."""
    own = tuple(_alone(page, number) for number, page in enumerate(pages[where.first - 1 : where.last], start=1))
    cut = cut_pages(file.content, file.name, where.first, where.last, file.limits)
    return _read_document(replace(file, content=cut), own, _OF_PART)


def _alone(page: Page | ScannedPage, number: int) -> Page | ScannedPage:
    return alone(page, number) if isinstance(page, Page) else replace(page, page=alone(page.page, number))


def _read_document(file: _File, pages: Sequence[Page | ScannedPage], given: _Given) -> Extraction:
    """The one document that the file is, whose ``pages`` were read."""
    extraction = _read(pages, given)
    is_sound = figures_agree(extraction) or media_type(file.content, file.name) != PDF
    if is_sound or any(isinstance(page, ScannedPage) for page in pages):
        return extraction
    return _second_opinion(file.content, pages, extraction, given)


def _read(pages: Sequence[Page | ScannedPage], given: _Given) -> Extraction:
    layout = lay_out([plain_page(page) for page in pages])
    return as_scanned(read_kind(layout, given.kind, given.memories, advise), pages)


def _second_opinion(
    content: bytes, pages: Sequence[Page | ScannedPage], first: Extraction, given: _Given
) -> Extraction:
    """The document read from other words, where that makes its figures agree; else the first reading."""
    seen = reread_pages(content, [plain_page(page) for page in pages])
    if seen is None:
        return first
    second = read_kind(lay_out(seen), given.kind, given.memories, advise)
    return second if second.kind is first.kind and figures_agree(second) else first
