"""From words to lines, blocks and tables; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.blocks import Block, blocks_of
from extractors.layout.entries import with_entries
from extractors.layout.furniture import furniture_of
from extractors.layout.lines import Segment, TextLine, page_lines
from extractors.layout.marks import with_marks
from service.domain.documents import Page


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's pages with their lines and blocks; ``lines[n].number == n``. ``furniture`` are the numbers of
    running heads and feet.
    """

    pages: tuple[Page, ...]
    lines: tuple[TextLine, ...]
    blocks: tuple[Block, ...]
    furniture: frozenset[int] = frozenset()

    def segments(self) -> tuple[Segment, ...]:
        """All segments, line by line, from left to right."""
        return tuple(segment for line in self.lines for segment in line.segments)


def lay_out(pages: Sequence[Page]) -> Layout:
    """The layout of a document's pages, what was entered into a form's fields among their text."""
    return _lay_out([with_entries(page) for page in pages])


def lay_out_form(layout: Layout) -> Layout:
    """The layout again with the tick boxes as marks between its texts instead of words."""
    return _lay_out([with_marks(page) for page in layout.pages])


def _lay_out(pages: Sequence[Page]) -> Layout:
    lines: list[TextLine] = []
    for page in pages:
        lines.extend(page_lines(page, len(lines)))
    return Layout(tuple(pages), tuple(lines), blocks_of(lines), furniture_of(pages, lines))
