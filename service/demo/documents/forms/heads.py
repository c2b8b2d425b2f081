"""How forms begin in other ways: centred, with a barcode, with a logo, as a portal's print, or with hardly anything."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from service.demo.documents.content import street_and_town
from service.demo.documents.forms.blocks import Plain
from service.demo.documents.forms.sheet import Sheet
from service.demo.documents.layouts.paper import brand, grey, wrapped


def number_name(sheet: Sheet) -> str:
    """The field of the form's own number."""
    return "claim_number" if sheet.content.claim else "return_number"


@dataclass(frozen=True, slots=True)
class CentredHead(Plain):
    """Firm and title in the middle, between two rules."""

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, recipient = sheet.paper, sheet.look, sheet.content.recipient
        middle = (look.left + look.right) / 2
        paper.text_centred(middle, top, recipient.name, look.heading)
        paper.text_centred(middle, top + 12, ", ".join(street_and_town(recipient)), look.text.sized(8))
        paper.rule(look.left, top + 18, look.right, top + 18, 0.8, look.line)
        title = sheet.words.titles[sheet.content.kind].upper()
        paper.text_centred(middle, top + 26 + look.title.size * 0.6, title, look.title)
        paper.rule(look.left, top + 32 + look.title.size, look.right, top + 32 + look.title.size, 0.8, look.line)
        return top + 50 + look.title.size


@dataclass(frozen=True, slots=True)
class LogoHead(Plain):
    """A drawn mark with the title beside it; the firm's address small at the right."""

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, recipient = sheet.paper, sheet.look, sheet.content.recipient
        colour = brand(recipient.name)
        paper.disc(look.left + 15, top + 8, 15, colour)
        paper.area(look.left + 11, top - 2, look.left + 19, top + 18, grey(1))
        paper.text(look.left + 40, top + 14, sheet.words.titles[sheet.content.kind], look.title)
        small = look.text.sized(7.5)
        lines = [recipient.name, *street_and_town(recipient), recipient.email or ""]
        for at, line in enumerate(lines):
            paper.text_right(look.right, top - 4 + at * 10, line, small)
        return top + 52


@dataclass(frozen=True, slots=True)
class BarcodeHead:
    """The title with the form's number as a barcode and in letters below it."""

    @property
    def names(self) -> tuple[str, ...]:
        """The number, of a return or a claim."""
        return ("return_number", "claim_number")

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, name = sheet.paper, sheet.look, number_name(sheet)
        paper.text(look.left, top + 6, sheet.words.titles[sheet.content.kind], look.title)
        paper.text(look.left, top + 24, sheet.content.recipient.name, look.text)
        number = sheet.value(name)
        if number:
            paper.barcode(look.right - 150, top - 10, number, 28)
        label = f"{sheet.words.labels[name]} {number}".strip()
        paper.text_right(look.right, top + 30, label, look.label)
        return top + 52


@dataclass(frozen=True, slots=True)
class NumberedTitle:
    """Title and number in one line, as a web shop's portal prints; a state that is no field beside it."""

    @property
    def names(self) -> tuple[str, ...]:
        """The number, of a return or a claim."""
        return ("return_number", "claim_number")

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look = sheet.paper, sheet.look
        paper.text(look.left, top, sheet.content.recipient.name, look.text)
        title, number = sheet.words.titles[sheet.content.kind], sheet.value(number_name(sheet))
        text = f"{title} #{number}" if number else title
        paper.text(look.left, top + 12 + look.title.size, text, look.title)
        paper.rule(look.left, top + 22 + look.title.size, look.right, top + 22 + look.title.size, 2, look.accent)
        return top + 40 + look.title.size


@dataclass(frozen=True, slots=True)
class OfficeUse(Plain):
    """A box for the firm's own notes, with a clerk's scribble in it."""

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look = sheet.paper, sheet.look
        paper.area(look.left, top, look.right, top + 34, grey(0.95))
        paper.frame(look.left, top, look.right, top + 34, 0.6, look.line)
        chance = Random(sheet.content.customer.name)  # noqa: S311 - a drawing
        x = look.left + 30 + chance.uniform(0, 200)
        points = [(x + at * 5, top + 17 + chance.uniform(-9, 9)) for at in range(12)]
        paper.stroke([points[0], *points, points[-1]], 1.0, grey(0.25))
        return top + 46


@dataclass(frozen=True, slots=True)
class SmallPrint(Plain):
    """A sentence in tiny letters."""

    text: str

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look = sheet.look
        style = look.text.sized(6.5)
        lines = wrapped(sheet.words.texts[self.text], style, look.right - look.left)
        return sheet.paper.lines(look.left, top + 8, lines, style) + 6
