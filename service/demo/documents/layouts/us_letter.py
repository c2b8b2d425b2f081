"""An American invoice on letter paper: quantity first, no tax column, the balance in a dark bar."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.units import inch

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, labels_left, sums_column, words_of
from service.demo.documents.layouts.paper import LETTER, Paper, Style, brand, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    Pair,
    account_lines,
    address_lines,
    contact_lines,
    header_pairs,
    payment_sentences,
    sum_pairs,
)
from service.demo.documents.layouts.tables import ItemTable, Rules, TableLook, table_slots

MANNER = 1
_WIDTH, _HEIGHT = LETTER
_LEFT, _RIGHT = 0.75 * inch, _WIDTH - 0.75 * inch
_PLAIN = Style("Helvetica", 9, 12)
_BOLD = Style("Helvetica-Bold", 9, 12)
_SMALL = Style("Helvetica", 7.5, 10, grey(0.35))
_BOTTOM = _HEIGHT - 1.0 * inch
_PALE = Color(0.94, 0.95, 0.97)
_WIDTHS = {
    "quantity": 50.0,
    "unit": 40.0,
    "code": 74.0,
    "description": 0.0,
    "price": 66.0,
    "discount": 46.0,
    "amount": 72.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content on letter paper."""
    sheet = _Letter(content)
    return printed(sheet.words.title(content), content.seller.name, sheet.print, LETTER)


class _Letter:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        self.accent = brand(content.seller.name)
        head = _BOLD.sized(8).coloured(grey(1))
        look = TableLook(_PLAIN, head, _SMALL, Rules.GRID, head_fill=self.accent, line=grey(0.6), padding=4)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, look, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        paper.text(_LEFT, 0.95 * inch, content.seller.name, _BOLD.sized(16).coloured(self.accent))
        sender = address_lines(content.seller, words, home=content.buyer.address.country)[1:]
        paper.lines(_LEFT, 1.17 * inch, [*sender, *contact_lines(content, words)], _PLAIN)
        paper.text_right(_RIGHT, 1.0 * inch, words.title(content).upper(), _BOLD.sized(24).coloured(grey(0.45)))
        pairs = header_pairs(content, words)
        look = PairLook(_BOLD, _PLAIN, ":")
        below = labels_left(paper, pairs, 4.55 * inch, 5.9 * inch, _RIGHT, 1.35 * inch, look)
        below = max(below, self._buyer(paper, 2.45 * inch))
        top = self.table.print(paper, below + 10)
        self._ending(paper, top + 20)
        self._foot(paper)

    def _buyer(self, paper: Paper, top: float) -> float:
        paper.area(_LEFT, top - 11, _LEFT + 2.9 * inch, top + 4, _PALE)
        paper.text(_LEFT + 4, top, self.words.bill_to.upper(), _BOLD.sized(8))
        lines = address_lines(self.content.buyer, self.words, home=self.content.seller.address.country)
        return paper.lines(_LEFT + 4, top + 17, lines, _PLAIN)

    def _turn(self, paper: Paper) -> float:
        self._foot(paper)
        paper.new_page()
        paper.text(_LEFT, 0.8 * inch, f"{self.words.title(self.content)} {self.content.number or ''}", _BOLD)
        return 1.0 * inch

    def _ending(self, paper: Paper, top: float) -> None:
        *others, total = sum_pairs(self.content, self.words)
        if top + len(others) * 14 + 90 > _BOTTOM:
            top = self._turn(paper)
        left = _RIGHT - 3.0 * inch
        below = sums_column(paper, others, left, _RIGHT - 4, top, _PLAIN, _BOLD)
        paper.area(left - 6, below - 8, _RIGHT, below + 12, self.accent)
        self._total(paper, left, below + 5, total)
        top = below + 34
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
        paper.lines(_LEFT, top + 3, account_lines(self.content, self.words), _PLAIN)

    def _total(self, paper: Paper, left: float, top: float, total: Pair) -> None:
        white = _BOLD.sized(10.5).coloured(grey(1))
        paper.text(left, top, total.label, white)
        paper.text_right(_RIGHT - 4, top, total.value, white)

    def _foot(self, paper: Paper) -> None:
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_centred(_WIDTH / 2, _HEIGHT - 0.5 * inch, page, _SMALL)
