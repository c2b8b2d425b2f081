"""Letters that were entered a box each, put together to the words that they spell."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.choose.reading import Reading
from extractors.layout import lay_out
from service.domain.documents import Page, Ruling, Word
from service.domain.geometry import Box, union_of

_FEWEST = 3  # letters of an entry
_SAME_ROW = 0.5  # of the height
_SAME_EDGE = 4.0  # points between lines that are one: neighbouring boxes may each draw their own
_SAME_WIDTH = 0.2  # of a box's width, by which boxes of one comb may differ
_WIDEST = 2.6  # heights of the letter that a box may be wide
_MOST_EMPTY = 3  # boxes between two words of an entry
_SPACE = 0.3  # of the height


def with_combs(reading: Reading) -> Reading:
    """The reading with the entries of combs as words; itself where there are none."""
    pages = [_joined(page) for page in reading.layout.pages]
    if all(new is old for new, old in zip(pages, reading.layout.pages, strict=True)):
        return reading
    return Reading(lay_out(pages), reading.vocabulary, reading.memories, reading.ask)


def _joined(page: Page) -> Page:
    letters = [word for word in page.words if len(word.text) == 1]
    if len(letters) < _FEWEST or page.form_values:
        return page
    entries = [entry for row in _rows(letters) for entry in _entries(row, page.rulings)]
    if not entries:
        return page
    taken = {id(letter) for entry in entries for _, letter in entry}
    words = [word for word in page.words if id(word) not in taken]
    words += [word for entry in entries for word in _words(entry)]
    around = [union_of(letter.box for _, letter in entry) for entry in entries]
    rulings = tuple(r for r in page.rulings if not any(_is_between(r.box, box) for box in around))
    return replace(page, words=tuple(words), rulings=rulings)


def _rows(letters: Sequence[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    for letter in sorted(letters, key=lambda w: w.box.bottom):
        if row and abs(letter.box.bottom - row[-1].box.bottom) > _SAME_ROW * max(letter.size, letter.box.height):
            yield sorted(row, key=lambda w: w.box.x0)
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda w: w.box.x0)


def _entries(row: Sequence[Word], rulings: Sequence[Ruling]) -> Iterator[list[tuple[int, Word]]]:
    """Letters of one comb, each with the number of its box."""
    edges = _edges(row, rulings)
    entry: list[tuple[int, Word]] = []
    for letter in row:
        place = bisect.bisect(edges, letter.box.x_mid)
        if not _is_box(edges, place, letter):
            continue
        if entry and not _is_same_comb(edges, entry[-1][0], place):
            if len(entry) >= _FEWEST:
                yield entry
            entry = []
        entry.append((place, letter))
    if len(entry) >= _FEWEST:
        yield entry


def _edges(row: Sequence[Word], rulings: Sequence[Ruling]) -> list[float]:
    """Where upright lines cross the row, from left to right."""
    box = union_of(letter.box for letter in row)
    found: list[float] = []
    for x in sorted(r.box.x_mid for r in rulings if r.box.height > r.box.width and r.box.y_overlap(box) > 0):
        if not found or x - found[-1] > _SAME_EDGE:
            found.append(x)
    return found


def _is_box(edges: Sequence[float], place: int, letter: Word) -> bool:
    if not 0 < place < len(edges):
        return False
    return edges[place] - edges[place - 1] <= _WIDEST * max(letter.size, letter.box.height)


def _is_same_comb(edges: Sequence[float], first: int, last: int) -> bool:
    """Whether boxes as wide as the first one's stand between the two without a gap."""
    if last - first > _MOST_EMPTY + 1:
        return False
    width = edges[first] - edges[first - 1]
    return all(abs(edges[n] - edges[n - 1] - width) <= _SAME_WIDTH * width for n in range(first, last + 1))


def _words(entry: Sequence[tuple[int, Word]]) -> list[Word]:
    """The entry's words, each reaching to the next one, as the words of one run of text do."""
    parts: list[list[Word]] = []
    before = entry[0][0] - 2
    for place, letter in entry:
        if place != before + 1:
            parts.append([])
        parts[-1].append(letter)
        before = place
    words = []
    for index, part in enumerate(parts):
        box = union_of(letter.box for letter in part)
        if index + 1 < len(parts):
            box = Box(box.x0, box.top, max(box.x1, parts[index + 1][0].box.x0 - _SPACE * box.height), box.bottom)
        text = "".join(letter.text for letter in part)
        words.append(replace(part[0], text=text, box=box, confidence=min(letter.confidence for letter in part)))
    return words


def _is_between(ruling: Box, entry: Box) -> bool:
    """Whether an upright line parts the letters of an entry."""
    return ruling.height > ruling.width and entry.x0 < ruling.x_mid < entry.x1 and ruling.y_overlap(entry) > 0
