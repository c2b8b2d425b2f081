"""Tables that stand on their side: each row begins with a label, each article has a column of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from extractors.choose.forms.fields import value_field
from extractors.choose.forms.labels import Label, find_labels
from extractors.choose.forms.meanings import reason_of
from extractors.choose.forms.reasons import IN_COLUMN, Fields, reason_fields, reason_of_text
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found, find_value
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment, TextLine
from service.domain.documents import Mark
from service.domain.fields import FieldSpec

_SURE = 0.5  # how surely the first text of a row is a label
_FEWEST_ROWS, _FEWEST_ARTICLES = 3, 2
_BESIDE = 40.0  # points by which cells of one column may stand apart
_ROW = 1.2  # heights of a text that a row of tick boxes is near
_TEXTS = (EntryType.TEXT, EntryType.LONG_TEXT, EntryType.CHOICE)
_NAMING, _FEWEST_LETTERS = ("description", "product_code"), 3  # characters of a name or a code
_REACH = 14  # lines below the table in which reasons may be ticked


def transposed_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """The articles of the first table whose rows each give one thing of several articles; none where there is none."""
    for rows in _tables(reading, specs):
        first = rows[0][1]
        edges = [segment.box.x0 for segment in first]
        articles: list[Fields] = [{} for _ in edges]
        for name, cells in rows:
            for cell in cells:
                place = min(range(len(edges)), key=lambda n: _away(first[n], cell))
                articles[place].update(_cell(reading, name, cell))
        last = rows[-1][1][0].line
        for place, article in enumerate(articles):
            if "reason" in specs and "reason" not in article:
                article.update(_ticked(reading, last, edges, place))
        return [{name: found for name, found in article.items() if name in specs} for article in articles]
    return []


Row = tuple[str, tuple[Segment, ...]]


def _tables(reading: Reading, specs: Mapping[str, FieldSpec]) -> Iterator[list[Row]]:
    """Rows that follow one another, each a label of goods and at least two texts under those of the first row."""
    labels = {la.segment: la for la in find_labels(reading) if la.sure >= _SURE and la.rest >= len(la.segment.text)}
    rows: list[Row] = []
    last: TextLine | None = None
    for line in (*reading.layout.lines, None):
        row = _row(reading, line, labels, specs) if line is not None else None
        follows = row is not None and last is not None and line is not None and line.number <= last.number + 2
        if rows and (not follows or row is None or not _is_under(rows[0][1], row[1])):
            if len(rows) >= _FEWEST_ROWS and len({n for n, _ in rows}) == len(rows) and _has_figures(reading, rows):
                yield rows
            rows = []
        if row is not None:
            rows.append(row)
            last = line


def _has_figures(reading: Reading, rows: Sequence[Row]) -> bool:
    """Whether some row gives a number, a count or a price in each of its cells, as words of a second label don't."""
    typed = [(entry_type(name), cells) for name, cells in rows if entry_type(name) not in _TEXTS]
    return any(all(find_value(reading, (cell,), kind) is not None for cell in cells) for kind, cells in typed)


def _row(
    reading: Reading, line: TextLine, labels: Mapping[Segment, Label], specs: Mapping[str, FieldSpec]
) -> Row | None:
    label = labels.get(line.segments[0])
    cells = line.segments[1:]
    if label is None or len(cells) < _FEWEST_ARTICLES or any(_asks(reading, labels, label, cell) for cell in cells):
        return None
    meant = [name for name, _ in label.names() if name in specs]
    filled = [cell for cell in cells if any(c.isalnum() for c in cell.text)]
    name = next((n for n in meant if all(find_value(reading, (cell,), entry_type(n)) for cell in filled)), None)
    only_numbers = name in _NAMING and all(len(cell.text) < _FEWEST_LETTERS for cell in cells)  # "Item   A   B"
    return None if name is None or only_numbers or not filled else (name, tuple(filled))


def _asks(reading: Reading, labels: Mapping[Segment, Label], own: Label, cell: Segment) -> bool:
    """Whether a cell is a label of its own rather than words that answer the row's: a reason, "opened"."""
    label = labels.get(cell)
    if label is None or reason_of(reading, cell.text) is not None:
        return False
    return not {name for name, _ in label.names()} & {name for name, _ in own.names()}


def _is_under(first: Sequence[Segment], cells: Sequence[Segment]) -> bool:
    """Whether each cell stands in the column of one of the first row."""
    near = [min(_away(head, cell) for head in first) for cell in cells]
    return len(cells) <= len(first) and all(gap <= _BESIDE for gap in near)


def _away(head: Segment, cell: Segment) -> float:
    """Points between two cells' left edges or, where their text is centred, their middles."""
    return min(abs(cell.box.x0 - head.box.x0), abs(cell.box.x_mid - head.box.x_mid))


def _cell(reading: Reading, name: str, cell: Segment) -> Fields:
    if name == "reason":
        return reason_of_text(reading, (cell,), IN_COLUMN, "row of a table on its side")
    found = find_value(reading, (cell,), entry_type(name))
    return {} if found is None else {name: value_field(found, IN_COLUMN, "row of a table on its side")}


def _ticked(reading: Reading, last: int, edges: Sequence[float], place: int) -> Fields:
    """The reason whose row below the table is ticked in the article's column."""
    right = edges[place + 1] if place + 1 < len(edges) else edges[place] + (edges[-1] - edges[0]) / (len(edges) - 1)
    for line in itertools.islice(reading.layout.lines, last + 1, last + 1 + _REACH):
        text = line.segments[0]
        sense = reason_of(reading, text.text) if text.box.x1 < edges[0] else None
        ticked = _mark(reading, text, edges[place] - _BESIDE / 4, right - _BESIDE / 4) if sense is not None else None
        if sense is not None and ticked is not None:
            found = Found(text.text, text.text, ticked.page, ticked.box)
            return reason_fields(sense, text.text, found, IN_COLUMN, "tick in the article's column")
    return {}


def _mark(reading: Reading, text: Segment, left: float, right: float) -> Mark | None:
    """The tick on the height of a text between two edges."""
    for mark in reading.layout.pages[text.page - 1].marks:
        level = abs(mark.box.y_mid - text.box.y_mid) < _ROW * text.box.height / 2
        if mark.ticked and level and left <= mark.box.x_mid < right:
            return mark
    return None
