"""Bar codes and QR codes of a page: where something looks like one, and what it says."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import zxingcpp

from extractors.engines.ink import Gray
from extractors.readers.turning import Frame
from service.domain.documents import Barcode
from service.domain.geometry import Box, union_of

_FORMATS = zxingcpp.BarcodeFormats(
    (
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
    )
)
_MOST, _LONGEST = 20, 400  # codes of a page, characters of one
_DOTS, _POINTS = 200, 72
_MOST_PIXELS = 8_000_000
_QUIET = 12.0  # points around a code that are left white
_THIN, _NARROW = 4.5, 0.4  # points, and of the height: how wide a bar is
_MODULE = 4.0  # points of a QR code's squares
_FEWEST_BARS, _FEWEST_MODULES = 16, 60
_SAME = 1.0  # points between ends of bars of one code
_APART = 12.0  # points between two bars
_SMALLEST_PICTURE, _MOST_OF_PAGE = 24.0, 0.3  # points, and share of the page


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A decoded code: its text, its symbology's name, and x0, top, x1, bottom in pixels."""

    text: str
    symbology: str
    edges: tuple[float, float, float, float]


def codes_in(picture: Gray) -> tuple[SeenCode, ...]:
    """The codes that a picture shows, whichever way they are turned."""
    found = zxingcpp.read_barcodes(picture, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain)
    codes = []
    for code in found[:_MOST]:
        text = code.text.strip()
        if text and len(text) <= _LONGEST and text.isprintable():
            place = code.position
            corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
            xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
            codes.append(SeenCode(text, str(code.format), (min(xs), min(ys), max(xs), max(ys))))
    return tuple(codes)


def barcodes_on(page: pdfium.PdfPage, frame: Frame, number: int, places: Sequence[Box]) -> tuple[Barcode, ...]:
    """The codes at ``places`` of a page of text, in points of the upright page; nothing is drawn without places."""
    if not places:
        return ()
    size = frame.size
    scale = min(_DOTS / _POINTS, (_MOST_PIXELS / (size.width * size.height)) ** 0.5)
    turn = int((frame.turns * 90 - page.get_rotation()) % 360)
    bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    whole = np.asarray(np.ascontiguousarray(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width], np.uint8)
    return tuple(code for place in places[:_MOST] for code in _codes_at(whole, scale, place, number))


def _codes_at(whole: Gray, scale: float, place: Box, number: int) -> Iterator[Barcode]:
    left, top = max(0, int((place.x0 - _QUIET) * scale)), max(0, int((place.top - _QUIET) * scale))
    part = whole[top : int((place.bottom + _QUIET) * scale), left : int((place.x1 + _QUIET) * scale)]
    for code in codes_in(np.ascontiguousarray(part)) if part.size else ():
        x0, above, x1, below = code.edges
        edges = (left + x0, top + above, left + x1, top + below)
        yield Barcode(code.text, code.symbology, Box(*(round(edge / scale, 2) for edge in edges)), number)


def barcode_places(dark: Iterable[Box], pictures: Iterable[Box], page: Frame) -> tuple[Box, ...]:
    """Where a page may have a code: rows of thin bars, heaps of small squares, pictures of a code's size."""
    boxes = tuple(dark)
    bars = [box for box in boxes if box.width <= _THIN and box.width <= _NARROW * box.height]
    modules = [box for box in boxes if box.width <= _MODULE and box.height <= _MODULE]
    area = page.size.width * page.size.height
    drawn = [
        box
        for box in pictures
        if min(box.width, box.height) >= _SMALLEST_PICTURE and box.width * box.height <= _MOST_OF_PAGE * area
    ]
    heap = (union_of(modules),) if len(modules) >= _FEWEST_MODULES else ()
    return (*_rows_of_bars(bars), *heap, *drawn)


def _rows_of_bars(bars: Sequence[Box]) -> Iterator[Box]:
    """Bars of one height side by side."""
    ordered = sorted(bars, key=lambda b: (round(b.top / _SAME), round(b.bottom / _SAME), b.x0))
    row: list[Box] = []
    for bar, following in itertools.zip_longest(ordered, ordered[1:]):
        row.append(bar)
        if following is None or not _is_beside(bar, following):
            if len(row) >= _FEWEST_BARS:
                yield union_of(row)
            row = []


def _is_beside(bar: Box, other: Box) -> bool:
    level = abs(bar.top - other.top) <= _SAME and abs(bar.bottom - other.bottom) <= _SAME
    return level and 0 <= other.x0 - bar.x0 <= _APART
