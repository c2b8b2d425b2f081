"""A German business letter (DIN 5008): address window, information block, ruled table, footer in columns."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.columns import Column, Slot, figure_slots, placed
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, brand, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    address_lines,
    grouped_iban,
    header_pairs,
    payment_sentences,
    subject_of,
    sum_pairs,
)
from service.demo.documents.wording import Wording, wording

_LEFT, _RIGHT = 25 * mm, WIDTH - 20 * mm
_BLOCK_LEFT = 122 * mm
_PLAIN = Style("Helvetica", 9, 12)
_BOLD = Style("Helvetica-Bold", 9, 12)
_SMALL = Style("Helvetica", 6.8, 8.6, grey(0.3))
_SMALL_BOLD = Style("Helvetica-Bold", 6.8, 8.6, grey(0.3))
_UNIT_GAP = 7.0
_FIGURES = (36.0, 42.0, 50.0, 44.0, 36.0, 56.0)
_FOOTER_TOP = HEIGHT - 27 * mm
_TABLE_BOTTOM = _FOOTER_TOP - 12 * mm
_FIRST_TABLE_TOP = 125 * mm
_NEXT_TABLE_TOP = 40 * mm


def draw(content: DocumentContent) -> bytes:
    """The content as a letter."""
    letter = _Letter(content, wording(content.language))
    return printed(letter.subject, content.seller.name, letter.print)


class _Letter:
    def __init__(self, content: DocumentContent, words: Wording) -> None:
        self.content = content
        self.words = words
        self.accent = brand(content.seller.name)
        self.subject = subject_of(content, words)
        slots = (
            Slot(words.position, 26, False, lambda position, _: str(position)),
            Slot(words.code, 52, False, lambda _, item: item.code or ""),
            Slot(words.description, 0, False, lambda _, item: item.description),
            *figure_slots(content, words, _FIGURES),
        )
        self.columns = placed(slots, _LEFT, _RIGHT)

    def print(self, paper: Paper) -> None:
        self._letterhead(paper)
        self._address_window(paper)
        self._information_block(paper)
        paper.text(_LEFT, 107 * mm, self.subject, _BOLD.sized(12.5))
        opening = self.words.credit_opening if self.content.is_credit_note else self.words.opening
        paper.text(_LEFT, 115 * mm, opening, _PLAIN)
        self._frame_of_page(paper)
        top = self._table_head(paper, _FIRST_TABLE_TOP)
        for position, item in enumerate(self.content.items, start=1):
            top = self._item(paper, top, position, item)
        paper.rule(_LEFT, top - 13, _RIGHT, top - 13, 0.8, self.accent)
        self._closing(paper, self._sums(paper, top + 6))

    def _letterhead(self, paper: Paper) -> None:
        seller = self.content.seller
        initials = "".join(word[0] for word in seller.name.split()[:2] if word[0].isalpha())
        paper.disc(_LEFT + 6 * mm, 20 * mm, 6 * mm, self.accent)
        paper.text_centred(_LEFT + 6 * mm, 21.6 * mm, initials, _BOLD.sized(13).coloured(grey(1)))
        paper.text(_LEFT + 16 * mm, 21.4 * mm, seller.name, _BOLD.sized(14).coloured(self.accent))
        paper.rule(_LEFT, 30 * mm, _RIGHT, 30 * mm, 1.2, self.accent)

    def _address_window(self, paper: Paper) -> None:
        seller, buyer = self.content.seller, self.content.buyer
        sender = f"{seller.name} · {seller.address.street} · {seller.address.postcode} {seller.address.city}"
        paper.text(_LEFT, 49 * mm, sender, _SMALL)
        paper.rule(_LEFT, 50 * mm, _LEFT + 82 * mm, 50 * mm, 0.3, grey(0.6))
        lines = address_lines(buyer, self.words, home=seller.address.country)
        paper.lines(_LEFT, 58 * mm, lines, _PLAIN.sized(10))

    def _information_block(self, paper: Paper) -> None:
        top = 50 * mm
        for pair in header_pairs(self.content, self.words):
            paper.text(_BLOCK_LEFT, top, pair.label, _PLAIN)
            for line in wrapped(pair.value, _PLAIN, _RIGHT - _BLOCK_LEFT - 32 * mm):
                paper.text(_BLOCK_LEFT + 32 * mm, top, line, _PLAIN)
                top += _PLAIN.leading + 1.5

    def _frame_of_page(self, paper: Paper) -> None:
        for fold in (105 * mm, 148.5 * mm, 210 * mm):
            paper.rule(5 * mm, fold, 9 * mm, fold, 0.3, grey(0.6))
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, _FOOTER_TOP - 4 * mm, page, _SMALL)
        paper.rule(_LEFT, _FOOTER_TOP, _RIGHT, _FOOTER_TOP, 0.5, self.accent)
        for column, lines in enumerate(self._footer()):
            left = _LEFT + column * (_RIGHT - _LEFT) / 3
            paper.text(left, _FOOTER_TOP + 5 * mm, lines[0], _SMALL_BOLD)
            paper.lines(left, _FOOTER_TOP + 5 * mm + _SMALL.leading, list(lines[1:]), _SMALL)

    def _footer(self) -> Sequence[Sequence[str]]:
        seller, bank, words = self.content.seller, self.content.bank, self.words
        contact = [f"{words.phone} {seller.phone}" if seller.phone else "", seller.email or ""]
        account = [bank.name, f"IBAN {grouped_iban(bank)}", f"BIC {bank.bic}"] if bank else []
        return (
            address_lines(seller, words, home=self.content.buyer.address.country),
            [words.vat_id, seller.vat_id, *(line for line in contact if line)],
            [words.bank, *account],
        )

    def _table_head(self, paper: Paper, top: float) -> float:
        paper.rule(_LEFT, top - 11, _RIGHT, top - 11, 0.8, self.accent)
        for column in self.columns:
            column.print(paper, top, column.slot.title, _BOLD.sized(8), _padding(column))
        paper.rule(_LEFT, top + 5, _RIGHT, top + 5, 0.8, self.accent)
        return top + 19

    def _item(self, paper: Paper, top: float, position: int, item: Item) -> float:
        description = self._description_column()
        lines = wrapped(item.description, _PLAIN, description.right - description.left - 8)
        if top + len(lines) * _PLAIN.leading > _TABLE_BOTTOM:
            top = self._turn(paper)
        for column in self.columns:
            first = lines[0] if column is description else column.slot.value(position, item)
            column.print(paper, top, first, _PLAIN, _padding(column))
        top += _PLAIN.leading
        top = paper.lines(description.left, top, lines[1:], _PLAIN)
        if item.gtin:
            paper.text(description.left, top, f"EAN {item.gtin}", _SMALL)
            top += _SMALL.leading
        paper.rule(_LEFT, top - 7, _RIGHT, top - 7, 0.25, grey(0.75))
        return top + 6

    def _description_column(self) -> Column:
        return self.columns[2]

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        paper.text(_LEFT, 22 * mm, self.content.seller.name, _BOLD.coloured(self.accent))
        paper.text_right(_RIGHT, 22 * mm, self.subject, _PLAIN)
        self._frame_of_page(paper)
        return self._table_head(paper, _NEXT_TABLE_TOP)

    def _sums(self, paper: Paper, top: float) -> float:
        pairs = sum_pairs(self.content, self.words)
        if top + len(pairs) * 15 + 90 > _TABLE_BOTTOM:
            top = self._turn(paper)
        for pair in pairs:
            style = _BOLD.sized(10) if pair.strong else _PLAIN
            if pair.strong:
                top += 4
                paper.rule(_RIGHT - 76 * mm, top - 13, _RIGHT, top - 13, 0.6)
            paper.text(_RIGHT - 76 * mm, top, pair.label, style)
            paper.text_right(_RIGHT, top, pair.value, style)
            top += 15
        paper.rule(_RIGHT - 76 * mm, top - 10, _RIGHT, top - 10, 0.6)
        paper.rule(_RIGHT - 76 * mm, top - 8, _RIGHT, top - 8, 0.6)
        return top + 14

    def _closing(self, paper: Paper, top: float) -> None:
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT), _PLAIN) + 3


def _padding(column: Column) -> float:
    """Figures stand at the edge; text keeps away from the figures before it."""
    return 0 if column.slot.figures or column.left < _RIGHT / 2 else _UNIT_GAP
