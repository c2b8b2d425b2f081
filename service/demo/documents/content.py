"""What a paper says, apart from how it is printed; a layout prints everything that a content sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.demo.company.values import Address
from service.domain.documents import DocumentKind

_TOWN_FIRST = frozenset({"GB", "IE"})


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or buyer as it writes itself."""

    name: str
    address: Address
    vat_id: str
    email: str | None = None
    phone: str | None = None


def street_and_town(party: Party) -> tuple[str, str]:
    """The two lines of a party's address within its country."""
    address = party.address
    if address.country == "US":
        return address.street, f"{address.city}, {address.postcode}"
    town = (address.city, address.postcode) if address.country in _TOWN_FIRST else (address.postcode, address.city)
    return address.street, " ".join(town)


@dataclass(frozen=True, slots=True)
class Bank:
    """Where to pay to; ``iban`` without spaces."""

    name: str
    iban: str
    bic: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item line. ``unit`` is a UN/ECE Rec 20 code, rates are in percent, ``total`` is the net amount that is
    printed, right or wrong.
    """

    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    tax_rate: Decimal
    total: Decimal
    code: str | None = None
    gtin: str | None = None
    discount_percent: Decimal | None = None
    order_reference: str | None = None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One row of the tax summary."""

    rate: Decimal
    taxable: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """An invoice or credit note in words and figures, as the seller means (or mistakes) them. ``number_called`` is
    the seller's own word for its number, ``title`` for the paper, where it isn't the language's usual one.
    """

    kind: DocumentKind
    language: str
    seller: Party
    buyer: Party
    customer_number: str | None
    number: str | None
    issue_date: date
    currency: str
    items: tuple[Item, ...]
    net_total: Decimal
    taxes: tuple[TaxRow, ...]
    tax_total: Decimal
    grand_total: Decimal
    order_references: tuple[str, ...] = ()
    delivery_notes: tuple[str, ...] = ()
    preceding_invoice: str | None = None
    delivery_date: date | None = None
    due_date: date | None = None
    terms_days: int | None = None
    freight: Decimal | None = None
    number_called: str | None = None
    title: str | None = None
    bank: Bank | None = None

    @property
    def is_credit_note(self) -> bool:
        """Whether it gives money back."""
        return self.kind is DocumentKind.CREDIT_NOTE

    @property
    def has_discounts(self) -> bool:
        """Whether any line has one, so that a column is needed."""
        return any(item.discount_percent for item in self.items)
