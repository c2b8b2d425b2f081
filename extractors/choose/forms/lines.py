"""Lines of a form: rows of its table, one article asked for by labels, or a list of goods in a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.choose.candidates import confidence_of, derived, printed
from extractors.choose.forms.entries import Entry, find_entries
from extractors.choose.forms.fields import entry_field, value_field
from extractors.choose.forms.goods import contracted_goods, listed_goods, noted_codes, without_codes
from extractors.choose.forms.meanings import line_type_of, resolution_of
from extractors.choose.forms.reasons import (
    AT_LABEL,
    IN_COLUMN,
    Fields,
    reason_of_text,
    row_reason,
    with_reason,
)
from extractors.choose.forms.table import FormRow, form_rows
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found, box_of, find_value, joined
from extractors.choose.reading import Reading
from extractors.labels import STRONG
from extractors.layout.lines import Segment
from service.domain.fields import AnyField, FieldSpec, ValueType

_TOTALS = frozenset({"claimed_amount", "refund_amount", "parts_amount", "labour_amount", "travel_amount"})
_MOST_OF_IT = 0.5  # share of an entry that a code has to be
_NOTED = ("product_code", "serial_number")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a form; ``asked`` is what a column of the table asks for: a refund, an exchange."""

    lines: tuple[Mapping[str, AnyField], ...]
    asked: AnyField | None


def choose_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> Lines:
    """The lines with the fields of ``specs``, in the order of the document."""
    rows = form_rows(reading)
    lines = [line for row in rows if (line := _row_line(reading, row, specs))]
    lines = _merged(lines)
    single = list(_labelled_lines(reading, specs))
    if not lines:
        named = single if any(_is_named(line) for line in single) else []
        lines = named or list(listed_goods(reading, specs)) or single or list(contracted_goods(reading))
    elif len(single) == 1 and len(lines) == 1:
        lines = [{**single[0], **lines[0]}]
    elif single and "line_type" in specs and not _is_among(single[0], lines):
        lines = [*single, *lines]
    if "reason" in specs:
        lines = with_reason(reading, lines)
    if "line_type" in specs:
        lines = [_with_type(reading, line) for line in lines]
    return Lines(tuple(_in_order(line, specs) for line in lines), _asked(reading, rows))


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
        found = find_value(reading, _first_line(pieces, name), entry_type(name))
        if found is not None:
            line[name] = value_field(found, IN_COLUMN, "column")
    _notes(reading, row, line)
    _model(row, line)
    if "reason" in specs:
        line.update(row_reason(reading, row))
    if "line_type" in specs:
        line.update(_row_type(reading, row))
    return {} if _is_total(reading, row, line) or not set(line) - {"reason", "reason_raw", "line_type"} else line


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
    return any(hit.start == 0 and any(hit.weight(n) for n in _TOTALS) for s in pieces for hit in reading.hits(s))


def _row_type(reading: Reading, row: FormRow) -> Fields:
    pieces = row.pieces("line_type")
    sense = line_type_of(reading, joined(pieces)) if pieces else None
    if sense is None or not pieces:
        return {}
    found = Found(sense.name, joined(pieces), pieces[0].page, box_of(pieces))
    return {"line_type": value_field(found, IN_COLUMN, "column")}


def _with_type(reading: Reading, line: Fields) -> Fields:
    """A line whose type isn't printed: told from its words, else by what it says of an article."""
    if "line_type" in line:
        return line
    text = line.get("description")
    sense = line_type_of(reading, str(text.value)) if text is not None else None
    if sense is not None and sense.sure < 0.8:
        sense = None
    name = sense.name if sense is not None else "part" if "line_total" in line else "product"
    return {**line, "line_type": derived(name, 0.7, "words of the line")}


def _asked(reading: Reading, rows: Sequence[FormRow]) -> AnyField | None:
    """What a column of the table asks for, by words or by a tick."""
    for row in rows:
        pieces = row.pieces("requested_resolution")
        sense = resolution_of(reading, joined(pieces)) if pieces else None
        if sense is not None:
            return printed(sense.name, joined(pieces), confidence_of(1.6), pieces[0].page, box_of(pieces), "column")
        for index, marks in row.marks.items():
            ticked = [m for m in marks if m.ticked]
            header = row.header.columns[index].header
            sense = resolution_of(reading, header) if ticked else None
            if sense is not None:
                return printed(
                    sense.name, header, confidence_of(1.6), ticked[0].page, ticked[0].box, "tick box in the column"
                )
    return None


def _labelled_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> Iterator[Fields]:
    """Articles that labels ask for; a label that comes again begins the next article."""
    line: Fields = {}
    names = [name for name in specs if name not in ("reason_raw", "line_type", "fault")]
    for entry in sorted(find_entries(reading), key=lambda e: (e.label.segment.line, e.label.hit.box.x0)):
        name = _line_name(reading, entry, names, line)
        if name is None or entry.label.sure < 0.5:
            continue
        found = _labelled(reading, entry, name)
        if not found:
            continue
        if name in line:
            if set(line) & {*_NOTED, "description"}:
                yield line
            line = {}
        line.update(found)
    if set(line) & {"product_code", "description", "serial_number"}:
        yield line


def _is_code(text: str) -> bool:
    """Whether a text is one word with letters and figures, as models have."""
    return " " not in text and any(c.isdigit() for c in text)


def _fits(reading: Reading, entry: Entry, name: str) -> bool:
    """Whether an entry is of the field's type: a code within a text that may be a name is none."""
    found = entry.value(reading, name)
    if found is None:
        return False
    is_part = entry_type(name) is EntryType.IDENTIFIER and found.whole < _MOST_OF_IT
    return not (is_part and entry.label.weight("description"))


def _line_name(reading: Reading, entry: Entry, names: Sequence[str], line: Fields) -> str | None:
    """The line's field that an entry is, unless its label means a header field as well."""
    weights = [(weight, name) for name, weight in entry.label.names()]
    strong = [name for weight, name in weights if weight == STRONG]
    meant = [name for name in strong if name in names and _fits(reading, entry, name)]
    of_goods = bool(strong) and all(name in names for name in strong)
    if not meant and (of_goods or entry.label.section == "product"):
        meant = [name for _, name in weights if name in names and _fits(reading, entry, name)]
    free = [name for name in meant if name not in line]
    return next(iter(free or meant), None)


def _labelled(reading: Reading, entry: Entry, name: str) -> Fields:
    if name == "reason":
        return reason_of_text(reading, entry.pieces, AT_LABEL, entry.method)
    found = entry.value(reading, name)
    if found is None:
        return {}
    if name == "description" and entry.label.weight("product_code") and _is_code(str(found.value)):
        return {"product_code": entry_field(entry, found, AT_LABEL)}
    if name == "description":
        noted = noted_codes(reading, entry.pieces[0], AT_LABEL)
        text = without_codes(reading, str(found.value))
        return (
            {**noted, name: entry_field(entry, found, AT_LABEL, text)}
            if noted and text
            else {name: entry_field(entry, found, AT_LABEL)}
        )
    return {name: entry_field(entry, found, AT_LABEL)}
