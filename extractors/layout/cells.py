"""The drawn cell that a text stands in: the nearest ruling line on each of its four sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.documents import Ruling
from service.domain.geometry import Box

_SLACK = 2.0  # points that a text may reach over its cell's edge
_SAME = 1.5  # points between edges that are one


@dataclass(frozen=True, eq=False)
class Cells:
    """The ruling lines of one page, asked for cells."""

    rulings: Sequence[Ruling]

    @cached_property
    def level(self) -> tuple[Box, ...]:
        """The horizontal lines."""
        return tuple(r.box for r in self.rulings if r.box.width >= r.box.height)

    @cached_property
    def upright(self) -> tuple[Box, ...]:
        """The vertical lines."""
        return tuple(r.box for r in self.rulings if r.box.width < r.box.height)

    def around(self, box: Box) -> Box | None:
        """The cell that holds ``box``, None where one of its sides is open."""
        x, y = box.x_mid, box.y_mid
        left = [r.x_mid for r in self.upright if _spans(r.top, r.bottom, y) and r.x_mid <= box.x0 + _SLACK]
        right = [r.x_mid for r in self.upright if _spans(r.top, r.bottom, y) and r.x_mid >= box.x1 - _SLACK]
        above = [r.y_mid for r in self.level if _spans(r.x0, r.x1, x) and r.y_mid <= box.top + _SLACK]
        below = [r.y_mid for r in self.level if _spans(r.x0, r.x1, x) and r.y_mid >= box.bottom - _SLACK]
        if not (left and right and above and below):
            return None
        return Box(max(left), max(above), max(max(left), min(right)), max(max(above), min(below)))

    def parted(self, upper: Box, lower: Box) -> bool:
        """Whether a horizontal line runs between two texts."""
        x = max(upper.x0, lower.x0)
        return any(
            upper.y_mid < r.y_mid < lower.y_mid and r.x0 - _SLACK <= x + _SLACK and r.x1 >= x for r in self.level
        )


def _spans(start: float, end: float, at: float) -> bool:
    return start - _SAME <= at <= end + _SAME


def holds(cell: Box, box: Box) -> bool:
    """Whether the middle of ``box`` lies in ``cell``."""
    return cell.x0 <= box.x_mid <= cell.x1 and cell.top <= box.y_mid <= cell.bottom
