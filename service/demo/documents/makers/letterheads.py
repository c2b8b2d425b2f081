"""How makers begin: logo, name, address and tax number in one corner or all over the top."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color

from service.demo.documents.layouts.paper import Style, grey
from service.demo.documents.makers.desk import Desk, Frame, Part


def sender_lines(desk: Desk, *, with_name: bool = True, with_vat: bool = True) -> list[str]:
    """The seller's name, address and contacts, a line each."""
    words, seller = desk.words, desk.bill.seller
    name = [desk.say("seller_name")] if with_name else []
    phone = [f"{words.labels['phone']} {seller.phone}"] if seller.phone else []
    return [*name, *desk.address(seller), *phone, *_reachable(desk), *(_vat(desk) if with_vat else [])]


def _reachable(desk: Desk) -> list[str]:
    return [f"{desk.words.labels['email']}: {desk.say('seller_email')}"] if desk.has("seller_email") else []


def _vat(desk: Desk) -> list[str]:
    if not desk.has("seller_vat_id"):
        return []
    return [f"{desk.words.labels['seller_vat_id']} {desk.say('seller_vat_id')}"]


def logo(desk: Desk, left: float, top: float, size: float) -> None:
    """A mark without letters: one of six, always the same for a paper."""
    paper, accent = desk.paper, desk.hand.accent
    shape = desk.seed % 6
    if shape == 0:
        paper.disc(left + size / 2, top + size / 2, size / 2, accent)
        paper.disc(left + size * 0.65, top + size * 0.4, size * 0.22, grey(1))
    elif shape == 1:
        paper.area(left, top, left + size, top + size, accent)
        paper.area(left + size * 0.25, top + size * 0.25, left + size * 0.5, top + size, grey(1))
    elif shape == 2:
        for at in range(4):
            paper.area(left + at * size * 0.27, top + size * (0.7 - at * 0.22), left + at * size * 0.27 + size * 0.2,
                       top + size, accent)  # fmt: skip
    elif shape == 3:
        for at in range(3):
            paper.ring(left + size * (0.3 + at * 0.2), top + size / 2, size * 0.28, 2.4, accent)
    elif shape == 4:
        paper.stroke([(left, top + size), (left, top + size), (left + size * 0.4, top), (left + size * 0.6, top + size),
                      (left + size, top), (left + size, top)], 3.5, accent)  # fmt: skip
    else:
        paper.frame(left, top, left + size, top + size, 2.2, accent)
        paper.disc(left + size / 2, top + size / 2, size * 0.3, accent)


def _column(desk: Desk, frame: Frame, lines: Sequence[str], style: Style, *, is_right: bool = False) -> float:
    top = frame.top
    for line in lines:
        if is_right:
            desk.paper.text_right(frame.right, top, line, style)
        else:
            top = desk.write(frame.below(top), line, style) - style.leading
        top += style.leading
    return top


def logo_left(big: float = 34) -> Part:
    """Logo and name left, the address in small type right."""

    def draw(desk: Desk, frame: Frame) -> float:
        logo(desk, frame.left, frame.top - 10, big)
        lines = sender_lines(desk, with_name=False)
        edge = frame.right - max(desk.small().wide(line) for line in lines) - 12
        name = Frame(frame.left + big + 10, frame.top + big / 2 - 2, edge)
        end = desk.write(name, desk.say("seller_name"), desk.big(1.5).coloured(desk.hand.accent))
        return max(end, frame.top + big, _column(desk, frame, lines, desk.small(), is_right=True))

    return draw


def name_left(*, with_vat: bool = True) -> Part:
    """The name in bold with the address below it, as word processors' templates have it."""

    def draw(desk: Desk, frame: Frame) -> float:
        top = desk.write(frame, desk.say("seller_name"), desk.big(1.25))
        return _column(desk, frame.below(top), sender_lines(desk, with_name=False, with_vat=with_vat), desk.hand.plain)

    return draw


