"""Where another document begins in a file of several, and above all where none does."""

from __future__ import annotations

import io
from functools import cache
from random import Random

import pytest
from PIL import Image

from extractors.bundles.beginnings import beginnings_of
from extractors.bundles.page_counts import PageCount, page_count
from extractors.bundles.page_signs import alone
from extractors.layout.lines import page_lines
from extractors.pipeline import extract
from extractors.readers import pages
from extractors.readers.cut import cut_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.measuring import Order, made_papers
from service.domain.documents import DocumentKind, Page
from service.domain.errors import NeedsOcrError, UnreadableDocumentError
from service.domain.extraction import BeginningSign
from service.domain.page_ranges import PageRange, page_ranges
from tests.support.bundles import NEXT, NORD, SUED, bundle, invoice_page, page, rest_page, row


def pages_of(content: bytes) -> list[Page]:
    return [pages.plain_page(found) for found in pages.read_pages(content, "scan.pdf", DEFAULT_LIMITS, None)]


def starts(*files: bytes) -> list[int]:
    return [beginning.page for beginning in beginnings_of(pages_of(bundle(*files)))]


def is_picture(content: bytes) -> bool:
    try:
        pages_of(content)
    except NeedsOcrError:
        return True
    return False


@cache
def papers() -> tuple[list[Page], ...]:
    """Papers of every kind that the generator makes, as pages, a hundred invoices among them."""
    wanted = {DocumentKind.SUPPLIER_INVOICE: 100, DocumentKind.CREDIT_NOTE: 40, DocumentKind.ORDER_CONFIRMATION: 20}
    made = [
        paper for kind, count in wanted.items() for paper in made_papers(Order(kind, LayoutSet.FITTING, count, seed=91))
    ]
    return tuple(pages_of(paper.content) for paper in made if not is_picture(paper.content))


# --- documents of several pages stay whole


def test_no_paper_of_the_generator_is_torn_apart() -> None:
    long = [found for found in papers() if len(found) > 1]
    assert len(long) >= 15
    assert [beginnings_of(found) for found in long] == [()] * len(long)


def test_of_papers_behind_one_another_nearly_all_are_told_apart_and_none_is_torn() -> None:
    rng, missed, wanted = Random(5), 0, 0
    for _ in range(12):
        file: list[Page] = []
        first: set[int] = set()
        for paper in rng.sample(papers(), 3):
            first.add(len(file) + 1)
            file += [alone(sheet, len(file) + place) for place, sheet in enumerate(paper, start=1)]
        found = {beginning.page for beginning in beginnings_of(file)}
        assert found <= first
        missed += len(first - {1} - found)
        wanted += len(first) - 1
    assert missed <= wanted // 10


def test_one_page_is_one_document() -> None:
    assert starts(NORD) == []


@pytest.mark.parametrize(
    "second",
    [
        rest_page(count="Page 2 of 2"),
        rest_page(head="Brenner Elektrotechnik GmbH, Invoice BX-1041"),
        rest_page(above=row(100, "Carried forward", "", "", "100.00")),
        rest_page(),
    ],
    ids=["counted", "with the number again", "carried forward", "the table goes on"],
)
def test_the_second_page_of_an_invoice_is_none_of_its_own(second: bytes) -> None:
    assert starts(invoice_page("BX-1041", total=False), second) == []


def test_a_heading_in_a_table_that_goes_on_is_no_title() -> None:
    second = rest_page(above=[(60, 90, "Delivery note 88123 of 3 March 2026", 10)])
    assert starts(invoice_page("BX-1041", total=False), second) == []


def test_a_page_of_sums_belongs_to_the_table_before() -> None:
    sums = page(
        *row(60, "", "", "Net total", "100.00"),
        *row(74, "", "", "VAT 19 %", "19.00"),
        (300, 88, "Invoice total", 11),
        (460, 88, "119.00", 11),
        (60, 110, "Order number: 90457", 10),
    )
    assert starts(invoice_page("BX-1041"), sums) == []


