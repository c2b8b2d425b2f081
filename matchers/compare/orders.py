"""How much speaks for each purchase order: the reference, else vendor, lines, amounts and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matchers.block import order_references
from matchers.compare.goods import net_price
from matchers.explain import amount_text, prior
from matchers.index import RecordIndex
from service.domain.extraction import Extraction
from service.domain.keys import reference_key, references_within
from service.domain.matching import Evidence
from service.domain.money import Tolerance
from service.domain.records import OrderLine, PurchaseOrder

CHOSEN_SCORE = 0.8
CONFIRMED = frozenset({"purchase", "done"})
CANCELLED = "cancel"
_PRIOR = -3.0
_REFERENCED = 8.0
_SAME_VENDOR, _OTHER_VENDOR = 2.0, -5.0
_COVERAGE = ((0.99, 3.0), (0.5, 1.0), (0.01, -1.0), (0.0, -3.0))
_TOTAL_EQUAL, _TOTAL_ABOVE = 2.0, -1.0
_CANCELLED, _UNCONFIRMED = -3.0, -0.5
_OPEN, _FULLY_BILLED = 0.5, -2.0
_DATE_FITS, _DATE_LATER, _DATE_LONG_AGO = 0.5, -2.0, -1.0
_OTHER_CURRENCY = -12.0  # figures that can't be compared keep an order out of the automatic band
_RIVAL = -3.0
_LONG_AGO_DAYS = 548
_ABOVE = Decimal("1.1")


@dataclass(frozen=True, slots=True)
class Reference:
    """An order reference as printed, and the orders that bear it as their number or as the vendor's."""

    text: str
    orders: tuple[PurchaseOrder, ...]


@dataclass(frozen=True, slots=True)
class Billing:
    """What of the document an order is compared with: ``net_amount`` of the lines that are looked for."""

    issued_on: date | None
    currency: str | None
    net_amount: Decimal | None
    is_credit: bool
    total_tolerance: Tolerance


def order_keys(order: PurchaseOrder) -> frozenset[str]:
    """The order's own number and the vendor's, normalised."""
    return frozenset(reference_key(text) for text in (order.ref.name, order.vendor_reference) if text) - {""}


def references(extraction: Extraction, index: RecordIndex) -> tuple[Reference, ...]:
    """Every order reference of the document with the orders that it names; the whole text counts before its parts."""
    by_key: dict[str, list[PurchaseOrder]] = {}
    for order in index.records.orders:
        for key in order_keys(order):
            by_key.setdefault(key, []).append(order)
    return tuple(_reference(text, by_key) for text in order_references(extraction))


def _reference(text: str, by_key: dict[str, list[PurchaseOrder]]) -> Reference:
    whole, *parts = references_within(text)
    if whole in by_key:
        return Reference(text, tuple(by_key[whole]))
    within = {order.ref: order for key in parts for order in by_key.get(key, ())}
    return Reference(text, tuple(within.values()))


def open_amount(order: PurchaseOrder, index: RecordIndex) -> Decimal:
    """Net amount that is ordered and not billed yet."""
    return sum((_open(line) * net_price(line, index) for line in order.lines), Decimal(0))


def received_amount(order: PurchaseOrder, index: RecordIndex) -> Decimal:
    """Net amount that is received and not billed yet."""
    lines = ((max(Decimal(0), line.received - line.invoiced), line) for line in order.lines)
    return sum((quantity * net_price(line, index) for quantity, line in lines), Decimal(0))


def _open(line: OrderLine) -> Decimal:
    return max(Decimal(0), line.quantity - line.invoiced)


def order_evidence(
    order: PurchaseOrder,
    bill: Billing,
    index: RecordIndex,
    *,
    reference: str | None,
    vendor_id: int | None,
    coverage: float | None,
) -> tuple[Evidence, ...]:
    """What speaks for and against one order. ``vendor_id`` is the chosen vendor's, ``coverage`` the share 0..1 of
    the lines that have a counterpart on it, None where the document has no lines.
    """
    found = (
        None if reference is None else Evidence("order_reference", reference, _numbers(order), _REFERENCED),
        _vendor(order, vendor_id, index),
        _coverage(coverage),
        _total(order, bill, index),
        _state(order),
        _openness(order, bill),
        _age(order, bill),
        _currency(order, bill),
    )
    return (prior(_PRIOR), *(entry for entry in found if entry is not None))


def rival_evidence(rival: PurchaseOrder) -> Evidence:
    """That another order fits as well, so that nobody can be sure."""
    return Evidence("rival", None, rival.ref.name, _RIVAL)


def _numbers(order: PurchaseOrder) -> str:
    return ", ".join(text for text in (order.ref.name, order.vendor_reference) if text)


def _vendor(order: PurchaseOrder, vendor_id: int | None, index: RecordIndex) -> Evidence | None:
    if vendor_id is None:
        return None
    partner = index.partners.get(order.partner_id)
    same = index.head_id(order.partner_id) == vendor_id
    vendor = index.partners[vendor_id].ref.name
    return Evidence("vendor", vendor, partner.ref.name if partner else None, _SAME_VENDOR if same else _OTHER_VENDOR)


def _coverage(coverage: float | None) -> Evidence | None:
    if coverage is None:
        return None
    weight = next(weight for level, weight in _COVERAGE if coverage >= level)
    return Evidence("lines", f"{coverage:.0%} found on the order", None, weight)


def _total(order: PurchaseOrder, bill: Billing, index: RecordIndex) -> Evidence | None:
    if not bill.net_amount or bill.currency not in (None, order.currency):
        return None
    printed = amount_text(bill.net_amount)
    for expected in (order.net_amount, open_amount(order, index), received_amount(order, index)):
        if bill.total_tolerance.allows(bill.net_amount, expected):
            return Evidence("net_total", printed, amount_text(expected), _TOTAL_EQUAL)
    weight = _TOTAL_ABOVE if bill.net_amount > order.net_amount * _ABOVE else 0.0
    return Evidence("net_total", printed, amount_text(order.net_amount), weight)


def _state(order: PurchaseOrder) -> Evidence | None:
    if order.state in CONFIRMED:
        return None
    return Evidence("state", None, order.state, _CANCELLED if order.state == "cancel" else _UNCONFIRMED)


def _openness(order: PurchaseOrder, bill: Billing) -> Evidence | None:
    if bill.is_credit or not order.lines:
        return None
    is_open = any(_open(line) for line in order.lines)
    return Evidence("open_quantity", None, "open" if is_open else "fully billed", _OPEN if is_open else _FULLY_BILLED)


def _age(order: PurchaseOrder, bill: Billing) -> Evidence | None:
    if bill.issued_on is None or order.ordered_on is None:
        return None
    days = (bill.issued_on - order.ordered_on).days
    weight = _DATE_LATER if days < 0 else _DATE_LONG_AGO if days > _LONG_AGO_DAYS else _DATE_FITS
    return Evidence("date", bill.issued_on.isoformat(), order.ordered_on.isoformat(), weight)


def _currency(order: PurchaseOrder, bill: Billing) -> Evidence | None:
    if bill.currency in (None, order.currency):
        return None
    return Evidence("currency", bill.currency, order.currency, _OTHER_CURRENCY)
