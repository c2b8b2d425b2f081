"""What was ordered from suppliers, what arrived of it and what was billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from service.demo.company.values.amounts import net_amount, tax_by_rate
from service.demo.company.values.wares import Unit
from service.domain.money import to_cents


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of a purchase order; ``invoiced`` counts drafts, not cancelled bills."""

    id: int
    product_id: int
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    discount_percent: Decimal
    tax_rate: Decimal
    is_service: bool
    received: Decimal = Decimal(0)
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
        """What may be billed now: received (services: ordered) less billed."""
        return (self.quantity if self.is_service else self.received) - self.invoiced


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase order. ``state``: draft, sent, to approve, purchase, done, cancel."""

    id: int
    name: str
    vendor_id: int
    vendor_reference: str | None
    state: str
    ordered_at: datetime
    approved_at: datetime | None
    planned_at: datetime
    lines: tuple[OrderLine, ...]
    changed_at: datetime

    @property
    def is_confirmed(self) -> bool:
        """Whether it binds us."""
        return self.state in ("purchase", "done")

    def tax_by_rate(self) -> dict[Decimal, Decimal]:
        """Tax amount by rate in percent, rounded once a rate."""
        return tax_by_rate(self.lines)


@dataclass(frozen=True, slots=True)
class ReceiptMove:
    """One order line's goods in a receipt: ``demand`` was expected, ``quantity`` came (or, if open, may come).
    ``returned_move_id`` is the move that a return takes back.
    """

    id: int
    order_line_id: int
    demand: Decimal
    quantity: Decimal
    serial_ids: tuple[int, ...] = ()
    returned_move_id: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Goods received (``state`` done), awaited (assigned) or no longer awaited (cancel); with ``returned_id`` goods
    of that receipt sent back.
    """

    id: int
    name: str
    order_id: int
    vendor_id: int
    state: str
    scheduled_at: datetime
    done_at: datetime | None
    backorder_of: int | None
    moves: tuple[ReceiptMove, ...]
    changed_at: datetime
    returned_id: int | None = None


@dataclass(frozen=True, slots=True)
class BillLine:
    """A billed quantity of an order line, at the order's price."""

    id: int
    order_line_id: int
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
class Bill:
    """A vendor bill in the books. ``state``: draft, posted, cancel; ``number`` is the vendor's invoice number. With
    ``is_refund`` a credit note, of the bill ``reversed_id``. ``is_paid``: nothing of it is open.
    """

    id: int
    name: str
    order_id: int
    vendor_id: int
    number: str
    state: str
    is_paid: bool
    billed_on: date
    due_on: date
    created_at: datetime
    lines: tuple[BillLine, ...]
    changed_at: datetime
    is_refund: bool = False
    reversed_id: int | None = None

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