def test_a_head_that_is_repeated_with_a_number_that_was_not_labelled_is_none_of_another_document() -> None:
    first = page(
        (60, 60, "Brenner Elektrotechnik GmbH", 14),
        (60, 220, "Invoice", 18),
        (380, 200, "BX-1041 / 05.03.2026", 10),
        *row(280, "Description", "Qty", "Unit price", "Amount"),
        *row(296, "Cable drum 25 m", "2", "50.00", "100.00"),
        *row(358, "", "", "Total EUR", "100.00"),
    )
    second = page(
        (60, 60, "Brenner Elektrotechnik GmbH", 14),
        (60, 90, "Invoice", 18),
        (380, 90, "Invoice number: BX-1041", 10),
        *row(280, "Description", "Qty", "Unit price", "Amount"),
        *row(296, "Junction box", "10", "5.00", "50.00"),
        *row(358, "", "", "Total EUR", "150.00"),
    )
    assert starts(first, second) == []


def test_terms_and_conditions_belong_to_the_invoice() -> None:
    terms = page(
        (60, 60, "General terms of sale", 14),
        *((60, 90 + 12 * n, f"{n}. Goods stay ours until the invoice is paid in full.", 9) for n in range(1, 40)),
    )
    assert starts(NORD, terms) == []


def test_an_empty_form_to_tear_off_belongs_to_the_invoice() -> None:
    form = page(
        (60, 60, "Withdrawal form", 16),
        (60, 100, "Order number: ______________", 10),
        (60, 120, "Name of the consumer: ______________", 10),
        (60, 140, "Date: ______________", 10),
    )
    assert starts(NORD, form) == []


def test_a_cover_letter_belongs_to_what_it_covers() -> None:
    letter = page(
        (60, 60, "Brenner Elektrotechnik GmbH", 14),
        (60, 200, "Dear Sir or Madam, please find our invoice enclosed.", 10),
        (60, 220, "Kind regards", 10),
    )
    assert starts(letter, NORD) == []


def test_a_blank_back_parts_nothing() -> None:
    assert (
        starts(invoice_page("BX-1041", count="Page 1 of 2", total=False), page(), rest_page(count="Page 2 of 2")) == []
    )


def test_what_a_customers_form_cites_comes_with_it_as_proof() -> None:
    form = page(
        (60, 60, "Return form", 16),
        (60, 100, "Return number: RMA-5501", 10),
        (60, 120, "Date: 09/03/2026", 10),
        (60, 140, "Customer: Jonas Winter", 10),
        (60, 160, "Invoice number: BX-1041", 10),
        (60, 180, "Reason: damaged", 10),
    )
    assert starts(form, NORD) == []


def test_a_copy_of_the_same_invoice_is_not_another_one() -> None:
    assert starts(NORD, NORD) == []


# --- documents behind one another are told apart


def test_invoices_of_different_sellers() -> None:
    found = beginnings_of(pages_of(bundle(NORD, SUED)))
    assert [beginning.page for beginning in found] == [2]
    assert {BeginningSign.TITLE, BeginningSign.OTHER_NUMBER, BeginningSign.OTHER_SENDER} <= set(found[0].signs)


def test_two_invoices_of_one_seller_on_one_day() -> None:
    assert starts(NORD, NEXT) == [2]


def test_a_long_invoice_behind_a_credit_note() -> None:
    credit = invoice_page("GS-311", title="Credit note")
    first, second = invoice_page("BX-1041", count="Page 1 of 2", total=False), rest_page(count="Page 2 of 2")
    assert starts(credit, first, second) == [2]


def test_a_delivery_note_of_the_same_seller_is_a_document_of_its_own() -> None:
    note = page(
        (60, 60, "Brenner Elektrotechnik GmbH", 14),
        (60, 140, "Nordlicht Handel GmbH", 10),
        (60, 220, "Delivery note", 16),
        (380, 200, "Delivery note number: LS-88123", 10),
        (380, 214, "Date: 03/03/2026", 10),
        *row(280, "Description", "Qty"),
        *row(296, "Cable drum 25 m", "2"),
        (60, 780, "VAT ID DE811907980", 8),
    )
    assert starts(NORD, note) == [2]
    reading = extract(bundle(NORD, note), "scan.pdf")
    assert [part.extraction.kind for part in reading.parts] == ["supplier_invoice", "delivery_note"]


