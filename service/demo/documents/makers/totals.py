"""How the sums stand: a column, a box, a strip, a table of taxes, a sentence, or one big figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from service.demo.documents.layouts.paper import Style, grey
from service.demo.documents.makers.desk import Desk, Frame, Part

_STEPS_BEFORE = ("allowance_total", "freight_total")
_STEPS_AFTER = ("retention_amount", "prepaid_amount", "rounding_amount")


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of the sums."""

    label: str
    value: str
    strong: bool = False


def sum_rows(desk: Desk, *, with_bases: bool = False, with_due: bool = False) -> list[Sum]:
    """The rows from the goods to what is to be paid, as far as the bill has them; ``with_bases`` tells what each tax
    is on, ``with_due`` says what is to be paid even where it is the total.
    """
    words, bill = desk.words.totals, desk.bill
    rows = []
    before = [Sum(words[name], desk.figure(name)) for name in _STEPS_BEFORE if desk.has(name)]
    if before:
        rows = [Sum(words["goods_total"], desk.figure("goods_total")), *before]
    rows.append(Sum(words["net_total"], desk.figure("net_total")))
    rows += _tax_rows(desk, with_bases=with_bases)
    if len(bill.taxes) > 1:
        rows.append(Sum(words["tax_total"], desk.figure("tax_total")))
    rows.append(Sum(words["grand_total"], desk.money("grand_total"), strong=True))
    after = [Sum(words[name], desk.figure(name)) for name in _STEPS_AFTER if desk.has(name)]
    if after or (with_due and not bill.is_credit):
        rows += [*after, Sum(words["amount_due"], desk.money("amount_due"), strong=True)]
    return rows


def _tax_rows(desk: Desk, *, with_bases: bool) -> list[Sum]:
    words, bill = desk.words.totals, desk.bill
    if len(bill.taxes) == 1:
        desk.figure("tax_total")
    rows = []
    for tax in bill.taxes:
        label = words["tax"].format(rate=desk.rate(tax.rate))
        if with_bases:
            desk.tax_rows()
            label = f"{label} ({desk.signed(tax.taxable)})"
        rows.append(Sum(label, desk.signed(tax.tax)))
    return rows


def _styles(desk: Desk, row: Sum) -> Style:
    return desk.hand.bold if row.strong else desk.hand.plain


def _reserved(part: Callable[[Desk, Frame], float], lines: float) -> Part:
    def draw(desk: Desk, frame: Frame) -> float:
        return part(desk, frame.below(desk.room(frame.top, lines * desk.hand.plain.leading)))

    return draw


def column(*, width: float = 0.45, is_left: bool = False, with_bases: bool = False, with_due: bool = False,
           ruled: bool = True, is_boxed: bool = False) -> Part:  # fmt: skip
    """Labels and figures in a column at the right (or left) edge."""

    def draw(desk: Desk, frame: Frame) -> float:
        size = frame.width * width
        left = frame.left if is_left else frame.right - size
        right, top, step = left + size, frame.top + desk.hand.plain.size, desk.hand.plain.leading * 1.12
        start = top - step
        pad = 5 if is_boxed else 0
        for row in sum_rows(desk, with_bases=with_bases, with_due=with_due):
            if row.strong and ruled:
                desk.paper.rule(left + pad, top - step + 3, right - pad, top - step + 3, 0.6)
            style = _styles(desk, row)
            end = desk.write(Frame(left + pad, top, right - style.wide(row.value) - 10 - pad), row.label, style)
            desk.paper.text_right(right - pad, top, row.value, style)
            top = end - style.leading + step
        if is_boxed:
            desk.paper.frame(left, start, right, top - step + 6, 0.7)
        return top + step * 0.5

    return _reserved(draw, 10)


def leaders() -> Part:
    """Sums over the whole width with dots between label and figure."""

    def draw(desk: Desk, frame: Frame) -> float:
        top = frame.top + desk.hand.plain.size
        for row in sum_rows(desk):
            style = _styles(desk, row)
            desk.paper.text(frame.left, top, row.label, style)
            desk.paper.text_right(frame.right, top, row.value, style)
            x0, x1 = frame.left + style.wide(row.label) + 4, frame.right - style.wide(row.value) - 4
            desk.paper.dots(x0, x1, top - 1, grey(0.5))
            top += style.leading
        return top + 6

    return _reserved(draw, 10)


def tax_table(*, with_gross: bool = True, share: float = 0.55, is_lettered: bool = False) -> Part:
    """A small table of rates, bases and taxes; the rates with their letters where ``is_lettered``."""

    def draw(desk: Desk, frame: Frame) -> float:
        words, right = desk.words.totals, frame.left + frame.width * share
        names = ("rate", "taxable", "tax_amount", "gross") if with_gross else ("rate", "taxable", "tax_amount")
        width = (right - frame.left) / len(names)
        style, head = desk.small(0.92), desk.hand.bold.sized(desk.hand.bold.size * 0.86)
        top = frame.top + style.size
        for at, name in enumerate(names):
            style_here = desk.fitted(words[name], head, width - 6)
            desk.paper.text_right(frame.left + (at + 1) * width, top, words[name], style_here)
        desk.paper.rule(frame.left, top + 3, right, top + 3, 0.4)
        top += style.leading + 2
        for tax in desk.tax_rows():
            rate = f"{desk.letter_of(tax.rate)} = {desk.rate(tax.rate)}" if is_lettered else desk.rate(tax.rate)
            figures = (rate, *map(desk.signed, (tax.taxable, tax.tax, tax.taxable + tax.tax)))
            for at, text in enumerate(figures[: len(names)]):
                desk.paper.text_right(frame.left + (at + 1) * width, top, text, style)
            top += style.leading
        return top + 4

    return _reserved(draw, 5)


