"""What stands below: terms, bank accounts, registers, a slip to pay with, and the stamps and notes over a page."""

from __future__ import annotations

from reportlab.lib.colors import Color

from service.demo.documents.layouts.paper import Style, grey
from service.demo.documents.makers.desk import Desk, Frame, Part
from service.demo.documents.makers.letterheads import sender_lines
from service.domain.money import plain

_BLUE = Color(0.1, 0.2, 0.6)
_RED = Color(0.75, 0.1, 0.12)


def terms(*, with_closing: bool = True) -> Part:
    """The sentences on payment, tax and whatever else is said."""

    def draw(desk: Desk, frame: Frame) -> float:
        lines = [*_payment(desk), *([desk.words.texts["closing"]] if with_closing else [])]
        top = desk.room(frame.top, desk.hand.plain.leading * (len(lines) + 1))
        for line in lines:
            top = desk.write(frame.below(top), line, desk.hand.plain) + 2
        return top + 4

    return draw


def _payment(desk: Desk) -> list[str]:
    bill, texts = desk.bill, desk.words.texts
    said = []
    if bill.terms_days is not None and bill.due_on is not None:
        pattern = texts["terms"]
        due = desk.say("due_date") if "{due}" in pattern else ""
        said.append(pattern.format(days=bill.terms_days, due=due))
        desk.printed.fields["payment_terms"] = said[0].rpartition(": ")[2]  # a label before it is none of it
    if bill.early is not None:
        said.append(_early(desk))
    if bill.is_reverse:
        said.append(texts["reverse"])
        desk.printed.fields["tax_note"] = texts["reverse"]
    return said


def _early(desk: Desk) -> str:
    early, pattern = desk.bill.early, desk.words.texts["early"]
    assert early is not None and early.due is not None  # noqa: PT018 - asked before
    told: dict[str, object] = {"percent": plain(early.percent)}
    if "{days}" in pattern:
        told["days"] = early.days
    if "{due}" in pattern:
        told["due_date"] = early.due.isoformat()
    desk.printed.fields["early_payment_discount"] = [told]
    return pattern.format(percent=desk.rate(early.percent), days=early.days, due=desk.day(early.due))


def account_lines(desk: Desk) -> list[str]:
    """Bank, account and code, a line each; nothing where no bank is told."""
    bank = desk.bill.bank
    if bank is None:
        return []
    return [f"{desk.words.labels['bank']}: {bank.name}", f"IBAN: {desk.say('iban')}", f"BIC: {desk.say('bic')}"]


def account(*, is_inline: bool = False) -> Part:
    """The bank account below the text."""

    def draw(desk: Desk, frame: Frame) -> float:
        lines = account_lines(desk)
        top = desk.room(frame.top, desk.hand.plain.leading * 4)
        if is_inline:
            return desk.write(frame.below(top), "   ".join(lines), desk.hand.plain) + 4
        for line in lines:
            top = desk.write(frame.below(top), line, desk.hand.plain)
        return top + 4

    return draw


def columns_foot(desk: Desk) -> None:
    """Three columns at the page's end: address, register, bank."""
    hand, style = desk.hand, desk.small(0.74).coloured(grey(0.25))
    top = hand.bottom + 22
    desk.paper.rule(hand.left, top - 10, hand.right, top - 10, 0.4, grey(0.5))
    city = desk.bill.seller.address.city
    legal = [text.format(person=desk.bill.clerk, city=city, n=1000 + desk.seed % 9000) for text in desk.words.legal]
    width = (hand.right - hand.left) / 3
    for at, lines in enumerate((sender_lines(desk), legal, account_lines(desk))):
        left, below = hand.left + at * width, top
        for line in lines:
            below = desk.write(Frame(left, below, left + width - 6), line, style)
    _page(desk, hand.bottom + 8)


def line_foot(desk: Desk) -> None:
    """One centred line at the page's end."""
    hand, style = desk.hand, desk.small(0.72).coloured(grey(0.35))
    middle = (hand.left + hand.right) / 2
    city = desk.bill.seller.address.city
    legal = [text.format(person=desk.bill.clerk, city=city, n=1000 + desk.seed % 9000) for text in desk.words.legal]
    desk.paper.text_centred(middle, hand.bottom + 36, " · ".join(legal), style)
    desk.paper.text_centred(middle, hand.bottom + 46, "   ".join(account_lines(desk)), style)
    _page(desk, hand.bottom + 22)


def page_foot(desk: Desk) -> None:
    """The page's number alone."""
    _page(desk, desk.hand.bottom + 30)


def no_foot(_: Desk) -> None:
    """Nothing."""


def _page(desk: Desk, top: float) -> None:
    text = desk.words.texts["page"].format(page=desk.paper.page, pages=desk.paper.pages)
    desk.paper.text_right(desk.hand.right, top, text, desk.small(0.78))


def slip() -> Part:
    """A slip to tear off and pay with: the sum, the account and the reference once more."""

    def draw(desk: Desk, frame: Frame) -> float:
        if desk.bill.is_credit:
            return frame.top
        height = 118.0
        top = max(desk.room(frame.top, height), desk.hand.bottom - height)
        paper = desk.paper
        paper.dots(0, paper.width, top)
        paper.text(frame.left, top + 14, desk.words.texts["slip"], desk.big(1.05))
        left = frame.below(top + 30)
        _slip_account(desk, Frame(left.left, left.top, left.left + frame.width * 0.5))
        middle = frame.left + frame.width * 0.56
        name = "amount_due"
        paper.text(middle, top + 30, desk.words.totals[name], desk.small(0.8))
        paper.frame(middle, top + 36, frame.right, top + 58, 0.8)
        paper.text_right(frame.right - 6, top + 51, desk.money(name), desk.hand.bold)
        paper.text(middle, top + 72, desk.words.labels["invoice_number"], desk.small(0.8))
        paper.text(middle, top + 84, desk.say("invoice_number"), desk.hand.plain)
        return top + height

    return draw


