"""Values with their provenance. Which kind of document has which fields: ``service.domain.kinds``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from service.domain.geometry import Box


class Source(StrEnum):
    """Where a value comes from (contract: Values)."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    EINVOICE = "einvoice"
    ACROFORM = "acroform"
    EMAIL = "email"
    BARCODE = "barcode"
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
    BOOLEAN = "boolean"
    RESOLUTION = "resolution"
    REASON = "reason"
    LINE_TYPE = "line_type"
    TAX_BREAKDOWN = "tax_breakdown"
    EARLY_PAYMENT_DISCOUNT = "early_payment_discount"
    ALLOWANCE_CHARGE = "allowance_charge"


@dataclass(frozen=True, slots=True)
class TaxBreakdown:
    """One row of the tax summary; ``rate`` in percent."""

    rate: Decimal | None
    taxable_amount: Decimal | None
    tax_amount: Decimal | None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class EarlyPaymentDiscount:
    """What paying early is rewarded with: ``percent`` of the total, within ``days`` of the invoice or until a date."""

    percent: Decimal | None
    days: int | None = None
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """A discount or surcharge on the whole document, its net amount positive; ``rate`` is its tax rate in percent."""

    reason: str | None
    amount: Decimal | None
    rate: Decimal | None = None


class Resolution(StrEnum):
    """What a customer asks for (contract: requested_resolution)."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    STORE_CREDIT = "store_credit"


class ReturnReason(StrEnum):
    """Why goods come back (contract: reason)."""

    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrong_item"
    NOT_AS_DESCRIBED = "not_as_described"
    WRONG_SIZE = "wrong_size"
    NO_LONGER_NEEDED = "no_longer_needed"
    MISSING_PARTS = "missing_parts"
    LATE = "late"
    WITHDRAWAL = "withdrawal"
    GIFT = "gift"
    OTHER = "other"


class ClaimLineType(StrEnum):
    """What a line of a claim asks to be paid for (contract: line_type)."""

    PRODUCT = "product"
    PART = "part"
    LABOUR = "labour"
    TRAVEL = "travel"
    SUBLET = "sublet"


Row = TaxBreakdown | EarlyPaymentDiscount | AllowanceCharge
ROW_TYPES = frozenset({ValueType.TAX_BREAKDOWN, ValueType.EARLY_PAYMENT_DISCOUNT, ValueType.ALLOWANCE_CHARGE})
Value = str | bool | Decimal | date | Row
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
