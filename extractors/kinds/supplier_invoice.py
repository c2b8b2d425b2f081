"""Supplier invoices and credit notes: header fields, totals that add up, item lines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from extractors.calibration import calibrated
from extractors.choose.advised import OF_INVOICES, advised_fields
from extractors.choose.constants import with_constants
from extractors.choose.currency import choose_currency
from extractors.choose.dates import choose_dates
from extractors.choose.early_payment import choose_early_payment
from extractors.choose.items import choose_items
from extractors.choose.kind import Title
from extractors.choose.paid import paid_note
from extractors.choose.particulars import choose_particulars
from extractors.choose.parties import choose_parties, sent_by_buyer
from extractors.choose.reading import Reading
from extractors.choose.references import choose_references
from extractors.choose.seller_address import choose_seller_address
from extractors.choose.tax_ids import choose_tax_ids
from extractors.choose.terms import choose_terms
from extractors.choose.totals import choose_totals
from service.domain.documents import BILLABLE_KINDS, DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import AnyField
from service.domain.kinds import INVOICE_FIELDS


def read(reading: Reading, title: Title) -> Extraction:
    """The invoice or credit note that ``title`` says it is; amounts of a credit note are positive."""
    items = choose_items(reading)
    amounts = [total for line in items.lines if (total := line.amount("line_total")) is not None]
    totals = choose_totals(reading, amounts, items.last_line, items.inside)
    parties = choose_parties(reading)
    if title.kind is DocumentKind.PURCHASE_ORDER:
        parties = sent_by_buyer(parties)
    early = choose_early_payment(reading)
    single: dict[str, AnyField] = {
        **choose_dates(reading, title.line),
        **choose_currency(reading),
        **choose_tax_ids(reading, parties),
        **choose_terms(reading),
        **choose_particulars(reading, title.line, parties.seller.text if parties.seller else None),
        **parties.fields(),
        **choose_seller_address(reading, parties),
    }
    references = choose_references(reading, title)
    known = {**single, **{name: found[0] for name, found in references.items()}}
    single.update(advised_fields(reading, known, OF_INVOICES if title.kind in BILLABLE_KINDS else ()))
    fields = {
        **{name: (found,) for name, found in single.items()},
        **references,
        **totals.fields,
        **({"early_payment_discount": early} if early else {}),
    }
    sizes = tuple(page.size for page in reading.layout.pages)
    ordered = _in_order(with_constants(reading, fields))
    note = paid_note(reading, ordered) if title.kind is DocumentKind.SUPPLIER_INVOICE else None
    return calibrated(Extraction(title.kind, title.confidence, sizes, ordered, items.lines, note))


def _in_order(fields: Mapping[str, tuple[AnyField, ...]]) -> Mapping[str, tuple[AnyField, ...]]:
    return MappingProxyType({name: fields[name] for name in INVOICE_FIELDS if name in fields})
