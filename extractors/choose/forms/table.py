"""Tables of goods on forms: rows by their ruling lines where there are some, else by what begins a row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractors.choose.forms.columns import named_by_content
from extractors.choose.forms.frames import SUMS, form_headers, is_label_row, row_edges, widened
from extractors.choose.forms.headings import find_headings
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.legends import legend_lines
from extractors.choose.forms.meanings import reason_of, resolution_of
from extractors.choose.forms.values import joined
from extractors.choose.headers import Header
from extractors.choose.hits import begins_with_word
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import STRONG
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column, column_of, pieces_of
from service.domain.documents import Mark

_FAR = 3.0  # heights between two lines of a table without ruling lines
_PITCHES = 1.8  # times the distance of two rows
_LEADING = 0.9  # heights between lines of one row
_CELLS = 3  # of a row
_OVERLAPPING = 2.0  # points between lines of words and figures that are centred on each other
_FRAME = 2  # lines of a frame or of a single row
_ANCHORS = ("line_number", "product_code", "quantity", "serial_number", "line_total", "line_type", "description")
_NUMBERED = re.compile(r"[^\W\d_]+\.?\s\d{1,2}\W?")
_SUMS = (*SUMS, "restocking_fee_amount", "other_amount")
_NOTED = ("serial_number", "product_code")
_UNWRAPPED = ("quantity", "line_total", "unit_price")


@dataclass(slots=True, eq=False)
class FormRow:
    """One row: its pieces of text by column, and the tick boxes in it."""

    header: Header
    line: int
    top: float = 0.0
    cells: dict[int, list[Segment]] = field(default_factory=dict)
    marks: dict[int, list[Mark]] = field(default_factory=dict)

    def pieces(self, name: str) -> list[Segment]:
        """The pieces in the columns of that name, from top to bottom."""
        return [s for i, found in sorted(self.cells.items()) if self.header.columns[i].means(name) for s in found]


@lru_cache(maxsize=16)
def row_lines(reading: Reading) -> frozenset[int]:
    """The numbers of the lines that are rows of several cells: words in them are no labels of the form."""
    rows = [row for row in form_rows(reading) if len(row.cells) >= _CELLS]
    return frozenset(piece.line for row in rows for found in row.cells.values() for piece in found)


@lru_cache(maxsize=16)
def form_rows(reading: Reading) -> tuple[FormRow, ...]:
    """The rows of all tables of goods."""
    headers = [_with_options(reading, header) for header in form_headers(reading)]
    rows: list[FormRow] = []
    for header, following in itertools.zip_longest(headers, headers[1:]):
        end = following.first_line if following is not None else len(reading.layout.lines)
        lines = reading.layout.lines[header.last_line + 1 : end]
        rows += _typed(reading, _rows_under(reading, header, [line for line in lines if line.page == header.page]))
    return tuple(row for row in rows if row.cells)


def _typed(reading: Reading, rows: list[FormRow]) -> list[FormRow]:
    """The rows under a header whose columns are named by what stands in them as well."""
    if not rows:
        return rows
    header = rows[0].header
    cells = [[joined(row.cells[i]) for row in rows if i in row.cells] for i in range(len(header.columns))]
    named = named_by_content(reading, header, cells)
    return rows if named is header else [replace(row, header=named) for row in rows]


def _with_options(reading: Reading, header: Header) -> Header:
    """The header with columns that stand for one option each, which is ticked in a row."""
    boxes = [column.box for column in header.columns]
    added = [
        Column(("option",), segment.box, segment.text)
        for line in reading.layout.lines[header.first_line : header.last_line + 1]
        for segment in line.segments
        if not any(box.x_overlap(segment.box) > 0 for box in boxes)
        and (reason_of(reading, segment.text) or resolution_of(reading, segment.text))
    ]
    columns = sorted((*header.columns, *added), key=lambda column: column.box.x0)
    return Header(header.first_line, header.last_line, header.page, tuple(columns)) if added else header


def _rows_under(reading: Reading, header: Header, lines: Sequence[TextLine]) -> list[FormRow]:
    legends = legend_lines(reading)
    lines = list(itertools.takewhile(lambda line: line.number not in legends, lines))
    lines = [line for line in lines if not _is_number_of_goods(line) and not _is_carried(line)]
    header = widened(reading, header)
    edges = row_edges(reading, header)
    if edges:
        inside = [line for line in lines if line.box.y_mid < edges[0]]
        if inside and len(edges) > _FRAME:
            edges = [inside[0].box.top - 1, *edges]
        elif inside and max(c.box.height for c in header.columns) < 3 * inside[0].box.height:
            return [_boxed_row(reading, header, inside)]
        rows = _ruled_rows(reading, header, lines, edges)
        return [*rows, *_going_on(reading, header, [line for line in lines if line.box.top > edges[-1] - 2], edges[-1])]
    return _open_rows(reading, header, lines)


def _boxed_row(reading: Reading, header: Header, lines: Sequence[TextLine]) -> FormRow:
    """The one row of boxes that have their labels within them."""
    row = FormRow(header, lines[0].number)
    for line in lines:
        _put(reading, row, line)
    row.marks = _marks(reading, header, lines[0].box.top - 3, lines[-1].box.bottom + 3)
    return row


def _ruled_rows(reading: Reading, header: Header, lines: Sequence[TextLine], edges: Sequence[float]) -> list[FormRow]:
    rows = []
    for top, bottom in itertools.pairwise(edges):
        inside = [line for line in lines if top - 1 <= line.box.y_mid <= bottom + 1]
        if not inside or not _is_row(reading, inside):
            if inside and (is_label_row(reading, inside[0]) or _is_other_part(reading, inside[0])):
                break
            continue
        if sum(_is_whole(reading, header, line) for line in inside) > 1:
            rows += _open_rows(reading, header, inside)  # no line is drawn between these rows
            continue
        row = FormRow(header, inside[0].number)
        for line in inside:
            _put(reading, row, line)
        row.marks = _marks(reading, header, top, bottom)
        rows.append(row)
    if len(edges) <= 2:
        return _split_open(reading, header, rows, lines, edges) if rows else rows
    return rows


def _split_open(
    reading: Reading, header: Header, rows: list[FormRow], lines: Sequence[TextLine], edges: Sequence[float]
) -> list[FormRow]:
    """A table that has only its frame: its rows are told as in one without lines."""
    inside = [line for line in lines if edges[0] - 1 <= line.box.y_mid <= edges[-1] + 1]
    found = _open_rows(reading, header, inside)
    return found if len(found) > len(rows) else rows


def _going_on(reading: Reading, header: Header, lines: Sequence[TextLine], edge: float) -> list[FormRow]:
    """Rows right below the last line that is drawn through the table."""
    first = lines[0] if lines else None
    if (
        first is None
        or first.box.top - edge > first.box.height
        or len(first.segments) < _CELLS
        or _ends(reading, first)
    ):
        return []
    rows = _open_rows(reading, header, lines)
    return [row for row in rows if len(row.cells) >= _CELLS]


def _is_other_part(reading: Reading, line: TextLine) -> bool:
    """Whether a line is a heading or a label of what follows the table."""
    headings = {heading.segment for heading in find_headings(reading)}
    labels = {label.segment for label in find_labels(reading) if label.sure >= 0.75}
    return any(segment in headings or segment in labels for segment in line.segments)


def _is_row(reading: Reading, lines: Sequence[TextLine]) -> bool:
    if is_label_row(reading, lines[0]) or lines[0].segments[0].text.endswith(":"):
        return False
    return not all(_is_other_part(reading, line) and len(line.segments) <= 2 for line in lines) or any(
        reading.spans(s, SpanType.REFERENCE) and len(line.segments) > 2 for line in lines for s in line.segments
    )


def _open_rows(reading: Reading, header: Header, lines: Sequence[TextLine]) -> list[FormRow]:
    if _is_centred(reading, header, lines):
        return _centred_rows(reading, header, lines)
    rows: list[FormRow] = []
    last: TextLine | None = None
    anchor: int | None = None
    for line in lines:
        above = last.box.bottom if last is not None else max(c.box.bottom for c in header.columns)
        far = min(_FAR * line.box.height, _PITCHES * (rows[1].top - rows[0].top) if len(rows) > 1 else 1e9)
        is_note = bool(rows) and line.box.top - above <= _LEADING * line.box.height and _is_note(reading, line)
        if line.box.top - above > far or (not is_note and _ends(reading, line)):
            break
        if _is_aside(reading, line):
            last = line
            continue
        cells = _cells(reading, header, line)
        if anchor is None:
            anchor = _anchor(header, cells)
        begins = anchor in cells or (not rows and bool(cells)) or (bool(rows) and _has_again(rows[-1], cells))
        close = last is not None and line.box.top - last.box.bottom <= _LEADING * line.box.height
        if begins or not close:
            row = FormRow(header, line.number, line.box.top)
            row.marks = _marks(reading, header, line.box.top - 3, line.box.bottom + 3)
            rows.append(row)
        _put(reading, rows[-1], line)
        last = line
    return rows


def _is_whole(reading: Reading, header: Header, line: TextLine) -> bool:
    """Whether a line has the figures of a row of its own: how many, and what they cost."""
    cells = _cells(reading, header, line)
    return sum(header.columns[index].means(name) for index in cells for name in _UNWRAPPED) > 1


def _is_centred(reading: Reading, header: Header, lines: Sequence[TextLine]) -> bool:
    """Whether a row's figures stand halfway down its words: the first line has words only, the next overlaps it."""
    if len(lines) < _FRAME or lines[1].box.top > lines[0].box.bottom + _OVERLAPPING:
        return False
    return not _has_figures(reading, header, lines[0]) and _has_figures(reading, header, lines[1])


