"""What is billed against what was ordered and received, counting earlier bills, drafts included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from matchers.case import Case, LinePair, Linkage
from matchers.compare.bills import is_own_bill
from matchers.explain import numbers_text, quantity_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.records import OrderLine, PurchaseOrder, RecordRef

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """An order line with all that the document bills of it; quantities in the order's unit."""

    order: PurchaseOrder
    order_line: OrderLine
    pairs: tuple[LinePair, ...]
    now: Decimal
    earlier: Decimal
    price: Decimal
    awaits_receipt: bool

    def excess(self, limit: Decimal) -> Decimal:
        """By how much this document and earlier bills exceed ``limit``, at most what this one bills."""
        return min(self.now, self.earlier + self.now - limit)

    def left(self, limit: Decimal) -> Decimal:
        """What earlier bills leave of ``limit``, never below 0."""
        return max(_ZERO, limit - self.earlier)

    def line_beyond(self, limit: Decimal) -> int:
        """The document line with which the bills exceed ``limit``."""
        billed = self.earlier
        for pair in self.pairs:
            billed += pair.order_quantity
            if billed > limit:
                return pair.line
        return self.pairs[-1].line


def billed_lines(case: Case, linkage: Linkage) -> tuple[BilledLine, ...]:
    """The order lines that the document bills something of."""
    by_order_line: dict[int, list[LinePair]] = {}
    for pair in linkage.pairs:
        by_order_line.setdefault(pair.order_line.ref.id, []).append(pair)
    billed = (_billed_line(case, linkage, tuple(pairs)) for pairs in by_order_line.values())
    return tuple(line for line in billed if line.now > 0)


def _billed_line(case: Case, linkage: Linkage, pairs: tuple[LinePair, ...]) -> BilledLine:
    order_line = pairs[0].order_line
    now = sum((_billed_quantity(pair, linkage) for pair in pairs), _ZERO)
    own = any(
        order_line.ref.id in bill.order_line_ids for bill in linkage.index.records.bills if is_own_bill(case, bill)
    )
    printed = linkage.lines[pairs[0].line - 1].net_price
    price = order_line.unit_price if printed is None else printed / pairs[0].unit_factor
    return BilledLine(
        order=pairs[0].order,
        order_line=order_line,
        pairs=pairs,
        now=now,
        earlier=max(_ZERO, order_line.invoiced - now) if own else order_line.invoiced,
        price=price,
        awaits_receipt=case.policy.three_way and _awaits_receipt(order_line, linkage),
    )


def _billed_quantity(pair: LinePair, linkage: Linkage) -> Decimal:
    # A positive quantity at a negative price takes money back, not goods.
    takes_money_back = linkage.lines[pair.line - 1].net_amount < 0 < pair.quantity
    return _ZERO if takes_money_back else pair.order_quantity


def _awaits_receipt(line: OrderLine, linkage: Linkage) -> bool:
    """Services, and products that are billed on what was ordered, never wait for a receipt."""
    product = linkage.index.product(line.product_id)
    if product is None:
        return line.product_id is not None
    return not product.is_service and product.bill_on != "purchase"


def quantity_over_ordered(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """QUANTITY_OVER_ORDERED: with earlier bills, more is billed than was ordered."""
    return tuple(
        _over(Code.QUANTITY_OVER_ORDERED, case, line, line.order_line.quantity, "ordered")
        for line in billed_lines(case, linkage)
        if not case.policy.quantity.allows_up_to(line.earlier + line.now, line.order_line.quantity)
    )


def quantity_over_received(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """QUANTITY_OVER_RECEIVED: with earlier bills, more is billed than was received."""
    return tuple(
        _over(Code.QUANTITY_OVER_RECEIVED, case, line, line.order_line.received, "received")
        for line in billed_lines(case, linkage)
        if line.awaits_receipt
        and not case.policy.quantity.allows_up_to(line.earlier + line.now, line.order_line.received)
    )


def _over(code: Code, case: Case, line: BilledLine, limit: Decimal, what: str) -> Discrepancy:
    excess, left = line.excess(limit), line.left(limit)
    number, order = line.line_beyond(limit), line.order
    before = f", of which {quantity_text(line.earlier)} were billed before" if line.earlier else ""
    remedy = "the order's quantity is raised to" if what == "ordered" else "receipts come to"
    return finding(
        code,
        f"Line {number} ({line.order_line.description}) bills {quantity_text(line.now)} but {quantity_text(limit)} "
        f"were {what} on {order.ref.name}{before}.",
        field="quantity",
        line=number,
        expected=quantity_text(left),
        actual=quantity_text(line.now),
        difference=line.now - left,
        tolerance=str(case.policy.quantity),
        odoo_refs=(order.ref, line.order_line.ref),
        money_at_risk=excess * line.price,
        releases_when=f"On {order.ref.name} {remedy} {quantity_text(line.earlier + line.now)} in Odoo.",
    )


def goods_not_received(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """GOODS_NOT_RECEIVED: nothing was received of what is billed; one for an order none of whose billed goods came."""
    waiting = [line for line in billed_lines(case, linkage) if line.awaits_receipt]
    orders = {line.order.ref: line.order for line in waiting}
    found: list[Discrepancy] = []
    for order in orders.values():
        goods = [line for line in waiting if line.order.ref == order.ref]
        missing = [line for line in goods if not line.order_line.received]
        groups = [missing] if len(missing) == len(goods) else [[line] for line in missing]
        found.extend(_not_received(order, group, linkage) for group in groups)
    return tuple(found)


def _not_received(order: PurchaseOrder, lines: list[BilledLine], linkage: Linkage) -> Discrepancy:
    numbers = sorted({pair.line for line in lines for pair in line.pairs})
    billed = sum((line.now for line in lines), _ZERO)
    what = f"Line {numbers[0]} ({lines[0].order_line.description}) bills"
    if len(numbers) > 1:
        what = f"Lines {numbers_text(numbers)} bill"
    return finding(
        Code.GOODS_NOT_RECEIVED,
        f"{what} {quantity_text(billed)} but 0 were received on {order.ref.name}.",
        field="quantity",
        line=numbers[0],
        expected="0",
        actual=quantity_text(billed),
        difference=billed,
        odoo_refs=(order.ref, *(line.order_line.ref for line in lines), *_awaited(order, linkage)),
        money_at_risk=sum((line.now * line.price for line in lines), _ZERO),
        releases_when=f"The receipt for {order.ref.name} is validated in Odoo.",
    )


def _awaited(order: PurchaseOrder, linkage: Linkage) -> Iterable[RecordRef]:
    receipts = linkage.index.records.receipts
    return (r.ref for r in receipts if r.order_id == order.ref.id and r.state not in ("done", "cancel"))
