"""Documents that are never billed, read as an invoice is, so that a person can file them with what they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from extractors.kinds import supplier_invoice
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction

COMMON_FIELDS = frozenset({"issue_date", "grand_total", "currency", "seller_name", "buyer_name"})
# Papers of a purchase, and the field in which each one's own number is kept; a sender's of its own has none.
_OWN_NUMBER: Mapping[DocumentKind, str | None] = MappingProxyType(
    {
        DocumentKind.PURCHASE_ORDER: "order_reference",
        DocumentKind.DELIVERY_NOTE: "delivery_note_reference",
        DocumentKind.ORDER_CONFIRMATION: None,
        DocumentKind.PRO_FORMA: None,
    }
)


def read(reading: Reading, title: Title) -> Extraction:
    """A purchase's papers with an invoice's fields and lines, but for the number, which isn't an invoice's; of all
    others date, total, currency and the two parties.
    """
    whole = supplier_invoice.read(reading, title)
    if title.kind not in _OWN_NUMBER:
        kept = {name: found for name, found in whole.fields.items() if name in COMMON_FIELDS}
        return replace(whole, fields=MappingProxyType(kept), lines=())
    fields = dict(whole.fields)
    number, own = fields.pop("invoice_number", None), _OWN_NUMBER[title.kind]
    if number is not None and own is not None:
        fields.setdefault(own, number)
    return replace(whole, fields=MappingProxyType(fields))
