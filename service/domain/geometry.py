"""Boxes on a page: points, origin at the top left, y growing downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in points; ``x0 <= x1`` and ``top <= bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if self.x0 > self.x1 or self.top > self.bottom:
            raise ValueError(f"not a box: {self.x0}, {self.top}, {self.x1}, {self.bottom}")

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def x_mid(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2

    @property
    def y_mid(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    def x_overlap(self, other: Box) -> float:
        """Length of the common horizontal stretch in points, 0 where there is none."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def y_overlap(self, other: Box) -> float:
        """Length of the common vertical stretch in points, 0 where there is none."""
        return max(0.0, min(self.bottom, other.bottom) - max(self.top, other.top))

    def shares_of(self, width: float, height: float) -> tuple[float, float, float, float]:
        """The box as shares 0..1 of a page of ``width`` × ``height`` points, cut at the page's edge."""

        def share(value: float, whole: float) -> float:
            return round(min(1.0, max(0.0, value / whole)), 5) if whole else 0.0

        return (
            share(self.x0, width),
            share(self.top, height),
            share(self.x1, width),
            share(self.bottom, height),
        )


def union_of(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes``; ValueError where there are none."""
    found = tuple(boxes)
    if not found:
        raise ValueError("no boxes to join")
    return Box(
        min(b.x0 for b in found),
        min(b.top for b in found),
        max(b.x1 for b in found),
        max(b.bottom for b in found),
    )
