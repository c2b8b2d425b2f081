"""The seller's address without a name above it, and the words that say when to pay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.choose.addresses import has_legal_form
from service.domain.extraction import Extraction
from tests.unit.extractors.test_reading import read

_HEAD = ((40, 60, "Lindqvist Papier GmbH"), (400, 60, "Invoice"))
_BODY = (
    (40, 160, "Bill to"),
    (40, 172, "Baxter Stores Ltd."),
    (40, 184, "12 High Street"),
    (40, 196, "Leeds LS1 4AP"),
    (350, 160, "Invoice number:"),
    (450, 160, "A-1021"),
    (350, 172, "Invoice date:"),
    (450, 172, "03/06/2026"),
    (40, 300, "Total"),
    (450, 300, "119.00"),
)


def _with(*texts: tuple[float, float, str]) -> Extraction:
    return read(*_HEAD, *_BODY, *texts)


def test_street_and_town_in_the_line_under_the_letterhead() -> None:
    found = _with((40, 76, "Mühlenweg 41 | 28195 Bremen | Tel. +49 421 9448644 | info@lindqvist.example"))
    assert found.text("seller_address") == "Mühlenweg 41\n28195 Bremen"


def test_address_at_the_other_edge_of_the_letterhead() -> None:
    found = _with((250, 56, "1120 W Lake Street"), (250, 68, "Columbus, OH 43215"))
    assert found.text("seller_address") == "1120 W Lake Street\nColumbus, OH 43215"


def test_the_buyers_street_is_not_the_sellers() -> None:
    assert _with().text("seller_address") is None


@pytest.mark.parametrize(
    "text",
    [
        "Please pay by 14/07/2026.",
        "Zahlbar bis 14.07.2026 ohne Abzug.",
        "Si prega di saldare entro il 14/07/2026.",
        "À régler au plus tard le 14 juillet 2026.",
        "Agradecemos o pagamento até 14-07-2026.",
        "Pagamento a 90 dias da data da fatura.",
    ],
)
def test_a_sentence_that_says_when_to_pay(text: str) -> None:
    found = _with((40, 400, text), (40, 412, "Bank: First Northern"))
    assert found.text("payment_terms") == text


def test_what_says_when_comes_before_what_says_how() -> None:
    found = _with((40, 400, "Payment terms: bank transfer"), (40, 430, "Net 30 days from the invoice's date."))
    assert found.text("payment_terms") == "Net 30 days from the invoice's date."


def test_the_invoice_that_a_credit_note_prints_besides_its_own_number() -> None:
    found = read(
        (40, 60, "Halvora SAS"),
        (400, 60, "Avoir"),
        (350, 160, "N° de pièce :"),
        (450, 160, "KD-22137"),
        (350, 172, "Réf. facture :"),
        (450, 172, "24-4268"),
        (350, 184, "Date :"),
        (450, 184, "21.08.2026"),
        (40, 300, "Total TTC"),
        (450, 300, "119,00 €"),
    )
    assert found.text("invoice_number") == "KD-22137"
    assert found.text("preceding_invoice_reference") == "24-4268"


def test_the_date_of_an_order_is_not_the_invoices() -> None:
    found = read(
        (400, 60, "FACTURA"),
        (40, 60, "Nordava Suministros S.L."),
        (350, 160, "Número de factura: 2026/652"),
        (350, 172, "Fecha factura: 25-jun.-2026"),
        (40, 200, "Pedido del: 07-jun.-2026  Comercial: Raúl Muñoz"),
        (40, 300, "Total factura 173,71 EUR"),
    )
    assert str(found.day("issue_date")) == "2026-06-25"


def test_five_kilograms_are_no_company() -> None:
    assert not has_legal_form("5 TINTA OFFSET CYAN 2,5 KG")
    assert has_legal_form("Prisma 21 S.A.")
    assert has_legal_form("Müller & Söhne KG")


def test_the_buyers_tax_number_below_its_address_makes_it_no_seller() -> None:
    found = read(
        (400, 40, "Spedition Grotegut GmbH"),
        (400, 52, "Neuenkirchener Straße 140"),
        (400, 64, "48431 Rheine"),
        (40, 100, "Ostermann Bauunternehmung GmbH"),
        (40, 112, "Ziegeleistraße 5"),
        (40, 124, "48282 Emsdetten"),
        (40, 136, "USt-IdNr. DE745162885"),
        (40, 180, "Rechnung"),
        (40, 200, "Rechnungs-Nr.: 633478"),
        (40, 400, "Gesamtbetrag EUR 2.048,66"),
        (40, 780, "Amtsgericht Rheine · USt-IdNr. DE483649531 · www.grotegut.example"),
    )
    assert found.text("seller_name") == "Spedition Grotegut GmbH"
    assert found.text("buyer_name") == "Ostermann Bauunternehmung GmbH"
    assert found.text("seller_vat_id") == "DE483649531"
    assert found.text("buyer_vat_id") == "DE745162885"


def test_number_and_date_that_share_a_label() -> None:
    found = read(
        (40, 60, "Rohrbeck Hydraulik GmbH"),
        (40, 120, "Rechnung"),
        (300, 160, "Nummer/Datum"),
        (420, 160, "28712108 / 08.02.2026"),
        (300, 172, "Bestellnummer/Datum"),
        (420, 172, "4500817994 / 01.01.2026"),
        (40, 400, "Endbetrag EUR 119,00"),
    )
    assert found.text("invoice_number") == "28712108"
    assert str(found.day("issue_date")) == "2026-02-08"
    assert found.texts("order_reference") == ("4500817994",)


def test_two_taxes_and_a_rounding_make_the_total() -> None:
    found = read(
        (40, 60, "Cauvery Mills Pvt Ltd"),
        (400, 60, "Tax Invoice"),
        (350, 100, "Invoice No. CMM/8845"),
        (450, 400, ">74,105.00"),
        (300, 412, "CGST"),
        (450, 412, ">6,669.45"),
        (300, 424, "SGST"),
        (450, 424, ">6,669.45"),
        (300, 436, "Round Off"),
        (450, 436, ">0.10"),
        (300, 448, "Total"),
        (450, 448, ">87,444.00"),
    )
    assert found.amount("grand_total") == Decimal("87444.00")


def test_a_compound_title_keeps_its_number() -> None:
    found = read(
        (40, 60, "Kanzlei Marquardt"), (40, 160, "Kostenrechnung Nr. 26/06545"), (40, 400, "Gesamtbetrag 119,00 EUR")
    )
    assert found.text("invoice_number") == "26/06545"