def _slip_account(desk: Desk, frame: Frame) -> None:
    top = frame.top
    for line in (*account_lines(desk), desk.say("seller_name"), *desk.address(desk.bill.seller)):
        top = desk.write(frame.below(top), line, desk.small(0.9))


def qr_bill() -> Part:
    """The Swiss payment part: receipt and payment slip with a code of dots between them."""

    def draw(desk: Desk, frame: Frame) -> float:
        if desk.bill.is_credit:
            return frame.top
        paper, height = desk.paper, 298.0
        top = paper.height - height
        if frame.top > top:
            desk.turn()
        paper.dots(0, paper.width, top)
        label, text = Style(desk.hand.bold.font, 6, 9), Style(desk.hand.plain.font, 8, 10)
        for left in (14.0, 190.0):
            heading = desk.words.texts["slip"]
            paper.text(left, top + 24, heading, desk.fitted(heading, Style(desk.hand.bold.font, 11, 13), 150))
            x = left if left < 100 else 350.0
            _qr_texts(desk, x, top + 42, label, text)
            name = desk.words.labels["currency"]
            paper.text(left, top + 232, name, desk.fitted(name, label, 54))
            paper.text(left, top + 244, desk.currency(), text)
            paper.text(left + 60, top + 232, desk.words.totals["amount_due"], label)
            paper.text(left + 60, top + 244, desk.figure("amount_due"), text)
        _dots(desk, 190, top + 50, 130)
        return top + height

    return draw


def _qr_texts(desk: Desk, x: float, top: float, label: Style, text: Style) -> None:
    bill, paper = desk.bill, desk.paper
    width = 150.0 if x < 100 else 220.0
    groups = [(desk.words.labels["bank"], [desk.say("iban"), desk.say("seller_name"), *desk.address(bill.seller)])]
    if bill.payment_reference:
        groups.append((desk.words.labels["payment_reference"], [desk.say("payment_reference")]))
    groups.append((desk.words.labels["bill_to"], [desk.say("buyer_name"), *desk.address(bill.buyer)]))
    for name, lines in groups:
        paper.text(x, top, name, label)
        top += 10
        for line in lines:
            top = desk.write(Frame(x, top, x + width), line, text)
        top += 5


def _dots(desk: Desk, left: float, top: float, size: float) -> None:
    cell = size / 25
    for row in range(25):
        for column in range(25):
            corner = any(row in part and column in other for part, other in _CORNERS)
            if corner or desk.rng.random() < 0.45:
                x, y = left + column * cell, top + row * cell
                desk.paper.area(x, y, x + cell, y + cell, grey(0))


_CORNERS = ((range(7), range(7)), (range(7), range(18, 25)), (range(18, 25), range(7)))


def stamp(name: str, share: float = 0.35) -> Part:
    """A stamp over the page in a share of all papers, now and then with a date that means nothing to the bill."""

    def draw(desk: Desk, frame: Frame) -> float:
        if desk.rng.random() < share:
            style = Style(desk.hand.bold.font, 17, 20, _RED)
            text = desk.words.texts[name]
            top, left = desk.hand.bottom - 60, desk.hand.left + desk.rng.uniform(60, 150)
            desk.paper.frame(left - 8, top - 20, left + style.wide(text) + 8, top + 18, 2, _RED)
            desk.paper.text(left, top, text, style)
            if name == "received":
                desk.paper.text(left, top + 13, desk.day(desk.bill.issued_on), style.sized(9))
        return frame.top

    return draw


def scribble(share: float = 0.4) -> Part:
    """What a clerk wrote on the page: a tick, initials, an account number."""

    def draw(desk: Desk, frame: Frame) -> float:
        if desk.rng.random() < share:
            x, top = desk.hand.right - 120, desk.hand.bottom - desk.rng.uniform(20, 60)
            points = [(x + at * 4, top + desk.rng.uniform(-9, 6)) for at in range(14)]
            desk.paper.stroke([points[0], *points, points[-1]], 1.1, _BLUE)
            desk.paper.text(
                x + 4, top + 20, f"{desk.rng.randrange(4000, 4999)} ok", Style("Times-Italic", 14, 16, _BLUE)
            )
        return frame.top

    return draw


def watermark(name: str) -> Part:
    """A pale word behind the items."""

    def draw(desk: Desk, frame: Frame) -> float:
        style = Style(desk.hand.bold.font, 66, 70, grey(0.9))
        desk.paper.text_centred(desk.paper.width / 2, desk.paper.height * 0.62, desk.words.texts[name], style)
        return frame.top

    return draw


def opening() -> Part:
    """A salutation and the sentence before the items."""

    def draw(desk: Desk, frame: Frame) -> float:
        top = desk.write(frame, desk.words.texts["salutation"], desk.hand.plain) + 3
        return desk.write(frame.below(top), desk.words.texts["opening"], desk.hand.plain) + 5

    return draw
