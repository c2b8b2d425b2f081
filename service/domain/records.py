"""Odoo's records in accounting words. Amounts are Decimal in the record's currency, times aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class RecordKind(StrEnum):
    """The kinds of record that the books hold; the value is Odoo's model name, for references only."""

    COMPANY = "res.company"
    PARTNER = "res.partner"
    BANK_ACCOUNT = "res.partner.bank"
    PRODUCT = "product.product"
    VENDOR_CODE = "product.supplierinfo"
    UNIT = "uom.uom"
    TAX = "account.tax"
    PURCHASE_ORDER = "purchase.order"
    RECEIPT = "stock.picking"
    BILL = "account.move"  # customers' invoices and credit notes too
    SALE_ORDER = "sale.order"
    SERIAL = "stock.lot"
    PAYMENT = "account.payment"
    STATEMENT_LINE = "account.bank.statement.line"
    REPAIR = "repair.order"


# What comes with an app or a right that not every Odoo has; its records are left out where it is missing.
OPTIONAL_KINDS = frozenset(
    {
        RecordKind.RECEIPT,
        RecordKind.SALE_ORDER,
        RecordKind.SERIAL,
        RecordKind.PAYMENT,
        RecordKind.STATEMENT_LINE,
        RecordKind.REPAIR,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """Points to one record: Odoo's model, id and display name."""

    model: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """One of our own companies."""

    ref: RecordRef
    vat_id: str | None
    currency: str
    partner_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Partner:
    """A vendor or customer; ``parent_id`` is the company that a contact belongs to."""

    ref: RecordRef
    vat_id: str | None
    email: str | None
    reference: str | None
    is_company: bool
    is_vendor: bool
    active: bool
    parent_id: int | None
    company_id: int | None
    country: str | None
    changed_at: datetime
    is_customer: bool = False
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A partner's bank account; ``number`` sanitised (no spaces, upper case)."""

    ref: RecordRef
    partner_id: int
    number: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Product:
    """A product variant. ``bill_on`` is "receive" or "purchase" (ordered quantity)."""

    ref: RecordRef
    template_id: int
    code: str | None
    barcode: str | None
    name: str
    is_service: bool
    bill_on: str
    unit_id: int
    active: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class VendorCode:
    """What a vendor calls a product, and for how much; ``product_id`` None means every variant of the template."""

    ref: RecordRef
    partner_id: int
    template_id: int | None
    product_id: int | None
    code: str | None
    name: str | None
    price: Decimal
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``ratio`` units of the category's reference unit make one of this."""

    ref: RecordRef
    category_id: int
    ratio: Decimal
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Tax:
    """A purchase tax; ``rate`` in percent."""

    ref: RecordRef
    rate: Decimal
    is_purchase: bool
    included_in_price: bool
    active: bool
    company_id: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of a purchase order. ``invoiced`` counts draft bills too, not cancelled ones."""

    ref: RecordRef
    product_id: int | None
    description: str
    quantity: Decimal
    unit_id: int | None
    unit_price: Decimal
    discount_percent: Decimal
    tax_ids: tuple[int, ...]
    received: Decimal
    invoiced: Decimal
    net_amount: Decimal


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """A purchase order with its lines. ``state``: draft, sent, to approve, purchase, done, cancel."""

    ref: RecordRef
    partner_id: int
    vendor_reference: str | None
    state: str
    currency: str
    ordered_on: date | None
    net_amount: Decimal
    tax_amount: Decimal
    total_amount: Decimal
    billing_status: str
    company_id: int
    lines: tuple[OrderLine, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Movement:
    """What a transfer moved of one product, in the product's unit; ``returned_movement_id`` is the movement that it
    takes back, ``order_line_id`` the purchase or sale order's line.
    """

    ref: RecordRef
    product_id: int
    quantity: Decimal
    serial_ids: tuple[int, ...]
    order_line_id: int | None
    returned_movement_id: int | None
    to_refund: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transfer of goods: a receipt or its return (``order_id`` a purchase order), a delivery or a customer's return
    (``sale_order_id``). ``returned_id`` is the transfer that it takes back. ``state``: draft, waiting, confirmed,
    assigned, done, cancel.
    """

    ref: RecordRef
    order_id: int | None
    partner_id: int | None
    state: str
    done_at: datetime | None
    changed_at: datetime
    sale_order_id: int | None = None
    is_outgoing: bool = False
    returned_id: int | None = None
    origin: str | None = None
    movements: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True)
class SaleOrderLine:
    """A line of a sale order."""

    ref: RecordRef
    product_id: int | None
    description: str
    quantity: Decimal
    unit_id: int | None
    unit_price: Decimal
    discount_percent: Decimal
    tax_ids: tuple[int, ...]
    delivered: Decimal
    invoiced: Decimal
    net_amount: Decimal


@dataclass(frozen=True, slots=True)
class SaleOrder:
    """A sale order with its lines. ``state``: draft, sent, sale, done, cancel."""

    ref: RecordRef
    partner_id: int
    customer_reference: str | None
    state: str
    currency: str
    ordered_on: date | None
    net_amount: Decimal
    total_amount: Decimal
    company_id: int
    lines: tuple[SaleOrderLine, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial (or lot) number of a product."""

    ref: RecordRef
    number: str
    product_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair order. ``state``: draft, confirmed, under_repair, done, cancel."""

    ref: RecordRef
    state: str
    partner_id: int | None
    product_id: int | None
    serial_id: int | None
    sale_order_id: int | None
    transfer_id: int | None
    under_warranty: bool
    note: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment to a vendor (``is_outgoing``) or from a customer. ``state``: draft, posted, cancel. ``bill_ids`` are
    the bills and invoices that it is allocated to.
    """

    ref: RecordRef
    is_outgoing: bool
    state: str
    partner_id: int | None
    amount: Decimal
    currency: str
    paid_on: date | None
    reference: str | None
    bill_ids: tuple[int, ...]
    statement_line_ids: tuple[int, ...]
    company_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a bank statement: negative amounts went out. ``is_matched`` where Odoo has it allocated (by partial
    reconciliations, not by its own flag).
    """

    ref: RecordRef
    amount: Decimal
    currency: str
    booked_on: date
    payment_reference: str | None
    partner_id: int | None
    partner_name: str | None
    account_number: str | None
    is_matched: bool
    bill_ids: tuple[int, ...]
    company_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BillLine:
    """A product line of a bill or invoice; ``sale_line_ids`` for sales, ``order_line_id`` for purchases."""

    ref: RecordRef
    product_id: int | None
    description: str
    quantity: Decimal
    unit_price: Decimal
    net_amount: Decimal
    order_line_id: int | None
    sale_line_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """A vendor bill or vendor credit note (``is_refund``), or where ``is_sale`` a customer's invoice or credit note.
    ``state``: draft, posted, cancel. ``vendor_reference`` is Odoo's ``ref``; ``open_amount`` what is still unpaid;
    ``reversed_id`` the bill that a credit note reverses.
    """

    ref: RecordRef
    is_refund: bool
    state: str
    partner_id: int | None
    vendor_reference: str | None
    payment_reference: str | None
    origin: str | None
    billed_on: date | None
    currency: str
    net_amount: Decimal
    total_amount: Decimal
    payment_state: str
    company_id: int
    order_line_ids: tuple[int, ...]
    changed_at: datetime
    is_sale: bool = False
    due_on: date | None = None
    open_amount: Decimal = Decimal(0)
    reversed_id: int | None = None
    lines: tuple[BillLine, ...] = ()


Record = (
    Company
    | Partner
    | BankAccount
    | Product
    | VendorCode
    | Unit
    | Tax
    | PurchaseOrder
    | Receipt
    | Bill
    | SaleOrder
    | Serial
    | Payment
    | StatementLine
    | Repair
)
