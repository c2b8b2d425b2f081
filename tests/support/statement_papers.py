"""Draws small statements: a letterhead, an address, labelled values, a table, sums beneath it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.demo.documents.fonts import face

Column = tuple[str, float, str]  # its header, its edge in points, "l" or "r" for the side that it is flush with
_TOP, _LEADING = 420.0, 16.0


@dataclass(frozen=True, slots=True)
class Statement:
    """What is printed; ``meta`` and ``foot`` are labels with values, ``text`` stands between address and table."""

    title: str
    sender: Sequence[str]
    receiver: Sequence[str]
    meta: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    foot: Sequence[tuple[str, str]] = ()
    text: Sequence[str] = ()
    after: Sequence[str] = ()
    title_size: float = 18.0
    rows_a_page: int = 20


def draw_statement(paper: Statement) -> bytes:
    """The paper as a PDF; its table goes on over the pages, the header repeated."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    _head(canvas, paper)
    top = _TOP
    for start in range(0, max(1, len(paper.rows)), paper.rows_a_page):
        if start:
            canvas.showPage()
            top = 780.0
        top = _table(canvas, paper, paper.rows[start : start + paper.rows_a_page], top)
    edge = max((x for _, x, _ in paper.columns), default=540.0)
    for label, value in paper.foot:
        canvas.setFont(_font(bold=True), 9)
        canvas.drawString(330, top, label)
        canvas.drawRightString(edge, top, value)
        top -= _LEADING
    for row, text in enumerate(paper.after):
        canvas.setFont(_font(), 9)
        canvas.drawString(60, top - 24 - 14 * row, text)
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, paper: Statement) -> None:
    canvas.setFont(_font(bold=True), 13)
    canvas.drawString(60, 790, paper.sender[0])
    canvas.setFont(_font(), 9)
    canvas.drawString(60, 776, " · ".join(paper.sender[1:]))
    for row, text in enumerate(paper.receiver):
        canvas.drawString(60, 690 - 13 * row, text)
    for row, (label, value) in enumerate(paper.meta):
        canvas.drawString(340, 690 - 13 * row, label)
        canvas.drawString(460, 690 - 13 * row, value)
    canvas.setFont(_font(bold=True), paper.title_size)
    canvas.drawString(60, 560, paper.title)
    canvas.setFont(_font(), 10)
    for row, text in enumerate(paper.text):
        canvas.drawString(60, 530 - 14 * row, text)


def _table(canvas: Canvas, paper: Statement, rows: Sequence[Sequence[str]], top: float) -> float:
    canvas.setFont(_font(bold=True), 9)
    _row(canvas, paper.columns, [header for header, _, _ in paper.columns], top)
    canvas.setFont(_font(), 9)
    for row in rows:
        top -= _LEADING
        lines = [cell.split("\n") for cell in row]
        for step in range(max(len(cell) for cell in lines)):
            top -= 11 * (step > 0)
            _row(canvas, paper.columns, [cell[step] if step < len(cell) else "" for cell in lines], top)
    return top - _LEADING


def _row(canvas: Canvas, columns: Sequence[Column], cells: Sequence[str], top: float) -> None:
    for (_, edge, side), text in zip(columns, cells, strict=True):
        (canvas.drawRightString if side == "r" else canvas.drawString)(edge, top, text)


def _font(*, bold: bool = False) -> str:
    """A face with the letters of all nine languages, where this machine has one."""
    faces = face("liberation", "pl")
    return faces.bold if bold else faces.plain
