"""The headings of a form's parts: what stands out, and what has labels beneath it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.forms.counted import COUNTED
from extractors.choose.forms.frames import option_segments, table_lines
from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.labels import STRONG, squeeze
from extractors.layout.lines import Segment

_NUMBERED = re.compile(
    r"^\W*(?:(?:part|section|teil|abschnitt|parte|sezione|deel)\s)?(?:\d{1,2}|[A-Z])[.):\s]\s*", re.IGNORECASE
)
_LARGE = 1.15  # of the usual size; headings are printed larger than labels
_PER_POINT_ACROSS = 1.0
_BELOW_IT = 4.0  # points between the left edges of an answer and its question above
_UNKNOWN = "unknown"
_LARGER = 1.05  # of the usual size: no entry is set like a heading of that size
_FEW_WORDS, _SAME_SIZE, _FLUSH = 6, 0.3, 3.0  # of a heading; points between sizes, and between left edges
_FEW_BEFORE = 3  # characters before a label that a run of text begins with


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part of the form."""

    name: str
    segment: Segment


@lru_cache(maxsize=16)
def find_headings(reading: Reading) -> tuple[Heading, ...]:
    """The headings of the form's parts."""
    found = []
    table = reading.vocabulary.lexicon.table("sections")
    options = option_segments(reading)
    for line in reading.layout.lines:
        if line.number in table_lines(reading):
            continue
        for segment in line.segments:
            key = squeeze(_numberless(segment.text))
            meanings = table.get(key)
            if meanings and segment not in options and _is_heading(reading, segment):
                found.append(Heading(meanings[0].name, segment))
    unknown = list(_unknown(reading, [heading.segment for heading in found]))
    return tuple(sorted((*found, *unknown), key=lambda heading: heading.segment.line))


def _unknown(reading: Reading, known: Sequence[Segment]) -> Iterator[Heading]:
    """Lines that are set as the headings that we know: whatever they say, the part before ends there."""
    large = [s for s in known if s.size > _LARGER * reading.usual_size]
    skipped = {*table_lines(reading), *(segment.line for segment in known)}
    for line in reading.layout.lines if large else ():
        segment = line.segments[0]
        if len(line.segments) > 1 or line.number in skipped or len(segment.words) > _FEW_WORDS:
            continue
        alike = any(_is_set_alike(segment, heading) for heading in large)
        if alike and not any(c.isdigit() for c in segment.text) and _labels_below(reading, segment):
            yield Heading(_UNKNOWN, segment)


def _is_set_alike(segment: Segment, heading: Segment) -> bool:
    same = segment.bold == heading.bold and abs(segment.size - heading.size) <= _SAME_SIZE
    return same and abs(segment.box.x0 - heading.box.x0) <= _FLUSH


def _numberless(text: str) -> str:
    return _NUMBERED.sub("", text.strip())


def _is_heading(reading: Reading, segment: Segment) -> bool:
    """Whether it stands out and has no entry beside it, or has labels beneath it."""
    line = reading.line_of(segment)
    right = [s for s in line.segments if s.box.x0 > segment.box.x1]
    if right and segment.text.endswith(":"):
        return False
    left = [s for s in line.segments if s.box.x1 < segment.box.x0][-1:]
    if any(s.text.endswith(":") and begins_label(reading, s) for s in left):
        return False  # it is what the label beside it asks for
    if answers(reading, segment) or any(answers(reading, s) for s in right[:1]):
        return False
    if not all(begins_label(reading, s) for s in right):
        return False
    is_shouted = segment.text.isupper() and not _is_shouting(reading)
    stands_out = segment.bold or segment.size > _LARGE * reading.usual_size or is_shouted
    return stands_out or (not segment.text.endswith(":") and _labels_below(reading, segment))


def answers(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text is what a customer wishes for, left of or above which that is asked: "Repair"."""
    if squeeze(segment.text) not in reading.vocabulary.lexicon.table("resolutions"):
        return False
    left = [s for s in reading.line_of(segment).segments if s.box.x1 < segment.box.x0]
    above = [
        s
        for line in reading.layout.lines[max(0, segment.line - 1) : segment.line]
        for s in line.segments
        if line.page == segment.page and abs(s.box.x0 - segment.box.x0) < _BELOW_IT
    ]
    return any(_asks_wish(reading, other) for other in (*left[-1:], *above))


def _asks_wish(reading: Reading, segment: Segment) -> bool:
    meanings = reading.vocabulary.lexicon.fields.get(squeeze(segment.text), ())
    return any(m.name == "requested_resolution" and m.weight == STRONG for m in meanings)


@lru_cache(maxsize=16)
def _is_shouting(reading: Reading) -> bool:
    """Whether the labels of the document are printed in capitals, so that those don't make a heading."""
    labels = [hits[0].text for s in reading.layout.segments() if (hits := reading.hits(s)) and hits[0].start == 0]
    return sum(text.isupper() for text in labels) > len(labels) / 2


def begins_label(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text begins with a label or is a heading's."""
    hits = reading.hits(segment)
    in_front = bool(hits) and hits[0].start <= _FEW_BEFORE
    return in_front or squeeze(segment.text) in reading.vocabulary.lexicon.table("sections")


def _labels_below(reading: Reading, segment: Segment) -> bool:
    """Whether a label stands right below, or goods that are counted do."""
    for line in reading.lines_below(segment, 2.5 * segment.size):
        under = [s for s in line.segments if s.box.x_overlap(segment.box) > 0 or abs(s.box.x0 - segment.box.x0) < 30]
        if under:
            return begins_label(reading, under[0]) or COUNTED.match(under[0].text) is not None
    return False


def section_of(hit: Hit, headings: Sequence[Heading]) -> str | None:
    """The heading that a label stands under: the nearest above, of those not to its right."""
    box = hit.box
    best: tuple[float, str] | None = None
    for heading in headings:
        head = heading.segment
        if (head.page, head.box.bottom) > (hit.segment.page, box.top + 2) or head.box.x0 > box.x0 + 12:
            continue
        away = (hit.segment.page - head.page) * 1000 + box.top - head.box.bottom
        away += _PER_POINT_ACROSS * (box.x0 - head.box.x0)
        if best is None or away < best[0]:
            best = (away, heading.name)
    return best[1] if best else None
