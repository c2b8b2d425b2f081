"""What goes back to a vendor after it was billed, and the vendor's credit note for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from service.demo.company.numbering import Numbering, item_id
from service.demo.company.plan import Plan, SentBack
from service.demo.company.values import Bill, Order, Receipt, ReceiptMove, Vendor


def send_back(
    order: Order,
    plan: Plan,
    vendor: Vendor,
    receipts: Sequence[Receipt],
    bills: Sequence[Bill],
    rng: Random,
    numbering: Numbering,
) -> tuple[Order, tuple[Receipt, ...], tuple[Bill, ...]]:
    """The order without what went back; the return and the credit note, if any."""
    if plan.sent_back is SentBack.NOTHING:
        return order, (), ()
    returned = _return(receipts[-1], bills[-1], rng, numbering)
    move = returned.moves[0]
    order = _changed(order, move.order_line_id, "received", move.quantity, returned)
    if plan.sent_back is SentBack.UNCREDITED:
        return order, (returned,), ()
    credit = _credit_note(bills[-1], move, vendor, returned, numbering)
    order = _changed(order, move.order_line_id, "invoiced", move.quantity, credit)
    return order, (returned,), (credit,)


def _return(receipt: Receipt, bill: Bill, rng: Random, numbering: Numbering) -> Receipt:
    """Of the first goods a quarter, at least one."""
    moved = receipt.moves[0]
    quantity = max(Decimal(1), moved.quantity // 4)
    at = bill.created_at + timedelta(days=rng.randrange(3, 9), minutes=rng.randrange(300))
    move = ReceiptMove(
        id=numbering.next("stock.move"),
        order_line_id=moved.order_line_id,
        demand=quantity,
        quantity=quantity,
        serial_ids=moved.serial_ids[: int(quantity)],
        returned_move_id=moved.id,
    )
    return replace(
        receipt,
        id=numbering.next("stock.picking"),
        name=f"WH/OUT/{numbering.next('WH/OUT'):05d}",
        scheduled_at=at,
        done_at=at,
        backorder_of=None,
        moves=(move,),
        changed_at=at,
        returned_id=receipt.id,
    )


def _credit_note(bill: Bill, move: ReceiptMove, vendor: Vendor, returned: Receipt, numbering: Numbering) -> Bill:
    created_at = returned.changed_at + timedelta(days=6)
    billed_on = created_at.date() - timedelta(days=1)
    move_id = numbering.next("account.move")
    line = next(line for line in bill.lines if line.order_line_id == move.order_line_id)
    sequence = 300 + 5 * vendor.id + numbering.next(f"credit note of {vendor.id}")
    return replace(
        bill,
        id=move_id,
        name=f"RBILL/{created_at:%Y/%m}/{numbering.next(f'credit notes of {created_at:%Y/%m}'):04d}",
        number=f"C{vendor.invoice_number(billed_on, sequence)}",
        state="posted",
        is_paid=False,
        billed_on=billed_on,
        due_on=billed_on,
        created_at=created_at,
        lines=(replace(line, id=item_id(move_id, 1), quantity=move.quantity),),
        changed_at=created_at + timedelta(hours=1),
        is_refund=True,
        reversed_id=bill.id,
    )


def _changed(order: Order, line_id: int, what: str, less: Decimal, cause: Receipt | Bill) -> Order:
    lines = tuple(
        replace(line, **{what: getattr(line, what) - less}) if line.id == line_id else line for line in order.lines
    )
    return replace(order, lines=lines, changed_at=max(order.changed_at, cause.changed_at))
