"""A pre-printed form: everything in boxes, the table's columns drawn to its foot, the taxes in a table of their own."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, boxed, sums_column, tax_table, words_of
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    account_lines,
    address_lines,
    contact_lines,
    header_pairs,
    payment_sentences,
    short_sum_pairs,
)
from service.demo.documents.layouts.tables import ItemTable, Rules, TableLook, table_slots

MANNER = 1
_LEFT, _RIGHT = 12 * mm, WIDTH - 12 * mm
_PLAIN = Style("Helvetica", 8.5, 10.5)
_BOLD = Style("Helvetica-Bold", 8.5, 10.5)
_TINY = Style("Helvetica", 6, 8, grey(0.25))
_FOOT = HEIGHT - 78 * mm
_LOOK = TableLook(_PLAIN, _BOLD.sized(7.5), _TINY.sized(7), Rules.COLUMNS, head_fill=grey(0.9), gap=4)
_WIDTHS = {
    "code": 58.0,
    "description": 0.0,
    "quantity": 42.0,
    "unit": 34.0,
    "price": 56.0,
    "discount": 42.0,
    "tax": 46.0,
    "amount": 62.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content as a filled form."""
    form = _Form(content)
    return printed(form.words.title(content), content.seller.name, form.print)


class _Form:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, _LOOK, left=_LEFT, right=_RIGHT, bottom=_FOOT, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        top = self._parties(paper)
        pairs = header_pairs(self.content, self.words)
        top = boxed(paper, pairs, _LEFT, _RIGHT, top, 5, PairLook(_TINY, _BOLD), fill=grey(0.9))
        self._page_number(paper)
        self.table.print(paper, top + 4 * mm, foot=_FOOT)
        self._foot(paper, _FOOT + 4 * mm)

    def _parties(self, paper: Paper) -> float:
        content, words = self.content, self.words
        paper.text(_LEFT, 20 * mm, content.seller.name, _BOLD.sized(15))
        sender = address_lines(content.seller, words, home=content.buyer.address.country)[1:]
        paper.lines(_LEFT, 26 * mm, [*sender, *contact_lines(content, words)], _PLAIN)
        left, top = _LEFT + 98 * mm, 26 * mm
        paper.text_right(_RIGHT, 20 * mm, words.title(content).upper(), _BOLD.sized(18))
        paper.frame(left, top, _RIGHT, top + 30 * mm, 0.8)
        paper.text(left + 4, top + 9, words.bill_to, _TINY)
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        paper.lines(left + 10, top + 26, lines, _PLAIN.sized(10))
        return 62 * mm

    def _page_number(self, paper: Paper) -> None:
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, HEIGHT - 10 * mm, page, _TINY)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        paper.text(_LEFT, 18 * mm, self.content.seller.name, _BOLD)
        paper.text_right(_RIGHT, 18 * mm, self.content.number or "", _PLAIN)
        self._page_number(paper)
        return 24 * mm

    def _foot(self, paper: Paper, top: float) -> None:
        content, words = self.content, self.words
        middle = _LEFT + 98 * mm
        paper.frame(_LEFT, top, middle - 4 * mm, top + 32 * mm, 0.6)
        tax_table(paper, content, words, _LEFT + 4, middle - 5 * mm, top + 12, PairLook(_BOLD.sized(7), _PLAIN))
        paper.frame(middle, top, _RIGHT, top + 32 * mm, 0.6)
        pairs = short_sum_pairs(content, words)
        sums_column(paper, pairs, middle + 5, _RIGHT - 5, top + 15, _PLAIN.sized(9), _BOLD.sized(11))
        top += 39 * mm
        for sentence in payment_sentences(content, words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
        paper.lines(_LEFT, top + 4, account_lines(content, words), _PLAIN)
