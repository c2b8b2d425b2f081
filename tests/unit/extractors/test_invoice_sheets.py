"""Invoices and their neighbours as other houses build them: labels in odd places, parties in lists, odd tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.choose.addresses import has_legal_form
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import TaxBreakdown
from tests.support.drawn_invoices import HEAD, TOTALS, Text, row
from tests.unit.extractors.test_reading import read

_INVOICE: tuple[Text, ...] = (*HEAD, (400, 60, "Invoice"), (400, 75, "No. RX-2207"), (400, 90, "Date: 13/04/2026"))


def _invoice(*texts: Text) -> Extraction:
    return read(*_INVOICE, *texts, *TOTALS)


def _lines(found: Extraction) -> list[tuple[str | None, ...]]:
    return [
        tuple(line.text(n) for n in ("description", "quantity", "unit_price", "line_total")) for line in found.lines
    ]


def test_a_tax_named_with_its_rate_is_a_row_of_the_summary() -> None:
    row = _invoice().first("tax_breakdown")
    assert row is not None
    assert row.value == TaxBreakdown(Decimal(20), None, Decimal("20.00"))


@pytest.mark.parametrize(
    "label",
    [
        "Customer's order no:", "Client PO ref:", "N° de votre commande :", "Uw inkoopordernr.:", "Bestellung Nr.:",
        "Vs. ordine n.:", "Número de su pedido:", "Nr zamówienia klienta:", "P.O./S.O. number:", "Ert inköpsordernr:",
    ],
)  # fmt: skip
def test_an_order_by_the_words_of_its_label(label: str) -> None:
    assert _invoice((300, 200, f"{label} TK-4410")).text("order_reference") == "TK-4410"


def test_an_order_whose_label_a_narrow_column_broke() -> None:
    found = _invoice((300, 200, "Customer's Purchase"), (420, 200, "TK-4410"), (300, 212, "Order:"))
    assert found.text("order_reference") == "TK-4410"


def test_two_labels_beneath_each_other_are_two() -> None:
    found = _invoice((300, 542, "Paid"), (540, 542, ">-120.00"), (300, 556, "Balance due"), (540, 556, ">0.00"))
    assert found.amount("grand_total") == Decimal("120.00")


def test_the_buyers_order_before_the_sellers_own() -> None:
    found = _invoice((300, 200, "Order no: 88123"), (300, 214, "Your order: TK-4410"))
    assert [entry.value for entry in found.fields["order_reference"]] == ["TK-4410"]


def test_a_buyers_reference_with_its_prefix_is_the_order() -> None:
    found = _invoice((300, 200, "Your ref"), (400, 200, "JB 4410"))
    assert found.text("order_reference") == "JB 4410"


def test_a_prefix_that_is_a_label_elsewhere() -> None:
    assert _invoice((300, 200, "Su pedido: OBRA 4410")).text("order_reference") == "OBRA 4410"


def test_a_dot_ends_what_a_label_reaches() -> None:
    found = _invoice((40, 200, "Your order no: TK-4410 · month 06/2025"))
    assert [entry.value for entry in found.fields["order_reference"]] == ["TK-4410"]


def test_an_order_in_a_row_of_two_labels() -> None:
    found = _invoice(
        (160, 200, "Purchase order no"), (420, 200, "Order date"), (40, 212, "TK/26/4410"), (380, 212, "01/04/2026")
    )
    assert found.text("order_reference") == "TK/26/4410"


def test_an_order_confirmation_is_read_with_its_lines_and_no_invoice_number() -> None:
    found = read(
        *HEAD, (400, 60, "Order confirmation"), (400, 75, "Order number: 88123"), (400, 90, "Your reference: TK-4410"),
        *row(300, (40, "Description"), (300, "Qty"), (400, "Price"), (500, "Amount")),
        *row(316, (40, "Steel hinge"), (300, "4"), (400, "25.00"), (500, "100.00")), *TOTALS,
    )  # fmt: skip
    assert found.kind is DocumentKind.ORDER_CONFIRMATION
    assert found.text("invoice_number") is None
    assert found.text("order_reference") == "TK-4410"
    assert _lines(found) == [("Steel hinge", "4", "25.00", "100.00")]


def test_a_delivery_notes_own_number() -> None:
    found = read(*HEAD, (400, 60, "Delivery note"), (400, 75, "Document no: L-5512"), (400, 90, "Date: 13/04/2026"))
    assert found.text("delivery_note_reference") == "L-5512"


def test_the_buyer_of_an_order_is_who_sends_it() -> None:
    found = read(*HEAD, (400, 60, "Purchase order"), (400, 75, "PO no: TK-4410"), *TOTALS)
    assert found.text("buyer_name") == "Ostwall Metallbau GmbH"
    assert found.text("seller_name") == "Harbour Stores Ltd"


def test_a_name_beside_its_caption_in_a_list_of_captions() -> None:
    found = read(
        (40, 60, "Ostwall Metallbau GmbH"), (400, 60, "Invoice"), (400, 75, "No. RX-2207"),
        (40, 130, "Customer:"), (150, 130, "Harbour Stores and Brothers Ltd &"), (150, 142, "Co. KG"),
        (40, 155, "Address:"), (150, 155, "9 Quay Street"), (150, 167, "Bristol BS1 5TT"), (40, 180, "Currency:"),
        (150, 180, "EUR"), *row(200, (40, "Sr"), (80, "Description"), (300, "Qty"), (400, "Price"), (500, "Amount")),
        *row(216, (40, "1"), (80, "Steel hinge"), (300, "4"), (400, "25.00"), (500, "100.00")), *TOTALS,
    )  # fmt: skip
    assert str(found.text("buyer_name")).startswith("Harbour Stores and Brothers Ltd")


def test_a_caption_above_an_address_is_no_name() -> None:
    found = read(
        (40, 60, "Ostwall Metallbau GmbH"), (400, 60, "Invoice"), (400, 75, "No. RX-2207"),
        (40, 118, "Constant symbol: 0308"), (40, 130, "Harbour Stores"), (40, 142, "9 Quay Street"),
        (40, 154, "Bristol BS1 5TT"), *TOTALS,
    )  # fmt: skip
    assert found.text("buyer_name") == "Harbour Stores"


def test_the_sellers_address_without_its_trade_and_with_its_country() -> None:
    found = read(
        (40, 60, "Ostwall Metallbau GmbH"), (40, 72, "Tore und Treppen"), (40, 84, "Kieler Weg 12"),
        (40, 96, "24103 Kiel"), (40, 108, "Germany"), (400, 60, "Invoice"), (400, 75, "No. RX-2207"), *TOTALS,
    )  # fmt: skip
    assert found.text("seller_address") == "Kieler Weg 12\n24103 Kiel\nGermany"


def test_an_address_whose_lines_have_captions() -> None:
    found = read(
        (40, 60, "Cedente/prestatore (fornitore)"), (300, 60, "Cessionario/committente (cliente)"),
        (40, 72, "Denominazione: Viti Adda S.r.l."), (300, 72, "Denominazione: Officine Oglio S.p.A."),
        (40, 84, "Regime fiscale: RF01"), (300, 84, "Indirizzo: Via Milano, 8"), (40, 96, "Indirizzo: Via Roma, 3"),
        (300, 96, "Comune: 25100 Brescia"), (40, 108, "Comune: 24121 Bergamo"), (400, 40, "Fattura"), *TOTALS,
    )  # fmt: skip
    assert found.text("seller_name") == "Viti Adda S.r.l."
    assert found.text("seller_address") == "Via Roma, 3\n24121 Bergamo"


def test_what_the_rows_add_up_to_is_no_row() -> None:
    found = _invoice(
        *row(300, (40, "Pos"), (90, "Material"), (300, "Quantity"), (400, "Price"), (500, "Value")),
        *row(316, (40, "10"), (90, "HX-1"), (300, "2"), (400, "20.00"), (500, "40.00")),
        *row(328, (90, "Hinge of steel")),
        *row(344, (40, "20"), (90, "HX-2"), (300, "3"), (400, "20.00"), (500, "60.00")),
        *row(356, (90, "Hinge of brass")), *row(376, (40, "Positions altogether"), (500, "100.00")),
    )  # fmt: skip
    assert _lines(found) == [("Hinge of steel", "2", "20.00", "40.00"), ("Hinge of brass", "3", "20.00", "60.00")]


def test_a_currencys_sign_heads_the_totals_and_a_margin_stands_beside_the_table() -> None:
    found = read(
        (40, 60, "Ostwall Metallbau GmbH"), (200, 60, "Invoice"), (40, 90, "INVOICE TO"),
        (40, 102, "Harbour Stores Ltd"), *row(102, (200, "Job"), (430, "Qty"), (470, "Each"), (540, ">£")),
        *row(120, (200, "Leaflets, folded"), (430, "1"), (470, "40.00"), (540, ">40.00")), (40, 116, "9 Quay Street"),
        (40, 130, "Bristol BS1 5TT"), *row(142, (200, "Banner of cloth"), (430, "3"), (470, "20.00"), (540, ">60.00")),
        (40, 144, "INVOICE NO"), (40, 156, "RX-2207"), (430, 200, "Net"), (540, 200, ">£100.00"), (430, 214, "To pay"),
        (540, 214, ">£100.00"),
    )  # fmt: skip
    assert _lines(found) == [("Leaflets, folded", "1", "40.00", "40.00"), ("Banner of cloth", "3", "20.00", "60.00")]


def test_an_item_called_transport_and_two_columns_called_codes() -> None:
    found = _invoice(
        *row(300, (40, "Code"), (120, "Material"), (300, "Unit"), (350, "Quantity"), (420, "Price"), (500, "Amount")),
        *row(316, (40, "NX-1"), (120, "Scissor lift 12 m"), (300, "day"), (350, "4"), (420, "20.00"), (500, "80.00")),
        *row(332, (40, "TR-1"), (120, "Transport both ways"), (300, "lot"), (350, "1"), (420, "20.00"), (500, "20.00"))
    )  # fmt: skip
    assert _lines(found) == [
        ("Scissor lift 12 m", "4", "20.00", "80.00"),
        ("Transport both ways", "1", "20.00", "20.00"),
    ]


def test_quantities_at_prices_within_a_letters_sentences() -> None:
    found = _invoice(
        (40, 300, "Translation of a catalogue (1,200 words), 1,200 words at 0.05"), (500, 300, "60.00"),
        (40, 316, "Proofreading, 2 hrs at 20.00"), (500, 316, "40.00"),
    )  # fmt: skip
    assert [line[1:] for line in _lines(found)] == [("1200", "0.05", "60.00"), ("2", "20.00", "40.00")]
    assert str(found.lines[1].text("description")).startswith("Proofreading")


def test_words_and_an_amount_that_add_up_to_the_net() -> None:
    found = _invoice(
        (40, 440, "Fee under no. 2300 for letters to the other side (value 12,400.00)"), (540, 440, ">80.00"),
        (40, 455, "Copies, 40 sheets"), (540, 455, ">20.00"),
    )  # fmt: skip
    assert [(line[0], line[3]) for line in _lines(found)] == [
        ("Fee under no. 2300 for letters to the other side (value 12,400.00)", "80.00"), ("Copies, 40 sheets", "20.00"),
    ]  # fmt: skip


def test_quantities_before_wrapped_words_with_the_price_on_the_last_line() -> None:
    found = _invoice(
        (40, 300, "2 hrs"), (110, 300, "Taking down the pump"), (110, 313, "and carting it away"),
        (330, 313, "at 30.00"), (500, 313, "60.00"), (40, 327, "1 pc"), (110, 327, "Pump of brass 25-60"),
        (110, 340, "put in its place"),
        (330, 340, "at 40.00"), (500, 340, "40.00"),
    )  # fmt: skip
    assert _lines(found) == [
        ("Taking down the pump and carting it away", "2", "30.00", "60.00"),
        ("Pump of brass 25-60 put in its place", "1", "40.00", "40.00"),
    ]


def test_prices_as_conditions_beneath_each_item() -> None:
    found = _invoice(
        *row(280, (40, "Item"), (80, "Material / Description"), (300, "Qty"), (400, "Price per unit"), (520, "Value")),
        *row(300, (40, "10"), (90, "GX-20418"), (300, "2.000 EA")), (90, 312, "Butterfly valve DN80"),
        *row(324, (105, "Gross price"), (390, "40.00 1 EA"), (540, ">80.00")),
        *row(336, (105, "Discount %"), (390, "25.000-"), (540, ">20.00-")),
        *row(348, (105, "Net value"), (540, ">60.00")),
        *row(366, (40, "20"), (90, "GX-99107"), (300, "20 EA")), (90, 378, "Mounting kit 0.75 mm zinc"),
        *row(390, (105, "Net value"), (390, "200.00 100 EA"), (540, ">40.00")),
    )  # fmt: skip
    assert _lines(found) == [
        ("Butterfly valve DN80", "2.000", "40.00", "60.00"), ("Mounting kit 0.75 mm zinc", "20", "200.00", "40.00"),
    ]  # fmt: skip
    assert [line.text("seller_item_id") for line in found.lines] == ["GX-20418", "GX-99107"]
    assert found.amount("allowance_total") is None


def test_a_paper_that_shares_its_label_with_its_date() -> None:
    found = _invoice((300, 200, "Lieferschein/Datum"), (420, 200, "80551902 / 11.03.2026"))
    assert found.text("delivery_note_reference") == "80551902"


def test_a_street_whose_number_looks_like_a_postcode() -> None:
    found = read(
        (40, 60, "Copper Ridge Outfitters LLC"), (40, 72, "2255 Mesa Verde Dr"), (40, 84, "Suite 400"),
        (40, 96, "Tempe AZ 85281"), (40, 108, "United States"), (400, 60, "Invoice"), (400, 75, "No. RX-22"), *TOTALS,
    )  # fmt: skip
    assert found.text("seller_address") == "2255 Mesa Verde Dr\nSuite 400\nTempe AZ 85281\nUnited States"


def test_a_label_before_a_number_is_no_name() -> None:
    found = _invoice((300, 200, "Factureren aan nr."), (420, 200, "10447"))
    assert found.text("buyer_name") == "Harbour Stores Ltd"


def test_an_order_without_a_figure_in_its_cell() -> None:
    labels = row(200, (40, "Invoice number"), (160, "Order reference"), (300, "Order date"))
    values = row(214, (40, "RX-2207"), (160, "XKQJWTBNA"), (300, "19/09/2026"))
    found = read(*HEAD, (400, 60, "Invoice"), *labels, *values, *TOTALS)
    assert found.text("order_reference") == "XKQJWTBNA"


def test_a_series_and_a_number_with_spaces_between() -> None:
    found = read(*HEAD, (400, 60, "Invoice"), (400, 76, "Invoice number:"), (490, 76, "F26 - 01093"), *TOTALS)
    assert found.text("invoice_number") == "F26 - 01093"


def test_the_footer_tells_the_whole_name_of_a_logo() -> None:
    found = read(
        (40, 60, "nordwall"), (400, 60, "Invoice"), (400, 75, "No. RX-2207"), (300, 130, "Harbour Stores Ltd"),
        (300, 142, "9 Quay Street"), (300, 154, "Bristol BS1 5TT"), *TOTALS, (40, 760, "Postadress"),
        (40, 772, "Nordwall Verktyg AB"), (40, 784, "Hamngatan 31"), (40, 796, "411 14 Göteborg"),
    )  # fmt: skip
    assert found.text("seller_name") == "Nordwall Verktyg AB"
    assert found.text("seller_address") == "Hamngatan 31\n411 14 Göteborg"


def test_net_and_tax_above_a_total_are_no_items() -> None:
    found = read(
        *HEAD, (400, 60, "Invoice"), (400, 75, "No. RX-2207"),
        *row(500, (40, "T1"), (300, "Total net"), (500, "100.00")),
        *row(514, (40, "T2"), (300, "Total VAT"), (500, "20.00")), *row(528, (300, "TOTAL GBP"), (500, "120.00")),
    )  # fmt: skip
    assert not found.lines


def test_what_stands_beside_a_label_in_larger_type() -> None:
    found = read(*_INVOICE, (300, 200, "DUE DATE"), (420, 196, "12/05/2026"), *TOTALS)
    assert str(found.day("due_date")) == "2026-05-12"


def test_a_person_called_the_seller_beside_other_particulars_is_the_salesperson() -> None:
    found = read(
        (40, 60, "Malerfirmaet Rye"), (40, 72, "Stationsvej 27"), (40, 84, "5464 Brenderup"),
        (540, 60, ">Nordfyns Grossist ApS"), (540, 72, ">Industrivænget 11"), (540, 84, ">5400 Bogense"),
        (40, 140, "Faktura"), (120, 140, "F-104892"), (40, 155, "30. september 2026"),
        (40, 180, "Betalingsbetingelser"), (200, 180, "Kundenr."), (330, 180, "Sælger"),
        (40, 192, "Netto 14 dage"), (200, 192, "40118"), (330, 192, "Kaj Thomsen"),
        (300, 500, "Subtotal"), (540, 500, ">100,00"), (300, 514, "25 % moms"), (540, 514, ">25,00"),
        (300, 528, "I alt DKK inkl. moms"), (540, 528, ">125,00"), (40, 780, "www.nordfyns-grossist.example"),
    )  # fmt: skip
    assert found.text("seller_name") == "Nordfyns Grossist ApS"
    assert found.text("buyer_name") == "Malerfirmaet Rye"


def test_a_logo_above_the_full_name_is_no_part_of_it() -> None:
    found = read(
        (40, 40, "OSTWALL"), (300, 780, "www.ostwall.example · info@ostwall.example"),
        (40, 52, "Metallbau Ostwall GmbH"), (40, 64, "Kieler Weg 12"), (40, 76, "24103 Kiel"),
        (300, 130, "Harbour Stores Ltd"), (300, 142, "9 Quay Street"), (300, 154, "Bristol BS1 5TT"),
        (40, 200, "Invoice"), (40, 212, "No. RX-2207"), *TOTALS,
    )  # fmt: skip
    assert found.text("seller_name") == "Metallbau Ostwall GmbH"
    assert found.text("buyer_name") == "Harbour Stores Ltd"


def test_a_cooperative_is_a_company() -> None:
    assert has_legal_form("Teixits Rovira SCCL")


@pytest.mark.parametrize("reader", ["Att.: Line Rye", "Fakturamottak"])
def test_the_salesperson_is_nobody_and_an_address_with_a_reader_is_the_buyers(reader: str) -> None:
    found = read(
        (40, 40, "Quay & Sons"), (40, 52, reader), (40, 64, "9 Quay Street"), (40, 76, "5464 Brenderup"),
        (400, 40, "Ostwall Maling ApS"), (400, 52, "Kielvej 12"), (400, 64, "5400 Bogense"),
        (40, 130, "Faktura F-104892"), (40, 142, "30. september 2026"),
        (400, 200, "Selger"), (400, 212, "Kaj Holm"), (400, 236, "Deres org.nr."), (400, 248, "NO 961695619 MVA"),
        *TOTALS,
    )  # fmt: skip
    assert found.text("seller_name") == "Ostwall Maling ApS"
    assert found.text("buyer_name") == "Quay & Sons"


def test_figures_at_the_right_under_headers_at_the_left() -> None:
    found = _invoice(
        *row(240, (40, "Codice"), (110, "Descrizione"), (280, "Quantità"), (340, "Prezzo"), (400, "Sc.%"),
              (440, "Importo"), (520, "C.IVA")),
        *row(256, (40, "GX-204"), (110, "Valvola a farfalla"), (330, ">12"), (390, ">10,00"), (430, ">50"),
              (515, ">60,00"), (540, ">22")),
        *row(270, (40, "GX-207"), (110, "Guarnizione"), (330, ">8"), (390, ">5,00"), (515, ">40,00"), (540, ">22")),
    )  # fmt: skip
    assert _lines(found) == [
        ("Valvola a farfalla", "12", "10.00", "60.00"), ("Guarnizione", "8", "5.00", "40.00"),
    ]  # fmt: skip
