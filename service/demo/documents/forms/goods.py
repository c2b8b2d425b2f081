"""Other ways to tell which goods a form is about: cards, plain lists, reasons by number, crosses in a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.demo.documents.forms.content import FormLine, printed_cell
from service.demo.documents.forms.sheet import INK, Sheet
from service.demo.documents.layouts.paper import grey, wrapped
from service.domain.fields import ReturnReason


@dataclass(frozen=True, slots=True)
class Cards:
    """A box for each article with labelled values in it; ``names`` of the lines' fields are ``shown``."""

    shown: tuple[str, ...]
    boxed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All that it shows."""
        return self.shown

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them one below another."""
        paper, look = sheet.paper, sheet.look
        for line in sheet.content.lines:
            start, left = top, look.left + (7 if self.boxed else 0)
            top += 4
            for name in self.shown:
                value = printed_cell(sheet.words, line, name)
                if not value:
                    continue
                label = f"{sheet.words.columns[name]}:"
                paper.text(left, top + look.written.size, label, look.label)
                shift = max(95.0, look.label.wide(label) + 8)
                lines = wrapped(value, look.written, look.right - left - shift - 6)
                below = paper.lines(left + shift, top + look.written.size, lines, look.written)
                top = below - look.written.size + 2
            if self.boxed:
                paper.frame(look.left, start, look.right, top + 4, 0.6, look.line)
            top += 12
        return top + look.gap * 0.3


@dataclass(frozen=True, slots=True)
class Listed:
    """Articles as an order's e-mail or a portal lists them: quantity times name, codes in a second line."""

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What the two lines tell."""
        return ("quantity", "description", "product_code", "serial_number", "unit_price")

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them."""
        paper, look, columns = sheet.paper, sheet.look, sheet.words.columns
        for line in sheet.content.lines:
            price = printed_cell(sheet.words, line, "unit_price")
            text = f"{sheet.words.figures.number(line.quantity)} × {line.description}"
            if price:
                paper.text_right(look.right, top + look.written.size, f"{price} {sheet.content.currency}", look.written)
            lines = wrapped(text, look.written, look.right - look.left - 90)
            top = paper.lines(look.left, top + look.written.size, lines, look.written) - look.written.size
            told = ((name, printed_cell(sheet.words, line, name)) for name in ("product_code", "serial_number"))
            small = "   ".join(f"{columns[name]}: {value}" for name, value in told if value)
            paper.text(look.left, top + look.written.size, small, look.label)
            top += look.label.leading + 5
            paper.rule(look.left, top, look.right, top, 0.4, grey(0.75))
            top += 6
        return top + look.gap * 0.4


_CODED = ("quantity", "product_code", "description")


@dataclass(frozen=True, slots=True)
class CodedReasons:
    """A table in which the reason is written as a number, with the numbers' meaning printed below."""

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What it shows; the reason by its number."""
        return (*_CODED, "reason")

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints the table and the key."""
        paper, look, words = sheet.paper, sheet.look, sheet.words
        stops = self._stops(look.left, look.right)
        titles = [*(words.columns[name] for name in _CODED), words.columns["reason"]]
        top = _row(sheet, top, stops, titles, is_head=True)
        for line in sheet.content.lines:
            texts = [printed_cell(words, line, name) for name in _CODED]
            code = "" if line.reason is None else str(list(ReturnReason).index(line.reason) + 1)
            top = _row(sheet, top, stops, [*texts, code], is_head=False)
        top += look.gap
        key = "   ".join(f"{number} = {words.reasons[reason]}" for number, reason in enumerate(ReturnReason, start=1))
        small = look.text.sized(look.text.size * 0.9)
        return paper.lines(look.left, top, wrapped(key, small, look.right - look.left), small) + look.gap * 0.5

    def _stops(self, left: float, right: float) -> tuple[float, ...]:
        width = right - left
        return (left, left + width * 0.1, left + width * 0.3, left + width * 0.82, right)


def _row(sheet: Sheet, top: float, stops: Sequence[float], texts: Sequence[str], *, is_head: bool) -> float:
    paper, look = sheet.paper, sheet.look
    style = look.label if is_head else look.written
    cells = [wrapped(text, style, stops[at + 1] - stops[at] - 6) for at, text in enumerate(texts)]
    height = max(len(cell) for cell in cells) * style.leading + 7
    if is_head:
        paper.area(stops[0], top, stops[-1], top + height, look.accent)
    for at, cell in enumerate(cells):
        paper.lines(stops[at] + 3, top + style.size + 3, cell, style)
    paper.rule(stops[0], top + height, stops[-1], top + height, 0.5, look.line)
    return top + height


@dataclass(frozen=True, slots=True)
class ReasonMatrix:
    """Articles down, reasons across, a cross where they meet; the reasons' words stand upright."""

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What it shows."""
        return ("quantity", "description", "product_code", "reason")

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, words = sheet.paper, sheet.look, sheet.words
        cell, reasons = 17.0, list(ReturnReason)
        first = look.right - cell * len(reasons)
        head = max(look.label.wide(words.reasons[reason]) for reason in reasons) + 8
        for at, reason in enumerate(reasons):
            paper.text_turned(first + at * cell + 11, top + head - 3, words.reasons[reason], look.label)
        for name, x in (("quantity", look.left), ("description", look.left + 32)):
            paper.text(x, top + head - 4, words.columns[name], look.label)
        top += head
        for line in sheet.content.lines:
            top = self._line(sheet, line, top, first, cell)
        return top + look.gap

    def _line(self, sheet: Sheet, line: FormLine, top: float, first: float, cell: float) -> float:
        paper, look = sheet.paper, sheet.look
        lines = wrapped(line.description, look.written, first - look.left - 40)
        lines.append(f"{sheet.words.columns['product_code']} {line.product_code}")
        height = len(lines) * look.written.leading + 6
        paper.rule(look.left, top, look.right, top, 0.5, look.line)
        paper.text(look.left + 4, top + look.written.size + 2, sheet.words.figures.number(line.quantity), look.written)
        paper.lines(look.left + 32, top + look.written.size + 2, lines, look.written)
        for at, reason in enumerate(ReturnReason):
            left = first + at * cell
            paper.frame(left + 3, top + 4, left + 13, top + 14, 0.6)
            if reason is line.reason:
                paper.rule(left + 4, top + 5, left + 12, top + 13, 1.2, INK)
                paper.rule(left + 12, top + 5, left + 4, top + 13, 1.2, INK)
        paper.rule(look.left, top + height, look.right, top + height, 0.5, look.line)
        return top + height
