"""Numbers and items as makers of invoices write them that neither a plain word with figures nor a plain table is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import EarlyPaymentDiscount
from tests.support.drawn_invoices import HEAD, TOTALS, Text, row
from tests.unit.extractors.test_reading import read


def _paper(*texts: Text) -> Extraction:
    return read(*HEAD, *texts, *TOTALS)


@pytest.mark.parametrize("number", ["2 / 000731", "B12 - 00731", "FPR 57/26"])
def test_a_number_of_two_parts_in_its_cell(number: str) -> None:
    found = _paper(
        *row(200, (60, "Type"), (200, "Invoice number"), (320, "Date"), (420, "Customer no.")),
        *row(214, (60, "Invoice"), (200, number), (320, "13/04/2026"), (420, "88017")),
    )
    assert found.text("invoice_number") == number


def test_a_number_behind_the_title_that_looks_like_a_date() -> None:
    found = _paper((300, 60, "Faktura FV 14/10/2026"), (300, 76, "Data wystawienia: 17.10.2026"))
    assert found.text("invoice_number") == "FV 14/10/2026"
    assert str(found.day("issue_date")) == "2026-10-17"


def test_an_order_in_letters_only() -> None:
    found = _paper(
        (400, 60, "Invoice"),
        *row(200, (60, "Invoice no."), (200, "Date"), (320, "Order reference")),
        *row(214, (60, "RX-2207"), (200, "13/04/2026"), (320, "QWKTZUVBN")),
    )
    assert found.text("order_reference") == "QWKTZUVBN"


@pytest.mark.parametrize(("label", "entry"), [("Delivery note:", "WZ 3302/M"), ("Bulletin de livraison", "BL 30918")])
def test_a_delivery_note_with_its_prefix(label: str, entry: str) -> None:
    found = _paper((400, 60, "Invoice no. RX-2207"), (300, 200, label), (420, 200, f"{entry}"))
    assert found.text("delivery_note_reference") == entry


def test_a_prefix_before_a_number_and_its_date() -> None:
    found = _paper((400, 60, "Facture RX-2207"), (300, 200, "Bon de livraison"), (420, 200, "BL 30918 du 12.10.2026"))
    assert found.text("delivery_note_reference") == "BL 30918"


def test_words_and_taxes_by_codes_are_items() -> None:
    found = _paper(
        (400, 60, "Invoice no. RX-2207"),
        *row(300, (40, "Charge description"), (300, "VAT code"), (420, ">Net GBP"), (540, ">VAT GBP")),
        *row(314, (40, "Ocean haul"), (300, "T1"), (420, ">60.00"), (540, ">12.00")),
        *row(328, (40, "Freight inland"), (300, "T1"), (420, ">30.00"), (540, ">6.00")),
        *row(342, (40, "Customs entry"), (300, "T1"), (420, ">10.00"), (540, ">2.00")),
    )
    assert [line.text("description") for line in found.lines] == ["Ocean haul", "Freight inland", "Customs entry"]
    assert found.amount("net_total") == Decimal("100.00")


def test_a_share_that_is_taxed_itself_is_a_charge_and_what_is_withheld_is_not_due() -> None:
    found = read(
        *HEAD, (400, 60, "Fattura n. 57/26"),
        *row(300, (40, "Descrizione"), (300, "Quantità"), (400, "Prezzo unitario"), (520, "Importo")),
        *row(314, (40, "Direzione lavori"), (300, "1,00"), (400, "1.000,00"), (520, "1.000,00")),
        *row(400, (40, "Fondo di categoria"), (380, "1.000,00"), (440, "4,00"), (520, "40,00")),
        *row(420, (40, "Dati ritenuta d'acconto"), (250, "Aliquota ritenuta"), (520, "Importo")),
        *row(434, (40, "RT01 (ritenuta persone fisiche)"), (270, "20,00"), (520, "200,00")),
        *row(460, (40, "Riepilogo"), (250, "%IVA"), (380, "Totale imponibile"), (500, "Totale imposta")),
        *row(474, (40, "esigibile"), (250, "22,00"), (390, "1.040,00"), (520, "228,80")),
        *row(500, (420, "Totale documento"), (520, "1.268,80")),
        *row(520, (40, "Scadenza 11-11-2026"), (520, "1.068,80")),
    )  # fmt: skip
    assert found.amount("net_total") == Decimal("1040.00")
    assert found.amount("tax_total") == Decimal("228.80")
    assert found.amount("withholding_tax_amount") == Decimal("200.00")
    assert found.amount("amount_due") == Decimal("1068.80")


_LETTER: tuple[Text, ...] = (
    (400, 130, "Harbour Stores Ltd"), (400, 142, "9 Quay Street"), (400, 154, "Bristol BS1 5TT"),
    (400, 60, "Invoice"), (400, 75, "No. RX-2207"), (400, 90, "Date: 13/04/2026"),
)  # fmt: skip


def test_the_whole_name_at_the_foot_under_its_address() -> None:
    found = read(
        (40, 60, "Ostwall"), *_LETTER, *TOTALS,
        *row(770, (40, "Postadress"), (200, "Telefon"), (320, "Org.nr")),
        *row(782, (40, "Ostwall Metall AB"), (200, "090-555 01 22"), (320, "556718-4428")),
        (40, 794, "Hamngatan 31"), (40, 806, "411 14 Göteborg"),
    )  # fmt: skip
    assert found.text("seller_name") == "Ostwall Metall AB"
    assert found.text("seller_address") == "Hamngatan 31\n411 14 Göteborg"


@pytest.mark.parametrize("between", [", ", ". Registered in England No. 04418872. Registered office: "])
def test_an_address_in_the_sentence_that_the_name_begins(between: str) -> None:
    foot = f"Ostwall Metal Ltd{between}Quarry House, The Dock, Felixstowe IP11 3TF. Company No. 044"
    found = read((40, 60, "OSTWALL METAL"), *_LETTER, *TOTALS, (40, 790, foot))
    assert found.text("seller_address") == "Quarry House\nThe Dock\nFelixstowe IP11 3TF"


def test_a_customers_number_is_no_name() -> None:
    found = read(
        *HEAD[:3],
        *row(60, (320, "N°"), (400, "Date"), (460, "Client"), (520, "Échéance")),
        *row(76, (312, "FA00731"), (390, "13/04/2026"), (455, "CL0418"), (512, "13/05/2026")),
        (320, 130, "Garage des Tilleuls"), (320, 142, "12 chemin du Moulin"), (320, 154, "72270 Malicorne"),
        (320, 30, "FACTURE"), *TOTALS,
    )  # fmt: skip
    assert found.text("buyer_name") == "Garage des Tilleuls"


def test_whom_a_paper_is_sent_to_is_no_part_of_the_name() -> None:
    found = read(
        *HEAD[:3], (40, 130, "Owners of Lime Court"), (40, 142, "c/o Brook Estates Ltd"), (40, 154, "9 Quay Street"),
        (40, 166, "Bristol BS1 5TT"), (400, 60, "Invoice"), (400, 75, "No. RX-2207"), *TOTALS,
    )  # fmt: skip
    assert found.text("buyer_name") == "Owners of Lime Court"


def test_terms_above_the_items_end_with_their_line() -> None:
    found = _paper(
        (400, 60, "Invoice no. RX-2207"), (420, 270, "Terms"), (420, 282, "2% 10 DAYS, NET 30"),
        *row(294, (40, "Description"), (300, "Quantity"), (420, "Unit price"), (520, "Amount")),
        *row(306, (40, "Cap screw"), (300, "4"), (420, "25.00"), (520, "100.00")),
    )  # fmt: skip
    assert found.text("payment_terms") == "2% 10 DAYS, NET 30"
    early = found.first("early_payment_discount")
    assert early is not None
    assert early.value == EarlyPaymentDiscount(Decimal(2), 10)


@pytest.mark.parametrize("text", ["Sep 1 – Oct 1, 2026", "1 Sep 2026 – 1 Oct 2026"])
def test_the_period_beneath_what_is_billed(text: str) -> None:
    found = _paper(
        (400, 60, "Invoice no. RX-2207"), (400, 75, "September 1, 2026"),
        *row(294, (40, "Description"), (300, "Qty"), (420, "Unit price"), (520, "Amount")),
        *row(306, (40, "Scheduling, a seat"), (300, "4"), (420, "25.00"), (520, "100.00")), (40, 318, text),
    )  # fmt: skip
    assert (str(found.day("period_start")), str(found.day("period_end"))) == ("2026-09-01", "2026-10-01")


@pytest.mark.parametrize(
    ("printed", "terms"),
    [("Règlement : 45 jours date de facture", "45 jours date de facture"), ("Zahlbar bis", "netto 30 Tage")],
)
def test_terms_without_what_stands_before_them(printed: str, terms: str) -> None:
    beside = (420, 240, "13.05.2026, netto 30 Tage") if printed == "Zahlbar bis" else (40, 260, "Merci")
    found = _paper((400, 60, "Invoice no. RX-2207"), (400, 75, "13.04.2026"), (300, 240, printed), beside)
    assert found.text("payment_terms") == terms


def test_a_credit_notes_own_number_beside_that_of_the_invoice() -> None:
    found = read(
        *HEAD, (400, 60, "Credit Note"), (400, 80, "Credit No."), (470, 80, "4021"), (400, 94, "Inv"),
        (470, 94, "77310"), *TOTALS,
    )  # fmt: skip
    assert found.text("invoice_number") == "4021"


def test_a_credit_notes_number_that_only_an_invoices_label_tells() -> None:
    found = read(*HEAD, (400, 60, "Credit Note"), (400, 80, "Invoice No."), (470, 80, "4021"), *TOTALS)
    assert found.text("invoice_number") == "4021"


def test_a_part_of_a_code_is_no_label() -> None:
    found = read(
        *HEAD, (400, 60, "Rechnung"), (400, 80, "Rechnungsnummer"), (400, 94, "DS-AEU-INV-DE-2026-88120417"),
        (400, 108, "290,79 EUR"), *TOTALS,
    )  # fmt: skip
    assert found.text("invoice_number") == "DS-AEU-INV-DE-2026-88120417"


def test_a_returns_number_among_the_items_makes_no_return() -> None:
    found = read(
        *HEAD, (40, 200, "AVOIR N°"), (140, 200, "Date"), (40, 214, "AV0001932"), (140, 214, "07/07/2026"),
        (40, 240, "Bon de retour n° BR0003310 du 14/07/2026"), *TOTALS,
    )  # fmt: skip
    assert found.kind is DocumentKind.CREDIT_NOTE
    assert found.text("invoice_number") == "AV0001932"
