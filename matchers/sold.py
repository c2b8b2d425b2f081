"""What became of sold goods: delivered, brought back, invoiced and paid back, by the lines of sale orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from matchers.index import RecordIndex
from service.domain.keys import account_key
from service.domain.records import Bill, BillLine, Movement, Receipt, SaleOrder, SaleOrderLine, Serial

_ZERO = Decimal(0)
_DONE, _CANCELLED = "done", "cancel"
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement with the transfer that it belongs to."""

    transfer: Receipt
    movement: Movement

    @property
    def done_on(self) -> date | None:
        """The day on which the goods changed hands."""
        return None if self.transfer.done_at is None else self.transfer.done_at.date()


@dataclass(frozen=True, slots=True)
class Charged:
    """One line of an invoice or a credit note with its document; quantities count positive on both."""

    bill: Bill
    line: BillLine


@dataclass(frozen=True, slots=True)
class Sold:
    """Lookups over the sales in the books. What was made for the very document that is looked at doesn't count.

    ``delivered``, ``invoiced`` and ``refunded`` by sale order line, oldest first; ``returned`` by the delivered
    movement that it takes back, planned returns too; ``handed_over`` by serial, deliveries only.
    """

    orders: Mapping[int, SaleOrder] = field(default_factory=dict)
    order_of_line: Mapping[int, SaleOrder] = field(default_factory=dict)
    delivered: Mapping[int, tuple[Moved, ...]] = field(default_factory=dict)
    returned: Mapping[int, tuple[Moved, ...]] = field(default_factory=dict)
    handed_over: Mapping[int, tuple[Moved, ...]] = field(default_factory=dict)
    serials: Mapping[str, tuple[Serial, ...]] = field(default_factory=dict)
    invoiced: Mapping[int, tuple[Charged, ...]] = field(default_factory=dict)
    refunded: Mapping[int, tuple[Charged, ...]] = field(default_factory=dict)

    def delivered_quantity(self, line: SaleOrderLine) -> Decimal:
        """All that was ever delivered of the line, in the product's unit where movements tell, else the order's."""
        moved = self.delivered.get(line.ref.id)
        return line.delivered if moved is None else sum((entry.movement.quantity for entry in moved), _ZERO)

    def returned_quantity(self, line: SaleOrderLine) -> Decimal:
        """All that came back of it, or is about to."""
        return sum((entry.movement.quantity for entry in self.returns_of(line)), _ZERO)

    def returns_of(self, line: SaleOrderLine) -> tuple[Moved, ...]:
        """The movements by which it came back."""
        delivered = self.delivered.get(line.ref.id, ())
        return tuple(back for entry in delivered for back in self.returned.get(entry.movement.ref.id, ()))

    def returnable(self, line: SaleOrderLine) -> tuple[tuple[Moved, Decimal], ...]:
        """The deliveries that something is left of to bring back, oldest first, and how much."""
        open_ = ((entry, self._left(entry)) for entry in self.delivered.get(line.ref.id, ()))
        return tuple((entry, left) for entry, left in open_ if left > 0)

    def _left(self, entry: Moved) -> Decimal:
        back = self.returned.get(entry.movement.ref.id, ())
        return entry.movement.quantity - sum((moved.movement.quantity for moved in back), _ZERO)

    def invoiced_quantity(self, line: SaleOrderLine) -> Decimal:
        """All that was invoiced of it; the order's own figure where the invoices aren't in the books."""
        charged = self.invoiced.get(line.ref.id)
        return line.invoiced if charged is None else _quantity(charged)

    def refunded_quantity(self, line: SaleOrderLine) -> Decimal:
        """All that was credited of it, drafts too."""
        return _quantity(self.refunded.get(line.ref.id, ()))


def _quantity(charged: Iterable[Charged]) -> Decimal:
    return sum((abs(entry.line.quantity) for entry in charged), _ZERO)


def sold_of(index: RecordIndex, own_marker: str | None) -> Sold:
    """The sales of ``index``; records whose origin has ``own_marker`` were made for the document at hand."""
    orders = {order.ref.id: order for order in index.records.sale_orders}
    delivered = tuple(_deliveries(index, orders))
    charged = tuple(_charged(index, own_marker))
    return Sold(
        orders=orders,
        order_of_line={line.ref.id: order for order in orders.values() for line in order.lines},
        delivered=_grouped((line, entry) for line, entry in delivered if line is not None),
        returned=_grouped(_returns(index, own_marker)),
        handed_over=_grouped((serial, entry) for _, entry in delivered for serial in entry.movement.serial_ids),
        serials=_grouped((account_key(serial.number), serial) for serial in index.records.serials),
        invoiced=_grouped((line, entry) for line, entry in charged if not entry.bill.is_refund),
        refunded=_grouped((line, entry) for line, entry in charged if entry.bill.is_refund),
    )


def _grouped(entries: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in entries:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _deliveries(index: RecordIndex, orders: Mapping[int, SaleOrder]) -> Iterator[tuple[int | None, Moved]]:
    """Every delivered movement with the sale order line that it fulfils, oldest first."""
    transfers = [t for t in index.records.receipts if is_delivery(t) and t.state == _DONE]
    transfers.sort(key=lambda t: (t.done_at.timestamp() if t.done_at else 0.0, t.ref.id))
    for transfer in transfers:
        for movement in transfer.movements:
            yield _line_of(transfer, movement, orders), Moved(transfer, movement)


def is_delivery(transfer: Receipt) -> bool:
    """Whether goods go to a customer by it; returns to vendors hang on a purchase order."""
    return transfer.is_outgoing and transfer.order_id is None


def _line_of(transfer: Receipt, movement: Movement, orders: Mapping[int, SaleOrder]) -> int | None:
    """The movement's own line, else the only one of its order with that product."""
    order = orders.get(transfer.sale_order_id) if transfer.sale_order_id is not None else None
    if movement.order_line_id is not None or order is None:
        return movement.order_line_id
    same = [line.ref.id for line in order.lines if line.product_id == movement.product_id]
    return same[0] if len(same) == 1 else None


def _returns(index: RecordIndex, own_marker: str | None) -> Iterator[tuple[int, Moved]]:
    for transfer in index.records.receipts:
        is_own = own_marker is not None and own_marker in (transfer.origin or "")
        if transfer.is_outgoing or transfer.order_id is not None or transfer.state == _CANCELLED or is_own:
            continue
        for movement in transfer.movements:
            if movement.returned_movement_id is not None:
                yield movement.returned_movement_id, Moved(transfer, movement)


def _charged(index: RecordIndex, own_marker: str | None) -> Iterator[tuple[int, Charged]]:
    """Lines of invoices and credit notes that aren't cancelled, by the sale order lines that they charge."""
    bills = {bill.ref.id: bill for bill in index.records.bills if bill.is_sale}
    for bill in bills.values():
        is_own = own_marker is not None and own_marker in (bill.origin or "")
        if bill.state == _CANCELLED or is_own:
            continue
        reversed_ = bills.get(bill.reversed_id) if bill.reversed_id is not None else None
        for line in bill.lines:
            for line_id in line.sale_line_ids or _reversed_lines(line, reversed_):
                yield line_id, Charged(bill, line)


def _reversed_lines(line: BillLine, reversed_: Bill | None) -> tuple[int, ...]:
    """Credit notes written by hand know their invoice only: its line of the same product."""
    lines = reversed_.lines if reversed_ else ()
    same = (
        found.sale_line_ids for found in lines if line.product_id is not None and found.product_id == line.product_id
    )
    return next(same, ())
