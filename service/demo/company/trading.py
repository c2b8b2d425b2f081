"""Sales from order to credit note: every plan's order, what was delivered, charged, came back and broke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from service.demo.company.charging import charge
from service.demo.company.coming_back import come_back
from service.demo.company.delivering import deliver
from service.demo.company.numbering import Numbering
from service.demo.company.repairing import Workshop
from service.demo.company.sale_plan import SalePlan, sale_plans
from service.demo.company.selling import customers_in_turn, order_of
from service.demo.company.stock import Stock
from service.demo.company.values import Customer, Delivery, Invoice, Product, Repair, SaleOrder


@dataclass(slots=True)
class Sales:
    """All that was sold; invoices and credit notes with the plan that they come from."""

    orders: list[SaleOrder] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    invoices: list[tuple[SalePlan, Invoice]] = field(default_factory=list)
    credit_notes: list[tuple[SalePlan, Invoice]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def sell(
    customers: Sequence[Customer], catalogue: Sequence[Product], stock: Stock, rng: Random, numbering: Numbering
) -> Sales:
    """What became of every plan, the oldest order first."""
    sales = Sales()
    workshop = Workshop(rng, numbering)
    for plan, customer in zip(sale_plans(rng), customers_in_turn(customers, rng), strict=False):
        order = order_of(plan, customer, catalogue, stock, rng, numbering)
        order, sent = deliver(order, plan, stock, rng, numbering)
        order, charged = charge(order, plan, customer, sent, rng, numbering)
        order, returned, credited = come_back(
            order, plan, next(iter(sent), None), next(iter(charged), None), rng, numbering
        )
        sales.orders.append(order)
        sales.deliveries += [*sent, *returned]
        sales.invoices += [(plan, invoice) for invoice in charged]
        sales.credit_notes += [(plan, note) for note in credited]
        sales.repairs += [workshop.repair(sent[0], next(iter(returned), None))] if plan.breaks else []
    return sales
