"""What a supplier's wording consists of, and how it writes dates and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.demo.documents.content import DocumentContent
from service.domain.money import plain

_GROUP = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's labels; ``decimal`` and ``grouping`` are its separators, ``date_format`` is strftime's."""

    invoice: str
    credit_note: str
    invoice_number: str
    credit_note_number: str
    invoice_date: str
    credit_note_date: str
    due_date: str
    delivery_date: str
    delivery_note: str
    customer_number: str
    order: str
    preceding_invoice: str
    bill_to: str
    vat_id: str
    your_vat_id: str
    position: str
    code: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    discount: str
    tax_rate: str
    amount: str
    net_total: str
    goods_total: str
    freight: str
    tax_on: str
    tax_total: str
    grand_total: str
    credit_total: str
    carried_forward: str
    page: str
    bank: str
    payment: str
    phone: str
    opening: str
    credit_opening: str
    terms_phrase: str
    credit_phrase: str
    tax_free: str
    units: Mapping[str, str]
    countries: Mapping[str, str]
    decimal: str
    grouping: str
    date_format: str

    def day(self, on: date) -> str:
        """A date as it is printed."""
        return on.strftime(self.date_format)

    def number(self, figure: Decimal) -> str:
        """A figure in its own scale with the language's separators, thousands grouped."""
        whole, point, fraction = plain(abs(figure)).partition(".")
        start = len(whole) % _GROUP or _GROUP
        groups = [whole[:start], *(whole[at : at + _GROUP] for at in range(start, len(whole), _GROUP))]
        sign = "-" if figure < 0 else ""
        return sign + self.grouping.join(groups) + (self.decimal + fraction if point else "")

    def percent(self, rate: Decimal) -> str:
        """A rate with its sign."""
        return f"{self.number(rate)} %"

    def title(self, content: DocumentContent) -> str:
        """What kind of paper it is."""
        return content.title or (self.credit_note if content.is_credit_note else self.invoice)

    def number_label(self, content: DocumentContent) -> str:
        """What the document's number is called."""
        usual = self.credit_note_number if content.is_credit_note else self.invoice_number
        return content.number_called or usual

    def date_label(self, content: DocumentContent) -> str:
        """What the document's date is called."""
        return self.credit_note_date if content.is_credit_note else self.invoice_date

    def total_label(self, content: DocumentContent) -> str:
        """What the grand total is called."""
        return self.credit_total if content.is_credit_note else self.grand_total

    def terms(self, content: DocumentContent) -> str | None:
        """The sentence on payment, None where nothing is said."""
        if content.terms_days is None or content.due_date is None:
            return None
        return self.terms_phrase.format(days=content.terms_days, due=self.day(content.due_date))
