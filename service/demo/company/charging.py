"""What customers are charged: invoices over what they ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from service.demo.company.numbering import Numbering, item_id
from service.demo.company.sale_plan import Invoicing, SalePlan
from service.demo.company.selling import NOW
from service.demo.company.values import Customer, Delivery, Invoice, InvoiceLine, SaleLine, SaleOrder


def charge(
    order: SaleOrder,
    plan: SalePlan,
    customer: Customer,
    deliveries: tuple[Delivery, ...],
    rng: Random,
    numbering: Numbering,
) -> tuple[SaleOrder, tuple[Invoice, ...]]:
    """The order with what was invoiced of it, and its invoice, if any."""
    if plan.invoicing is Invoicing.NONE:
        return order, ()
    sent_at = deliveries[0].done_at or order.ordered_at
    created_at = min(sent_at + timedelta(minutes=rng.randrange(10, 900)), NOW)
    invoice = _invoice(order, plan, customer, created_at, numbering)
    if invoice.state != "cancel":
        order = replace(order, lines=tuple(replace(line, invoiced=line.quantity) for line in order.lines))
    return replace(order, changed_at=max(order.changed_at, created_at)), (invoice,)


def _invoice(
    order: SaleOrder, plan: SalePlan, customer: Customer, created_at: datetime, numbering: Numbering
) -> Invoice:
    move_id = numbering.next("account.move")
    day = created_at.date()
    is_posted = plan.invoicing is Invoicing.POSTED
    return Invoice(
        id=move_id,
        name=f"INV/{day.year}/{numbering.next(f'invoices of {day.year}'):05d}" if is_posted else "/",
        sale_order_id=order.id,
        customer_id=customer.id,
        is_refund=False,
        reversed_id=None,
        reference=order.customer_reference,
        state={Invoicing.DRAFT: "draft", Invoicing.CANCELLED: "cancel"}.get(plan.invoicing, "posted"),
        invoiced_on=day,
        due_on=day + timedelta(days=customer.terms_days),
        created_at=created_at,
        lines=tuple(_line(line, item_id(move_id, place)) for place, line in enumerate(order.lines, start=1)),
        changed_at=created_at,
    )


def _line(line: SaleLine, id_: int) -> InvoiceLine:
    return InvoiceLine(
        id=id_,
        sale_line_id=line.id,
        product_id=line.product_id,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        tax_rate=line.tax_rate,
    )
