"""Forms as their makers lay them out: each sheet of form_sheets.json says what stands where, and what is to be read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TypedDict

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract

_HIGH = 842


class Sheet(TypedDict):
    """From the top left corner, in points: texts (x, y, size, bold, words), rulings (x0, y0, x1, y1), boxes (x, y,
    width, height) and circles (x, y, radius, filled).
    """

    name: str
    kind: str
    fields: dict[str, str]
    lines: list[dict[str, str]]
    texts: list[tuple[float, float, float, int, str]]
    rulings: list[tuple[float, float, float, float]]
    boxes: list[tuple[float, float, float, float]]
    circles: list[tuple[float, float, float, int]]


SHEETS: list[Sheet] = json.loads(Path(__file__).with_name("form_sheets.json").read_text(encoding="utf-8"))


def drawn(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    for x, y, size, bold, words in sheet["texts"]:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        canvas.drawString(x, _HIGH - y, words)
    for x0, y0, x1, y1 in sheet["rulings"]:
        canvas.line(x0, _HIGH - y0, x1, _HIGH - y1)
    for x, y, wide, high in sheet["boxes"]:
        canvas.rect(x, _HIGH - y - high, wide, high)
    for x, y, radius, filled in sheet["circles"]:
        canvas.circle(x, _HIGH - y, radius, fill=filled)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet["name"])
def test_sheet(sheet: Sheet) -> None:
    found = extract(drawn(sheet), "form.pdf")
    assert found.kind == sheet["kind"]
    fields = {name: str(found.fields[name][0].value) for name in sheet["fields"] if name in found.fields}
    assert fields == sheet["fields"]
    assert len(found.lines) == len(sheet["lines"])
    for line, wanted in zip(found.lines, sheet["lines"], strict=True):
        assert {name: str(line.fields[name].value) for name in wanted if name in line.fields} == wanted
