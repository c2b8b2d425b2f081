"""Where the buyer stands: in the window, in a box, beside the delivery address, or in one line."""

from __future__ import annotations

from service.demo.documents.layouts.paper import grey
from service.demo.documents.makers.desk import Desk, Frame, Part, beside
from service.demo.documents.makers.letterheads import sender_lines


def buyer_lines(desk: Desk, *, with_vat: bool = False) -> list[str]:
    """Name, address and perhaps the buyer's tax number."""
    lines = [desk.say("buyer_name"), *desk.address(desk.bill.buyer)]
    if with_vat and desk.has("buyer_vat_id"):
        lines.append(f"{desk.words.labels['buyer_vat_id']}: {desk.say('buyer_vat_id')}")
    return lines


def _print(desk: Desk, frame: Frame, lines: list[str], *, bold_first: bool = False) -> float:
    top = frame.top
    for at, line in enumerate(lines):
        style = desk.hand.bold if bold_first and at == 0 else desk.hand.plain
        top = desk.write(frame.below(top), line, style)
    return top


def window_buyer(*, attention: bool = False, with_vat: bool = False) -> Part:
    """The buyer without any label, as in an envelope's window."""

    def draw(desk: Desk, frame: Frame) -> float:
        lines = buyer_lines(desk, with_vat=with_vat)
        if attention:
            lines.insert(1, desk.bill.clerk)
        return _print(desk, frame, lines) + 4

    return draw


def labelled_buyer(*, with_vat: bool = True, upper: bool = False, rule: bool = False) -> Part:
    """The buyer below its label."""

    def draw(desk: Desk, frame: Frame) -> float:
        label = desk.words.labels["bill_to"]
        style = desk.hand.bold.sized(desk.hand.bold.size * 0.88)
        desk.paper.text(frame.left, frame.top, label.upper() if upper else label, style.coloured(desk.hand.accent))
        top = frame.top + style.leading + 3
        if rule:
            desk.paper.rule(frame.left, frame.top + 4, frame.right, frame.top + 4, 0.6, desk.hand.accent)
        return _print(desk, frame.below(top), buyer_lines(desk, with_vat=with_vat), bold_first=True) + 4

    return draw


def ship_to() -> Part:
    """Where the goods went, below its label; nothing where they went to the buyer."""

    def draw(desk: Desk, frame: Frame) -> float:
        site = desk.bill.ship_to
        if site is None:
            return frame.top
        style = desk.hand.bold.sized(desk.hand.bold.size * 0.88)
        desk.paper.text(frame.left, frame.top, desk.words.labels["ship_to"], style.coloured(desk.hand.accent))
        lines = [site.name, *desk.address(site)]
        return _print(desk, frame.below(frame.top + style.leading + 3), lines, bold_first=True) + 4

    return draw


def boxed(part: Part, *, fill: float | None = None, pad: float = 7) -> Part:
    """A part in a box; ``fill`` tints it with a grey."""

    def draw(desk: Desk, frame: Frame) -> float:
        inner = Frame(frame.left + pad, frame.top + pad + desk.hand.plain.size * 0.8, frame.right - pad)
        if fill is None:
            bottom = part(desk, inner) - desk.hand.plain.leading + pad + 2
            desk.paper.frame(frame.left, frame.top, frame.right, bottom, 0.7)
            return bottom + desk.hand.plain.leading
        height = 7.2 * desk.hand.plain.leading
        desk.paper.area(frame.left, frame.top, frame.right, frame.top + height, grey(fill))
        return max(part(desk, inner), frame.top + height + desk.hand.plain.leading)

    return draw


def seller_box() -> Part:
    """The seller below its label, as countries want it where both stand side by side."""

    def draw(desk: Desk, frame: Frame) -> float:
        desk.paper.text(frame.left, frame.top, desk.words.labels["seller"], desk.hand.bold.coloured(desk.hand.accent))
        return _print(desk, frame.below(frame.top + desk.hand.plain.leading + 2), sender_lines(desk), bold_first=True)

    return draw


def both_boxed() -> Part:
    """Seller and buyer in two boxes side by side."""
    return beside(boxed(seller_box()), boxed(labelled_buyer()), 0.5)


def inline_buyer() -> Part:
    """The buyer in one line behind its label."""

    def draw(desk: Desk, frame: Frame) -> float:
        label = f"{desk.words.labels['bill_to']}:"
        desk.paper.text(frame.left, frame.top, label, desk.hand.bold)
        shift = desk.hand.bold.wide(label) + 8
        inner = Frame(frame.left + shift, frame.top, frame.right)
        return desk.write(inner, ", ".join(buyer_lines(desk)), desk.hand.plain) + 4

    return draw
