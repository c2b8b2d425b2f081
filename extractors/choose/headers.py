"""Finds the header of an item table: neighbouring lines whose words name at least three of its columns."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.choose.hits import Hit, find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.vocabulary import Vocabulary
from extractors.labels import Table, squeeze
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column
from extractors.parse.currencies import CURRENCY_PATTERN
from service.domain.geometry import Box, union_of

_LEADING = 0.9  # of the height, between the lines of one header
_MOST_LINES = 4
_FEW = 4  # cells; a line with fewer may end a header
_COVERED = 0.4  # of a segment's letters that the found words must make up
_FIGURES = frozenset({"quantity", "unit_price", "line_total", "gross_total"})
NAMELESS = ""  # the name of a column whose header isn't known
_SENTENCE = 4  # words
_ONE_SPACE = 0.4  # of the height
_WITH_TAX = re.compile(
    r"\b(?:ex|exc|excl|excluding|inc|incl|including|with|without|before|ohne|inkl|exkl|zzgl|hors|sans|sin|con|senza|bez|sem|"
    r"com|utan|exklusive|inklusive)\.?$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(rf"\W?{CURRENCY_PATTERN}\W?")
_PART = re.compile(r"\d{1,2}[.)]?")
_STACKED = 0.4  # of the narrower one's width that two cells of one column share


@dataclass(frozen=True, eq=False)
class Header:
    """A table's header: its lines (numbers in the document) and columns from left to right."""

    first_line: int
    last_line: int
    page: int
    columns: tuple[Column, ...]
    words_above: bool = False  # each item's words stand above its figures, as their headers do

    @property
    def has_description(self) -> bool:
        """Whether a column is called the description; else it may stand below the article's number."""
        return any(column.means("description") for column in self.columns)

    @property
    def described(self) -> int:
        """The position of the description's column; 0 where it has none."""
        return next((i for i, column in enumerate(self.columns) if column.means("description")), 0)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    names: tuple[str, ...]
    box: Box


@lru_cache(maxsize=16)
def find_headers(reading: Reading) -> tuple[Header, ...]:
    """The headers of item tables in the document, from top to bottom."""
    found: list[Header] = []
    for line in reading.layout.lines:
        if found and line.number <= found[-1].last_line:
            continue
        header = _header_at(reading, line)
        if header is not None:
            found.append(header)
    return tuple(found)


def _header_at(reading: Reading, line: TextLine) -> Header | None:
    if not _cells(reading, line) or _is_sentence(line):
        return None
    lines = [line]
    for below in reading.layout.lines[line.number + 1 : line.number + _MOST_LINES]:
        if not _belongs(reading, lines[-1], below):
            break
        lines.append(below)
    best = max((lines[: n + 1] for n in range(len(lines))), key=lambda group: (_distinct(reading, group), -len(group)))
    if len(line.segments) == 1 and _distinct(reading, best[1:]) >= _distinct(reading, best):
        return None  # a heading above the header
    above = _has_words_above(reading, best)
    nameless = [cell for one in best for cell in _nameless(reading, one)]
    best = _with_tails(reading, best, lines)
    cells = [cell for one in best for cell in _cells(reading, one)]
    columns = _columns(cells, reading.vocabulary.lexicon.columns, words_above=above)
    columns = _with_currency(columns, nameless)
    if not _is_item_table(columns, reading.vocabulary):
        return None
    return Header(line.number, best[-1].number, line.page, _with_nameless(columns, nameless), above)


def _is_sentence(line: TextLine) -> bool:
    return len(line.segments) == 1 and line.text.endswith(".") and len(line.segments[0].words) >= _SENTENCE


def _nameless(reading: Reading, line: TextLine) -> list[_Cell]:
    """The words of a header's line whose meaning isn't known: what stands under them is no other column's."""
    known = [cell.box for cell in _cells(reading, line)]
    found = []
    for segment in line.segments:
        free = [word for word in segment.words if not any(word.box.x_overlap(box) > 0 for box in known)]
        if any(_is_word(word.text) for word in free):
            found.append(_Cell(" ".join(w.text for w in free), (NAMELESS,), union_of(w.box for w in free)))
    return found


def _with_currency(columns: tuple[Column, ...], cells: Sequence[_Cell]) -> tuple[Column, ...]:
    """What stands under a mere currency at the right edge are the lines' totals, where no column is called so."""
    known = any(column.names[0] in ("line_total", "gross_total") for column in columns)
    last = max(cells, key=lambda cell: cell.box.x0, default=None)
    if known or last is None or not columns or not _CURRENCY.fullmatch(last.text):
        return columns
    at_edge = last.box.x0 > columns[-1].box.x1
    return (*columns, Column(("line_total",), last.box, last.text)) if at_edge else columns


