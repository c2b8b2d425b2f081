"""Deliveries, serial numbers, invoices and repairs that hang on what a customer's form is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from matchers.case import Case, Sale
from matchers.compare.sales import orders_of
from matchers.explain import match_of, prior, quantity_text
from matchers.index import RecordIndex
from matchers.sold import Moved, is_delivery
from service.domain.keys import account_key, reference_key
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Bill, Partner, Receipt, RecordRef, Repair, Serial

_PRIOR = -2.0
_SAME_ORDER, _DONE, _AWAITED = 3.0, 2.0, -1.0
_SAME_GOODS, _SAME_SERIAL = 1.0, 3.0
_NUMBER_EQUAL, _SOLD_TO, _SOLD_TO_ANOTHER, _NOT_SOLD = 5.0, 2.0, -3.0, -2.0
_INVOICE_NAMED, _CREDITS = 4.0, -1.0
_SAME_CUSTOMER, _SAME_PRODUCT, _IS_OPEN, _IS_OWN = 1.5, 1.0, 1.0, 5.0
_OVER = frozenset({"done", "cancel"})
_MOST_MATCHES = 8


def delivery_matches(sale: Sale, index: RecordIndex) -> tuple[Match, ...]:
    """The deliveries of the chosen orders and of the named serials; chosen are those that brought the goods."""
    names = {order.ref.id: order.ref.name for order in sale.chosen}
    goods = {pair.order_line.ref.id for pair in sale.pairs}
    serials = {serial.ref.id: serial.number for found in sale.serials.values() for serial in found}
    found = []
    for transfer in index.records.receipts:
        if transfer.state == "cancel" or not is_delivery(transfer):
            continue
        evidence = tuple(_delivery_evidence(transfer, names, goods, serials))
        brought = any(entry.feature in ("lines", "serial_number") for entry in evidence)
        if evidence:
            chosen = transfer.state == "done" and brought
            found.append(match_of(Role.DELIVERY, transfer.ref, (prior(_PRIOR), *evidence), chosen=chosen))
    return _best(found)


def _delivery_evidence(
    transfer: Receipt, names: dict[int, str], goods: set[int], serials: dict[int, str]
) -> Iterator[Evidence]:
    """Nothing where the transfer has neither order nor serial in common with the document."""
    order = names.get(transfer.sale_order_id) if transfer.sale_order_id is not None else None
    numbers = [serials[i] for movement in transfer.movements for i in movement.serial_ids if i in serials]
    if order is None and not numbers:
        return
    if order is not None:
        yield Evidence("order", order, transfer.origin or order, _SAME_ORDER)
    yield Evidence("state", None, transfer.state, _DONE if transfer.state == "done" else _AWAITED)
    moved = [movement for movement in transfer.movements if movement.order_line_id in goods]
    if moved:
        quantity = sum((movement.quantity for movement in moved), Decimal(0))
        yield Evidence("lines", None, f"{quantity_text(quantity)} delivered", _SAME_GOODS)
    if numbers:
        yield Evidence("serial_number", ", ".join(numbers), transfer.ref.name, _SAME_SERIAL)


def serial_matches(sale: Sale, customer: Partner | None, index: RecordIndex) -> tuple[Match, ...]:
    """The serials that the document names, those that this customer got chosen."""
    found = {}
    for line in sale.lines:
        for serial in sale.serials.get(line.number, ()):
            last = last_delivery(serial, sale)
            evidence = (
                prior(_PRIOR),
                Evidence("serial_number", line.serial, serial.number, _NUMBER_EQUAL),
                _buyer_evidence(last, customer, index),
            )
            found[serial.ref] = match_of(Role.SERIAL, serial.ref, evidence, chosen=evidence[2].weight > 0)
    return _best(found.values())


def last_delivery(serial: Serial, sale: Sale) -> Moved | None:
    """The delivery that handed the serial over last."""
    return next(iter(reversed(sale.sold.handed_over.get(serial.ref.id, ()))), None)


def buyer_of(moved: Moved, sale: Sale) -> int | None:
    """The partner that a delivery's goods were sold to: the order's, else the transfer's."""
    order = sale.sold.orders.get(moved.transfer.sale_order_id) if moved.transfer.sale_order_id is not None else None
    return order.partner_id if order else moved.transfer.partner_id


def _buyer_evidence(last: Moved | None, customer: Partner | None, index: RecordIndex) -> Evidence:
    asked_by = customer.ref.name if customer else None
    if last is None:
        return Evidence("customer", asked_by, "never delivered", _NOT_SOLD)
    partner = index.partners.get(last.transfer.partner_id) if last.transfer.partner_id is not None else None
    shown = f"{partner.ref.name if partner else 'delivered'} by {last.transfer.ref.name}"
    same = customer is not None and index.head_id(last.transfer.partner_id) == customer.ref.id
    return Evidence("customer", asked_by, shown, _SOLD_TO if same else _SOLD_TO_ANOTHER)


