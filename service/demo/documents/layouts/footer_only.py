"""A letter without a letterhead: the seller stands in the footer alone, references in a row, sums at the left."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.blocks import PairLook, labels_above, sums_column, words_of
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    address_lines,
    grouped_iban,
    header_pairs,
    payment_sentences,
    subject_of,
    sum_pairs,
)
from service.demo.documents.layouts.tables import ItemTable, Rules, TableLook, table_slots

MANNER = 0
_LEFT, _RIGHT = 24 * mm, WIDTH - 18 * mm
_PLAIN = Style("Times-Roman", 10, 12.5)
_BOLD = Style("Times-Bold", 10, 12.5)
_LABEL = Style("Times-Italic", 8, 10, grey(0.3))
_SMALL = Style("Times-Roman", 7.5, 9.5, grey(0.2))
_BOTTOM = HEIGHT - 34 * mm
_LOOK = TableLook(_PLAIN, _BOLD.sized(9), _LABEL, Rules.ROWS, line=grey(0.5), padding=2)
_WIDTHS = {
    "position": 30.0,
    "quantity": 40.0,
    "unit": 42.0,
    "description": 0.0,
    "code": 62.0,
    "price": 52.0,
    "discount": 48.0,
    "tax": 42.0,
    "amount": 60.0,
}


def draw(content: DocumentContent) -> bytes:
    """The content as a plain letter."""
    letter = _Letter(content)
    return printed(letter.subject, content.seller.name, letter.print)


class _Letter:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)
        self.subject = subject_of(content, self.words)
        slots = table_slots(content, self.words, _WIDTHS)
        self.table = ItemTable(
            content, self.words, slots, _LOOK, left=_LEFT, right=_RIGHT, bottom=_BOTTOM, turn=self._turn
        )

    def print(self, paper: Paper) -> None:
        content, words = self.content, self.words
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        paper.lines(_LEFT, 45 * mm, lines, _PLAIN.sized(11))
        pairs = header_pairs(content, words)
        top = labels_above(paper, pairs, _LEFT, _RIGHT, 84 * mm, 4, PairLook(_LABEL, _PLAIN))
        paper.text(_LEFT, top + 6 * mm, self.subject, _BOLD.sized(14))
        opening = words.credit_opening if content.is_credit_note else words.opening
        paper.text(_LEFT, top + 13 * mm, opening, _PLAIN)
        self._foot(paper)
        self._ending(paper, self.table.print(paper, top + 18 * mm))

    def _foot(self, paper: Paper) -> None:
        seller, bank, words = self.content.seller, self.content.bank, self.words
        parts = [*address_lines(seller, words, home=self.content.buyer.address.country), seller.phone, seller.email]
        first = " · ".join(part for part in parts if part)
        account = f"{bank.name} · IBAN {grouped_iban(bank)} · BIC {bank.bic} · " if bank else ""
        second = f"{account}{words.vat_id} {seller.vat_id}"
        top = HEIGHT - 20 * mm
        paper.rule(_LEFT, top - 11, _RIGHT, top - 11, 0.4)
        for line in (*wrapped(first, _SMALL, _RIGHT - _LEFT), *wrapped(second, _SMALL, _RIGHT - _LEFT)):
            paper.text_centred((_LEFT + _RIGHT) / 2, top, line, _SMALL)
            top += _SMALL.leading
        if paper.pages > 1:
            page = words.page.format(page=paper.page, pages=paper.pages)
            paper.text_right(_RIGHT, HEIGHT - 26 * mm, page, _SMALL)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        self._foot(paper)
        paper.text(_LEFT, 22 * mm, self.subject, _PLAIN)
        return 27 * mm

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        top += 8 * mm
        if top + len(pairs) * 15 + 60 > _BOTTOM:
            top = self._turn(paper) + 6 * mm
        top = sums_column(paper, pairs, _LEFT, _LEFT + 92 * mm, top, _PLAIN, _BOLD.sized(11.5)) + 5 * mm
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN)
