"""The ruling lines of tables: how wide columns are, where rows end, and which lines of text lie within."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import lru_cache

from extractors.choose.forms.composed import composed_meanings
from extractors.choose.forms.header_cells import with_whole_cells
from extractors.choose.headers import Header, find_headers
from extractors.choose.reading import Reading
from extractors.labels import STRONG, squeeze
from extractors.layout.lines import Segment, TextLine
from extractors.layout.tables import Column
from service.domain.geometry import Box

_OF_TABLES = frozenset(
    {"quantity", "reason", "unit_price", "line_total", "line_number", "condition", "line_type", "fault"}
)
_OF_FORMS = frozenset({"purchase_date", "order_reference", "invoice_reference", "other"})
SUMS = frozenset(
    {
        "claimed_amount",
        "refund_amount",
        "parts_amount",
        "labour_amount",
        "travel_amount",
        "labour_hours",
        "restocking_fee_amount",
    }
)
_MOST_ASKED = 0.5  # of a header's runs of text that may be labels of the form
_OF_GOODS = frozenset(
    {
        "product_code", "description", "serial_number", "quantity", "unit_price", "reason", "condition", "line_total",
        "fault", "fault_description", "failure_code", "line_type", "purchase_date", "sale_order_reference",
        "invoice_reference", "comments", *SUMS,
    }
)  # fmt: skip
_MOST_BOXES, _BETWEEN = 5, 2  # columns of a row of boxes; lines in which the next row of labels may stand
_MOST_LABELS, _COVERED, _BEFORE = 0.6, 0.5, 3  # share of a line, share of a text, characters before a label
_ONE_LINE = 5.0  # points between lines of which one ends a row and the next begins another
_FEW = 3  # runs of text of a line that is no row
_FEWEST = 3  # runs of text that a header on one line has
_TITLE = 1.35  # of the usual size
_MOST_SUMS = 0.6  # of a header's columns that sums of the form may be named by
_BESIDE_MARK = 30.0  # points between a tick box and its text
_NEAR = 30.0  # points between a header and the first line below it
_SAME, _SHARED = 2.5, 0.6  # points, and share of the header's vertical lines that go on through a row
_COVERS = 0.55  # of the table's width that a line has to run along to part rows


@lru_cache(maxsize=16)
def form_headers(reading: Reading) -> tuple[Header, ...]:
    """The headers of tables: rows of boxes that each have a label of their own are none."""
    boxed = boxed_headers(reading)
    return tuple(h for h in _headers(reading) if h not in boxed and _is_table(reading, h))


@lru_cache(maxsize=16)
def boxed_headers(reading: Reading) -> tuple[Header, ...]:
    """Names of columns that are labels of boxes: the next row, one line of entries below, is one of labels again."""
    return tuple(h for h in _headers(reading) if len(h.columns) <= _MOST_BOXES and _labels_follow(reading, h))


@lru_cache(maxsize=16)
def _headers(reading: Reading) -> tuple[Header, ...]:
    return tuple(with_whole_cells(reading, h) for h in find_headers(reading) if _is_header(reading, h))


def _labels_follow(reading: Reading, header: Header) -> bool:
    lines = [line for line in reading.layout.lines[header.last_line + 1 :] if line.page == header.page]
    return any(is_label_row(reading, line) for line in lines[1 : 1 + _BETWEEN])


def is_label_row(reading: Reading, line: TextLine) -> bool:
    """Whether most of a line are labels, as in forms whose boxes stand in rows like a table's."""
    labels = [segment for segment in line.segments if _is_label(reading, segment)]
    return len(line.segments) > 1 and len(labels) > _MOST_LABELS * len(line.segments)