def _is_word(text: str) -> bool:
    """Whether it has a letter, or is a currency's sign, as may stand alone above the totals."""
    return any(character.isalpha() or unicodedata.category(character) == "Sc" for character in text)


def _with_nameless(columns: tuple[Column, ...], cells: Sequence[_Cell]) -> tuple[Column, ...]:
    free = [cell for cell in cells if not any(cell.box.x_overlap(column.box) > 0 for column in columns)]
    added = [Column(cell.names, cell.box, cell.text) for cell in free]
    return tuple(sorted((*columns, *added), key=lambda column: column.box.x0))


def _has_words_above(reading: Reading, lines: Sequence[TextLine]) -> bool:
    """Whether the description is named on a line of its own above those that name the figures, over one of them."""
    cells = [_cells(reading, line) for line in lines]
    figured = [any(_FIGURES & set(cell.names[:1]) for cell in row) for row in cells]
    for position, row in enumerate(cells):
        described = next((cell for cell in row if "description" in cell.names[:1]), None)
        if described is not None:
            below = [cell for later in cells[position + 1 :] for cell in later]
            over = any(_stacked(described.box, cell.box) and cell.names != ("description",) for cell in below)
            return over and any(figured[position + 1 :]) and not any(figured[: position + 1])
    return False


def _with_tails(reading: Reading, best: list[TextLine], lines: list[TextLine]) -> list[TextLine]:
    """Lines below that only go on with cells, such as "(excl. VAT)", belong to the header too."""
    rest = lines[len(best) :]
    tail = [line for line in rest if not _has_figures(reading, line) and _is_tail(reading, line, best)]
    return [*best, *tail] if len(tail) == len(rest) else best


def _is_tail(reading: Reading, line: TextLine, header: Sequence[TextLine]) -> bool:
    """Whether a line has few cells, or mostly names of columns that stand under the header's own."""
    if len(line.segments) < _FEW:
        return True
    cells, above = _cells(reading, line), [segment.box for one in header for segment in one.segments]
    under = all(any(segment.box.x_overlap(box) > 0 for box in above) for segment in line.segments)
    return under and 2 * len(cells) >= len(line.segments)


def _belongs(reading: Reading, above: TextLine, below: TextLine) -> bool:
    near = below.page == above.page and below.box.top - above.box.bottom <= _LEADING * above.box.height
    if any(character.isdigit() for character in below.text):
        return False
    return near and not _has_figures(reading, below) and (bool(_cells(reading, below)) or len(below.text) < 20)


def _has_figures(reading: Reading, line: TextLine) -> bool:
    """Whether a line gives figures; the number of a part of the form, at the left of its header, is none."""
    numbered = len(line.segments) >= _FEW and _PART.fullmatch(line.segments[0].text) is not None
    return any(
        reading.spans(s, SpanType.AMOUNT) or reading.spans(s, SpanType.DATE) or reading.spans(s, SpanType.RATE)
        for s in line.segments[numbered:]
    )


def _distinct(reading: Reading, lines: Sequence[TextLine]) -> int:
    return len({cell.names[0] for line in lines for cell in _cells(reading, line)})


def _is_item_table(columns: Sequence[Column], vocabulary: Vocabulary) -> bool:
    names = {column.names[0] for column in columns}
    every = {name for column in columns for name in column.names}
    return len(names) >= vocabulary.fewest_columns and all(every & needed for needed in vocabulary.needed)


def _cells(reading: Reading, line: TextLine) -> tuple[_Cell, ...]:
    if _has_figures(reading, line):
        return ()
    table = reading.vocabulary.lexicon.columns
    return tuple(cell for segment in line.segments for cell in _cells_of(segment, table))


def _cells_of(segment: Segment, table: Table) -> list[_Cell]:
    """The column names within a segment; words between them belong to the name before."""
    hits = find_hits(segment, table)
    covered = sum(len(squeeze(hit.text)) for hit in hits)
    if not hits or covered < _COVERED * max(1, len(squeeze(segment.text))):
        return []
    hits = _without_tails(segment, hits)
    ends = [*(hit.start for hit in hits[1:]), len(segment.text)]
    cells = []
    for hit, end in zip(hits, ends, strict=True):
        first, last = segment.word_range(hit.start, len(segment.text[:end].rstrip()))
        box = union_of(word.box for word in segment.words[first:last])
        cells.append(_Cell(segment.text[hit.start : end].strip(), tuple(m.name for m in hit.meanings), box))
    return cells


