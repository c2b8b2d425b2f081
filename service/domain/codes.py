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
    NOT_PAYABLE_DOCUMENT = "NOT_PAYABLE_DOCUMENT"
    EINVOICE_MISMATCH = "EINVOICE_MISMATCH"
    EINVOICE_INVALID = "EINVOICE_INVALID"
    DUPLICATE_DOCUMENT = "DUPLICATE_DOCUMENT"
    UNKNOWN_VENDOR = "UNKNOWN_VENDOR"
    AMBIGUOUS_VENDOR = "AMBIGUOUS_VENDOR"
    VENDOR_BLOCKED = "VENDOR_BLOCKED"
    VAT_ID_MISMATCH = "VAT_ID_MISMATCH"
    BANK_ACCOUNT_MISMATCH = "BANK_ACCOUNT_MISMATCH"
    PO_NOT_FOUND = "PO_NOT_FOUND"
    PO_MISSING = "PO_MISSING"
    PO_NOT_CONFIRMED = "PO_NOT_CONFIRMED"
    PO_CLOSED = "PO_CLOSED"
    PO_VENDOR_MISMATCH = "PO_VENDOR_MISMATCH"
    CURRENCY_MISMATCH = "CURRENCY_MISMATCH"
    PRICE_VARIANCE = "PRICE_VARIANCE"
    QUANTITY_OVER_ORDERED = "QUANTITY_OVER_ORDERED"
    GOODS_NOT_RECEIVED = "GOODS_NOT_RECEIVED"
    QUANTITY_OVER_RECEIVED = "QUANTITY_OVER_RECEIVED"
    UNMATCHED_LINE = "UNMATCHED_LINE"
    DUPLICATE_INVOICE = "DUPLICATE_INVOICE"
    POSSIBLE_DUPLICATE_INVOICE = "POSSIBLE_DUPLICATE_INVOICE"
    TOTAL_VARIANCE = "TOTAL_VARIANCE"
    ALREADY_PAID = "ALREADY_PAID"
    PAYMENT_AMOUNT_MISMATCH = "PAYMENT_AMOUNT_MISMATCH"
    PAYMENT_MISSING = "PAYMENT_MISSING"
    DUPLICATE_PAYMENT = "DUPLICATE_PAYMENT"
    UNALLOCATED_PAYMENT = "UNALLOCATED_PAYMENT"
    PAYMENT_WITHOUT_DOCUMENT = "PAYMENT_WITHOUT_DOCUMENT"
    SALE_ORDER_NOT_FOUND = "SALE_ORDER_NOT_FOUND"
    UNKNOWN_CUSTOMER = "UNKNOWN_CUSTOMER"
    AMBIGUOUS_CUSTOMER = "AMBIGUOUS_CUSTOMER"
    CUSTOMER_MISMATCH = "CUSTOMER_MISMATCH"
    PRODUCT_NOT_ON_ORDER = "PRODUCT_NOT_ON_ORDER"
    QUANTITY_OVER_DELIVERED = "QUANTITY_OVER_DELIVERED"
    OUTSIDE_RETURN_WINDOW = "OUTSIDE_RETURN_WINDOW"
    ALREADY_RETURNED = "ALREADY_RETURNED"
    ALREADY_REFUNDED = "ALREADY_REFUNDED"
    REFUND_AMOUNT_MISMATCH = "REFUND_AMOUNT_MISMATCH"
    SERIAL_UNKNOWN = "SERIAL_UNKNOWN"
    SERIAL_NOT_SOLD_TO_CUSTOMER = "SERIAL_NOT_SOLD_TO_CUSTOMER"
    OUT_OF_WARRANTY = "OUT_OF_WARRANTY"
    PROOF_OF_PURCHASE_MISSING = "PROOF_OF_PURCHASE_MISSING"
    DUPLICATE_CLAIM = "DUPLICATE_CLAIM"
    ODOO_WRITE_REFUSED = "ODOO_WRITE_REFUSED"
    RECORD_CHANGED = "RECORD_CHANGED"


