"""From the straightened picture of a page back to the page as it is shown: upright, as askew as it came."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.documents import PageSize
from service.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Placement:
    """An affine map in points: x' = a·x + b·y + c, y' = d·x + e·y + f, onto the shown page of ``size``."""

    matrix: tuple[float, float, float, float, float, float]
    size: PageSize

    def box(self, box: Box) -> Box:
        """The upright rectangle around where ``box`` stands on the shown page."""
        a, b, c, d, e, f = self.matrix
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        across = [a * x + b * y + c for x, y in corners]
        down = [d * x + e * y + f for x, y in corners]
        return Box(*(round(edge, 2) for edge in (min(across), min(down), max(across), max(down))))
