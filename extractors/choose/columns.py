"""Names columns whose header isn't known by what stands in them: words, quantities, the lines' totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.choose.headers import NAMELESS, Header
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column, column_of, pieces_of
from service.domain.money import CENT

_MOST_LINES = 40
_FIGURES = 3  # of a line that bills an item
_CODES_AND_WORDS = 2  # columns called codes
_WORD = 3  # letters that a description has at least
_TOTALS = ("line_total", "gross_total")
_PRODUCT = frozenset({"quantity", "unit_price", "line_total"})
_Rows = Sequence[dict[int, Segment]]


def with_names(reading: Reading, header: Header, lines: Sequence[TextLine]) -> Header:
    """The header, with the names that the lines beneath it give away."""
    header = _net_apart(reading, _positions_apart(header, lines), lines)
    codes = sum(column.means("seller_item_id") for column in header.columns)
    if codes < _CODES_AND_WORDS and not any(column.means(NAMELESS) for column in header.columns):
        return header
    rows = [_cells(reading, header.columns, line) for line in lines[:_MOST_LINES]]
    items = [row for row in rows if sum(_amount(reading, piece) is not None for piece in row.values()) >= _FIGURES]
    columns = _codes_apart(header.columns, _words(reading, header.columns, items))
    if codes >= _CODES_AND_WORDS and not header.has_description:
        columns = _words_apart(columns, _words(reading, columns, items))
    for name, votes in (("description", _words), ("line_total", _totals), ("quantity", _quantities)):
        if not any(column.means(other) for column in columns for other in _like(name)):
            among = items or rows if name == "description" else rows
            columns = _named(columns, name, votes(reading, columns, among))
    return replace(header, columns=columns)


def _words_apart(columns: tuple[Column, ...], letters: dict[int, int]) -> tuple[Column, ...]:
    """Of two columns called codes, as "Code" and "Material", the one with words in it is the description."""
    codes = [i for i, column in enumerate(columns) if column.means("seller_item_id")]
    worded = max(codes, key=lambda i: letters.get(i, 0))
    if not letters.get(worded):
        return columns
    return tuple(replace(c, names=("description",)) if i == worded else c for i, c in enumerate(columns))


def _positions_apart(header: Header, lines: Sequence[TextLine]) -> Header:
    """A first column called "Item" that holds numbers alone counts the lines; the words stand elsewhere."""
    first = header.columns[0]
    if not (first.means("description") and len(header.columns) > 1 and header.columns[1].means("seller_item_id")):
        return header
    rows = [line for line in lines[:_MOST_LINES] if len(line.segments) > _FIGURES]
    under = [line.segments[0] for line in rows if line.segments[0].box.x0 < header.columns[1].box.x0]
    stacked = bool(under) and all(piece.box.x_overlap(first.box) > 0 for piece in under)
    if not stacked or not all(piece.text.strip(".").isdigit() for piece in under):
        return header
    return replace(header, columns=(replace(first, names=("line_number",)), *header.columns[1:]))


def _net_apart(reading: Reading, header: Header, lines: Sequence[TextLine]) -> Header:
    """Where each line's quantity times price makes another column's figure and its total is more, that figure is the
    total and the other has the tax in it: both may be called "Price" or "Total".
    """
    place = {name: i for i, column in reversed([*enumerate(header.columns)]) for name in column.names[:1]}
    if not _PRODUCT.issubset(place):
        return header
    made = 0
    others = set(range(len(header.columns))) - {place[name] for name in _PRODUCT}
    for line in lines[:_MOST_LINES]:
        amounts = _amounts(reading, _cells(reading, header.columns, line))
        if not all(place[name] in amounts for name in _PRODUCT):
            continue
        product = amounts[place["quantity"]].amount * amounts[place["unit_price"]].amount
        equal = {i for i, span in amounts.items() if abs(span.amount - product) <= CENT}
        others &= equal
        if not others or abs(amounts[place["line_total"]].amount) <= abs(product):
            return header
        made += 1
    if not made:
        return header
    renamed = {max(others): "line_total", place["line_total"]: "gross_total"}
    columns = (replace(c, names=(renamed[i],)) if i in renamed else c for i, c in enumerate(header.columns))
    return replace(header, columns=tuple(columns))


def _codes_apart(columns: tuple[Column, ...], letters: dict[int, int]) -> tuple[Column, ...]:
    """A column called "Item" without a word in it holds codes, where the words stand in a nameless one."""
    if not any(column.means(NAMELESS) and letters.get(i) for i, column in enumerate(columns)):
        return columns
    return tuple(
        replace(column, names=("seller_item_id",)) if column.means("description") and not letters.get(i) else column
        for i, column in enumerate(columns)
    )


def _like(name: str) -> tuple[str, ...]:
    return _TOTALS if name == "line_total" else (name,)


def _cells(reading: Reading, columns: Sequence[Column], line: TextLine) -> dict[int, Segment]:
    """The first piece of a line in each column."""
    cells: dict[int, Segment] = {}
    for segment in line.segments:
        for piece in pieces_of(segment, columns):
            figure = bool(reading.spans(piece, SpanType.AMOUNT))
            cells.setdefault(column_of(piece.box, columns, figure=figure), piece)
    return cells


def _named(columns: tuple[Column, ...], name: str, votes: dict[int, int]) -> tuple[Column, ...]:
    """The nameless column with the most votes, the last of equals, named so."""
    free = [i for i, column in enumerate(columns) if column.means(NAMELESS) and votes.get(i)]
    if not free:
        return columns
    best = max(free, key=lambda i: (votes[i], i))
    return tuple(replace(c, names=(name,)) if i == best else c for i, c in enumerate(columns))


def _words(_: Reading, columns: Sequence[Column], rows: _Rows) -> dict[int, int]:
    return {
        i: sum(sum(c.isalpha() for c in row[i].text) for row in rows if i in row and _is_worded(row[i]))
        for i in range(len(columns))
    }


def _is_worded(piece: Segment) -> bool:
    return any(word.text.isalpha() and len(word.text) >= _WORD for word in piece.words)


def _totals(reading: Reading, columns: Sequence[Column], rows: _Rows) -> dict[int, int]:
    counts = dict.fromkeys(range(len(columns)), 0)
    for row in rows:
        for i, piece in row.items():
            amount = _amount(reading, piece)
            counts[i] += amount is not None and amount.looks_like_money
    return counts


def _quantities(reading: Reading, columns: Sequence[Column], rows: _Rows) -> dict[int, int]:
    """How often price times a column's figure is the total, before how often it holds a figure in front."""
    price = next((i for i, column in enumerate(columns) if column.means("unit_price")), -1)
    total = next((i for i, column in enumerate(columns) if any(column.means(name) for name in _TOTALS)), -1)
    counts = dict.fromkeys(range(len(columns)), 0)
    for row in rows:
        amounts = _amounts(reading, row)
        if price not in amounts or total not in amounts:
            continue
        for i, amount in amounts.items():
            made = abs(amount.amount * amounts[price].amount)
            holds = abs(made - abs(amounts[total].amount)) <= CENT
            counts[i] += len(rows) * holds + (amount.start == 0 and not amount.looks_like_money)
    return counts


def _amounts(reading: Reading, row: dict[int, Segment]) -> dict[int, Span]:
    return {i: amount for i, piece in row.items() if (amount := _amount(reading, piece)) is not None}


def _amount(reading: Reading, piece: Segment) -> Span | None:
    spans = reading.spans(piece, SpanType.AMOUNT)
    return spans[0] if spans else None
