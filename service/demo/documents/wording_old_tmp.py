"""How suppliers word and write things in each language: labels, phrases, dates and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

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
        return self.credit_note if content.is_credit_note else self.invoice

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


_DE = Wording(
    invoice="Rechnung",
    credit_note="Gutschrift",
    invoice_number="Rechnungsnummer",
    credit_note_number="Gutschriftsnummer",
    invoice_date="Rechnungsdatum",
    credit_note_date="Gutschriftsdatum",
    due_date="Fällig am",
    delivery_date="Lieferdatum",
    delivery_note="Lieferschein",
    customer_number="Kundennummer",
    order="Ihre Bestellung",
    preceding_invoice="Zur Rechnung",
    bill_to="Rechnungsempfänger",
    vat_id="USt-IdNr.",
    your_vat_id="Ihre USt-IdNr.",
    position="Pos.",
    code="Art.-Nr.",
    description="Bezeichnung",
    quantity="Menge",
    unit="Einheit",
    unit_price="Einzelpreis",
    discount="Rabatt %",
    tax_rate="USt %",
    amount="Betrag",
    net_total="Nettobetrag",
    goods_total="Warenwert",
    freight="Frachtkosten",
    tax_on="USt {rate} auf {taxable}",
    tax_total="USt gesamt",
    grand_total="Rechnungsbetrag",
    credit_total="Gutschriftsbetrag",
    carried_forward="Übertrag",
    page="Seite {page} von {pages}",
    bank="Bankverbindung",
    payment="Zahlung",
    phone="Telefon",
    opening="Für unsere Lieferungen und Leistungen berechnen wir Ihnen:",
    credit_opening="Wir schreiben Ihnen folgende Positionen gut:",
    terms_phrase="Zahlbar innerhalb von {days} Tagen ohne Abzug bis zum {due}.",
    credit_phrase="Der Betrag wird mit unserer nächsten Rechnung verrechnet.",
    tax_free="Steuerfreie innergemeinschaftliche Lieferung.",
    units=MappingProxyType({"C62": "Stk", "KGM": "kg", "HUR": "Std", "XBX": "Karton"}),
    countries=MappingProxyType({"DE": "Deutschland", "AT": "Österreich", "FR": "Frankreich", "NL": "Niederlande"}),
    decimal=",",
    grouping=".",
    date_format="%d.%m.%Y",
)
_EN = Wording(
    invoice="Invoice",
    credit_note="Credit note",
    invoice_number="Invoice no.",
    credit_note_number="Credit note no.",
    invoice_date="Invoice date",
    credit_note_date="Credit note date",
    due_date="Due date",
    delivery_date="Delivery date",
    delivery_note="Delivery note",
    customer_number="Customer no.",
    order="Your order",
    preceding_invoice="Original invoice",
    bill_to="Bill to",
    vat_id="VAT no.",
    your_vat_id="Your VAT no.",
    position="No.",
    code="Item code",
    description="Description",
    quantity="Qty",
    unit="Unit",
    unit_price="Unit price",
    discount="Disc. %",
    tax_rate="VAT %",
    amount="Amount",
    net_total="Net total",
    goods_total="Goods total",
    freight="Carriage",
    tax_on="VAT {rate} on {taxable}",
    tax_total="VAT total",
    grand_total="Invoice total",
    credit_total="Credit total",
    carried_forward="Carried forward",
    page="Page {page} of {pages}",
    bank="Bank details",
    payment="Payment",
    phone="Phone",
    opening="We charge you for the following goods and services:",
    credit_opening="We credit you for the following items:",
    terms_phrase="Payment due within {days} days, by {due}, without deduction.",
    credit_phrase="This amount will be set off against our next invoice.",
    tax_free="VAT zero-rated: supply of goods to a business in another country.",
    units=MappingProxyType({"C62": "pcs", "KGM": "kg", "HUR": "h", "XBX": "box"}),
    countries=MappingProxyType(
        {
            "DE": "Germany",
            "AT": "Austria",
            "FR": "France",
            "NL": "Netherlands",
            "GB": "United Kingdom",
            "IE": "Ireland",
        }
    ),
    decimal=".",
    grouping=",",
    date_format="%-d %B %Y",
)
_LANGUAGES: Mapping[str, Wording] = MappingProxyType({"de": _DE, "en": _EN})


def wording(language: str) -> Wording:
    """The wording of an ISO 639-1 language; KeyError where there is none."""
    return _LANGUAGES[language]
