"""Pictures of pages with known words, for the tests of reading them."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, TiffImagePlugin
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.engines.ink import Gray

ROWS = (
    "Nordlicht Möbel GmbH, Hafenstraße 12, 24103 Kiel",
    "Rechnung",
    "Rechnungsnummer: RE-2026-0417",
    "Rechnungsdatum: 14.03.2026",
    "Wir danken für Ihren Auftrag und stellen folgende Positionen in Rechnung.",
    "1   Schreibtisch Eiche    2 Stück    249,00    498,00",
    "2   Bürostuhl Linea       4 Stück    119,50    478,00",
    "Nettobetrag   976,00",
    "zzgl. 19 % MwSt.   185,44",
    "Gesamtbetrag EUR   1.161,44",
    "Zahlbar innerhalb von 30 Tagen ohne Abzug auf das unten genannte Konto.",
)


def paper(rows: tuple[str, ...] = ROWS) -> bytes:
    """A PDF with a text layer."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle("paper")
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if number == 1 else "Helvetica", 18 if number == 1 else 11)
        canvas.drawString(70, 770 - 34 * number, row)
    canvas.save()
    return out.getvalue()


def picture(dots: int = 200, rows: tuple[str, ...] = ROWS) -> Gray:
    """The page in grey."""
    with pdfium.PdfDocument(paper(rows)) as document:
        return np.asarray(document[0].render(scale=dots / 72).to_pil().convert("L"), np.uint8)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The file of a picture."""
    out = io.BytesIO()
    image.save(out, format=kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def as_file(grey: Gray, kind: str = "PNG", dots: int = 200, **options: object) -> bytes:
    """The file of a grey picture that states its resolution."""
    return saved(Image.fromarray(grey), kind, dpi=(dots, dots), **options)


def scanned_pdf(*pages: Gray | str, words: str = "") -> bytes:
    """A PDF whose pages are pictures, or a line of text; ``words`` are laid invisibly over the pictures."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        if isinstance(page, str):
            for number in range(6):
                canvas.drawString(70, 770 - 30 * number, page)
        else:
            canvas.drawImage(ImageReader(Image.fromarray(page)), 0, 0, *A4)
            text = canvas.beginText(70, 400)
            text.setTextRenderMode(3)
            text.textLine(words)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def tiff_of(count: int, side: int = 32) -> bytes:
    """A TIFF of that many small white pages."""
    out = io.BytesIO()
    page = Image.new("1", (side, side), 1)
    with TiffImagePlugin.AppendingTiffWriter(out, new=True) as writer:
        for _ in range(count):
            page.save(writer, format="TIFF")
            writer.newFrame()
    return out.getvalue()
