"""Tick boxes in the ways that forms have them: typed, drawn with a pen, or as a form's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.demo.documents.forms.sheet import INK, Sheet
from service.demo.documents.layouts.paper import Style, embedded

_SIZE = 8.5


class Tick(StrEnum):
    """What a tick box looks like."""

    BRACKETS = "brackets"  # [x] and [ ]
    PARENTHESES = "parentheses"  # (X) and ( )
    BALLOT = "ballot"  # ☒ and ☐ as characters
    CROSS = "cross"  # a drawn square, crossed with a pen
    CHECK = "check"  # a drawn square, ticked with a pen
    DISC = "disc"  # a drawn circle, filled
    FIELD = "field"  # a form field


_TYPED: Mapping[Tick, tuple[str, str]] = {
    Tick.BRACKETS: ("[x]", "[ ]"),
    Tick.PARENTHESES: ("(X)", "( )"),
    Tick.BALLOT: ("☒", "☐"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick."""

    name: str
    label: str
    is_ticked: bool


def print_choice(sheet: Sheet, x: float, top: float, choice: Choice, tick: Tick) -> None:
    """A tick box with its words behind it, standing on the line ``top``."""
    paper, text = sheet.paper, sheet.look.text
    if tick in _TYPED:
        mark = _TYPED[tick][0 if choice.is_ticked else 1]
        style = Style(embedded("Marks", "marks.ttf"), text.size * 1.25, 0) if tick is Tick.BALLOT else text
        paper.text(x, top, mark, style)
        paper.text(x + style.wide(mark) + 4, top, choice.label, text)
        return
    if tick is Tick.FIELD:
        paper.check_box(choice.name, x, top - _SIZE + 0.5, 10, choice.is_ticked)
    else:
        _DRAWERS[tick](sheet, x, top, choice.is_ticked)
    paper.text(x + 15, top, choice.label, text)


def _crossed(sheet: Sheet, x: float, top: float, is_ticked: bool) -> None:
    sheet.paper.frame(x, top - _SIZE + 1, x + _SIZE, top + 1, 0.7)
    if is_ticked:
        sheet.paper.rule(x + 1, top - _SIZE + 1.5, x + _SIZE - 0.5, top + 0.5, 1.1, INK)
        sheet.paper.rule(x + _SIZE - 1, top - _SIZE + 2, x + 0.5, top + 0.5, 1.1, INK)


def _checked(sheet: Sheet, x: float, top: float, is_ticked: bool) -> None:
    sheet.paper.frame(x, top - _SIZE + 1, x + _SIZE, top + 1, 0.7)
    if is_ticked:
        way = ((x + 1.5, top - 4), (x + 1.5, top - 4), (x + 3.5, top), (x + 5, top - 4), (x + 10.5, top - 11))
        sheet.paper.stroke((*way, way[-1]), 1.2, INK)


def _filled(sheet: Sheet, x: float, top: float, is_ticked: bool) -> None:
    middle = _SIZE / 2
    sheet.paper.ring(x + middle, top - middle + 1, middle, 0.7)
    if is_ticked:
        sheet.paper.disc(x + middle, top - middle + 1, middle - 1.9, sheet.look.text.colour)


_DRAWERS = {Tick.CROSS: _crossed, Tick.CHECK: _checked, Tick.DISC: _filled}
