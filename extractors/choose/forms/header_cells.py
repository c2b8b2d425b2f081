"""Joins the columns that one run of a form's header was cut into, where a single cell stands below all of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.choose.headers import NAMELESS, Header
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.labels import Table, squeeze
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column
from service.domain.geometry import union_of

_SPACE = 0.6  # of the size: a wider gap within a header parts two columns
_ROWS, _CELLS = 4, 3  # lines below the header, of so many cells, show whether its words head one column
_APART = 2.5  # heights between two rows at most


def with_whole_cells(reading: Reading, header: Header) -> Header:
    """The header with a column a run of text, unless rows show that the run heads several: "Credit $ total"."""
    lines = reading.layout.lines[header.first_line : header.last_line + 1]
    columns = list(header.columns)
    for segment in (s for line in lines for s in line.segments):
        own = [column for column in columns if _is_within(column, segment)]
        if len(own) > 1 and not _has_gap(segment, own) and not _is_parted_below(reading, header, segment):
            columns = [column for column in columns if column not in own]
            columns.append(_joined(reading.vocabulary.lexicon.columns, segment, own))
    if len(columns) == len(header.columns):
        return header
    return replace(header, columns=tuple(sorted(columns, key=lambda column: column.box.x0)))


def _is_within(column: Column, segment: Segment) -> bool:
    box = column.box
    return segment.box.x0 - 1 <= box.x0 and box.x1 <= segment.box.x1 + 1 and box.y_overlap(segment.box) > 0


def _has_gap(segment: Segment, columns: Sequence[Column]) -> bool:
    """Whether some of the columns stand apart more widely than words of one phrase do."""
    ordered = sorted(columns, key=lambda column: column.box.x0)
    gaps = (right.box.x0 - left.box.x1 for left, right in itertools.pairwise(ordered))
    return any(gap > _SPACE * segment.size for gap in gaps)


def _is_parted_below(reading: Reading, header: Header, segment: Segment) -> bool:
    """Whether a line below has several runs of text under one of the header's, or a ruling runs down through it."""
    if any(sum(s.box.x_overlap(segment.box) > 0 for s in row.segments) > 1 for row in _rows(reading, header)):
        return True
    rulings = (r.box for r in reading.layout.pages[header.page - 1].rulings if r.box.height > r.box.width)
    inside = (box for box in rulings if segment.box.x0 + 2 < box.x_mid < segment.box.x1 - 2)
    return any(box.top <= segment.box.y_mid <= box.bottom for box in inside)


def _rows(reading: Reading, header: Header) -> Iterator[TextLine]:
    """The first rows below the header, as far as none is set apart from the one before."""
    bottom = max(column.box.bottom for column in header.columns)
    for line in reading.layout.lines[header.last_line + 1 : header.last_line + 1 + _ROWS]:
        if line.page != header.page or line.box.top - bottom > _APART * line.box.height:
            return
        bottom = line.box.bottom
        if len(line.segments) >= _CELLS:
            yield line


def _joined(table: Table, segment: Segment, columns: Sequence[Column]) -> Column:
    """One column for all: named by the whole phrase, else by the last of its words that names one."""
    whole = table.get(squeeze(segment.text))
    names = tuple(m.name for m in whole) if whole else next(_names(table, segment, columns), (NAMELESS,))
    return Column(names, union_of(column.box for column in columns), segment.text)


def _names(table: Table, segment: Segment, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    hits = find_hits(segment, table)
    yield from (tuple(m.name for m in hit.meanings) for hit in reversed(hits) if hit.meanings[0].name != "other")
    yield from (column.names for column in columns if column.names[0] != NAMELESS)
