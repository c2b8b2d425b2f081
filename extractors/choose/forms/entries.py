"""Gives every piece of text to the label that asks for it: behind, right of, beneath or above the label."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.forms.frames import boxed_headers, option_segments, table_lines
from extractors.choose.forms.greetings import greetings
from extractors.choose.forms.headings import find_headings
from extractors.choose.forms.labels import Label, find_labels
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found, find_value
from extractors.choose.reading import Reading
from extractors.labels import STRONG
from extractors.layout.cells import Cells, holds
from extractors.layout.lines import Segment, TextLine
from service.domain.geometry import Box

_INSIDE, _RIGHT, _BELOW, _ABOVE, _LEFT = 3.0, 2.6, 2.4, 1.5, 1.0
_FITS, _WHOLE = 0.4, 0.4
_SAME_CELL, _NEXT_CELL = 0.9, 0.3
_STYLE = 0.5  # for the direction that most labels of the document have their entries in
_STYLED_ABOVE = 1.5  # more: an entry above, or left, is unlikely as long as no others are
_WAYS = ("right", "below", "above", "left")
_FAR_RIGHT = 430.0  # points
_FAR_COST = 1.2
_REACH = 2.4  # heights of the label to an entry below it that no cell holds
_BLOCK = 16.0  # heights that a block of lines below its label may reach
_LEADING = 1.0  # heights between lines of one entry
_ALIGNED = 4.0  # points
_UNDERLINE = 0.6  # heights below a text to the line that it is written on
_JOINED = 40.0  # points between pieces of one entry in a line
_LONG = (EntryType.LONG_TEXT, EntryType.TEXT, EntryType.IBAN)
_MOST_LABELS = 0.6  # of a line's runs of text
_OTHER_PRINT = 0.12  # of the size, by which labels are printed smaller or larger than entries
_TALLEST_LABEL = 8  # heights of a cell that has a label only
_ASKS = 0.5  # how sure a label has to be that no other entry wraps to its line
_WORTH, _KEEPS = 0.3, 0.7  # how sure a label has to be to have an entry, and to be none itself


@dataclass(frozen=True, eq=False)
class Entry:
    """What stands at a label: pieces of text from left to right and top to bottom, which way, and its points."""

    label: Label
    pieces: tuple[Segment, ...]
    way: str
    score: float

    def value(self, reading: Reading, name: str) -> Found | None:
        """The value of the field ``name`` in it."""
        return find_value(reading, self.pieces, entry_type(name))

    @property
    def method(self) -> str:
        """How it was found, in words."""
        return f"label “{self.label.hit.text}” {self.way}"


class _Page:
    """What finding entries needs to know of the document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.labels = find_labels(reading)
        self.cells = {page.number: Cells(page.rulings) for page in reading.layout.pages}
        self.taken = frozenset(label.segment for label in self.labels if label.sure >= _KEEPS)
        self.asking = frozenset(label.segment for label in self.labels if label.sure >= _ASKS)
        self.blocked = (
            self.taken
            | greetings(reading)
            | option_segments(reading)
            | frozenset(h.segment for h in find_headings(reading))
        )
        self.hidden = table_lines(reading)

    def is_filled_in(self, segment: Segment) -> bool:
        """Whether a run of text was entered in a field of the form."""
        fields = self.reading.layout.pages[segment.page - 1].form_values
        return any(not field.is_button and holds(field.box, segment.box) for field in fields)

    def asks(self, line: TextLine) -> bool:
        """Whether most of a line are labels, so that what else stands in it is a label that we don't know."""
        labels = sum(segment in self.taken for segment in line.segments)
        return len(line.segments) > 1 and labels > _MOST_LABELS * len(line.segments)

    def is_free(self, segment: Segment) -> bool:
        """Whether a run of text may be part of an entry: no label, option, heading, or end of a label we don't know."""
        return (
            segment not in self.blocked and segment.line not in self.hidden and not segment.text.rstrip().endswith(":")
        )


@lru_cache(maxsize=16)
def find_entries(reading: Reading) -> tuple[Entry, ...]:
    """The entries of the document, one a label at most, no text in two of them; best first."""
    page = _Page(reading)
    candidates = [entry for label in page.labels for entry in _candidates(page, label)]
    boxed = [n for h in boxed_headers(reading) for n in range(h.first_line, h.last_line + 1)]
    style = _style(candidates, boxed)
    weighed = [_weighed(page, entry, style) for entry in candidates if entry.way != "left" or style == "left"]
    weighed.sort(key=lambda e: (-e.score, e.label.segment.line, e.label.hit.start))
    return tuple(_assigned(weighed))


