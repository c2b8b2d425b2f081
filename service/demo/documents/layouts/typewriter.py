"""An old system's dot-matrix print: one fixed-width face, lines made of hyphens, columns by counting characters."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, labels_left, words_of
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

MANNER = 1
_LEFT, _RIGHT = 16 * mm, WIDTH - 14 * mm
_PLAIN = Style("Courier", 8.4, 11.5)
_BOLD = Style("Courier-Bold", 8.4, 11.5)
_BOTTOM = HEIGHT - 36 * mm
_LOOK = TableLook(_PLAIN, _PLAIN, _PLAIN, Rules.NONE, padding=2, gap=2, line=grey(1))
_WIDTHS = {
    "position": 24.0,
    "code": 58.0,
    "quantity": 46.0,
    "unit": 42.0,
    "description": 0.0,
    "price": 64.0,
    "discount": 60.0,
    "tax": 42.0,
    "amount": 62.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content as an old printer prints it."""
    sheet = _Listing(content)
    return printed(sheet.words.title(content), content.seller.name, sheet.print)


class _Listing:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, _LOOK, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        top = paper.lines(_LEFT, 18 * mm, [content.seller.name], _BOLD.sized(12))
        sender = address_lines(content.seller, words, home=content.buyer.address.country)[1:]
        paper.lines(_LEFT, top, [*sender, *contact_lines(content, words)], _PLAIN)
        buyer = address_lines(content.buyer, words, home=content.seller.address.country)
        paper.lines(_LEFT, 52 * mm, buyer, _PLAIN.sized(10))
        paper.text(_LEFT + 98 * mm, 44 * mm, words.title(content).upper(), _BOLD.sized(12))
        pairs = header_pairs(content, words)
        look = PairLook(_PLAIN, _PLAIN, ".")
        middle = _LEFT + 98 * mm + max(_PLAIN.wide(pair.label + ". ") for pair in pairs)
        below = labels_left(paper, pairs, _LEFT + 98 * mm, middle, _RIGHT, 52 * mm, look)
        top = max(below, 82 * mm)
        self._hyphens(paper, top)
        self._hyphens(paper, top + 25)
        end = self.table.print(paper, top + 4)
        self._ending(paper, end + 8)

    def _hyphens(self, paper: Paper, top: float) -> None:
        count = int((_RIGHT - _LEFT) / _PLAIN.wide("-"))
        paper.text(_LEFT, top, "-" * count, _PLAIN)

    def _turn(self, paper: Paper) -> float:
        paper.text_right(_RIGHT, _BOTTOM + 10, self.words.page.format(page=paper.page, pages=paper.pages), _PLAIN)
        paper.new_page()
        paper.text(_LEFT, 16 * mm, self.content.seller.name, _PLAIN)
        paper.text_right(_RIGHT, 16 * mm, self.content.number or "", _PLAIN)
        self._hyphens(paper, 20 * mm)
        self._hyphens(paper, 20 * mm + 25)
        return 20 * mm + 4

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        if top + (len(pairs) + 5) * _PLAIN.leading > _BOTTOM + 20:
            top = self._turn(paper) + 30
        self._hyphens(paper, top)
        top += _PLAIN.leading
        for pair in pairs:
            style = _BOLD if pair.strong else _PLAIN
            if pair.strong:
                paper.text_right(_RIGHT - 2, top, "=" * 46, _PLAIN)
                top += _PLAIN.leading
            paper.text(_LEFT + 78 * mm, top, pair.label, style)
            paper.text_right(_RIGHT - 2, top, pair.value, style)
            top += _PLAIN.leading
        top += _PLAIN.leading
        for sentence in (*payment_sentences(self.content, self.words), *account_lines(self.content, self.words)):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
