"""What a paper is: by its title, by a title in small type or in prose, and by what stands on it where it has none."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract
from service.demo.documents.fonts import face
from service.domain.documents import DocumentKind

HEAD = ("Nordholz Handel GmbH", "Hafenstraße 12, 20457 Hamburg", "", "Weber & Söhne KG", "Lindenallee 3",
        "04109 Leipzig", "")  # fmt: skip
GOODS = (
    "A-100     Lamp Luna              2      150.00      300.00",
    "A-200     Chair Oslo             1       57.00       57.00",
)


def kind_of(*lines: str, head: tuple[str, ...] = HEAD) -> DocumentKind:
    """The kind of a page; a line that begins with "#" is a title in large type, with "+" one in bold."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    faces = face("liberation", "pl")
    for row, line in enumerate((*head, *lines)):
        size = 18 if line.startswith("#") else 10
        canvas.setFont(faces.bold if line[:1] in "#+" else faces.plain, size)
        for cell in line.lstrip("#+ ").split("  "):
            if cell.strip():
                canvas.drawString(60 + 9 * line.lstrip("#+ ").index(cell), 800 - 22 * row, cell.strip())
    canvas.save()
    return extract(out.getvalue(), "paper.pdf").kind


TITLES = {
    "supplier_invoice": (
        "Invoice", "Tax Invoice", "Commercial Invoice", "Rechnung", "Schlussrechnung", "Facture", "Factura", "Fattura",
        "Factuur", "Faktura VAT", "Fatura", "INVOICE NO. 4711", "Rechnung Nr. 4711", "Self-billed invoice",
        "Handelsrechnung", "Abschlagsrechnung", "Facture n° 4711", "VAT invoice", "Sammelrechnung", "Teilrechnung",
    ),
    "credit_note": (
        "Credit note", "Credit memo", "Gutschrift", "Rechnungskorrektur", "Stornorechnung", "Avoir", "Nota de crédito",
        "Factura rectificativa", "Nota di credito", "Creditnota", "Faktura korygująca", "Kreditfaktura",
        "Gutschrift zur Rechnung RE-4711", "Credit note for invoice INV-4711", "Avoir sur facture FA-4711",
        "Abono", "Nota de abono", "Facture d'avoir", "Creditfactuur", "Gutschrift Nr. 4711",
    ),
    "pro_forma": (
        "Pro forma invoice", "Proforma Invoice", "Proforma-Rechnung", "Facture proforma", "Factura proforma",
        "Fattura proforma", "Pro-forma factuur", "Faktura proforma", "Fatura pró-forma", "Proformafaktura",
    ),
    "payment_reminder": (
        "Payment reminder", "Final notice", "Zahlungserinnerung", "1. Mahnung", "2. Mahnung", "Letzte Mahnung",
        "Relance",
        "Mise en demeure", "Recordatorio de pago", "Sollecito di pagamento", "Betalingsherinnering", "Aanmaning",
        "Wezwanie do zapłaty", "Lembrete de pagamento", "Betalningspåminnelse", "Rappel de paiement",
        "Mahnung zur Rechnung RE-4711", "Reminder: invoice INV-4711 is overdue", "Zahlungserinnerung zu Rechnung 4711",
    ),
    "supplier_statement": (
        "Statement of account", "Customer statement", "Offene Posten", "Saldenbestätigung", "Relevé de factures",
        "Facturas pendientes", "Partite aperte", "Openstaande posten", "Potwierdzenie salda", "Extrato de cliente",
        "Reskontrautdrag", "Statement",
    ),
    "bank_statement": (
        "Bank statement", "Umsatzübersicht", "Relevé bancaire", "Extracto bancario", "Estratto conto bancario",
        "Bankafschrift", "Wyciąg bankowy", "Extrato bancário",
    ),
    "settlement_report": (
        "Settlement report", "Payout report", "Auszahlungsbericht", "Payout statement", "Abrechnungsbericht",
        "Informe de liquidación", "Uitbetalingsoverzicht",
    ),
    "remittance_advice": (
        "Remittance advice", "Payment advice", "Zahlungsavis", "Avis de paiement", "Aviso de transferencia",
        "Avviso di pagamento", "Betaaladvies",
    ),
    "order_confirmation": (
        "Order confirmation", "Order acknowledgement", "Auftragsbestätigung", "Confirmation de commande",
        "Confirmación de pedido", "Conferma d'ordine", "Orderbevestiging", "Potwierdzenie zamówienia",
        "Confirmação de encomenda", "Orderbekräftelse", "Auftragsbestätigung Nr. 4711", "Bestellbestätigung",
    ),
    "purchase_order": (
        "Purchase order", "Bestellung", "Bon de commande", "Pedido", "Orden de compra", "Ordine d'acquisto",
        "Inkooporder",
        "Zamówienie", "Nota de encomenda", "Inköpsorder", "Purchase Order PO-4711", "Bestellung Nr. 4711",
    ),
    "delivery_note": (
        "Delivery note", "Packing slip", "Lieferschein", "Bon de livraison", "Albarán", "Documento di trasporto",
        "Pakbon",
        "Guia de remessa", "Följesedel", "Lieferschein Nr. 4711", "Despatch note",
    ),
    "other": ("Quotation", "Angebot", "Devis", "Presupuesto", "Preventivo", "Offerte"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles])
@pytest.mark.parametrize("mark", ["#", "+", ""], ids=["large", "bold", "plain"])
def test_a_title(kind: str, title: str, mark: str) -> None:
    assert kind_of(mark + title, "12.03.2026", "", *GOODS) == kind


