"""The seller's address without a name above it, and the words that say when to pay."""

from __future__ import annotations

import pytest

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
