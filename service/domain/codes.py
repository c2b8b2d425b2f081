"""The exception codes that exist, each with its family, default severity and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """How much an exception stops (contract: Exceptions)."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


class HoldKind(StrEnum):
    """What should wait until the exception is settled."""

    POSTING = "posting"
    PAYMENT = "payment"
    NONE = "none"


class Code(StrEnum):
    """Exception codes (contract)."""

    UNREADABLE_DOCUMENT = "UNREADABLE_DOCUMENT"
    LOW_CONFIDENCE_FIELD = "LOW_CONFIDENCE_FIELD"
    MISSING_MANDATORY_FIELD = "MISSING_MANDATORY_FIELD"
    ARITHMETIC_MISMATCH = "ARITHMETIC_MISMATCH"
    UNKNOWN_DOCUMENT_KIND = "UNKNOWN_DOCUMENT_KIND"
    DUPLICATE_DOCUMENT = "DUPLICATE_DOCUMENT"
    UNKNOWN_VENDOR = "UNKNOWN_VENDOR"
    PO_NOT_FOUND = "PO_NOT_FOUND"
    PO_MISSING = "PO_MISSING"
    PO_NOT_CONFIRMED = "PO_NOT_CONFIRMED"
    PO_VENDOR_MISMATCH = "PO_VENDOR_MISMATCH"
    PRICE_VARIANCE = "PRICE_VARIANCE"
    QUANTITY_OVER_ORDERED = "QUANTITY_OVER_ORDERED"
    GOODS_NOT_RECEIVED = "GOODS_NOT_RECEIVED"
    QUANTITY_OVER_RECEIVED = "QUANTITY_OVER_RECEIVED"
    UNMATCHED_LINE = "UNMATCHED_LINE"
    DUPLICATE_INVOICE = "DUPLICATE_INVOICE"
    TOTAL_VARIANCE = "TOTAL_VARIANCE"
    ODOO_WRITE_REFUSED = "ODOO_WRITE_REFUSED"
    RECORD_CHANGED = "RECORD_CHANGED"


class Family(StrEnum):
    """Which part of the work a code belongs to."""

    DOCUMENT = "document"
    PARTIES = "parties"
    PURCHASE = "purchase"
    DUPLICATES = "duplicates"
    ODOO = "odoo"


@dataclass(frozen=True, slots=True)
class CodeSpec:
    """Defaults of a code. ``title`` is how screens name it; ``owner_role`` who usually settles it."""

    code: Code
    family: Family
    title: str
    suggested_action: str
    severity: Severity = Severity.BLOCKING
    owner_role: str = "reviewer"
    hold: HoldKind = HoldKind.POSTING


_doc, _pur = Family.DOCUMENT, Family.PURCHASE
_SPECS = (
    CodeSpec(Code.UNREADABLE_DOCUMENT, _doc, "Unreadable document", "Ask the sender for a readable copy."),
    CodeSpec(
        Code.LOW_CONFIDENCE_FIELD,
        _doc,
        "Uncertain value",
        "Compare the value with the page and confirm it.",
        Severity.WARNING,
    ),
    CodeSpec(
        Code.MISSING_MANDATORY_FIELD,
        _doc,
        "Missing value",
        "Enter the value from the page, or ask the sender.",
    ),
    CodeSpec(
        Code.ARITHMETIC_MISMATCH,
        _doc,
        "Figures don't add up",
        "Check the figures; ask for a corrected document.",
    ),
    CodeSpec(
        Code.UNKNOWN_DOCUMENT_KIND,
        _doc,
        "Unknown kind",
        "Reject it, or have it read again as what it is.",
    ),
    CodeSpec(
        Code.DUPLICATE_DOCUMENT,
        _doc,
        "Duplicate document",
        "Reject this copy if the first one is being handled.",
    ),
    CodeSpec(
        Code.UNKNOWN_VENDOR,
        Family.PARTIES,
        "Unknown vendor",
        "Create the vendor in Odoo, or correct the seller.",
    ),
    CodeSpec(Code.PO_NOT_FOUND, _pur, "Order not found", "Correct the order number, or ask the vendor for it."),
    CodeSpec(
        Code.PO_MISSING,
        _pur,
        "No purchase order",
        "Ask who ordered this, and approve without an order.",
        Severity.WARNING,
    ),
    CodeSpec(
        Code.PO_NOT_CONFIRMED,
        _pur,
        "Order not confirmed",
        "Confirm the order in Odoo.",
        owner_role="buyer",
    ),
    CodeSpec(Code.PO_VENDOR_MISMATCH, _pur, "Order of another vendor", "Check the order number and the seller."),
    CodeSpec(
        Code.PRICE_VARIANCE,
        _pur,
        "Price differs",
        "Ask the buyer, or claim the difference.",
        owner_role="buyer",
    ),
    CodeSpec(
        Code.QUANTITY_OVER_ORDERED,
        _pur,
        "More billed than ordered",
        "Ask the buyer, or claim a credit.",
        owner_role="buyer",
    ),
    CodeSpec(
        Code.GOODS_NOT_RECEIVED,
        _pur,
        "Goods not received",
        "Ask the warehouse for the receipt.",
        owner_role="warehouse",
    ),
    CodeSpec(
        Code.QUANTITY_OVER_RECEIVED,
        _pur,
        "More billed than received",
        "Ask the warehouse, or claim a credit.",
        owner_role="warehouse",
    ),
    CodeSpec(Code.UNMATCHED_LINE, _pur, "Line not on the order", "Choose the order line, or ask the buyer."),
    CodeSpec(Code.DUPLICATE_INVOICE, Family.DUPLICATES, "Already billed", "Reject it: the bill exists in Odoo."),
    CodeSpec(Code.TOTAL_VARIANCE, _pur, "Total differs", "Find what the difference is for, or ask the vendor."),
    CodeSpec(
        Code.ODOO_WRITE_REFUSED,
        Family.ODOO,
        "Odoo refused",
        "Read Odoo's answer, mend the cause, approve again.",
    ),
    CodeSpec(Code.RECORD_CHANGED, Family.ODOO, "Record changed", "Look at the new figures and decide again."),
)

CODES: Mapping[Code, CodeSpec] = MappingProxyType({spec.code: spec for spec in _SPECS})
