"""Finds what a customer's document needs: sale orders, deliveries and returns, invoices, serial numbers, repairs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from service.books.keys import LinkKind
from service.books.lookup import hanging, hanging_ids, hits, load, unique
from service.domain.keys import references_within
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import Bill, Receipt, Repair, SaleOrder, Serial
from service.domain.sales import MAX_CUSTOMER_ORDERS, MAX_INVOICES, MAX_REPAIRS, MAX_TRANSFERS, Sales


def name_sales(connection: Connection, keys: Keys) -> Sales:
    """What the document's references and serial numbers name, and the orders behind it."""
    serials = load(connection, Serial, hits(connection, keys, KeyKind.SERIAL_NUMBER, Serial))
    named = load(connection, Receipt, hits(connection, keys, KeyKind.SALE_REFERENCE, Receipt))
    numbers = [serial.ref.id for serial in serials]
    moved = load(connection, Receipt, hanging_ids(connection, LinkKind.TRANSFER_OF_SERIAL, numbers, MAX_TRANSFERS))
    transfers = unique([*named, *moved])
    invoices = load(connection, Bill, hits(connection, keys, KeyKind.SALE_REFERENCE, Bill))
    orders = load(connection, SaleOrder, hits(connection, keys, KeyKind.SALE_REFERENCE, SaleOrder))
    behind = [transfer.sale_order_id for transfer in transfers if transfer.sale_order_id is not None]
    orders = unique([*orders, *load(connection, SaleOrder, behind), *_orders_of(connection, invoices)])
    return Sales(tuple(orders), tuple(transfers), tuple(invoices), tuple(serials))


def _orders_of(connection: Connection, invoices: Sequence[Bill]) -> list[SaleOrder]:
    """The orders that the invoices name as their origin, where they bill a line of them."""
    named = {Key(KeyKind.SALE_REFERENCE, text) for bill in invoices for text in references_within(bill.origin or "")}
    found = load(connection, SaleOrder, hits(connection, frozenset(named), KeyKind.SALE_REFERENCE, SaleOrder))
    billed = {number for bill in invoices for line in bill.lines for number in line.sale_line_ids}
    return [order for order in found if any(line.ref.id in billed for line in order.lines)]


def complete_sales(connection: Connection, named: Sales, customer_ids: Collection[int]) -> Sales:
    """What hangs on the sales that the document names, and on the newest orders of the customers."""
    theirs = hanging_ids(connection, LinkKind.SALE_ORDER_OF_PARTNER, customer_ids, MAX_CUSTOMER_ORDERS)
    orders = unique([*named.orders, *load(connection, SaleOrder, theirs)])
    order_ids = [order.ref.id for order in orders]
    transfers = _transfers(connection, named.transfers, order_ids)
    serial_ids = {number for one in transfers for movement in one.movements for number in movement.serial_ids}
    serials = unique([*named.serials, *load(connection, Serial, sorted(serial_ids, reverse=True))])
    return Sales(
        orders=tuple(orders),
        transfers=tuple(transfers),
        invoices=tuple(_invoices(connection, named.invoices, orders)),
        serials=tuple(serials),
        repairs=tuple(_repairs(connection, [serial.ref.id for serial in serials], order_ids)),
    )


def _transfers(connection: Connection, named: Sequence[Receipt], order_ids: Sequence[int]) -> list[Receipt]:
    delivered = hanging_ids(connection, LinkKind.TRANSFER_OF_SALE_ORDER, order_ids, MAX_TRANSFERS)
    found = unique([*named, *load(connection, Receipt, delivered)])
    returned = hanging(connection, Receipt, LinkKind.RETURN_OF_TRANSFER, [one.ref.id for one in found])
    return unique([*found, *returned])


def _invoices(connection: Connection, named: Sequence[Bill], orders: Sequence[SaleOrder]) -> list[Bill]:
    line_ids = [line.ref.id for order in orders for line in order.lines]
    billed = hanging_ids(connection, LinkKind.INVOICE_OF_SALE_LINE, line_ids, MAX_INVOICES)
    found = unique([*named, *load(connection, Bill, billed)])
    refunds = hanging(connection, Bill, LinkKind.REFUND_OF_BILL, [bill.ref.id for bill in found])
    return unique([*found, *refunds])


def _repairs(connection: Connection, serial_ids: Sequence[int], order_ids: Sequence[int]) -> list[Repair]:
    of_serials = hanging_ids(connection, LinkKind.REPAIR_OF_SERIAL, serial_ids, MAX_REPAIRS)
    of_orders = hanging_ids(connection, LinkKind.REPAIR_OF_SALE_ORDER, order_ids, MAX_REPAIRS)
    return load(connection, Repair, [*of_serials, *of_orders])
