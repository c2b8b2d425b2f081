"""Items that stand in no table: two rows a line, cards, groups with their sums, or stages of a building."""

from __future__ import annotations

from decimal import Decimal

from service.demo.documents.layouts.paper import grey, wrapped
from service.demo.documents.makers.desk import Desk, Frame, Part


def two_rows(*, ruled: bool = True) -> Part:
    """The description over the whole width, figures in the row below it, as narrow programs print."""

    def draw(desk: Desk, frame: Frame) -> float:
        top = _two_row_head(desk, frame)
        step = desk.hand.plain.leading
        for position, row in enumerate(desk.bill.rows):
            lines = wrapped(desk.cell(position, "description"), desk.hand.plain, frame.width - 60)
            top = desk.room(top, step * (len(lines) + 2))
            desk.paper.text(frame.left, top, desk.cell(position, "line_number"), desk.hand.plain)
            top = desk.paper.lines(frame.left + 26, top, lines, desk.hand.bold)
            if row.code:
                desk.paper.text(frame.left + 26, top, desk.cell(position, "seller_item_id"), desk.hand.plain)
            _figures(desk, frame, position, top)
            top += step + 2
            if ruled:
                desk.paper.rule(frame.left, top - step + 4, frame.right, top - step + 4, 0.3, grey(0.6))
            top += 3
        return top + step * 0.5

    return draw


_STOPS = (("quantity", 0.46), ("unit", 0.50), ("unit_price", 0.68), ("tax_rate", 0.80), ("line_total", 1.0))


def _two_row_head(desk: Desk, frame: Frame) -> float:
    style = desk.hand.bold.sized(desk.hand.bold.size * 0.9)
    desk.paper.text(frame.left, frame.top, desk.words.columns["line_number"], style)
    desk.paper.text(frame.left + 26, frame.top, desk.words.columns["description"], style)
    top = frame.top + style.leading
    desk.paper.text(frame.left + 26, top, desk.words.columns["seller_item_id"], style)
    for name, share in _STOPS:
        x = frame.left + frame.width * share
        if name == "unit":
            continue
        head = desk.words.columns[name]
        desk.paper.text_right(x, top, head, desk.fitted(head, style, frame.width * 0.13))
    desk.paper.rule(frame.left, top + 4, frame.right, top + 4, 0.8)
    return top + style.leading + 6


def _figures(desk: Desk, frame: Frame, position: int, top: float) -> None:
    for name, share in _STOPS:
        x = frame.left + frame.width * share
        text = desk.cell(position, name)
        if name == "unit":
            desk.paper.text(x, top, text, desk.hand.plain)
        else:
            desk.paper.text_right(x, top, text, desk.hand.plain)


def cards() -> Part:
    """Name and amount in bold, below them how the amount comes about: quantity times price."""

    def draw(desk: Desk, frame: Frame) -> float:
        top, step = frame.top, desk.hand.plain.leading
        small = desk.small(0.88).coloured(grey(0.35))
        for position, row in enumerate(desk.bill.rows):
            lines = wrapped(desk.cell(position, "description"), desk.hand.bold, frame.width * 0.72)
            top = desk.room(top, step * (len(lines) + 2))
            total = desk.with_currency(desk.cell(position, "line_total"))
            desk.paper.text_right(frame.right, top, total, desk.hand.bold)
            top = desk.paper.lines(frame.left, top, lines, desk.hand.bold)
            desk.paper.text(frame.left, top, _how(desk, position, with_code=bool(row.code)), small)
            top += step * 0.7
            desk.paper.rule(frame.left, top, frame.right, top, 0.4, grey(0.8))
            top += step * 1.2
        return top

    return draw


