"""Draws the small typeface with tick boxes that the demonstration's forms print; needs fonttools.

usage: python scripts/marks_font.py service/demo/documents/fonts/marks.ttf
"""

from __future__ import annotations

import math
import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
LOW, HIGH, LINE = -60, 700, 70
Point = tuple[float, float]


def _ring(pen: TTGlyphPen, points: list[Point], inward: bool = False) -> None:
    for at, point in enumerate(reversed(points) if inward else points):
        (pen.lineTo if at else pen.moveTo)((round(point[0]), round(point[1])))
    pen.closePath()


def _square(inset: float) -> list[Point]:
    left, right, low, high = 90 + inset, 90 + HIGH - LOW - inset, LOW + inset, HIGH - inset
    return [(left, low), (left, high), (right, high), (right, low)]


def _circle(radius: float) -> list[Point]:
    x, y = 90 + (HIGH - LOW) / 2, (HIGH + LOW) / 2
    return [(x - radius * math.cos(a * math.pi / 16), y + radius * math.sin(a * math.pi / 16)) for a in range(32)]


def _bar(start: Point, end: Point, width: float) -> list[Point]:
    length = math.dist(start, end)
    across, up = (end[1] - start[1]) / length * width / 2, (end[0] - start[0]) / length * width / 2
    return [
        (start[0] - across, start[1] + up),
        (end[0] - across, end[1] + up),
        (end[0] + across, end[1] - up),
        (start[0] + across, start[1] - up),
    ]


def _box(pen: TTGlyphPen) -> None:
    _ring(pen, _square(0))
    _ring(pen, _square(LINE), inward=True)


def _cross(pen: TTGlyphPen, inset: float) -> None:
    low_left, high_left, high_right, low_right = _square(inset)
    _ring(pen, _bar(low_left, high_right, 90))
    _ring(pen, _bar(high_left, low_right, 90))


def _tick(pen: TTGlyphPen) -> None:
    _ring(pen, _bar((220, 330), (420, 90), 95))
    _ring(pen, _bar((400, 90), (760, 600), 95))


def _open_circle(pen: TTGlyphPen) -> None:
    _ring(pen, _circle(380))
    _ring(pen, _circle(380 - LINE), inward=True)


def _glyphs() -> dict[str, TTGlyphPen]:
    names = (".notdef", "space", "box", "box_tick", "box_cross", "circle", "disc", "fisheye", "tick", "cross")
    pens = {name: TTGlyphPen(None) for name in names}
    for name in (".notdef", "box", "box_tick", "box_cross"):
        _box(pens[name])
    for name in ("circle", "fisheye"):
        _open_circle(pens[name])
    _tick(pens["box_tick"])
    _tick(pens["tick"])
    _cross(pens["box_cross"], 130)
    _cross(pens["cross"], 60)
    _ring(pens["disc"], _circle(380))
    _ring(pens["fisheye"], _circle(200))
    return pens


def main(path: str) -> None:
    """Writes the typeface."""
    glyphs = {name: pen.glyph() for name, pen in _glyphs().items()}
    characters = {
        0x20: "space",
        0x2610: "box",
        0x2611: "box_tick",
        0x2612: "box_cross",
        0x25CB: "circle",
        0x25CF: "disc",
        0x25C9: "fisheye",
        0x2713: "tick",
        0x2717: "cross",
    }
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(characters)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (300 if name == "space" else 940, 90) for name in glyphs})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Concord Marks", "styleName": "Regular", "psName": "ConcordMarks"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    font.save(path)


if __name__ == "__main__":
    main(sys.argv[1])
