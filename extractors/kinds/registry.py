"""Which module reads which kind of document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from extractors.choose.kind import Title, choose_kind
from extractors.choose.reading import Reading
from extractors.kinds import other, supplier_invoice
from extractors.layout import Layout
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction

Reader = Callable[[Reading, Title], Extraction]

READERS: Mapping[DocumentKind, Reader] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: supplier_invoice.read,
        DocumentKind.CREDIT_NOTE: supplier_invoice.read,
        DocumentKind.OTHER: other.read,
    }
)


def read_kind(layout: Layout, hint: DocumentKind | None) -> Extraction:
    """Decide the kind, unless a person filed it as one, and read the document as that."""
    reading = Reading(layout)
    title = choose_kind(reading)
    if hint is not None and hint is not title.kind:
        title = Title(hint, 1.0, title.line)
    return READERS[title.kind](reading, title)
