"""What changed in Odoo since the approver looked: whatever the write rests on, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.drafts import BillDraft, RepairDraft, ReturnDraft
from service.domain.excerpt import Records
from service.domain.money import plain
from service.domain.records import OrderLine, PurchaseOrder, RecordKind, RecordRef, SaleOrder, SaleOrderLine
from service.ports import OdooWrite

_BILLABLE_STATES = {"purchase", "done"}  # done: confirmed and locked
_SOLD_STATES = {"sale", "done"}
_ZERO = Decimal(0)


def concerned(write: OdooWrite) -> tuple[RecordRef, ...]:
    """The records that are read again before anything is written."""
    orders = (order.ref for order in write.orders)
    sales = (order.ref for order in write.sale_orders)
    return (*orders, *sales, *(_ref(kind, number) for kind, number in _sources(write)))


def changes(write: OdooWrite, live: Records) -> tuple[Discrepancy, ...]:
    """One RECORD_CHANGED for each of those that is no longer what the approver saw."""
    return (*changed_orders(write, live.orders), *_changed_sales(write, live.sale_orders), *_missing(write, live))


def _ref(kind: RecordKind, number: int) -> RecordRef:
    return RecordRef(kind.value, number, str(number))


def _sources(write: OdooWrite) -> Iterator[tuple[RecordKind, int]]:
    """What a return or a repair is made of."""
    draft = write.draft
    if isinstance(draft, ReturnDraft):
        yield RecordKind.RECEIPT, draft.delivery_id
        if draft.refund_of is not None:
            yield RecordKind.BILL, draft.refund_of
    elif isinstance(draft, RepairDraft) and draft.serial_id is not None:
        yield RecordKind.SERIAL, draft.serial_id


def _missing(write: OdooWrite, live: Records) -> Iterator[Discrepancy]:
    """The delivery must be done, the invoice posted, the serial number there."""
    fit: dict[RecordKind, set[int]] = {
        RecordKind.RECEIPT: {transfer.ref.id for transfer in live.receipts if transfer.state == "done"},
        RecordKind.BILL: {bill.ref.id for bill in live.bills if bill.state == "posted"},
        RecordKind.SERIAL: {serial.ref.id for serial in live.serials},
    }
    said = {
        RecordKind.RECEIPT: "The delivery to take back is gone, or isn't done any more.",
        RecordKind.BILL: "The invoice to refund is gone, or isn't posted any more.",
        RecordKind.SERIAL: "The serial number is gone from Odoo.",
    }
    for kind, number in _sources(write):
        if number not in fit[kind]:
            yield _changed(said[kind], _ref(kind, number))


def _changed(message: str, ref: RecordRef) -> Discrepancy:
    field = "sale_order_reference"
    return Discrepancy(Code.RECORD_CHANGED, message, Severity.BLOCKING, field=field, odoo_refs=(ref,))


def _changed_sales(write: OdooWrite, live: Iterable[SaleOrder]) -> Iterator[Discrepancy]:
    now = {order.ref.id: order for order in live}
    for order in write.sale_orders:
        difference = _sale_difference(order, now.get(order.ref.id))
        if difference is not None:
            message = f"{order.ref.name} changed in Odoo since the document was matched: {difference}."
            yield _changed(message, order.ref)


def _sale_difference(seen: SaleOrder, live: SaleOrder | None) -> str | None:
    if live is None:
        return "it is gone"
    if seen.state != live.state and not {seen.state, live.state} <= _SOLD_STATES:
        return f"its state was {seen.state}, now {live.state}"
    if (seen.partner_id, seen.currency) != (live.partner_id, live.currency):
        return "its customer or currency is another"
    now = {line.ref.id: line for line in live.lines}
    said = (_sale_line_difference(line, now.get(line.ref.id)) for line in seen.lines)
    return next((difference for difference in said if difference is not None), None)


def _sale_line_difference(seen: SaleOrderLine, live: SaleOrderLine | None) -> str | None:
    """Goods that came back and money that was paid back meanwhile both lower what the order's line counts."""
    if live is None:
        return f"the line {seen.ref.name} is gone"
    for name in ("delivered", "invoiced"):
        before, after = getattr(seen, name), getattr(live, name)
        if after < before:
            return f"{name} of {seen.ref.name} was {plain(before)}, now {plain(after)}"
    return None


def changed_orders(write: OdooWrite, live: Sequence[PurchaseOrder]) -> tuple[Discrepancy, ...]:
    """One RECORD_CHANGED for each order that is no longer what the approver saw.

    That more was received or billed meanwhile counts only where it leaves too little for this bill: several
    invoices over parts of one order are often approved together, and each changes what the others saw.
    """
    now = {order.ref.id: order for order in live}
    billed: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in write.draft.lines if isinstance(write.draft, BillDraft) else ():
        billed[line.order_line_id] += line.quantity
    return tuple(
        Discrepancy(
            Code.RECORD_CHANGED,
            f"{order.ref.name} changed in Odoo since the document was matched: {difference}.",
            Severity.BLOCKING,
            field="order_reference",
            odoo_refs=(order.ref,),
        )
        for order in write.orders
        if (difference := _difference(order, now.get(order.ref.id), billed)) is not None
    )


def _difference(seen: PurchaseOrder, live: PurchaseOrder | None, billed: Mapping[int | None, Decimal]) -> str | None:
    """What differs, in words with both figures; None where nothing that matters does."""
    if live is None:
        return "it is gone"
    if seen.state != live.state and not {seen.state, live.state} <= _BILLABLE_STATES:
        return f"its state was {seen.state}, now {live.state}"
    if (seen.partner_id, seen.currency) != (live.partner_id, live.currency):
        return "its vendor or currency is another"
    now = {line.ref.id: line for line in live.lines}
    if now.keys() != {line.ref.id for line in seen.lines}:
        return f"it had {len(seen.lines)} lines, now {len(live.lines)}, or others"
    said = (_line_difference(line, now[line.ref.id], billed.get(line.ref.id, _ZERO)) for line in seen.lines)
    return next((difference for difference in said if difference is not None), None)


def _line_difference(seen: OrderLine, live: OrderLine, billed: Decimal) -> str | None:
    for name in ("quantity", "unit_price", "discount_percent"):
        before, after = getattr(seen, name), getattr(live, name)
        if before != after:
            return f"{name.replace('_', ' ')} of {seen.ref.name} was {plain(before)}, now {plain(after)}"
    if live.received < seen.received:
        return f"received of {seen.ref.name} was {plain(seen.received)}, now {plain(live.received)}"
    if live.invoiced > seen.invoiced and live.invoiced + billed > (live.received or live.quantity):
        return f"billed of {seen.ref.name} was {plain(seen.invoiced)}, now {plain(live.invoiced)}"
    if (seen.product_id, seen.unit_id, seen.tax_ids) != (live.product_id, live.unit_id, live.tax_ids):
        return f"product, unit or taxes of {seen.ref.name} are others"
    return None