def _assigned(entries: Sequence[Entry]) -> Iterator[Entry]:
    used: set[tuple[int, Box]] = set()
    served: set[int] = set()
    for entry in entries:
        words = {(word.page, word.box) for piece in entry.pieces for word in piece.words}
        if id(entry.label.hit) in served or words & used:
            continue
        used |= words
        served.add(id(entry.label.hit))
        yield entry


def _style(entries: Sequence[Entry], boxed: Collection[int]) -> str:
    """The way that most labels have their entries, those on the lines ``boxed`` left out; above or below one, the
    nearer of the two counts.
    """
    nearest: dict[int, Entry] = {}
    for entry in entries:
        known = nearest.get(id(entry.label))
        if entry.way in ("above", "below") and (known is None or _gap(entry) < _gap(known)):
            nearest[id(entry.label)] = entry
    counted = [*(entry for entry in entries if entry.way in ("right", "left")), *nearest.values()]
    counted = [entry for entry in counted if entry.label.segment.line not in boxed] or counted
    votes = {way: sum(e.score for e in counted if e.way == way and e.score > 0) for way in _WAYS}
    return max(votes, key=lambda way: votes[way])


def _gap(entry: Entry) -> float:
    """Points between the label and what stands above or below it."""
    label, piece = entry.label.segment.box, entry.pieces[0].box
    return max(label.top - piece.bottom, piece.top - label.bottom)


def _weighed(page: _Page, entry: Entry, style: str) -> Entry:
    rare = style in ("above", "left")
    score = entry.score + ((_STYLED_ABOVE if rare else _STYLE) if entry.way == style else 0.0)
    label = entry.label
    cells = page.cells[label.segment.page]
    own = cells.around(label.hit.box)
    if own is not None and entry.way != "inside":
        if holds(own, entry.pieces[0].box):
            score += _SAME_CELL
        elif entry.way == "right":
            score += _NEXT_CELL
    return Entry(label, entry.pieces, entry.way, score * label.sure)


def _candidates(page: _Page, label: Label) -> Iterator[Entry]:
    if label.sure < _WORTH:
        return
    for way, base, pieces in _places(page, label):
        if not pieces:
            continue
        fit = _fit(page.reading, label, pieces)
        if fit is not None:
            yield Entry(label, pieces, way, base + fit - _distance(label, pieces[0], way))


def _places(page: _Page, label: Label) -> Iterator[tuple[str, float, tuple[Segment, ...]]]:
    inside = _inside(page, label)
    if inside:
        yield "inside", _INSIDE, inside
        return
    yield "right", _RIGHT, _right(page, label)
    yield "below", _BELOW, _below(page, label)
    yield "above", _ABOVE, _above(page, label)
    yield "left", _LEFT, _left(page, label)


def _fit(reading: Reading, label: Label, pieces: tuple[Segment, ...]) -> float | None:
    """Points for an entry that is of a type asked for; None where it is of none."""
    best: float | None = None
    for name, weight in label.names():
        found = find_value(reading, pieces, entry_type(name))
        if found is not None:
            points = (_FITS + _WHOLE * found.whole) * weight
            best = points if best is None else max(best, points)
    if best is None and any(name.startswith("other") for name, _ in label.names()):
        return 0.0
    return best


def _distance(label: Label, piece: Segment, way: str) -> float:
    if way == "right":
        return _FAR_COST * max(0.0, piece.box.x0 - label.hit.box.x1) / _FAR_RIGHT
    if way == "below":
        return 0.04 * max(0.0, piece.box.top - label.segment.box.bottom) / max(1.0, label.segment.size)
    return 0.0


def _inside(page: _Page, label: Label) -> tuple[Segment, ...]:
    """What stands behind the label in its own run of text, with the lines that go on below it."""
    segment = label.segment
    text = segment.text[label.rest : label.end]
    if not text.strip(" .:_*-–"):
        return ()
    start = label.rest + len(text) - len(text.lstrip(" .:_*"))
    first, last = segment.word_range(start, len(segment.text[: label.end].rstrip()))
    part = segment.part(first, last)
    return (part, *_continued(page, label, part)) if part.words else ()


