"""Letters and messages of customers that are neither a return nor a claim."""

from __future__ import annotations

from types import MappingProxyType

from extractors.choose.forms.messages import message_fields
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.kinds import spec_of


def read(reading: Reading, title: Title) -> Extraction:
    """Who writes when about what and to what end, and the orders and invoices that are named."""
    found = message_fields(reading)
    names = spec_of(DocumentKind.CUSTOMER_COMMUNICATION).fields
    fields = MappingProxyType({name: found[name] for name in names if name in found})
    sizes = tuple(page.size for page in reading.layout.pages)
    return Extraction(title.kind, title.confidence, sizes, fields, ())
