"""The ways in which an invoice can look, each in its own module, by name.

Layouts of the ``MEASURING`` set are kept from whoever builds and tunes the reading: they stand for the papers of
suppliers that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts import (
    big_figure,
    boxed_form,
    cover_and_annex,
    din_letter,
    footer_only,
    ledger_sheet,
    narrow_slip,
    open_page,
    side_letterhead,
    total_band,
    typewriter,
    us_letter,
)
from service.demo.documents.layouts.blocks import words_of
from service.demo.documents.wording import Wording


class LayoutSet(StrEnum):
    """What a layout may be used for: building and tuning, or measuring alone."""

    FITTING = "fitting"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a content. ``omits`` are the lines' fields that it doesn't print, ``manner`` its choice of
    words.
    """

    draw: Callable[[DocumentContent], bytes]
    omits: frozenset[str]
    set: LayoutSet
    manner: int = 0

    def words(self, content: DocumentContent) -> Wording:
        """The words in which it prints a content."""
        return words_of(content, self.manner)


_NUMBERLESS = frozenset({"line_number"})
_ALL: frozenset[str] = frozenset()
_FIT, _MEASURE = LayoutSet.FITTING, LayoutSet.MEASURING

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "din_letter": Layout(din_letter.draw, _ALL, _FIT),
        "open_page": Layout(open_page.draw, _NUMBERLESS, _FIT),
        "ledger_sheet": Layout(ledger_sheet.draw, _ALL, _FIT),
        "boxed_form": Layout(boxed_form.draw, _NUMBERLESS, _FIT, boxed_form.MANNER),
        "us_letter": Layout(us_letter.draw, _NUMBERLESS | {"tax_rate"}, _FIT, us_letter.MANNER),
        "footer_only": Layout(footer_only.draw, _ALL, _FIT, footer_only.MANNER),
        "typewriter": Layout(typewriter.draw, _ALL, _FIT, typewriter.MANNER),
        "side_letterhead": Layout(side_letterhead.draw, _NUMBERLESS, _MEASURE, side_letterhead.MANNER),
        "total_band": Layout(total_band.draw, _ALL, _MEASURE, total_band.MANNER),
        "narrow_slip": Layout(narrow_slip.draw, _ALL, _MEASURE, narrow_slip.MANNER),
        "big_figure": Layout(big_figure.draw, _NUMBERLESS, _MEASURE, big_figure.MANNER),
        "cover_and_annex": Layout(cover_and_annex.draw, _ALL, _MEASURE, cover_and_annex.MANNER),
    }
)


def render(content: DocumentContent, layout: str) -> bytes:
    """The content as a PDF in that layout, the same bytes each time; KeyError for an unknown layout."""
    return LAYOUTS[layout].draw(content)
