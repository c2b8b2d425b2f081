"""Columns of an item table: what stands in them, how wide they are, and to which side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.demo.documents.content import DocumentContent, Item
from service.demo.documents.layouts.paper import Paper, Style
from service.demo.documents.wording import Wording


@dataclass(frozen=True, slots=True)
class Slot:
    """A column before it is placed; ``width`` in points, 0 takes what the others leave. Figures stand at the right
    edge, text at the left. ``value`` gets the item's position (from 1).
    """

    title: str
    width: float
    figures: bool
    value: Callable[[int, Item], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A placed column from ``left`` to ``right`` (points)."""

    slot: Slot
    left: float
    right: float

    def print(self, paper: Paper, top: float, text: str, style: Style, padding: float = 0) -> None:
        """One line of text in it, ``padding`` points from the edge that it stands at."""
        if self.slot.figures:
            paper.text_right(self.right - padding, top, text, style)
        else:
            paper.text(self.left + padding, top, text, style)


def placed(slots: Sequence[Slot], left: float, right: float) -> tuple[Column, ...]:
    """The slots from left to right."""
    spare = right - left - sum(slot.width for slot in slots)
    columns: list[Column] = []
    for slot in slots:
        end = left + (slot.width or spare)
        columns.append(Column(slot, left, end))
        left = end
    return tuple(columns)


def figure_slots(content: DocumentContent, words: Wording, widths: Sequence[float]) -> tuple[Slot, ...]:
    """Quantity, unit, unit price, discount (where there is one), tax rate and amount, in these widths."""
    quantity, unit, price, discount, tax, amount = widths
    reductions = (Slot(words.discount, discount, True, lambda _, item: _rate(words, item)),)
    return (
        Slot(words.quantity, quantity, True, lambda _, item: words.number(item.quantity)),
        Slot(words.unit, unit, False, lambda _, item: words.units[item.unit]),
        Slot(words.unit_price, price, True, lambda _, item: words.number(item.unit_price)),
        *(reductions if content.has_discounts else ()),
        Slot(words.tax_rate, tax, True, lambda _, item: words.number(item.tax_rate)),
        Slot(words.amount, amount, True, lambda _, item: words.number(item.total)),
    )


def _rate(words: Wording, item: Item) -> str:
    return words.number(item.discount_percent) if item.discount_percent else ""
