"""Segments to blocks: what stands beneath one another, as addresses and notes do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.lines import Segment, TextLine
from service.domain.geometry import Box, union_of

_LARGEST_LEADING = 0.85  # of the height, between the bottom of one line and the top of the next
_ALIGNED = 3.0  # points
_SIZES_ALIKE = 1.45


@dataclass(frozen=True, slots=True)
class Block:
    """Segments beneath one another on one page."""

    segments: tuple[Segment, ...]
    box: Box

    @property
    def page(self) -> int:
        """1-based."""
        return self.segments[0].page

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(segment.text for segment in self.segments)


def blocks_of(lines: Sequence[TextLine]) -> tuple[Block, ...]:
    """All blocks of the lines, in the order of their first segments."""
    stacks: list[list[Segment]] = []
    for line in lines:
        for segment in line.segments:
            stack = next((s for s in reversed(stacks[-40:]) if _continues(s[-1], segment)), None)
            if stack is None:
                stacks.append([segment])
            else:
                stack.append(segment)
    return tuple(Block(tuple(stack), union_of(s.box for s in stack)) for stack in stacks)


def _continues(above: Segment, below: Segment) -> bool:
    if above.page != below.page or above.line >= below.line:
        return False
    height = min(above.box.height, below.box.height)
    if not -0.5 * height <= below.box.top - above.box.bottom <= _LARGEST_LEADING * height:
        return False
    if max(above.size, below.size) > _SIZES_ALIKE * min(above.size, below.size):
        return False
    return _aligned(above.box, below.box)


def _aligned(a: Box, b: Box) -> bool:
    edges = (abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x_mid - b.x_mid))
    return min(edges) <= _ALIGNED and a.x_overlap(b) > 0
