"""Which fields each kind of document has: one table a kind (contract: Fields)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.documents import STATEMENT_KINDS, DocumentKind
from service.domain.fields import FieldSpec, ValueType

_V = ValueType


def _table(*specs: FieldSpec) -> Mapping[str, FieldSpec]:
    return MappingProxyType({spec.name: spec for spec in specs})


INVOICE_FIELDS = _table(
    FieldSpec("invoice_number", _V.IDENTIFIER, mandatory=True),
    FieldSpec("issue_date", _V.DATE, mandatory=True),
    FieldSpec("due_date", _V.DATE),
    FieldSpec("delivery_date", _V.DATE),
    FieldSpec("currency", _V.CURRENCY, mandatory=True),
    FieldSpec("seller_name", _V.TEXT, mandatory=True),
    FieldSpec("seller_address", _V.TEXT),
    FieldSpec("seller_vat_id", _V.IDENTIFIER),
    FieldSpec("seller_email", _V.TEXT),
    FieldSpec("buyer_name", _V.TEXT),
    FieldSpec("buyer_vat_id", _V.IDENTIFIER),
    FieldSpec("order_reference", _V.IDENTIFIER, many=True),
    FieldSpec("delivery_note_reference", _V.IDENTIFIER, many=True),
    FieldSpec("preceding_invoice_reference", _V.IDENTIFIER),
    FieldSpec("contract_reference", _V.IDENTIFIER),
    FieldSpec("buyer_reference", _V.IDENTIFIER),
    FieldSpec("invoice_type_code", _V.IDENTIFIER),
    FieldSpec("period_start", _V.DATE),
    FieldSpec("period_end", _V.DATE),
    FieldSpec("payee_name", _V.TEXT),
    FieldSpec("payment_reference", _V.IDENTIFIER),
    FieldSpec("iban", _V.IDENTIFIER),
    FieldSpec("bic", _V.IDENTIFIER),
    FieldSpec("payment_terms", _V.TEXT),
    FieldSpec("early_payment_discount", _V.EARLY_PAYMENT_DISCOUNT, many=True),
    FieldSpec("net_total", _V.AMOUNT),
    FieldSpec("tax_total", _V.AMOUNT),
    FieldSpec("grand_total", _V.AMOUNT, mandatory=True),
    FieldSpec("prepaid_amount", _V.AMOUNT),
    FieldSpec("amount_due", _V.AMOUNT),
    FieldSpec("freight_total", _V.AMOUNT),
    FieldSpec("allowance_total", _V.AMOUNT),
    FieldSpec("rounding_amount", _V.AMOUNT),
    FieldSpec("withholding_tax_amount", _V.AMOUNT),
    FieldSpec("retention_amount", _V.AMOUNT),
    FieldSpec("charges", _V.ALLOWANCE_CHARGE, many=True),
    FieldSpec("allowances", _V.ALLOWANCE_CHARGE, many=True),
    FieldSpec("tax_breakdown", _V.TAX_BREAKDOWN, many=True),
    FieldSpec("tax_note", _V.TEXT),
)

INVOICE_LINE_FIELDS = _table(
    FieldSpec("line_number", _V.TEXT),
    FieldSpec("description", _V.TEXT),
    FieldSpec("seller_item_id", _V.IDENTIFIER),
    FieldSpec("buyer_item_id", _V.IDENTIFIER),
    FieldSpec("gtin", _V.IDENTIFIER),
    FieldSpec("quantity", _V.QUANTITY),
    FieldSpec("unit", _V.TEXT),
    FieldSpec("unit_price", _V.AMOUNT),
    FieldSpec("price_base_quantity", _V.QUANTITY),
    FieldSpec("discount", _V.AMOUNT),
    FieldSpec("discount_percent", _V.RATE),
    FieldSpec("tax_rate", _V.RATE),
    FieldSpec("line_total", _V.AMOUNT),
    FieldSpec("order_reference", _V.IDENTIFIER),
)

RETURN_FIELDS = _table(
    FieldSpec("return_number", _V.IDENTIFIER),
    FieldSpec("request_date", _V.DATE, mandatory=True),
    FieldSpec("customer_name", _V.TEXT, mandatory=True),
    FieldSpec("customer_email", _V.TEXT),
    FieldSpec("customer_phone", _V.TEXT),
    FieldSpec("customer_address", _V.TEXT),
    FieldSpec("sale_order_reference", _V.IDENTIFIER),
    FieldSpec("invoice_reference", _V.IDENTIFIER),
    FieldSpec("purchase_date", _V.DATE),
    FieldSpec("requested_resolution", _V.RESOLUTION),
    FieldSpec("refund_amount", _V.AMOUNT),
    FieldSpec("restocking_fee_amount", _V.AMOUNT),
    FieldSpec("currency", _V.CURRENCY),
    FieldSpec("iban", _V.IDENTIFIER),
    FieldSpec("signature_present", _V.BOOLEAN),
)

RETURN_LINE_FIELDS = _table(
    FieldSpec("product_code", _V.IDENTIFIER),
    FieldSpec("description", _V.TEXT),
    FieldSpec("serial_number", _V.IDENTIFIER),
    FieldSpec("quantity", _V.QUANTITY),
    FieldSpec("unit_price", _V.AMOUNT),
    FieldSpec("reason", _V.REASON),
    FieldSpec("reason_raw", _V.TEXT),
    FieldSpec("condition", _V.TEXT),
)

CLAIM_FIELDS = _table(
    FieldSpec("claim_number", _V.IDENTIFIER),
    FieldSpec("claim_date", _V.DATE, mandatory=True),
    FieldSpec("customer_name", _V.TEXT, mandatory=True),
    FieldSpec("customer_email", _V.TEXT),
    FieldSpec("customer_phone", _V.TEXT),
    FieldSpec("customer_address", _V.TEXT),
    FieldSpec("dealer_name", _V.TEXT),
    FieldSpec("sale_order_reference", _V.IDENTIFIER),
    FieldSpec("invoice_reference", _V.IDENTIFIER),
    FieldSpec("purchase_date", _V.DATE),
    FieldSpec("failure_date", _V.DATE),
    FieldSpec("fault_description", _V.TEXT, mandatory=True),
    FieldSpec("requested_resolution", _V.RESOLUTION),
    FieldSpec("authorization_number", _V.IDENTIFIER),
    FieldSpec("installation_date", _V.DATE),
    FieldSpec("repair_date", _V.DATE),
    FieldSpec("usage_value", _V.QUANTITY),
    FieldSpec("usage_unit", _V.TEXT),
    FieldSpec("claimed_amount", _V.AMOUNT),
    FieldSpec("parts_amount", _V.AMOUNT),
    FieldSpec("labour_amount", _V.AMOUNT),
    FieldSpec("labour_hours", _V.QUANTITY),
    FieldSpec("travel_amount", _V.AMOUNT),
    FieldSpec("currency", _V.CURRENCY),
    FieldSpec("signature_present", _V.BOOLEAN),
)

CLAIM_LINE_FIELDS = _table(
    FieldSpec("line_type", _V.LINE_TYPE),
    FieldSpec("product_code", _V.IDENTIFIER),
    FieldSpec("description", _V.TEXT),
    FieldSpec("serial_number", _V.IDENTIFIER),
    FieldSpec("quantity", _V.QUANTITY),
    FieldSpec("unit_price", _V.AMOUNT),
    FieldSpec("line_total", _V.AMOUNT),
    FieldSpec("fault", _V.TEXT),
    FieldSpec("failure_code", _V.IDENTIFIER),
)

COMMUNICATION_FIELDS = _table(
    FieldSpec("sender_name", _V.TEXT),
    FieldSpec("sender_email", _V.TEXT),
    FieldSpec("sent_at", _V.TEXT),
    FieldSpec("subject", _V.TEXT),
    FieldSpec("intent", _V.TEXT),
    FieldSpec("sale_order_reference", _V.IDENTIFIER, many=True),
    FieldSpec("invoice_reference", _V.IDENTIFIER, many=True),
)

STATEMENT_FIELDS = _table(
    FieldSpec("issue_date", _V.DATE),
    FieldSpec("period_start", _V.DATE),
    FieldSpec("period_end", _V.DATE),
    FieldSpec("seller_name", _V.TEXT),
    FieldSpec("buyer_name", _V.TEXT),
    FieldSpec("iban", _V.IDENTIFIER),
    FieldSpec("currency", _V.CURRENCY),
    FieldSpec("opening_balance", _V.AMOUNT),
    FieldSpec("closing_balance", _V.AMOUNT),
    FieldSpec("grand_total", _V.AMOUNT),
)

STATEMENT_LINE_FIELDS = _table(
    FieldSpec("document_type", _V.TEXT),
    FieldSpec("reference", _V.IDENTIFIER),
    FieldSpec("date", _V.DATE),
    FieldSpec("due_date", _V.DATE),
    FieldSpec("counterparty_name", _V.TEXT),
    FieldSpec("counterparty_iban", _V.IDENTIFIER),
    FieldSpec("amount", _V.AMOUNT),
    FieldSpec("open_amount", _V.AMOUNT),
)

_NO_FIELDS: Mapping[str, FieldSpec] = _table()


@dataclass(frozen=True, slots=True)
class KindSpec:
    """The header fields and the line fields of a kind."""

    fields: Mapping[str, FieldSpec]
    line_fields: Mapping[str, FieldSpec]


_INVOICE = KindSpec(INVOICE_FIELDS, INVOICE_LINE_FIELDS)
_STATEMENT = KindSpec(STATEMENT_FIELDS, STATEMENT_LINE_FIELDS)
_KINDS: Mapping[DocumentKind, KindSpec] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: _INVOICE,
        DocumentKind.CREDIT_NOTE: _INVOICE,
        DocumentKind.RETURN_FORM: KindSpec(RETURN_FIELDS, RETURN_LINE_FIELDS),
        DocumentKind.WARRANTY_CLAIM: KindSpec(CLAIM_FIELDS, CLAIM_LINE_FIELDS),
        DocumentKind.CUSTOMER_COMMUNICATION: KindSpec(COMMUNICATION_FIELDS, _NO_FIELDS),
        **dict.fromkeys(STATEMENT_KINDS, _STATEMENT),
        DocumentKind.RECEIPT: _INVOICE,
        # date, total, currency and parties are read whatever the kind
        DocumentKind.PRO_FORMA: _INVOICE,
        DocumentKind.REMITTANCE_ADVICE: _STATEMENT,
        DocumentKind.PURCHASE_ORDER: _INVOICE,
        DocumentKind.ORDER_CONFIRMATION: _INVOICE,
        DocumentKind.DELIVERY_NOTE: _INVOICE,
        DocumentKind.OTHER: _INVOICE,
    }
)


def spec_of(kind: DocumentKind) -> KindSpec:
    """The fields that documents of ``kind`` have."""
    return _KINDS[kind]


def names_of_type(kind: ValueType) -> frozenset[str]:
    """The names of all header fields of that type, of whatever kind of document."""
    return frozenset(n for spec in _KINDS.values() for n, field in spec.fields.items() if field.type is kind)
