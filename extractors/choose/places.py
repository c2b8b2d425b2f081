"""Says where a value stands in words that hold for a sender's next paper: by its label, its spot, its shape."""

from __future__ import annotations

import re

from extractors.choose.reading import Reading
from extractors.choose.spans import Span
from extractors.labels import squeeze
from service.domain.memory import Place

_DIGITS = re.compile(r"\d+")
_CAPITALS, _SMALL = re.compile(r"[^\W\d_a-zß-ÿ]+"), re.compile(r"[a-zß-ÿ]+")
_LONGEST_LABEL, _LONGEST_SHAPE = 40, 24  # characters
_FEWEST_LETTERS = 2
_NEAR = 0.35  # of the page's width, from a label to a value right of it
_ABOVE = 4.0  # heights of the value, from it up to its label
_BESIDE = 0.12  # of the page's width, from the end of a label to a value further right beneath it


def place_of(reading: Reading, span: Span) -> Place:
    """The place of a typed value."""
    size, box = reading.layout.pages[span.page - 1].size, span.box
    x0, top, x1, _ = box.shares_of(size.width, size.height)
    before = label_key(span.segment.text[: span.start])
    return Place(before, _left(reading, span), _above(reading, span), x0, x1, top, shape_of(span.raw))


def label_key(text: str) -> str:
    """The end of a text squeezed, without its figures, which differ from paper to paper; "" where no word is left."""
    key = _DIGITS.sub("", squeeze(text))[-_LONGEST_LABEL:]
    return key if len(key) >= _FEWEST_LETTERS else ""


def shape_of(text: str) -> str:
    """How a value is written, runs of figures and of letters as one sign each: "RE-2026/0042" is "A-9/9"."""
    shape = _DIGITS.sub("9", "".join(text.split()))
    return _SMALL.sub("a", _CAPITALS.sub("A", shape))[:_LONGEST_SHAPE]


def _left(reading: Reading, span: Span) -> str:
    """The nearest words left of the value's run of text on its line."""
    segments = reading.line_of(span.segment).segments
    width = reading.layout.pages[span.page - 1].size.width
    for segment in reversed([s for s in segments if s.box.x1 <= span.segment.box.x0 + 1]):
        if span.segment.box.x0 - segment.box.x1 > _NEAR * width:
            return ""
        key = label_key(segment.text)
        if key:
            return key
    return ""


def _above(reading: Reading, span: Span) -> str:
    """The nearest words above the value: those over it, else those of a cell that begins left of it."""
    box = span.box
    width = reading.layout.pages[span.page - 1].size.width
    for number in range(span.segment.line - 1, -1, -1):
        line = reading.layout.lines[number]
        if line.page != span.page or box.top - line.box.bottom > _ABOVE * box.height:
            return ""
        labels = [segment for segment in line.segments if label_key(segment.text)]
        over = [segment for segment in labels if segment.box.x_overlap(box) > 0]
        if over:
            return label_key(max(over, key=lambda segment: segment.box.x_overlap(box)).text)
        beside = [segment for segment in labels if 0 <= box.x0 - segment.box.x1 <= _BESIDE * width]
        if beside:
            return label_key(beside[-1].text)
    return ""
