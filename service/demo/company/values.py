"""The retailer's world as frozen values. Money in EUR, quantities in the line's unit, times aware UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from service.domain.money import to_cents

TODAY = date(2026, 11, 1)  # the day on which the demonstration plays


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``country`` ISO 3166-1 alpha-2."""

    street: str
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """The retailer itself."""

    name: str
    address: Address
    vat_id: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Vendor:
    """A supplier. ``reference`` is our number for it, ``customer_number`` its number for us, ``language`` the one
    that it writes in, ``tax_rate`` in percent what it usually charges, ``number_format`` how it numbers invoices
    (filled with ``year`` and ``n``), ``terms_days`` the days until payment.
    """

    id: int
    name: str
    address: Address
    vat_id: str
    iban: str
    bic: str
    bank_name: str
    email: str
    phone: str
    reference: str
    customer_number: str
    language: str
    tax_rate: Decimal
    terms_days: int
    number_format: str

    def invoice_number(self, day: date, n: int) -> str:
        """The vendor's ``n``-th invoice number of that day's year."""
        return self.number_format.format(year=day.year, n=n)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``ratio`` of the category's reference unit make one of it; ``code`` UN/ECE Rec 20."""

    id: int
    name: str
    category_id: int
    ratio: int
    code: str


PIECE = Unit(1, "Units", 1, 1, "C62")
KILOGRAM = Unit(12, "kg", 2, 1, "KGM")
HOUR = Unit(4, "Hours", 3, 1, "HUR")
BOX_OF_12 = Unit(27, "Box of 12", 1, 12, "XBX")
UNITS = (PIECE, KILOGRAM, HOUR, BOX_OF_12)


@dataclass(frozen=True, slots=True)
class Product:
    """Something that we buy from one vendor: our code and name, the vendor's, and the vendor's net price."""

    id: int
    code: str
    name: str
    barcode: str | None
    vendor_id: int
    vendor_code: str
    vendor_name: str
    unit: Unit
    price: Decimal
    tax_rate: Decimal
    is_service: bool


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of a purchase order; ``invoiced`` counts drafts, not cancelled bills."""

    id: int
    product_id: int
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    discount_percent: Decimal
    tax_rate: Decimal
    is_service: bool
    received: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        """Net amount in cents' precision."""
        return net_amount(self.quantity, self.unit_price, self.discount_percent)

    @property
    def tax(self) -> Decimal:
        """Tax on ``net``."""
        return to_cents(self.net * self.tax_rate / 100)

    @property
    def to_invoice(self) -> Decimal:
        """What may be billed now: received (services: ordered) less billed."""
        return (self.quantity if self.is_service else self.received) - self.invoiced


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase order. ``state``: draft, sent, to approve, purchase, done, cancel."""

    id: int
    name: str
    vendor_id: int
    vendor_reference: str | None
    state: str
    ordered_at: datetime
    approved_at: datetime | None
    planned_at: datetime
    lines: tuple[OrderLine, ...]
    changed_at: datetime

    @property
    def is_confirmed(self) -> bool:
        """Whether it binds us."""
        return self.state in ("purchase", "done")

    def tax_by_rate(self) -> dict[Decimal, Decimal]:
        """Tax amount by rate in percent, rounded once a rate."""
        return tax_by_rate(self.lines)


@dataclass(frozen=True, slots=True)
class ReceiptMove:
    """One order line's goods in a receipt: ``demand`` was expected, ``quantity`` came (or, if open, may come)."""

    id: int
    order_line_id: int
    demand: Decimal
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Receipt:
    """Goods received (``state`` done), awaited (assigned) or no longer awaited (cancel)."""

    id: int
    name: str
    order_id: int
    vendor_id: int
    state: str
    scheduled_at: datetime
    done_at: datetime | None
    backorder_of: int | None
    moves: tuple[ReceiptMove, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BillLine:
    """A billed quantity of an order line, at the order's price."""

    id: int
    order_line_id: int
    product_id: int
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    discount_percent: Decimal
    tax_rate: Decimal

    @property
    def net(self) -> Decimal:
        """Net amount in cents' precision."""
        return net_amount(self.quantity, self.unit_price, self.discount_percent)


@dataclass(frozen=True, slots=True)
class Bill:
    """A vendor bill in the books. ``state``: draft, posted, cancel; ``number`` is the vendor's invoice number."""

    id: int
    name: str
    order_id: int
    vendor_id: int
    number: str
    state: str
    is_paid: bool
    billed_on: date
    due_on: date
    created_at: datetime
    lines: tuple[BillLine, ...]
    changed_at: datetime

    @property
    def net(self) -> Decimal:
        """Sum of the lines' net amounts."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Tax, rounded once a rate."""
        return sum(tax_by_rate(self.lines).values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """The whole retailer: itself, whom it buys from, what, and what became of it."""

    seed: int
    own: OwnCompany
    vendors: tuple[Vendor, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]
    receipts: tuple[Receipt, ...]
    bills: tuple[Bill, ...]

    def vendor(self, vendor_id: int) -> Vendor:
        """The vendor of that id."""
        return next(vendor for vendor in self.vendors if vendor.id == vendor_id)

    def product(self, product_id: int) -> Product:
        """The product of that id."""
        return next(product for product in self.products if product.id == product_id)

    def products_of(self, vendor_id: int) -> tuple[Product, ...]:
        """What that vendor sells us."""
        return tuple(product for product in self.products if product.vendor_id == vendor_id)

    def bills_of(self, order_id: int) -> tuple[Bill, ...]:
        """The bills on that order, cancelled ones too."""
        return tuple(bill for bill in self.bills if bill.order_id == order_id)

    def receipts_of(self, order_id: int) -> tuple[Receipt, ...]:
        """The receipts of that order, the first one first."""
        return tuple(receipt for receipt in self.receipts if receipt.order_id == order_id)

    def billable_orders(self) -> Iterator[Order]:
        """Confirmed orders of which something received isn't billed yet."""
        return (order for order in self.orders if order.is_confirmed and any(li.to_invoice > 0 for li in order.lines))


def net_by_rate(lines: Iterable[OrderLine | BillLine]) -> dict[Decimal, Decimal]:
    """Taxable amount by rate in percent, in the order of the lines."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        sums[line.tax_rate] = sums.get(line.tax_rate, Decimal(0)) + line.net
    return sums


def tax_by_rate(lines: Iterable[OrderLine | BillLine]) -> dict[Decimal, Decimal]:
    """Tax amount by rate in percent, rounded once a rate."""
    return {rate: to_cents(net * rate / 100) for rate, net in net_by_rate(lines).items()}


def net_amount(quantity: Decimal, unit_price: Decimal, discount_percent: Decimal) -> Decimal:
    """What a line costs without tax, in cents."""
    return to_cents(quantity * unit_price * (100 - discount_percent) / 100)
