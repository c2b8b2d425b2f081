"""Labels within item lines: "Item code TF-1020" beneath a description, "Your order P00018" above a group of items."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.choose.hits import find_hits
from extractors.labels import Table, lexicon
from extractors.layout.lines import Segment, TextLine

_NAMES = ("seller_item_id", "buyer_item_id", "gtin", "order_reference")
_LONGEST = 30  # characters of a reference
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Note:
    """A labelled reference: the line field that it is, its value and the piece of text that holds both."""

    name: str
    value: str
    piece: Segment


def note_in(piece: Segment) -> Note | None:
    """The labelled reference that a piece of text is, None where it is something else."""
    for table in (lexicon().columns, lexicon().fields):
        found = _note(piece, table)
        if found is not None:
            return found
    return None


def _note(piece: Segment, table: Table) -> Note | None:
    hits = find_hits(piece, table)
    if not hits or hits[0].start > 0:
        return None
    name = next((m.name for m in hits[0].meanings if m.name in _NAMES), None)
    value = piece.text[hits[0].end :].strip(" :.#")
    if name is None or not _is_reference(value):
        return None
    return Note(name, value, piece)


def _is_reference(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def order_heading(line: TextLine) -> Note | None:
    """The order that a line of its own names for the items below it."""
    if len(line.segments) != 1:
        return None
    note = note_in(line.segments[0])
    return note if note is not None and note.name == "order_reference" else None