class Family(StrEnum):
    """Which part of the work a code belongs to."""

    DOCUMENT = "document"
    PARTIES = "parties"
    PURCHASE = "purchase"
    DUPLICATES = "duplicates"
    PAYMENTS = "payments"
    RETURNS = "returns"
    WARRANTY = "warranty"
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


_doc, _who, _pur, _dup = Family.DOCUMENT, Family.PARTIES, Family.PURCHASE, Family.DUPLICATES
_pay, _ret, _war = Family.PAYMENTS, Family.RETURNS, Family.WARRANTY
_warn, _money = Severity.WARNING, HoldKind.PAYMENT
_SPECS = (
    CodeSpec(Code.UNREADABLE_DOCUMENT, _doc, "Unreadable document", "Ask the sender for a readable copy."),
    CodeSpec(
        Code.LOW_CONFIDENCE_FIELD,
        _doc,
        "Uncertain value",
        "Compare the value with the page and confirm it.",
        _warn,
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
        Code.NOT_PAYABLE_DOCUMENT,
        _doc,
        "Not to be paid",
        "File or reject it; have it read again if it is an invoice to be paid.",
        hold=_money,
    ),
    CodeSpec(
        Code.EINVOICE_MISMATCH,
        _doc,
        "XML and page differ",
        "Ask the sender which is right, or correct the value.",
    ),
    CodeSpec(
        Code.EINVOICE_INVALID,
        _doc,
        "E-invoice breaks a rule",
        "Compare the figures; ask the sender for a valid e-invoice.",
        _warn,
    ),
    CodeSpec(
        Code.DUPLICATE_DOCUMENT,
        _doc,
        "Duplicate document",
        "Reject this copy if the first one is being handled.",
    ),
    CodeSpec(
        Code.UNKNOWN_VENDOR,
        _who,
        "Unknown vendor",
        "Create the vendor in Odoo, or correct the seller.",
    ),
    CodeSpec(Code.AMBIGUOUS_VENDOR, _who, "Several vendors fit", "Merge the vendors in Odoo, or correct the seller."),
    CodeSpec(Code.VENDOR_BLOCKED, _who, "Vendor is archived", "Ask why, and restore the vendor in Odoo or reject."),
    CodeSpec(
        Code.VAT_ID_MISMATCH,
        _who,
        "Another VAT id",
        "Ask the vendor by a known way, then correct Odoo or the document.",
    ),
    CodeSpec(
        Code.BANK_ACCOUNT_MISMATCH,
        _who,
        "Another bank account",
        "Call the vendor on a known number before anything is paid; it may be fraud.",
        hold=_money,
    ),
    CodeSpec(Code.PO_NOT_FOUND, _pur, "Order not found", "Correct the order number, or ask the vendor for it."),
    CodeSpec(
        Code.PO_MISSING,
        _pur,
        "No purchase order",
        "Ask who ordered this, and approve without an order.",
        _warn,
    ),
    CodeSpec(
        Code.PO_NOT_CONFIRMED,
        _pur,
        "Order not confirmed",
        "Confirm the order in Odoo.",
        owner_role="buyer",
    ),
    CodeSpec(
        Code.PO_CLOSED,
        _pur,
        "Order is closed",
        "Ask the buyer whether more was ordered.",
        owner_role="buyer",
    ),
    CodeSpec(Code.PO_VENDOR_MISMATCH, _pur, "Order of another vendor", "Check the order number and the seller."),
    CodeSpec(
        Code.CURRENCY_MISMATCH,
        _pur,
        "Another currency",
        "Check the currency; ask the buyer what was agreed.",
        owner_role="buyer",
    ),
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
    CodeSpec(Code.DUPLICATE_INVOICE, _dup, "Already billed", "Reject it: the bill exists in Odoo."),
    CodeSpec(
        Code.POSSIBLE_DUPLICATE_INVOICE,
        _dup,
        "Perhaps billed already",
        "Compare it with the bill in Odoo.",
        _warn,
    ),
    CodeSpec(Code.TOTAL_VARIANCE, _pur, "Total differs", "Find what the difference is for, or ask the vendor."),
    CodeSpec(Code.ALREADY_PAID, _pay, "Already paid", "Allocate the payment; don't pay again.", hold=_money),
    CodeSpec(
        Code.PAYMENT_AMOUNT_MISMATCH,
        _pay,
        "Another amount was paid",
        "Find what the difference is for; pay, claim or write off the rest.",
        _warn,
        hold=_money,
    ),
    CodeSpec(
        Code.PAYMENT_MISSING, _pay, "Overdue and unpaid", "Pay it, or ask for the money.", _warn, hold=HoldKind.NONE
    ),
    CodeSpec(
        Code.DUPLICATE_PAYMENT, _pay, "Paid twice", "Ask for the second payment back, or set it off.", hold=_money
    ),
    CodeSpec(
        Code.UNALLOCATED_PAYMENT,
        _pay,
        "Payment without bill",
        "Allocate it in Odoo, or ask what it was for.",
        _warn,
        hold=HoldKind.NONE,
    ),
    CodeSpec(
        Code.PAYMENT_WITHOUT_DOCUMENT,
        _pay,
        "Bank line without document",
        "Ask for the document, or book the line.",
        _warn,
        hold=HoldKind.NONE,
    ),
    CodeSpec(
        Code.SALE_ORDER_NOT_FOUND,
        _ret,
        "Sale not found",
        "Correct the order or invoice number, or ask the customer.",
    ),
    CodeSpec(Code.UNKNOWN_CUSTOMER, _who, "Unknown customer", "Correct the customer, or find the sale by its goods."),
    CodeSpec(
        Code.AMBIGUOUS_CUSTOMER,
        _who,
        "Several customers fit",
        "Merge the customers in Odoo, or correct the customer.",
    ),
    CodeSpec(
        Code.CUSTOMER_MISMATCH,
        _ret,
        "Sale to another customer",
        "Check the order number and the customer.",
    ),
    CodeSpec(Code.PRODUCT_NOT_ON_ORDER, _ret, "Product wasn't sold", "Find the sale that has it, or refuse the line."),
    CodeSpec(
        Code.QUANTITY_OVER_DELIVERED,
        _ret,
        "More returned than delivered",
        "Correct the quantity, or ask the customer.",
    ),
    CodeSpec(
        Code.OUTSIDE_RETURN_WINDOW,
        _ret,
        "Return is late",
        "Refuse the return, or approve it as goodwill.",
        _warn,
    ),
    CodeSpec(Code.ALREADY_RETURNED, _ret, "Already returned", "Reject it: the goods came back before."),
    CodeSpec(
        Code.ALREADY_REFUNDED,
        _ret,
        "Already refunded",
        "Reject it: the money was paid back before.",
        hold=_money,
    ),
    CodeSpec(
        Code.REFUND_AMOUNT_MISMATCH,
        _ret,
        "Another refund is due",
        "Correct the amount to what was paid, or ask the customer.",
        hold=_money,
    ),
    CodeSpec(Code.SERIAL_UNKNOWN, _war, "Unknown serial number", "Compare it with the page and the type plate."),
    CodeSpec(
        Code.SERIAL_NOT_SOLD_TO_CUSTOMER,
        _war,
        "Serial sold to another",
        "Ask the customer where it was bought.",
    ),
    CodeSpec(Code.OUT_OF_WARRANTY, _war, "Out of warranty", "Offer a paid repair, or approve it as goodwill."),
    CodeSpec(
        Code.PROOF_OF_PURCHASE_MISSING,
        _war,
        "No proof of purchase",
        "Ask the customer for the invoice.",
        _warn,
    ),
    CodeSpec(Code.DUPLICATE_CLAIM, _war, "Claimed already", "Answer in the repair that is under way."),
    CodeSpec(
        Code.ODOO_WRITE_REFUSED,
        Family.ODOO,
        "Odoo refused",
        "Read Odoo's answer, mend the cause, approve again.",
    ),
    CodeSpec(Code.RECORD_CHANGED, Family.ODOO, "Record changed", "Look at the new figures and decide again."),
)

CODES: Mapping[Code, CodeSpec] = MappingProxyType({spec.code: spec for spec in _SPECS})
