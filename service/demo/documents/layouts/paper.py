"""A sheet to print on: points from the top left corner, text aligned and wrapped, one PDF at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import reportlab
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LETTER: tuple[float, float] = letter
_FONTS = Path(reportlab.__file__).parent / "fonts"
_OWN_FONTS = Path(__file__).parent.parent / "fonts"


@dataclass(frozen=True, slots=True)
class Style:
    """A typeface, its size and colour; ``leading`` is the distance of two lines in points."""

    font: str
    size: float
    leading: float
    colour: Color = black

    def wide(self, text: str) -> float:
        """How wide ``text`` is printed, in points."""
        return float(pdfmetrics.stringWidth(text, self.font, self.size))

    def sized(self, size: float) -> Style:
        """The same face in another size, with the leading in proportion."""
        return replace(self, size=size, leading=self.leading * size / self.size)

    def coloured(self, colour: Color) -> Style:
        """The same in another colour."""
        return replace(self, colour=colour)


def grey(share: float) -> Color:
    """A grey: 0 black, 1 white."""
    return Color(share, share, share)


_BRANDS = (
    Color(0.13, 0.33, 0.24),
    Color(0.16, 0.29, 0.48),
    Color(0.45, 0.16, 0.18),
    Color(0.20, 0.36, 0.42),
    Color(0.38, 0.26, 0.14),
)


def brand(seller: str) -> Color:
    """The colour in which a seller prints its name, always the same one."""
    return _BRANDS[sum(seller.encode()) % len(_BRANDS)]


def embedded(name: str, file: str) -> str:
    """The name of a typeface that goes into the PDF, made known to the printer."""
    if name not in pdfmetrics.getRegisteredFontNames():
        own = _OWN_FONTS / file
        pdfmetrics.registerFont(TTFont(name, str(own if own.exists() else _FONTS / file)))
    return name


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """``text`` in lines of at most ``width`` points, broken at spaces; a word that is wider stands alone."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if current and style.wide(longer) > width:
            lines.append(current)
            longer = word
        current = longer
    return [*lines, current]


class Paper:
    """A growing stack of sheets. Positions are points from the top left corner; text stands on its baseline."""

    def __init__(self, title: str, author: str, pages: int, size: tuple[float, float] = A4) -> None:
        self._buffer = BytesIO()
        self.width, self.height = size
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=True, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self.page = 1
        self.pages = pages

    def text(self, x: float, top: float, text: str, style: Style) -> None:
        """``text`` from ``x`` to the right."""
        self._use(style)
        self._canvas.drawString(x, self.height - top, text)

    def text_right(self, x: float, top: float, text: str, style: Style) -> None:
        """``text`` that ends at ``x``."""
        self._use(style)
        self._canvas.drawRightString(x, self.height - top, text)

    def text_centred(self, x: float, top: float, text: str, style: Style) -> None:
        """``text`` around ``x``."""
        self._use(style)
        self._canvas.drawCentredString(x, self.height - top, text)

    def lines(self, x: float, top: float, lines: list[str], style: Style) -> float:
        """Lines below one another; where the next one would stand."""
        for line in lines:
            self.text(x, top, line, style)
            top += style.leading
        return top

    def rule(self, x0: float, top0: float, x1: float, top1: float, width: float, colour: Color = black) -> None:
        """A straight line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.line(x0, self.height - top0, x1, self.height - top1)

    def area(self, x0: float, top: float, x1: float, bottom: float, colour: Color) -> None:
        """A filled rectangle."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def frame(self, x0: float, top: float, x1: float, bottom: float, width: float, colour: Color = black) -> None:
        """An outlined rectangle."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)

    def disc(self, x: float, top: float, radius: float, colour: Color) -> None:
        """A filled circle around a point."""
        self._canvas.setFillColor(colour)
        self._canvas.circle(x, self.height - top, radius, stroke=0, fill=1)

    def text_turned(self, x: float, top: float, text: str, style: Style) -> None:
        """``text`` that runs upwards from a point."""
        self._canvas.saveState()
        self._use(style)
        self._canvas.translate(x, self.height - top)
        self._canvas.rotate(90)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def ring(self, x: float, top: float, radius: float, width: float, colour: Color = black) -> None:
        """An outlined circle around a point."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.circle(x, self.height - top, radius, stroke=1, fill=0)

    def stroke(self, points: Sequence[tuple[float, float]], width: float, colour: Color = black) -> None:
        """A pen's smooth way through points (x, top): curves between the middles of neighbours."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.setLineCap(1)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for (x0, y0), (x1, y1) in pairwise(points[1:]):
            end = ((x0 + x1) / 2, self.height - (y0 + y1) / 2)
            path.curveTo(x0, self.height - y0, x0, self.height - y0, *end)
        self._canvas.drawPath(path)
        self._canvas.setLineCap(0)

    def dots(self, x0: float, x1: float, top: float, colour: Color = black) -> None:
        """A dotted line to write on."""
        self._canvas.setDash(0.6, 2)
        self.rule(x0, top, x1, top, 0.6, colour)
        self._canvas.setDash()

    def text_field(self, name: str, x: float, top: float, width: float, height: float, value: str) -> None:
        """A form's field to type into, with ``value`` typed."""
        self._canvas.acroForm.textfield(
            name=name,
            value=value,
            x=round(x),
            y=round(self.height - top - height),
            width=round(width),
            height=round(height),
            fontName="Helvetica",
            fontSize=9,
            borderWidth=1,
            borderColor=grey(0.5),
            fillColor=Color(0.95, 0.97, 1),
            fieldFlags="multiline" if "\n" in value else "",
            maxlen=1000,
            forceBorder=True,
        )

    def check_box(self, name: str, x: float, top: float, size: float, is_ticked: bool) -> None:
        """A form's box to tick; ``top`` is its upper edge."""
        self._canvas.acroForm.checkbox(
            name=name,
            checked=is_ticked,
            x=round(x),
            y=round(self.height - top - size),
            size=round(size),
            buttonStyle="cross",
            borderWidth=1,
            borderColor=black,
            fillColor=grey(1),
            forceBorder=True,
        )

    def barcode(self, x: float, top: float, text: str, height: float) -> None:
        """``text`` as Code 128 from ``x`` to the right, ``top`` its upper edge."""
        Code128(text, barHeight=height, barWidth=0.9).drawOn(self._canvas, x - 18, self.height - top - height)

    def new_page(self) -> None:
        """The next sheet."""
        self._canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """The PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def _use(self, style: Style) -> None:
        self._canvas.setFillColor(style.colour)
        self._canvas.setFont(style.font, style.size)


def printed(title: str, author: str, draw: Callable[[Paper], None], size: tuple[float, float] = A4) -> bytes:
    """What ``draw`` prints. It runs twice: only then is it known how many pages there are."""
    trial = Paper(title, author, pages=1, size=size)
    draw(trial)
    final = Paper(title, author, pages=trial.page, size=size)
    draw(final)
    return final.finish()