def _right(page: _Page, label: Label) -> tuple[Segment, ...]:
    segments = page.reading.line_of(label.segment).segments
    found: list[Segment] = []
    edge = label.segment.box.x1
    for other in segments[segments.index(label.segment) + 1 :]:
        if not page.is_free(other) or other.box.x0 - edge > (_JOINED if found else _FAR_RIGHT):
            break
        found.append(other)
        edge = other.box.x1
    region = _region_right(page, label)
    if region is not None and not (found and holds(region, found[0].box) and not _is_long(label)):
        held = _held(page, label, region)
        return held or tuple(found)
    if not found:
        return ()
    return (*found, *_continued(page, label, found[0]))


def _region_right(page: _Page, label: Label) -> Box | None:
    """The form's field or the drawn cell that begins right of the label, at its height."""
    box = label.segment.box
    fields = [
        value.box
        for value in page.reading.layout.pages[label.segment.page - 1].form_values
        if not value.is_button and value.box.top - 2 <= box.y_mid <= value.box.bottom + 2 and value.box.x0 >= box.x1 - 2
    ]
    near = [field for field in fields if field.x0 - box.x1 <= _FAR_RIGHT]
    if near:
        return min(near, key=lambda field: field.x0)
    cells = page.cells[label.segment.page]
    own = cells.around(box)
    if own is None or own.bottom - own.top > _TALLEST_LABEL * box.height:
        return None
    return cells.around(Box(own.x1 + 3, box.y_mid - 1, own.x1 + 4, box.y_mid + 1))


def _held(page: _Page, label: Label, region: Box) -> tuple[Segment, ...]:
    """The text within a field or a cell; nothing where a label stands in it."""
    inside = [
        s
        for line in page.reading.layout.lines
        if line.page == label.segment.page and region.top - 2 <= line.box.y_mid <= region.bottom + 2
        for s in line.segments
        if holds(region, s.box)
    ]
    return tuple(inside) if all(page.is_free(s) for s in inside) else ()


def _continued(page: _Page, label: Label, first: Segment) -> tuple[Segment, ...]:
    """The lines that go on with an entry below its first piece: aligned with it, or with the label of a paragraph."""
    if not any(entry_type(name) in _LONG for name, _ in label.names()):
        return ()
    found: list[Segment] = []
    last = first
    for line in page.reading.lines_below(first, 40 * first.size):
        under = [s for s in line.segments if _goes_on(page, label, first, s) and not _is_labels_print(label, first, s)]
        if not under or line.box.top - last.box.bottom > _LEADING * last.box.height:
            break
        if _has_label_left(page, line, under[0]):
            break
        if page.cells[first.page].parted(last.box, under[0].box) and not _is_on_lines(page, label, under[0]):
            break
        found.append(under[0])
        last = under[0]
    return tuple(found)


def _is_on_lines(page: _Page, label: Label, piece: Segment) -> bool:
    """Whether a long entry goes on upon a line to write on, which parts its own lines rather than cells."""
    cells, box = page.cells[piece.page], piece.box
    if not _is_long(label) or cells.around(box) is not None:
        return False
    return any(
        box.y_mid < line.y_mid <= box.bottom + _UNDERLINE * box.height and line.x_overlap(box) > 0.9 * box.width
        for line in cells.level
    )


def _goes_on(page: _Page, label: Label, first: Segment, other: Segment) -> bool:
    if not page.is_free(other):
        return False
    aligned = abs(other.box.x0 - first.box.x0) <= _ALIGNED
    wrapped = first.line == label.segment.line and abs(other.box.x0 - label.segment.box.x0) <= _ALIGNED
    return aligned or (wrapped and _is_long(label) and other not in page.asking)


def _is_labels_print(label: Label, first: Segment, other: Segment) -> bool:
    """Whether a text is printed as the label is and not as the entry that begins with ``first``: the next label."""
    own, entered = label.hit.segment.size, first.size
    if label.hit.segment.bold and not first.bold:
        return other.bold
    return abs(own - entered) > _OTHER_PRINT * entered and abs(other.size - own) < abs(other.size - entered)


def _is_next_label(page: _Page, label: Label, first: Segment, other: Segment) -> bool:
    """Whether a text below an entry is a label by its print, or begins as one in other print than the entry."""
    hits = page.reading.hits(other)
    begins = bool(hits) and hits[0].start == 0 and any(m.weight == STRONG for m in hits[0].meanings)
    return _is_labels_print(label, first, other) or (
        begins and abs(other.size - first.size) > _OTHER_PRINT * first.size
    )