def invoice_matches(case: Case, sale: Sale, index: RecordIndex) -> tuple[Match, ...]:
    """Invoices of the chosen orders, chosen, and credit notes of them, shown."""
    named = {reference_key(text) for text in case.extraction.texts("invoice_reference")}
    chosen_orders = {order.ref for order in sale.chosen}
    found = []
    for bill in index.records.bills:
        if not bill.is_sale or bill.state == "cancel":
            continue
        evidence = tuple(
            _invoice_evidence(bill, sale, named, {o.ref for o in orders_of(bill, sale.sold)} & chosen_orders)
        )
        if evidence:
            is_chosen = not bill.is_refund and bill.state == "posted"
            found.append(match_of(Role.BILL, bill.ref, (prior(_PRIOR), *evidence), chosen=is_chosen))
    return _best(found)


def _invoice_evidence(bill: Bill, sale: Sale, named: set[str], orders: set[RecordRef]) -> Iterator[Evidence]:
    """Nothing where the invoice is neither named nor of a chosen order."""
    is_named = reference_key(bill.ref.name) in named
    if not is_named and not orders:
        return
    if is_named:
        yield Evidence("invoice_reference", bill.ref.name, bill.ref.name, _INVOICE_NAMED)
    if orders:
        yield Evidence("order", ", ".join(order.ref.name for order in sale.chosen), bill.origin, _SAME_ORDER)
    if bill.is_refund:
        yield Evidence("credit_note", None, bill.ref.name, _CREDITS)


def repair_matches(case: Case, sale: Sale, customer: Partner | None, index: RecordIndex) -> tuple[Match, ...]:
    """Repairs of the named serials, and open ones of this customer's same product; chosen where still open."""
    serials = {serial.ref.id: serial.number for found in sale.serials.values() for serial in found}
    products = {pair.order_line.product_id for pair in sale.pairs}
    found = []
    for repair in index.records.repairs:
        evidence = tuple(_repair_evidence(case, repair, serials, products, customer, index))
        if evidence:
            is_open = repair.state not in _OVER
            found.append(match_of(Role.REPAIR, repair.ref, (prior(_PRIOR), *evidence), chosen=is_open))
    return _best(found)


def is_own_repair(case: Case, repair: Repair) -> bool:
    """Whether the repair was written for this very document."""
    return case.own_marker is not None and case.own_marker in (repair.note or "")


def is_open_repair(repair: Repair) -> bool:
    """Whether somebody still has to do something about it."""
    return repair.state not in _OVER


def _repair_evidence(
    case: Case,
    repair: Repair,
    serials: dict[int, str],
    products: set[int | None],
    customer: Partner | None,
    index: RecordIndex,
) -> Iterator[Evidence]:
    """Nothing where the repair is of another serial, or of no serial and of other goods or another customer's."""
    same_customer = customer is not None and index.head_id(repair.partner_id) == customer.ref.id
    same_product = repair.product_id is not None and repair.product_id in products
    same_serial = repair.serial_id is not None and repair.serial_id in serials
    unnumbered = repair.serial_id is None or not serials
    is_own = is_own_repair(case, repair)
    if not (is_own or same_serial or (same_customer and same_product and unnumbered)):
        return
    if is_own:
        yield Evidence("marker", case.own_marker, repair.ref.name, _IS_OWN)
    if same_serial and repair.serial_id is not None:
        yield Evidence("serial_number", serials[repair.serial_id], repair.ref.name, _SAME_SERIAL)
    if same_customer and customer is not None:
        yield Evidence("customer", customer.ref.name, customer.ref.name, _SAME_CUSTOMER)
    if same_product:
        yield Evidence("product", None, repair.ref.name, _SAME_PRODUCT)
    if repair.state not in _OVER:
        yield Evidence("state", None, repair.state, _IS_OPEN)


def _best(found: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(found, key=lambda match: (-match.score, match.ref.id)))[:_MOST_MATCHES]


def handed_over_on(sale: Sale, serial: Serial | None, line_ids: Iterable[int]) -> date | None:
    """The day from which return window and warranty count: the serial's last delivery, else the lines' last one,
    else the last one of the chosen orders.
    """
    last = last_delivery(serial, sale) if serial is not None else None
    if last is not None:
        return last.done_on
    of_lines = _days(sale, line_ids)
    return max(of_lines or _days(sale, (line.ref.id for order in sale.chosen for line in order.lines)), default=None)


def _days(sale: Sale, line_ids: Iterable[int]) -> list[date]:
    moved = (entry for line_id in line_ids for entry in sale.sold.delivered.get(line_id, ()))
    return [entry.done_on for entry in moved if entry.done_on is not None]


def serials_by_line(sale: Sale) -> dict[int, tuple[Serial, ...]]:
    """The serials in Odoo that bear each line's number."""
    found = {
        line.number: sale.sold.serials.get(account_key(line.serial or ""), ()) for line in sale.lines if line.serial_key
    }
    return {number: serials for number, serials in found.items() if serials}
