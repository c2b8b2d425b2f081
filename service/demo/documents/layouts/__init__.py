"""The ways in which a paper can look, each in its own module, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from service.demo.documents.content import DocumentContent
from service.demo.documents.layouts import din_letter, ledger_sheet, open_page

Layout = Callable[[DocumentContent], bytes]

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "din_letter": din_letter.draw,
        "open_page": open_page.draw,
        "ledger_sheet": ledger_sheet.draw,
    }
)


def render(content: DocumentContent, layout: str) -> bytes:
    """The content as a PDF in that layout, the same bytes each time; KeyError for an unknown layout."""
    return LAYOUTS[layout](content)
