"""Words to lines, and lines to segments: runs of words without a wide gap or a ruling between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.documents import Page, Word
from service.domain.geometry import Box, union_of

_SAME_LINE = 0.4  # of the smaller word's height, between the middles or the bottoms
_SAME_LINE_SEEN = 0.55  # in a picture, where words stand a little higher or lower than they were set
_UNLIKE = 1.5  # times as large; in a picture such words are of one line only where their base lines are
_WIDE_GAP = 0.95  # of the word's height; ordinary spaces stay below half of it
_OTHER_SIZE = 1.6  # a word that much larger is another text, unless it touches, as a large initial does
_TOUCHING = 0.12  # of the height
_DRAWN = re.compile(r"[-=_*~–—]{6,}|[.]{12,}")  # a ruling made of characters is no text
_NUMBER_GAP = 0.62  # of the height; figures of neighbouring columns may stand as close as this


@dataclass(frozen=True, eq=False)
class Segment:
    """Words of one line that belong together. ``line`` is the line's position in the document. Compared by identity:
    the same text may stand in a document twice.
    """

    words: tuple[Word, ...]
    line: int

    @cached_property
    def box(self) -> Box:
        """Around all its words."""
        return union_of(word.box for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        """1-based."""
        return self.words[0].page

    @cached_property
    def size(self) -> float:
        """Height of its largest word in points."""
        return max(word.size or word.box.height for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether its first word is bold."""
        return self.words[0].bold

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, position = [], 0
        for word in self.words:
            starts.append(position)
            position += len(word.text) + 1
        return tuple(starts)

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """First and past-the-last position of the words that cover the characters ``start`` to ``end``."""
        return bisect_right(self._starts, start) - 1, bisect_left(self._starts, max(end, start + 1))

    def part(self, first: int, last: int) -> Segment:
        """The segment of its words ``first`` to before ``last``."""
        return Segment(self.words[first:last], self.line)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Segments at one height, from left to right. ``number`` counts lines through the whole document."""

    segments: tuple[Segment, ...]
    number: int
    page: int
    box: Box

    @property
    def text(self) -> str:
        """All its text, columns two spaces apart."""
        return "  ".join(segment.text for segment in self.segments)


def page_lines(page: Page, first_number: int) -> tuple[TextLine, ...]:
    """The page's lines from top to bottom, numbered from ``first_number``."""
    upright = [ruling.box for ruling in page.rulings if ruling.box.height > ruling.box.width]
    upright += [mark.box for mark in page.marks]
    lines = []
    written = [word for word in page.words if not _DRAWN.fullmatch(word.text)]
    for number, words in enumerate(
        _rows(written, _SAME_LINE_SEEN if page.from_ocr else _SAME_LINE), start=first_number
    ):
        segments = tuple(Segment(run, number) for run in _runs(words, upright))
        lines.append(TextLine(segments, number, page.number, union_of(s.box for s in segments)))
    return tuple(lines)


def _rows(words: Sequence[Word], same: float) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.y_mid, w.box.x0)):
        row = next((row for row in reversed(rows[-4:]) if _same_line(row[0], word, same)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    for row in rows:
        row.sort(key=lambda w: w.box.x0)
    return sorted(rows, key=lambda row: min(w.box.y_mid for w in row))


def _same_line(a: Word, b: Word, same: float) -> bool:
    allowed = same * min(a.box.height, b.box.height)
    if same > _SAME_LINE and max(a.size, b.size) >= _UNLIKE * min(a.size, b.size):
        return abs(a.box.bottom - b.box.bottom) <= allowed / 2
    return abs(a.box.y_mid - b.box.y_mid) <= allowed or abs(a.box.bottom - b.box.bottom) <= allowed / 2


def _runs(words: Sequence[Word], upright: Sequence[Box]) -> Iterable[tuple[Word, ...]]:
    run = [words[0]]
    for word in words[1:]:
        if _is_apart(run[-1], word) or _is_ruled_off(run[-1], word, upright):
            yield tuple(run)
            run = []
        run.append(word)
    yield tuple(run)


def _is_apart(left: Word, right: Word) -> bool:
    gap = right.box.x0 - left.box.x1
    height = max(left.box.height, right.box.height)
    if max(left.size, right.size) >= _OTHER_SIZE * min(left.size, right.size) and abs(gap) > _TOUCHING * height:
        return True
    both_numbers = _ends_figure(left.text) and _starts_figure(right.text)
    return gap > (_NUMBER_GAP if both_numbers else _WIDE_GAP) * height


def _ends_figure(text: str) -> bool:
    return text[-1].isdigit() and any(mark in text for mark in ".,")


def _starts_figure(text: str) -> bool:
    return text.lstrip("-€$£(")[:1].isdigit()


def _is_ruled_off(left: Word, right: Word, upright: Sequence[Box]) -> bool:
    middle = (left.box.y_mid + right.box.y_mid) / 2
    return any(
        left.box.x1 - 1 <= line.x_mid <= right.box.x0 + 1 and line.top <= middle <= line.bottom for line in upright
    )
