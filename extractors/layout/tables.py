"""Puts the text of a table's lines into its columns, by where it stands under the header."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.lines import Segment
from service.domain.geometry import Box

_SPACE = 0.42  # of the height, between the groups of one number
_THOUSANDS, _HUNDREDS = re.compile(r"[-−–(+]*\d{1,3}"), re.compile(r"\d{3}(?:[.,]\d+)?[-−–)]*")
_EDGE = 2.5  # points within which a word begins or ends where a column's header does


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its header may mean (best first), and the header's box."""

    names: tuple[str, ...]
    box: Box
    header: str

    def means(self, name: str) -> bool:
        """Whether its header's first meaning is ``name``."""
        return bool(self.names) and self.names[0] == name


def pieces_of(segment: Segment, columns: Sequence[Column]) -> tuple[Segment, ...]:
    """The segment, cut where a word begins or a figure ends exactly as another column's header does."""
    cuts = [0]
    for index in range(1, len(segment.words)):
        before, word = segment.words[index - 1].box, segment.words[index].box
        if _is_one_number(segment, index):
            continue
        if any(_begins(column.box, before, word) or _ends(column.box, before, word) for column in columns):
            cuts.append(index)
    cuts.append(len(segment.words))
    if len(cuts) == 2:
        return (segment,)
    return tuple(segment.part(a, b) for a, b in itertools.pairwise(cuts))


def _is_one_number(segment: Segment, index: int) -> bool:
    """Whether a word goes on with the number before it, whose thousands a space parts."""
    before, word = segment.words[index - 1], segment.words[index]
    near = word.box.x0 - before.box.x1 < _SPACE * word.box.height
    return near and bool(_THOUSANDS.fullmatch(before.text) and _HUNDREDS.fullmatch(word.text))


def _begins(column: Box, before: Box, word: Box) -> bool:
    return abs(word.x0 - column.x0) <= _EDGE and before.x0 < column.x0 - _EDGE


def _ends(column: Box, before: Box, word: Box) -> bool:
    return abs(word.x1 - column.x1) <= _EDGE and before.x1 < column.x0 - _EDGE


def column_of(box: Box, columns: Sequence[Column], *, figure: bool) -> int:
    """The position of the column that a piece of text stands in; ``figure`` where it is a number."""
    over = [i for i, column in enumerate(columns) if box.x_overlap(column.box) > 0]
    if len(over) == 1:
        return over[0]
    if over:
        described = [columns[i].means("description") == figure for i in range(len(columns))]
        return min(over, key=lambda i: (_offset(box, columns[i].box, figure=figure), described[i]))
    return _nearest(box, columns, figure=figure)


def _nearest(box: Box, columns: Sequence[Column], *, figure: bool) -> int:
    """Text goes on from the column it began in, unless the next one is the description's, whose header may stand
    centred above it; a figure belongs to the nearest edge.
    """
    if not figure:
        left = [i for i, column in enumerate(columns) if column.box.x0 <= box.x0 + _EDGE]
        following = left[-1] + 1 if left else 0
        if following < len(columns) and columns[following].means("description"):
            return following
        if left:
            return left[-1]
    return min(range(len(columns)), key=lambda i: _gap(box, columns[i].box))


def _gap(a: Box, b: Box) -> float:
    return max(0.0, a.x0 - b.x1, b.x0 - a.x1)


def _offset(box: Box, column: Box, *, figure: bool) -> float:
    if figure:
        return min(abs(box.x1 - column.x1), abs(box.x_mid - column.x_mid), abs(box.x0 - column.x0))
    return abs(box.x0 - column.x0)
