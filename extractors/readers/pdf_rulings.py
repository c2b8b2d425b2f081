"""Ruling lines of a PDF page: drawn lines, thin bars and the edges of frames."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.turning import Frame
from service.domain.documents import Ruling
from service.domain.geometry import Box

_THIN = 2.5  # points; a bar up to that is a line
_SHORTEST = 12.0  # points; a shorter line is an ornament
_MAX_OBJECTS = 20_000
_MAX_RULINGS = 2_000


def page_rulings(page: pdfium.PdfPage, frame: Frame, number: int) -> tuple[Ruling, ...]:
    """The horizontal and vertical lines of the page, each once."""
    edges = (ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float())
    found: dict[Box, None] = {}
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges)):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = frame.clip(*frame.place(left, top, right, bottom))
        if box is not None:
            found.update(dict.fromkeys(_lines_of(box)))
        if len(found) > _MAX_RULINGS:
            break
    return tuple(Ruling(box, number) for box in found)


def _lines_of(box: Box) -> tuple[Box, ...]:
    """A thin bar is one line, a frame four."""
    if box.height <= _THIN or box.width <= _THIN:
        return (box,) if max(box.width, box.height) >= _SHORTEST else ()
    if box.width < _SHORTEST or box.height < _SHORTEST / 2:
        return ()
    return (
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    )
