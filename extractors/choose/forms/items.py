"""The goods that a letter lists: item by item, each with its number, its codes and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.forms.counted import BARE_CODE, COUNTED, PIECES, is_code_label
from extractors.choose.hits import find_hits, find_phrases
from extractors.choose.reading import Reading
from extractors.labels import STRONG
from extractors.layout.lines import Segment, TextLine

_BULLET = re.compile(r"^\s*(?:[-–—•·*]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_SHORT = 60  # characters of a greeting or closing words
_LEADING = 0.9  # heights between the lines of one item


def letter_items(reading: Reading) -> tuple[Segment, ...]:
    """The items of the list between a letter's greeting and its closing words: lines that a bullet or a number begins,
    and lines that give a code, each with the lines that go on with it.
    """
    items: list[list[Segment]] = []
    last: Segment | None = None
    for line in _body_lines(reading):
        segment = Segment(tuple(word for s in line.segments for word in s.words), line.number)
        goes_on = last is not None and segment.box.top - last.box.bottom <= _LEADING * segment.box.height
        if is_listed(segment.text) or (has_code(reading, segment.text) and _is_full(reading, items, goes_on=goes_on)):
            items.append([segment])
        elif items and goes_on and last in items[-1]:
            items[-1].append(segment)
        last = segment
    found = tuple(Segment(tuple(w for s in item for w in s.words), item[0].line) for item in items)
    return found if any(_names_goods(reading, unlisted(item)) for item in found) else ()


def _names_goods(reading: Reading, item: Segment) -> bool:
    """Whether an item counts an article, or gives a code of one."""
    counts = COUNTED.match(item.text) is not None or PIECES.search(item.text) is not None
    return counts or has_code(reading, item.text) or BARE_CODE.search(item.text) is not None


def is_listed(text: str) -> bool:
    """Whether a text begins as an item of a list does: with a bullet, a number, or how many there are."""
    return _BULLET.match(text) is not None or COUNTED.match(text) is not None


def unlisted(item: Segment) -> Segment:
    """An item without its bullet or number."""
    match = _BULLET.match(item.text)
    return item if match is None else item.part(item.word_range(match.end(), len(item.text))[0], len(item.words))


def has_code(reading: Reading, text: str) -> bool:
    """Whether an article's number stands behind its label in a text."""
    hits = find_phrases(text, reading.vocabulary.lexicon.fields)
    return any(hit.start and is_code_label(text, hit) for hit in hits) and any(c.isdigit() for c in text)


def _is_full(reading: Reading, items: list[list[Segment]], *, goes_on: bool) -> bool:
    """Whether a line with a code begins the next item: the one before surely has a code, or ended."""
    return not items or not goes_on or any(_is_numbered(reading, segment.text) for segment in items[-1])


def _is_numbered(reading: Reading, text: str) -> bool:
    """Whether a text has an article's number behind a label that means nothing else."""
    hits = find_phrases(text, reading.vocabulary.lexicon.fields)
    return any(m.name == "product_code" and m.weight == STRONG for hit in hits for m in hit.meanings)


def _body_lines(reading: Reading) -> Iterator[TextLine]:
    """The lines between a letter's greeting and its closing words."""
    table = reading.vocabulary.lexicon.table("prose")
    begun = False
    for line in reading.layout.lines:
        hits = find_hits(line.segments[0], table) if len(line.segments[0].text) < _SHORT else ()
        first = hits[0] if hits and hits[0].start == 0 else None
        if first is not None and first.weight("greeting") and not begun:
            begun = True
        elif first is not None and first.weight("closing") and begun:
            return
        elif begun:
            yield line
