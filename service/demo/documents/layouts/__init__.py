"""The ways in which a paper can look, each in its own module, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts import din_letter, ledger_sheet, open_page


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a content; ``numbers_lines`` tells whether it prints the items' positions."""

    draw: Callable[[DocumentContent], bytes]
    numbers_lines: bool


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "din_letter": Layout(din_letter.draw, numbers_lines=True),
        "open_page": Layout(open_page.draw, numbers_lines=False),
        "ledger_sheet": Layout(ledger_sheet.draw, numbers_lines=True),
    }
)


def render(content: DocumentContent, layout: str) -> bytes:
    """The content as a PDF in that layout, the same bytes each time; KeyError for an unknown layout."""
    return LAYOUTS[layout].draw(content)
