"""What customers ordered, what was delivered and came back, what was invoiced, credited and repaired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from service.demo.company.values.amounts import net_amount, tax_by_rate
from service.demo.company.values.wares import Unit
from service.domain.money import to_cents


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line of a sale order. ``delivered`` is less what came back for refund, ``invoiced`` counts drafts and is less
    what was credited.
    """

    id: int
    product_id: int
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    discount_percent: Decimal
    tax_rate: Decimal
    delivered: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        """Net amount in cents' precision."""
        return net_amount(self.quantity, self.unit_price, self.discount_percent)

    @property
    def tax(self) -> Decimal:
        """Tax on ``net``."""
        return to_cents(self.net * self.tax_rate / 100)

    @property
    def to_invoice(self) -> Decimal:
        """Ordered less invoiced: customers are invoiced on order."""
        return self.quantity - self.invoiced


@dataclass(frozen=True, slots=True)
class SaleOrder:
    """A customer's order. ``state``: draft, sent, sale, cancel; ``customer_reference`` is the number that the
    customer knows it by.
    """

    id: int
    name: str
    customer_id: int
    customer_reference: str
    state: str
    is_locked: bool
    ordered_at: datetime
    confirmed_at: datetime | None
    lines: tuple[SaleLine, ...]
    changed_at: datetime

    @property
    def net(self) -> Decimal:
        """Sum of the lines' net amounts."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Tax, rounded once a rate."""
        return sum(tax_by_rate(self.lines).values(), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Net and tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class DeliveryMove:
    """One order line's goods in a delivery or return. ``returned_move_id`` is the move that it takes back,
    ``to_refund`` whether that lowers what counts as delivered.
    """

    id: int
    sale_line_id: int
    product_id: int
    demand: Decimal
    quantity: Decimal
    serial_ids: tuple[int, ...] = ()
    returned_move_id: int | None = None
    to_refund: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """Goods sent to a customer (``state`` done), to be sent (assigned) or not any more (cancel); with ``returned_id``
    goods of that delivery that came, or are to come, back.
    """

    id: int
    name: str
    sale_order_id: int
    customer_id: int
    state: str
    scheduled_at: datetime
    done_at: datetime | None
    backorder_of: int | None
    returned_id: int | None
    moves: tuple[DeliveryMove, ...]
    created_at: datetime
    changed_at: datetime

    @property
    def is_return(self) -> bool:
        """Whether goods come back."""
        return self.returned_id is not None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """An invoiced or credited quantity of a sale order's line, at the order's price."""

    id: int
    sale_line_id: int
    product_id: int
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    discount_percent: Decimal
    tax_rate: Decimal

    @property
    def net(self) -> Decimal:
        """Net amount in cents' precision."""
        return net_amount(self.quantity, self.unit_price, self.discount_percent)


@dataclass(frozen=True, slots=True)
class Invoice:
    """A customer's invoice or, with ``is_refund``, credit note of the invoice ``reversed_id``. ``state``: draft,
    posted, cancel; a draft's ``name`` is "/".
    """

    id: int
    name: str
    sale_order_id: int
    customer_id: int
    is_refund: bool
    reversed_id: int | None
    reference: str
    state: str
    invoiced_on: date
    due_on: date
    created_at: datetime
    lines: tuple[InvoiceLine, ...]
    changed_at: datetime

    @property
    def net(self) -> Decimal:
        """Sum of the lines' net amounts."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Tax, rounded once a rate."""
        return sum(tax_by_rate(self.lines).values(), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Net and tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair order. ``state``: draft, confirmed, under_repair, done, cancel; ``return_id`` is the return that
    brought the piece in, ``move_id`` what a finished one leaves in the stock's history.
    """

    id: int
    name: str
    customer_id: int
    product_id: int
    serial_id: int | None
    sale_order_id: int | None
    return_id: int | None
    move_id: int | None
    state: str
    under_warranty: bool
    note: str
    opened_at: datetime
    changed_at: datetime
