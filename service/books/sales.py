"""Finds what a customer's document needs: sale orders, deliveries and returns, invoices, serial numbers, repairs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from service.books.keys import LinkKind
from service.books.lookup import hanging, hanging_ids, hits, load, unique
from service.domain.keys import references_within
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import Bill, Receipt, Repair, SaleOrder, Serial

MAX_CUSTOMER_ORDERS = 60  # the newest of the customers
MAX_TRANSFERS = 150
MAX_INVOICES = 100
MAX_REPAIRS = 60

_OF_SALES = frozenset({KeyKind.SALE_REFERENCE, KeyKind.SERIAL_NUMBER, KeyKind.EMAIL, KeyKind.PHONE})
_OF_PURCHASES = frozenset({KeyKind.VAT_ID, KeyKind.IBAN, KeyKind.ORDER_REFERENCE, KeyKind.BILL_REFERENCE})


def concerns_sales(keys: Keys) -> bool:
    """Whether they may be a customer's document's: of a name alone nobody knows whose it is."""
    kinds = {key.kind for key in keys}
    return bool(kinds & _OF_SALES) or (KeyKind.PARTNER_NAME in kinds and not kinds & _OF_PURCHASES)


@dataclass(frozen=True, slots=True)
class Sales:
    """What was found so far, each record once."""

    orders: tuple[SaleOrder, ...] = ()
    transfers: tuple[Receipt, ...] = ()
    invoices: tuple[Bill, ...] = ()
    serials: tuple[Serial, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def partner_ids(self) -> list[int]:
        """Whom the orders, transfers and invoices are for."""
        ids = [order.partner_id for order in self.orders]
        found = [*(transfer.partner_id for transfer in self.transfers), *(bill.partner_id for bill in self.invoices)]
        return list(dict.fromkeys([*ids, *(number for number in found if number is not None)]))

    def product_ids(self) -> frozenset[int]:
        """What was sold, moved or numbered."""
        lines = [line.product_id for order in self.orders for line in order.lines]
        moved = [movement.product_id for transfer in self.transfers for movement in transfer.movements]
        found = [*lines, *moved, *(serial.product_id for serial in self.serials)]
        return frozenset(number for number in found if number is not None)


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
