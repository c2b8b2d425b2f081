"""Cuts the lines beneath a table's header into rows: one an item, wrapped descriptions included."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from extractors.choose.columns import with_names
from extractors.choose.headers import NAMELESS, Header
from extractors.choose.hits import begins_with_word
from extractors.choose.notes import Note, order_heading
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import column_of, pieces_of
from service.domain.money import CENT

_TOTALS = ("net_total", "line_sum", "tax_total", "grand_total", "amount_due", "prepaid_amount", "payment_terms")
_ADDED = ("freight_total", "allowance_total", "charge_total", "rounding_amount")  # may stand between items
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FAR = 2.2  # heights between two lines; a description doesn't go on beyond
_TOO_FAR = 12.0  # heights without any text; the table has ended
_REACH_OF_GROUP = 12  # lines after a sum within which another group begins
_SENTENCE = 5  # words
_FEWEST_SUMMED = 2  # rows
_FEWEST_ALIKE = 4  # columns
_MONEY = ("line_total", "gross_total")
_CARRIED = "carried_forward"


@dataclass(slots=True)
class Row:
    """One item: its pieces of text by column, those of its first line first. ``line`` is its line in the document,
    ``order`` the heading above it that names an order.
    """

    header: Header
    line: int
    order: Note | None
    cells: dict[int, list[Segment]] = field(default_factory=dict)
    wrapped: dict[int, list[Segment]] = field(default_factory=dict)

    def segments(self, name: str) -> list[Segment]:
        """The pieces of its first line in the columns of that name."""
        return [s for i, found in sorted(self.cells.items()) if self.header.columns[i].means(name) for s in found]

    def below(self, name: str) -> list[Segment]:
        """The pieces of its further lines in the columns of that name."""
        return [s for i, found in sorted(self.wrapped.items()) if self.header.columns[i].means(name) for s in found]


@dataclass(slots=True)
class _Table:
    rows: list[Row]
    pending: list[TextLine]
    order: Note | None = None
    last: TextLine | None = None
    apart: bool = False  # a group's sum stands between the last item and the next
    words_first: bool = False  # each item's words stand above its figures


def rows_of(reading: Reading, headers: Sequence[Header]) -> tuple[Row, ...]:
    """The item rows under all headers; a table goes on over the pages, its header repeated or not."""
    rows: list[Row] = []
    for position, header in enumerate(headers):
        if rows and not _goes_on(rows[0].header, header):
            continue
        end = headers[position + 1].first_line if position + 1 < len(headers) else len(reading.layout.lines)
        order = rows[-1].order if rows else None
        lines = reading.layout.lines[header.last_line + 1 : end]
        rows.extend(_rows_under(reading, with_names(reading, header, lines), lines, order))
    return tuple(rows)


def _goes_on(first: Header, other: Header) -> bool:
    """Whether a later header is the first one again, or one like it: the same columns, or some where they stood."""
    if [c.names[0] for c in first.columns] == [c.names[0] for c in other.columns]:
        return True  # each page gives them the room that its own items need
    names, others = ({c.names[0]: c.box for c in h.columns if c.names[0] != NAMELESS} for h in (first, other))
    common = [name for name in names if name in others and names[name].x_overlap(others[name]) > 0]
    return len(common) >= min(len(names), len(others)) - 1


def _rows_under(reading: Reading, header: Header, lines: Sequence[TextLine], order: Note | None) -> list[Row]:
    table = _Table([], [], order, words_first=header.words_above)
    for line in lines:
        if line.number in reading.layout.furniture:
            continue
        cells = _cells(reading, header, line)
        if any(begins_with_word(s, _CARRIED) for s in line.segments) and not _has_price(reading, header, cells):
            continue
        if (
            _begins_with(reading, line, header, cells, _TOTALS)
            or _is_band(reading, line)
            or _is_sum(reading, cells, table)
        ):
            if not _multiply_later(reading, header, lines, line):
                break
            _end_group(reading, header, table)
            continue
        if _is_added(reading, line, header, cells) and not _fills_the_same(table, cells):
            continue
        if table.rows and _is_far(reading.layout.lines[line.number - 1], line):
            break
        _add(reading, header, line, cells, table)
    _give(reading, header, table.pending, table.rows[-1] if table.rows else None)
    return table.rows


def _is_added(reading: Reading, line: TextLine, header: Header, cells: dict[int, list[Segment]]) -> bool:
    """Whether freight, a charge or an allowance stands on the line with its amount."""
    return _begins_with(reading, line, header, cells, _ADDED) and any(_figures(reading, s) for s in cells.values())


def _fills_the_same(table: _Table, cells: dict[int, list[Segment]]) -> bool:
    """Whether a line fills the columns that the item above it fills, as an item does whatever it is called."""
    return bool(table.rows) and len(cells) >= _FEWEST_ALIKE and cells.keys() == table.rows[-1].cells.keys()


def _is_sum(reading: Reading, cells: dict[int, list[Segment]], table: _Table) -> bool:
    """Whether a line without a quantity holds what the rows above it add up to, whatever it is called."""
    if len(table.rows) < _FEWEST_SUMMED:
        return False
    header = table.rows[0].header
    if any(header.columns[i].means("quantity") and _figures(reading, found) for i, found in cells.items()):
        return False
    total = _total_of(reading, header, cells)
    totals = [_total_of(reading, row.header, row.cells) for row in table.rows]
    return total is not None and total == sum((one for one in totals if one is not None), Decimal(0))


def _total_of(reading: Reading, header: Header, cells: dict[int, list[Segment]]) -> Decimal | None:
    """The last amount in the totals' column."""
    pieces = [s for i, found in cells.items() if header.columns[i].names[0] in _MONEY for s in found]
    spans = [span for piece in pieces for span in reading.spans(piece, SpanType.AMOUNT) if span.looks_like_money]
    return spans[-1].amount if spans else None


