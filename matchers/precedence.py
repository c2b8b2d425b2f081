"""One cause, one exception: the table of which finding makes which other one a mere consequence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from matchers.case import Linkage
from service.domain.codes import CODES, Code, Family
from service.domain.discrepancies import Discrepancy
from service.domain.records import RecordKind


class Reach(Enum):
    """How far a finding suppresses others."""

    DOCUMENT = auto()  # anywhere in the document
    LINE = auto()  # on the same document line
    FIELD = auto()  # of the same value of the document's head
    ORDER = auto()  # about the same purchase order
    ORDER_LINE = auto()  # about the same line of a purchase order


Unless = Callable[[Discrepancy, Discrepancy, Linkage], bool]


@dataclass(frozen=True, slots=True)
class Precedence:
    """``cause`` suppresses ``consequences`` within its reach, unless told otherwise for a pair (cause, other)."""

    cause: Code
    consequences: frozenset[Code]
    reach: Reach
    unless: Unless = lambda _cause, _other, _linkage: False


def _not_about_the_seller(cause: Discrepancy, other: Discrepancy, _: Linkage) -> bool:
    """Another missing field, or a seller who is told by something else than a name."""
    return cause.field != "seller_name" or other.actual is not None


def _less_received_than_ordered(_: Discrepancy, other: Discrepancy, linkage: Linkage) -> bool:
    lines = {pair.order_line.ref: pair.order_line for pair in linkage.pairs}
    about = (lines[ref] for ref in other.odoo_refs if ref in lines)
    return any(line.received < line.quantity for line in about)


def _not_about_the_customer(cause: Discrepancy, other: Discrepancy, _: Linkage) -> bool:
    """As for the seller."""
    return cause.field != "customer_name" or other.actual is not None


def _names_a_sale(_: Discrepancy, other: Discrepancy, __: Linkage) -> bool:
    """A number that isn't in Odoo is wrong whoever the customer is."""
    return other.actual is not None


def _is_somebodys(_: Discrepancy, other: Discrepancy, __: Linkage) -> bool:
    """A serial that another customer has is a question of its own."""
    return other.expected is not None


_ALL_BUT_DOCUMENT = frozenset(code for code, spec in CODES.items() if spec.family is not Family.DOCUMENT)
_QUANTITIES = frozenset({Code.QUANTITY_OVER_ORDERED, Code.QUANTITY_OVER_RECEIVED})
_OF_THE_SALE = frozenset(
    {
        Code.PRODUCT_NOT_ON_ORDER,
        Code.QUANTITY_OVER_DELIVERED,
        Code.OUTSIDE_RETURN_WINDOW,
        Code.ALREADY_RETURNED,
        Code.ALREADY_REFUNDED,
        Code.REFUND_AMOUNT_MISMATCH,
        Code.SERIAL_NOT_SOLD_TO_CUSTOMER,
        Code.OUT_OF_WARRANTY,
        Code.PROOF_OF_PURCHASE_MISSING,
    }
)
_VENDORS_OWN = frozenset({Code.VAT_ID_MISMATCH, Code.BANK_ACCOUNT_MISMATCH})
_TOTALS = frozenset({"net_total", "tax_total", "grand_total", "amount_due"})
_RECEIPTS = frozenset({Code.GOODS_NOT_RECEIVED, Code.QUANTITY_OVER_RECEIVED})

