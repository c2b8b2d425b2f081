"""What customers send back: returns of deliveries, and credit notes of invoices."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.numbering import Numbering, item_id
from service.demo.company.sale_plan import Comeback, SalePlan
from service.demo.company.selling import NOW
from service.demo.company.values import Delivery, DeliveryMove, Invoice, SaleOrder

_REASONS = ("damaged in transport", "not as described", "ordered too many", "does not work", "wrong colour")
_CREDITED = (Comeback.CREDITED, Comeback.CREDIT_OPEN, Comeback.CREDIT_DRAFT)


def come_back(
    order: SaleOrder,
    plan: SalePlan,
    delivery: Delivery | None,
    invoice: Invoice | None,
    rng: Random,
    numbering: Numbering,
) -> tuple[SaleOrder, tuple[Delivery, ...], tuple[Invoice, ...]]:
    """The order without what came back; the return and the credit note, if any."""
    if plan.comeback is Comeback.NOTHING or delivery is None or invoice is None:
        return order, (), ()
    returned = _return(delivery, plan.comeback, rng, numbering)
    move = returned.moves[0]
    if returned.state == "done" and move.to_refund:
        order = _less(order, move, "delivered", returned.changed_at)
    order = replace(order, changed_at=max(order.changed_at, returned.changed_at))
    if plan.comeback not in _CREDITED:
        return order, (returned,), ()
    credit = _credit_note(invoice, move, returned, plan.comeback, rng, numbering)
    return _less(order, move, "invoiced", credit.changed_at), (returned,), (credit,)


def _return(delivery: Delivery, comeback: Comeback, rng: Random, numbering: Numbering) -> Delivery:
    """Of the first goods one piece or all of them."""
    sent = delivery.moves[0]
    quantity = rng.choice((sent.quantity, sent.quantity, Decimal(1), Decimal(1), Decimal(1)))
    created_at = min(delivery.changed_at + timedelta(days=rng.randrange(3, 9)), NOW)
    done_at = min(created_at + timedelta(days=rng.randrange(1, 5)), NOW) if comeback is not Comeback.AWAITED else None
    move = DeliveryMove(
        id=numbering.next("stock.move"),
        sale_line_id=sent.sale_line_id,
        product_id=sent.product_id,
        demand=quantity,
        quantity=quantity,
        serial_ids=sent.serial_ids[: int(quantity)],
        returned_move_id=sent.id,
        to_refund=comeback is not Comeback.EXCHANGED,
    )
    return Delivery(
        id=numbering.next("stock.picking"),
        name=f"WH/IN/{numbering.next('WH/IN'):05d}",
        sale_order_id=delivery.sale_order_id,
        customer_id=delivery.customer_id,
        state="assigned" if done_at is None else "done",
        scheduled_at=created_at,
        done_at=done_at,
        backorder_of=None,
        returned_id=delivery.id,
        moves=(move,),
        created_at=created_at,
        changed_at=done_at or created_at,
    )


def _credit_note(
    invoice: Invoice, move: DeliveryMove, returned: Delivery, comeback: Comeback, rng: Random, numbering: Numbering
) -> Invoice:
    move_id = numbering.next("account.move")
    created_at = min(returned.changed_at + timedelta(hours=rng.randrange(2, 50)), NOW)
    day = created_at.date()
    is_posted = comeback is not Comeback.CREDIT_DRAFT
    line = next(line for line in invoice.lines if line.sale_line_id == move.sale_line_id)
    return replace(
        invoice,
        id=move_id,
        name=f"RINV/{day.year}/{numbering.next(f'credit notes of {day.year}'):05d}" if is_posted else "/",
        is_refund=True,
        reversed_id=invoice.id,
        reference=f"Reversal of: {invoice.name}, {rng.choice(_REASONS)}",
        state="posted" if is_posted else "draft",
        invoiced_on=day,
        due_on=day,
        created_at=created_at,
        lines=(replace(line, id=item_id(move_id, 1), quantity=move.quantity),),
        changed_at=created_at,
    )


def _less(order: SaleOrder, move: DeliveryMove, what: str, at: datetime) -> SaleOrder:
    lines = tuple(
        replace(line, **{what: getattr(line, what) - move.quantity}) if line.id == move.sale_line_id else line
        for line in order.lines
    )
    return replace(order, lines=lines, changed_at=max(order.changed_at, at))
