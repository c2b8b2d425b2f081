"""Finds how a letter begins: what greets the reader is no entry of a form."""

from __future__ import annotations

from functools import lru_cache

from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment

_LONGEST_GREETING = 8  # words


@lru_cache(maxsize=16)
def greetings(reading: Reading) -> frozenset[Segment]:
    """The runs of text by which a letter begins: "Dear Sir or Madam,"."""
    table = reading.vocabulary.lexicon.table("prose")
    found = []
    for segment in reading.layout.segments():
        hits = find_hits(segment, table) if len(segment.words) <= _LONGEST_GREETING else ()
        if hits and hits[0].start == 0 and hits[0].weight("greeting"):
            found.append(segment)
    return frozenset(found)
