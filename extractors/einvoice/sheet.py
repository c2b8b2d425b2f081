"""An e-invoice without a page, set on plain sheets, so that a reviewer sees where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from types import MappingProxyType

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from service.domain.documents import PageSize
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Row
from service.domain.geometry import Box

_WIDTH, _HEIGHT = A4
_LEFT, _VALUES, _TOP, _BOTTOM = 48.0, 200.0, 56.0, 50.0  # points
_FONT, _BOLD, _SIZE, _LEADING = "Helvetica", "Helvetica-Bold", 9.0, 13.0
_MOST_CHARACTERS = 78  # of a value; the field beside the page has the whole


@dataclass(frozen=True, slots=True)
class Sheet:
    """The PDF, and the extraction whose values know their place on it."""

    pdf: bytes
    extraction: Extraction


def set_on_sheet(extraction: Extraction) -> Sheet:
    """The extraction's values set one under the other; the same values give the same sheet."""
    return _Setter(extraction).set()


class _Setter:
    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, invariant=True)
        self._page, self._y = 1, _TOP

    def set(self) -> Sheet:
        """Draw it all, from top to bottom."""
        self._title(f"E-invoice: {self._extraction.kind.value.replace('_', ' ')}")
        fields = {
            name: tuple(self._value(name, entry) for entry in entries)
            for name, entries in self._extraction.fields.items()
        }
        lines = tuple(self._line(number, line) for number, line in enumerate(self._extraction.lines, start=1))
        self._canvas.save()
        sizes = (PageSize(_WIDTH, _HEIGHT),) * self._page
        placed = replace(self._extraction, pages=sizes, fields=MappingProxyType(fields), lines=lines)
        return Sheet(self._file.getvalue(), placed)

    def _line(self, number: int, line: Line) -> Line:
        self._title(f"Line {number}")
        placed: Mapping[str, AnyField] = {name: self._value(name, entry) for name, entry in line.fields.items()}
        return Line(MappingProxyType(placed))

    def _title(self, text: str) -> None:
        self._advance(2)
        self._canvas.setFont(_BOLD, _SIZE)
        self._canvas.drawString(_LEFT, _HEIGHT - self._y, _printable(text))

    def _value(self, name: str, entry: AnyField) -> AnyField:
        self._advance(1)
        text = _printable(_text(entry))
        self._canvas.setFont(_FONT, _SIZE)
        self._canvas.drawString(_LEFT, _HEIGHT - self._y, name.replace("_", " "))
        self._canvas.drawString(_VALUES, _HEIGHT - self._y, text)
        right = min(_WIDTH, _VALUES + stringWidth(text, _FONT, _SIZE))
        box = Box(_VALUES, self._y - _SIZE, max(right, _VALUES + 1), self._y + 2)
        return replace(entry, provenance=replace(entry.provenance, page=self._page, box=box))

    def _advance(self, rows: int) -> None:
        self._y += rows * _LEADING
        if self._y > _HEIGHT - _BOTTOM:
            self._canvas.showPage()
            self._page, self._y = self._page + 1, _TOP


def _text(entry: AnyField) -> str:
    if isinstance(entry.value, Row):
        return ", ".join(_parts(entry.value))
    return " / ".join(str(entry.value).splitlines())


def _parts(row: Row) -> Iterator[str]:
    for name in row.__slots__:
        part = getattr(row, name)
        if part is not None:
            yield f"{name.replace('_', ' ')} {part}"


def _printable(text: str) -> str:
    """As the standard typefaces have it: what they lack is a question mark here, and right in the value."""
    return text[:_MOST_CHARACTERS].encode("cp1252", errors="replace").decode("cp1252")
