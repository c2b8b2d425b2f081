"""What a line of a claim is for: by its column of types, a row or heading above, its table's header, its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.choose.candidates import derived
from extractors.choose.forms.fields import value_field
from extractors.choose.forms.meanings import Sense, line_type_of
from extractors.choose.forms.reasons import IN_COLUMN, Fields
from extractors.choose.forms.table import FormRow
from extractors.choose.forms.values import Found, box_of, joined
from extractors.choose.headers import Header
from extractors.choose.reading import Reading
from extractors.labels import squeeze
from service.domain.fields import AnyField

_NEAR = 3.0  # heights of a header between it and the heading above it
_HEADING = 5  # words
_OF_SECTION = {"parts": "part", "labour": "labour", "travel": "travel", "sublet": "sublet", "product": "product"}
_TELLING = ("product_code", "description", "quantity")  # columns whose headers say what their rows are for
_LONG = 6  # characters of a phrase that a line begins with
_LIKELY, _WHOLE, _WORDS = 0.85, 1.0, 0.8
_DERIVED = 0.7  # confidence of a type that isn't printed in the row


def typed_rows(reading: Reading, rows: Sequence[FormRow]) -> Iterator[tuple[FormRow, Fields]]:
    """The rows with their ``line_type`` as far as the table says it; without those that only head a group of rows."""
    group: AnyField | None = None
    header: Header | None = None
    for row in rows:
        if row.header is not header:
            header, group = row.header, None
        heads = _group(reading, row)
        if heads is not None:
            group = heads
            continue
        yield row, _row_type(reading, row) or ({} if group is None else {"line_type": group})


def _row_type(reading: Reading, row: FormRow) -> Fields:
    pieces = row.pieces("line_type")
    sense = line_type_of(reading, joined(pieces)) if pieces else None
    if sense is None:
        return {}
    found = Found(sense.name, joined(pieces), pieces[0].page, box_of(pieces))
    return {"line_type": value_field(found, IN_COLUMN, "column")}


def _group(reading: Reading, row: FormRow) -> AnyField | None:
    """The type that a row of one cell names for the rows below it."""
    pieces = [piece for found in row.cells.values() for piece in found]
    sense = line_type_of(reading, pieces[0].text) if len(pieces) == 1 else None
    return derived(sense.name, _DERIVED, "row above") if sense is not None and sense.sure == _WHOLE else None


def with_type(reading: Reading, line: Fields, header: Header | None) -> Fields:
    """A line whose type isn't printed in its row: told from its words or its table, else by what it says."""
    if "line_type" in line:
        return line
    text = line.get("description")
    sense = line_type_of(reading, str(text.value)) if text is not None else None
    table = table_type(reading, header) if header is not None else None
    if sense is not None and (sense.sure == _WHOLE or (sense.start == 0 and sense.end >= _LONG)):
        name, why = sense.name, "words of the line"
    elif table is not None:
        name, why = table, "heading of the table"
    elif sense is not None and sense.sure >= _WORDS:
        name, why = sense.name, "words of the line"
    else:
        name, why = "part" if "line_total" in line else "product", "fields of the line"
    return {**line, "line_type": derived(name, _DERIVED, why)}


@lru_cache(maxsize=64)
def table_type(reading: Reading, header: Header) -> str | None:
    """What a table's rows are for: by the heading above it, else by the names of its columns."""
    return _heading(reading, header) or _columns(reading, header)


def _heading(reading: Reading, header: Header) -> str | None:
    top = min(column.box.top for column in header.columns)
    height = max(column.box.height for column in header.columns)
    sections = reading.vocabulary.lexicon.table("sections")
    for line in reversed(reading.layout.lines[max(0, header.first_line - 2) : header.first_line]):
        if line.page != header.page or top - line.box.bottom > _NEAR * height:
            break
        for segment in line.segments[:1]:
            if len(segment.words) > _HEADING:
                continue
            section = next((m.name for m in sections.get(squeeze(segment.text.strip("0123456789. :")), ())), "")
            sense = line_type_of(reading, segment.text)
            name = _OF_SECTION.get(section) or (sense.name if sense is not None and sense.sure == _WHOLE else None)
            if name is not None:
                return name
    return None


def _columns(reading: Reading, header: Header) -> str | None:
    """By the first header that says it: "Part no." and "Labour hours" do, "Qty / hours" doesn't."""
    for name in _TELLING:
        for column in header.columns:
            sense = line_type_of(reading, column.header) if column.means(name) else None
            if sense is not None and _says(sense, column.header, name):
                return sense.name
    return None


def _says(sense: Sense, text: str, name: str) -> bool:
    if name == "quantity":
        return sense.sure == _WHOLE
    return sense.sure >= _LIKELY and not {"/", "&"} & set(text)