def _how(desk: Desk, position: int, *, with_code: bool) -> str:
    quantity, price = desk.cell(position, "quantity"), desk.cell(position, "unit_price")
    parts = [f"{quantity} {desk.cell(position, 'unit')} × {desk.with_currency(price)}"]
    if desk.bill.rows[position].discount_percent:
        parts.append(
            f"{desk.words.columns['discount_percent'].rstrip('% ')} {desk.cell(position, 'discount_percent')} %"
        )
    parts.append(f"{desk.words.columns['tax_rate'].rstrip('% ')} {desk.cell(position, 'tax_rate')} %")
    if with_code:
        parts.append(desk.cell(position, "seller_item_id"))
    return " · ".join(parts)


def groups(*, size: int = 2) -> Part:
    """Lines in groups, each with a heading and its own sum, as telephone companies print."""

    def draw(desk: Desk, frame: Frame) -> float:
        top, step, rows = frame.top, desk.hand.plain.leading, desk.bill.rows
        for start in range(0, len(rows), size):
            part = range(start, min(start + size, len(rows)))
            top = desk.room(top, step * (len(part) + 3.5))
            desk.paper.area(frame.left, top - desk.hand.bold.size, frame.right, top + 4, grey(0.93))
            line = 4000 + 111 * (start + 1)
            desk.paper.text(
                frame.left + 4, top, f"{desk.words.labels['contract_reference']} 0171 / {line}", desk.hand.bold
            )
            top += step + 5
            for position in part:
                top = _group_line(desk, frame.below(top), position)
            total = sum((rows[position].total for position in part), Decimal(0))
            desk.paper.rule(frame.right - 70, top - step + 3, frame.right, top - step + 3, 0.4)
            desk.paper.text_right(frame.right - 80, top, desk.words.totals["goods_total"], desk.small(0.9))
            desk.paper.text_right(frame.right, top, desk.signed(total), desk.hand.bold)
            top += step * 1.7
        return top

    return draw


def _group_line(desk: Desk, frame: Frame, position: int) -> float:
    desk.paper.text(frame.left + 4, frame.top, desk.cell(position, "description"), desk.hand.plain)
    quantity = f"{desk.cell(position, 'quantity')} {desk.cell(position, 'unit')}"
    desk.paper.text_right(frame.left + frame.width * 0.62, frame.top, quantity, desk.hand.plain)
    desk.paper.text_right(frame.left + frame.width * 0.8, frame.top, desk.cell(position, "unit_price"), desk.hand.plain)
    desk.paper.text_right(frame.right, frame.top, desk.cell(position, "line_total"), desk.hand.plain)
    return frame.top + desk.hand.plain.leading


_STAY = (("quantity", 0.56, 0.70), ("unit_price", 0.71, 0.86), ("line_total", 0.87, 1.0))


def days() -> Part:
    """A hotel's account: a date before each line."""

    def draw(desk: Desk, frame: Frame) -> float:
        hand, step, left, width = desk.hand, desk.hand.plain.leading, frame.left, frame.width
        top = _stay_head(desk, frame)
        for position in range(len(desk.bill.rows)):
            top = desk.room(top, step * 2)
            desk.paper.text(left, top, desk.day(desk.bill.ordered_on), hand.plain)
            inner = Frame(left + 0.22 * width, top, left + 0.58 * width)
            end = desk.write(inner, desk.cell(position, "description"), hand.plain)
            for name, _, share in _STAY:
                desk.paper.text_right(left + share * width, top, desk.cell(position, name), hand.plain)
            top = end + 2
        desk.paper.rule(left, top - step + 4, frame.right, top - step + 4, 0.6)
        return top + step * 0.4

    return draw


def _stay_head(desk: Desk, frame: Frame) -> float:
    top, width, bold = frame.top, frame.width, desk.hand.bold
    for share, head in ((0.0, desk.words.labels["issue_date"]), (0.22, desk.words.columns["description"])):
        desk.paper.text(frame.left + share * width, top, head, desk.fitted(head, bold, 0.2 * width))
    for name, start, share in _STAY:
        head = desk.words.columns[name]
        style = desk.fitted(head, bold, (share - start) * width)
        desk.paper.text_right(frame.left + share * width, top, head, style)
    desk.paper.rule(frame.left, top + 4, frame.right, top + 4, 0.6)
    return top + desk.hand.plain.leading + 5
