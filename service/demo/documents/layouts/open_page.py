"""An international invoice with air: big title, shaded table head, no rules, sums to the right."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.columns import Slot, figure_slots, placed
from service.demo.documents.layouts.paper import HEIGHT, WIDTH, Paper, Style, brand, embedded, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    address_lines,
    grouped_iban,
    header_pairs,
    payment_sentences,
    sum_pairs,
)
from service.demo.documents.wording import Wording, wording

_LEFT, _RIGHT = 18 * mm, WIDTH - 18 * mm
_TINT = Color(0.92, 0.94, 0.97)
_STRIPE = Color(0.975, 0.98, 0.99)
_REGULAR = embedded("Vera", "Vera.ttf")
_HEAVY = embedded("Vera-Bold", "VeraBd.ttf")
_PLAIN = Style(_REGULAR, 8, 11.5)
_BOLD = Style(_HEAVY, 8, 11.5)
_QUIET = Style(_REGULAR, 6.8, 9.5, grey(0.4))
_FIGURES = (36.0, 36.0, 58.0, 46.0, 42.0, 68.0)
_PADDING = 5.0
_BOTTOM = HEIGHT - 30 * mm
_NEXT_TOP = 26 * mm


def draw(content: DocumentContent) -> bytes:
    """The content on open pages."""
    page = _OpenPage(content, wording(content.language))
    return printed(page.title, content.seller.name, page.print)


class _OpenPage:
    def __init__(self, content: DocumentContent, words: Wording) -> None:
        self.content = content
        self.words = words
        self.accent = brand(content.seller.name)
        self.title = words.title(content)
        slots = (
            Slot(words.description, 0, False, lambda _, item: item.description),
            *figure_slots(content, words, _FIGURES),
        )
        self.columns = placed(slots, _LEFT, _RIGHT)

    def print(self, paper: Paper) -> None:
        self._heading(paper)
        top = max(self._buyer(paper, 60 * mm), self._references(paper, 60 * mm))
        self._foot(paper)
        top = self._table_head(paper, top + 8 * mm)
        for position, item in enumerate(self.content.items, start=1):
            top = self._item(paper, top, position, item)
        self._payment(paper, self._sums(paper, top + 4 * mm))

    def _heading(self, paper: Paper) -> None:
        seller = self.content.seller
        paper.area(0, 0, WIDTH, 5 * mm, self.accent)
        paper.text(_LEFT, 29 * mm, self.title.upper(), _BOLD.sized(22).coloured(self.accent))
        paper.text_right(_RIGHT, 22 * mm, seller.name, _BOLD.sized(10))
        lines = address_lines(seller, self.words, home="")[1:]
        top = 22 * mm + 13.0
        for line in (*lines, seller.phone or "", seller.email or ""):
            paper.text_right(_RIGHT, top, line, _QUIET.sized(7.5))
            top += 10.5

    def _buyer(self, paper: Paper, top: float) -> float:
        paper.text(_LEFT, top, self.words.bill_to.upper(), _BOLD.sized(7).coloured(self.accent))
        lines = address_lines(self.content.buyer, self.words, home="")
        paper.text(_LEFT, top + 14, lines[0], _BOLD.sized(9))
        return paper.lines(_LEFT, top + 27, lines[1:], _PLAIN)

    def _references(self, paper: Paper, top: float) -> float:
        for pair in header_pairs(self.content, self.words):
            paper.text(_LEFT + 98 * mm, top, f"{pair.label}:", _BOLD)
            start = _LEFT + max(134 * mm, 98 * mm + _BOLD.wide(f"{pair.label}:") + 3)
            for line in wrapped(pair.value, _PLAIN, _RIGHT - start):
                paper.text(start, top, line, _PLAIN)
                top += _PLAIN.leading + 1.5
        return top

    def _foot(self, paper: Paper) -> None:
        seller = self.content.seller
        paper.text(_LEFT, HEIGHT - 14 * mm, f"{seller.name}  |  {self.words.vat_id} {seller.vat_id}", _QUIET)
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_right(_RIGHT, HEIGHT - 14 * mm, page, _QUIET)

    def _table_head(self, paper: Paper, top: float) -> float:
        paper.area(_LEFT, top - 13, _RIGHT, top + 7, self.accent)
        for column in self.columns:
            column.print(paper, top, column.slot.title, _BOLD.sized(7.5).coloured(grey(1)), _PADDING)
        return top + 22

    def _item(self, paper: Paper, top: float, position: int, item: Item) -> float:
        lines = wrapped(item.description, _PLAIN, self.columns[0].right - self.columns[0].left - 2 * _PADDING)
        details = self._details(item)
        height = len(lines) * _PLAIN.leading + (_QUIET.leading if details else 0) + 6
        if top + height > _BOTTOM:
            top = self._turn(paper)
        if position % 2 == 0:
            paper.area(_LEFT, top - 11.5, _RIGHT, top - 11.5 + height, _STRIPE)
        for column in self.columns[1:]:
            column.print(paper, top, column.slot.value(position, item), _PLAIN, _PADDING)
        below = paper.lines(_LEFT + _PADDING, top, lines, _PLAIN)
        paper.text(_LEFT + _PADDING, below - 1.5, details, _QUIET)
        return top + height

    def _details(self, item: Item) -> str:
        code = f"{self.words.code} {item.code}" if item.code else ""
        return "   ".join(part for part in (code, f"EAN {item.gtin}" if item.gtin else "") if part)

    def _turn(self, paper: Paper) -> float:
        paper.new_page()
        paper.area(0, 0, WIDTH, 5 * mm, self.accent)
        self._foot(paper)
        return self._table_head(paper, _NEXT_TOP)

    def _sums(self, paper: Paper, top: float) -> float:
        pairs = sum_pairs(self.content, self.words)
        if top + len(pairs) * 16 + 26 * mm > _BOTTOM:
            top = self._turn(paper)
        left = _RIGHT - 84 * mm
        for pair in pairs:
            style = _BOLD.sized(9.5) if pair.strong else _PLAIN
            if pair.strong:
                top += 6
                paper.area(left, top - 13, _RIGHT, top + 8, _TINT)
            paper.text(left + _PADDING, top, pair.label, style)
            paper.text_right(_RIGHT - _PADDING, top, pair.value, style)
            top += 16
        return top + 8 * mm

    def _payment(self, paper: Paper, top: float) -> None:
        bank = self.content.bank
        if bank is not None:
            paper.text(_LEFT, top, self.words.bank.upper(), _BOLD.sized(7).coloured(self.accent))
            account = [bank.name, f"IBAN: {grouped_iban(bank)}", f"BIC: {bank.bic}"]
            paper.lines(_LEFT, top + 13, account, _PLAIN)
        paper.text(_LEFT + 98 * mm, top, self.words.payment.upper(), _BOLD.sized(7).coloured(self.accent))
        top += 13
        for sentence in payment_sentences(self.content, self.words):
            top = paper.lines(_LEFT + 98 * mm, top, wrapped(sentence, _PLAIN, _RIGHT - _LEFT - 98 * mm), _PLAIN) + 3
