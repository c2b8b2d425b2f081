"""Item tables in the ways that suppliers draw them: any order of columns, ruled, striped, boxed or bare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import Color, black

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.columns import Slot, placed
from service.demo.documents.layouts.paper import Paper, Style, wrapped
from service.demo.documents.wording import Wording


class Rules(StrEnum):
    """Which lines a table has."""

    NONE = "none"
    HEAD = "head"
    ROWS = "rows"
    GRID = "grid"
    COLUMNS = "columns"  # verticals down to the table's foot


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks; ``gap`` is the space below a row's text in points."""

    body: Style
    head: Style
    note: Style
    rules: Rules
    stripe: Color | None = None
    head_fill: Color | None = None
    line: Color = black
    weight: float = 0.4
    padding: float = 3.0
    gap: float = 6.0


def table_slots(content: DocumentContent, words: Wording, widths: Mapping[str, float]) -> tuple[Slot, ...]:
    """The columns named by the keys of ``widths`` (position, code, description, quantity, unit, counted, price,
    discount, tax, amount) in that order; the discounts' column only where there are any.
    """
    makers = _makers(words)
    names = [name for name in widths if name != "discount" or content.has_discounts]
    return tuple(_slot(name, widths[name], makers) for name in names)


def _slot(name: str, width: float, makers: Mapping[str, tuple[str, bool, Callable[[int, Item], str]]]) -> Slot:
    title, figures, value = makers[name]
    return Slot(title, width, figures, value)


def _makers(words: Wording) -> Mapping[str, tuple[str, bool, Callable[[int, Item], str]]]:
    number = words.number
    return {
        "position": (words.position, False, lambda position, _: str(position)),
        "code": (words.code, False, lambda _, item: item.code or ""),
        "description": (words.description, False, lambda _, item: item.description),
        "quantity": (words.quantity, True, lambda _, item: number(item.quantity)),
        "unit": (words.unit, False, lambda _, item: words.units[item.unit]),
        "counted": (words.quantity, True, lambda _, item: f"{number(item.quantity)} {words.units[item.unit]}"),
        "price": (words.unit_price, True, lambda _, item: number(item.unit_price)),
        "discount": (
            words.discount,
            True,
            lambda _, item: number(item.discount_percent) if item.discount_percent else "",
        ),
        "tax": (words.tax_rate, True, lambda _, item: words.percent(item.tax_rate)),
        "amount": (words.amount, True, lambda _, item: number(item.total)),
    }


class ItemTable:
    """A table over as many pages as it needs. ``turn`` begins a page and tells where the head stands then; rows end
    above ``bottom``. What no column shows of code, article number and order stands small below the description.
    """

    def __init__(
        self,
        content: DocumentContent,
        words: Wording,
        slots: Sequence[Slot],
        look: TableLook,
        *,
        left: float,
        right: float,
        bottom: float,
        turn: Callable[[Paper], float],
    ) -> None:
        self.content = content
        self.words = words
        self.look = look
        self.columns = placed(slots, left, right)
        self.left, self.right, self.bottom = left, right, bottom
        self.turn = turn
        self._text_column = next(column for column in self.columns if column.slot.title == words.description)
        self._shows_code = any(column.slot.title == words.code for column in self.columns)
        self._page_top = 0.0

    def print(self, paper: Paper, top: float, foot: float | None = None) -> float:
        """Head and rows; the table is drawn down to ``foot`` where that is given. Where the next thing may stand."""
        top = self._head(paper, top)
        order: str | None = None
        for position, item in enumerate(self.content.items, start=1):
            starts_order = item.order_reference is not None and item.order_reference != order
            top = self._row(paper, top, position, item, starts_order)
            order = item.order_reference
        end = max(top, foot) if foot is not None else top
        self._close(paper, end)
        return end

    def _head(self, paper: Paper, top: float) -> float:
        look = self.look
        self._page_top = top
        height = look.head.leading + 6
        if look.head_fill is not None:
            paper.area(self.left, top, self.right, top + height, look.head_fill)
        for column in self.columns:
            column.print(paper, top + height - 6, column.slot.title, look.head, look.padding)
        if look.rules is not Rules.NONE:
            paper.rule(self.left, top + height, self.right, top + height, look.weight * 2, look.line)
        if look.rules in (Rules.GRID, Rules.COLUMNS):
            paper.rule(self.left, top, self.right, top, look.weight * 2, look.line)
        return top + height

    def _row(self, paper: Paper, top: float, position: int, item: Item, starts_order: bool) -> float:
        look = self.look
        width = self._text_column.right - self._text_column.left - 2 * look.padding
        lines = wrapped(item.description, look.body, width)
        notes = self._notes(item, starts_order)
        height = len(lines) * look.body.leading + len(notes) * look.note.leading + look.gap
        if top + height > self.bottom:
            self._close(paper, top)
            top = self._head(paper, self.turn(paper))
        if look.stripe is not None and position % 2 == 0:
            paper.area(self.left, top, self.right, top + height, look.stripe)
        baseline = top + look.body.leading * 0.8 + look.gap / 2
        for column in self.columns:
            text = lines[0] if column is self._text_column else column.slot.value(position, item)
            column.print(paper, baseline, text, look.body, look.padding)
        below = paper.lines(self._text_column.left + look.padding, baseline + look.body.leading, lines[1:], look.body)
        paper.lines(self._text_column.left + look.padding, below - 1, notes, look.note)
        if look.rules in (Rules.ROWS, Rules.GRID):
            paper.rule(self.left, top + height, self.right, top + height, look.weight, look.line)
        return top + height

    def _notes(self, item: Item, starts_order: bool) -> list[str]:
        code = f"{self.words.code} {item.code}" if item.code and not self._shows_code else ""
        gtin = f"EAN {item.gtin}" if item.gtin else ""
        order = f"{self.words.order}: {item.order_reference}" if starts_order else ""
        known = "   ".join(part for part in (code, gtin) if part)
        return [note for note in (known, order) if note]

    def _close(self, paper: Paper, end: float) -> None:
        look = self.look
        if look.rules in (Rules.GRID, Rules.COLUMNS):
            for x in (self.left, *(column.right for column in self.columns)):
                paper.rule(x, self._page_top, x, end, look.weight, look.line)
        if look.rules is not Rules.NONE:
            paper.rule(self.left, end, self.right, end, look.weight * 2, look.line)
