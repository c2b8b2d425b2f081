"""Lines of a form: rows of its table, one article asked for by labels, or a list of goods in a letter."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.fields import value_field
from extractors.choose.forms.frames import SUMS
from extractors.choose.forms.goods import listed_goods, noted_codes
from extractors.choose.forms.labelled import labelled_lines
from extractors.choose.forms.line_types import typed_rows, with_type
from extractors.choose.forms.meanings import resolution_of
from extractors.choose.forms.reasons import (
    AT_LABEL,
    IN_COLUMN,
    Fields,
    row_reason,
    ticked_columns,
    with_reason,
)
from extractors.choose.forms.table import FormRow, form_rows
from extractors.choose.forms.told import told_goods
from extractors.choose.forms.transposed import transposed_lines
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.unheaded import unheaded_lines
from extractors.choose.forms.values import box_of, find_value, joined
from extractors.choose.forms.withdrawn import contracted_goods
from extractors.choose.reading import Reading
from extractors.labels import STRONG
from extractors.layout.lines import Segment
from service.domain.fields import AnyField, FieldSpec, ValueType

_MOST_OF_IT = 0.5  # share of an entry that a code has to be
_NOTED = ("product_code", "serial_number")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a form; ``asked`` is what a column of the table asks for: a refund, an exchange; ``sums`` are the
    header's amounts that its last rows give.
    """

    lines: tuple[Mapping[str, AnyField], ...]
    asked: AnyField | None
    sums: Mapping[str, AnyField]


def choose_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> Lines:
    """The lines with the fields of ``specs``, in the order of the document."""
    rows = form_rows(reading)
    lines = _table_lines(reading, rows, specs) or transposed_lines(reading, specs)
    lines = _joined(reading, lines, specs)
    if "reason" in specs:
        lines = with_reason(reading, lines)
    return Lines(tuple(_in_order(line, specs) for line in lines), _asked(reading, rows), _sums(reading, rows, specs))