BODIES = {
    "an order confirmation that speaks of the invoice": (
        "order_confirmation", "#Order confirmation", "Order no. SO-4711", "Invoice address: Lindenallee 3, Leipzig",
        "The invoice will be sent with the goods.", *GOODS, "Total 357.00 EUR", "Invoice to follow",
    ),
    "an order confirmation with an invoice address in bold": (
        "order_confirmation", "#Auftragsbestätigung", "+Rechnungsadresse", "Weber & Söhne KG", *GOODS,
        "Die Rechnung erhalten Sie mit der Lieferung.",
    ),
    "a credit note that names the invoice": (
        "credit_note", "#Gutschrift", "Gutschrift-Nr.: GS-118", "zu Rechnung RE-4711 vom 02.03.2026", *GOODS,
        "Gutschriftsbetrag 357,00 EUR",
    ),
    "an invoice that lists credits": (
        "supplier_invoice", "#Rechnung", "Rechnung Nr. RE-4711", *GOODS, "Gutschrift aus RE-4000   -20,00",
        "Gesamtbetrag 337,00 EUR",
    ),
    "an invoice with a delivery note's number": (
        "supplier_invoice", "+Lieferschein LS-8  Bestellung B-7", "Rechnung RE-4711", *GOODS, "Gesamtbetrag 357,00 EUR",
    ),
    "an invoice whose foot speaks of reminders": (
        "supplier_invoice", "#Rechnung", "Rechnungsnummer RE-4711", *GOODS, "Gesamtbetrag 357,00 EUR",
        "Für jede Mahnung berechnen wir 5,00 EUR.",
    ),
    "a reminder in prose": (
        "payment_reminder", "+Ihre Rechnung RE-4711 vom 02.03.2026", "Sehr geehrte Damen und Herren,",
        "leider konnten wir bisher keinen Zahlungseingang zu unserer Rechnung feststellen.",
        "Bitte überweisen Sie den offenen Betrag von 357,00 EUR bis zum 20.04.2026.", "Mit freundlichen Grüßen",
    ),
    "a reminder in English prose": (
        "payment_reminder", "+Invoice INV-4711 is overdue", "Dear Sirs,",
        "our records show that the following invoice remains unpaid although it was due on 2 March 2026.",
        "Invoice INV-4711  2 February 2026  357.00 EUR", "Please settle the outstanding amount within 7 days.",
        "Yours faithfully",
    ),
    "a reminder in French prose": (
        "payment_reminder", "Objet : facture FA-4711 impayée", "Madame, Monsieur,",

        "sauf erreur de notre part, la facture FA-4711 d'un montant de 357,00 € reste impayée à ce jour.",
        "Nous vous prions de bien vouloir régler cette somme sous huit jours.", "Cordialement",
    ),
    "self-billing that German law calls Gutschrift": (
        "supplier_invoice", "#Gutschrift", "Gutschrift nach § 14 Abs. 2 UStG (Gutschriftsverfahren)",
        "Abrechnung Ihrer Lieferungen", *GOODS, "Auszahlungsbetrag 357,00 EUR",
    ),
    "a statement that says that it is no invoice": (
        "supplier_statement", "+Kontoauszug offene Posten", "Rechnung  RG452190  30.01.2025  2.444,15",
        "Gutschrift  GS177207  08.03.2025  -450,61", "Saldo  1.993,54", "Dies ist keine Rechnung.",
    ),
    "a tax invoice with a receipt's words": (
        "supplier_invoice", "+TAX INVOICE", "Invoice No: 4711", *GOODS, "Total AUD 357.00",
        "Please keep this receipt for your records.",
    ),
    "an invoice without a title": (
        "supplier_invoice", "Invoice number: INV-4711", "Invoice date: 12.03.2026", *GOODS, "Net 300.00", "VAT 57.00",
        "Total 357.00 EUR",
    ),
    "a purchase order that says where to send the invoice": (
        "purchase_order", "#Purchase order", "PO no. 4711", *GOODS, "Total 357.00 EUR",
        "Send the invoice to invoices@nordholz.example. Quote the purchase order number on every invoice.",
    ),
    "a delivery note that says that the invoice follows": (
        "delivery_note", "#Lieferschein", "Bestellung B-7", *GOODS, "Die Rechnung folgt gesondert.",
    ),
    "a remittance advice of invoices": (
        "remittance_advice", "#Remittance advice", "Invoice no.  Invoice date  Amount",
        "INV-4711  02.03.2026  357.00", "Total 357.00 EUR",
    ),
    "a pro forma with an invoice number": (
        "pro_forma", "#Proforma invoice", "Invoice no. PF-4711", *GOODS, "Total 357.00 EUR",
    ),
    "a title in prose": (
        "order_confirmation", "Dear Sirs,", "thank you for your order, which we confirm as follows.", *GOODS,
        "Total 357.00 EUR",
    ),
    "an order in prose": (
        "purchase_order", "Sehr geehrte Damen und Herren,", "hiermit bestellen wir die folgenden Waren:", *GOODS,
        "Bitte bestätigen Sie den Liefertermin.",
    ),
    "a remittance in prose": (
        "remittance_advice", "Dear Sirs,", "we have today transferred 357.00 EUR to your account in payment of:",
        "INV-4711  02.03.2026  357.00 EUR", "Kind regards",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body(name: str) -> None:
    kind, *lines = BODIES[name]
    assert kind_of(*lines) == kind
