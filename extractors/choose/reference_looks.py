"""What a reference's look says, and how far it reaches: words with a figure are found wherever they stand."""

from __future__ import annotations

import re

from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, with_prefix

_TOO_SHORT = 0.8
_PLAIN_MONEY = re.compile(r"^\d+[.,]\d{2}$")
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|heic|pdf|docx?|xlsx?|eml)$", re.IGNORECASE)
_PAGE_COUNT = re.compile(r"^(?P<page>\d{1,2})/(?P<pages>\d{1,2})$")


def look_of_reference(span: Span) -> float:
    """What the look of a reference says: a lone figure, a year, an amount or the name of a file is rarely a document's
    number.
    """
    text = str(span.value)
    if _PLAIN_MONEY.match(text) or _is_page_count(span, text) or _FILE_NAME.search(text):
        return -1.5
    if _YEAR.match(text):
        return -1.0
    return -_TOO_SHORT if len(text) < 3 else 0.2 * (len(text) >= 4)


def _is_page_count(span: Span, text: str) -> bool:
    """Whether it says which page of how many it is: no later one than the last, and without the prefix of a number."""
    count = _PAGE_COUNT.match(text)
    return count is not None and int(count["page"]) <= int(count["pages"]) and with_prefix(span, alone=True) is span


def in_full(reading: Reading, span: Span) -> Span:
    """The reference with the short word before it, unless that belongs to its label: "your PO 4711"."""
    before = len(span.segment.text[: span.start].rstrip())
    labelled_so = [hit for hit in reading.hits(span.segment) if hit.end == before]
    if labelled_so and not (labelled_so[0].start == 0 and _label_beside(reading, labelled_so[0])):
        return span
    return with_prefix(span, alone=True)


def _label_beside(reading: Reading, hit: Hit) -> bool:
    """Whether the text on the left is a label of the same, so that the one that begins this text is a prefix."""
    segments = reading.line_of(hit.segment).segments
    place = segments.index(hit.segment)
    hits = reading.hits(segments[place - 1]) if place else ()
    return any(other.start == 0 and other.weight(meaning.name) for other in hits[:1] for meaning in hit.meanings)
