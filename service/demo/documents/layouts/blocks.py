"""Labels with their values and sums, arranged in the ways that suppliers choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, black

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts.paper import Paper, Style, wrapped
from service.demo.documents.layouts.phrases import Pair
from service.demo.documents.wording import AMERICAN, Wording, wording


@dataclass(frozen=True, slots=True)
class PairLook:
    """How labels and values are set."""

    label: Style
    value: Style
    colon: str = ""


def words_of(content: DocumentContent, manner: int) -> Wording:
    """The wording of the content's seller: Americans have their own."""
    if content.seller.address.country == "US":
        return AMERICAN
    return wording(content.language, manner)


def labels_left(
    paper: Paper, pairs: Sequence[Pair], left: float, middle: float, right: float, top: float, look: PairLook
) -> float:
    """Label at ``left``, value from ``middle``, one pair a line; where the next line would stand."""
    for pair in pairs:
        paper.text(left, top, pair.label + look.colon, look.label)
        start = max(middle, left + look.label.wide(pair.label + look.colon) + 3)
        top = paper.lines(start, top, wrapped(pair.value, look.value, right - start), look.value) + 1.5
    return top


def labels_above(
    paper: Paper, pairs: Sequence[Pair], left: float, right: float, top: float, columns: int, look: PairLook
) -> float:
    """Each label above its value, in so many columns."""
    width = (right - left) / columns
    for start in range(0, len(pairs), columns):
        below = top
        for at, pair in enumerate(pairs[start : start + columns]):
            x = left + at * width
            paper.text(x, top, pair.label + look.colon, look.label)
            lines = wrapped(pair.value, look.value, width - 6)
            below = max(below, paper.lines(x, top + look.value.leading, lines, look.value))
        top = below + look.label.leading * 0.8
    return top


def boxed(
    paper: Paper,
    pairs: Sequence[Pair],
    left: float,
    right: float,
    top: float,
    columns: int,
    look: PairLook,
    fill: Color | None = None,
    line: Color = black,
) -> float:
    """Each pair in a box, the label small in its upper left corner; values that are too long make a row higher."""
    width = (right - left) / columns
    for start in range(0, len(pairs), columns):
        row = pairs[start : start + columns]
        texts = [wrapped(pair.value, look.value, width - 8) for pair in row]
        height = look.label.leading + max(map(len, texts)) * look.value.leading + 6
        for at, pair in enumerate(row):
            x = left + at * width
            if fill is not None:
                paper.area(x, top, x + width, top + look.label.leading + 2, fill)
            paper.frame(x, top, x + width, top + height, 0.5, line)
            paper.text(x + 4, top + look.label.leading, pair.label, look.label)
            paper.lines(x + 4, top + look.label.leading + look.value.leading + 1, texts[at], look.value)
        top += height
    return top


def inline(
    paper: Paper, pairs: Sequence[Pair], left: float, right: float, top: float, look: PairLook, gap: float = 14
) -> float:
    """Label and value after one another, running on like text; where the next line would stand."""
    x = left
    for pair in pairs:
        label = pair.label + look.colon + " "
        wide = look.label.wide(label) + look.value.wide(pair.value)
        if x > left and x + wide > right:
            x, top = left, top + look.value.leading + 1.5
        paper.text(x, top, label, look.label)
        paper.text(x + look.label.wide(label), top, pair.value, look.value)
        x += wide + gap
    return top + look.value.leading + 1.5


def sums_column(
    paper: Paper, pairs: Sequence[Pair], left: float, right: float, top: float, plain: Style, strong: Style
) -> float:
    """One sum a line, labels at ``left``, figures ending at ``right``, a rule above the one that counts."""
    for pair in pairs:
        style = strong if pair.strong else plain
        if pair.strong:
            paper.rule(left, top - plain.leading + 3, right, top - plain.leading + 3, 0.7, strong.colour)
            top += strong.leading - plain.leading + 3
        paper.text(left, top, pair.label, style)
        paper.text_right(right, top, pair.value, style)
        top += style.leading + 2
    return top


def sums_band(
    paper: Paper, pairs: Sequence[Pair], left: float, right: float, top: float, look: PairLook, fill: Color
) -> float:
    """All sums beside one another in boxes across the page, the one that counts filled."""
    width = (right - left) / len(pairs)
    texts = [wrapped(pair.label, look.label, width - 6) for pair in pairs]
    height = max(map(len, texts)) * look.label.leading + look.value.leading + 9
    for at, pair in enumerate(pairs):
        x = left + at * width
        if pair.strong:
            paper.area(x, top, x + width, top + height, fill)
        paper.frame(x, top, x + width, top + height, 0.6)
        paper.lines(x + 4, top + look.label.leading + 1, texts[at], look.label)
        paper.text_right(x + width - 4, top + height - 5, pair.value, look.value)
    return top + height


def tax_table(
    paper: Paper, content: DocumentContent, words: Wording, left: float, right: float, top: float, look: PairLook
) -> float:
    """The tax summary as a small table: rate, taxable amount, tax."""
    third = (right - left) / 3
    for at, title in enumerate((words.tax_rate, words.net_total, words.tax_total)):
        paper.text_right(left + (at + 1) * third - 3, top, title, look.label)
    paper.rule(left, top + 3, right, top + 3, 0.4)
    top += look.value.leading + 3
    for row in content.taxes:
        figures = (words.percent(row.rate), words.number(row.taxable), words.number(row.tax))
        for at, figure in enumerate(figures):
            paper.text_right(left + (at + 1) * third - 3, top, figure, look.value)
        top += look.value.leading
    return top
