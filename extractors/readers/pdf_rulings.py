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
_MOST_SEGMENTS = 100  # of a path that are looked at
_FEWEST_STRAIGHT = 3  # sides that a path draws; the last may be its closing
_LEANING = 0.6  # units
_MOST_CURVED = 12  # points of curves: those of four round corners


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
        if box is not None and (_is_thin(box) or _is_frame(item)):
            found.update(dict.fromkeys(_lines_of(box)))
        if len(found) > _MAX_RULINGS:
            break
    return tuple(Ruling(box, number) for box in found)


def _is_thin(box: Box) -> bool:
    return box.height <= _THIN or box.width <= _THIN


def _is_frame(item: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path runs level and upright only, corners left aside; handwriting and logos do not."""
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    leaning = curved = straight = 0
    for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if before is not None and kind == raw.FPDF_SEGMENT_LINETO:
            straight += 1
            leaning += min(abs(x.value - before[0]), abs(y.value - before[1])) > _LEANING
        curved += kind == raw.FPDF_SEGMENT_BEZIERTO
        before = (x.value, y.value)
    return leaning == 0 and curved <= _MOST_CURVED and straight >= _FEWEST_STRAIGHT


def _lines_of(box: Box) -> tuple[Box, ...]:
    """A thin bar is one line, a frame four."""
    if _is_thin(box):
        return (box,) if max(box.width, box.height) >= _SHORTEST else ()
    if box.width < _SHORTEST or box.height < _SHORTEST / 2:
        return ()
    return (
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    )
