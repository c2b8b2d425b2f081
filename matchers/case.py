"""What a rule sees: the case as it was handed in, and how its document was linked to the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from matchers.claimed import ClaimedLine
from matchers.index import RecordIndex
from matchers.printed import PrintedLine
from matchers.sold import Sold
from service.domain.documents import Document
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.matching import Evidence, Match
from service.domain.policy import Policy
from service.domain.records import Bill, OrderLine, Partner, PurchaseOrder, SaleOrder, SaleOrderLine, Serial
from service.ports import Sibling


@dataclass(frozen=True, slots=True)
class Case:
    """One document with everything that is needed to judge it.

    ``duplicate_of`` is the earlier document of the same bytes, ``siblings`` earlier ones of the same invoice number,
    ``own_marker`` the text that a bill written for this very document carries in its origin.
    """

    document: Document
    extraction: Extraction
    records: Records
    policy: Policy
    today: date
    duplicate_of: Document | None = None
    siblings: tuple[Sibling, ...] = ()
    own_marker: str | None = None


@dataclass(frozen=True, slots=True)
class LinePair:
    """A document line (1-based) and the order line that it bills ``quantity`` of, in the document's unit;
    ``unit_factor`` of the order's units make one of the document's.
    """

    line: int
    order: PurchaseOrder
    order_line: OrderLine
    quantity: Decimal
    unit_factor: Decimal
    evidence: tuple[Evidence, ...]

    @property
    def order_quantity(self) -> Decimal:
        """The quantity in the order's unit."""
        return self.quantity * self.unit_factor


@dataclass(frozen=True, slots=True)
class SalePair:
    """An item of a customer's form (1-based) and the sale order's line that ``quantity`` of it was sold on."""

    line: int
    order: SaleOrder
    order_line: SaleOrderLine
    quantity: Decimal
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """A customer's form linked to what was sold. ``serials`` has the serials that a line's number fits (none where
    Odoo doesn't know it) by line, ``chosen`` the sale orders, ``invoices`` theirs.
    """

    sold: Sold = Sold()
    lines: tuple[ClaimedLine, ...] = ()
    orders: tuple[Match, ...] = ()
    chosen: tuple[SaleOrder, ...] = ()
    references: tuple[str, ...] = ()
    missing_references: tuple[str, ...] = ()
    pairs: tuple[SalePair, ...] = ()
    serials: Mapping[int, tuple[Serial, ...]] = field(default_factory=dict)
    invoices: tuple[Bill, ...] = ()
    deliveries: tuple[Match, ...] = ()
    serial_matches: tuple[Match, ...] = ()
    repairs: tuple[Match, ...] = ()

    def pairs_of(self, line: int) -> tuple[SalePair, ...]:
        """The pairs of one line."""
        return tuple(pair for pair in self.pairs if pair.line == line)

    @property
    def unpaired(self) -> tuple[ClaimedLine, ...]:
        """Items that are on none of the chosen orders."""
        paired = {pair.line for pair in self.pairs}
        return tuple(line for line in self.lines if line.number not in paired)


NO_SALE = Sale()


@dataclass(frozen=True, slots=True)
class Linkage:
    """The document linked to the books: scored candidates, what was chosen of them, and the paired lines."""

    index: RecordIndex
    lines: tuple[PrintedLine, ...]
    vendors: tuple[Match, ...] = ()
    vendor: Partner | None = None
    orders: tuple[Match, ...] = ()
    chosen_orders: tuple[PurchaseOrder, ...] = ()
    references: tuple[str, ...] = ()
    missing_references: tuple[str, ...] = ()
    pairs: tuple[LinePair, ...] = ()
    receipts: tuple[Match, ...] = ()
    bills: tuple[Match, ...] = ()
    payments: tuple[Match, ...] = ()
    customers: tuple[Match, ...] = ()
    customer: Partner | None = None
    sale: Sale = NO_SALE

    def pairs_of(self, line: int) -> tuple[LinePair, ...]:
        """The pairs of one document line."""
        return tuple(pair for pair in self.pairs if pair.line == line)

    @property
    def first_pairs(self) -> tuple[LinePair, ...]:
        """The first pair of each paired document line."""
        return tuple({pair.line: pair for pair in reversed(self.pairs)}.values())[::-1]

    @property
    def unpaired(self) -> tuple[PrintedLine, ...]:
        """Document lines that bill something and belong to no order line."""
        paired = {pair.line for pair in self.pairs}
        return tuple(line for line in self.lines if line.bills_something and line.number not in paired)
