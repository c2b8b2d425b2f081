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


_ALL_BUT_DOCUMENT = frozenset(code for code, spec in CODES.items() if spec.family is not Family.DOCUMENT)
_RECEIPTS = frozenset({Code.GOODS_NOT_RECEIVED, Code.QUANTITY_OVER_RECEIVED})

PRECEDENCE = (
    # The first copy is, or was, handled: nothing about this one matters but how it reads.
    Precedence(Code.DUPLICATE_DOCUMENT, _ALL_BUT_DOCUMENT, Reach.DOCUMENT),
    # What was billed already is of course billed twice now.
    Precedence(
        Code.DUPLICATE_INVOICE, frozenset({Code.QUANTITY_OVER_ORDERED, Code.QUANTITY_OVER_RECEIVED}), Reach.DOCUMENT
    ),
    # Without a seller on the paper nobody can be found in the books.
    Precedence(
        Code.MISSING_MANDATORY_FIELD, frozenset({Code.UNKNOWN_VENDOR}), Reach.DOCUMENT, unless=_not_about_the_seller
    ),
    # Orders are looked for among the vendor's.
    Precedence(Code.UNKNOWN_VENDOR, frozenset({Code.PO_MISSING, Code.PO_VENDOR_MISMATCH}), Reach.DOCUMENT),
    # Lines that belong to the order which wasn't found can't be on the others.
    Precedence(
        Code.PO_NOT_FOUND, frozenset({Code.PO_MISSING, Code.UNMATCHED_LINE, Code.TOTAL_VARIANCE}), Reach.DOCUMENT
    ),
    # A wrong order number: of course its lines and total are others.
    Precedence(Code.PO_VENDOR_MISMATCH, frozenset({Code.UNMATCHED_LINE, Code.TOTAL_VARIANCE}), Reach.ORDER),
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
    if reach is Reach.LINE:
        return cause.line is not None and cause.line == other.line
    model = RecordKind.PURCHASE_ORDER if reach is Reach.ORDER else "purchase.order.line"
    shared = set(cause.odoo_refs) & set(other.odoo_refs)
    return any(ref.model == model for ref in shared)
