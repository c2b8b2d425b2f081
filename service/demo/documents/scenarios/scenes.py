"""The books as a playwright sees them, and what a paper of the demonstration consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.values import TODAY, DemoCompany, Order, Vendor
from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.forms.content import FormContent
from service.demo.documents.invoicing import invoice, item_for, items_for, referring_to
from service.demo.documents.scans import ScanFile, ScanKind
from service.domain.codes import Code
from service.domain.documents import DocumentKind

_FIRST_NUMBER = 900  # far above the numbers of the bills that are in the books


@dataclass(frozen=True, slots=True)
class EmbeddedData:
    """What the XML within a paper says; ``lines_sum`` where it adds its lines up to another figure than they make."""

    content: DocumentContent
    lines_sum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One paper to print in a layout or on a form. ``codes`` are the exceptions that it must raise against untouched
    books; with ``scan`` it comes as a picture of the page, in ``file``; ``data`` is embedded as XML.
    """

    name: str
    layout: str
    content: DocumentContent | FormContent
    codes: tuple[Code, ...] = ()
    scan: ScanKind | None = None
    file: ScanFile = ScanFile.PDF
    data: EmbeddedData | None = None


class Scenes:
    """The books as a playwright sees them: which orders are in which state, and the next invoice number."""

    def __init__(self, company: DemoCompany, seed: int) -> None:
        self.company = company
        self._rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
        self._number = _FIRST_NUMBER

    def orders(self, vendor_id: int, fits: Callable[[Order], bool]) -> tuple[Order, ...]:
        """That vendor's orders that fit, oldest first; ValueError where there is none."""
        found = tuple(order for order in self.company.orders if order.vendor_id == vendor_id and fits(order))
        if not found:
            raise ValueError(f"the company has no such order of vendor {vendor_id}")
        return found

    def invoice(self, vendor_id: int, items: tuple[Item, ...]) -> DocumentContent:
        """A new invoice of that vendor, some days old."""
        vendor = self.company.vendor(vendor_id)
        issued_on = self.recent_day()
        return invoice(self.company, vendor, self.next_number(vendor, issued_on), issued_on, items)

    def invoice_of(self, *orders: Order) -> DocumentContent:
        """A new invoice over all that may be billed of the orders."""
        items = tuple(item for order in orders for item in items_for(self.company, order))
        return referring_to(self.invoice(orders[0].vendor_id, items), self.company, *orders)

    def credit_note(self, vendor_id: int, quantity: Decimal, prefix: str) -> DocumentContent:
        """For that many pieces of the first line of the vendor's oldest posted bill."""
        bill = next(bill for bill in self.company.bills if bill.vendor_id == vendor_id and bill.state == "posted")
        order = next(order for order in self.company.orders if order.id == bill.order_id)
        return replace(
            self.invoice(vendor_id, (item_for(self.company, order.lines[0], quantity),)),
            kind=DocumentKind.CREDIT_NOTE,
            number=f"{prefix}-{self.company.seed % 100:02d}{order.id:03d}",
            preceding_invoice=bill.number,
            order_references=(order.name,),
            due_date=None,
            terms_days=None,
        )

    def next_number(self, vendor: Vendor, day: date) -> str:
        """An invoice number of the vendor that nobody has seen yet."""
        self._number += self._rng.randrange(1, 4)
        return vendor.invoice_number(day, self._number)

    def recent_day(self) -> date:
        """A day of the last week and a half."""
        return TODAY - timedelta(days=self._rng.randrange(1, 11))


def is_open(order: Order) -> bool:
    """Confirmed, all goods received, nothing billed."""
    return order.is_confirmed and all(line.to_invoice == line.quantity for line in order.lines)


def is_partly_received(order: Order) -> bool:
    """Confirmed, of some goods less received than ordered, nothing billed."""
    received = [line.received for line in order.lines]
    short = any(line.received < line.quantity for line in order.lines)
    return order.is_confirmed and short and any(received) and not any(line.invoiced for line in order.lines)


def is_awaited(order: Order) -> bool:
    """Confirmed, nothing received."""
    return order.is_confirmed and not any(line.received or line.is_service for line in order.lines)
