"""Values with their provenance, and the tables of fields that each kind of document has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from service.domain.geometry import Box


class Source(StrEnum):
    """Where a value comes from (contract: Values)."""

    TEXT_LAYER = "text_layer"
    DERIVED = "derived"
    HUMAN = "human"


class FieldStatus(StrEnum):
    """Whether a value passes its own checks, or a person set it."""

    OK = "ok"
    INVALID = "invalid"
    CORRECTED = "corrected"


class ValueType(StrEnum):
    """How a field's value is typed, parsed and shown."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    DATE = "date"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    RATE = "rate"
    CURRENCY = "currency"
    TAX_BREAKDOWN = "tax_breakdown"


@dataclass(frozen=True, slots=True)
class TaxBreakdown:
    """One row of the tax summary; ``rate`` in percent."""

    rate: Decimal | None
    taxable_amount: Decimal | None
    tax_amount: Decimal | None
    category: str | None = None


Value = str | Decimal | date | TaxBreakdown
T_co = TypeVar("T_co", bound=Value, covariant=True)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where on the paper a value stands and how it was found. ``page`` is 1-based, ``box`` in points;
    both are None for values that were derived or typed by a person.
    """

    source: Source
    method: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A typed value, how it was printed, how sure we are (0..1) and where it comes from."""

    value: T_co
    raw: str
    confidence: float
    provenance: Provenance
    status: FieldStatus = FieldStatus.OK


AnyField = Field[Value]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind: its name, type, whether it repeats and whether a document needs it."""

    name: str
    type: ValueType
    many: bool = False
    mandatory: bool = False


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
    FieldSpec("payment_reference", _V.IDENTIFIER),
    FieldSpec("iban", _V.IDENTIFIER),
    FieldSpec("bic", _V.IDENTIFIER),
    FieldSpec("payment_terms", _V.TEXT),
    FieldSpec("net_total", _V.AMOUNT),
    FieldSpec("tax_total", _V.AMOUNT),
    FieldSpec("grand_total", _V.AMOUNT, mandatory=True),
    FieldSpec("prepaid_amount", _V.AMOUNT),
    FieldSpec("amount_due", _V.AMOUNT),
    FieldSpec("freight_total", _V.AMOUNT),
    FieldSpec("allowance_total", _V.AMOUNT),
    FieldSpec("tax_breakdown", _V.TAX_BREAKDOWN, many=True),
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
