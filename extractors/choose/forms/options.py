"""Tick boxes with the text of their option, before or behind it, and the label that they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.forms.frames import form_headers
from extractors.choose.forms.headings import find_headings
from extractors.choose.forms.labels import Label, find_labels
from extractors.choose.forms.legends import legend_lines
from extractors.choose.forms.meanings import Sense, SenseFinder
from extractors.choose.reading import Reading
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.documents import Mark
from service.domain.geometry import Box, union_of

_BESIDE = 30.0  # points between a box and its text
_SAME_ROW = 0.6  # of a mark's height
_ABOVE = 200.0  # points up to which a question may stand above its options
_CLEAR = 0.95  # how surely an option is meant that seems to answer another question
_LEADING = 0.7  # heights


@dataclass(frozen=True, eq=False)
class Option:
    """A tick box and what it stands for; ``raw`` its text as printed."""

    mark: Mark
    text: Segment | None
    raw: str
    question: str | None  # the field that the label before it asks for, or the name of its heading

    @property
    def box(self) -> Box:
        """Around the box and its text."""
        return self.mark.box if self.text is None else union_of((self.mark.box, self.text.box))


@lru_cache(maxsize=16)
def find_options(reading: Reading) -> tuple[Option, ...]:
    """The options of the document, page by page, from top to bottom and left to right."""
    return tuple(option for page in reading.layout.pages for option in _on_page(reading, page.marks, page.number))


def _on_page(reading: Reading, marks: Sequence[Mark], number: int) -> Iterator[Option]:
    lines = [line for line in reading.layout.lines if line.page == number]
    segments = [segment for line in lines for segment in line.segments]
    rows = list(_rows(marks))
    votes = sum(_behind_vote(row, segments) for row in rows)
    for row in rows:
        vote = _behind_vote(row, segments) or votes
        for mark in row:
            text = _text(mark, segments, behind=vote >= 0)
            raw = _form_name(reading, mark) if text is None else _whole_text(reading, text)
            yield Option(mark, text, raw, _question(reading, mark))


def _rows(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    row: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.box.y_mid, m.box.x0)):
        if row and abs(mark.box.y_mid - row[0].box.y_mid) > _SAME_ROW * max(mark.box.height, row[0].box.height):
            yield sorted(row, key=lambda m: m.box.x0)
            row = []
        row.append(mark)
    if row:
        yield sorted(row, key=lambda m: m.box.x0)


def _behind_vote(row: Sequence[Mark], segments: Sequence[Segment]) -> int:
    """Above 0 where the texts of a row stand behind their boxes, below 0 where they stand before them."""
    last = _neighbour(row[-1], segments, behind=True)
    first = _neighbour(row[0], segments, behind=False)
    if last is None and first is not None:
        return -len(row)
    return len(row) if last is not None else 0


def _neighbour(mark: Mark, segments: Sequence[Segment], *, behind: bool) -> Segment | None:
    beside = [s for s in segments if s.box.y_overlap(mark.box) > 0.3 * min(s.box.height, mark.box.height)]
    near = [(s.box.x0 - mark.box.x1 if behind else mark.box.x0 - s.box.x1, s) for s in beside]
    near = [(gap, s) for gap, s in near if -2 <= gap <= _BESIDE]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _text(mark: Mark, segments: Sequence[Segment], *, behind: bool) -> Segment | None:
    return _neighbour(mark, segments, behind=behind)


def _whole_text(reading: Reading, text: Segment) -> str:
    """The option's text with the lines that go on with it."""
    whole, last = text.text, text
    marks = reading.layout.pages[text.page - 1].marks
    for line in reading.lines_below(text, 3 * text.size):
        under = [s for s in line.segments if abs(s.box.x0 - text.box.x0) <= 2]
        if not under or under[0].box.top - last.box.bottom > _LEADING * last.box.height or reading.hits(under[0]):
            break
        if any(m.box.y_overlap(under[0].box) > 0 and abs(m.box.x1 - under[0].box.x0) < _BESIDE for m in marks):
            break
        if under[0].text[:1].isupper() or last.box.width < 60:
            break
        whole, last = f"{whole} {under[0].text}", under[0]
    return whole


def _form_name(reading: Reading, mark: Mark) -> str:
    """What a form's own name of a button says where no text stands beside it."""
    for value in reading.layout.pages[mark.page - 1].form_values:
        if value.is_button and value.box == mark.box:
            name, _, stands_for = value.name.rpartition("=")
            return stands_for if stands_for.lower() not in ("", "yes", "on", "1", "true") else name
    return ""


def _question(reading: Reading, mark: Mark) -> str | None:
    """What the nearest label left of or above the box asks, headings included."""
    found = [*_label_distances(reading, mark), *_heading_distances(reading, mark)]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _label_distances(reading: Reading, mark: Mark) -> Iterator[tuple[float, str]]:
    for label in find_labels(reading):
        is_legend = label.segment.line in legend_lines(reading)
        if label.segment.page == mark.page and label.sure >= 0.5 and not is_legend and _asks(label, mark):
            yield _away(label.segment.box, mark.box), label.names()[0][0]


def _asks(label: Label, mark: Mark) -> bool:
    box = label.segment.box
    left = box.y_overlap(mark.box) > 0 and box.x1 <= mark.box.x0 + 2
    above = box.bottom <= mark.box.top + 3 and box.x0 <= mark.box.x1 + 12
    return left or above


def _heading_distances(reading: Reading, mark: Mark) -> Iterator[tuple[float, str]]:
    for heading in find_headings(reading):
        box = heading.segment.box
        if heading.segment.page == mark.page and box.bottom <= mark.box.top + 3 and box.x0 <= mark.box.x1 + 12:
            yield _away(box, mark.box), f"section {heading.name}"


def _away(box: Box, mark: Box) -> float:
    if box.y_overlap(mark) > 0:
        return max(0.0, mark.x0 - box.x1) / 1000  # what stands in the row counts before all above
    return 1 + max(0.0, mark.top - box.bottom) + max(0.0, mark.x0 - box.x1) / 20


def ticked_senses(
    reading: Reading, finder: SenseFinder, questions: frozenset[str], others: frozenset[str]
) -> list[tuple[Option, Sense]]:
    """The ticked options that ``finder`` understands: those that answer one of ``questions`` first, those that
    seem to answer one of ``others`` last and only where they surely mean something. Boxes in tables are the rows' own.
    """
    hidden = table_boxes(reading)
    found = []
    for option in find_options(reading):
        if not option.mark.ticked or option.mark in hidden or not squeeze(option.raw):
            continue
        sense = finder(reading, option.raw)
        if sense is not None and (option.question not in others or sense.sure >= _CLEAR):
            found.append((option, sense))
    return sorted(
        found, key=lambda pair: (pair[0].question in others, pair[0].question not in questions, -pair[1].sure)
    )


@lru_cache(maxsize=16)
def table_boxes(reading: Reading) -> frozenset[Mark]:
    """The tick boxes on the lines of tables' headers."""
    numbers = {n for h in form_headers(reading) for n in range(h.first_line, h.last_line + 1)}
    lines = [line for line in reading.layout.lines if line.number in numbers]
    return frozenset(
        mark
        for page in reading.layout.pages
        for mark in page.marks
        for line in lines
        if line.page == page.number and line.box.y_overlap(mark.box) > 0
    )
