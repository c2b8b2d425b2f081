"""Files of several documents: pages of plain text, drawn for a test, and whole PDFs behind one another."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from tests.support.sender_papers import SenderPaper, printed

Text = tuple[float, float, str, float]  # from the left and from the top in points, what it says, its size
NORD = printed(SenderPaper(number="BX-1041", title="Invoice number"))
SUED = printed(
    SenderPaper("RG-77120", "07/03/2026", title="Invoice number", sender="Maler Huber", vat_id="DE136695976")
)
NEXT = printed(SenderPaper("BX-1042", "05/03/2026", title="Invoice number"))


def page(*texts: Text) -> bytes:
    """One sheet of A4 with these texts."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for x, y, text, size in texts:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, 842 - y, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def bundle(*files: bytes) -> bytes:
    """One PDF with the pages of all."""
    whole, out = pdfium.PdfDocument.new(), io.BytesIO()
    for content in files:
        source = pdfium.PdfDocument(content)
        whole.import_pages(source)
        source.close()
    whole.save(out)
    whole.close()
    return out.getvalue()


def row(y: float, *cells: str) -> Sequence[Text]:
    """A line of a table of four columns: description, quantity, price, amount."""
    return tuple((x, y, cell, 10) for x, cell in zip((60, 300, 360, 460), cells, strict=False) if cell)


def invoice_page(number: str, *, count: str = "", title: str = "Invoice", total: bool = True) -> bytes:
    """The first page of an invoice whose table may go on."""
    return page(
        (60, 60, "Brenner Elektrotechnik GmbH", 14),
        (60, 140, "Nordlicht Handel GmbH", 10),
        (60, 153, "Lange Reihe 12", 10),
        (60, 166, "20099 Hamburg", 10),
        (60, 220, title, 16),
        (380, 200, f"Invoice number: {number}", 10),
        (380, 228, "Date: 05/03/2026", 10),
        *row(280, "Description", "Qty", "Unit price", "Amount"),
        *row(296, "Cable drum 25 m", "2", "50.00", "100.00"),
        *(row(358, "", "", "Total EUR", "119.00") if total else ()),
        (60, 780, "VAT ID DE811907980", 8),
        *(((480, 815, count, 8),) if count else ()),
    )


def rest_page(*, head: str = "", count: str = "", above: Sequence[Text] = ()) -> bytes:
    """A page on which an invoice's table goes on and ends."""
    return page(
        *(((60, 60, head, 10),) if head else ()),
        *above,
        *row(120, "Description", "Qty", "Unit price", "Amount"),
        *row(136, "Junction box", "10", "5.00", "50.00"),
        *row(200, "", "", "Total EUR", "178.50"),
        *(((480, 815, count, 8),) if count else ()),
    )