def strip(*, dark: bool = False) -> Part:
    """Net, tax and total in a row of boxes; what comes before and after them in smaller rows."""

    def draw(desk: Desk, frame: Frame) -> float:
        words = desk.words.totals
        names = [
            name for name in (*_STEPS_BEFORE, "net_total", "tax_total", "grand_total", *_STEPS_AFTER) if desk.has(name)
        ]
        if any(name in _STEPS_AFTER for name in names):
            names.append("amount_due")
        width, top = frame.width / len(names), frame.top
        small = desk.small(0.72)
        for at, name in enumerate(names):
            left, is_last = frame.left + at * width, at == len(names) - 1
            fill = dark and is_last
            if fill:
                desk.paper.area(left, top, left + width, top + 32, desk.hand.accent)
            desk.paper.frame(left, top, left + width, top + 32, 0.5)
            colour = grey(1) if fill else desk.hand.plain.colour
            desk.paper.text(left + 3, top + 9, words[name], small.coloured(colour))
            text = desk.money(name) if is_last else desk.figure(name)
            style = (desk.hand.bold if is_last else desk.hand.plain).coloured(colour)
            while style.wide(text) > width - 6:
                style = style.sized(style.size * 0.92)
            desk.paper.text_right(left + width - 4, top + 25, text, style)
        return top + 44

    return _reserved(draw, 5)


def sentence() -> Part:
    """The sums in one sentence; a letter of someone who has no form."""

    def draw(desk: Desk, frame: Frame) -> float:
        rates = " / ".join(desk.rate(tax.rate) for tax in desk.bill.taxes)
        text = desk.words.texts["sentence"].format(
            gross=desk.money("grand_total"), net=desk.money("net_total"), tax=desk.money("tax_total"), rate=rates
        )
        top = desk.write(frame.below(frame.top + desk.hand.plain.size), text, desk.hand.bold)
        words, steps = desk.words.totals, (*_STEPS_BEFORE, *_STEPS_AFTER)
        told = [f"{words[name]}: {desk.money(name)}" for name in steps if desk.has(name)]
        if any(desk.has(name) for name in _STEPS_AFTER):
            told.append(f"{words['amount_due']}: {desk.money('amount_due')}")
        return desk.write(frame.below(top), "; ".join(told), desk.hand.plain) + 4 if told else top + 4

    return _reserved(draw, 5)


def big_figure(name: str = "amount_due") -> Part:
    """One figure in large letters, as in a summary at the top; ``name`` is a sum of the bill."""

    def draw(desk: Desk, frame: Frame) -> float:
        if desk.bill.is_credit:
            return frame.top
        height = desk.hand.plain.leading * 3.4
        desk.paper.area(frame.left, frame.top, frame.right, frame.top + height, grey(0.93))
        style = desk.big(1.7).coloured(desk.hand.accent)
        desk.paper.text(
            frame.left + 8, frame.top + desk.hand.plain.leading * 1.2, desk.words.totals[name], desk.hand.plain
        )
        desk.paper.text(frame.left + 8, frame.top + desk.hand.plain.leading * 2.8, desk.money(name), style)
        return frame.top + height + desk.hand.plain.leading

    return draw


def banner() -> Part:
    """The sums in a column, what is to be paid in a coloured bar below them."""

    def draw(desk: Desk, frame: Frame) -> float:
        *rows, last = sum_rows(desk)
        left, top, step = frame.right - frame.width * 0.48, frame.top + desk.hand.plain.size, desk.hand.plain.leading
        for row in rows:
            desk.paper.text(left, top, row.label, _styles(desk, row))
            desk.paper.text_right(frame.right - 6, top, row.value, _styles(desk, row))
            top += step * 1.1
        desk.paper.area(left - 6, top - step + 4, frame.right, top + step, desk.hand.accent)
        style = desk.big(1.12).coloured(grey(1))
        desk.paper.text(left, top + 5, last.label, style)
        desk.paper.text_right(frame.right - 6, top + 5, last.value, style)
        return top + step * 2.4

    return _reserved(draw, 11)


def stage() -> Part:
    """What the building costs in all and how much of it is done: figures that are none of this bill's sums."""

    def draw(desk: Desk, frame: Frame) -> float:
        label = desk.words.texts["stage"]
        whole = (desk.bill.net_total * Decimal("3.4")).quantize(Decimal("0.01"))
        text = f"{label}: {desk.hand.figures.written(whole)}"
        return desk.write(frame, text, desk.hand.italic) + 4

    return draw
