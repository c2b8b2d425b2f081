"""Why goods come back: by words or codes in a table, ticked options, labels, or a sentence of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import find_entries
from extractors.choose.forms.legends import code_in, reason_codes
from extractors.choose.forms.meanings import Sense, reason_of
from extractors.choose.forms.options import Option, find_options, ticked_senses
from extractors.choose.forms.prose import first_sentence, is_letter, reason_in_prose
from extractors.choose.forms.table import FormRow
from extractors.choose.forms.values import Found, box_of, joined
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from service.domain.fields import AnyField

Fields = dict[str, AnyField]
_TICK = re.compile(r"[xX×✓✔✗✘●•■☒☑]{1,2}")  # typed into a cell
IN_COLUMN, AT_LABEL, IN_PROSE = 2.0, 1.8, 1.3  # margins by where a value stands
_REASON_QUESTIONS = frozenset({"reason", "section fault", "comments"})


def row_reason(reading: Reading, row: FormRow) -> Fields:
    """The reason of a row: ticked in it, ticked in a reason's own column, or written in the column of reasons."""
    pieces = row.pieces("reason")
    ticked = [o for o in _options_in(reading, row) if o.mark.ticked]
    for option in ticked:
        sense = reason_of(reading, option.raw)
        if sense is not None:
            return reason_fields(sense, option.raw, _from_option(option), IN_COLUMN, "tick box in the row")
    for index, found in ticked_columns(row):
        header = row.header.columns[index].header
        sense = reason_of(reading, header)
        if sense is not None and not row.header.columns[index].means("reason"):
            return reason_fields(sense, header, found, IN_COLUMN, "tick in the column")
    if not pieces:
        return {}
    return reason_of_text(reading, pieces, IN_COLUMN, "column")


def ticked_columns(row: FormRow) -> Iterator[tuple[int, Found]]:
    """The positions of the columns that a row ticks, by a box or by a cross that is typed into the cell."""
    for index, marks in row.marks.items():
        if any(mark.ticked for mark in marks):
            yield index, Found(row.header.columns[index].header, "", marks[0].page, marks[0].box)
    for index, pieces in row.cells.items():
        if len(pieces) == 1 and _TICK.fullmatch(pieces[0].text):
            yield index, Found(row.header.columns[index].header, pieces[0].text, pieces[0].page, pieces[0].box)


def reason_of_text(reading: Reading, pieces: Sequence[Segment], margin: float, method: str) -> Fields:
    """The reason that a text gives, by its words or as a code that the form explains."""
    text = joined(pieces)
    found = Found(text, text, pieces[0].page, box_of(pieces))
    code = code_in(text)
    meant = reason_codes(reading).get(code) if code is not None else None
    if meant is not None:
        raw, sense = meant
        return reason_fields(sense, raw, found, margin, f"{method}, code of a reason")
    sense_found = reason_of(reading, text)
    if sense_found is None and not any(c.isalpha() for c in text):
        return {}
    return reason_fields(sense_found, text, found, margin, method)


def reason_fields(sense: Sense | None, raw: str, found: Found, margin: float, method: str) -> Fields:
    """reason and reason_raw; a reason that none of the known ones fits is ``other``."""
    known = sense if sense is not None else Sense("other", 0.3, 0, len(raw))
    value = printed(known.name, found.raw, round(confidence_of(margin) * known.sure, 3), found.page, found.box, method)
    printed_raw = printed(raw, raw, confidence_of(margin), found.page, found.box, method)
    return {"reason": value, "reason_raw": printed_raw}


def _from_option(option: Option) -> Found:
    return Found(option.raw, option.raw, option.mark.page, option.box)


def _options_in(reading: Reading, row: FormRow) -> Iterator[Option]:
    marks = {id(mark) for found in row.marks.values() for mark in found}
    for option in find_options(reading):
        if id(option.mark) in marks:
            yield option


def with_reason(reading: Reading, lines: Sequence[Fields]) -> list[Fields]:
    """Lines without a reason of their own have the one that is ticked or given for the whole form."""
    given = _reason_of_form(reading)
    if not given:
        return list(lines)
    if not lines:
        return [given]
    return [line if "reason" in line else {**line, **given} for line in lines]


def _reason_of_form(reading: Reading) -> Fields:
    others = frozenset({"requested_resolution", "condition", "section resolution", "usage_value"})
    for option, sense in ticked_senses(reading, reason_of, _REASON_QUESTIONS, others):
        if option.text is not None or sense.sure > 0.7:
            margin = AT_LABEL * option.mark.confidence
            return reason_fields(sense, option.raw, _from_option(option), margin, "ticked option")
    best = [e for e in find_entries(reading) if e.label.weight("reason") == 1.0 and e.label.sure >= 0.5]
    for entry in best[:1]:
        pieces = [first_sentence(entry.pieces[0])] if is_letter(reading) else entry.pieces
        return reason_of_text(reading, pieces, AT_LABEL, entry.method)
    told = reason_in_prose(reading)
    return {} if told is None else reason_fields(told[1], told[0].raw, told[0], IN_PROSE, "sentence of the letter")
