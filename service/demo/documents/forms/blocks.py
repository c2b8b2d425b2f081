"""What forms are made of: a title, groups of fields, tick boxes, tables of articles, a line to sign on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from service.demo.documents.content import street_and_town
from service.demo.documents.forms.content import printed_cell
from service.demo.documents.forms.marks import Choice, Tick, print_choice
from service.demo.documents.forms.sheet import INK, Sheet, spread
from service.demo.documents.layouts.paper import Style, brand, grey, wrapped

_LONGEST_SIGNATURE = 16  # letters
_LONG = frozenset({"fault_description"})
_FIGURES = frozenset({"quantity", "unit_price", "line_total"})


class Place(StrEnum):
    """Where a field's label stands."""

    LEFT = "left"  # the value behind it on a dotted line
    BARE = "bare"  # the value behind it, no line
    ABOVE = "above"
    INSIDE = "inside"  # in the corner of a box
    TYPED = "typed"  # left of a form field


@dataclass(frozen=True, slots=True)
class Plain:
    """A block without fields of the contract."""

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Masthead(Plain):
    """The recipient and the form's title; ``side`` says where the title stands: left, right or bar."""

    side: str = "left"

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, recipient = sheet.paper, sheet.look, sheet.content.recipient
        title = sheet.words.titles[sheet.content.kind]
        sender = " · ".join((recipient.name, *street_and_town(recipient)))
        if self.side == "bar":
            colour = brand(recipient.name)
            paper.area(look.left, top - 4, look.right, top + 26, colour)
            paper.text(look.left + 8, top + 17, title, look.title.coloured(grey(1)))
            paper.text_right(look.right - 8, top + 16, recipient.name, look.heading.coloured(grey(1)))
            paper.text(look.left, top + 39, sender, look.text.sized(7))
            return top + 56
        if self.side == "right":
            paper.text(look.left, top + 6, recipient.name, look.heading.sized(13))
            lines = [*street_and_town(recipient), recipient.email or ""]
            paper.lines(look.left, top + 20, lines, look.text.sized(8))
            paper.text_right(look.right, top + 8, title, look.title)
            return top + 62
        paper.text(look.left, top + 8, title, look.title)
        paper.text(look.left, top + 23, sender, look.text.sized(7.5))
        paper.rule(look.left, top + 31, look.right, top + 31, 1.2, look.line)
        return top + 50


