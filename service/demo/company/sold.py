"""Questions about sales: what a customer got, what of it can still come back, which pieces are under warranty."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from service.demo.company.values import (
    TODAY,
    Customer,
    Delivery,
    DeliveryMove,
    DemoCompany,
    Invoice,
    Product,
    Repair,
    SaleLine,
    SaleOrder,
    Serial,
)

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DeliveredItem:
    """One product of a done delivery and all that hangs on it. ``invoice`` is the posted one, ``returned`` came back,
    ``awaited`` is to come back, ``credited`` counts posted credit notes and drafts.
    """

    order: SaleOrder
    line: SaleLine
    delivery: Delivery
    move: DeliveryMove
    customer: Customer
    product: Product
    serials: tuple[Serial, ...]
    delivered_on: date
    invoice: Invoice | None
    returned: Decimal
    awaited: Decimal
    credited: Decimal

    @property
    def returnable(self) -> Decimal:
        """What can still come back."""
        return self.move.quantity - self.returned - self.awaited

    def is_in_window(self, days: int, today: date = TODAY) -> bool:
        """Whether it was delivered no longer than so many days ago."""
        return today - self.delivered_on <= timedelta(days=days)


@dataclass(frozen=True, slots=True)
class SoldSerial:
    """A piece that was delivered. ``is_returned``: it came back; ``repairs`` of it, the first one first."""

    serial: Serial
    item: DeliveredItem
    is_returned: bool
    repairs: tuple[Repair, ...]

    def warranty_ends(self, months: int) -> date:
        """The last day of a warranty of so many months from the delivery."""
        count = self.item.delivered_on.month - 1 + months
        year, month = self.item.delivered_on.year + count // _MONTHS_A_YEAR, count % _MONTHS_A_YEAR + 1
        return date(year, month, min(self.item.delivered_on.day, monthrange(year, month)[1]))

    def is_under_warranty(self, months: int, today: date = TODAY) -> bool:
        """Whether that warranty still holds."""
        return today <= self.warranty_ends(months)


def delivered_items(company: DemoCompany) -> tuple[DeliveredItem, ...]:
    """All that customers got, the first delivery first."""
    look = _Lookup(company)
    return tuple(
        look.item(delivery, move)
        for delivery in company.deliveries
        if delivery.state == "done" and not delivery.is_return
        for move in delivery.moves
    )


def returnable_items(company: DemoCompany, window_days: int, today: date = TODAY) -> tuple[DeliveredItem, ...]:
    """Invoiced items of which something can come back in time, nothing of whose order did or broke yet."""
    touched = {delivery.sale_order_id for delivery in company.deliveries if delivery.is_return}
    touched |= {repair.sale_order_id or 0 for repair in company.repairs}
    return tuple(
        item
        for item in delivered_items(company)
        if item.order.id not in touched
        and item.invoice
        and item.returnable > 0
        and item.is_in_window(window_days, today)
    )


def sold_serials(company: DemoCompany) -> tuple[SoldSerial, ...]:
    """Every piece with a serial number that was delivered."""
    returned = {
        serial_id
        for delivery in company.deliveries
        if delivery.is_return and delivery.state == "done"
        for move in delivery.moves
        for serial_id in move.serial_ids
    }
    return tuple(
        SoldSerial(serial, item, serial.id in returned, repairs_of(company, serial.id))
        for item in delivered_items(company)
        for serial in item.serials
    )


def unsold_serials(company: DemoCompany) -> tuple[Serial, ...]:
    """Pieces with a serial number that no delivery ever had."""
    sold = {id_ for delivery in company.deliveries for move in delivery.moves for id_ in move.serial_ids}
    return tuple(serial for serial in company.serials if serial.id not in sold)


def repairs_of(company: DemoCompany, serial_id: int) -> tuple[Repair, ...]:
    """The repairs of a piece, the first one first."""
    return tuple(repair for repair in company.repairs if repair.serial_id == serial_id)


def credit_notes_of(company: DemoCompany, invoice: Invoice) -> tuple[Invoice, ...]:
    """Posted and draft credit notes of an invoice."""
    return tuple(note for note in company.invoices if note.reversed_id == invoice.id and note.state != "cancel")


class _Lookup:
    """The company's records by what items ask for."""

    def __init__(self, company: DemoCompany) -> None:
        self._orders = {order.id: order for order in company.sale_orders}
        self._lines = {line.id: line for order in company.sale_orders for line in order.lines}
        self._customers = {customer.id: customer for customer in company.customers}
        self._products = {product.id: product for product in company.products}
        self._serials = {serial.id: serial for serial in company.serials}
        self._invoices = {
            invoice.sale_order_id: invoice
            for invoice in company.invoices
            if invoice.state == "posted" and not invoice.is_refund
        }
        returns = [delivery for delivery in company.deliveries if delivery.is_return]
        self._returned = _quantities(returns, "done")
        self._awaited = _quantities(returns, "assigned")
        self._credited: dict[int, Decimal] = {}
        for note in company.invoices:
            for line in note.lines if note.is_refund and note.state != "cancel" else ():
                self._credited[line.sale_line_id] = self._credited.get(line.sale_line_id, Decimal(0)) + line.quantity

    def item(self, delivery: Delivery, move: DeliveryMove) -> DeliveredItem:
        order = self._orders[delivery.sale_order_id]
        return DeliveredItem(
            order=order,
            line=self._lines[move.sale_line_id],
            delivery=delivery,
            move=move,
            customer=self._customers[order.customer_id],
            product=self._products[move.product_id],
            serials=tuple(self._serials[id_] for id_ in move.serial_ids),
            delivered_on=(delivery.done_at or delivery.changed_at).date(),
            invoice=self._invoices.get(order.id),
            returned=self._returned.get(move.id, Decimal(0)),
            awaited=self._awaited.get(move.id, Decimal(0)),
            credited=self._credited.get(move.sale_line_id, Decimal(0)),
        )


def _quantities(returns: Iterable[Delivery], state: str) -> dict[int, Decimal]:
    """What comes back of each delivered move in returns of that state."""
    sums: dict[int, Decimal] = {}
    for move in (move for delivery in returns if delivery.state == state for move in delivery.moves):
        returned_id = move.returned_move_id or 0
        sums[returned_id] = sums.get(returned_id, Decimal(0)) + move.quantity
    return sums