def _without_tails(segment: Segment, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Without hits inside one word's tail, as in "Menge/Einheit": that is one column."""
    kept = [hits[0]]
    for hit in hits[1:]:
        before = segment.text[: hit.start].rstrip()
        if before.endswith("/") or _is_with_tax(segment, hit, before):
            continue  # the same in another language, or "price ex. VAT"
        if hit.meanings[0].name == "description" and all(m.name == "other" for m in kept[-1].meanings):
            kept[-1] = Hit(hit.meanings, segment, kept[-1].start, hit.end)  # "charge description"
            continue
        if segment.word_range(hit.start, hit.end)[0] > segment.word_range(kept[-1].start, kept[-1].end)[1] - 1:
            kept.append(hit)
    return tuple(kept)


def _is_with_tax(segment: Segment, hit: Hit, before: str) -> bool:
    """Whether a tax is named right behind "with" or "without", not at the head of the next column."""
    first = segment.word_range(hit.start, hit.end)[0]
    if not _WITH_TAX.search(before) or segment.text[hit.end : hit.end + 2].strip().startswith("%"):
        return False
    return segment.words[first].box.x0 - segment.words[first - 1].box.x1 < _ONE_SPACE * segment.size


def _columns(cells: Sequence[_Cell], table: Table, *, words_above: bool) -> tuple[Column, ...]:
    stacks: list[list[_Cell]] = []
    for cell in cells:
        apart = [s for s in stacks if not (words_above and s[0].names == ("description",))]
        stack = next((s for s in apart if _stacked(union_of(c.box for c in s), cell.box) and _of_one(s, cell)), None)
        if stack is None:
            stacks.append([cell])
        else:
            stack.append(cell)
    columns = [_column(stack, table) for stack in stacks]
    return _settle(tuple(sorted(columns, key=lambda column: column.box.x0)))


def _stacked(a: Box, b: Box) -> bool:
    return a.x_overlap(b) > _STACKED * min(a.width, b.width) and a.y_overlap(b) < 0.5 * min(a.height, b.height)


def _of_one(stack: Sequence[_Cell], cell: _Cell) -> bool:
    """Whether a cell can be of one column with those above it; the description above a figure is a line of its own."""
    names = {name for other in stack for name in other.names}
    first, second = names, set(cell.names)
    return not (("description" in first and second <= _FIGURES) or ("description" in second and first <= _FIGURES))


def _column(stack: Sequence[_Cell], table: Table) -> Column:
    joined = " ".join(cell.text for cell in stack)
    whole = table.get(squeeze(joined))
    names = tuple(m.name for m in whole) if whole else _common_names(stack)
    return Column(names, union_of(cell.box for cell in stack), joined)


def _common_names(stack: Sequence[_Cell]) -> tuple[str, ...]:
    """The meanings of the cell that says most; a stack of article numbers is the seller's."""
    names = [cell.names for cell in stack]
    if all({"seller_item_id", "buyer_item_id", "gtin"} & set(n) for n in names):
        return ("seller_item_id",)
    return max(stack, key=lambda cell: len(squeeze(cell.text))).names if len(stack) > 1 else names[0]


def _settle(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where a header has several meanings, the first that no other column has."""
    columns = _with_price(columns)
    taken = {column.names[0] for column in columns if len(column.names) == 1}
    columns = _with_description(columns, taken)
    settled = []
    for column in columns:
        names = column.names
        if len(names) > 1:
            free = [name for name in names if name not in taken] or list(names)
            names = (free[0], *(name for name in names if name != free[0]))
            taken.add(names[0])
        settled.append(Column(names, column.box, column.header))
    return tuple(settled)


def _with_price(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """ "Price per" is the price where no other column is: its unit stands on a line that isn't known."""
    if any("unit_price" in column.names for column in columns):
        return columns
    base = next((i for i, column in enumerate(columns) if column.means("price_base_quantity")), None)
    return tuple(replace(c, names=("unit_price",)) if i == base else c for i, c in enumerate(columns))


def _with_description(columns: tuple[Column, ...], taken: set[str]) -> tuple[Column, ...]:
    """Where no column is surely the description, the one with the most room that may be, such as "Item"."""
    if "description" in taken:
        return columns
    ends = [*(column.box.x0 for column in columns[1:]), math.inf]
    room = {i: ends[i] - column.box.x0 for i, column in enumerate(columns) if "description" in column.names}
    if not room:
        return columns
    widest = max(room, key=lambda i: room[i])
    taken.add("description")
    sure = Column(("description",), columns[widest].box, columns[widest].header)
    return tuple(sure if i == widest else column for i, column in enumerate(columns))


def header_lines(reading: Reading) -> frozenset[int]:
    """The numbers of the lines that are headers: their words name columns, not fields of the document."""
    return frozenset(n for h in find_headers(reading) for n in range(h.first_line, h.last_line + 1))
