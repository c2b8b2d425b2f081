"""What a maker's invoice says, with all that invoices of the world may say; who prints it chooses what to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.demo.documents.content import Bank, Party, TaxRow
from service.domain.documents import DocumentKind

Value = str | Decimal | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``base`` is what the price is for, ``total`` the net amount, ``extras`` texts below that are no part of
    the description, ``note`` the delivery note that it came with.
    """

    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    tax_rate: Decimal
    total: Decimal
    code: str | None = None
    buyer_code: str | None = None
    gtin: str | None = None
    base: Decimal | None = None
    discount_percent: Decimal | None = None
    discount: Decimal | None = None
    order: str | None = None
    note: str | None = None
    extras: tuple[str, ...] = ()

    def values(self, number: int) -> Mapping[str, Value]:
        """Its values by the contract's field names; ``number`` counts from 1."""
        return {
            "line_number": str(number),
            "description": self.description,
            "seller_item_id": self.code,
            "buyer_item_id": self.buyer_code,
            "gtin": self.gtin,
            "quantity": self.quantity,
            "unit": self.unit,
            "unit_price": self.unit_price,
            "price_base_quantity": self.base,
            "discount": self.discount,
            "discount_percent": self.discount_percent,
            "tax_rate": self.tax_rate,
            "line_total": self.total,
            "order_reference": self.order,
        }


@dataclass(frozen=True, slots=True)
class Early:
    """What paying early is rewarded with; ``due`` is set where a date is told instead of days."""

    percent: Decimal
    days: int
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice or credit note of an invented maker; sums are right."""

    kind: DocumentKind
    language: str
    country: str
    currency: str
    seller: Party
    buyer: Party
    number: str
    issued_on: date
    rows: tuple[Row, ...]
    taxes: tuple[TaxRow, ...]
    goods_total: Decimal
    net_total: Decimal
    tax_total: Decimal
    grand_total: Decimal
    amount_due: Decimal
    clerk: str
    customer_number: str
    ordered_on: date
    orders: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ship_to: Party | None = None
    preceding: str | None = None
    contract: str | None = None
    buyer_reference: str | None = None
    payment_reference: str | None = None
    delivered_on: date | None = None
    due_on: date | None = None
    terms_days: int | None = None
    period: tuple[date, date] | None = None
    early: Early | None = None
    bank: Bank | None = None
    freight: Decimal | None = None
    allowance: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    retention: Decimal | None = None
    is_reverse: bool = False

    @property
    def is_credit(self) -> bool:
        """Whether it gives money back."""
        return self.kind is DocumentKind.CREDIT_NOTE

    def values(self) -> Mapping[str, Value]:
        """The header's values by the contract's field names; None where it has none."""
        bank = self.bank
        return {
            "invoice_number": self.number,
            "issue_date": self.issued_on,
            "due_date": self.due_on,
            "delivery_date": self.delivered_on,
            "currency": self.currency,
            "seller_name": self.seller.name,
            "seller_vat_id": self.seller.vat_id or None,
            "seller_email": self.seller.email,
            "buyer_name": self.buyer.name,
            "buyer_vat_id": self.buyer.vat_id or None,
            "order_reference": self.orders,
            "delivery_note_reference": self.notes,
            "preceding_invoice_reference": self.preceding,
            "contract_reference": self.contract,
            "buyer_reference": self.buyer_reference,
            "payment_reference": self.payment_reference,
            "period_start": self.period[0] if self.period else None,
            "period_end": self.period[1] if self.period else None,
            "iban": bank.iban if bank else None,
            "bic": bank.bic if bank else None,
            **self._sums(),
        }

    def _sums(self) -> Mapping[str, Value]:
        return {
            "goods_total": self.goods_total,
            "net_total": self.net_total,
            "tax_total": self.tax_total,
            "grand_total": self.grand_total,
            "amount_due": self.amount_due,
            "freight_total": self.freight,
            "allowance_total": self.allowance,
            "prepaid_amount": self.prepaid,
            "rounding_amount": self.rounding,
            "retention_amount": self.retention,
        }
