"""Reading of invoices drawn in seven wordings and three layouts, and of the traps among them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import FieldStatus, Source
from service.domain.kinds import INVOICE_FIELDS
from tests.golden.papers import Layout, draw, grid, letter, plain
from tests.golden.scenes import LANGUAGES, invoice


def page(
    *texts: tuple[float, float, str], size: float = 10, draw_more: Callable[[Canvas], None] | None = None
) -> bytes:
    """A page with texts at (x, y from the top); a text that starts with ">" ends at x."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for x, y, text in texts:
        canvas.setFont("Helvetica", size)
        (canvas.drawRightString if text.startswith(">") else canvas.drawString)(x, 842 - y, text.removeprefix(">"))
    if draw_more is not None:
        draw_more(canvas)
    canvas.save()
    return out.getvalue()


def read(*texts: tuple[float, float, str]) -> Extraction:
    return extract(page(*texts), "a.pdf")


@pytest.mark.parametrize("layout", [letter, grid, plain])
@pytest.mark.parametrize("variant", [0, 1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_header_fields(language: str, variant: int, layout: Layout) -> None:
    paper = invoice(language, variant)
    found = extract(draw(paper, layout), "a.pdf")
    assert found.kind is (DocumentKind.CREDIT_NOTE if paper.is_credit else DocumentKind.SUPPLIER_INVOICE)
    assert found.text("invoice_number") == paper.number
    assert found.day("issue_date") == paper.issued
    assert found.day("due_date") == paper.due
    assert found.text("currency") == {"gb": "GBP", "us": "USD"}.get(language, "EUR")
    assert found.text("seller_name") == paper.seller[0]
    assert found.text("buyer_name") == paper.buyer[0]
    assert found.text("order_reference") == paper.order
    assert found.text("iban") == paper.iban
    assert found.text("seller_vat_id") == paper.seller_vat
    assert found.amount("net_total") == paper.net
    assert found.amount("tax_total") == paper.tax
    assert found.amount("grand_total") == paper.total
    assert found.amount("amount_due") == paper.total - paper.prepaid
    assert found.amount("prepaid_amount") == (paper.prepaid or None)
    assert found.amount("freight_total") == (paper.freight or None)


@pytest.mark.parametrize("layout", [letter, grid, plain])
@pytest.mark.parametrize("variant", [0, 1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines(language: str, variant: int, layout: Layout) -> None:
    paper = invoice(language, variant)
    found = extract(draw(paper, layout), "a.pdf")
    names = ("seller_item_id", "description", "quantity", "unit_price", "line_total", "tax_rate")
    read_lines = [tuple(line.text(name) for name in names) for line in found.lines]
    assert read_lines == [
        (i.code, i.text.replace("\n", " "), str(i.quantity), str(i.price), str(i.total), str(i.rate))
        for i in paper.items
    ]


def test_every_value_has_its_place_and_only_known_names() -> None:
    found = extract(draw(invoice("de", 1), letter), "a.pdf")
    every = [(name, entry) for name, entries in found.fields.items() for entry in entries]
    every += [(name, entry) for line in found.lines for name, entry in line.fields.items()]
    for name, entry in every:
        place = entry.provenance
        assert 0 <= entry.confidence <= 1
        assert place.method
        if place.source is Source.TEXT_LAYER:
            assert place.page == 1, name
            assert place.box is not None
            assert entry.raw
    assert set(found.fields) <= set(INVOICE_FIELDS)
    assert found.first("tax_total") is not None
    assert found.first("tax_total").provenance.source is Source.DERIVED  # type: ignore[union-attr]


def test_the_same_bytes_give_the_same_extraction() -> None:
    content = draw(invoice("fr", 1), grid)
    assert extract(content, "a.pdf") == extract(content, "b.pdf")


def test_a_clean_invoice_is_read_with_confidence() -> None:
    found = extract(draw(invoice("de", 0), letter), "a.pdf")
    for spec in INVOICE_FIELDS.values():
        if spec.mandatory:
            entry = found.first(spec.name)
            assert entry is not None
            assert entry.confidence >= 0.8, spec.name


TOTALS = [
    (60, 60, "INVOICE No. 4711"), (60, 80, "Date: 13/04/2026"), (60, 110, "Ashdown Tools Ltd"),
    (300, 400, "Total due"), (540, 400, ">50.00"),
    (300, 370, "Net"), (540, 370, ">100.00"), (300, 380, "VAT 20 %"), (540, 380, ">20.00"),
]  # fmt: skip


def test_amount_due_is_not_taken_for_the_total() -> None:
    found = read(*TOTALS, (300, 390, "Invoice total"), (540, 390, ">120.00"), (300, 395, "Paid"), (540, 395, ">-70.00"))
    assert found.amount("grand_total") == Decimal("120.00")
    assert found.amount("amount_due") == Decimal("50.00")


def test_arithmetic_finds_totals_without_known_labels() -> None:
    found = read((60, 60, "INVOICE 4711"), (60, 80, "13/04/2026"), (300, 370, "Ysbrt"), (540, 370, ">100.00"),
                 (300, 384, "Qwx"), (540, 384, ">20.00"), (300, 398, "Total"), (540, 398, ">120.00"))  # fmt: skip
    assert found.amount("net_total") == Decimal("100.00")
    assert found.amount("tax_total") == Decimal("20.00")
    assert found.amount("grand_total") == Decimal("120.00")


def test_a_failing_vat_id_and_iban_are_reported_as_invalid() -> None:
    found = read(
        (60, 60, "Rechnung Nr. 4711"), (60, 80, "USt-IdNr. DE123456789"), (60, 95, "IBAN DE12123456781234567890")
    )
    assert found.first("seller_vat_id").status is FieldStatus.INVALID  # type: ignore[union-attr]
    assert found.first("iban").status is FieldStatus.INVALID  # type: ignore[union-attr]


def test_the_buyers_vat_id_printed_first_is_the_buyers() -> None:
    found = extract(draw(invoice("it", 0), plain), "a.pdf")
    assert found.text("buyer_vat_id") == "IT12345670785"
    assert found.text("seller_vat_id") == "IT00743110157"


def test_day_and_month_by_another_date_of_the_document() -> None:
    found = read((60, 60, "Invoice No. 4711"), (60, 80, "Invoice date: 03/04/2026"), (60, 95, "Due date: 03/24/2026"))
    assert found.day("issue_date") == date(2026, 3, 4)
    found = read((60, 60, "Invoice No. 4711"), (60, 80, "Invoice date: 03/04/2026"), (60, 95, "Due date: 24/04/2026"))
    assert found.day("issue_date") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rechnung", DocumentKind.SUPPLIER_INVOICE), ("Schlussrechnung", DocumentKind.SUPPLIER_INVOICE),
        ("Gutschrift", DocumentKind.CREDIT_NOTE), ("Stornorechnung", DocumentKind.CREDIT_NOTE),
        ("Credit Note", DocumentKind.CREDIT_NOTE), ("Avoir", DocumentKind.CREDIT_NOTE),
        ("Mahnung", DocumentKind.PAYMENT_REMINDER), ("Zahlungserinnerung", DocumentKind.PAYMENT_REMINDER),
        ("Proforma Invoice", DocumentKind.PRO_FORMA), ("Statement of Account", DocumentKind.SUPPLIER_STATEMENT),
        ("Auftragsbestätigung", DocumentKind.ORDER_CONFIRMATION), ("Delivery Note", DocumentKind.DELIVERY_NOTE),
        ("Relevé bancaire", DocumentKind.BANK_STATEMENT), ("Payout report", DocumentKind.SETTLEMENT_REPORT),
        ("Bestellung", DocumentKind.PURCHASE_ORDER), ("Zahlungsavis", DocumentKind.REMITTANCE_ADVICE),
        ("Angebot", DocumentKind.OTHER),
    ],
)  # fmt: skip
def test_kinds(title: str, kind: DocumentKind) -> None:
    def headline(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 700, title)

    content = page(
        (60, 200, "Zu unserer Rechnung Nr. 4711 vom 13.04.2026"), (60, 220, "Invoice total 12.00"), draw_more=headline
    )
    assert extract(content, "a.pdf").kind is kind


def test_a_person_knows_the_kind_better() -> None:
    content = draw(invoice("de", 0), letter)
    found = extract(content, "a.pdf", DocumentKind.CREDIT_NOTE)
    assert found.kind is DocumentKind.CREDIT_NOTE
    assert found.kind_confidence == 1.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_read_alike(turn: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.translate(297, 421)
    canvas.rotate(turn)
    for y, text in ((0, "Rechnung Nr. 4711"), (-20, "Rechnungsdatum: 13.04.2026"), (-40, "Gesamtbetrag: 12,50 EUR")):
        canvas.drawString(-150, y, text)
    canvas.save()
    found = extract(out.getvalue(), "a.pdf")
    assert found.text("invoice_number") == "4711"
    assert found.amount("grand_total") == Decimal("12.50")


def test_items_of_a_table_with_unknown_words() -> None:
    found = read(
        (60, 60, "Invoice 4711"), (60, 300, "Zqtowar"), (300, 300, "Ilx"), (400, 300, "Qena"), (500, 300, "Wrt"),
        (60, 320, "Biala lampa"), (300, 320, "3"), (400, 320, "12,50"), (500, 320, "37,50"),
        (60, 332, "z kablem"),
        (60, 350, "Kabel"), (300, 350, "2"), (400, 350, "4,00"), (500, 350, "8,00"),
    )  # fmt: skip
    lines = [[line.text(n) for n in ("description", "quantity", "unit_price", "line_total")] for line in found.lines]
    assert lines == [["Biala lampa z kablem", "3", "12.50", "37.50"], ["Kabel", "2", "4.00", "8.00"]]


def test_a_document_without_a_number_gets_none() -> None:
    address = ((60, 90, "Ashdown Tools Ltd"), (60, 103, "14 Mill Lane"), (60, 116, "Leeds LS1 4AP"))
    found = read((60, 60, "INVOICE"), *address, (300, 300, "Invoice total"), (540, 300, ">120.00"))
    assert found.first("invoice_number") is None


@pytest.mark.parametrize("number", ["0005019", "0047110", "000123456789"])
def test_a_number_with_leading_zeros_is_no_telephone(number: str) -> None:
    found = read((60, 100, "Invoice"), (60, 130, f"Invoice no. {number}"), (60, 150, "Fax 0049 561 4711"))
    assert found.text("invoice_number") == number


def test_a_label_whose_entry_follows_behind_a_colon_is_no_title() -> None:
    found = read((60, 100, "Invoice No. 471102"), (60, 160, "Purchase order"), (200, 160, ": P-4711"))
    assert found.kind is DocumentKind.SUPPLIER_INVOICE


def test_a_paper_without_a_title_is_told_by_its_number() -> None:
    assert read((60, 90, "Rechnungsnummer: 4711"), (60, 110, "Lieferung wie besprochen")).kind is (
        DocumentKind.SUPPLIER_INVOICE
    )
    assert read((60, 90, "Credit note number: 4711")).kind is DocumentKind.CREDIT_NOTE
    assert read((60, 60, "D E L I V E R Y   N O T E"), (60, 90, "Invoice: 4711")).kind is DocumentKind.DELIVERY_NOTE


@pytest.mark.parametrize("label", ["Customer 10442 - ", "Bill to: ", "Kunde: 10442 / "])
def test_a_buyers_name_behind_a_label(label: str) -> None:
    found = read(
        (60, 60, "Nordwind Werkzeug GmbH"), (60, 72, "Am Hafen 3, 20095 Hamburg"), (60, 90, "Invoice No. 4711"),
        (60, 130, f"{label}Harbour Trading Ltd, 14 Mill Lane, Leeds LS1 4AP"),
    )  # fmt: skip
    assert found.text("buyer_name") == "Harbour Trading Ltd"
    assert found.text("seller_name") == "Nordwind Werkzeug GmbH"


def test_a_buyer_of_a_town_without_a_postcode() -> None:
    found = read(
        (360, 60, "Nordwind Werkzeug GmbH"), (360, 72, "Am Hafen 3"), (360, 84, "20095 Hamburg"),
        (60, 130, "Harbour Trading Ltd"), (60, 142, "12 Shop Street"), (60, 154, "Galway"), (60, 220, "Invoice No. 1"),
    )  # fmt: skip
    assert found.text("buyer_name") == "Harbour Trading Ltd"


def test_short_numbers_with_letters_are_neither_towns_nor_tax_ids() -> None:
    found = read((60, 60, "Invoice"), (60, 80, "Invoice No."), (60, 92, "SI 44698"), (60, 120, "Date: 04/05/2026"))
    assert found.text("invoice_number") == "SI 44698"
    assert found.day("issue_date") == date(2026, 5, 4)


def test_codes_called_items_are_codes_where_the_words_stand_in_a_column_of_unknown_name() -> None:
    found = read(
        (60, 60, "Rechnung 4711"), (60, 300, "Artikel"), (140, 300, "Besclirelbung"), (300, 300, "Menge"),
        (400, 300, "Preis"), (500, 300, "Gesamt"),
        (60, 320, "000509"), (140, 320, "Tischdecke natur"), (300, 320, "3"), (400, 320, "12,50"), (500, 320, "37,50"),
        (60, 340, "000574"), (140, 340, "Kissen salbei"), (300, 340, "2"), (400, 340, "4,00"), (500, 340, "8,00"),
    )  # fmt: skip
    assert [line.text("description") for line in found.lines] == ["Tischdecke natur", "Kissen salbei"]
    assert [line.text("seller_item_id") for line in found.lines] == ["000509", "000574"]


def test_a_label_in_a_row_of_labels_is_no_title() -> None:
    found = read(
        (60, 100, "Rechnungsnummer"), (200, 100, "Ihre Bestellung"), (60, 112, "2026/950"), (200, 112, "P00142"),
        (60, 140, "Lieferschein"), (200, 140, "Lieferdatum"), (60, 152, "LS-88"), (200, 152, "18.08.2026"),
        (60, 190, "Rechnung 2026/950"),
    )  # fmt: skip
    assert found.kind is DocumentKind.SUPPLIER_INVOICE
