"""Two pages as utilities send them: a cover with the sums and how to pay, the items on an annex behind it."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, labels_left, sums_column, words_of
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, brand, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    account_lines,
    address_lines,
    contact_lines,
    header_pairs,
    payment_sentences,
    subject_of,
    sum_pairs,
)
from service.demo.documents.layouts.tables import ItemTable, Rules, TableLook, table_slots

MANNER = 1
_LEFT, _RIGHT = 22 * mm, WIDTH - 18 * mm
_PLAIN = Style("Helvetica", 9.5, 13)
_BOLD = Style("Helvetica-Bold", 9.5, 13)
_SMALL = Style("Helvetica", 7.5, 10, grey(0.3))
_BOTTOM = HEIGHT - 24 * mm
_WIDTHS = {
    "position": 26.0,
    "description": 0.0,
    "quantity": 46.0,
    "unit": 44.0,
    "price": 62.0,
    "tax": 48.0,
    "discount": 44.0,
    "amount": 64.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content as cover and annex."""
    letter = _Letter(content)
    return printed(letter.subject, content.seller.name, letter.print)


class _Letter:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        self.accent = brand(content.seller.name)
        self.subject = subject_of(content, self.words)
        body = _PLAIN.sized(8)
        look = TableLook(body, _BOLD.sized(8), _SMALL, Rules.HEAD, line=self.accent, gap=5)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, look, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        self._cover(paper)
        top = self._turn(paper)
        paper.text(_LEFT, top, self.subject, _BOLD.sized(12))
        end = self.table.print(paper, top + 5 * mm)
        total = self.words.number(self.content.net_total - (self.content.freight or 0))
        paper.text(_LEFT, end + 14, self.words.goods_total, _BOLD.sized(8))
        paper.text_right(_RIGHT - 3, end + 14, total, _BOLD.sized(8))

    def _cover(self, paper: Paper) -> None:
        content, words = self.content, self.words
        self._letterhead(paper)
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        paper.lines(_LEFT, 55 * mm, lines, _PLAIN.sized(10.5))
        look = PairLook(_SMALL.sized(8.5), _PLAIN.sized(8.5), ":")
        left = _RIGHT - 80 * mm
        below = labels_left(paper, header_pairs(content, words), left, left + 40 * mm, _RIGHT, 55 * mm, look)
        top = max(below, 95 * mm) + 8 * mm
        paper.text(_LEFT, top, self.subject, _BOLD.sized(14).coloured(self.accent))
        opening = words.credit_opening if content.is_credit_note else words.opening
        paper.text(_LEFT, top + 9 * mm, opening, _PLAIN)
        pairs = sum_pairs(content, words)
        top = sums_column(paper, pairs, _LEFT, _RIGHT, top + 19 * mm, _PLAIN.sized(10), _BOLD.sized(12.5)) + 8 * mm
        for line in (*payment_sentences(content, words), *account_lines(content, words)):
            top = paper.lines(_LEFT, top, wrapped(line, _PLAIN, _RIGHT - _LEFT), _PLAIN)

    def _letterhead(self, paper: Paper) -> None:
        content, words = self.content, self.words
        paper.area(_RIGHT - 5 * mm, 12 * mm, _RIGHT, 22 * mm, self.accent)
        paper.area(_RIGHT - 11 * mm, 16 * mm, _RIGHT - 6 * mm, 22 * mm, self.accent)
        paper.text(_LEFT, 20 * mm, content.seller.name, _BOLD.sized(15))
        sender = " · ".join(address_lines(content.seller, words, home="")[1:])
        paper.text(_LEFT, 26 * mm, sender, _SMALL)
        paper.text(_LEFT, 26 * mm + _SMALL.leading, " · ".join(contact_lines(content, words)), _SMALL)
        self._page_number(paper)

    def _page_number(self, paper: Paper) -> None:
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, HEIGHT - 12 * mm, page, _SMALL)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        paper.text(_LEFT, 16 * mm, self.content.seller.name, _SMALL)
        self._page_number(paper)
        return 25 * mm