def _has_figures(reading: Reading, header: Header, line: TextLine) -> bool:
    return any(header.columns[index].means(name) for index in _cells(reading, header, line) for name in _UNWRAPPED)


def _centred_rows(reading: Reading, header: Header, lines: Sequence[TextLine]) -> list[FormRow]:
    """Rows by their lines of figures, each with the lines of words that are nearest to it."""
    body: list[TextLine] = []
    for line in lines:
        if body and (line.box.top - body[-1].box.bottom > _FAR * line.box.height or _ends(reading, line)):
            break
        if not _is_aside(reading, line):
            body.append(line)
    figures = [line for line in body if _has_figures(reading, header, line)]
    rows = [FormRow(header, line.number, line.box.top) for line in figures]
    for line in body:
        away = [abs(figure.box.y_mid - line.box.y_mid) for figure in figures]
        _put(reading, rows[away.index(min(away))], line)
    return rows


def _is_number_of_goods(line: TextLine) -> bool:
    """Whether a line only numbers the goods: "Item 2"."""
    return len(line.segments) == 1 and _NUMBERED.fullmatch(line.segments[0].text) is not None


def _is_carried(line: TextLine) -> bool:
    """Whether a line carries the sum of a page's rows to the next page."""
    return len(line.segments) <= _FRAME and begins_with_word(line.segments[0], "carried_forward")


