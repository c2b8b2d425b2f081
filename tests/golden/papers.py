"""Draws invoices as PDFs in several layouts and languages, for golden documents and for tests of reading.

Everything on them is invented. The wording is that of real invoices' makers, not taken from the lexicon under test.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Wording:
    """What one maker calls things, and how figures and dates are printed."""

    invoice: str
    credit: str
    number: str
    dated: str
    due: str
    order: str
    customer: str
    columns: tuple[str, str, str, str, str, str, str]  # position, code, text, quantity, unit price, tax, total
    net: str
    tax: str
    total: str
    paid: str
    left: str
    freight: str
    vat: str
    terms: str
    bill_to: str
    decimal: str = ","
    group: str = "."
    day: str = "%d.%m.%Y"
    currency: str = "{} €"
    unit: str = "Stk"


@dataclass(frozen=True)
class Item:
    """One line: code, text (may hold line breaks), quantity, unit price, tax rate in percent."""

    code: str
    text: str
    quantity: Decimal
    price: Decimal
    rate: Decimal

    @property
    def total(self) -> Decimal:
        """Quantity times price, in cents."""
        return (self.quantity * self.price).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Paper:
    """One invoice or credit note."""

    words: Wording
    number: str
    issued: date
    due: date | None
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    seller_vat: str
    buyer_vat: str | None
    iban: str
    items: tuple[Item, ...]
    order: str | None = None
    prepaid: Decimal = Decimal(0)
    freight: Decimal = Decimal(0)
    is_credit: bool = False
    email: str = ""
    rates: tuple[Decimal, ...] = field(init=False, default=())

    @property
    def net(self) -> Decimal:
        """Sum of the lines and freight."""
        return sum((item.total for item in self.items), Decimal(0)) + self.freight

    def taxes(self) -> dict[Decimal, tuple[Decimal, Decimal]]:
        """Base and tax by rate; freight bears the first item's rate."""
        bases: dict[Decimal, Decimal] = {self.items[0].rate: self.freight}
        for item in self.items:
            bases[item.rate] = bases.get(item.rate, Decimal(0)) + item.total
        return {r: (b, (b * r / 100).quantize(Decimal("0.01"))) for r, b in sorted(bases.items())}

    @property
    def tax(self) -> Decimal:
        """Tax of all rates."""
        return sum((tax for _, tax in self.taxes().values()), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Net and tax."""
        return self.net + self.tax

    def money(self, amount: Decimal) -> str:
        """The amount as this maker prints it."""
        return self.words.currency.format(self.figure(amount))

    def figure(self, amount: Decimal) -> str:
        """The amount without currency."""
        whole, _, cents = f"{amount:,}".partition(".")
        text = whole.replace(",", self.words.group)
        return f"{text}{self.words.decimal}{cents}" if cents else text

    def day(self, value: date) -> str:
        """The date as this maker prints it."""
        return value.strftime(self.words.day)


Layout = Callable[[Canvas, Paper], None]


def draw(paper: Paper, layout: Layout) -> bytes:
    """The paper as a PDF, the same bytes every time."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    layout(canvas, paper)
    canvas.save()
    return out.getvalue()


def letter(canvas: Canvas, paper: Paper) -> None:
    """A letter with an address window, a block of numbers at the right and a footer in three columns."""
    words = paper.words
    _text(canvas, 57, 60, paper.seller[0], 18, bold=True)
    _text(canvas, 57, 142, " · ".join(paper.seller), 7)
    for i, line in enumerate(paper.buyer):
        _text(canvas, 57, 160 + 13 * i, line, 10)
    pairs = [(words.number, paper.number), (words.dated, paper.day(paper.issued)), (words.customer, "10437")]
    pairs += [(words.order, paper.order)] if paper.order else []
    pairs += [(words.due, paper.day(paper.due))] if paper.due else []
    for i, (label, value) in enumerate(pairs):
        _text(canvas, 360, 160 + 14 * i, label, 9)
        _right(canvas, 538, 160 + 14 * i, value, 9)
    _text(canvas, 57, 285, words.credit if paper.is_credit else words.invoice, 15, bold=True)
    bottom = _table(canvas, paper, 320, (57, 82, 140, 350, 420, 465, 538), rule=True)
    bottom = _totals(canvas, paper, bottom + 14, 340, 538)
    _text(canvas, 57, bottom + 24, words.terms, 9)
    for x, lines in zip((57, 230, 400), _footer(paper), strict=True):
        for i, line in enumerate(lines):
            _text(canvas, x, 770 + 9 * i, line, 7)


def grid(canvas: Canvas, paper: Paper) -> None:
    """Letterhead at the left, title at the right, labels above their values, everything ruled."""
    words = paper.words
    for i, line in enumerate((*paper.seller, paper.email, f"{words.vat} {paper.seller_vat}")):
        _text(canvas, 50, 50 + 13 * i, line, 13 if i == 0 else 9, bold=i == 0)
    _right(canvas, 545, 55, (words.credit if paper.is_credit else words.invoice).upper(), 24, bold=True)
    _text(canvas, 50, 150, words.bill_to, 9, bold=True)
    for i, line in enumerate(paper.buyer):
        _text(canvas, 50, 164 + 12 * i, line, 10)
    cells = [(words.number, paper.number), (words.dated, paper.day(paper.issued))]
    cells += [(words.due, paper.day(paper.due))] if paper.due else []
    cells += [(words.order, paper.order)] if paper.order else []
    for i, (label, value) in enumerate(cells):
        x = 50 + 124 * i
        canvas.rect(x, A4[1] - 272, 124, 34)
        _text(canvas, x + 5, 250, label, 8, bold=True)
        _text(canvas, x + 5, 266, value, 10)
    bottom = _table(canvas, paper, 300, (52, 84, 150, 360, 430, 475, 543), rule=True, upright=True)
    bottom = _totals(canvas, paper, bottom + 16, 360, 543)
    _text(canvas, 50, bottom + 30, f"{words.terms}", 9)
    _text(canvas, 50, bottom + 44, f"IBAN: {_spaced(paper.iban)}", 9)


def plain(canvas: Canvas, paper: Paper) -> None:
    """No rulings; labels with colons at the left, buyer above seller, amounts behind their labels."""
    words = paper.words
    y = 50.0
    _text(canvas, 60, y, f"{words.credit if paper.is_credit else words.invoice} {paper.number}", 16, bold=True)
    pairs = [(words.dated, paper.day(paper.issued))]
    pairs += [(words.due, paper.day(paper.due))] if paper.due else []
    pairs += [(words.order, paper.order)] if paper.order else []
    for i, (label, value) in enumerate(pairs):
        _text(canvas, 60, y + 24 + 13 * i, f"{label}: {value}", 10)
    _text(canvas, 330, 120, f"{words.bill_to}:", 9, bold=True)
    for i, line in enumerate((*paper.buyer, *([f"{words.vat}: {paper.buyer_vat}"] if paper.buyer_vat else []))):
        _text(canvas, 330, 134 + 12 * i, line, 10)
    bottom = _table(canvas, paper, 240, (60, 82, 140, 350, 420, 465, 535), rule=False)
    bottom = _totals(canvas, paper, bottom + 14, 60, 300)
    _text(canvas, 60, bottom + 26, words.terms, 9)
    lines = (*paper.seller, paper.email, f"{words.vat}: {paper.seller_vat}", f"IBAN {paper.iban}")
    for i, line in enumerate(lines):
        _text(canvas, 60, 740 + 11 * i, line, 8)


def _footer(paper: Paper) -> tuple[tuple[str, ...], ...]:
    return (
        paper.seller,
        ("Hausbank", f"IBAN {_spaced(paper.iban)}"),
        (f"{paper.words.vat} {paper.seller_vat}", paper.email),
    )


def _spaced(iban: str) -> str:
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def _table(canvas: Canvas, paper: Paper, top: float, x: Sequence[float], *, rule: bool, upright: bool = False) -> float:
    """Header and rows from ``top`` on, over as many pages as needed; where it ends."""
    y = _header(canvas, paper, top, x, rule=rule)
    first = top
    for position, item in enumerate(paper.items, start=1):
        lines = item.text.split("\n")
        if y + 12 * len(lines) > 700:
            _right(canvas, x[6], y + 4, "—", 8)
            canvas.showPage()
            y = _header(canvas, paper, 70, x, rule=rule)
        _row(canvas, paper, position, item, lines, y, x)
        y += 12 * len(lines) + 6
    if upright:
        for edge in (*(column - 3 for column in x[:3]), x[3] - 42, x[3] + 3, x[4] + 3, x[5] + 3, x[6] + 3):
            canvas.line(edge, A4[1] - first + 14, edge, A4[1] - y + 6)
    return y


def _header(canvas: Canvas, paper: Paper, top: float, x: Sequence[float], *, rule: bool) -> float:
    for i, label in enumerate(paper.words.columns):
        (_text if i < 3 else _right)(canvas, x[i], top, label, 9, bold=True)
    if rule:
        canvas.line(x[0] - 3, A4[1] - top - 5, x[6] + 3, A4[1] - top - 5)
    return top + 18


def _row(
    canvas: Canvas, paper: Paper, position: int, item: Item, lines: Sequence[str], y: float, x: Sequence[float]
) -> None:
    _text(canvas, x[0], y, str(position), 9)
    _text(canvas, x[1], y, item.code, 9)
    for i, line in enumerate(lines):
        _text(canvas, x[2], y + 12 * i, line, 9)
    _right(canvas, x[3], y, f"{paper.figure(item.quantity)} {paper.words.unit}", 9)
    _right(canvas, x[4], y, paper.figure(item.price), 9)
    _right(canvas, x[5], y, f"{item.rate} %", 9)
    _right(canvas, x[6], y, paper.figure(item.total), 9)


def _totals(canvas: Canvas, paper: Paper, top: float, left: float, right: float) -> float:
    words = paper.words
    rows = [(words.freight, paper.freight)] if paper.freight else []
    rows.append((words.net, paper.net))
    for rate, (base, tax) in paper.taxes().items():
        several = len(paper.taxes()) > 1
        rows.append((f"{words.tax} {rate} %" + (f" ({paper.figure(base)})" if several else ""), tax))
    rows.append((words.total, paper.total))
    if paper.prepaid:
        rows += [(words.paid, -paper.prepaid), (words.left, paper.total - paper.prepaid)]
    for i, (label, amount) in enumerate(rows):
        strong = label == words.total
        _text(canvas, left, top + 14 * i, label, 10, bold=strong)
        _right(canvas, right, top + 14 * i, paper.money(amount), 10, bold=strong)
    return top + 14 * len(rows)


def _text(canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawString(x, A4[1] - y, text)


def _right(canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawRightString(x, A4[1] - y, text)


GERMAN = Wording(
    "Rechnung", "Gutschrift", "Rechnungsnummer", "Rechnungsdatum", "Zahlbar bis", "Ihre Bestellung", "Kundennummer",
    ("Pos", "Art.-Nr.", "Bezeichnung", "Menge", "Einzelpreis", "MwSt", "Gesamtpreis"), "Nettobetrag", "zzgl. MwSt.",
    "Rechnungsbetrag", "abzgl. Anzahlung", "Zu zahlen", "Versandkosten", "USt-IdNr.",
    "Zahlbar innerhalb von 14 Tagen ohne Abzug.", "Rechnungsempfänger",
)  # fmt: skip
BRITISH = Wording(
    "Invoice", "Credit Note", "Invoice No.", "Invoice Date", "Due Date", "Your Order No.", "Account No.",
    ("No", "Code", "Description", "Qty", "Unit Price", "VAT", "Amount"), "Total excl. VAT", "VAT", "Total incl. VAT",
    "Less deposit", "Balance Due", "Carriage", "VAT Reg No", "Payment terms: 30 days from date of invoice.", "Bill To",
    decimal=".", group=",", day="%d/%m/%Y", currency="£{}", unit="pcs",
)  # fmt: skip
AMERICAN = replace(
    BRITISH, number="Invoice #", order="P.O. Number", net="Subtotal", tax="Sales Tax", total="Invoice Total",
    day="%m/%d/%Y", currency="${}", paid="Payments", vat="Tax ID", unit="ea",
)  # fmt: skip
FRENCH = Wording(
    "Facture", "Avoir", "Facture n°", "Date de facture", "Échéance", "Votre commande", "Code client",
    ("N°", "Réf.", "Désignation", "Qté", "P.U. HT", "TVA", "Montant HT"), "Total HT", "TVA", "Total TTC",
    "Acompte versé", "Net à payer", "Frais de port", "N° TVA", "Règlement à 30 jours date de facture.", "Facturé à",
    group=" ", day="%d/%m/%Y", unit="pièces",
)  # fmt: skip
SPANISH = Wording(
    "Factura", "Factura rectificativa", "Nº factura", "Fecha factura", "Vencimiento", "Su pedido", "Nº cliente",
    ("Pos", "Código", "Descripción", "Cantidad", "Precio", "IVA", "Importe"), "Base imponible", "IVA", "Total factura",
    "Anticipo", "Total a pagar", "Portes", "NIF", "Pago a 30 días fecha factura.", "Cliente",
    day="%d/%m/%Y", unit="ud",
)  # fmt: skip
ITALIAN = Wording(
    "Fattura", "Nota di credito", "Fattura n.", "Data fattura", "Scadenza", "Vostro ordine", "Codice cliente",
    ("Pos", "Codice", "Descrizione", "Q.tà", "Prezzo", "IVA", "Importo"), "Imponibile", "IVA", "Totale fattura",
    "Acconto", "Netto a pagare", "Spese di trasporto", "P. IVA", "Bonifico bancario a 30 giorni data fattura.",
    "Destinatario", day="%d/%m/%Y", unit="pz",
)  # fmt: skip
DUTCH = Wording(
    "Factuur", "Creditnota", "Factuurnummer", "Factuurdatum", "Vervaldatum", "Uw ordernummer", "Debiteurnummer",
    ("Nr", "Artikel", "Omschrijving", "Aantal", "Prijs", "BTW", "Bedrag"), "Subtotaal", "BTW", "Totaal incl. BTW",
    "Aanbetaling", "Te betalen", "Verzendkosten", "BTW-nr.", "Betaling binnen 30 dagen na factuurdatum.",
    "Factuuradres", day="%d-%m-%Y", currency="€ {}", unit="stuks",
)  # fmt: skip
