"""How the fields of each kind of document are grouped on the review page, in the order in which one checks them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.domain.documents import STATEMENT_KINDS, DocumentKind
from service.domain.fields import ROW_TYPES, ClaimLineType, FieldSpec, Resolution, ReturnReason, ValueType
from service.domain.kinds import spec_of
from service.web.formats import label

Groups = tuple[tuple[str, tuple[str, ...]], ...]
Choices = tuple[tuple[str, str], ...]

_SALE = ("sale_order_reference", "invoice_reference", "purchase_date")
_CUSTOMER = ("customer_name", "customer_email", "customer_phone", "customer_address")

INVOICE_GROUPS: Groups = (
    (
        "Document",
        (
            "invoice_number",
            "issue_date",
            "due_date",
            "delivery_date",
            "order_reference",
            "delivery_note_reference",
            "preceding_invoice_reference",
            "contract_reference",
            "period_start",
            "period_end",
            "invoice_type_code",
        ),
    ),
    ("Seller", ("seller_name", "seller_address", "seller_vat_id", "seller_email")),
    ("Buyer", ("buyer_name", "buyer_vat_id", "buyer_reference")),
    (
        "Amounts",
        (
            "currency",
            "net_total",
            "tax_total",
            "grand_total",
            "prepaid_amount",
            "amount_due",
            "freight_total",
            "allowance_total",
            "rounding_amount",
            "withholding_tax_amount",
            "retention_amount",
            "tax_note",
        ),
    ),
    ("Payment", ("payment_reference", "iban", "bic", "payee_name", "payment_terms")),
)
_RETURN_GROUPS: Groups = (
    ("Return", ("return_number", "request_date", "requested_resolution", "signature_present")),
    ("Customer", _CUSTOMER),
    ("Sale", _SALE),
    ("Refund", ("refund_amount", "restocking_fee_amount", "currency", "iban")),
)
_CLAIM_GROUPS: Groups = (
    (
        "Claim",
        ("claim_number", "claim_date", "requested_resolution", "authorization_number", "signature_present"),
    ),
    ("Customer", (*_CUSTOMER, "dealer_name")),
    ("Sale", _SALE),
    (
        "Fault",
        ("fault_description", "failure_date", "installation_date", "repair_date", "usage_value", "usage_unit"),
    ),
    (
        "Costs",
        ("claimed_amount", "parts_amount", "labour_amount", "labour_hours", "travel_amount", "currency"),
    ),
)
_MESSAGE_GROUPS: Groups = (
    ("Message", ("sender_name", "sender_email", "sent_at", "subject", "intent")),
    ("Sale", ("sale_order_reference", "invoice_reference")),
)
_STATEMENT_GROUPS: Groups = (
    ("Statement", ("issue_date", "period_start", "period_end")),
    ("Parties", ("seller_name", "buyer_name", "iban")),
    ("Amounts", ("currency", "opening_balance", "closing_balance", "grand_total")),
)
_GROUPS: Mapping[DocumentKind, Groups] = MappingProxyType(
    {
        DocumentKind.RETURN_FORM: _RETURN_GROUPS,
        DocumentKind.WARRANTY_CLAIM: _CLAIM_GROUPS,
        DocumentKind.CUSTOMER_COMMUNICATION: _MESSAGE_GROUPS,
        **dict.fromkeys((*STATEMENT_KINDS, DocumentKind.REMITTANCE_ADVICE), _STATEMENT_GROUPS),
    }
)
_CHOICES: Mapping[ValueType, Choices] = MappingProxyType(
    {
        ValueType.BOOLEAN: (("true", "Yes"), ("false", "No")),
        ValueType.RESOLUTION: tuple((entry.value, label(entry.value)) for entry in Resolution),
        ValueType.REASON: tuple((entry.value, label(entry.value)) for entry in ReturnReason),
        ValueType.LINE_TYPE: tuple((entry.value, label(entry.value)) for entry in ClaimLineType),
    }
)


def groups_of(kind: DocumentKind) -> Groups:
    """Headings with the names of their fields; what no group names comes last, so that no field is ever hidden."""
    groups = _GROUPS.get(kind, INVOICE_GROUPS)
    named = {name for _, names in groups for name in names}
    rest = tuple(
        name for name, spec in spec_of(kind).fields.items() if name not in named and spec.type not in ROW_TYPES
    )
    return (*groups, ("Other", rest)) if rest else groups


def choices_of(spec: FieldSpec) -> Choices:
    """The values of a field that only has some, with what screens call them; empty where anything may be typed."""
    return _CHOICES.get(spec.type, ())
