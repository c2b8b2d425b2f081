"""Examples of composed pages: what the generator's layouts don't show, in endless variety."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.choose.piece_signs import signs_of
from extractors.choose.pieces import Piece, pieces_of
from extractors.choose.reading import Reading
from extractors.layout import lay_out
from training.field_model.chance import Chance
from training.field_model.examples import COMPOSED, NAMES, Example
from training.field_model.form_pages import compose_form
from training.field_model.invoice_pages import compose_invoice
from training.field_model.sheet import Sheet

_FORMS = 0.45  # share of all pages


def composed_examples(count: int, seed: int) -> Iterator[Example]:
    """``count`` pages, the same ones for the same seed."""
    for number in range(seed, seed + count):
        rng = Chance(number)
        sheet, kind = (compose_form if rng.yes(_FORMS) else compose_invoice)(rng)
        reading = Reading(lay_out([sheet.page()]))
        pieces = pieces_of(reading)
        places: dict[str, tuple[int, ...]] = {}
        marks = _marks(sheet)
        for place, piece in enumerate(pieces):
            for field in _fields_of(piece, marks):
                places[field] = (*places.get(field, ()), place)
        yield Example(kind, COMPOSED, signs_of(reading, pieces), places)


def _marks(sheet: Sheet) -> dict[int, str]:
    """The field of each word that is a field's, by the word's identity."""
    return {id(word): field for field, first, last in sheet.marked for word in sheet.words[first:last]}


def _fields_of(piece: Piece, marks: dict[int, str]) -> list[str]:
    """The fields that a piece's words are part of; all but names are typed values, other words are their labels."""
    found = {field for word in piece.words if (field := marks.get(id(word)))}
    return sorted(field for field in found if piece.type is not None or field in NAMES)
