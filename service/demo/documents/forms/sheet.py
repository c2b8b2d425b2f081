"""How a form looks: its typefaces, edges and colours; and the blocks that it is made of, one below another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4

from service.demo.documents.forms.content import FormContent, printed_value
from service.demo.documents.layouts.paper import Paper, Style, grey, printed
from service.demo.documents.wording.form_words import FormWording, form_wording, mixed_wording
from service.domain.fields import ClaimLineType

INK = Color(0.05, 0.12, 0.45)


@dataclass(frozen=True, slots=True)
class FormLook:
    """A form's looks; ``written`` is how it is filled in, ``left`` and ``right`` its edges in points."""

    title: Style
    heading: Style
    label: Style
    written: Style
    text: Style
    left: float
    right: float
    top: float
    size: tuple[float, float] = A4
    line: Color = grey(0.3)
    accent: Color = grey(0.85)
    gap: float = 10.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form while it is printed."""

    paper: Paper
    content: FormContent
    words: FormWording
    look: FormLook

    def value(self, name: str) -> str:
        """What is written for a header field."""
        return printed_value(self.content, self.words, name)

    def asked(self, name: str) -> str:
        """A header field's label with a colon, where it is no question."""
        label = self.words.labels[name]
        return label if label.endswith("?") else f"{label}:"


class Block(Protocol):
    """A part of a form. ``names`` are the header fields that it prints, ``columns`` the lines' fields."""

    @property
    def names(self) -> tuple[str, ...]:
        """Header fields of the contract that it has a place for."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Line fields of the contract that it has a place for."""

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it; where the next block may stand."""


@dataclass(frozen=True, slots=True)
class FormDesign:
    """A form before it is filled: looks, blocks, and which manner of wording it uses; None mixes all."""

    look: FormLook
    blocks: tuple[Block, ...]
    manner: int | None = 0
    has_reason_column: bool = False

    def draw(self, content: FormContent) -> bytes:
        """The filled form as a PDF, the same bytes each time."""
        words = self.words(content)
        content = self.shown(content)

        def fill(paper: Paper) -> None:
            sheet = Sheet(paper, content, words, self.look)
            top = self.look.top
            for block in self.blocks:
                top = block.print(sheet, top)

        return printed(words.titles[content.kind], content.recipient.name, fill, self.look.size)

    def words(self, content: FormContent) -> FormWording:
        """The words in which it asks: always the same ones, or without a manner any, the same for a content."""
        if self.manner is not None:
            return form_wording(content.language, self.manner)
        chance = Random(f"{content.customer.name}/{content.sale_order}/{content.filed_on}")  # noqa: S311 - reproducible
        return mixed_wording(content.language, chance)

    def shown(self, content: FormContent) -> FormContent:
        """The content without lines of mere costs where it has no column for amounts."""
        if any("line_total" in block.columns for block in self.blocks):
            return content
        goods = tuple(line for line in content.lines if line.line_type in (None, ClaimLineType.PRODUCT))
        return replace(content, lines=goods)

    @property
    def names(self) -> tuple[str, ...]:
        """All header fields that it prints."""
        return tuple(name for block in self.blocks for name in block.names)

    def columns(self, content: FormContent) -> tuple[str, ...]:
        """All line fields that it prints of a content: ticked once for the whole form, a reason needs to be one."""
        names = [name for block in self.blocks for name in block.columns]
        if content.reason is None and not self.has_reason_column:
            names = [name for name in names if name != "reason"]
        return tuple(names)


def spread(names: Sequence[str], columns: int) -> list[Sequence[str]]:
    """Names in rows of so many."""
    return [names[start : start + columns] for start in range(0, len(names), columns)]
