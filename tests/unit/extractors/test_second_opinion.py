"""Where figures don't agree, the words are read again by other rules."""

import io
from decimal import Decimal

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from extractors.choose.agreement import figures_agree
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.pipeline import extract
from extractors.readers import pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from extractors.readers.pdf_plumber import reread_pages
from service.domain.documents import Page


def read_pages(content: bytes, filename: str) -> list[Page]:
    return [pages.plain_page(page) for page in pages.read_pages(content, filename, DEFAULT_LIMITS, None)]


def _spaced_invoice(spacing: float) -> bytes:
    """An invoice whose table is set with wide letter-spacing, so that gaps look like spaces."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1)
    page.setFont("Helvetica", 10)
    head = ("Nordholz Möbel GmbH", "Invoice", "Invoice number: 2026-4711", "Invoice date: 12.03.2026", "Currency: EUR")
    for row, text in enumerate(head):
        page.drawString(60, 780 - 16 * row, text)
    rows = (
        ("Description", "Quantity", "Price", "Amount"),
        ("Oak table", "2", "100.00", "200.00"),
        ("Chair", "4", "25.00", "100.00"),
    )
    for row, cells in enumerate(rows):
        for x, cell in zip((60, 260, 360, 460), cells, strict=True):
            page.drawString(x, 640 - 18 * row, cell, charSpace=spacing if row else 0)
    for row, (label, amount) in enumerate((("Net total", "300.00"), ("VAT 19 %", "57.00"), ("Total", "357.00"))):
        page.drawString(360, 560 - 18 * row, label)
        page.drawString(460, 560 - 18 * row, amount)
    page.save()
    return buffer.getvalue()


def test_letter_spaced_figures_are_read_by_the_second_opinion() -> None:
    content = _spaced_invoice(2.4)
    found = read_pages(content, "spaced.pdf")
    assert not figures_agree(read_kind(lay_out(found), None))

    reading = extract(content, "spaced.pdf")

    assert figures_agree(reading)
    assert [line.amount("line_total") for line in reading.lines] == [Decimal("200.00"), Decimal("100.00")]


def test_a_reading_whose_figures_agree_is_kept() -> None:
    content = _spaced_invoice(0)
    reading = extract(content, "plain.pdf")
    assert figures_agree(reading)
    assert reading == read_kind(lay_out(read_pages(content, "plain.pdf")), None)


def test_the_second_opinion_declines_what_it_cannot_read() -> None:
    found = read_pages(_spaced_invoice(0), "plain.pdf")
    assert reread_pages(b"%PDF-1.4 nothing", found) is None
    assert reread_pages(_spaced_invoice(0), found * 21) is None