def _is_aside(reading: Reading, line: TextLine) -> bool:
    """Whether a line among rows is none but a sum of the form's."""
    worded = [s for s in line.segments if reading.hits(s) or (len(s.words) > 1 and any(c.isalpha() for c in s.text))]
    amounts = [span for s in line.segments for span in reading.spans(s, SpanType.AMOUNT)]
    one_each = 0 < len(amounts) <= len(worded) and any(span.looks_like_money for span in amounts)
    return one_each and all(_is_sum(reading, segment) for segment in worded)


def _is_sum(reading: Reading, segment: Segment) -> bool:
    hits = reading.hits(segment)
    return bool(hits) and hits[0].start == 0 and any(hits[0].weight(name) == STRONG for name in _SUMS)


def _has_again(row: FormRow, cells: dict[int, list[Segment]]) -> bool:
    """Whether a line has a figure or a type in a column where the row has one already: such cells don't wrap."""
    columns = row.header.columns
    return any(index in row.cells and any(columns[index].means(name) for name in _UNWRAPPED) for index in cells)


def _ends(reading: Reading, line: TextLine) -> bool:
    if line.segments[0].text.endswith(":"):
        return True
    return is_label_row(reading, line) or (_is_other_part(reading, line) and len(line.segments) <= 2)


def _is_note(reading: Reading, line: TextLine) -> bool:
    """Whether a line says more of the goods in the row above: "S/N: 4711", "Art. no. 12"."""
    hits = reading.hits(line.segments[0])
    named = bool(hits) and hits[0].start == 0 and any(hits[0].weight(name) == STRONG for name in _NOTED)
    return named and len(line.segments) <= 2


def _anchor(header: Header, cells: dict[int, list[Segment]]) -> int | None:
    for name in _ANCHORS:
        for index in cells:
            if header.columns[index].means(name):
                return index
    return min(cells, default=None)


def _put(reading: Reading, row: FormRow, line: TextLine) -> None:
    for column, found in _cells(reading, row.header, line).items():
        row.cells.setdefault(column, []).extend(found)


def _cells(reading: Reading, header: Header, line: TextLine) -> dict[int, list[Segment]]:
    cells: dict[int, list[Segment]] = {}
    for segment in line.segments:
        for piece in pieces_of(segment, header.columns):
            figure = bool(reading.spans(piece, SpanType.AMOUNT)) and len(piece.words) <= 2
            cells.setdefault(column_of(piece.box, header.columns, figure=figure), []).append(piece)
    return cells


def _marks(reading: Reading, header: Header, top: float, bottom: float) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in _marks_between(reading, header, top, bottom):
        index = column_of(mark.box, header.columns, figure=True)
        found.setdefault(index, []).append(mark)
    return found


def _marks_between(reading: Reading, header: Header, top: float, bottom: float) -> Iterator[Mark]:
    left, right = header.columns[0].box.x0 - 20, header.columns[-1].box.x1 + 20
    for mark in reading.layout.pages[header.page - 1].marks:
        if top <= mark.box.y_mid <= bottom and left <= mark.box.x_mid <= right:
            yield mark
