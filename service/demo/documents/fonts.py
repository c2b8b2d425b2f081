"""Typefaces that papers are set in: the printer's own, and those that this machine has, each with a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/dejavu"),
    Path(reportlab.__file__).parent / "fonts",
)


@dataclass(frozen=True, slots=True)
class Face:
    """A family's faces by the names under which the printer knows them."""

    plain: str
    bold: str
    italic: str


_OWN: Mapping[str, Face] = MappingProxyType(
    {
        "helvetica": Face("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
        "times": Face("Times-Roman", "Times-Bold", "Times-Italic"),
        "courier": Face("Courier", "Courier-Bold", "Courier-Oblique"),
    }
)
_FILES: Mapping[str, Face] = MappingProxyType(
    {
        "liberation": Face("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"),
        "liberation-serif": Face("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic"),
        "liberation-mono": Face("LiberationMono-Regular", "LiberationMono-Bold", "LiberationMono-Italic"),
        "narrow": Face("LiberationSansNarrow-Regular", "LiberationSansNarrow-Bold", "LiberationSansNarrow-Italic"),
        "dejavu": Face("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"),
        "condensed": Face("DejaVuSansCondensed", "DejaVuSansCondensed-Bold", "DejaVuSansCondensed-Oblique"),
        "dejavu-serif": Face("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
        "dejavu-mono": Face("DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique"),
        "vera": Face("Vera", "VeraBd", "VeraIt"),
    }
)
_STAND_INS: Mapping[str, str] = MappingProxyType(
    {
        "liberation-serif": "times",
        "dejavu-serif": "times",
        "liberation-mono": "courier",
        "dejavu-mono": "courier",
    }
)
# the printer's own faces know Western European letters alone
_WIDE: Mapping[str, str] = MappingProxyType(
    {"helvetica": "liberation", "times": "liberation-serif", "courier": "liberation-mono", "vera": "dejavu"}
)
_EASTERN = frozenset({"pl"})


def face(name: str, language: str) -> Face:
    """A family by name with the letters of an ISO 639-1 language; another one where this machine lacks it. KeyError
    for an unknown name.
    """
    if language in _EASTERN:
        name = _WIDE.get(name, name)
    if name in _OWN:
        return _OWN[name]
    files = _FILES[name]
    if not all(_known(file) for file in (files.plain, files.bold, files.italic)):
        return _OWN[_STAND_INS.get(name, "helvetica")]
    return files


def can_print(language: str) -> bool:
    """Whether this machine has faces with the letters of a language."""
    return language not in _EASTERN or all(_known(_FILES[name].plain) for name in _WIDE.values())


@cache
def _known(name: str) -> bool:
    """Whether a face could be made known to the printer."""
    for folder in _FOLDERS:
        if (folder / f"{name}.ttf").exists():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
            return True
    return False
