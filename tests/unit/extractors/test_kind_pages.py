"""The kind is told from a later page where the first one says nothing of it."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from extractors.pipeline import extract
from service.domain.documents import DocumentKind

COVER = (
    "Nordholz Möbel GmbH",
    "12 March 2026",
    "",
    "Dear Sirs,",
    "please find enclosed what you asked for.",
    "Regards",
)
BILL = (
    "Invoice", "Invoice number: 2026-4711", "Invoice date: 12.03.2026", "Net total 300.00 EUR", "VAT 19 % 57.00 EUR",
    "Total 357.00 EUR",
)  # fmt: skip


def _pages(*texts: tuple[str, ...]) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, invariant=1)
    for lines in texts:
        for row, text in enumerate(lines):
            page.setFont("Helvetica", 20 if text == "Invoice" else 10)
            page.drawString(60, 780 - 30 * row, text)
        page.showPage()
    page.save()
    return buffer.getvalue()


def test_an_invoice_behind_a_cover_letter() -> None:
    found = extract(_pages(COVER, BILL), "both.pdf")
    assert found.kind is DocumentKind.SUPPLIER_INVOICE
    assert found.texts("invoice_number") == ("2026-4711",)


def test_a_letter_alone_stays_one() -> None:
    assert extract(_pages(COVER), "letter.pdf").kind is DocumentKind.CUSTOMER_COMMUNICATION


def test_what_follows_a_titled_page_changes_nothing() -> None:
    terms = ("Order confirmation", "applies to every order")
    assert extract(_pages(BILL, terms), "bill.pdf").kind is DocumentKind.SUPPLIER_INVOICE
