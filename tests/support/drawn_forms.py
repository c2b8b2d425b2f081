"""Forms drawn text by text and stroke by stroke, so that a test shows the one shape that it is about."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract
from service.domain.extraction import Extraction

_HIGH = 842.0
Text = tuple[float, float, float, str]  # x and y from the top left corner, size, words; bold behind "*"
Box = tuple[float, float, float, float]  # x and y of its top left corner, width, height
Ruling = tuple[float, float, float, float]  # from x and y to x and y


def read_form(
    *texts: Text, boxes: tuple[Box, ...] = (), crossed: tuple[Box, ...] = (), rulings: tuple[Ruling, ...] = ()
) -> Extraction:
    """What is read from a page of texts, empty and crossed boxes, and rulings; points throughout."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    for x, y, size, words in texts:
        canvas.setFont("Helvetica-Bold" if words.startswith("*") else "Helvetica", size)
        canvas.drawString(x, _HIGH - y, words.removeprefix("*"))
    for x, y, wide, high in (*boxes, *crossed):
        canvas.rect(x, _HIGH - y - high, wide, high)
    diagonals = ((x, y, x + wide, y + high) for x, y, wide, high in crossed)
    rising = ((x, y + high, x + wide, y) for x, y, wide, high in crossed)
    for x0, y0, x1, y1 in (*diagonals, *rising, *rulings):
        canvas.line(x0, _HIGH - y0, x1, _HIGH - y1)
    canvas.save()
    return extract(out.getvalue(), "form.pdf")


def pairs(top: float, *given: tuple[str, str], x: float = 50, apart: float = 130, step: float = 18) -> list[Text]:
    """Labels with their entries beside them, a row each."""
    return [
        text
        for row, (label, entry) in enumerate(given)
        for text in ((x, top + step * row, 9, label), (x + apart, top + step * row, 9, entry))
        if text[3]
    ]
