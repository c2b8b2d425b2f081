"""What of the sales one document needs, found in the books or in Odoo: within the same limits, by the same keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.matching import KeyKind, Keys
from service.domain.records import Bill, Receipt, Record, Repair, SaleOrder, Serial

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

    def pages(self) -> Iterator[Sequence[Record]]:
        """In the order in which they refer to each other."""
        yield from (self.orders, self.serials, self.transfers, self.invoices, self.repairs)