PRECEDENCE = (
    # The first copy is, or was, handled: nothing about this one matters but how it reads.
    Precedence(Code.DUPLICATE_DOCUMENT, _ALL_BUT_DOCUMENT, Reach.DOCUMENT),
    # What was billed already is of course billed twice now.
    Precedence(
        Code.DUPLICATE_INVOICE,
        frozenset(
            {
                Code.PO_CLOSED,
                Code.QUANTITY_OVER_ORDERED,
                Code.QUANTITY_OVER_RECEIVED,
                Code.POSSIBLE_DUPLICATE_INVOICE,
                # Money for the bill that exists is not about this copy of it; the finding says that it's paid.
                Code.ALREADY_PAID,
                Code.PAYMENT_AMOUNT_MISMATCH,
            }
        ),
        Reach.DOCUMENT,
    ),
    # Totals that don't add up are read with little confidence for that very reason.
    Precedence(
        Code.ARITHMETIC_MISMATCH,
        frozenset({Code.LOW_CONFIDENCE_FIELD}),
        Reach.DOCUMENT,
        unless=lambda cause, other, _linkage: other.line is not None or not {cause.field, other.field} <= _TOTALS,
    ),
    # The sums that its own rules break are the document's.
    Precedence(Code.ARITHMETIC_MISMATCH, frozenset({Code.EINVOICE_INVALID}), Reach.FIELD),
    # The payment in the books is what the paper's "paid" speaks of.
    Precedence(Code.ALREADY_PAID, frozenset({Code.NOT_PAYABLE_DOCUMENT}), Reach.DOCUMENT),
    # Without a seller on the paper nobody can be found in the books.
    Precedence(
        Code.MISSING_MANDATORY_FIELD, frozenset({Code.UNKNOWN_VENDOR}), Reach.DOCUMENT, unless=_not_about_the_seller
    ),
    Precedence(
        Code.MISSING_MANDATORY_FIELD,
        frozenset({Code.UNKNOWN_CUSTOMER}),
        Reach.DOCUMENT,
        unless=_not_about_the_customer,
    ),
    # What isn't known to be theirs can't differ from theirs.
    Precedence(Code.UNKNOWN_VENDOR, _VENDORS_OWN, Reach.DOCUMENT),
    Precedence(Code.AMBIGUOUS_VENDOR, _VENDORS_OWN, Reach.DOCUMENT),
    # Whoever compares the account with the vendor's looks at the value too.
    Precedence(Code.BANK_ACCOUNT_MISMATCH, frozenset({Code.LOW_CONFIDENCE_FIELD}), Reach.FIELD),
    # Orders are looked for among the vendor's.
    Precedence(Code.UNKNOWN_VENDOR, frozenset({Code.PO_MISSING, Code.PO_VENDOR_MISMATCH}), Reach.DOCUMENT),
    # Lines that belong to the order which wasn't found can't be on the others.
    Precedence(
        Code.PO_NOT_FOUND, frozenset({Code.PO_MISSING, Code.UNMATCHED_LINE, Code.TOTAL_VARIANCE}), Reach.DOCUMENT
    ),
    # A wrong order number: of course its lines and total are others.
    Precedence(
        Code.PO_VENDOR_MISMATCH,
        frozenset({Code.UNMATCHED_LINE, Code.TOTAL_VARIANCE, Code.PO_CLOSED, Code.PO_NOT_CONFIRMED, *_QUANTITIES}),
        Reach.ORDER,
    ),
    # Figures in two currencies can't be compared.
    Precedence(Code.CURRENCY_MISMATCH, frozenset({Code.PRICE_VARIANCE, Code.TOTAL_VARIANCE}), Reach.DOCUMENT),
    # Nothing more fits on an order that is full, and a cancelled one gets no goods.
    Precedence(Code.PO_CLOSED, frozenset({Code.GOODS_NOT_RECEIVED, *_QUANTITIES}), Reach.ORDER),
    # Odoo makes no receipt before an order is confirmed.
    Precedence(Code.PO_NOT_CONFIRMED, _RECEIPTS, Reach.ORDER),
    Precedence(Code.GOODS_NOT_RECEIVED, frozenset({Code.QUANTITY_OVER_RECEIVED}), Reach.ORDER_LINE),
    Precedence(
        Code.QUANTITY_OVER_ORDERED,
        frozenset({Code.QUANTITY_OVER_RECEIVED}),
        Reach.ORDER_LINE,
        unless=_less_received_than_ordered,
    ),
    # Figures that contradict each other can't be held against the order's.
    Precedence(Code.ARITHMETIC_MISMATCH, frozenset({Code.PRICE_VARIANCE}), Reach.LINE),
    Precedence(Code.ARITHMETIC_MISMATCH, frozenset({Code.TOTAL_VARIANCE}), Reach.DOCUMENT),
    # Sales are looked for among the customer's, and a serial's owner is compared with them.
    Precedence(
        Code.UNKNOWN_CUSTOMER,
        frozenset({Code.SALE_ORDER_NOT_FOUND, Code.PROOF_OF_PURCHASE_MISSING}),
        Reach.DOCUMENT,
        unless=_names_a_sale,
    ),
    # Of two customers who fit, the sale may be the other one's.
    Precedence(
        Code.AMBIGUOUS_CUSTOMER,
        frozenset({Code.CUSTOMER_MISMATCH, Code.SERIAL_NOT_SOLD_TO_CUSTOMER, Code.PROOF_OF_PURCHASE_MISSING}),
        Reach.DOCUMENT,
    ),
    # The sale that wasn't found is the one with these goods on it, and the one that handed the serial over.
    Precedence(
        Code.SALE_ORDER_NOT_FOUND,
        frozenset({Code.PRODUCT_NOT_ON_ORDER, Code.PROOF_OF_PURCHASE_MISSING}),
        Reach.DOCUMENT,
    ),
    Precedence(
        Code.SALE_ORDER_NOT_FOUND,
        frozenset({Code.SERIAL_NOT_SOLD_TO_CUSTOMER}),
        Reach.DOCUMENT,
        unless=_is_somebodys,
    ),
    # A wrong order number: of course its goods, days and amounts are others. A serial sold on it follows too.
    Precedence(Code.CUSTOMER_MISMATCH, _OF_THE_SALE, Reach.DOCUMENT),
    # A serial that nobody knows proves nothing, and leads to no sale.
    Precedence(Code.SERIAL_UNKNOWN, frozenset({Code.PROOF_OF_PURCHASE_MISSING}), Reach.DOCUMENT),
    Precedence(Code.SERIAL_NOT_SOLD_TO_CUSTOMER, frozenset({Code.PROOF_OF_PURCHASE_MISSING}), Reach.DOCUMENT),
    # Goods of another serial than the sale's: neither when it came nor what is left tells anything.
    Precedence(Code.SERIAL_NOT_SOLD_TO_CUSTOMER, frozenset({Code.OUT_OF_WARRANTY}), Reach.LINE),
    # What came back before can't come back again.
    Precedence(Code.ALREADY_RETURNED, frozenset({Code.QUANTITY_OVER_DELIVERED}), Reach.LINE),
    # Money is paid back for goods that came back: with both, nothing is left to do.
    Precedence(Code.ALREADY_REFUNDED, frozenset({Code.ALREADY_RETURNED, Code.QUANTITY_OVER_DELIVERED}), Reach.LINE),
)


def settle(found: tuple[Discrepancy, ...], linkage: Linkage) -> tuple[Discrepancy, ...]:
    """``found`` without what another finding explains."""
    return tuple(other for other in found if not any(_explains(cause, other, linkage) for cause in found))


def _explains(cause: Discrepancy, other: Discrepancy, linkage: Linkage) -> bool:
    return any(
        entry.cause is cause.code
        and other.code in entry.consequences
        and _reaches(entry.reach, cause, other)
        and not entry.unless(cause, other, linkage)
        for entry in PRECEDENCE
    )


def _reaches(reach: Reach, cause: Discrepancy, other: Discrepancy) -> bool:
    if reach is Reach.DOCUMENT:
        return True
    if reach is Reach.FIELD:
        return other.line is None and cause.field is not None and cause.field == other.field
    if reach is Reach.LINE:
        return cause.line is not None and cause.line == other.line
    model = RecordKind.PURCHASE_ORDER if reach is Reach.ORDER else "purchase.order.line"
    shared = set(cause.odoo_refs) & set(other.odoo_refs)
    return any(ref.model == model for ref in shared)