def _table_lines(reading: Reading, rows: Sequence[FormRow], specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """What the rows of tables say, those left out that head others, sum up, or come back with nothing."""
    if "line_type" not in specs:
        read = [(row, _row_line(reading, row, specs)) for row in rows]
        return _merged([line for row, line in read if line and not _stays(row, line, rows)])
    typed = [(row, given, _row_line(reading, row, specs)) for row, given in typed_rows(reading, rows)]
    kept = [({**given, **line}, row.header) for row, given, line in typed if line]
    merged = _merged([line for line, _ in kept])
    headers = [header for _, header in kept[: len(merged)]]
    return [with_type(reading, line, header) for line, header in zip(merged, headers, strict=True)]


def _joined(reading: Reading, lines: list[Fields], specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """The lines of tables and the articles that labels ask for, which may be the same; else goods of a letter."""
    is_claim = "line_type" in specs
    single = list(labelled_lines(reading, specs))
    if not lines:
        named = single if any(_is_named(line) for line in single) else []
        lines = (
            max(named, unheaded_lines(reading, specs), _told(reading, specs), key=len)
            or told_goods(reading, specs)
            or single
        )
    elif len(single) == 1 and len(lines) == 1 and (not is_claim or _is_product(lines[0])):
        lines = [{**single[0], **lines[0]}]
    elif single and is_claim and not _is_among(single[0], lines):
        lines = [*single, *lines]
    return [with_type(reading, line, None) for line in lines] if is_claim else lines


def _is_product(line: Fields) -> bool:
    return "line_type" not in line or line["line_type"].value == "product"


def _told(reading: Reading, specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """The goods that a letter lists or a withdrawal names, whichever are more."""
    listed = list(listed_goods(reading, specs))
    return max(listed, contracted_goods(reading) if "reason" in specs else [], key=len)


def _stays(row: FormRow, line: Fields, rows: Sequence[FormRow]) -> bool:
    """Whether a row of a return names goods that don't come back: none, or nothing entered where others have."""
    quantity = line.get("quantity")
    if quantity is not None:
        return quantity.value == 0
    has_place = any(column.means("quantity") for column in row.header.columns)
    counted = any(other.pieces("quantity") for other in rows if other.header is row.header)
    return has_place and counted and "reason" not in line


def _in_order(line: Fields, specs: Mapping[str, FieldSpec]) -> Fields:
    return {name: line[name] for name in specs if name in line}


def _is_named(line: Fields) -> bool:
    """Whether labels name an article and say more of it."""
    return "description" in line and len(line) > 1


def _is_among(line: Fields, others: Sequence[Fields]) -> bool:
    """Whether a labelled article is one of the table's."""
    names = [name for name in ("serial_number", "product_code", "description") if name in line]
    return not names or any(name in o and o[name].value == line[name].value for o in others for name in names)


def _merged(lines: Sequence[Fields]) -> list[Fields]:
    """Tables of one row each that have no column in common are one form's boxes, not several articles."""
    merged: list[Fields] = []
    for line in lines:
        if len(lines) == 2 and merged and not set(line) & set(merged[-1]):
            merged[-1] = {**merged[-1], **line}
        else:
            merged.append(line)
    return merged


def _row_line(reading: Reading, row: FormRow, specs: Mapping[str, FieldSpec]) -> Fields:
    line: Fields = {}
    for name, spec in specs.items():
        pieces = row.pieces(name)
        if not pieces or spec.type in (ValueType.REASON, ValueType.LINE_TYPE) or name == "reason_raw":
            continue
        if name == "description":
            pieces = _unnoted(reading, pieces)
        found = find_value(reading, _first_line(pieces, name), entry_type(name))
        if found is not None:
            line[name] = value_field(found, IN_COLUMN, "column")
    _notes(reading, row, line)
    _model(row, line)
    if "reason" in specs:
        line.update(row_reason(reading, row))
    return {} if _is_total(reading, row, line) or not set(line) - {"reason", "reason_raw", "line_type"} else line


def _unnoted(reading: Reading, pieces: Sequence[Segment]) -> list[Segment]:
    """The pieces of a description without those below the first that give a code or a serial number with its label."""
    return [piece for n, piece in enumerate(pieces) if n == 0 or not _is_noted(reading, piece)]


def _is_noted(reading: Reading, piece: Segment) -> bool:
    hits = reading.hits(piece)
    begins = bool(hits) and hits[0].start == 0 and any(hits[0].weight(name) == STRONG for name in _NOTED)
    return begins and bool(noted_codes(reading, piece, AT_LABEL))


def _first_line(pieces: Sequence[Segment], name: str) -> Sequence[Segment]:
    long = entry_type(name) in (EntryType.TEXT, EntryType.LONG_TEXT)
    return pieces if long else pieces[:1] if entry_type(name) is not EntryType.IDENTIFIER else _code_pieces(pieces)


def _code_pieces(pieces: Sequence[Segment]) -> Sequence[Segment]:
    """A code that a narrow column breaks after a hyphen goes on below."""
    if len(pieces) > 1 and pieces[0].text.endswith(("-", "/")) and len(pieces[1].text.split()) == 1:
        return (Segment((*pieces[0].words, *pieces[1].words), pieces[0].line),)
    return pieces[:1]


def _notes(reading: Reading, row: FormRow, line: Fields) -> None:
    """A serial number or an article's code that stands with its label in the description's cell."""
    for piece in row.pieces("description"):
        for name, found in noted_codes(reading, piece, AT_LABEL).items():
            line.setdefault(name, found)


def _model(row: FormRow, line: Fields) -> None:
    """A column of models, where no other describes the goods, holds names rather than codes."""
    code = line.get("product_code")
    pieces = row.pieces("product_code")
    if code is None or "description" in line or not pieces or str(code.value) == pieces[0].text:
        return
    text = joined(pieces)
    line["description"] = printed(text, text, code.confidence, pieces[0].page, box_of(pieces), "column")
    del line["product_code"]


def _is_total(reading: Reading, row: FormRow, line: Fields) -> bool:
    if {"product_code", "serial_number", "quantity", "line_type"} & set(line):
        return False
    pieces = [s for found in row.cells.values() for s in found]
    return any(hit.start == 0 and any(hit.weight(n) for n in SUMS) for s in pieces for hit in reading.hits(s))


def _sums(reading: Reading, rows: Sequence[FormRow], specs: Mapping[str, FieldSpec]) -> dict[str, AnyField]:
    """What rows that sum up say: the amount at the right of each."""
    sums: dict[str, AnyField] = {}
    for row in rows:
        if not _is_total(reading, row, _row_line(reading, row, specs)):
            continue
        words = tuple(word for _, found in sorted(row.cells.items()) for piece in found for word in piece.words)
        whole = Segment(words, row.line)
        hits = [hit for hit in reading.hits(whole) if any(hit.weight(name) for name in SUMS)]
        for hit, following in itertools.zip_longest(hits, hits[1:]):
            end = following.start if following is not None else len(whole.text)
            part = whole.part(*whole.word_range(hit.end, end))
            amount = find_value(reading, (part,), EntryType.AMOUNT)
            name = next(m.name for m in hit.meanings if m.name in SUMS)
            if amount is not None:
                sums.setdefault(name, value_field(amount, IN_COLUMN, "sum of the table"))
    return sums


def _asked(reading: Reading, rows: Sequence[FormRow]) -> AnyField | None:
    """What a column of the table asks for, by words or by a tick."""
    for row in rows:
        pieces = row.pieces("requested_resolution")
        sense = resolution_of(reading, joined(pieces)) if pieces else None
        if sense is not None:
            return printed(sense.name, joined(pieces), confidence_of(1.6), pieces[0].page, box_of(pieces), "column")
        for index, found in ticked_columns(row):
            header = row.header.columns[index].header
            sense = resolution_of(reading, header)
            if sense is not None:
                return printed(sense.name, header, confidence_of(1.6), found.page, found.box, "tick in the column")
    return None
