"""The sale panel: the customer's order beside the form, with what was delivered, came back and may be refunded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.domain.excerpt import Records
from service.domain.matching import Role
from service.domain.records import SaleOrder, SaleOrderLine
from service.web.panels.panel import Subject

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of the order; ``asked`` is what the form's lines ask back of it, by their numbers (1-based)."""

    line: SaleOrderLine
    asked: Mapping[int, Decimal]
    delivered: Decimal
    returned: Decimal
    invoiced: Decimal
    refunded: Decimal

    @property
    def refundable(self) -> Decimal:
        """What was invoiced and not yet credited."""
        return max(self.invoiced - self.refunded, _ZERO)

    @property
    def exceeds(self) -> bool:
        """Whether more is asked back than was delivered and hasn't come back."""
        return sum(self.asked.values(), _ZERO) > self.delivered - self.returned


@dataclass(frozen=True, slots=True)
class SalePanel:
    """The chosen orders as they stood when the form was matched."""

    orders: tuple[tuple[SaleOrder, tuple[SoldLine, ...]], ...]
    deliveries: tuple[str, ...]
    template: str = "panel_sale.html"


def panel(subject: Subject, records: Records) -> SalePanel | None:
    """The panel; None where no sale order was matched."""
    reconciliation = subject.reconciliation
    if reconciliation is None or not reconciliation.sale_orders:
        return None
    delivered, returned = _delivered(records), _returned(records)
    invoiced, refunded = _charged(records, refund=False), _charged(records, refund=True)
    asked: dict[int, dict[int, Decimal]] = {}
    for match in reconciliation.line_matches:
        asked.setdefault(match.ref.id, {})[match.line] = match.quantity
    orders = tuple(
        (
            order,
            tuple(
                SoldLine(
                    line,
                    asked.get(i := line.ref.id, {}),
                    delivered.get(i, line.delivered),
                    returned.get(i, _ZERO),
                    invoiced.get(i, line.invoiced),
                    refunded.get(i, _ZERO),
                )
                for line in order.lines
            ),
        )
        for order in reconciliation.sale_orders
    )
    return SalePanel(orders, tuple(match.ref.name for match in subject.chosen(Role.DELIVERY)))


def _delivered(records: Records) -> dict[int, Decimal]:
    """What left the warehouse by sale order line: the order's own figure has what came back taken off already."""
    found: dict[int, Decimal] = {}
    for transfer in records.receipts:
        for move in transfer.movements if transfer.is_outgoing and transfer.state == "done" else ():
            if move.order_line_id is not None and move.returned_movement_id is None:
                found[move.order_line_id] = found.get(move.order_line_id, _ZERO) + move.quantity
    return found


def _returned(records: Records) -> dict[int, Decimal]:
    """What came back, or is about to, by sale order line."""
    moved = [(transfer, move) for transfer in records.receipts for move in transfer.movements]
    line_of = {move.ref.id: move.order_line_id for transfer, move in moved if transfer.is_outgoing}
    found: dict[int, Decimal] = {}
    for transfer, move in moved:
        line = line_of.get(move.returned_movement_id or 0)
        if line is not None and not transfer.is_outgoing and transfer.state != "cancel":
            found[line] = found.get(line, _ZERO) + move.quantity
    return found


def _charged(records: Records, *, refund: bool) -> dict[int, Decimal]:
    """What was invoiced, or credited, drafts too, by sale order line; the order's own figure is the difference."""
    found: dict[int, Decimal] = {}
    for bill in records.bills:
        if bill.is_sale and bill.is_refund is refund and bill.state != "cancel":
            for line in bill.lines:
                for sold in line.sale_line_ids:
                    found[sold] = found.get(sold, _ZERO) + abs(line.quantity)
    return found