def _is_long(label: Label) -> bool:
    return any(entry_type(name) is EntryType.LONG_TEXT for name, _ in label.names())


def _has_label_left(page: _Page, line: TextLine, segment: Segment) -> bool:
    """Whether a label of that line asks for the piece."""
    left = [s for s in line.segments if s.box.x1 <= segment.box.x0]
    return bool(left) and not page.is_free(left[-1])


def _below(page: _Page, label: Label) -> tuple[Segment, ...]:
    """What stands beneath the label: in its cell, else right below it."""
    box = label.hit.box if label.rest >= len(label.segment.text) else label.segment.box
    cell = _own_cell(page, label)
    reach = cell.bottom - label.segment.box.bottom if cell is not None else _REACH * label.segment.size
    reach = max(reach, _REACH * label.segment.size)
    is_block = _is_long(label)
    found: list[Segment] = []
    for line in page.reading.lines_below(label.segment, max(reach, _BLOCK * label.segment.size) if is_block else reach):
        if not found and line.box.top > label.segment.box.bottom + reach:
            break
        under = [s for s in line.segments if _is_under(page, box, cell, s)]
        free = [s for s in under if page.is_free(s) and not (found and _is_next_label(page, label, found[0], s))]
        if found and not under and line.box.top < found[-1].box.bottom:
            continue  # between two lines of another column
        if (
            len(free) < len(under)
            or page.asks(line)
            or (under and _has_label_left(page, line, under[0]) and cell is None)
        ):
            break
        if found and (not free or free[0].box.top - found[-1].box.bottom > _LEADING * found[-1].box.height + 4):
            break
        found += free
        if found and (label.weight("dealer_name") or not any(entry_type(name) in _LONG for name, _ in label.names())):
            break
    return tuple(found)


def _own_cell(page: _Page, label: Label) -> Box | None:
    """The cell that a label stands in, as far as no other label stands beside it there."""
    cell = page.cells[label.segment.page].around(label.segment.box)
    if cell is None:
        return None
    beside = [s for s in page.reading.line_of(label.segment).segments if s in page.asking and holds(cell, s.box)]
    left = [s.box.x1 for s in beside if s.box.x1 <= label.segment.box.x0]
    right = [s.box.x0 for s in beside if s.box.x0 >= label.segment.box.x1]
    x0, x1 = (label.segment.box.x0 - _ALIGNED if left else cell.x0), min([cell.x1, *(x - _ALIGNED for x in right)])
    return Box(x0, cell.top, max(x0, x1), cell.bottom)


def _is_under(page: _Page, box: Box, cell: Box | None, segment: Segment) -> bool:
    if cell is not None and holds(cell, segment.box):
        return True
    if cell is not None and page.cells[segment.page].around(segment.box) is not None and not _is_stacked(cell, segment):
        return False
    return segment.box.x_overlap(box) > 0 or abs(segment.box.x0 - box.x0) <= 3 * _ALIGNED


def _is_stacked(cell: Box, segment: Segment) -> bool:
    """Whether a text stands right below a cell, as in a table whose labels have a row of their own."""
    return cell.x0 - _ALIGNED <= segment.box.x0 and segment.box.x1 <= cell.x1 + _ALIGNED


def _above(page: _Page, label: Label) -> tuple[Segment, ...]:
    """What stands on the line that the label names from below."""
    box = label.hit.box
    for line in reversed(page.reading.layout.lines[max(0, label.segment.line - 3) : label.segment.line]):
        if line.page != label.segment.page or box.top - line.box.bottom > 1.6 * label.segment.size:
            break
        over = [s for s in line.segments if s.box.x_overlap(box) > 0 and page.is_free(s)]
        if over and (page.cells[line.page].parted(over[0].box, box) or page.is_filled_in(over[0])):
            return (over[0],)
    return ()


def _left(page: _Page, label: Label) -> tuple[Segment, ...]:
    """What stands left of the label, which is printed behind its box."""
    segments = page.reading.line_of(label.segment).segments
    before = segments[: segments.index(label.segment)][-1:]
    near = (s for s in before if label.segment.box.x0 - s.box.x1 <= _FAR_RIGHT / 2 and page.is_free(s))
    return tuple(near)
