"""What a reference's look says, and how far it reaches: words with a figure are found wherever they stand."""

from __future__ import annotations

import re

from extractors.choose.reading import Reading
from extractors.choose.spans import Span, with_prefix

_TOO_SHORT = 0.8
_PLAIN_MONEY = re.compile(r"^\d+[.,]\d{2}$")
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|heic|pdf|docx?|xlsx?|eml)$", re.IGNORECASE)
_PAGE_COUNT = re.compile(r"^\d{1,2}/\d{1,2}$")


def look_of_reference(span: Span) -> float:
    """What the look of a reference says: a lone figure, a year, an amount or the name of a file is rarely a document's
    number.
    """
    text = str(span.value)
    if _PLAIN_MONEY.match(text) or _PAGE_COUNT.match(text) or _FILE_NAME.search(text):
        return -1.5
    if _YEAR.match(text):
        return -1.0
    return -_TOO_SHORT if len(text) < 3 else 0.2 * (len(text) >= 4)


def in_full(reading: Reading, span: Span) -> Span:
    """The reference with the short word before it, unless that belongs to its label: "your PO 4711"."""
    before = len(span.segment.text[: span.start].rstrip())
    labelled_so = any(hit.end == before for hit in reading.hits(span.segment))
    return span if labelled_so else with_prefix(span, alone=True)
