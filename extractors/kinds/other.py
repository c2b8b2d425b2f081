"""Documents that are never billed: what every kind has, so that a person can file them."""

from __future__ import annotations

from types import MappingProxyType

from extractors.choose.kind import Title
from extractors.choose.parties import choose_parties, sent_by_buyer
from extractors.choose.reading import Reading
from extractors.kinds import supplier_invoice
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import AnyField

COMMON_FIELDS = ("issue_date", "grand_total", "currency", "seller_name", "buyer_name")


def read(reading: Reading, title: Title) -> Extraction:
    """Date, total, currency and the two parties, read as on an invoice."""
    whole = supplier_invoice.read(reading, title)
    kept = {name: found for name, found in whole.fields.items() if name in COMMON_FIELDS}
    if title.kind is DocumentKind.PURCHASE_ORDER:
        kept |= _parties_of_order(reading)
    return Extraction(title.kind, title.confidence, whole.pages, MappingProxyType(kept), ())


def _parties_of_order(reading: Reading) -> dict[str, tuple[AnyField, ...]]:
    found = sent_by_buyer(choose_parties(reading)).fields()
    return {name: (found[name],) for name in ("seller_name", "buyer_name") if name in found}