def block_right(*, with_logo: bool = True) -> Part:
    """All about the sender in a narrow column at the right edge."""

    def draw(desk: Desk, frame: Frame) -> float:
        column = Frame(frame.right - max(150, frame.width * 0.3), frame.top, frame.right)
        if with_logo:
            logo(desk, column.left, frame.top - 12, 28)
            column = column.below(frame.top + 30)
        top = desk.write(column, desk.say("seller_name"), desk.hand.bold)
        return _column(desk, column.below(top), sender_lines(desk, with_name=False), desk.small(0.88))

    return draw


def centred(*, ruled: bool = True) -> Part:
    """Name, address and contacts centred over the whole width."""

    def draw(desk: Desk, frame: Frame) -> float:
        middle, paper = (frame.left + frame.right) / 2, desk.paper
        paper.text_centred(middle, frame.top, desk.say("seller_name"), desk.big(1.6))
        name, *others = ["", *sender_lines(desk, with_name=False)]
        top = frame.top + desk.hand.plain.leading * 1.4
        for line in (", ".join(others[:2]), " – ".join(others[2:])):
            paper.text_centred(middle, top, line + name, desk.small(0.9))
            top += desk.hand.plain.leading
        if ruled:
            paper.rule(frame.left, top - 4, frame.right, top - 4, 0.8, desk.hand.accent)
        return top + 8

    return draw


def band(height: float = 54) -> Part:
    """A coloured bar from edge to edge with the name and the title in white."""

    def draw(desk: Desk, frame: Frame) -> float:
        paper, white = desk.paper, grey(1)
        paper.area(0, 0, paper.width, height, desk.hand.accent)
        name = desk.big(1.35).coloured(white)
        paper.text(frame.left, height / 2 + 4, desk.say("seller_name"), name)
        paper.text_right(frame.right, height / 2 + 5, desk.words.title, desk.big(1.7).coloured(white))
        lines = sender_lines(desk, with_name=False)
        return desk.write(Frame(frame.left, height + 18, frame.right), " | ".join(lines), desk.small(0.85)) + 8

    return draw


def logo_only(size: float = 46, *, is_right: bool = False) -> Part:
    """A big logo and nothing else: who sends it stands elsewhere."""

    def draw(desk: Desk, frame: Frame) -> float:
        logo(desk, frame.right - size if is_right else frame.left, frame.top - 12, size)
        return frame.top + size

    return draw


def corner_strip() -> Part:
    """A strip of colour at the page's edge, the name upright in it and small beside the address."""

    def draw(desk: Desk, frame: Frame) -> float:
        paper = desk.paper
        paper.area(0, 0, 22, paper.height, desk.hand.accent)
        top = _column(desk, frame, sender_lines(desk), desk.small(0.9))
        return top + 4

    return draw


def window(*, underlined: bool = True) -> Part:
    """The one small line over the address window that tells the sender."""

    def draw(desk: Desk, frame: Frame) -> float:
        line = " · ".join((desk.say("seller_name"), *desk.address(desk.bill.seller)))
        style = desk.small(0.7)
        end = desk.write(frame, line, style)
        if underlined:
            desk.paper.rule(frame.left, end - style.leading + 2, frame.right, end - style.leading + 2, 0.3, grey(0.4))
        return end + 4

    return draw


def title(share: float = 1.8, *, is_right: bool = False, upper: bool = False, colour: Color | None = None) -> Part:
    """The kind of paper in large letters."""

    def draw(desk: Desk, frame: Frame) -> float:
        style = desk.big(share).coloured(colour or desk.hand.bold.colour)
        text = desk.words.title.upper() if upper else desk.words.title
        if is_right:
            desk.paper.text_right(frame.right, frame.top + style.size * 0.6, text, style)
        else:
            desk.paper.text(frame.left, frame.top + style.size * 0.6, text, style)
        return frame.top + style.leading + 6

    return draw


def title_with_number(share: float = 1.3, *, dated: bool = False) -> Part:
    """Title, number and perhaps the date in one line: the number has no label of its own."""

    def draw(desk: Desk, frame: Frame) -> float:
        style = desk.big(share)
        text = f"{desk.words.title} {desk.say('invoice_number')}"
        if dated:
            text = f"{text} / {desk.say('issue_date')}"
        return desk.write(frame.below(frame.top + style.size * 0.6), text, style) + 6

    return draw
