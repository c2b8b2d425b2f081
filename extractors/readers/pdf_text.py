"""Words and ruling lines from a PDF's text layer, by pypdfium2's characters: fast, and numbers stay whole.

A word ends at a space, at a gap of its own or where the next character doesn't continue it. All coordinates are
turned so that the text reads upright, and the page image is turned alike (``upright_turns``).
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.acroform import page_entries
from extractors.readers.barcodes import barcodes_on
from extractors.readers.marks_drawn import page_marks
from extractors.readers.pdf_rulings import page_rulings
from extractors.readers.turning import Frame
from service.domain.documents import Page, PageSize, Word

_GAP_OF_WORDS = 0.17  # of the font size; a space is 0.22 to 0.33 wide, kerning stays below 0.1
_GAP_SUPPOSED = 0.12  # of the font size, where pdfium supposes a space: narrow faces have such
_SPACED_OUT = 1.5  # times the gaps within a word, whose letters stand apart
_LIGATURE = 0.02  # points; the letters of a ligature have one box
_BACKSTEP = 0.5  # of the font size that a character may stand before the end of the one before it
_BOLD_WEIGHT = 600
_MAX_CHARS = 60_000  # a page; a dense one has 10,000
_ANGLE_SAMPLE = 60
_LAST_CODE_POINT = 0x10FFFF
_SOFT_HYPHEN = "\xad"  # printed at the end of a line only
_NOT_PRINTED = frozenset("\u200b\u200c\u200d\u2060\ufeff\x00")
_REPLACED = {
    "\x02": "-",  # pdfium's sign for a hyphen at the end of a line
    "\ufffe": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\uf0b7": "•",  # the bullet of Symbol fonts
}


def text_page(page: pdfium.PdfPage, number: int) -> Page:
    """The page with the words of its text layer, in the order in which the file draws them, and its ruling lines."""
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return Page(number, PageSize(*page.get_size()), ())
    try:
        frame = Frame.of(page, upright_turns(page, text))
        words = _Words(text, frame, number).read()
    finally:
        raw.FPDFText_ClosePage(text)
    entries, drawn = page_entries(page, frame, number), page_marks(page, frame, number)
    return Page(
        number, frame.size, words, page_rulings(page, frame, number), drawn.marks, entries.values,
        drawings=(*drawn.drawings, *entries.drawings), barcodes=barcodes_on(page, frame, number, drawn.codes),
    )  # fmt: skip


def upright_turns(page: pdfium.PdfPage, text: raw.FPDF_TEXTPAGE) -> int:
    """Quarter turns clockwise by which the page's text is turned against its own axes, by a sample of it; on a
    page without text the turns that its rotation undoes.
    """
    count = raw.FPDFText_CountChars(text)
    step = max(1, count // _ANGLE_SAMPLE)
    turns = Counter(_turns_at(text, index) for index in range(0, count, step))
    return turns.most_common(1)[0][0] if turns else -page.get_rotation() // 90 % 4


def _turns_at(text: raw.FPDF_TEXTPAGE, index: int) -> int:
    angle = raw.FPDFText_GetCharAngle(text, index)
    return 0 if angle < 0 else round(angle / (math.pi / 2)) % 4


@dataclass(slots=True)
class _Open:
    """The word being put together."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: int
    last: float = 0.0  # where the last character begins
    text: list[str] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)

    def continued_by(self, x0: float, x1: float, middle: float, *, supposed: bool) -> bool:
        """Whether a character at that place belongs to this word; ``supposed`` where pdfium supposes a space."""
        if not self.top <= middle <= self.bottom:
            return False
        if abs(x0 - self.last) <= _LIGATURE and abs(x1 - self.x1) <= _LIGATURE:
            return True
        widest = _GAP_OF_WORDS * self.size
        if supposed:
            usual = sum(self.gaps) / len(self.gaps) if self.gaps else 0.0  # below 0 in a hand whose letters join
            narrow = _GAP_SUPPOSED * self.size + min(0.0, usual)
            widest = min(widest, max(narrow, _SPACED_OUT * max(self.gaps, default=0.0)))
        return -_BACKSTEP * self.size <= x0 - self.x1 <= widest

    def take(self, text: str, x0: float, x1: float, top: float, bottom: float) -> None:
        """Add a character."""
        if self.text and x0 > self.last:
            self.gaps.append(x0 - self.x1)
        self.last = x0
        self.text.append(text)
        self.x1 = max(self.x1, x1)
        self.top = min(self.top, top)
        self.bottom = max(self.bottom, bottom)


class _Words:
    """Groups one page's characters into words."""

    def __init__(self, text_page: raw.FPDF_TEXTPAGE, frame: Frame, number: int) -> None:
        self._page = text_page
        self._frame = frame
        self._number = number
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._words: list[Word] = []
        self._open: _Open | None = None
        self._supposed = False  # a space before the next character

    def read(self) -> tuple[Word, ...]:
        """All words of the page."""
        get_unicode = raw.FPDFText_GetUnicode
        for index in range(min(raw.FPDFText_CountChars(self._page), _MAX_CHARS)):
            character = chr(min(get_unicode(self._page, index), _LAST_CODE_POINT))
            if character in _NOT_PRINTED:
                continue
            if character.isspace():
                self._space(index)
            else:
                self._character(index, _REPLACED.get(character, character))
        self._close()
        return tuple(self._words)

    def _space(self, index: int) -> None:
        """A space that was drawn ends the word; of one that pdfium supposed the gap decides."""
        self._supposed = bool(raw.FPDFText_IsGenerated(self._page, index))
        if not self._supposed:
            self._close()

    def _character(self, index: int, text: str) -> None:
        if not raw.FPDFText_GetLooseCharBox(self._page, index, ctypes.byref(self._rect)):
            return
        r = self._rect
        x0, top, x1, bottom = self._frame.place(r.left, r.top, r.right, r.bottom)
        supposed, self._supposed = self._supposed, False
        if self._open is None or not self._open.continued_by(x0, x1, (top + bottom) / 2, supposed=supposed):
            self._close()
            self._open = _Open(x0, top, x1, bottom, max(min(self._size(index), bottom - top), 1.0), index)
        self._open.take(text, x0, x1, top, bottom)

    def _size(self, index: int) -> float:
        """The size of a character's font as printed, in points: programs that print web pages scale it."""
        size: float = raw.FPDFText_GetFontSize(self._page, index)
        if not raw.FPDFText_GetMatrix(self._page, index, ctypes.byref(self._matrix)):
            return size
        return size * math.hypot(self._matrix.c, self._matrix.d)

    def _close(self) -> None:
        word, self._open = self._open, None
        if word is None:
            return
        box = self._frame.clip(word.x0, word.top, word.x1, word.bottom)
        if box is None or _turns_at(self._page, word.first) != self._frame.text_turns:
            return
        text = "".join(word.text)
        text = text[:-1].replace(_SOFT_HYPHEN, "") + text[-1].replace(_SOFT_HYPHEN, "-")
        self._words.append(Word(text, box, self._number, round(word.bottom - word.top, 2), self._is_bold(word.first)))

    def _is_bold(self, index: int) -> bool:
        weight: int = raw.FPDFText_GetFontWeight(self._page, index)
        if weight >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(64)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._page, index, name, 64, ctypes.byref(flags))
        return b"bold" in name.value.lower() or b"black" in name.value.lower()
