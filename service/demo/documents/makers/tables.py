"""The table of items: which columns in which order, how heads, rules and rows look, and what stands between lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from service.demo.documents.layouts.paper import Style, grey, wrapped
from service.demo.documents.makers.bill import Row
from service.demo.documents.makers.desk import Desk, Frame, Part

_FIGURES = frozenset(
    {"quantity", "unit_price", "discount_percent", "discount", "tax_rate", "line_total", "price_base_quantity"}
)
_WIDEST_HEAD = 54.0
_NARROWEST_TEXT = 105.0
_OPTIONAL = frozenset(
    {
        "seller_item_id",
        "buyer_item_id",
        "gtin",
        "discount_percent",
        "discount",
        "price_base_quantity",
        "order_reference",
    }
)


class Rules(StrEnum):
    """Which lines are drawn."""

    NONE = "none"
    ROWS = "rows"
    GRID = "grid"
    COLUMNS = "columns"
    ZEBRA = "zebra"
    FRAME = "frame"


class Head(StrEnum):
    """What the head looks like."""

    RULE = "rule"
    GREY = "grey"
    DARK = "dark"
    PLAIN = "plain"
    DOUBLE = "double"


class Where(StrEnum):
    """Where codes stand that have no column."""

    NOWHERE = "nowhere"
    BEFORE = "before"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Table:
    """A table's looks. ``columns`` by the contract's field names, from left to right; ``code`` and ``gtin`` say where
    they stand without a column; ``per_order`` heads the lines of each order, ``per_note`` of each delivery note;
    ``carries`` prints the sum at a page's end and the next one's start; ``joins`` prints quantity and unit in one,
    ``letters_rate`` a letter for each tax rate, that the table of taxes explains.
    """

    columns: tuple[str, ...]
    rules: Rules = Rules.ROWS
    head: Head = Head.RULE
    code: Where = Where.NOWHERE
    gtin: Where = Where.NOWHERE
    per_order: bool = False
    per_note: bool = False
    carries: bool = False
    joins: bool = False
    in_currency: bool = False
    signs_rate: bool = False
    letters_rate: bool = False
    upper: bool = False
    gap: float = 3.0
    scale: float = 1.0
    repeats_head: bool = True
    pad: float = 3.0


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    title: str
    left: float
    right: float

    @property
    def is_figure(self) -> bool:
        return self.name in _FIGURES


class _Printer:
    def __init__(self, desk: Desk, frame: Frame, look: Table) -> None:
        self.desk, self.frame, self.look = desk, frame, look
        self.style = desk.hand.plain.sized(desk.hand.plain.size * look.scale)
        self.head_style = desk.hand.bold.sized(desk.hand.bold.size * look.scale * 0.94)
        self.columns = self._placed()
        self.text_column = next(column for column in self.columns if column.name == "description")

    def print(self) -> float:
        top = self._head(self.frame.top)
        start, carried = top, Decimal(0)
        previous: Row | None = None
        for position, row in enumerate(self.desk.bill.rows):
            headings = self._headings(row, previous)
            height = self._height(position) + len(headings) * (self.style.leading + 3)
            if top + height + (16 if self.look.carries else 0) > self.desk.hand.bottom:
                top = start = self._turn(top, start, carried)
            for heading in headings:
                text_style = self.head_style
                self.desk.paper.text(self.text_column.left + self.look.pad, top + text_style.size, heading, text_style)
                top += self.style.leading + 3
            top = self._row(position, top)
            carried += row.total
            previous = row
        self._close(start, top)
        return top + self.style.leading * 0.8

    def _placed(self) -> tuple[_Column, ...]:
        rows = self.desk.bill.rows
        names = [name for name in self.look.columns if name not in _OPTIONAL or self._is_used(name)]
        titles = {name: self._title(name) for name in names}
        widths = {}
        for name in names:
            texts = [self._text(position, name) for position in range(len(rows))]
            head = max(self.head_style.wide(word) for word in self._head_lines(titles[name]))
            widths[name] = max(head, *(self.style.wide(text) for text in texts)) + 2 * self.look.pad + 2
        spare = self.frame.width - sum(width for name, width in widths.items() if name != "description")
        if spare < _NARROWEST_TEXT and self.style.size > 5.5:
            self.style = self.style.sized(self.style.size * 0.93)
            self.head_style = self.head_style.sized(self.head_style.size * 0.93)
            return self._placed()
        columns, left = [], self.frame.left
        for name in names:
            right = left + (spare if name == "description" else widths[name])
            columns.append(_Column(name, titles[name], left, right))
            left = right
        return tuple(columns)

    def _is_used(self, name: str) -> bool:
        return any(row.values(1)[name] is not None for row in self.desk.bill.rows)

    def _title(self, name: str) -> str:
        title = self.desk.words.columns[name]
        return title.upper() if self.look.upper else title

    def _head_lines(self, title: str) -> list[str]:
        return wrapped(title, self.head_style, _WIDEST_HEAD)

    def _text(self, position: int, name: str) -> str:
        if name == "description":
            return ""
        text = self.desk.cell(position, name)
        if name == "quantity" and self.look.joins:
            text = f"{text} {self.desk.cell(position, 'unit')}"
        if name == "line_total" and self.look.in_currency:
            text = self.desk.with_currency(text)
        if name == "tax_rate" and self.look.letters_rate:
            text = self.desk.letter_of(self.desk.bill.rows[position].tax_rate)
        elif name == "tax_rate" and self.look.signs_rate:
            text = f"{text}{self.desk.rng_gap}%"
        return text

    def _description(self, position: int) -> list[tuple[str, Style]]:
        desk, row = self.desk, self.desk.bill.rows[position]
        text = desk.cell(position, "description")
        above: list[str] = []
        below = desk.extras(row)
        if row.code and self.look.code is not Where.NOWHERE:
            code = desk.words.texts["code_prefix"].format(code=desk.cell(position, "seller_item_id"))
            if self.look.code is Where.BEFORE:
                text = f"{row.code} {text}"
            else:
                (above if self.look.code is Where.ABOVE else below).append(code)
        if row.gtin and self.look.gtin is not Where.NOWHERE:
            below.append(f"{desk.words.columns['gtin']} {desk.cell(position, 'gtin')}")
        small = self.style.sized(self.style.size * 0.86).coloured(grey(0.3))
        width = self.text_column.right - self.text_column.left - 2 * self.look.pad
        return [
            *((line, small) for line in above),
            *((line, self.style) for line in wrapped(text, self.style, width)),
            *((line, small) for extra in below for line in wrapped(extra, small, width)),
        ]

    def _height(self, position: int) -> float:
        return len(self._description(position)) * self.style.leading + self.look.gap

    def _headings(self, row: Row, previous: Row | None) -> list[str]:
        texts, desk = self.desk.words.texts, self.desk
        headings = []
        if self.look.per_order and row.order and (previous is None or previous.order != row.order):
            desk.say("order_reference")
            headings.append(texts["order_line"].format(order=row.order))
        if self.look.per_order and row.order:
            desk.cell(desk.bill.rows.index(row), "order_reference")
        if self.look.per_note and row.note and (previous is None or previous.note != row.note):
            desk.say("delivery_note_reference")
            pattern = texts["note_line"] if desk.has("delivery_date") else "{label} {note}"
            label = desk.words.labels["delivery_note_reference"]
            day = desk.say("delivery_date") if "{day}" in pattern else ""
            headings.append(pattern.format(note=row.note, day=day, label=label))
        return headings

    def _head(self, top: float) -> float:
        look, paper, frame = self.look, self.desk.paper, self.frame
        lines = {column.name: self._head_lines(column.title) for column in self.columns}
        height = max(len(part) for part in lines.values()) * self.head_style.leading + 5
        style = self.head_style
        if look.head is Head.GREY:
            paper.area(frame.left, top, frame.right, top + height, grey(0.87))
        elif look.head is Head.DARK:
            paper.area(frame.left, top, frame.right, top + height, self.desk.hand.accent)
            style = style.coloured(grey(1))
        elif look.head is not Head.PLAIN:
            paper.rule(frame.left, top + height, frame.right, top + height, 0.8)
        if look.head is Head.DOUBLE:
            paper.rule(frame.left, top, frame.right, top, 0.8)
        for column in self.columns:
            baseline = top + style.size + 2
            for line in lines[column.name]:
                self._put(column, baseline, line, style)
                baseline += style.leading
        return top + height + 2

    def _put(self, column: _Column, baseline: float, text: str, style: Style) -> None:
        if column.is_figure:
            self.desk.paper.text_right(column.right - self.look.pad, baseline, text, style)
        else:
            self.desk.paper.text(column.left + self.look.pad, baseline, text, style)

    def _row(self, position: int, top: float) -> float:
        paper, frame = self.desk.paper, self.frame
        bottom = top + self._height(position)
        if self.look.rules is Rules.ZEBRA and position % 2 == 0:
            paper.area(frame.left, top, frame.right, bottom, grey(0.94))
        lines = self._description(position)
        baseline = top + self.style.size
        first = next(at for at, (_, style) in enumerate(lines) if style is self.style)
        for at, (line, style) in enumerate(lines):
            self._put(self.text_column, baseline + at * self.style.leading, line, style)
        for column in self.columns:
            if column is not self.text_column:
                where = baseline + first * self.style.leading
                self._put(column, where, self._text(position, column.name), self.style)
        if self.look.rules in (Rules.ROWS, Rules.GRID):
            paper.rule(frame.left, bottom, frame.right, bottom, 0.35, grey(0.55))
        return bottom

    def _close(self, start: float, bottom: float) -> None:
        paper, frame = self.desk.paper, self.frame
        if self.look.rules in (Rules.GRID, Rules.COLUMNS):
            for x in (frame.left, *(column.right for column in self.columns)):
                paper.rule(x, start - 2, x, bottom, 0.35, grey(0.55))
        if self.look.rules in (Rules.FRAME, Rules.COLUMNS):
            paper.frame(frame.left, start - 2, frame.right, bottom, 0.6)
        if self.look.head is Head.DOUBLE:
            paper.rule(frame.left, bottom + 1, frame.right, bottom + 1, 0.8)

    def _turn(self, top: float, start: float, carried: Decimal) -> float:
        if self.look.carries:
            self._carried(top, carried)
        self._close(start, top)
        top = self.desk.turn()
        top = self._head(top) if self.look.repeats_head else top
        if self.look.carries:
            top = self._carried(top, carried)
        return top

    def _carried(self, top: float, carried: Decimal) -> float:
        column = next(column for column in self.columns if column.name == "line_total")
        self._put(self.text_column, top + self.style.size, self.desk.words.texts["carried"], self.head_style)
        self._put(column, top + self.style.size, self.desk.signed(carried), self.head_style)
        return top + self.style.leading + 4


def items(look: Table) -> Part:
    """The table of items over the whole width, on as many pages as it takes."""
    return lambda desk, frame: _Printer(desk, frame, look).print()


def columns_of(text: str) -> tuple[str, ...]:
    """Columns by short names: n number, c code, k the buyer's code, g GTIN, d description, q quantity, u unit,
    p price, b price base, r discount rate, a discount, t tax rate, s sum.
    """
    return tuple(_SHORT[letter] for letter in text)


_SHORT = {
    "n": "line_number",
    "c": "seller_item_id",
    "k": "buyer_item_id",
    "g": "gtin",
    "d": "description",
    "q": "quantity",
    "u": "unit",
    "p": "unit_price",
    "b": "price_base_quantity",
    "r": "discount_percent",
    "a": "discount",
    "t": "tax_rate",
    "s": "line_total",
}
