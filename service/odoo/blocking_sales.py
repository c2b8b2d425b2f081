"""Fetches what a customer's document needs: orders, deliveries and returns, invoices, serial numbers, repairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from service.domain.keys import reference_key
from service.domain.matching import KeyKind
from service.domain.records import Bill, Receipt, Record, RecordKind, Repair, SaleOrder, Serial
from service.domain.sales import MAX_CUSTOMER_ORDERS, MAX_INVOICES, MAX_REPAIRS, MAX_TRANSFERS, Sales
from service.odoo.patterns import bears_one, tolerant
from service.odoo.session import Session
from service.odoo.sources import linked_records, records_where
from service.odoo.values import to_id

MAX_HITS = 60  # rows of one tolerant search, before the check against the key

R = TypeVar("R", SaleOrder, Receipt, Bill, Serial, Repair)
Texts = Mapping[KeyKind, frozenset[str]]


def named_sales(session: Session, texts: Texts) -> Sales:
    """What the document's references and serial numbers name, and the orders behind it."""
    references, numbers = texts[KeyKind.SALE_REFERENCE], texts[KeyKind.SERIAL_NUMBER]
    serials = [
        record
        for record in _hits(session, RecordKind.SERIAL, numbers, "name")
        if isinstance(record, Serial) and bears_one(numbers, reference_key, record.number)
    ]
    shipped = _moved_with(session, [serial.ref.id for serial in serials])
    transfers = _kept(Receipt, _transfers(session, references), shipped)
    invoices = _invoices(session, references)
    orders = [
        record
        for record in _hits(session, RecordKind.SALE_ORDER, references, "name", "client_order_ref")
        if isinstance(record, SaleOrder)
        and bears_one(references, reference_key, record.ref.name, record.customer_reference)
    ]
    behind = [*(transfer.sale_order_id for transfer in transfers), *_orders_of(session, invoices)]
    found = linked_records(session, RecordKind.SALE_ORDER, "id", [number for number in behind if number is not None])
    return Sales(_kept(SaleOrder, orders, found), transfers, tuple(invoices), tuple(serials))


def completed_sales(session: Session, named: Sales, customer_ids: Sequence[int]) -> Sales:
    """What hangs on the sales that the document names, and on the newest orders of the customers."""
    theirs = linked_records(session, RecordKind.SALE_ORDER, "partner_id", customer_ids, limit=MAX_CUSTOMER_ORDERS)
    orders = _kept(SaleOrder, named.orders, theirs)
    order_ids = [order.ref.id for order in orders]
    delivered = linked_records(session, RecordKind.RECEIPT, "sale_id", order_ids, limit=MAX_TRANSFERS)
    transfers = _kept(Receipt, named.transfers, delivered)
    returned = linked_records(session, RecordKind.RECEIPT, "return_id", [one.ref.id for one in transfers])
    transfers = _kept(Receipt, transfers, returned)
    invoices = _kept(Bill, named.invoices, _invoices_on(session, orders))
    refunds = linked_records(session, RecordKind.BILL, "reversed_entry_id", [one.ref.id for one in invoices])
    moved = {number for one in transfers for movement in one.movements for number in movement.serial_ids}
    serials = linked_records(session, RecordKind.SERIAL, "id", moved)
    all_serials = _kept(Serial, named.serials, serials)
    repaired = linked_records(
        session, RecordKind.REPAIR, "lot_id", [one.ref.id for one in all_serials], limit=MAX_REPAIRS
    )
    of_orders = linked_records(session, RecordKind.REPAIR, "sale_order_id", order_ids, limit=MAX_REPAIRS)
    return Sales(orders, transfers, _kept(Bill, invoices, refunds), all_serials, _kept(Repair, repaired, of_orders))


def _hits(session: Session, kind: RecordKind, texts: frozenset[str], *fields: str) -> list[Record]:
    if not texts:
        return []
    return records_where(session, kind, tolerant(texts, *fields), limit=MAX_HITS, order="id desc")


def _transfers(session: Session, references: frozenset[str]) -> list[Receipt]:
    """Those whose own number the document bears."""
    found = _hits(session, RecordKind.RECEIPT, references, "name")
    transfers = [record for record in found if isinstance(record, Receipt)]
    return [one for one in transfers if bears_one(references, reference_key, one.ref.name)]


def _moved_with(session: Session, serial_ids: Sequence[int]) -> list[Receipt]:
    """The transfers that these serial numbers took part in."""
    if not serial_ids:
        return []
    rows = session.search_read(
        "stock.move.line", [["lot_id", "in", list(serial_ids)]], ["picking_id"], order="id desc", limit=MAX_TRANSFERS
    )
    ids = sorted({number for row in rows if (number := to_id(row["picking_id"])) is not None})
    return list(_kept(Receipt, linked_records(session, RecordKind.RECEIPT, "id", ids)))


def _invoices(session: Session, references: frozenset[str]) -> list[Bill]:
    """Customers' invoices and credit notes whose number, or the customer's reference on it, the document bears."""
    if not references:
        return []
    domain = [["move_type", "in", ["out_invoice", "out_refund"]], *tolerant(references, "name", "ref")]
    found = records_where(session, RecordKind.BILL, domain, limit=MAX_HITS, order="id desc")
    bills = [record for record in found if isinstance(record, Bill)]
    return [bill for bill in bills if bears_one(references, reference_key, bill.ref.name, bill.vendor_reference)]


def _orders_of(session: Session, invoices: Iterable[Bill]) -> list[int]:
    line_ids = sorted({number for bill in invoices for line in bill.lines for number in line.sale_line_ids})
    if not line_ids:
        return []
    rows = session.search_read("sale.order.line", [["id", "in", line_ids]], ["order_id"])
    return [number for row in rows if (number := to_id(row["order_id"])) is not None]


def _invoices_on(session: Session, orders: Iterable[SaleOrder]) -> list[Record]:
    line_ids = [line.ref.id for order in orders for line in order.lines]
    if not line_ids or not session.has_field("account.move.line", "sale_line_ids"):
        return []
    rows = session.search_read(
        "account.move.line", [["sale_line_ids", "in", line_ids]], ["move_id"], order="id desc", limit=MAX_INVOICES
    )
    ids = sorted({number for row in rows if (number := to_id(row["move_id"])) is not None})
    return linked_records(session, RecordKind.BILL, "id", ids)


def _kept(kind: type[R], *groups: Iterable[Record]) -> tuple[R, ...]:
    """The records of that type, each once."""
    found = {record.ref.id: record for group in groups for record in group if isinstance(record, kind)}
    return tuple(found.values())