@dataclass(frozen=True, slots=True)
class Heading(Plain):
    """The title of a group; ``bar`` prints it on a tinted strip."""

    text: str
    bar: bool = False

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look = sheet.look
        top += look.gap * 0.6
        if self.bar:
            sheet.paper.area(look.left, top - 4, look.right, top + look.heading.leading + 1, look.accent)
        indent = 5 if self.bar else 0
        sheet.paper.text(look.left + indent, top + look.heading.size, sheet.words.texts[self.text], look.heading)
        return top + look.heading.leading + 8


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled fields in so many columns; ``split`` is the share of a column that the label takes."""

    names: tuple[str, ...]
    place: Place
    count: int = 2
    split: float = 0.36

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them row by row."""
        look = sheet.look
        gutter = 0 if self.place is Place.INSIDE else 14
        width = (look.right - look.left + gutter) / self.count
        for row in spread(self.names, self.count):
            lines = max(len(self._lines(sheet, name, width - gutter)) for name in row)
            for at, name in enumerate(row):
                self._field(sheet, look.left + at * width, top, width - gutter, name, lines)
            top += self._height(sheet, lines)
        return top + look.gap * 0.4

    def _lines(self, sheet: Sheet, name: str, width: float) -> list[str]:
        if self.place is Place.TYPED and name not in _LONG:
            return [sheet.value(name)]
        room = width - 8 if self.place in (Place.ABOVE, Place.INSIDE) else width * (1 - self.split) - 4
        return wrapped(sheet.value(name), sheet.look.written, room)

    def _height(self, sheet: Sheet, lines: int) -> float:
        look = sheet.look
        written = lines * look.written.leading
        if self.place in (Place.ABOVE, Place.INSIDE):
            return look.label.leading + written + (5 if self.place is Place.INSIDE else 9)
        return written + (12 if self.place is Place.TYPED else 6)

    def _field(self, sheet: Sheet, x: float, top: float, width: float, name: str, lines: int) -> None:
        paper, look = sheet.paper, sheet.look
        label, texts = sheet.words.labels[name], self._lines(sheet, name, width)
        if self.place is Place.INSIDE:
            paper.frame(x, top, x + width, top + self._height(sheet, lines), 0.6, look.line)
            paper.text(x + 4, top + look.label.leading, label, look.label)
            paper.lines(x + 5, top + look.label.leading + look.written.leading, texts, look.written)
            return
        if self.place is Place.ABOVE:
            paper.text(x, top + look.label.size, label, look.label)
            below = top + look.label.leading + look.written.leading * 0.85
            paper.lines(x + 2, below, texts, look.written)
            paper.rule(x, below + 4 + (lines - 1) * look.written.leading, x + width,
                       below + 4 + (lines - 1) * look.written.leading, 0.4, look.line)  # fmt: skip
            return
        self._beside(sheet, x, top, width, name, texts)

    def _beside(self, sheet: Sheet, x: float, top: float, width: float, name: str, texts: list[str]) -> None:
        paper, look = sheet.paper, sheet.look
        label = sheet.asked(name)
        middle, baseline = max(x + width * self.split, x + look.label.wide(label) + 3), top + look.written.size
        paper.text(x, baseline, label, look.label)
        if self.place is Place.TYPED:
            height = len(texts) * look.written.leading + (5 if name not in _LONG else 12)
            paper.text_field(name, middle, top - 3, x + width - middle, height, "\n".join(texts))
            return
        paper.lines(middle + 3, baseline, texts, look.written)
        if self.place is Place.LEFT:
            for at in range(len(texts)):
                under = baseline + at * look.written.leading + 2.5
                paper.dots(middle, x + width, under, look.line)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick for what the customer wants (requested_resolution) or for why goods come back (reason)."""

    field: str
    tick: Tick
    count: int = 4
    labelled: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The resolution is a header field."""
        return ("requested_resolution",) if self.field == "requested_resolution" else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The reason belongs to the lines."""
        return ("reason",) if self.field == "reason" else ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them row by row."""
        look = sheet.look
        left = look.left
        if self.labelled and self.names:
            label = sheet.asked("requested_resolution")
            sheet.paper.text(left, top + look.text.size, label, look.label)
            left += max(92.0, look.label.wide(label) + 14)
        choices = self._choices(sheet)
        width = (look.right - left) / self.count
        for start in range(0, len(choices), self.count):
            for at, choice in enumerate(choices[start : start + self.count]):
                print_choice(sheet, left + at * width, top + look.text.size, choice, self.tick)
            top += look.text.leading + 4
        return top + look.gap * 0.6

    def _choices(self, sheet: Sheet) -> list[Choice]:
        content, words = sheet.content, sheet.words
        if self.field == "reason":
            return [Choice(f"reason_{key}", text, key is content.reason) for key, text in words.reasons.items()]
        return [Choice(f"resolution_{key}", text, key is content.resolution) for key, text in words.resolutions.items()]


