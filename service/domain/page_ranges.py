"""Which pages of a file each of its documents takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PageRange:
    """Pages ``first`` to ``last`` of a file, 1-based, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def page_ranges(beginnings: Sequence[int], pages: int) -> tuple[PageRange, ...]:
    """The documents of a file of so many ``pages`` in which others than the first begin at ``beginnings``."""
    starts = (1, *beginnings)
    return tuple(PageRange(start, end - 1) for start, end in zip(starts, (*beginnings, pages + 1), strict=True))
