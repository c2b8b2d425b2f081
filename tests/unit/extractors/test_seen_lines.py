"""Words of a picture become lines as those of a text layer do, though their boxes are less even."""

from __future__ import annotations

from extractors.layout.lines import page_lines
from service.domain.documents import Page, PageSize, Word
from service.domain.geometry import Box


def line_texts(*words: tuple[str, float, float, float, float]) -> list[str]:
    """The lines of a scan with words of a text, its left and right edge, its top and its height."""
    seen = tuple(
        Word(text, Box(x0, top, x1, top + high), 1, high, confidence=0.99) for text, x0, x1, top, high in words
    )
    return [line.text for line in page_lines(Page(1, PageSize(595, 842), seen, (), from_ocr=True), 0)]


def test_a_large_figure_stays_with_what_stands_on_its_base_line() -> None:
    small = ("Storgatan", 63, 105, 274.8, 11.7), ("46", 108, 118, 275.2, 11.7), ("Stockholm", 63, 120, 288.0, 11.7)
    large = ("1", 311, 320, 278.0, 18.5), ("789,70", 326, 376, 277.4, 18.5), ("kr", 382, 397, 278.4, 18.5)
    assert line_texts(*small, *large) == ["Storgatan 46", "1 789,70 kr", "Stockholm"]
