"""Settles what a statement's column means where its header may mean several things: by what stands beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.choose.headers import Header
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment
from extractors.layout.tables import Column, column_of, pieces_of

MONEY = ("amount", "net_amount", "debit", "credit", "open_amount", "balance")
_DATES = ("date", "due_date", "other_date")
_MOST_LINES = 40
_MOSTLY = 0.5


def with_meanings(reading: Reading, header: Header) -> Header:
    """The header, each of its columns with a meaning that what stands beneath it can have."""
    if all(len(column.names) == 1 for column in header.columns):
        return header
    pieces = _beneath(reading, header)
    taken = {column.names[0] for column in header.columns if len(column.names) == 1}
    columns = []
    for column, found in zip(header.columns, pieces, strict=True):
        names = _fitting(reading, column, found) if len(column.names) > 1 else column.names
        free = [name for name in names if name not in taken] or list(names)
        names = (free[0], *(name for name in names if name != free[0]))
        taken.add(names[0])
        columns.append(replace(column, names=names))
    return replace(header, columns=tuple(columns))


def _beneath(reading: Reading, header: Header) -> list[list[Segment]]:
    pieces: list[list[Segment]] = [[] for _ in header.columns]
    start = header.last_line + 1
    for line in reading.layout.lines[start : start + _MOST_LINES]:
        for segment in line.segments:
            for piece in pieces_of(segment, header.columns):
                figure = bool(reading.spans(piece, SpanType.AMOUNT))
                pieces[column_of(piece.box, header.columns, figure=figure)].append(piece)
    return pieces


def _fitting(reading: Reading, column: Column, pieces: Sequence[Segment]) -> tuple[str, ...]:
    """The column's meanings that are of the type of most of its pieces; all of them where none is."""
    dates = sum(bool(reading.spans(piece, SpanType.DATE)) for piece in pieces)
    money = sum(money_in(reading, piece) is not None for piece in pieces)
    if dates > _MOSTLY * len(pieces):
        fitting = [name for name in column.names if name in _DATES]
    elif money > _MOSTLY * len(pieces):
        fitting = [name for name in column.names if name in MONEY]
    else:
        fitting = [name for name in column.names if name not in (*_DATES, *MONEY)]
    return tuple(fitting) or column.names


def money_in(reading: Reading, piece: Segment) -> Span | None:
    """The last amount in a piece of a row, None where it has none that looks like money."""
    spans = [span for span in reading.spans(piece, SpanType.AMOUNT) if span.looks_like_money]
    return spans[-1] if spans else None
