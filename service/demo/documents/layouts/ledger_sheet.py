"""A dense print-out of a merchandise system: boxed header cells with the label above, sums carried forward."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.columns import Slot, figure_slots, placed
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    Pair,
    address_lines,
    grouped_iban,
    header_pairs,
    payment_sentences,
    subject_of,
    sum_pairs,
)
from service.demo.documents.wording import Wording, wording

_LEFT, _RIGHT = 14 * mm, WIDTH - 14 * mm
_MIDDLE = _LEFT + 86 * mm
_PLAIN = Style("Times-Roman", 8.5, 10)
_BOLD = Style("Times-Bold", 8.5, 10)
_LABEL = Style("Helvetica", 5.8, 7, grey(0.35))
_NAME = Style("Times-Bold", 15, 18)
_FIGURES = (36.0, 34.0, 50.0, 42.0, 34.0, 60.0)
_PADDING = 3.0
_HAIR, _LINE = 0.4, 0.7
_CELL_HEIGHT = 22.0
_HEAD_HEIGHT = 14.0
_BOTTOM = HEIGHT - 34 * mm
_NEXT_TOP = 30 * mm


def draw(content: DocumentContent) -> bytes:
    """The content as a print-out."""
    sheet = _Sheet(content, wording(content.language))
    return printed(sheet.words.title(content), content.seller.name, sheet.print)


class _Sheet:
    def __init__(self, content: DocumentContent, words: Wording) -> None:
        self.content = content
        self.words = words
        slots = (
            Slot(words.position, 24, True, lambda position, _: str(position)),
            Slot(words.code, 54, False, lambda _, item: item.code or ""),
            Slot(words.description, 0, False, lambda _, item: item.description),
            *figure_slots(content, words, _FIGURES),
        )
        self.columns = placed(slots, _LEFT, _RIGHT)
        self.body_top = 0.0

    def print(self, paper: Paper) -> None:
        self._head(paper)
        top = max(self._parties(paper, 34 * mm), self._cells(paper, 34 * mm))
        self._foot(paper)
        top = self._table_head(paper, top + 5 * mm)
        top = self._items(paper, top)
        self._close_table(paper, top)
        self._ending(paper, top)

    def _head(self, paper: Paper) -> None:
        paper.text(_LEFT, 20 * mm, self.content.seller.name, _NAME)
        paper.text_right(_RIGHT, 20 * mm, self.words.title(self.content), _NAME)
        paper.rule(_LEFT, 24 * mm, _RIGHT, 24 * mm, 1.5)

    def _parties(self, paper: Paper, top: float) -> float:
        seller, words = self.content.seller, self.words
        sender = address_lines(seller, words, home=self.content.buyer.address.country)[1:]
        contact = [part for part in (seller.phone, seller.email) if part]
        own = paper.lines(_LEFT, top, [" · ".join(sender), " · ".join(contact)], _PLAIN)
        paper.text(_LEFT, own, f"{words.vat_id} {seller.vat_id}", _PLAIN)
        paper.text(_LEFT, own + 26, words.bill_to, _LABEL)
        lines = address_lines(self.content.buyer, words, home=seller.address.country)
        paper.text(_LEFT, own + 38, lines[0], _BOLD.sized(10))
        return paper.lines(_LEFT, own + 50, lines[1:], _PLAIN.sized(10))

    def _cells(self, paper: Paper, top: float) -> float:
        """Two cells a row; one whose value doesn't fit takes the whole row."""
        top -= 9
        width = (_RIGHT - _MIDDLE) / 2
        left = _MIDDLE
        for pair in header_pairs(self.content, self.words):
            is_wide = _PLAIN.wide(pair.value) > width - 2 * _PADDING
            if is_wide and left > _MIDDLE:
                left, top = _MIDDLE, top + _CELL_HEIGHT
            right = _RIGHT if is_wide else left + width
            self._cell(paper, left, top, right, pair)
            left = _MIDDLE if right > _RIGHT - 1 else right
            top += _CELL_HEIGHT if left == _MIDDLE else 0
        return top + (_CELL_HEIGHT if left > _MIDDLE else 0)

    def _cell(self, paper: Paper, left: float, top: float, right: float, pair: Pair) -> None:
        paper.frame(left, top, right, top + _CELL_HEIGHT, _HAIR)
        paper.text(left + _PADDING, top + 7, pair.label, _LABEL)
        paper.text(left + _PADDING, top + 18, pair.value, _BOLD.sized(9))

    def _foot(self, paper: Paper) -> None:
        seller, bank, words = self.content.seller, self.content.bank, self.words
        top = HEIGHT - 24 * mm
        paper.rule(_LEFT, top, _RIGHT, top, _LINE)
        account = f"{bank.name}   IBAN {grouped_iban(bank)}   BIC {bank.bic}" if bank else ""
        paper.text(_LEFT, top + 11, account, _PLAIN)
        paper.text(_LEFT, top + 22, f"{seller.name}   {words.vat_id} {seller.vat_id}", _PLAIN)
        page = words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, top + 22, page, _PLAIN)

    def _table_head(self, paper: Paper, top: float) -> float:
        self.body_top = top
        paper.area(_LEFT, top, _RIGHT, top + _HEAD_HEIGHT, grey(0.88))
        for column in self.columns:
            column.print(paper, top + 10, column.slot.title, _BOLD.sized(7.8), _PADDING)
        paper.rule(_LEFT, top + _HEAD_HEIGHT, _RIGHT, top + _HEAD_HEIGHT, _HAIR)
        return top + _HEAD_HEIGHT + 10

    def _items(self, paper: Paper, top: float) -> float:
        carried = Decimal(0)
        order: str | None = None
        for position, item in enumerate(self.content.items, start=1):
            lines = self._description(item)
            starts_order = item.order_reference is not None and item.order_reference != order
            if top + (len(lines) + 2 * starts_order) * _PLAIN.leading > _BOTTOM:
                top = self._turn(paper, top, carried)
            if starts_order:
                top += 3
                paper.text(self.columns[2].left + _PADDING, top, f"{self.words.order} {item.order_reference}", _BOLD)
                top += _PLAIN.leading + 3
            order = item.order_reference
            top = self._item(paper, top, position, item, lines)
            carried += item.total
        return top

    def _description(self, item: Item) -> list[str]:
        column = self.columns[2]
        lines = wrapped(item.description, _PLAIN, column.right - column.left - 2 * _PADDING)
        return [*lines, f"GTIN {item.gtin}"] if item.gtin else lines

    def _item(self, paper: Paper, top: float, position: int, item: Item, lines: Sequence[str]) -> float:
        for column in self.columns:
            first = lines[0] if column is self.columns[2] else column.slot.value(position, item)
            column.print(paper, top, first, _PLAIN, _PADDING)
        below = paper.lines(self.columns[2].left + _PADDING, top + _PLAIN.leading, list(lines[1:]), _PLAIN)
        return below + 2.5

    def _turn(self, paper: Paper, top: float, carried: Decimal) -> float:
        self._carried(paper, top + 2, carried)
        self._close_table(paper, top + 8)
        paper.new_page()
        paper.text(_LEFT, 20 * mm, self.content.seller.name, _NAME.sized(11))
        paper.text_right(_RIGHT, 20 * mm, subject_of(self.content, self.words), _NAME.sized(11))
        self._foot(paper)
        top = self._table_head(paper, _NEXT_TOP)
        self._carried(paper, top, carried)
        return top + _PLAIN.leading + 4

    def _carried(self, paper: Paper, top: float, carried: Decimal) -> None:
        paper.text(self.columns[2].left + _PADDING, top, self.words.carried_forward, _BOLD)
        self.columns[-1].print(paper, top, self.words.number(carried), _BOLD, _PADDING)

    def _close_table(self, paper: Paper, bottom: float) -> None:
        bottom -= 3
        paper.frame(_LEFT, self.body_top, _RIGHT, bottom, _LINE)
        for column in self.columns[1:]:
            paper.rule(column.left, self.body_top, column.left, bottom, _HAIR)

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        if top + len(pairs) * 13 + 12 > _BOTTOM + 12:
            top = self._new_sheet(paper)
        self._payment(paper, top + 10)
        left = _RIGHT - 78 * mm
        for pair in pairs:
            style = _BOLD.sized(10) if pair.strong else _PLAIN
            if pair.strong:
                top += 4
                paper.frame(left, top - 1, _RIGHT, top + 15, _LINE)
            paper.text(left + _PADDING, top + 10, pair.label, style)
            paper.text_right(_RIGHT - _PADDING, top + 10, pair.value, style)
            top += 13

    def _new_sheet(self, paper: Paper) -> float:
        paper.new_page()
        self._foot(paper)
        return _NEXT_TOP

    def _payment(self, paper: Paper, top: float) -> None:
        width = _RIGHT - _LEFT - 84 * mm
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, width), _PLAIN) + 3
