"""Where number, dates and references stand: pairs, a row of boxes, a small table, a grid or a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from service.demo.documents.layouts.paper import grey, wrapped
from service.demo.documents.makers.desk import Desk, Frame, Part

USUAL = (
    "invoice_number",
    "issue_date",
    "customer_number",
    "order_reference",
    "delivery_note_reference",
    "delivery_date",
    "preceding_invoice_reference",
    "contract_reference",
    "period",
    "due_date",
)
FULL = (*USUAL, "buyer_reference", "payment_reference", "buyer_vat_id")
SHORT = ("invoice_number", "issue_date", "due_date")
REFERENCES = ("customer_number", "order_reference", "order_date", "delivery_note_reference", "contact")


def told(desk: Desk, names: Sequence[str]) -> list[tuple[str, str]]:
    """Labels with their values, as far as the bill has them; some are no field of the contract."""
    pairs = []
    for name in names:
        value = _value(desk, name)
        if value:
            pairs.append((desk.words.labels[name], value))
    return pairs


def _value(desk: Desk, name: str) -> str:
    bill = desk.bill
    if name == "customer_number":
        return bill.customer_number
    if name == "contact":
        return bill.clerk
    if name == "order_date":
        return desk.day(bill.ordered_on) if bill.orders else ""
    if name == "period":
        return period(desk)
    return desk.say(name)


def period(desk: Desk) -> str:
    """The time that is billed for, from its first to its last day."""
    if desk.bill.period is None:
        return ""
    return f"{desk.say('period_start')} – {desk.say('period_end')}"


def pairs(names: Sequence[str] = USUAL, *, colon: str = ":", split: float = 0.46, bold_label: bool = False,
          is_right: bool = False) -> Part:  # fmt: skip
    """Labels at the left with their values behind them, or at the right edge."""

    def draw(desk: Desk, frame: Frame) -> float:
        hand, top = desk.hand, frame.top
        label_style = hand.bold if bold_label else hand.plain
        for label, value in told(desk, names):
            desk.paper.text(frame.left, top, label + colon, label_style)
            needed = label_style.wide(label + colon) + 5
            start = frame.left + max(frame.width * split, needed)
            lines = wrapped(value, hand.plain, frame.right - start)
            for line in lines:
                if is_right:
                    desk.paper.text_right(frame.right, top, line, hand.plain)
                else:
                    desk.paper.text(start, top, line, hand.plain)
                top += hand.plain.leading
        return top + 4

    return draw


def dotted(names: Sequence[str] = USUAL) -> Part:
    """Labels filled up with dots to the value, as old programs print."""

    def draw(desk: Desk, frame: Frame) -> float:
        top, plain = frame.top, desk.hand.plain
        width = max((plain.wide(label) for label, _ in told(desk, names)), default=0) + 18
        for label, value in told(desk, names):
            count = int((width - plain.wide(label)) / plain.wide("."))
            desk.paper.text(frame.left, top, f"{label}{'.' * count}:", plain)
            inner = Frame(frame.left + width + 8, top, frame.right)
            top = desk.write(inner, value, plain)
        return top + 4

    return draw


def boxes(names: Sequence[str] = USUAL, *, count: int = 5, filled: bool = False) -> Part:
    """A row of boxes with a small label above each value; more rows where there are more."""

    def draw(desk: Desk, frame: Frame) -> float:
        hand, top = desk.hand, frame.top
        told_pairs = told(desk, names)
        label, value = desk.small(0.74), hand.bold.sized(hand.bold.size * 0.95)
        for start in range(0, len(told_pairs), count):
            row = told_pairs[start : start + count]
            width = frame.width / len(row)
            lines = [wrapped(text, value, width - 8) for _, text in row]
            height = label.leading + value.leading * max(len(part) for part in lines) + 6
            for at, (name, _) in enumerate(row):
                left = frame.left + at * width
                if filled:
                    desk.paper.area(left, top, left + width - 2, top + height, grey(0.92))
                else:
                    desk.paper.frame(left, top, left + width, top + height, 0.5, grey(0.3))
                desk.paper.text(left + 4, top + label.leading, name, label)
                desk.paper.lines(left + 4, top + label.leading + value.leading, lines[at], value)
            top += height + (3 if filled else 0)
        return top + hand.plain.leading + 4

    return draw


def table(names: Sequence[str] = USUAL, *, count: int = 6) -> Part:
    """A small table: labels in a tinted row, values below."""

    def draw(desk: Desk, frame: Frame) -> float:
        hand, top = desk.hand, frame.top
        told_pairs = told(desk, names)
        label = hand.bold.sized(hand.bold.size * 0.85)
        for start in range(0, len(told_pairs), count):
            row = told_pairs[start : start + count]
            width = frame.width / len(row)
            heads = [wrapped(name, label, width - 6) for name, _ in row]
            texts = [wrapped(text, hand.plain, width - 6) for _, text in row]
            head = label.leading * max(len(part) for part in heads) + 4
            height = head + hand.plain.leading * max(len(part) for part in texts) + 5
            desk.paper.area(frame.left, top, frame.right, top + head, grey(0.86))
            for at in range(len(row)):
                left = frame.left + at * width
                desk.paper.lines(left + 3, top + label.size + 2, heads[at], label)
                desk.paper.lines(left + 3, top + head + hand.plain.size + 2, texts[at], hand.plain)
            desk.paper.frame(frame.left, top, frame.right, top + height, 0.5, grey(0.4))
            top += height + 4
        return top + hand.plain.leading

    return draw


def stacked_pairs(names: Sequence[str] = USUAL) -> Part:
    """A small grey label with the value below it, one group under another."""

    def draw(desk: Desk, frame: Frame) -> float:
        top, label = frame.top, desk.small(0.78).coloured(grey(0.45))
        for name, value in told(desk, names):
            desk.paper.text(frame.left, top, name, label)
            top = desk.write(frame.below(top + desk.hand.plain.leading * 0.95), value, desk.hand.plain) + 3
        return top

    return draw


def grid(names: Sequence[str] = FULL) -> Part:
    """Two columns of bordered cells, label and value in one cell."""

    def draw(desk: Desk, frame: Frame) -> float:
        hand, told_pairs, top = desk.hand, told(desk, names), frame.top
        width = frame.width / 2
        for start in range(0, len(told_pairs), 2):
            row = told_pairs[start : start + 2]
            texts = [wrapped(value, hand.bold, width - 8) for _, value in row]
            height = hand.plain.leading * (1 + max(len(part) for part in texts)) + 3
            for at, (label, _) in enumerate(row):
                left = frame.left + at * width
                desk.paper.frame(left, top, left + width, top + height, 0.6)
                desk.paper.text(left + 4, top + hand.plain.size + 1, label, desk.small(0.85))
                desk.paper.lines(left + 4, top + hand.plain.size + hand.plain.leading, texts[at], hand.bold)
            top += height
        return top + hand.plain.leading

    return draw


def inline(names: Sequence[str] = USUAL, *, mark: str = "   ") -> Part:
    """Labels and values one after another in running text."""

    def draw(desk: Desk, frame: Frame) -> float:
        text = mark.join(f"{label}: {value}" for label, value in told(desk, names))
        return desk.write(frame, text, desk.hand.plain) + 4

    return draw
