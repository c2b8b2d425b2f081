"""Invoices of one invented sender who calls things by names of its own, one after the other, as PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

SENDER, VAT_ID = "Brenner Elektrotechnik GmbH", "DE811907980"


@dataclass(frozen=True)
class SenderPaper:
    """What differs from paper to paper; ``title`` is what the sender calls its number."""

    number: str = "BX-1041"
    day: str = "05/03/2026"
    net: Decimal = Decimal("100.00")
    title: str = "Tracking mark"
    sender: str = SENDER
    vat_id: str = VAT_ID
    code: str = "K-77"


def printed(paper: SenderPaper) -> bytes:
    """The paper as a PDF of one page."""
    tax = paper.net * 19 / 100
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for x, y, text, size in (
        (60, 60, paper.sender, 14),
        (60, 78, "Hafenstr. 4, 20457 Hamburg", 9),
        (60, 140, "Nordlicht Handel GmbH", 10),
        (60, 153, "Lange Reihe 12", 10),
        (60, 166, "20099 Hamburg", 10),
        (60, 220, "Invoice", 16),
        (380, 200, f"{paper.title}: {paper.number}", 10),
        (380, 214, "Account no.: 55120", 10),
        (380, 228, f"Date: {paper.day}", 10),
        (60, 280, "Description", 10),
        (220, 280, "Mark", 10),
        (300, 280, "Qty", 10),
        (360, 280, "Unit price", 10),
        (460, 280, "Amount", 10),
        (60, 296, "Cable drum 25 m", 10),
        (220, 296, paper.code, 10),
        (300, 296, "2", 10),
        (360, 296, f"{paper.net / 2:.2f}", 10),
        (460, 296, f"{paper.net:.2f}", 10),
        (360, 330, "Net total EUR", 10),
        (460, 330, f"{paper.net:.2f}", 10),
        (360, 344, "VAT 19 %", 10),
        (460, 344, f"{tax:.2f}", 10),
        (360, 358, "Total EUR", 10),
        (460, 358, f"{paper.net + tax:.2f}", 10),
        (60, 780, f"VAT ID {paper.vat_id}", 8),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, 842 - y, text)
    canvas.save()
    return out.getvalue()
