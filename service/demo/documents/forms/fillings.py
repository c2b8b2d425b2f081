"""Other ways to hold a form's fields: shaded rows, running lines, a box a letter, a narrow column beside another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.demo.documents.forms.marks import Choice, Tick, print_choice
from service.demo.documents.forms.sheet import Block, Sheet
from service.demo.documents.layouts.paper import grey, wrapped

_CELL = 13.0


@dataclass(frozen=True, slots=True)
class ShadedRows:
    """A bordered table of two columns: shaded labels, values beside them; ``split`` is the labels' share."""

    names: tuple[str, ...]
    split: float = 0.34

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look = sheet.paper, sheet.look
        middle = look.left + (look.right - look.left) * self.split
        for name in self.names:
            label = wrapped(sheet.words.labels[name], look.label, middle - look.left - 8)
            lines = wrapped(sheet.value(name), look.written, look.right - middle - 10)
            height = max(len(label) * look.label.leading, len(lines) * look.written.leading) + 6
            paper.area(look.left, top, middle, top + height, grey(0.9))
            paper.frame(look.left, top, look.right, top + height, 0.5, look.line)
            paper.rule(middle, top, middle, top + height, 0.5, look.line)
            paper.lines(look.left + 4, top + look.label.size + 3, label, look.label)
            paper.lines(middle + 5, top + look.written.size + 3, lines, look.written)
            top += height
        return top + look.gap


@dataclass(frozen=True, slots=True)
class Running:
    """Labels and values in running lines, several fields a line, values underlined as with a pen."""

    rows: tuple[tuple[str, ...], ...]
    underlined: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """All of its rows."""
        return tuple(name for row in self.rows for name in row)

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them row by row."""
        paper, look = sheet.paper, sheet.look
        for row in self.rows:
            width = (look.right - look.left) / len(row)
            lowest = top
            for at, name in enumerate(row):
                left = look.left + at * width
                label = sheet.words.labels[name]
                paper.text(left, top + look.written.size, label, look.label)
                start = left + look.label.wide(label) + 6
                lines = wrapped(sheet.value(name), look.written, left + width - start - 8)
                below = paper.lines(start, top + look.written.size, lines, look.written)
                if self.underlined:
                    line = below - look.written.leading + 2.5
                    paper.rule(start - 2, line, left + width - 8, line, 0.4, look.line)
                lowest = max(lowest, below)
            top = lowest - look.written.size + 5
        return top + look.gap * 0.5


@dataclass(frozen=True, slots=True)
class Combs:
    """Fields with a box for each letter, as machines like to read them."""

    names: tuple[str, ...]
    least: int = 14

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints one below another."""
        paper, look = sheet.paper, sheet.look
        for name in self.names:
            paper.text(look.left, top + look.label.size, sheet.words.labels[name], look.label)
            top += look.label.leading + 1
            value = sheet.value(name)
            room = int((look.right - look.left) / _CELL)
            for at in range(min(room, max(self.least, len(value)))):
                left = look.left + at * _CELL
                paper.frame(left, top, left + _CELL, top + _CELL + 3, 0.4, look.line)
                if at < len(value):
                    paper.text_centred(left + _CELL / 2, top + _CELL - 1, value[at], look.written)
            top += _CELL + 10
        return top + look.gap * 0.4


@dataclass(frozen=True, slots=True)
class Halves:
    """Two stacks of blocks side by side, each in half of the width."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    split: float = 0.5

    @property
    def names(self) -> tuple[str, ...]:
        """All of both."""
        return tuple(name for block in (*self.left, *self.right) for name in block.names)

    @property
    def columns(self) -> tuple[str, ...]:
        """All of both."""
        return tuple(name for block in (*self.left, *self.right) for name in block.columns)

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints both from the same top."""
        look = sheet.look
        middle = look.left + (look.right - look.left) * self.split
        ends = []
        for blocks, edges in ((self.left, (look.left, middle - 8)), (self.right, (middle + 8, look.right))):
            half = replace(sheet, look=replace(look, left=edges[0], right=edges[1]))
            below = top
            for block in blocks:
                below = block.print(half, below)
            ends.append(below)
        return max(ends)


@dataclass(frozen=True, slots=True)
class TickList:
    """Boxes to tick below one another, the words before or behind them; for the resolution or the reason."""

    field: str
    tick: Tick
    is_behind: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The resolution is a header field."""
        return ("requested_resolution",) if self.field == "requested_resolution" else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The reason belongs to the lines."""
        return ("reason",) if self.field == "reason" else ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them."""
        look, words = sheet.look, sheet.words
        label = words.labels[self.field] if self.names else words.columns["reason"]
        sheet.paper.text(look.left, top + look.label.size, label, look.label)
        top += look.label.leading + 4
        choices = self._choices(sheet)
        widest = max(look.text.wide(choice.label) for choice in choices)
        for choice in choices:
            baseline = top + look.text.size
            if self.is_behind:
                print_choice(sheet, look.left, baseline, choice, self.tick)
            else:
                sheet.paper.text(look.left, baseline, choice.label, look.text)
                print_choice(sheet, look.left + widest + 10, baseline, replace(choice, label=""), self.tick)
            top += look.text.leading + 3
        return top + look.gap * 0.5

    def _choices(self, sheet: Sheet) -> list[Choice]:
        content, words = sheet.content, sheet.words
        if self.field == "reason":
            return [Choice(f"reason_{key}", text, key is content.reason) for key, text in words.reasons.items()]
        return [Choice(f"resolution_{key}", text, key is content.resolution) for key, text in words.resolutions.items()]
