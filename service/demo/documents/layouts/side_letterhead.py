"""A designed sheet: the seller in a tinted strip down the left edge, labels above their values, no lines at all."""

from __future__ import annotations

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

MANNER = 2
_STRIP = 52 * mm
_LEFT, _RIGHT = _STRIP + 9 * mm, WIDTH - 13 * mm
_REGULAR = embedded("Vera", "Vera.ttf")
_HEAVY = embedded("Vera-Bold", "VeraBd.ttf")
_PLAIN = Style(_REGULAR, 7.4, 10.6)
_BOLD = Style(_HEAVY, 7.4, 10.6)
_LABEL = Style(_REGULAR, 6, 9, grey(0.45))
_BOTTOM = HEIGHT - 24 * mm
_WIDTHS = {
    "description": 0.0,
    "counted": 52.0,
    "price": 52.0,
    "discount": 46.0,
    "tax": 44.0,
    "amount": 60.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content beside a strip."""
    sheet = _Sheet(content)
    return printed(sheet.words.title(content), content.seller.name, sheet.print)


class _Sheet:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        self.accent = brand(content.seller.name)
        look = TableLook(_PLAIN, _BOLD.sized(6.6), _LABEL, Rules.NONE, gap=9, padding=0)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, look, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        self._strip(paper)
        paper.text(_LEFT, 27 * mm, words.title(content), Style(_REGULAR, 21, 24, self.accent))
        paper.text(_LEFT, 42 * mm, words.bill_to, _LABEL)
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        top = paper.lines(_LEFT, 42 * mm + 12, lines, _PLAIN.sized(8.5))
        pairs = header_pairs(content, words)
        top = labels_above(paper, pairs, _LEFT, _RIGHT, top + 7 * mm, 4, PairLook(_LABEL, _BOLD))
        self._ending(paper, self.table.print(paper, top + 5 * mm))

    def _strip(self, paper: Paper) -> None:
        content, words = self.content, self.words
        white = grey(1)
        paper.area(0, 0, _STRIP, HEIGHT, self.accent)
        name = _BOLD.sized(12.5).coloured(white)
        left, width = 8 * mm, _STRIP - 13 * mm
        top = paper.lines(left, 27 * mm, wrapped(content.seller.name, name, width), name)
        quiet = _PLAIN.sized(6.6).coloured(white)
        address = address_lines(content.seller, words, home="")[1:]
        top = paper.lines(left, top + 6, address, quiet)
        for line in contact_lines(content, words):
            top = paper.lines(left, top + 3, wrapped(line, quiet, width), quiet)
        top = HEIGHT - 48 * mm
        for line in account_lines(content, words):
            top = paper.lines(left, top + 2, wrapped(line, quiet, width), quiet)
        page = words.page.format(page=paper.page, pages=paper.pages)
        paper.text(left, HEIGHT - 14 * mm, page, quiet)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        self._strip(paper)
        return 25 * mm

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        top += 8 * mm
        if top + len(pairs) * 13 + 50 > _BOTTOM:
            top = self._turn(paper)
        strong = _BOLD.sized(10.5).coloured(self.accent)
        top = sums_column(paper, pairs, _LEFT + 48 * mm, _RIGHT, top, _PLAIN, strong) + 6 * mm
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