@dataclass(frozen=True, slots=True)
class Articles:
    """The table of articles; ``widths`` by field name in shares of the table, ``rows`` are drawn at least."""

    widths: Mapping[str, float]
    rows: int = 4
    has_grid: bool = True
    stripes: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return tuple(self.widths)

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look = sheet.look
        edges = self._edges(look.left, look.right)
        head = top
        top = self._row(sheet, top, edges, {name: sheet.words.columns[name] for name in self.widths}, is_head=True)
        for position in range(max(self.rows, len(sheet.content.lines))):
            texts: dict[str, str] = {}
            if position < len(sheet.content.lines):
                line = sheet.content.lines[position]
                texts = {name: printed_cell(sheet.words, line, name) for name in self.widths}
            if self.stripes and position % 2 == 0:
                sheet.paper.area(
                    look.left, top, look.right, top + self._height(edges, texts, look.written), look.accent
                )
            top = self._row(sheet, top, edges, texts, is_head=False)
        if self.has_grid:
            for x in (look.left, *(right for _, right in edges.values())):
                sheet.paper.rule(x, head, x, top, 0.5, look.line)
        return top + look.gap

    def _edges(self, left: float, right: float) -> dict[str, tuple[float, float]]:
        unit = (right - left) / sum(self.widths.values())
        edges: dict[str, tuple[float, float]] = {}
        for name, share in self.widths.items():
            edges[name] = (left, left + share * unit)
            left += share * unit
        return edges

    def _height(self, edges: Mapping[str, tuple[float, float]], texts: Mapping[str, str], style: Style) -> float:
        counts = [len(wrapped(text, style, edges[name][1] - edges[name][0] - 6)) for name, text in texts.items()]
        return max(counts, default=1) * style.leading + 6

    def _row(
        self,
        sheet: Sheet,
        top: float,
        edges: Mapping[str, tuple[float, float]],
        texts: Mapping[str, str],
        *,
        is_head: bool,
    ) -> float:
        paper, look = sheet.paper, sheet.look
        style = look.label if is_head else look.written
        bottom = top + self._height(edges, texts, style)
        if is_head and self.has_grid:
            paper.area(look.left, top, look.right, bottom, look.accent)
            paper.rule(look.left, top, look.right, top, 0.5, look.line)
        for name, text in texts.items():
            left, right = edges[name]
            baseline = top + style.leading
            for line in wrapped(text, style, right - left - 6):
                if name in _FIGURES:
                    paper.text_right(right - 3, baseline, line, style)
                else:
                    paper.text(left + 3, baseline, line, style)
                baseline += style.leading
        if self.has_grid or is_head:
            paper.rule(look.left, bottom, look.right, bottom, 0.5, look.line)
        return bottom


@dataclass(frozen=True, slots=True)
class Prose(Plain):
    """A sentence that is printed on the form."""

    text: str

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look = sheet.look
        lines = wrapped(sheet.words.texts[self.text], look.text, look.right - look.left)
        return sheet.paper.lines(look.left, top + look.text.size, lines, look.text) + look.gap * 0.6


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the customer signs; ``is_boxed`` puts it into a box. A signature is drawn where the form is signed."""

    is_boxed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The signature."""
        return ("signature_present",)

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look = sheet.paper, sheet.look
        left, right = (look.left + look.right) / 2 + 10, look.right
        line = top + 42
        if self.is_boxed:
            paper.frame(left, top, right, line + 6, 0.6, look.line)
            paper.text(left + 4, top + look.label.leading, sheet.words.texts["signature"], look.label)
        else:
            paper.rule(left, line, right, line, 0.5, look.line)
            paper.text(left, line + look.label.leading, sheet.words.texts["signature"], look.label)
        if sheet.content.is_signed:
            sign(sheet, left + 18, line - 8)
        return line + 24


def sign(sheet: Sheet, x: float, top: float) -> None:
    """Draws the customer's signature: always the same one for a name."""
    name = sheet.content.customer.name
    rng = Random(name)  # noqa: S311 - a drawing, nothing secret
    points = [(x, top)]
    for letter in name[:_LONGEST_SIGNATURE]:
        tall = 20 if letter.isupper() else rng.choice((5, 6, 8, 14))
        points += [(x + 3, top - tall + rng.uniform(-2, 2)), (x + 5, top + rng.uniform(-1, 4)), (x + 6.5, top - 3)]
        x += 12 if letter == " " else 6.5
    points += [(x + 14, top - 6), (x - 30, top + 7), (x + 25, top + 4)]
    sheet.paper.stroke(points, 1.0, INK)
