"""What is billed of an order: bills at the order's prices, and the invoiced quantities of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.numbering import Numbering, item_id
from service.demo.company.plan import Billing, Plan
from service.demo.company.values import TODAY, Bill, BillLine, Order, OrderLine, Receipt, Vendor

_Quantities = Mapping[int, Decimal]  # by order line id
_FIRST_INVOICE = 400  # vendors' numbers start high enough to look like a year's business


def bill_order(
    order: Order, plan: Plan, vendor: Vendor, receipts: Sequence[Receipt], rng: Random, numbering: Numbering
) -> tuple[Order, tuple[Bill, ...]]:
    """The order with what was billed of it, and its bills, the first one first."""
    bills: list[Bill] = []
    for quantities, arrived_at in _portions(order, plan.billing, receipts):
        created_at = arrived_at + timedelta(days=rng.randrange(2, 6), minutes=rng.randrange(0, 200))
        bill = _bill(order, vendor, quantities, created_at, numbering)
        bills.append(_in_state(bill, plan.billing, numbering))
    if not bills:
        return order, ()
    return _with_invoiced(order, bills), tuple(bills)


def _portions(order: Order, billing: Billing, receipts: Sequence[Receipt]) -> tuple[tuple[_Quantities, datetime], ...]:
    """The quantities of each bill, and when they had arrived."""
    if billing is Billing.NONE:
        return ()
    if billing is Billing.TWO:
        return tuple(
            ({move.order_line_id: move.quantity for move in receipt.moves}, receipt.changed_at) for receipt in receipts
        )
    whole = {line.id: line.to_invoice for line in order.lines}
    if billing is Billing.HALF:
        whole = {line: quantity // 2 for line, quantity in whole.items()}
    return ((whole, order.changed_at),)


def _bill(order: Order, vendor: Vendor, quantities: _Quantities, created_at: datetime, numbering: Numbering) -> Bill:
    billed_on = created_at.date() - timedelta(days=1)
    move_id = numbering.next("account.move")
    sequence = _FIRST_INVOICE + 7 * vendor.id + numbering.next(f"invoice of {vendor.id}")
    return Bill(
        id=move_id,
        name="/",
        order_id=order.id,
        vendor_id=vendor.id,
        number=vendor.invoice_number(billed_on, sequence),
        state="draft",
        is_paid=False,
        billed_on=billed_on,
        due_on=billed_on + timedelta(days=vendor.terms_days),
        created_at=created_at,
        lines=tuple(
            _bill_line(line, quantities[line.id], item_id(move_id, place))
            for place, line in enumerate(order.lines, start=1)
            if quantities.get(line.id)
        ),
        changed_at=created_at,
    )


def _bill_line(line: OrderLine, quantity: Decimal, id_: int) -> BillLine:
    return BillLine(
        id=id_,
        order_line_id=line.id,
        product_id=line.product_id,
        quantity=quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        tax_rate=line.tax_rate,
    )


def _in_state(bill: Bill, billing: Billing, numbering: Numbering) -> Bill:
    if billing is Billing.DRAFT:
        return bill
    if billing is Billing.CANCELLED:
        return replace(bill, state="cancel", changed_at=bill.created_at + timedelta(hours=3))
    number = numbering.next(f"bills of {bill.created_at:%Y/%m}")
    posted = replace(bill, state="posted", name=f"BILL/{bill.created_at:%Y/%m}/{number:04d}")
    if billing is not Billing.PAID:
        return replace(posted, changed_at=bill.created_at + timedelta(hours=2))
    paid_at = min(bill.created_at + timedelta(days=9), _end_of_demonstration(bill.created_at))
    return replace(posted, is_paid=True, changed_at=paid_at)


def _end_of_demonstration(like: datetime) -> datetime:
    return like.replace(year=TODAY.year, month=TODAY.month, day=TODAY.day, hour=6)


def _with_invoiced(order: Order, bills: Sequence[Bill]) -> Order:
    billed: dict[int, Decimal] = {}
    for bill in bills:
        for line in bill.lines if bill.state != "cancel" else ():
            billed[line.order_line_id] = billed.get(line.order_line_id, Decimal(0)) + line.quantity
    lines = tuple(replace(line, invoiced=billed.get(line.id, Decimal(0))) for line in order.lines)
    # the order is touched when a bill is made or cancelled, not when it is paid
    changed_at = max(bill.changed_at if bill.state == "cancel" else bill.created_at for bill in bills)
    return replace(order, lines=lines, changed_at=max(order.changed_at, changed_at))
