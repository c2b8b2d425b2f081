from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.layout import lay_out, lay_out_form
from extractors.parse.phones import find_phones
from extractors.parse.tick_marks import find_marks, is_tick
from extractors.readers.marks_seen import ink_boxes, is_ticked, lies_on_paper, tick_boxes
from extractors.readers.pdf_open import DEFAULT_LIMITS, open_page, open_pdf
from extractors.readers.pdf_text import text_page
from extractors.readers.scan_rulings import rulings_of, without_rulings
from service.domain.documents import Page


def page(draw: Callable[[Canvas], None]) -> Page:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 200), invariant=True)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    with open_pdf(out.getvalue(), DEFAULT_LIMITS) as document, open_page(document, 0) as first:
        return text_page(first, 1)


def marks(draw: Callable[[Canvas], None]) -> list[bool]:
    layout = lay_out_form(lay_out([page(draw)]))
    return [m.ticked for m in sorted(layout.pages[0].marks, key=lambda m: m.box.x0)]


def box(canvas: Canvas, x: float) -> None:
    canvas.rect(x, 100, 9, 9)
    canvas.drawString(x + 14, 101, "Refund")


def cross(canvas: Canvas) -> None:
    canvas.line(20, 100, 29, 109)
    canvas.line(20, 109, 29, 100)


def tick(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(21, 104)
    path.lineTo(24, 101)
    path.lineTo(31, 112)
    canvas.drawPath(path)


def curved_tick(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(21, 104)
    path.curveTo(22, 102, 23, 101, 24, 101)
    path.curveTo(26, 104, 28, 109, 31, 112)
    canvas.drawPath(path)


def filled(canvas: Canvas) -> None:
    canvas.rect(22, 102, 5, 5, stroke=0, fill=1)


def letter(canvas: Canvas) -> None:
    canvas.drawString(21, 101, "X")


@pytest.mark.parametrize("made", [cross, tick, curved_tick, filled, letter])
def test_a_drawn_box_is_ticked_by(made: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 20)
        box(canvas, 120)
        made(canvas)

    assert marks(draw) == [True, False]


def test_radio_circles() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (25, 125):
            canvas.circle(x, 104, 5)
            canvas.drawString(x + 10, 101, "Refund")
        canvas.circle(125, 104, 2.5, fill=1)

    assert marks(draw) == [False, True]


def test_boxes_that_touch_are_for_letters() -> None:
    assert marks(lambda canvas: [canvas.rect(20 + 12 * i, 100, 12, 12) for i in range(6)] and None) == []


def test_handwriting_is_a_drawing_and_no_frame() -> None:
    found = page(lambda canvas: canvas.bezier(20, 100, 40, 160, 60, 60, 90, 120))
    assert len(found.drawings) == 1
    assert found.rulings == ()


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("[x] Refund [ ] Exchange", [True, False]),
        ("[ X ] Refund ( ) Exchange", [True, False]),
        ("☒ Refund ☐ Exchange", [True, False]),
        ("(•) Refund ( ) Exchange", [True, False]),
        ("Refund ☑ Exchange □", [True, False]),
        ("\uf0fe Refund \uf0a8 Exchange", [True, False]),
        ("consumer(s) and (*) f(x)", []),
    ],
)
def test_marks_printed_as_text(text: str, ticked: list[bool]) -> None:
    assert [mark.ticked for mark in find_marks(text)] == ticked


def test_what_ticks_a_box() -> None:
    assert all(is_tick(text) for text in ("x", "X", "✓", "✗", "•"))
    assert not any(is_tick(text) for text in ("No", "a", "12", ""))


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Tel. +49 (0)30 123-456", ["+49 (0)30 123-456"]),
        ("(512) 555-0143", ["(512) 555-0143"]),
        ("07700 900123", ["07700 900123"]),
        ("12.05.2026", []),
        ("12345", []),
    ],
)
def test_phones(text: str, phones: list[str]) -> None:
    assert [phone.value for phone in find_phones(text)] == phones


def picture() -> np.ndarray:  # type: ignore[type-arg]
    paper = np.full((200, 400), 245, np.uint8)
    for left in (20, 120):
        cv2.rectangle(paper, (left, 50), (left + 30, 80), 20, 2)
    cv2.line(paper, (24, 54), (46, 76), 20, 3)
    cv2.line(paper, (46, 54), (24, 76), 20, 3)
    points = np.array([[200, 150], [230, 110], [260, 160], [290, 120], [330, 150]], np.int32)
    cv2.polylines(paper, [points], isClosed=False, color=20, thickness=2)
    return paper


def test_boxes_and_ink_of_a_picture() -> None:
    paper = picture()
    mask = np.where(paper < 128, 255, 0).astype(np.uint8)
    boxes = tick_boxes(mask, 24)
    assert [abs(b[0] - left) <= 3 for b, left in zip(boxes, (20, 120), strict=True)] == [True, True]
    answers = [is_ticked(paper, found) for found in boxes]
    assert [ticked for ticked, _ in answers] == [True, False]
    assert all(0.5 <= sure <= 1 for _, sure in answers)
    ink = ink_boxes(mask, boxes, 24)
    assert len(ink) == 1
    assert ink[0][2] > 100


@pytest.mark.parametrize("filled", [True, False])
def test_circles_are_boxes_whatever_fills_their_middle(filled: bool) -> None:
    paper = np.full((200, 400), 245, np.uint8)
    cv2.circle(paper, (60, 60), 14, 20, 2)
    if filled:
        cv2.circle(paper, (60, 60), 8, 20, -1)
    cv2.putText(paper, "S", (150, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2)
    (found,) = tick_boxes(np.where(paper < 128, 255, 0).astype(np.uint8), 24)
    assert found[0] == pytest.approx(45, abs=2)
    assert is_ticked(paper, found)[0] is filled


def test_a_cross_that_reaches_beyond_its_box_leaves_it_a_box() -> None:
    paper = np.full((200, 400), 245, np.uint8)
    cv2.rectangle(paper, (50, 50), (69, 69), 20, 3)
    cv2.line(paper, (47, 52), (71, 73), 20, 4)
    cv2.line(paper, (49, 71), (73, 47), 20, 4)
    (found,) = tick_boxes(np.where(paper < 128, 255, 0).astype(np.uint8), 12)
    assert found[:2] == pytest.approx((50, 50), abs=4)
    assert is_ticked(paper, found)[0]


def test_a_letter_in_a_dark_band_is_no_box() -> None:
    paper = np.full((200, 400), 245, np.uint8)
    cv2.rectangle(paper, (40, 40), (300, 100), 40, -1)
    assert not lies_on_paper(paper, (100, 60, 20, 20))
    assert lies_on_paper(paper, (320, 140, 20, 20))


def test_short_sides_of_boxes_are_painted_over_and_letters_are_not() -> None:
    paper = np.full((400, 600), 255, np.uint8)
    for row in range(6):
        cv2.putText(paper, "Typed words nn", (20, 40 + 40 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    cv2.rectangle(paper, (30, 300), (500, 350), 0, 2)
    cv2.line(paper, (560, 280), (560, 330), 0, 4)
    clean = without_rulings(paper, rulings_of(paper))
    assert clean[310:340, 25:36].min() == 255
    assert clean[290:320, 555:566].min() == 0
