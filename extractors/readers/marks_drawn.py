"""Tick boxes and radio circles that a page draws, whether they are made, and strokes that may be a signature."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.barcodes import barcode_places
from extractors.readers.turning import Frame
from service.domain.documents import Drawing, Mark, MarkShape
from service.domain.geometry import Box

_SMALLEST, _LARGEST = 4.5, 24.0  # points of a mark's side
_SQUARE = 1.35  # how much longer one side may be than the other
_MOST_PARTS, _MOST_SEGMENTS, _DEEPEST = 20_000, 400, 4
_LEVEL = 0.35  # points by which a line may lean and still be level or upright
_CORNERS = (0, 4, 8, 16)  # curves of a box: none, or one, two or four at each rounded corner
_FRAME = 0.5  # of the outer sides that the inner edge of a frame has at least
_DARK = 150  # of 255
_SAME = 1.2  # points; outline and fill of one box are often drawn one after the other
_TOUCHING = 1.6  # points between boxes of one comb or grid, which are no tick boxes
_LEAST_STROKE, _MOST_STROKE = 0.3, 2.4  # of the box's side
_INSIDE = 0.5  # of the stroke's or the box's sides that they share
_LEAST_DRAWING = 3.0  # points

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Part:
    """One closed or open run of a path: its box, counts of straight and curved segments, and how it is painted."""

    box: Box
    curves: int
    lines: int
    slanted: int  # lines that are neither level nor upright
    dark: bool  # filled with a dark colour
    stroked: bool
    closed: bool = False
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The marks of a page, its drawings, and where it may have a code of bars or squares."""

    marks: tuple[Mark, ...]
    drawings: tuple[Drawing, ...]
    codes: tuple[Box, ...]


def page_marks(page: pdfium.PdfPage, frame: Frame, number: int) -> Drawn:
    """The boxes and circles with what is drawn in them; letters that tick a box are words and not looked at."""
    parts = tuple(itertools.islice(_parts(page, frame), _MOST_PARTS))
    shapes = _distinct([(part, shape) for part in parts if (shape := _shape(part)) is not None])
    shapes = _without_inner(_without_combs(shapes))
    boxes = [part.box for part, _ in shapes]
    strokes = [p for p in parts if not p.is_picture and (p.slanted or not any(_same(p.box, box) for box in boxes))]
    marks = tuple(_mark(part, shape, strokes, parts, number) for part, shape in shapes)
    free = [p for p in parts if _is_free(p) and not any(_within(p.box, box) for box in boxes)]
    codes = barcode_places((p.box for p in parts if p.dark), (p.box for p in parts if p.is_picture), frame)
    return Drawn(marks, tuple(Drawing(part.box, number) for part in free), codes)


def _mark(part: _Part, shape: MarkShape, strokes: Sequence[_Part], parts: Sequence[_Part], number: int) -> Mark:
    filled = any(p.dark and _same(p.box, part.box) for p in parts)
    inside = [s for s in strokes if _ticks(s, part.box)]
    ticked = filled or bool(inside)
    return Mark(shape, part.box, number, ticked, 0.9 if filled and not inside else 0.97)


def _ticks(stroke: _Part, box: Box) -> bool:
    side = max(box.width, box.height)
    size = max(stroke.box.width, stroke.box.height)
    if not _LEAST_STROKE * side <= size <= _MOST_STROKE * side or not _lies_in(stroke.box, box):
        return False
    return stroke.slanted > 0 or stroke.curves > 0 or stroke.dark or (stroke.lines < 4 and stroke.stroked)


def _lies_in(stroke: Box, box: Box) -> bool:
    """Whether a good part of a stroke lies in the box; ticks often reach out at the upper right."""
    wide = stroke.x_overlap(box) / max(1.0, min(stroke.width, box.width))
    high = stroke.y_overlap(box) / max(1.0, min(stroke.height, box.height))
    return min(wide, high) >= _INSIDE


def _shape(part: _Part) -> MarkShape | None:
    width, height = part.box.width, part.box.height
    if part.is_picture or min(width, height) < _SMALLEST or max(width, height) > _LARGEST:
        return None
    if max(width, height) > _SQUARE * min(width, height) or part.slanted:
        return None
    if not part.closed:
        return None
    if part.curves >= 3 and part.lines <= 1:
        return MarkShape.CIRCLE
    return MarkShape.BOX if part.lines >= 3 and part.curves in _CORNERS else None


def _distinct(shapes: Sequence[tuple[_Part, MarkShape]]) -> list[tuple[_Part, MarkShape]]:
    found: list[tuple[_Part, MarkShape]] = []
    for part, shape in shapes:
        if not any(_same(part.box, known.box) for known, _ in found[-60:]):
            found.append((part, shape))
    return found


def _without_combs(shapes: Sequence[tuple[_Part, MarkShape]]) -> list[tuple[_Part, MarkShape]]:
    """Without boxes that touch a neighbour: one letter is written into each of them."""
    boxes = [part.box for part, _ in shapes]
    return [entry for entry in shapes if not any(_touch(entry[0].box, other) for other in boxes)]