def test_a_sheet_between_parts_them_and_belongs_to_the_one_before() -> None:
    other = invoice_page("BX-1099")
    assert starts(invoice_page("BX-1041"), page((200, 400, "Separator sheet", 24)), other) == [3]
    assert starts(invoice_page("BX-1041"), page(), other) == [3]


# --- reading and cutting them


def test_each_part_is_read_as_from_a_file_of_its_own() -> None:
    content = bundle(NORD, SUED, NEXT)
    whole = extract(content, "scan.pdf")
    assert [part.pages for part in whole.parts] == [PageRange(1, 1), PageRange(2, 2), PageRange(3, 3)]
    assert len(whole.pages) == 3
    assert whole.fields == whole.parts[0].extraction.fields
    for part in whole.parts:
        alone_read = extract(cut_pages(content, "scan.pdf", part.pages.first, part.pages.last), "part.pdf")
        assert alone_read == part.extraction


def test_what_is_known_to_be_one_document_is_read_as_one() -> None:
    reading = extract(bundle(NORD, SUED), "scan.pdf", as_one=True)
    assert reading.parts == ()
    assert len(reading.pages) == 2


def test_a_cut_holds_nothing_of_the_other_pages_and_is_always_the_same() -> None:
    content = bundle(NORD, SUED)
    cut = cut_pages(content, "scan.pdf", 2, 2)
    assert cut == cut_pages(content, "scan.pdf", 2, 2)
    assert cut != cut_pages(content, "scan.pdf", 1, 1)
    (sheet,) = pages_of(cut)
    said = " ".join(word.text for word in sheet.words)
    assert "RG-77120" in said
    assert "BX-1041" not in said


def test_there_are_no_pages_behind_the_last() -> None:
    with pytest.raises(UnreadableDocumentError, match="no pages 2 to 3"):
        cut_pages(bundle(NORD, SUED), "scan.pdf", 2, 3)


def test_pages_of_a_tiff_are_cut_without_loss() -> None:
    sheets = [Image.new("L", (400, 560), shade) for shade in (10, 20, 30)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], dpi=(200, 200))
    with Image.open(io.BytesIO(cut_pages(out.getvalue(), "fax.tif", 2, 3))) as cut:
        assert cut.n_frames == 2  # type: ignore[attr-defined]
        assert cut.getpixel((5, 5)) == 20
        cut.seek(1)
        assert cut.getpixel((5, 5)) == 30
        assert cut.info["dpi"] == (200, 200)


def test_ranges_take_every_page_once() -> None:
    assert page_ranges((), 3) == (PageRange(1, 3),)
    assert page_ranges((2, 5), 6) == (PageRange(1, 1), PageRange(2, 4), PageRange(5, 6))
    assert [str(pages) for pages in page_ranges((2,), 3)] == ["1", "2–3"]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Page 1 of 3", PageCount(1, 3)),
        ("Seite 2 von 2", PageCount(2, 2)),
        ("Seite: 1/2", PageCount(1, 2)),
        ("Blatt 3", PageCount(3)),
        ("Página 1 de 4", PageCount(1, 4)),
        ("Strona 2 z 3", PageCount(2, 3)),
        ("Sida 1 (2)", PageCount(1, 2)),
        ("Page l of 2", PageCount(1, 2)),
        ("1/3", PageCount(1, 3)),
        ("- 2 / 3 -", PageCount(2, 3)),
        ("Page 3 of 2", None),
        ("Page 12.03.2026", None),
        ("Homepage", None),
        ("24/7", None),
    ],
)
def test_what_a_page_says_of_its_place(said: str, count: PageCount | None) -> None:
    (sheet,) = pages_of(page((60, 400, "Something to read", 10), (480, 815, said, 8)))
    assert page_count(page_lines(sheet, 0), sheet.size.height) == count