def _end_group(reading: Reading, header: Header, table: _Table) -> None:
    """What follows a group's sum doesn't go on with the group's last item."""
    _give(reading, header, table.pending, table.rows[-1] if table.rows else None)
    table.pending, table.apart = [], True


def _add(reading: Reading, header: Header, line: TextLine, cells: dict[int, list[Segment]], table: _Table) -> None:
    heading = order_heading(line)
    if heading is not None:
        _give(reading, header, table.pending, table.rows[-1] if table.rows else None)
        table.pending, table.order = [], heading
    elif _is_item(reading, header, cells):
        _start_row(header, line, cells, table, reading)
    else:
        table.pending.append(line)


def _is_band(reading: Reading, line: TextLine) -> bool:
    """Whether several totals are named side by side, their amounts standing below."""
    return sum(_names_one(reading, segment, (*_TOTALS, *_ADDED)) for segment in line.segments) > 1


def _multiply_later(reading: Reading, header: Header, lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether further items follow a sum: rows whose quantity times price is their total."""
    later = [one for one in lines if one.number > line.number]
    return any(_multiplies(reading, header, _cells(reading, header, one)) for one in later[:_REACH_OF_GROUP])


def _multiplies(reading: Reading, header: Header, cells: dict[int, list[Segment]]) -> bool:
    figures: dict[str, Decimal] = {}
    for index, found in cells.items():
        spans = [span for piece in found for span in reading.spans(piece, SpanType.AMOUNT)]
        if spans:
            figures[header.columns[index].names[0]] = spans[0].amount
    if not {"quantity", "unit_price", "line_total"} <= figures.keys() or not figures["line_total"]:
        return False
    return abs(figures["quantity"] * figures["unit_price"] - figures["line_total"]) <= CENT


def _is_far(before: TextLine, line: TextLine) -> bool:
    return line.page == before.page and line.box.top - before.box.bottom > _TOO_FAR * before.box.height


def _start_row(
    header: Header, line: TextLine, cells: dict[int, list[Segment]], table: _Table, reading: Reading
) -> None:
    row = Row(header, line.number, table.order, dict(cells))
    below_number = not header.has_description and bool(row.segments("seller_item_id")) and not table.words_first
    has_text = bool(row.segments("description")) or (below_number and bool(table.rows or not table.pending))
    above, below = _split_pending(table, line, has_text=has_text)
    _give(reading, header, above, table.rows[-1] if table.rows and not table.apart else None)
    table.apart = False
    for one in below:
        for column, found in _cells(reading, header, one).items():
            row.cells[column] = [*found, *row.cells.get(column, [])]
    table.rows.append(row)
    table.pending, table.last = [], line


def _split_pending(table: _Table, line: TextLine, *, has_text: bool) -> tuple[list[TextLine], list[TextLine]]:
    """Lines between two items: those of the first, and those that begin the second.

    A new item whose own line has no description has it in the line or lines right above, parted by a wider gap.
    """
    pending = table.pending
    if has_text or not pending:
        return pending, []
    cut = len(pending) - 1
    if table.words_first:
        return [], pending
    if not table.rows:
        table.words_first = True
        return [], [p for p in pending[-2:] if line.box.top - p.box.bottom < 2 * _FAR * line.box.height]
    gaps = [b.box.top - a.box.bottom for a, b in zip([table.last or pending[0], *pending], pending, strict=False)]
    widest = max(range(len(gaps)), key=lambda i: (gaps[i], i))
    if gaps[widest] > 1.3 * min(gaps) + 0.5 or len(pending) == 1:
        cut = widest
    return pending[:cut], pending[cut:]


def _give(reading: Reading, header: Header, lines: Sequence[TextLine], row: Row | None) -> None:
    """Add further lines to a row, as long as they follow closely."""
    if row is None:
        return
    before = reading.layout.lines[row.line]
    for line in lines:
        if line.page == before.page and line.box.top - before.box.bottom > _FAR * before.box.height:
            return
        if line.page != before.page:
            return
        for column, found in _cells(reading, header, line).items():
            row.wrapped.setdefault(column, []).extend(found)
        before = line


@lru_cache(maxsize=2048)
def _cells(reading: Reading, header: Header, line: TextLine) -> dict[int, list[Segment]]:
    cells: dict[int, list[Segment]] = {}
    whole = header.words_above and not _has_money(reading, header, line)
    for segment in line.segments:
        for piece in (segment,) if whole else pieces_of(segment, header.columns):
            if whole and _LETTERS.search(piece.text):
                cells.setdefault(header.described, []).append(piece)
                continue
            figure = bool(spans_in(reading, piece, SpanType.AMOUNT)) and not any(
                len(word.text) > 3 and word.text.isalpha() for word in piece.words
            )
            cells.setdefault(_column(header, piece, figure=figure), []).append(piece)
    return _one_each(reading, header, cells)


def _one_each(reading: Reading, header: Header, cells: dict[int, list[Segment]]) -> dict[int, list[Segment]]:
    """Where a column would hold two figures and the one before it none, the first is that one's: under headers that
    stand at the left of their columns, figures at the right come nearer to the next header.
    """
    for index in sorted(cells):
        column, before = header.columns[index].box, header.columns[index - 1]
        if not index or index - 1 in cells or before.means("description") or before.means(NAMELESS):
            continue
        pieces = cells[index]
        between = before.box.x1 <= pieces[0].box.x0 and pieces[0].box.x1 <= column.x0
        if len(pieces) > 1 and between and all(_figures(reading, [piece]) for piece in pieces):
            cells[index - 1], cells[index] = pieces[:1], pieces[1:]
    return cells


def _has_price(reading: Reading, header: Header, cells: dict[int, list[Segment]]) -> bool:
    """Whether quantity and price stand on the line of an item whatever it is called, as "Transport"."""
    named = {header.columns[i].names[0] for i, found in cells.items() if _figures(reading, found)}
    return {"quantity", "unit_price"} <= named


def _has_money(reading: Reading, header: Header, line: TextLine) -> bool:
    """Whether an amount stands under the price or the total; one in a description doesn't count."""
    boxes = [c.box for c in header.columns if c.names[0] in (*_MONEY, "unit_price")]
    spans = (span for segment in line.segments for span in reading.spans(segment, SpanType.AMOUNT))
    return any(span.looks_like_money and any(span.box.x_overlap(box) > 0 for box in boxes) for span in spans)


def _column(header: Header, piece: Segment, *, figure: bool) -> int:
    """The column of a piece; where the words stand above, what is printed on the figures' line isn't among them."""
    column = column_of(piece.box, header.columns, figure=figure)
    if not (header.words_above and header.columns[column].means("description")):
        return column
    over = (i for i, other in enumerate(header.columns) if i != column and piece.box.x_overlap(other.box) > 0)
    return next(over, column)


def spans_in(reading: Reading, piece: Segment, kind: SpanType) -> tuple[Span, ...]:
    """The typed values of a piece of a segment."""
    return reading.spans(piece, kind)


def _is_item(reading: Reading, header: Header, cells: dict[int, list[Segment]]) -> bool:
    """Whether a line begins an item: it has an amount in the total's column, or else quantity and price."""
    names = {header.columns[i].names[0] for i, found in cells.items() if _figures(reading, found)}
    if {"quantity", "unit_price"} <= names:
        return True
    if _is_prose(cells):
        return False
    totals = [s for i, found in cells.items() if header.columns[i].names[0] in _MONEY for s in found]
    return any(span.looks_like_money for piece in totals for span in reading.spans(piece, SpanType.AMOUNT)) or (
        bool(names & set(_MONEY)) and "quantity" in names
    )


def _is_prose(cells: dict[int, list[Segment]]) -> bool:
    """Whether pieces of one sentence fill the columns, as in "The total of 115.00 is made of 95.04 net"."""
    pieces = [piece for found in cells.values() for piece in found]
    words = [word for piece in pieces for word in piece.words]
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(sorted(words, key=lambda word: word.box.x0))]
    worded = sum(len(word.text) > 1 and word.text.isalpha() for word in words)
    return len(cells) > 1 and worded >= _SENTENCE and max(gaps) < words[0].box.height


def _figures(reading: Reading, pieces: Sequence[Segment]) -> bool:
    return any(spans_in(reading, piece, SpanType.AMOUNT) for piece in pieces)


def _begins_with(
    reading: Reading, line: TextLine, header: Header, cells: dict[int, list[Segment]], names: Sequence[str]
) -> bool:
    """Whether the line is one of the totals: it begins with their word and has neither quantity nor price.

    Further right their word counts only where an amount stands in the total's column.
    """
    figures = [i for i, found in cells.items() if _figures(reading, found)]
    columns = {header.columns[i].names[0] for i in figures}
    if "quantity" in columns and ("unit_price" in columns or len(figures) >= 3):
        return False
    if _names_one(reading, line.segments[0], names):
        return True
    return bool(columns & set(_MONEY)) and any(_names_one(reading, s, names) for s in line.segments[1:])


def _names_one(reading: Reading, segment: Segment, names: Sequence[str]) -> bool:
    hits = [hit for hit in reading.hits(segment) if hit.start <= 2]
    return bool(hits) and any(hits[0].weight(name) for name in names)