def _touch(box: Box, other: Box) -> bool:
    if box == other or abs(box.height - other.height) > _SAME:
        return False
    beside = min(abs(box.x1 - other.x0), abs(other.x1 - box.x0)) <= _TOUCHING
    return beside and abs(box.top - other.top) <= _SAME


def _without_inner(shapes: Sequence[tuple[_Part, MarkShape]]) -> list[tuple[_Part, MarkShape]]:
    """Without the dot of a radio button and the inner edge of a double frame."""
    outer = [part.box for part, _ in shapes]
    return [entry for entry in shapes if not any(_is_inner(entry[0].box, box) for box in outer)]


def _is_inner(inner: Box, outer: Box) -> bool:
    return outer.width > inner.width + _SAME and _within(inner, outer)


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 - _SAME <= inner.x0
        and inner.x1 <= outer.x1 + _SAME
        and outer.top - _SAME <= inner.top
        and inner.bottom <= outer.bottom + _SAME
    )


def _same(a: Box, b: Box) -> bool:
    edges = (a.x0 - b.x0, a.x1 - b.x1, a.top - b.top, a.bottom - b.bottom)
    return all(abs(edge) <= _SAME for edge in edges)


def _is_free(part: _Part) -> bool:
    """Whether it may be handwriting or a picture of it: curved or slanted, and no closed simple form."""
    if max(part.box.width, part.box.height) < _LEAST_DRAWING or part.box.width > 400:
        return False
    is_form = part.closed and part.lines + part.curves in (4, 8, 12, 20)
    return part.is_picture or part.slanted >= 2 or (part.curves > 0 and not is_form)


def _parts(page: pdfium.PdfPage, frame: Frame) -> Iterator[_Part]:
    count = min(raw.FPDFPage_CountObjects(page), _MOST_PARTS)
    for index in range(count):
        yield from _parts_of(raw.FPDFPage_GetObject(page, index), _PLAIN, frame, 0)


def _parts_of(item: raw.FPDF_PAGEOBJECT, outer: Matrix, frame: Frame, depth: int) -> Iterator[_Part]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_parts(item, _joined(_matrix(item), outer), frame)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        corners = [_moved(point, _joined(_matrix(item), outer)) for point in ((0, 0), (1, 0), (0, 1), (1, 1))]
        part = _part(corners, frame)
        if part is not None:
            yield replace(part, is_picture=True)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _joined(_matrix(item), outer)
        for index in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_PARTS)):
            yield from _parts_of(raw.FPDFFormObj_GetObject(item, index), inner, frame, depth + 1)


def _path_parts(item: raw.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame) -> Iterator[_Part]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    runs = [(part, points, kinds) for points, kinds in _runs(item, matrix) if (part := _part(points, frame))]
    dark = bool(fill.value) and _is_dark(item) and not _is_frame([part.box for part, _, _ in runs])
    for part, points, kinds in runs:
        curves = sum(kind == raw.FPDF_SEGMENT_BEZIERTO for kind in kinds) // 3
        lines, slanted = _lines(points, kinds)
        whole = math.dist(points[0], points[-1]) <= _SAME
        yield replace(
            part, curves=curves, lines=lines, slanted=slanted, dark=dark, stroked=bool(stroke.value), closed=whole
        )


def _is_frame(boxes: Sequence[Box]) -> bool:
    """Whether the runs of a filled path are the outer and the inner edge of a frame, which is empty."""
    if len(boxes) != 2:
        return False
    inner, outer = sorted(boxes, key=lambda box: box.width)
    return _within(inner, outer) and inner.width >= _FRAME * outer.width and inner.height >= _FRAME * outer.height


def _runs(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[tuple[list[Point], list[int]]]:
    """The points of each run of a path, on the page, with the kinds of the segments that lead to them."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    kinds: list[int] = []
    for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, kinds
            points, kinds = [], []
        points.append(_moved((x.value, y.value), matrix))
        kinds.append(kind)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
            kinds.append(raw.FPDF_SEGMENT_LINETO)
    if len(points) > 1:
        yield points, kinds


def _lines(points: Sequence[Point], kinds: Sequence[int]) -> tuple[int, int]:
    """How many straight segments of a length there are, and how many of them lean."""
    lines = slanted = 0
    for (before, point), kind in zip(itertools.pairwise(points), kinds[1:], strict=True):
        across, along = abs(point[0] - before[0]), abs(point[1] - before[1])
        if kind == raw.FPDF_SEGMENT_LINETO and max(across, along) > _LEVEL:
            lines += 1
            slanted += min(across, along) > _LEVEL
    return lines, slanted


def _part(points: Sequence[Point], frame: Frame) -> _Part | None:
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    bottom, top = min(p[1] for p in points), max(p[1] for p in points)
    box = frame.clip(*frame.place(left, top, right, bottom))
    return None if box is None else _Part(box, 0, 0, 0, dark=False, stroked=False)


def _is_dark(item: raw.FPDF_PAGEOBJECT) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colours = (ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha))
    if not raw.FPDFPageObj_GetFillColor(item, *colours):
        return False
    light = 0.3 * red.value + 0.59 * green.value + 0.11 * blue.value
    return bool(light < _DARK and alpha.value > 100)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
