"""A wholesaler's print-out: references in a strip of boxes, striped rows, all sums in one band at the foot."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, boxed, sums_band, words_of
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, grey, printed, wrapped
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
_LEFT, _RIGHT = 10 * mm, WIDTH - 10 * mm
_PLAIN = Style("Helvetica", 8, 10)
_BOLD = Style("Helvetica-Bold", 8, 10)
_TINY = Style("Helvetica-Oblique", 6.5, 8, grey(0.3))
_BAND_TOP = HEIGHT - 52 * mm
_BOTTOM = _BAND_TOP - 4 * mm
_LOOK = TableLook(_PLAIN, _BOLD, _TINY, Rules.HEAD, stripe=grey(0.93), gap=4)
_WIDTHS = {
    "position": 28.0,
    "description": 0.0,
    "code": 66.0,
    "price": 56.0,
    "quantity": 44.0,
    "unit": 38.0,
    "tax": 46.0,
    "discount": 44.0,
    "amount": 62.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content with a band of sums."""
    sheet = _PrintOut(content)
    return printed(sheet.words.title(content), content.seller.name, sheet.print)


class _PrintOut:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, _LOOK, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        self._head(paper)
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        paper.text(_LEFT, 42 * mm, words.bill_to + ":", _TINY.sized(7.5))
        paper.lines(_LEFT, 47 * mm, lines, _PLAIN.sized(10))
        pairs = header_pairs(content, words)
        top = boxed(paper, pairs, _LEFT, _RIGHT, 70 * mm, 5, PairLook(_TINY, _BOLD.sized(9)), line=grey(0.4))
        self.table.print(paper, top + 5 * mm)
        self._band(paper)

    def _head(self, paper: Paper) -> None:
        content, words = self.content, self.words
        paper.text_centred(WIDTH / 2, 17 * mm, content.seller.name, _BOLD.sized(14))
        address = address_lines(content.seller, words, home=content.buyer.address.country)[1:]
        line = "  |  ".join((*address, *contact_lines(content, words)))
        paper.text_centred(WIDTH / 2, 22 * mm, line, _PLAIN.sized(7))
        paper.rule(_LEFT, 25 * mm, _RIGHT, 25 * mm, 2.0)
        paper.text(_LEFT, 34 * mm, words.title(content).upper(), _BOLD.sized(15))
        page = words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, 34 * mm, page, _PLAIN)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        self._head(paper)
        return 40 * mm

    def _band(self, paper: Paper) -> None:
        pairs = sum_pairs(self.content, self.words)
        look = PairLook(_TINY.sized(6.8), _BOLD.sized(9.5))
        top = sums_band(paper, pairs, _LEFT, _RIGHT, _BAND_TOP, look, grey(0.85)) + 5 * mm
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
        paper.text(_LEFT, top + 3, "    ".join(account_lines(self.content, self.words)), _PLAIN)
