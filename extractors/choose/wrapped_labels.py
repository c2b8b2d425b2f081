"""Joins labels that a narrow column broke in two: "Customer's Purchase" over "Order:" means what both say together."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.choose.hits import Hit
from extractors.labels import Table, squeeze
from extractors.layout import Layout
from extractors.layout.lines import Segment, TextLine

_ALIGNED = 2.0  # points
_LEADING = 0.9  # of the height, between the two lines
_LONGEST = 32  # characters of one line
_WORDS = re.compile(r"[^\W\d_][^\d:]*:?")


def wrapped_labels(layout: Layout, table: Table) -> Mapping[Segment, tuple[Hit, ...]]:
    """The labels over two lines, at either of their texts: the value may stand beside each of them."""
    found: dict[Segment, tuple[Hit, ...]] = {}
    for above, line in zip(layout.lines, layout.lines[1:], strict=False):
        for upper in above.segments:
            if upper.text.endswith(":") or not _is_part(upper):
                continue
            for lower in line.segments:
                if _goes_on(upper, lower) and (_is_last(above, upper) or _is_last(line, lower)):
                    meanings = table.get(squeeze(f"{upper.text} {lower.text}"))
                    if meanings:
                        found[upper] = (Hit(meanings, upper, 0, len(upper.text)),)
                        found[lower] = (Hit(meanings, lower, 0, len(lower.text.rstrip(" :"))),)
    return found


def _is_last(line: TextLine, segment: Segment) -> bool:
    """Whether nothing stands beside it: of one label's two lines only one has a value."""
    return line.segments[-1] is segment


def _is_part(segment: Segment) -> bool:
    return len(segment.text) <= _LONGEST and _WORDS.fullmatch(segment.text) is not None


def _goes_on(upper: Segment, lower: Segment) -> bool:
    if upper.page != lower.page or abs(upper.box.x0 - lower.box.x0) > _ALIGNED or not _is_part(lower):
        return False
    return lower.box.top - upper.box.bottom <= _LEADING * upper.box.height
