"""What a rule sees: the case as it was handed in, and how its document was linked to the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matchers.index import RecordIndex
from matchers.printed import PrintedLine
from service.domain.documents import Document
from service.domain.extraction import Extraction
from service.domain.matching import Evidence, Match
from service.domain.policy import Policy
from service.domain.records import OrderLine, Partner, PurchaseOrder, Records
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
