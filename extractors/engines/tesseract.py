"""Tesseract through pytesseract: the quick engine, where it is installed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache

import pytesseract
from PIL import Image

from extractors.engines.ink import Gray
from extractors.engines.mending import mended
from extractors.engines.port import Seen
from extractors.engines.tight import tightened
from extractors.engines.type_size import as_high_as_font
from service.domain.errors import UnreadableDocumentError

_PAGE_S = 60  # seconds for a page
_RULES = frozenset("|_¦~=—–-‘’`´'")  # what ruling lines are taken for
_LEAST_CONFIDENCE = 0.05  # what is below is speckle
_BROKEN = "Reading the picture failed; scan or save it anew."


class Tesseract:
    """``OcrEngine`` by the tesseract program, a process a picture. ``languages`` that it lacks are left out."""

    name = "tesseract"

    def __init__(self, languages: tuple[str, ...]) -> None:
        known = installed_languages()
        self._languages = "+".join(language for language in languages if language in known) or "eng"

    def recognise(self, picture: Gray) -> tuple[Seen, ...]:
        """The words in reading order. UnreadableDocumentError where the program fails or takes over a minute."""
        image = Image.fromarray(picture)
        image.format = "PPM"  # pytesseract would compress a PNG, for as long as reading some pages takes
        try:
            table = pytesseract.image_to_data(
                image, self._languages, output_type=pytesseract.Output.DICT, timeout=_PAGE_S
            )
        except (pytesseract.TesseractError, RuntimeError) as error:
            raise UnreadableDocumentError(_BROKEN, code="OCR_FAILED") from error
        words = (_word(table, index) for index in range(len(table["text"])))
        seen = mended(word for word in words if word is not None)
        tight = tightened(seen, picture)  # in height; its words begin and end well
        return as_high_as_font(replace(a, x0=b.x0, x1=b.x1) for a, b in zip(tight, seen, strict=True))


def _word(table: dict[str, list[str]], index: int) -> Seen | None:
    text, confidence = str(table["text"][index]).strip(), float(table["conf"][index]) / 100
    if not text or confidence < _LEAST_CONFIDENCE or _RULES.issuperset(text):
        return None
    left, top, width, height = (float(table[name][index]) for name in ("left", "top", "width", "height"))
    row = (int(table["block_num"][index]) * 1000 + int(table["par_num"][index])) * 1000 + int(table["line_num"][index])
    return Seen(text, left, top, left + width, top + height, confidence, row)


def is_installed() -> bool:
    """Whether the program can be started and has at least one language."""
    return bool(installed_languages() - {"osd"})


@cache
def installed_languages() -> frozenset[str]:
    """The languages that it can read, none where it is missing."""
    if shutil.which("tesseract") is None:
        return frozenset()
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractError, OSError):
        return frozenset()
