"""Who the retailer deals with: itself, suppliers and customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
class Customer:
    """A buyer; ``vat_id`` only of businesses. ``reference`` is our customer number, ``language`` the one that it
    writes in, ``terms_days`` the days until payment (0: at once).
    """

    id: int
    name: str
    address: Address
    is_company: bool
    vat_id: str | None
    iban: str
    bic: str
    bank_name: str
    email: str
    phone: str
    reference: str
    language: str
    terms_days: int
