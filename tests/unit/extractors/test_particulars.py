"""What only some invoices print: early payment, periods, other payees, reasons for no tax, checked references."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.parse.creditor_references import find_creditor_references
from extractors.parse.dates import DayOrder
from extractors.parse.periods import find_period
from service.domain.fields import AllowanceCharge, EarlyPaymentDiscount
from service.domain.policy import Policy
from tests.unit.extractors.test_reading import read

_HEAD = ((60, 60, "Nordwind Werkzeug GmbH"), (60, 72, "Am Hafen 3, 20095 Hamburg"), (60, 120, "Invoice No. 4711"))
_DATED = (60, 132, "Invoice date: 13.04.2026")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01.05.2026 - 31.05.2026", (date(2026, 5, 1), date(2026, 5, 31))),
        ("01.05. – 31.05.2026", (date(2026, 5, 1), date(2026, 5, 31))),
        ("15.12. bis 14.01.2026", (date(2025, 12, 15), date(2026, 1, 14))),
        ("Jul 1 – Jul 31, 2026", (date(2026, 7, 1), date(2026, 7, 31))),
        ("1 – 31 July 2026", (date(2026, 7, 1), date(2026, 7, 31))),
        ("1 mai au 31 mai 2026", (date(2026, 5, 1), date(2026, 5, 31))),
        ("Februar 2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("02/2026", (date(2026, 2, 1), date(2026, 2, 28))),
        ("13.04.2026", None),
        ("31.05.2026 - 01.05.2026", None),
        ("31.02. - 31.05.2026", None),
    ],
)
def test_periods(text: str, found: tuple[date, date] | None) -> None:
    assert find_period(text, DayOrder.DAY_FIRST) == found


def test_references_with_check_digits() -> None:
    known = ("RF18 5390 0754 7034", "21 00000 00003 13947 14300 09017", "+++090/9337/55493+++")
    assert [f.value for text in known for f in find_creditor_references(text)] == [
        "RF18539007547034", "210000000003139471430009017", "090933755493",
    ]  # fmt: skip
    assert not find_creditor_references("RF19 5390 0754 7034 and 21 00000 00003 13947 14300 09018 +++090/9337/55494+++")


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Billing period:", "1 May 2026 to 31 May 2026"),
        ("Leistungszeitraum:", "01.05. - 31.05.2026"),
        ("Période de facturation :", "1 mai 2026 au 31 mai 2026"),
        ("Periodo de facturación:", "01/05/2026 - 31/05/2026"),
        ("Periodo di riferimento:", "01/05/2026 al 31/05/2026"),
        ("Factuurperiode:", "1 mei 2026 t/m 31 mei 2026"),
        ("Okres rozliczeniowy:", "01.05.2026 - 31.05.2026"),
        ("Período de faturação:", "01/05/2026 a 31/05/2026"),
        ("Avser period:", "2026-05-01 - 2026-05-31"),
    ],
)
def test_a_period_by_its_label(label: str, printed: str) -> None:
    found = read(*_HEAD, _DATED, (60, 160, label), (220, 160, printed))
    assert (found.day("period_start"), found.day("period_end")) == (date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 % Skonto bei Zahlung innerhalb von 10 Tagen, 30 Tage netto", [("2", 10)]),
        ("2% cash discount within 10 days, net 30 days", [("2", 10)]),
        ("3% Skonto 8 Tage, 2% Skonto 14 Tage, 30 Tage netto", [("3", 8), ("2", 14)]),
        ("2/10 net 30", [("2", 10)]),
        ("Escompte 1,5 % pour paiement sous 8 jours", [("1.5", 8)]),
        ("Descuento por pronto pago 2 % a 10 días", [("2", 10)]),
        ("Sconto 2% per pagamento entro 10 giorni", [("2", 10)]),
        ("2% korting bij betaling binnen 8 dagen", [("2", 8)]),
        ("2% skonto przy zapłacie do 7 dni", [("2", 7)]),
        ("Desconto de 2% para pagamento a 10 dias", [("2", 10)]),
        ("2 % kassarabatt vid betalning inom 10 dagar", [("2", 10)]),
        ("Payable within 30 days", []),
    ],
)
def test_early_payment(text: str, wanted: list[tuple[str, int]]) -> None:
    found = read(*_HEAD, _DATED, (60, 300, text))
    rows = [field.value for field in found.fields.get("early_payment_discount", ())]
    assert rows == [EarlyPaymentDiscount(Decimal(percent), days) for percent, days in wanted]


def test_early_payment_until_a_date() -> None:
    found = read(*_HEAD, _DATED, (60, 300, "Bei Zahlung bis 23.04.2026 gewähren wir 3 % Skonto."))
    rows = [field.value for field in found.fields["early_payment_discount"]]
    assert rows == [EarlyPaymentDiscount(Decimal(3), None, date(2026, 4, 23))]


@pytest.mark.parametrize(
    "text",
    [
        "VAT reverse charge applies", "Steuerschuldnerschaft des Leistungsempfängers", "Autoliquidation de la TVA",
        "Inversión del sujeto pasivo", "Operazione non imponibile art. 41", "Btw verlegd", "Nie podlega VAT",
        "IVA - autoliquidação", "Omvänd skattskyldighet", "Kein Ausweis von USt, da Kleinunternehmer gemäß § 19 UStG",
        "TVA non applicable, art. 293 B du CGI",
    ],
)  # fmt: skip
def test_why_no_tax_is_charged(text: str) -> None:
    note = read(*_HEAD, _DATED, (60, 300, text)).text("tax_note")
    assert note is not None
    assert note.encode("ascii", "ignore")[:12] == text.encode("ascii", "ignore")[:12]


def test_another_payee_contract_and_buyers_reference() -> None:
    found = read(
        *_HEAD, _DATED, (60, 160, "Contract no.: V-4471"), (60, 175, "Your reference: KST 584"),
        (60, 700, "Account holder: Factoring Nord AG"),
    )  # fmt: skip
    assert found.text("contract_reference") == "V-4471"
    assert found.text("buyer_reference") == "KST 584"
    assert found.text("payee_name") == "Factoring Nord AG"
    assert "payee_name" not in read(*_HEAD, _DATED, (60, 700, "Account holder: Nordwind Werkzeug GmbH")).fields


def test_retention_rounding_and_charges() -> None:
    found = read(
        *_HEAD, _DATED, (300, 300, "Subtotal"), (500, 300, "1,000.00"), (300, 315, "Freight"), (500, 315, "20.00"),
        (300, 330, "VAT 20 %"), (500, 330, "204.00"), (300, 345, "Rounding"), (500, 345, "-0.01"),
        (300, 360, "Invoice total"), (500, 360, "1,223.99"), (300, 375, "Less retention"), (500, 375, "100.00"),
        (300, 390, "Amount due"), (500, 390, "1,123.99"),
    )  # fmt: skip
    assert found.amount("rounding_amount") == Decimal("-0.01")
    assert found.amount("retention_amount") == Decimal("100.00")
    assert found.amount("amount_due") == Decimal("1123.99")
    assert [f.value for f in found.fields["charges"]] == [AllowanceCharge("Freight", Decimal("20.00"))]


def test_the_type_of_an_invoice_by_its_title() -> None:
    assert read((60, 60, "Anzahlungsrechnung Nr. 4711"), _DATED).text("invoice_type_code") == "386"
    assert "invoice_type_code" not in read(*_HEAD, _DATED).fields


@pytest.mark.parametrize(
    "text",
    [
        "Bestellung B-4471 / Lieferschein L-8812", "Your PO B-4471 dated 12 March 2026", "Order No B-4471",
        "Purchase order ref. no. B-4471", "V/Cde B-4471", "Orden de compra no. B-4471", "Inkoopnr.: B-4471",
        "Encomenda n.º B-4471 de 12/03/2026", "Ordine B-4471 del 12/03/2026 DDT L-8812", "Ert ordernummer: B-4471",
    ],
)  # fmt: skip
def test_orders_named_in_passing(text: str) -> None:
    found = read(*_HEAD, _DATED, (60, 200, text))
    assert [field.value for field in found.fields.get("order_reference", ())] == ["B-4471"]
    assert found.text("invoice_number") == "4711"


def test_a_forms_own_date_beneath_its_references_is_not_the_purchases() -> None:
    found = read(
        (60, 60, "Return form"), (60, 90, "Order number: S01234"), (60, 105, "Invoice number: INV/2026/0012"),
        (60, 120, "Date: 2026-11-24"), (60, 135, "Name: Mia Brandt"), (60, 150, "E-mail: mia@example.org"),
    )  # fmt: skip
    assert found.day("request_date") == date(2026, 11, 24)
    assert "purchase_date" not in found.fields
    assert found.fields["customer_name"][0].confidence > Policy().low_confidence
