"""The rules, one function a code, and which of them apply to which kind of document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matchers.case import Case, Linkage
from matchers.rules.document import low_confidence_field, missing_mandatory_field, unknown_document_kind
from matchers.rules.duplicates import duplicate_document, duplicate_invoice
from matchers.rules.parties import unknown_vendor
from matchers.rules.purchase import (
    po_missing,
    po_not_confirmed,
    po_not_found,
    po_vendor_mismatch,
    price_variance,
    unmatched_line,
)
from matchers.rules.quantities import goods_not_received, quantity_over_ordered, quantity_over_received
from matchers.rules.totals import arithmetic_mismatch, total_variance
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind

Rule = Callable[[Case, Linkage], tuple[Discrepancy, ...]]

_OF_ANY_BILL: tuple[Rule, ...] = (
    duplicate_document,
    missing_mandatory_field,
    low_confidence_field,
    arithmetic_mismatch,
    unknown_vendor,
    duplicate_invoice,
    po_not_found,
    po_vendor_mismatch,
)
# A credit note takes back: it may have any price and quantity, and often no order.
_OF_INVOICES_ONLY: tuple[Rule, ...] = (
    po_missing,
    po_not_confirmed,
    unmatched_line,
    price_variance,
    quantity_over_ordered,
    goods_not_received,
    quantity_over_received,
    total_variance,
)

RULES: Mapping[DocumentKind, tuple[Rule, ...]] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: (*_OF_ANY_BILL, *_OF_INVOICES_ONLY),
        DocumentKind.CREDIT_NOTE: _OF_ANY_BILL,
        DocumentKind.OTHER: (duplicate_document, unknown_document_kind),
    }
)
