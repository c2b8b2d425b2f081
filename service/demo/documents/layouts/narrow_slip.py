"""A narrow slip from a counter: each item's words on one line, its figures on the next, everything in a column."""

from __future__ import annotations

from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.blocks import PairLook, inline, sums_column, words_of
from service.demo.documents.layouts.paper import Paper, Style, embedded, grey, printed, wrapped
from service.demo.documents.layouts.phrases import (
    account_lines,
    address_lines,
    contact_lines,
    header_pairs,
    payment_sentences,
    subject_of,
    sum_pairs,
)

MANNER = 2
_SIZE: tuple[float, float] = A5
_WIDTH, _HEIGHT = _SIZE
_LEFT, _RIGHT = 11 * mm, _WIDTH - 11 * mm
_PLAIN = Style("Helvetica", 8, 10.5)
_BOLD = Style("Helvetica-Bold", 8, 10.5)
_NAME = Style(embedded("Vera-Bold", "VeraBd.ttf"), 12, 15)
_SMALL = Style("Helvetica", 6.5, 8.5, grey(0.3))
_BOTTOM = _HEIGHT - 16 * mm


def draw(content: DocumentContent) -> bytes:
    """The content on a slip."""
    slip = _Slip(content)
    return printed(subject_of(content, slip.words), content.seller.name, slip.print, _SIZE)


class _Slip:
    def __init__(self, content: DocumentContent) -> None:
        self.content = content
        self.words = words_of(content, MANNER)

    def print(self, paper: Paper) -> None:
        top = self._head(paper)
        paper.rule(_LEFT, top - 6, _RIGHT, top - 6, 0.8)
        self._column_titles(paper, top + 5)
        top += 19
        for position, item in enumerate(self.content.items, start=1):
            top = self._item(paper, top, position, item)
        paper.rule(_LEFT, top - 5, _RIGHT, top - 5, 0.8)
        self._ending(paper, top + 8)

    def _head(self, paper: Paper) -> float:
        content, words = self.content, self.words
        paper.text_centred(_WIDTH / 2, 15 * mm, content.seller.name, _NAME)
        address = address_lines(content.seller, words, home=content.buyer.address.country)[1:]
        top = 19.5 * mm
        for line in (" · ".join(address), " · ".join(contact_lines(content, words))):
            paper.text_centred(_WIDTH / 2, top, line, _SMALL)
            top += _SMALL.leading
        lines = address_lines(content.buyer, words, home=content.seller.address.country)
        top = paper.lines(_LEFT, top + 16, lines, _PLAIN)
        paper.text(_LEFT, top + 14, words.title(content), _BOLD.sized(13))
        return inline(paper, header_pairs(content, words), _LEFT, _RIGHT, top + 30, PairLook(_PLAIN, _BOLD, ":")) + 10

    def _column_titles(self, paper: Paper, top: float) -> None:
        words = self.words
        titles = f"{words.description} / {words.quantity} x {words.unit_price}"
        paper.text(_LEFT, top, titles, _SMALL)
        paper.text_right(_RIGHT - 52, top, words.tax_rate, _SMALL)
        paper.text_right(_RIGHT, top, words.amount, _SMALL)

    def _item(self, paper: Paper, top: float, position: int, item: Item) -> float:
        words = self.words
        lines = wrapped(f"{position}. {item.description}", _PLAIN, _RIGHT - _LEFT)
        notes = self._notes(item)
        if top + (len(lines) + 2) * _PLAIN.leading > _BOTTOM:
            top = self._turn(paper)
        top = paper.lines(_LEFT, top, lines, _PLAIN)
        if notes:
            top = paper.lines(_LEFT + 12, top - 1, [notes], _SMALL) + 1
        cut = f"  - {words.percent(item.discount_percent)}" if item.discount_percent else ""
        figures = f"{words.number(item.quantity)} {words.units[item.unit]} x {words.number(item.unit_price)}{cut}"
        paper.text(_LEFT + 12, top, figures, _PLAIN)
        paper.text_right(_RIGHT - 52, top, words.percent(item.tax_rate), _PLAIN)
        paper.text_right(_RIGHT, top, words.number(item.total), _PLAIN)
        return top + _PLAIN.leading + 4

    def _notes(self, item: Item) -> str:
        parts = (
            f"{self.words.code} {item.code}" if item.code else "",
            f"EAN {item.gtin}" if item.gtin else "",
            f"{self.words.order} {item.order_reference}" if item.order_reference else "",
        )
        return "   ".join(part for part in parts if part)

    def _turn(self, paper: Paper) -> float:
        page = self.words.page.format(page=paper.page, pages=paper.pages)
        paper.text_centred(_WIDTH / 2, _HEIGHT - 9 * mm, page, _SMALL)
        paper.new_page()
        return 18 * mm

    def _ending(self, paper: Paper, top: float) -> None:
        pairs = sum_pairs(self.content, self.words)
        if top + len(pairs) * 13 + 60 > _BOTTOM:
            top = self._turn(paper)
        top = sums_column(paper, pairs, _LEFT, _RIGHT, top, _PLAIN, _BOLD.sized(11)) + 10
        for line in (*payment_sentences(self.content, self.words), *account_lines(self.content, self.words)):
            top = paper.lines(_LEFT, top, wrapped(line, _PLAIN, _RIGHT - _LEFT), _PLAIN)
