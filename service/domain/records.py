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
    BILL = "account.move"


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
class Receipt:
    """Goods received (or awaited) for an order. ``state``: draft, waiting, confirmed, assigned, done, cancel."""

    ref: RecordRef
    order_id: int | None
    partner_id: int | None
    state: str
    done_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Bill:
    """A vendor bill or vendor credit note (``is_refund``). ``state``: draft, posted, cancel."""

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


Record = Company | Partner | BankAccount | Product | VendorCode | Unit | Tax | PurchaseOrder | Receipt | Bill


@dataclass(frozen=True, slots=True)
class Records:
    """The part of the books that one document needs: what the keys found, and what hangs on it."""

    companies: tuple[Company, ...] = ()
    partners: tuple[Partner, ...] = ()
    bank_accounts: tuple[BankAccount, ...] = ()
    products: tuple[Product, ...] = ()
    vendor_codes: tuple[VendorCode, ...] = ()
    units: tuple[Unit, ...] = ()
    taxes: tuple[Tax, ...] = ()
    orders: tuple[PurchaseOrder, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    bills: tuple[Bill, ...] = ()
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class BillLineDraft:
    """A line of the bill to create; ``order_line_id`` links it to the purchase order's line."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    product_id: int | None
    unit_id: int | None
    order_line_id: int | None
    tax_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BillDraft:
    """The draft vendor bill (or credit note) that an approval asks for; found again in Odoo by ``marker``."""

    marker: str
    is_refund: bool
    partner_id: int
    company_id: int
    currency: str
    vendor_reference: str
    payment_reference: str | None
    billed_on: date
    due_on: date | None
    order_names: tuple[str, ...]
    lines: tuple[BillLineDraft, ...]
