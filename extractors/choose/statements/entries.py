"""Cuts the tables of a statement into entries: rows that carry an amount and are dated or name a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.choose.headers import Header, find_headers
from extractors.choose.hits import begins_with_word
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.statements.meanings import MONEY, money_in, with_meanings
from extractors.choose.statements.short_dates import is_short_day
from extractors.choose.statements.untitled import guess_header
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import column_of, pieces_of

_SUMS = ("opening_balance", "closing_balance", "grand_total", "paid_total", "fee_total")
_FAR = 2.2  # heights between two lines; an entry doesn't go on beyond
_TOO_FAR = 14.0  # heights without any text; the table has ended
_LONGEST_ENTRY = 8  # further lines
_WORD = 3  # letters


@dataclass(slots=True)
class Entry:
    """One row: the pieces of its first line by column, and the pieces of the lines that go on with it."""

    header: Header
    line: int
    cells: dict[str, list[Segment]] = field(default_factory=dict)
    below: list[tuple[str, Segment]] = field(default_factory=list)

    def segments(self, *names: str) -> list[Segment]:
        """The pieces of its first line in the columns of those names, in the names' order."""
        return [piece for name in names for piece in self.cells.get(name, ())]

    def continued(self, name: str) -> list[Segment]:
        """The pieces of its further lines in the columns of that name."""
        return [piece for column, piece in self.below if column == name]

    def lines(self) -> frozenset[int]:
        """The numbers of its lines in the document."""
        return frozenset({self.line, *(piece.line for _, piece in self.below)})


def find_entries(reading: Reading) -> tuple[Entry, ...]:
    """The entries of the document's tables, from top to bottom; of a box that only looks like a table none."""
    tables = [entries for header in _headers(reading) if (entries := list(_under(reading, header)))]
    longest = max((len(entries) for entries in tables), default=0)
    kept = (entries for entries in tables if len(entries) > 1 or longest == 1 or _is_like(entries, tables))
    return tuple(entry for entries in kept for entry in entries)


def _is_like(entries: Sequence[Entry], tables: Sequence[Sequence[Entry]]) -> bool:
    """Whether a table of one row has the columns of a longer one, as on a last page."""
    names = _names(entries[0].header)
    return any(len(other) > 1 and _names(other[0].header) == names for other in tables)


def _names(header: Header) -> tuple[str, ...]:
    return tuple(column.names[0] for column in header.columns)


def _headers(reading: Reading) -> tuple[Header, ...]:
    found = find_headers(reading)
    if any(True for header in found for _ in _under(reading, header)):
        return found
    guessed = guess_header(reading)
    return () if guessed is None else (guessed,)


def _under(reading: Reading, header: Header) -> Iterator[Entry]:
    """The entries beneath a header, up to the next one or to where its table ends."""
    header = with_meanings(reading, header)
    following = (h.first_line for h in find_headers(reading) if h.first_line > header.last_line)
    end = next(following, len(reading.layout.lines))
    entry: Entry | None = None  # the one that a further line may go on with
    begun = False
    for line in reading.layout.lines[header.last_line + 1 : end]:
        if line.number in reading.layout.furniture or begins_with_word(line.segments[0], "carried_forward"):
            continue
        if begun and _is_far(reading.layout.lines[line.number - 1], line):
            break
        cells = _cells(reading, header, line)
        has_money = any(money_in(reading, segment) for segment in line.segments)
        if has_money and _is_sum(reading, line):
            entry = None
        elif _is_entry(reading, cells):
            entry, begun = Entry(header, line.number, cells), True
            yield entry
        elif entry is not None and not has_money and _goes_on(reading, entry, line):
            entry.below.extend((name, piece) for name, pieces in cells.items() for piece in pieces)


def _is_far(before: TextLine, line: TextLine) -> bool:
    return line.page == before.page and line.box.top - before.box.bottom > _TOO_FAR * before.box.height


def _goes_on(reading: Reading, entry: Entry, line: TextLine) -> bool:
    last = reading.layout.lines[max(entry.lines())]
    near = line.page == last.page and line.box.top - last.box.bottom <= _FAR * last.box.height
    return near and len(entry.below) < _LONGEST_ENTRY


def _cells(reading: Reading, header: Header, line: TextLine) -> dict[str, list[Segment]]:
    cells: dict[str, list[Segment]] = {}
    for segment in line.segments:
        for piece in (segment,) if _is_date(reading, segment) else pieces_of(segment, header.columns):
            figure = bool(reading.spans(piece, SpanType.AMOUNT)) and not _is_worded(piece)
            column = header.columns[column_of(piece.box, header.columns, figure=figure)]
            cells.setdefault(column.names[0], []).append(piece)
    return cells


def _is_date(reading: Reading, segment: Segment) -> bool:
    """Whether a text is one date as a whole: then no column parts it."""
    return any(s.start == 0 and s.end == len(segment.text) for s in reading.spans(segment, SpanType.DATE))


def _is_worded(piece: Segment) -> bool:
    return any(len(word.text) > _WORD and word.text.isalpha() for word in piece.words)


def _is_entry(reading: Reading, cells: Mapping[str, Sequence[Segment]]) -> bool:
    """Whether a line has an amount and beside it a date or the number of a paper."""
    if not any(money_in(reading, piece) for name in MONEY for piece in cells.get(name, ())):
        return False
    dated = any(reading.spans(piece, SpanType.DATE) for pieces in cells.values() for piece in pieces)
    dated = dated or any(is_short_day(piece.text) for piece in cells.get("date", ()))
    return dated or any(is_numbered(reading, piece) for piece in cells.get("reference", ()))


def is_numbered(reading: Reading, piece: Segment) -> bool:
    """Whether a piece holds the number of a paper, and no amount."""
    return bool(reading.spans(piece, SpanType.REFERENCE)) and money_in(reading, piece) is None


def _is_sum(reading: Reading, line: TextLine) -> bool:
    """Whether a line begins, apart from dates, with the words of a balance or a total."""
    for segment in line.segments:
        dates = [span for span in reading.spans(segment, SpanType.DATE) if span.start == 0]
        begin = dates[0].end if dates else 0
        if begin and not segment.text[begin:].strip(" .,:-"):
            continue
        hits = [hit for hit in reading.hits(segment) if hit.start >= begin]
        if not hits or hits[0].start - begin > 2:
            return False
        own = any(hits[0].weight(name) for name in _SUMS)
        return own and not _is_number(segment.text[hits[0].end :])
    return False


def _is_number(rest: str) -> bool:
    """Whether a paper's number follows, as in "Balance RE-4711"."""
    word = rest.strip(" .:").partition(" ")[0]
    return any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
