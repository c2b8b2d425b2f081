"""An online shop's invoice: what is to be paid stands large at the top, details in cards, few columns."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, labels_above, sums_column, words_of
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, brand, embedded, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    account_lines,
    address_lines,
    contact_lines,
    header_pairs,
    payment_sentences,
    sum_pairs,
)
from service.demo.documents.layouts.tables import ItemTable, Rules, TableLook, table_slots

MANNER = 0
_LEFT, _RIGHT = 20 * mm, WIDTH - 20 * mm
_PLAIN = Style(embedded("Vera", "Vera.ttf"), 8, 11.5)
_BOLD = Style(embedded("Vera-Bold", "VeraBd.ttf"), 8, 11.5)
_QUIET = Style(embedded("Vera", "Vera.ttf"), 6.8, 9.5, grey(0.45))
_CARD = Color(0.955, 0.96, 0.97)
_BOTTOM = HEIGHT - 26 * mm
_WIDTHS = {
    "description": 0.0,
    "tax": 50.0,
    "counted": 58.0,
    "price": 58.0,
    "discount": 58.0,
    "amount": 64.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content as a shop prints it."""
    sheet = _Sheet(content)
    return printed(sheet.words.title(content), content.seller.name, sheet.print)


class _Sheet:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        self.accent = brand(content.seller.name)
        look = TableLook(_PLAIN, _BOLD.sized(7), _QUIET, Rules.ROWS, line=grey(0.85), gap=9, padding=2)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, look, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        paper.disc(_LEFT + 4 * mm, 19 * mm, 4 * mm, self.accent)
        paper.text(_LEFT + 11 * mm, 20.5 * mm, content.seller.name, _BOLD.sized(11))
        paper.text_right(_RIGHT, 20.5 * mm, words.title(content), _PLAIN.sized(11).coloured(grey(0.4)))
        paper.text(_LEFT, 36 * mm, words.total_label(content), _QUIET)
        total = f"{words.number(content.grand_total)} {content.currency}"
        paper.text(_LEFT, 44.5 * mm, total, _BOLD.sized(20))
        top = self._parties(paper, 54 * mm)
        pairs = header_pairs(content, words)
        top = labels_above(paper, pairs, _LEFT, _RIGHT, top + 8 * mm, 3, PairLook(_QUIET, _PLAIN))
        self._foot(paper)
        self._ending(paper, self.table.print(paper, top + 4 * mm))

    def _parties(self, paper: Paper, top: float) -> float:
        content, words = self.content, self.words
        buyer = address_lines(content.buyer, words, home="")
        seller = [*address_lines(content.seller, words, home=""), *contact_lines(content, words)]
        bottom = top + 16 + len(seller) * _PLAIN.leading + 12
        middle = (_LEFT + _RIGHT) / 2
        for left, right, title, lines in (
            (_LEFT, middle - 2 * mm, words.bill_to, buyer),
            (middle + 2 * mm, _RIGHT, content.seller.name, seller[1:]),
        ):
            paper.area(left, top, right, bottom, _CARD)
            paper.text(left + 8, top + 16, title, _BOLD)
            paper.lines(left + 8, top + 29, lines, _PLAIN)
        return bottom

    def _foot(self, paper: Paper) -> None:
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, HEIGHT - 12 * mm, page, _QUIET)
        paper.text(_LEFT, HEIGHT - 12 * mm, self.content.seller.name, _QUIET)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        self._foot(paper)
        return 20 * mm

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        top += 7 * mm
        if top + len(pairs) * 14 + 80 > _BOTTOM:
            top = self._turn(paper)
        top = sums_column(paper, pairs, _LEFT + 75 * mm, _RIGHT - 2, top, _PLAIN, _BOLD.sized(9.5)) + 4 * mm
        for line in (*payment_sentences(self.content, self.words), *account_lines(self.content, self.words)):
            top = paper.lines(_LEFT, top, wrapped(line, _PLAIN, _RIGHT - _LEFT), _PLAIN)
