"""Words of a text layer end where a narrow face has its spaces, and letters that stand apart stay one word."""

from __future__ import annotations

import io
from dataclasses import replace

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS


def words_of(space: float, spacing: float = 0.0, text: str = "Diese Rechnung bitte nicht bezahlen") -> list[str]:
    """A line whose words are drawn one by one, ``space`` em apart, with ``spacing`` em between letters."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    x, size = 60.0, 12.0
    for word in text.split():
        line = canvas.beginText(x, 700)
        line.setFont("Helvetica", size)
        line.setCharSpace(spacing * size)
        line.textOut(word)
        canvas.drawText(line)
        x += canvas.stringWidth(word, "Helvetica", size) + (len(word) * spacing + space) * size
    canvas.save()
    (page,) = read_pages(out.getvalue(), "paper.pdf", replace(DEFAULT_LIMITS), None)
    return [word.text for word in plain_page(page).words]


def test_spaces_of_a_narrow_face() -> None:
    assert words_of(0.16) == ["Diese", "Rechnung", "bitte", "nicht", "bezahlen"]


def test_letters_that_stand_apart_are_one_word() -> None:
    assert words_of(0.5, 0.15, "MARLOW FINCH") == ["MARLOW", "FINCH"]
