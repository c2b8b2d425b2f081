"""Goods that a withdrawal from a contract names: behind the colon of its sentence, or on the lines below it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.counted import COUNTED
from extractors.choose.forms.goods import counted_line
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.reasons import IN_PROSE, Fields
from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment

_ASKED = 0.7  # how surely a line that ends a sentence is a label
_SENTENCE = 5  # words
_MOST_LINES = 6
_INDENT, _GAP = 2.5, 0.9  # points, heights: what parts the goods from the sentence above
_DASH = re.compile(r"[–—-]\s|\(\*\)")
_MERE_COUNT = re.compile(r"\W*\d{1,3}\s?[^\W\d_]{0,6}\.?\W*")  # whose goods stand on the next line
_COUNT_BEHIND = re.compile(r"(?:\(|\s)[x×]\s?(?P<count>\d{1,3})\)?$")
_NEXT = re.compile(r";\s*|(?<=\d\))\s+(?=[^\W\d_])|(?:,|\b(?:and|und|et|y|e|en))\s+(?=\d{1,3}\s?[x×])")


def contracted_goods(reading: Reading) -> list[Fields]:
    """The goods of the first sentence that withdraws from a contract and names some."""
    found = [(segment, list(_sentence(reading, segment))) for segment in _withdrawing(reading)]
    goods = next((part for s, lines in found if (part := _behind_colon(reading, s, lines))), None)
    if goods is None:
        goods = next((part for s, lines in found if (part := _right_of(reading, s, lines))), None)
    if goods is None:
        goods = next((part for s, lines in found if not s.text.startswith("(") and (part := _below(s, lines))), None)
    return [] if goods is None else list(_named(reading, goods))


def _withdrawing(reading: Reading) -> Iterator[Segment]:
    """The sentences that withdraw from a contract."""
    table = reading.vocabulary.lexicon.table("prose")
    for segment in reading.layout.segments():
        words = [m.name for p in find_phrases(segment.text, table) for m in p.meanings]
        if "withdrawal" in words and len(segment.words) >= _SENTENCE:
            yield segment


def _sentence(reading: Reading, segment: Segment) -> Iterator[Segment]:
    """The lines below a run of text up to the next one that a label or a dash begins."""
    asked = {label.segment for label in find_labels(reading) if label.sure >= _ASKED}
    for line in reading.layout.lines[segment.line + 1 : segment.line + 1 + _MOST_LINES]:
        if line.page != segment.page or any(s in asked for s in line.segments) or _DASH.match(line.segments[0].text):
            return
        yield line.segments[0]


def _behind_colon(reading: Reading, segment: Segment, lines: Sequence[Segment]) -> Segment | None:
    """What stands behind the colon of the sentence, in its own line or the shortest run of lines that has one."""
    table = reading.vocabulary.lexicon.table("prose")
    whole = segment
    for line in (None, *lines):
        whole = whole if line is None else Segment((*whole.words, *line.words), segment.line)
        whole = _with_right(reading, whole) if whole.text.endswith(":") else whole
        head, colon, text = whole.text.rpartition(":")
        if colon and text.strip(" .*_") and not _MERE_COUNT.fullmatch(text) and not find_phrases(text, table):
            return whole.part(*whole.word_range(min(len(head) + 2, len(whole.text) - 1), len(whole.text)))
    return None


def _with_right(reading: Reading, sentence: Segment) -> Segment:
    """A sentence that a colon ends with what was entered on its own line behind it."""
    last = sentence.words[-1]
    line = next(li for li in reading.layout.lines[sentence.line :] if any(last in s.words for s in li.segments))
    beside = tuple(word for s in line.segments if s.box.x0 > last.box.x1 for word in s.words)
    return Segment((*sentence.words, *beside), sentence.line)


def _right_of(reading: Reading, segment: Segment, lines: Sequence[Segment]) -> Segment | None:
    """What stands in the cell right of the sentence's own, line by line."""
    edge = max(line.box.x1 for line in (segment, *lines))
    numbers = range(segment.line, segment.line + 1 + len(lines))
    beside = [s for n in numbers for s in reading.layout.lines[n].segments if s.box.x0 > edge]
    words = tuple(word for part in beside if abs(part.box.x0 - beside[0].box.x0) <= _INDENT for word in part.words)
    return Segment(words, beside[0].line) if words and any(c.isalpha() for c in beside[0].text) else None


def _below(segment: Segment, lines: Sequence[Segment]) -> Segment | None:
    """The lines below the sentence that are set apart from it: further in, or behind a gap."""
    goods: list[Segment] = []
    last = segment
    for line in lines:
        apart = line.box.top - last.box.bottom > _GAP * line.box.height
        if goods and apart and abs(line.box.x0 - goods[0].box.x0) > _INDENT:
            break
        if goods or apart or abs(line.box.x0 - segment.box.x0) > _INDENT:
            goods.append(line)
        last = line
    words = tuple(word for line in goods for word in line.words)
    return Segment(words, goods[0].line) if words and any(c.isalpha() for c in goods[0].text) else None


def _named(reading: Reading, goods: Segment) -> Iterator[Fields]:
    """The articles one by one, with how many where that is said."""
    starts = [0, *(match.end() for match in _NEXT.finditer(goods.text)), len(goods.text) + 1]
    for start, end in itertools.pairwise(starts):
        part = goods.part(*goods.word_range(start, end - 1))
        match = COUNTED.match(part.text)
        text = part.text.strip(" .;,*_•·")
        behind = _COUNT_BEHIND.search(text)
        if match is not None:
            yield counted_line(reading, part, match)
        elif behind is not None:
            yield _with_count(part, text[: behind.start()].strip(), behind["count"])
        elif text:
            yield {"description": printed(text, text, confidence_of(IN_PROSE), part.page, part.box, "goods withdrawn")}


def _with_count(part: Segment, text: str, count: str) -> Fields:
    """An article with how many behind its name: "Tent (x2)"."""
    sure, place = confidence_of(IN_PROSE), (part.page, part.box)
    return {
        "description": printed(text, text, sure, *place, "goods withdrawn"),
        "quantity": printed(Decimal(count), count, sure, *place, "goods withdrawn"),
    }
