"""The rules, one function a code, and which of them apply to which kind of document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matchers.case import Case, Linkage
from matchers.rules.document import (
    low_confidence_field,
    missing_mandatory_field,
    not_payable_document,
    unknown_document_kind,
)
from matchers.rules.duplicates import duplicate_document, duplicate_invoice, possible_duplicate_invoice
from matchers.rules.einvoice import einvoice_invalid, einvoice_mismatch
from matchers.rules.parties import (
    ambiguous_customer,
    ambiguous_vendor,
    bank_account_mismatch,
    unknown_customer,
    unknown_vendor,
    vat_id_mismatch,
    vendor_blocked,
)
from matchers.rules.payments import already_paid, payment_amount_mismatch
from matchers.rules.purchase import (
    currency_mismatch,
    po_closed,
    po_missing,
    po_not_confirmed,
    po_not_found,
    po_vendor_mismatch,
    price_variance,
    unmatched_line,
)
from matchers.rules.quantities import goods_not_received, quantity_over_ordered, quantity_over_received
from matchers.rules.returns import (
    already_refunded,
    already_returned,
    outside_return_window,
    quantity_over_delivered,
    refund_amount_mismatch,
)
from matchers.rules.sales import customer_mismatch, product_not_on_order, sale_order_not_found
from matchers.rules.totals import arithmetic_mismatch, total_variance
from matchers.rules.warranty import (
    duplicate_claim,
    out_of_warranty,
    proof_of_purchase_missing,
    serial_not_sold_to_customer,
    serial_unknown,
)
from service.domain.discrepancies import Discrepancy
from service.domain.documents import UNPAYABLE_KINDS, DocumentKind

Rule = Callable[[Case, Linkage], tuple[Discrepancy, ...]]

_OF_ANY_BILL: tuple[Rule, ...] = (
    duplicate_document,
    einvoice_mismatch,
    einvoice_invalid,
    not_payable_document,
    missing_mandatory_field,
    low_confidence_field,
    arithmetic_mismatch,
    unknown_vendor,
    ambiguous_vendor,
    vendor_blocked,
    vat_id_mismatch,
    bank_account_mismatch,
    duplicate_invoice,
    possible_duplicate_invoice,
    already_paid,
    payment_amount_mismatch,
    po_not_found,
    po_vendor_mismatch,
    currency_mismatch,
)
# A credit note takes back: it may have any price and quantity, and often no order.
_OF_INVOICES_ONLY: tuple[Rule, ...] = (
    po_missing,
    po_not_confirmed,
    po_closed,
    unmatched_line,
    price_variance,
    quantity_over_ordered,
    goods_not_received,
    quantity_over_received,
    total_variance,
)
_OF_ANY_FORM: tuple[Rule, ...] = (
    duplicate_document,
    missing_mandatory_field,
    low_confidence_field,
    unknown_customer,
    ambiguous_customer,
    sale_order_not_found,
    customer_mismatch,
    product_not_on_order,
    serial_unknown,
    serial_not_sold_to_customer,
)
_OF_RETURNS: tuple[Rule, ...] = (
    already_returned,
    quantity_over_delivered,
    outside_return_window,
    already_refunded,
    refund_amount_mismatch,
)
_OF_CLAIMS: tuple[Rule, ...] = (out_of_warranty, proof_of_purchase_missing, duplicate_claim)

RULES: Mapping[DocumentKind, tuple[Rule, ...]] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: (*_OF_ANY_BILL, *_OF_INVOICES_ONLY),
        DocumentKind.CREDIT_NOTE: _OF_ANY_BILL,
        DocumentKind.RETURN_FORM: (*_OF_ANY_FORM, *_OF_RETURNS),
        DocumentKind.WARRANTY_CLAIM: (*_OF_ANY_FORM, *_OF_CLAIMS),
        DocumentKind.CUSTOMER_COMMUNICATION: (duplicate_document,),
        DocumentKind.RECEIPT: (duplicate_document,),
        **dict.fromkeys(UNPAYABLE_KINDS, (duplicate_document, not_payable_document)),
        DocumentKind.SETTLEMENT_REPORT: (duplicate_document,),
        DocumentKind.REMITTANCE_ADVICE: (duplicate_document,),
        DocumentKind.PURCHASE_ORDER: (duplicate_document,),
        DocumentKind.ORDER_CONFIRMATION: (duplicate_document,),
        DocumentKind.DELIVERY_NOTE: (duplicate_document,),
        DocumentKind.OTHER: (duplicate_document, unknown_document_kind),
    }
)
