"""An invoice that says that it is paid is told apart from one that asks to be paid."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract
from service.domain.documents import DocumentKind

ENGLISH = (
    ("Hartwell Lighting Ltd", "Invoice", "Invoice number: INV-4711", "Invoice date: 12 March 2026"),
    ("Net total", "VAT 20 %", "Total"),
)
GERMAN = (
    ("Lampenwerk Süd GmbH", "Rechnung", "Rechnungsnummer: RE-4711", "Rechnungsdatum: 12.03.2026"),
    ("Nettobetrag", "MwSt. 20 %", "Gesamtbetrag"),
)
FRENCH = (
    ("Lumière du Nord SARL", "Facture", "Numéro de facture : FA-4711", "Date de facture : 12/03/2026"),
    ("Total HT", "TVA 20 %", "Total TTC"),
)
SPANISH = (
    ("Luces del Sur, S.L.", "Factura", "Número de factura: F-4711", "Fecha de factura: 12/03/2026"),
    ("Base imponible", "IVA 20 %", "Total factura"),
)
ITALIAN = (
    ("Luce Viva S.r.l.", "Fattura", "Numero fattura: 4711/A", "Data fattura: 12/03/2026"),
    ("Totale imponibile", "IVA 20 %", "Totale fattura"),
)
DUTCH = (
    ("Lichthuis B.V.", "Factuur", "Factuurnummer: 26-4711", "Factuurdatum: 12-03-2026"),
    ("Totaal excl. btw", "Btw 20 %", "Totaal incl. btw"),
)
SWEDISH = (
    ("Ljushuset AB", "Faktura", "Fakturanummer: 4711", "Fakturadatum: 2026-03-12"),
    ("Netto", "Moms 20 %", "Summa inkl. moms"),
)
Words = tuple[tuple[str, ...], tuple[str, ...]]


def paper(words: Words, *notes: str, figures: tuple[tuple[str, str], ...] = (), size: float = 10) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for row, text in enumerate(words[0]):
        canvas.setFont("Helvetica-Bold" if row == 1 else "Helvetica", 20 if row == 1 else 10)
        canvas.drawString(60, 780 - 26 * row, text)
    point = "." if words is ENGLISH else ","
    rows = (*zip(words[1], (f"300{point}00 EUR", f"60{point}00 EUR", f"360{point}00 EUR"), strict=True), *figures)
    canvas.setFont("Helvetica", 10)
    for row, (label, value) in enumerate(rows):
        canvas.drawString(300, 560 - 18 * row, label)
        canvas.drawRightString(540, 560 - 18 * row, value)
    canvas.setFont("Helvetica", size)
    for row, text in enumerate(notes):
        canvas.drawString(60, 400 - 1.4 * size * row, text)
    canvas.save()
    return out.getvalue()


def note_in(words: Words, *notes: str, figures: tuple[tuple[str, str], ...] = (), size: float = 10) -> str | None:
    found = extract(paper(words, *notes, figures=figures, size=size), "paper.pdf")
    assert found.kind is DocumentKind.SUPPLIER_INVOICE
    return found.paid_note


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (ENGLISH, "PAID"),
        (ENGLISH, "Already paid – do not pay"),
        (ENGLISH, "Paid by credit card"),
        (ENGLISH, "Paid on 12 March 2026"),
        (ENGLISH, "Paid with Visa ending 4242"),
        (ENGLISH, "Payment status: Paid"),
        (ENGLISH, "This invoice has already been paid."),
        (ENGLISH, "Payment received with thanks."),
        (ENGLISH, "Paid in full"),
        (ENGLISH, "No payment is required."),
        (GERMAN, "Bezahlt"),
        (GERMAN, "PAID"),
        (GERMAN, "Betrag dankend erhalten"),
        (GERMAN, "Bereits per PayPal bezahlt"),
        (GERMAN, "Der Rechnungsbetrag wurde bereits per Kreditkarte beglichen."),
        (GERMAN, "Bezahlt am 12.03.2026"),
        (GERMAN, "Zahlungsstatus: bezahlt"),
        (FRENCH, "Payé le 12/03/2026"),
        (FRENCH, "Facture acquittée"),
        (FRENCH, "Cette facture a déjà été réglée."),
        (FRENCH, "Réglée par carte bancaire"),
        (SPANISH, "PAGADO"),
        (SPANISH, "Pagado con tarjeta de crédito"),
        (SPANISH, "Esta factura ya ha sido pagada."),
        (ITALIAN, "PAGATO"),
        (ITALIAN, "Pagato con carta di credito"),
        (ITALIAN, "La fattura risulta già pagata."),
        (DUTCH, "BETAALD"),
        (DUTCH, "Deze factuur is reeds voldaan."),
        (DUTCH, "Betaald via iDEAL"),
        (SWEDISH, "Fakturan är betald"),
    ],
)
def test_words_that_say_that_it_is_paid(words: Words, text: str) -> None:
    assert note_in(words, text) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (ENGLISH, "To be paid by 12 April 2026"),
        (ENGLISH, "Payable within 30 days"),
        (ENGLISH, "Invoices not paid within 30 days bear interest of 8 %."),
        (ENGLISH, "Must be paid on 12 April 2026"),
        (ENGLISH, "If you have already paid, please disregard this letter. Paid goods stay ours."),
        (ENGLISH, "Title passes when the goods have been paid in full."),
        (ENGLISH, "Carriage paid"),
        (ENGLISH, "This invoice can be paid by credit card or bank transfer."),
        (ENGLISH, "The amount will be collected by direct debit. No payment is required."),
        (ENGLISH, "Please do not pay to any other account."),
        (ENGLISH, "Goods remain our property until they are fully paid"),
        (GERMAN, "Zu bezahlen bis 12.04.2026"),
        (GERMAN, "Die Ware bleibt unser Eigentum, bis sie vollständig bezahlt ist."),
        (GERMAN, "Sollte die Rechnung bereits bezahlt sein, ist sie gegenstandslos."),
        (GERMAN, "Bitte nicht überweisen, der Betrag wird von Ihrem Konto abgebucht."),
        (GERMAN, "Betrag dankend erhalten am:"),
        (GERMAN, "Die Anzahlung wurde bezahlt."),
        (FRENCH, "À payer le 12/04/2026"),
        (FRENCH, "Doit être payée par virement"),
        (FRENCH, "Si vous avez déjà réglé cette facture, merci de ne pas en tenir compte."),
        (SPANISH, "Pago"),
        (SPANISH, "A pagar antes del 12/04/2026"),
        (ITALIAN, "Da pagare entro il 12/04/2026"),
        (ITALIAN, "Pagamento"),
        (DUTCH, "Te betalen voor 12-04-2026"),
        (DUTCH, "Facturen dienen binnen 30 dagen te worden betaald"),
    ],
)
def test_words_that_ask_to_be_paid_say_nothing_of_it(words: Words, text: str) -> None:
    assert note_in(words, text) is None


def test_a_stamp_in_large_type() -> None:
    assert note_in(ENGLISH, "PAID", size=40) == "PAID"


def test_all_paid_in_advance_leaves_nothing_due() -> None:
    note = note_in(ENGLISH, figures=(("Paid", "-360.00 EUR"), ("Balance due", "0.00 EUR")))
    assert note is not None
    assert "Balance due" in note


def test_a_part_paid_in_advance_leaves_the_rest_to_be_paid() -> None:
    figures = (("Paid by credit card", "-60.00 EUR"), ("Balance due", "300.00 EUR"))
    assert note_in(ENGLISH, "Paid on 12 March 2026", figures=figures) is None


def test_a_payment_that_is_only_an_amount_is_no_stamp() -> None:
    assert note_in(GERMAN, figures=(("Bezahlt", "0,00 EUR"), ("Noch zu zahlen", "360,00 EUR"))) is None
