"""How much speaks for each sale order: the number that the customer names, else who bought what and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matchers.block import sale_references
from matchers.explain import prior
from matchers.index import RecordIndex
from matchers.sold import Sold
from service.domain.extraction import Extraction
from service.domain.keys import reference_key, references_within
from service.domain.matching import Evidence
from service.domain.records import Bill, Partner, SaleOrder

CHOSEN_SCORE = 0.8
CONFIRMED = frozenset({"sale", "done"})
_PRIOR = -3.0
_REFERENCED, _BY_SERIAL = 8.0, 5.0
_SAME_CUSTOMER, _OTHER_CUSTOMER = 2.0, -5.0
_COVERAGE = ((0.99, 3.0), (0.5, 1.0), (0.01, -1.0), (0.0, -3.0))
_CANCELLED, _UNCONFIRMED = -4.0, -2.0
_DELIVERED, _NOT_DELIVERED = 0.5, -1.0
_SAME_DAYS, _NEAR_DAYS = 3, 14
_SAME_DAY, _NEAR_DAY, _OTHER_DAY, _LATER = 2.0, 1.0, -1.0, -3.0


@dataclass(frozen=True, slots=True)
class SaleReference:
    """A number as the customer printed it, and the orders that it leads to, by their own number or an invoice's."""

    text: str
    orders: tuple[SaleOrder, ...]
    invoices: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What of the document an order is compared with. ``serial_orders`` has the orders on which the named serials
    were delivered, by id.
    """

    customer: Partner | None
    asked_on: date | None
    bought_on: date | None
    serial_orders: dict[int, str]
    sold: Sold
    index: RecordIndex


def found_references(extraction: Extraction, index: RecordIndex, sold: Sold) -> tuple[SaleReference, ...]:
    """Every number that the document names with what it leads to; the whole text counts before its parts."""
    orders = {key: order for order in sold.orders.values() for key in _order_keys(order)}
    bills = [bill for bill in index.records.bills if bill.is_sale and bill.state != "cancel"]
    invoices = {key: bill for bill in bills for key in _invoice_keys(bill)}
    return tuple(_reference(text, orders, invoices, sold) for text in sale_references(extraction))


def _order_keys(order: SaleOrder) -> frozenset[str]:
    return frozenset(reference_key(text) for text in (order.ref.name, order.customer_reference) if text) - {""}


def _invoice_keys(bill: Bill) -> frozenset[str]:
    printed = (bill.ref.name, bill.payment_reference, bill.vendor_reference)
    return frozenset(reference_key(text) for text in printed if text) - {""}


def _reference(text: str, orders: dict[str, SaleOrder], invoices: dict[str, Bill], sold: Sold) -> SaleReference:
    whole, *parts = references_within(text)
    for keys in ((whole,), parts):
        named = [orders[key] for key in keys if key in orders]
        billed = [invoices[key] for key in keys if key in invoices]
        found = {order.ref: order for order in (*named, *(o for bill in billed for o in orders_of(bill, sold)))}
        if found or billed:
            return SaleReference(text, tuple(found.values()), tuple(billed))
    return SaleReference(text, (), ())


def orders_of(bill: Bill, sold: Sold) -> tuple[SaleOrder, ...]:
    """The sale orders that an invoice or credit note charges, by its lines, else by its origin."""
    by_line = (sold.order_of_line.get(line_id) for line in bill.lines for line_id in line.sale_line_ids)
    found = {order.ref: order for order in by_line if order is not None}
    origins = {reference_key(text) for text in (bill.origin or "").split(",")}
    by_origin = {order.ref: order for order in sold.orders.values() if reference_key(order.ref.name) in origins}
    return tuple((found or by_origin).values())


def sale_evidence(
    order: SaleOrder, enquiry: Enquiry, *, reference: str | None, coverage: float | None
) -> tuple[Evidence, ...]:
    """What speaks for and against one order. ``coverage`` is the share 0..1 of the items that have a counterpart on
    it, None where the form has none.
    """
    serial = enquiry.serial_orders.get(order.ref.id)
    found = (
        None if reference is None else Evidence("sale_order_reference", reference, _numbers(order), _REFERENCED),
        None if serial is None else Evidence("serial_number", serial, order.ref.name, _BY_SERIAL),
        _customer(order, enquiry),
        _coverage(coverage),
        *_state(order, enquiry.sold),
        _days(order, enquiry),
    )
    return (prior(_PRIOR), *(entry for entry in found if entry is not None))


def _numbers(order: SaleOrder) -> str:
    return ", ".join(text for text in (order.ref.name, order.customer_reference) if text)


def _customer(order: SaleOrder, enquiry: Enquiry) -> Evidence | None:
    if enquiry.customer is None:
        return None
    partner = enquiry.index.partners.get(order.partner_id)
    same = enquiry.index.head_id(order.partner_id) == enquiry.customer.ref.id
    shown = partner.ref.name if partner else None
    return Evidence("customer", enquiry.customer.ref.name, shown, _SAME_CUSTOMER if same else _OTHER_CUSTOMER)


def _coverage(coverage: float | None) -> Evidence | None:
    if coverage is None:
        return None
    weight = next(weight for level, weight in _COVERAGE if coverage >= level)
    return Evidence("lines", f"{coverage:.0%} found on the order", None, weight)


def _state(order: SaleOrder, sold: Sold) -> Iterator[Evidence]:
    if order.state not in CONFIRMED:
        yield Evidence("state", None, order.state, _CANCELLED if order.state == "cancel" else _UNCONFIRMED)
        return
    is_delivered = any(sold.delivered_quantity(line) for line in order.lines)
    shown = "delivered" if is_delivered else "not delivered"
    yield Evidence("delivery", None, shown, _DELIVERED if is_delivered else _NOT_DELIVERED)


def _days(order: SaleOrder, enquiry: Enquiry) -> Evidence | None:
    """The purchase date is compared where the form has one; nothing comes back before it was ordered."""
    if order.ordered_on is None:
        return None
    ordered = order.ordered_on.isoformat()
    if enquiry.asked_on is not None and enquiry.asked_on < order.ordered_on:
        return Evidence("date", enquiry.asked_on.isoformat(), ordered, _LATER)
    if enquiry.bought_on is None:
        return None
    apart = abs((enquiry.bought_on - order.ordered_on).days)
    weight = _SAME_DAY if apart <= _SAME_DAYS else _NEAR_DAY if apart <= _NEAR_DAYS else _OTHER_DAY
    return Evidence("purchase_date", enquiry.bought_on.isoformat(), ordered, weight)