def _is_label(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text without figures begins with a label that makes up most of it."""
    hits = [hit for hit in reading.hits(segment) if any(m.weight == STRONG for m in hit.meanings)]
    covered = sum(len(hit.text) for hit in hits)
    if any(character.isdigit() for character in segment.text):
        return False
    if hits and hits[0].start <= _BEFORE and covered >= _COVERED * len(segment.text):
        return True
    return bool(composed_meanings(reading.vocabulary.lexicon, segment.text, sure=False))


def _is_header(reading: Reading, header: Header) -> bool:
    """Whether the words are columns' names: no title, no texts of tick boxes, nor one or two runs of text."""
    lines = reading.layout.lines[header.first_line : header.last_line + 1]
    segments = [segment for line in lines for segment in line.segments]
    apart = len(lines) > 1 or len(segments) >= min(_FEWEST, len(header.columns) - 1)
    is_titled = any(segment.size > _TITLE * reading.usual_size for segment in segments)
    if len(segments) < 2 or not apart or is_titled or option_segments(reading) & set(segments):
        return False
    asked = sum(asks_of_form(reading, segment) for segment in segments)
    return asked < _MOST_ASKED * len(segments)


def asks_of_form(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text is a label of what belongs to the whole form, as "Failure date" does, not to its goods."""
    text = segment.text.strip(" :.*")
    table = reading.vocabulary.lexicon.fields
    known = [m.name for m in table.get(squeeze(text), ()) if m.weight == STRONG]
    names = known or [m.name for m in composed_meanings(reading.vocabulary.lexicon, text, sure=False)]
    return bool(names) and not any(name in _OF_GOODS or name.startswith("other") for name in names)


def _is_table(reading: Reading, header: Header) -> bool:
    names = {column.names[0] for column in header.columns}
    if _sums(reading, header) >= _MOST_SUMS * len(header.columns):
        return False
    if names & _OF_TABLES or not names & _OF_FORMS:
        return True
    return len(row_edges(reading, widened(reading, header))) > 2


def _sums(reading: Reading, header: Header) -> int:
    """How many of the columns' names ask for sums of the whole form: "Parts   Labour   Travel   Total"."""
    return sum(_is_of_sum(reading, column.header) for column in header.columns)


def _names_sums(reading: Reading, line: TextLine) -> bool:
    """Whether a line names sums of the whole form, whose amounts stand below it."""
    named = sum(_is_of_sum(reading, segment.text) for segment in line.segments)
    return named > 1 and named >= _MOST_SUMS * len(line.segments)


def _is_of_sum(reading: Reading, text: str) -> bool:
    meanings = reading.vocabulary.lexicon.fields.get(squeeze(text), ())
    return any(m.name in SUMS and m.weight == STRONG for m in meanings)


@lru_cache(maxsize=16)
def table_lines(reading: Reading) -> frozenset[int]:
    """The numbers of the lines of text that are headers of tables or lie within ruled tables."""
    found: set[int] = set()
    for header in form_headers(reading):
        found.update(range(header.first_line, header.last_line + 1))
        edges = row_edges(reading, widened(reading, header))
        for line in reading.layout.lines[header.last_line + 1 :]:
            if edges and line.page == header.page and line.box.y_mid < edges[-1]:
                found.add(line.number)
    return frozenset(found)


def widened(reading: Reading, header: Header) -> Header:
    """The header with each column as wide as the vertical lines beside it allow, none across its neighbour."""
    page = reading.layout.pages[header.page - 1]
    middle = sum(c.box.y_mid for c in header.columns) / len(header.columns)
    upright = sorted(
        r.box.x_mid for r in page.rulings if r.box.height > r.box.width and r.box.top <= middle <= r.box.bottom
    )
    if len(upright) < 2:
        return header
    columns = []
    for place, column in enumerate(header.columns):
        before = header.columns[place - 1].box.x1 if place else 0.0
        behind = header.columns[place + 1].box.x0 if place + 1 < len(header.columns) else page.size.width
        left = max((x for x in upright if before - 3 <= x <= column.box.x0 + 3), default=column.box.x0)
        right = min((x for x in upright if column.box.x1 - 3 <= x <= behind + 3), default=column.box.x1)
        box = Box(min(left, column.box.x0), column.box.top, max(right, column.box.x1), column.box.bottom)
        columns.append(Column(column.names, box, column.header))
    return Header(header.first_line, header.last_line, header.page, tuple(columns))


def row_edges(reading: Reading, header: Header) -> list[float]:
    """The heights of the lines that part the rows, from the header's lower edge down; a wide gap ends the table."""
    page = reading.layout.pages[header.page - 1]
    left, right = header.columns[0].box.x0, header.columns[-1].box.x1
    bottom = max(column.box.bottom for column in header.columns)
    covered: dict[float, float] = {}
    for ruling in page.rulings:
        box = ruling.box
        if box.width > box.height and box.y_mid >= bottom - 3:
            key = next((y for y in covered if abs(y - box.y_mid) < 1.5), box.y_mid)
            covered[key] = covered.get(key, 0.0) + max(0.0, min(box.x1, right) - max(box.x0, left))
    edges = sorted(y for y, length in covered.items() if length >= _COVERS * (right - left))
    end = _other_part(reading, header)
    edges = [edge for edge in edges if edge <= end]
    edges = [edge for place, edge in enumerate(edges) if place == 0 or edge - edges[place - 1] > _ONE_LINE]
    if len(edges) < 2 or edges[0] - bottom > _NEAR:
        return []
    return _one_table(edges, header, [r.box for r in page.rulings if r.box.height > r.box.width])


def _other_part(reading: Reading, header: Header) -> float:
    """The height at which, below the header, a label of the whole form begins a line."""
    for line in reading.layout.lines[header.last_line + 1 :]:
        if line.page != header.page:
            break
        if (len(line.segments) <= _FEW and asks_of_form(reading, line.segments[0])) or _names_sums(reading, line):
            return line.box.top + 2
    return math.inf


def _one_table(edges: Sequence[float], header: Header, upright: Sequence[Box]) -> list[float]:
    """The edges of one table: where its columns' lines stop, or a gap is several times as high as its rows, it ends."""
    middle = sum(c.box.y_mid for c in header.columns) / len(header.columns)
    columns = _crossed(upright, middle)
    least = min(b - a for a, b in itertools.pairwise(edges))
    kept = [edges[0]]
    for before, edge in itertools.pairwise(edges):
        here = _crossed(upright, (before + edge) / 2)
        shared = sum(any(abs(x - other) <= _SAME for other in here) for x in columns)
        if edge - before > max(90.0, 4 * least) or shared < _SHARED * len(columns):
            break
        kept.append(edge)
    return kept if len(kept) > 1 else []


def _crossed(upright: Sequence[Box], height: float) -> list[float]:
    """Where vertical lines cross a height."""
    return [box.x_mid for box in upright if box.top <= height <= box.bottom]


@lru_cache(maxsize=16)
def option_segments(reading: Reading) -> frozenset[Segment]:
    """The runs of text right behind a tick box."""
    found = []
    for page in reading.layout.pages:
        if page.marks:
            lines = [line for line in reading.layout.lines if line.page == page.number]
            for mark in page.marks:
                found += [
                    s
                    for line in lines
                    if line.box.y_overlap(mark.box) > 0
                    for s in line.segments
                    if -2 <= s.box.x0 - mark.box.x1 <= _BESIDE_MARK and s.box.y_overlap(mark.box) > 0
                ]
    return frozenset(found)
