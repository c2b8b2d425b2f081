"""Turns the plans into books that agree: purchases, sales and money from one seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TypeVar

from service.demo.company.buying import buy
from service.demo.company.bystanders import DOUBLED_VENDORS, FORMER_VENDOR, NAMESAKES
from service.demo.company.cashbook import Cashbook
from service.demo.company.catalogue import OWN, VENDORS, products
from service.demo.company.customers import customers
from service.demo.company.numbering import Numbering
from service.demo.company.paying import settle
from service.demo.company.plan import PLANS
from service.demo.company.plan_more import more_plans
from service.demo.company.stock import Stock, fill
from service.demo.company.suppliers import more_products, more_vendors, vendors_with_serials
from service.demo.company.trading import Sales, sell
from service.demo.company.values import Allocation, Bill, Customer, DemoCompany, Invoice, Vendor


def build_company(seed: int) -> DemoCompany:
    """The retailer with 40 vendors, 60 customers, 300 products, 200 purchase and 150 sale orders; the same seed makes
    the same company.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
    rng_of_plans = Random(seed + 1)  # noqa: S311 - apart, so that the older orders stay what they are
    numbering = Numbering()
    newer, buyers = more_vendors(), customers()
    vendors, catalogue = VENDORS + newer, products() + more_products()
    more = more_plans([vendor.id for vendor in newer], vendors_with_serials(catalogue), rng_of_plans)
    plans = PLANS + more
    bought = buy(plans, vendors, catalogue, rng, numbering)
    stock = Stock()
    fill(stock, bought.receipts, {order.id: order for order in bought.orders})
    sold = sell(buyers, catalogue, stock, rng, numbering)
    cashbook = _settled(Cashbook(numbering), bought.bills, vendors, sold, buyers, rng)
    settled_at = _last_settled(cashbook.allocations)
    invoices = [invoice for _, invoice in (*sold.invoices, *sold.credit_notes)]
    return DemoCompany(
        seed=seed,
        own=OWN,
        vendors=vendors,
        products=catalogue,
        orders=bought.orders,
        receipts=bought.receipts,
        bills=_touched(bought.bills, settled_at),
        customers=buyers,
        serials=bought.serials,
        sale_orders=tuple(sold.orders),
        deliveries=tuple(sold.deliveries),
        invoices=tuple(sorted(_touched(invoices, settled_at), key=lambda invoice: invoice.id)),
        repairs=tuple(sold.repairs),
        payments=tuple(cashbook.payments),
        statement_lines=tuple(cashbook.statement_lines),
        allocations=tuple(cashbook.allocations),
        former_vendor=FORMER_VENDOR,
        doubled_vendors=DOUBLED_VENDORS,
        namesakes=NAMESAKES,
    )


def _settled(
    cashbook: Cashbook,
    bills: tuple[Bill, ...],
    vendors: tuple[Vendor, ...],
    sold: Sales,
    buyers: tuple[Customer, ...],
    rng: Random,
) -> Cashbook:
    """The cashbook with what was paid of the bills, invoices and credit notes."""
    by_vendor = {vendor.id: vendor for vendor in vendors}
    by_customer = {customer.id: customer for customer in buyers}
    settle(cashbook, bills, by_vendor, sold.invoices, sold.credit_notes, by_customer, rng)
    return cashbook


def _last_settled(allocations: Iterable[Allocation]) -> dict[int, datetime]:
    """When each entry was last set against another."""
    last: dict[int, datetime] = {}
    for allocation in allocations:
        for move_id in (allocation.debit_move_id, allocation.credit_move_id):
            last[move_id] = max(last.get(move_id, allocation.created_at), allocation.created_at)
    return last


_Document = TypeVar("_Document", Bill, Invoice)


def _touched(documents: Iterable[_Document], settled_at: dict[int, datetime]) -> tuple[_Document, ...]:
    """The documents, changed when they were last settled."""
    return tuple(
        replace(document, changed_at=max(document.changed_at, settled_at.get(document.id, document.changed_at)))
        for document in documents
    )
