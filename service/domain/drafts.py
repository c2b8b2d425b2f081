"""What approvals ask Odoo to create: bills, returns and repairs, each found again by its marker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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


@dataclass(frozen=True, slots=True)
class ReturnLineDraft:
    """What comes back of one delivered movement, in its unit."""

    movement_id: int
    product_id: int
    quantity: Decimal
    to_refund: bool


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """The return transfer that an approved return form asks for, found again by ``marker`` in its origin; with
    ``refund_of`` also a draft credit note of that invoice for the same lines.
    """

    marker: str
    delivery_id: int
    lines: tuple[ReturnLineDraft, ...]
    refund_of: int | None
    reason: str
    refund_on: date | None
    refund_lines: tuple[tuple[int, Decimal], ...] = ()  # (invoice line's id, quantity)


@dataclass(frozen=True, slots=True)
class RepairDraft:
    """The repair order that an approved warranty claim asks for, found again by ``marker`` in its notes."""

    marker: str
    partner_id: int
    company_id: int
    product_id: int
    serial_id: int | None
    sale_order_id: int | None
    under_warranty: bool
    note: str


Draft = BillDraft | ReturnDraft | RepairDraft
