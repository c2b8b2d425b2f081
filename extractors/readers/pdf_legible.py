"""Whether a PDF page's text layer says what the page shows, or the page has to be looked at as a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.engines.quality import share_like_text
from service.domain.documents import Word
from service.domain.geometry import Box

_MOST_OBJECTS = 20_000
_NOWHERE = Box(0, 0, 0, 0)
_DEEPEST = 3  # forms within forms
_FEW_LETTERS = 20
_MANY_STROKES = 250  # text that was turned into outlines takes at least that many
_SOME_TEXTS = 3  # pieces of text from which hardly a letter came: without a map to Unicode
_PICTURE_SHOWS = 0.25  # of the page, where it has little text
_PICTURE_IS_PAGE = 0.6
_MOSTLY = 0.5
_TOKENS_TO_JUDGE = 12
_LIKE_TEXT = 0.5  # of the characters; true text layers have 0.8 and more


@dataclass(slots=True)
class _Inventory:
    """What the page is made of; ``pictures`` in square points."""

    pictures: float = 0.0
    texts: int = 0
    unseen_texts: int = 0
    strokes: int = 0


def has_to_be_seen(page: pdfium.PdfPage, words: Sequence[Word]) -> bool:
    """Whether the words of the text layer can't stand for the page: none over a picture or over outlines, letters
    that mean nothing, or words laid invisibly over a scan by somebody else's recognition.
    """
    words = [word for word in words if any(character.isalnum() for character in word.text)]  # no dots to write on
    found = _inventory(page)
    width, height = page.get_size()
    share = found.pictures / max(1.0, width * height)
    if sum(character.isalnum() for word in words for character in word.text) < _FEW_LETTERS:
        return share > _PICTURE_SHOWS or found.strokes > _MANY_STROKES or found.texts - len(words) > _SOME_TEXTS
    if share > _PICTURE_IS_PAGE and found.unseen_texts > _MOSTLY * found.texts:
        return True
    return len(words) >= _TOKENS_TO_JUDGE and share_like_text(word.text for word in words) < _LIKE_TEXT


def pixels_on(page: pdfium.PdfPage) -> int:
    """How many pixels the page's pictures have together, each counted as often as it is drawn."""
    across, down = ctypes.c_uint(), ctypes.c_uint()
    total = 0
    for kind, item, _ in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFImageObj_GetImagePixelSize(
            item, ctypes.byref(across), ctypes.byref(down)
        ):
            total += across.value * down.value
    return total


def _inventory(page: pdfium.PdfPage) -> _Inventory:
    found = _Inventory()
    for kind, item, box in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.pictures += box.width * box.height
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts += 1
            found.unseen_texts += raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            found.strokes += 1
    return found


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, Any, Box]]:
    """Kind, object and (of pictures) place of what stands on the page, that within forms too."""
    width, height = page.get_size()
    top = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    waiting: list[tuple[Any, int, Box | None]] = [(item, 0, None) for item in islice(top, _MOST_OBJECTS)]
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        item, depth, around = waiting.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(item)
        has_place = kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
        box = around or (_bounds(item, width, height) if has_place else _NOWHERE)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
            waiting.extend((raw.FPDFFormObj_GetObject(item, index), depth + 1, box) for index in inner)
        else:
            yield kind, item, box


def _bounds(item: Any, width: float, height: float) -> Box:
    edges = tuple(ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges)):
        return _NOWHERE
    x0, low, x1, high = (edge.value for edge in edges)
    x0, x1 = max(0.0, min(x0, width)), max(0.0, min(x1, width))
    low, high = max(0.0, min(low, height)), max(0.0, min(high, height))
    return Box(x0, low, max(x0, x1), max(low, high))
