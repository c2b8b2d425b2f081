"""Lines of a form: rows of its table, one article asked for by labels, or a list of goods in a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.choose.candidates import confidence_of, derived, printed
from extractors.choose.forms.entries import Entry, find_entries
from extractors.choose.forms.fields import entry_field
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.meanings import Sense, line_type_of, reason_of, resolution_of
from extractors.choose.forms.options import Option, find_options, ticked_senses
from extractors.choose.forms.prose import paragraphs, reason_in_prose, value_in
from extractors.choose.forms.table import FormRow, form_rows
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found, box_of, find_value, joined
from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.layout.lines import Segment
from service.domain.geometry import union_of
from service.domain.fields import AnyField, FieldSpec, FieldStatus, Value, ValueType

Fields = dict[str, AnyField]
_IN_COLUMN, _AT_LABEL, _IN_PROSE = 2.0, 1.8, 1.3
_CODE = re.compile(r"^\W*(?P<code>\d{1,2}|[A-Z]{1,2}\d?)\W*$")
_LEGEND = re.compile(r"(?<![\w.,])(?P<code>\d{1,2}|[A-Z])\s?[=:.)–-]\s*(?P<text>[^\W\d_][^=;]*?)(?=\s+(?:\d{1,2}|[A-Z])\s?[=:.)–-]|[;,|]|$)")
_COUNTED = re.compile(r"^\W{0,3}(?P<count>\d{1,4})\s?(?:[x×*]|pcs?|pieces?|Stk\.?|Stück|St\.|pz\.?|uds?\.?|stuks?|unités?)\s+(?P<rest>\S.*)$")
_FEWEST_CODES = 3
_ASKED = 0.7  # how surely a line that ends a sentence is a label
_SENTENCE = 5  # words
_REASON_QUESTIONS = frozenset({"reason", "section fault", "comments"})
_TOTALS = frozenset({"claimed_amount", "refund_amount", "parts_amount", "labour_amount", "travel_amount"})
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
        lines = list(_listed(reading, specs)) or single or list(_contracted(reading))
    elif len(single) == 1 and len(lines) == 1:
        lines = [{**single[0], **lines[0]}]
    elif single and "line_type" in specs and not _is_among(single[0], lines):
        lines = [*single, *lines]
    if "reason" in specs:
        lines = _with_reason(reading, lines)
    if "line_type" in specs:
        lines = [_with_type(reading, line) for line in lines]
    return Lines(tuple(_in_order(line, specs) for line in lines), _asked(reading, rows))


def _in_order(line: Fields, specs: Mapping[str, FieldSpec]) -> Fields:
    return {name: line[name] for name in specs if name in line}


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
            line[name] = _field(found, _IN_COLUMN, "column")
    _notes(reading, row, line)
    _model(row, line)
    if "reason" in specs:
        line.update(_row_reason(reading, row))
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


def _field(found: Found, margin: float, method: str, value: Value | None = None) -> AnyField:
    status = FieldStatus.OK if found.valid else FieldStatus.INVALID
    kept = found.value if value is None else value
    return printed(kept, found.raw, confidence_of(margin), found.page, found.box, method, status)


def _notes(reading: Reading, row: FormRow, line: Fields) -> None:
    """A serial number or an article's code that stands with its label in the description's cell."""
    for piece in row.pieces("description"):
        for name in _NOTED:
            if name not in line and (found := value_in(reading, piece, name)) is not None:
                line[name] = _field(found, _AT_LABEL, "label in the line")


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


def _row_reason(reading: Reading, row: FormRow) -> Fields:
    pieces = row.pieces("reason")
    ticked = [o for o in _options_in(reading, row) if o.mark.ticked]
    for option in ticked:
        sense = reason_of(reading, option.raw)
        if sense is not None:
            return reason_fields(sense, option.raw, _from_option(option), _IN_COLUMN, "tick box in the row")
    for index, marks in row.marks.items():
        header = row.header.columns[index].header
        sense = reason_of(reading, header) if any(m.ticked for m in marks) else None
        if sense is not None and not row.header.columns[index].means("reason"):
            box = marks[0].box
            found = Found(header, header, marks[0].page, box)
            return reason_fields(sense, header, found, _IN_COLUMN, "tick box in the column")
    if not pieces:
        return {}
    return _reason_of_text(reading, pieces, _IN_COLUMN, "column")


def _reason_of_text(reading: Reading, pieces: Sequence[Segment], margin: float, method: str) -> Fields:
    text = joined(pieces)
    found = Found(text, text, pieces[0].page, box_of(pieces))
    code = _CODE.match(text)
    meant = _legend(reading).get(code["code"]) if code else None
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
    value = printed(
        known.name, found.raw, round(confidence_of(margin) * known.sure, 3), found.page, found.box, method
    )
    printed_raw = printed(raw, raw, confidence_of(margin), found.page, found.box, method)
    return {"reason": value, "reason_raw": printed_raw}


def _from_option(option: Option) -> Found:
    return Found(option.raw, option.raw, option.mark.page, option.box)


@lru_cache(maxsize=16)
def _legend(reading: Reading) -> Mapping[str, tuple[str, Sense]]:
    """The codes of reasons that the form explains: "1 = too small, 2 = too large"."""
    found: dict[str, tuple[str, Sense]] = {}
    for line in reading.layout.lines:
        texts = [segment.text for segment in line.segments]
        pairs = [f"{a} = {b}" for a, b in zip(texts, texts[1:], strict=False) if _CODE.match(a)]
        for text in (*texts, *pairs):
            for match in _LEGEND.finditer(text):
                sense = reason_of(reading, match["text"])
                if sense is not None:
                    found.setdefault(match["code"], (match["text"].strip(), sense))
    return found if len(found) >= _FEWEST_CODES else {}


def _options_in(reading: Reading, row: FormRow) -> Iterator[Option]:
    marks = {id(mark) for found in row.marks.values() for mark in found}
    for option in find_options(reading):
        if id(option.mark) in marks:
            yield option


def _row_type(reading: Reading, row: FormRow) -> Fields:
    pieces = row.pieces("line_type")
    sense = line_type_of(reading, joined(pieces)) if pieces else None
    if sense is None or not pieces:
        return {}
    found = Found(sense.name, joined(pieces), pieces[0].page, box_of(pieces))
    return {"line_type": _field(found, _IN_COLUMN, "column")}


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
        name = _line_name(entry, names, line)
        if name is None or entry.label.sure < 0.5:
            continue
        found = _labelled(reading, entry, name)
        if not found:
            continue
        if name in line:
            if set(line) & set(_NOTED + ("description",)):
                yield line
            line = {}
        line.update(found)
    if set(line) & {"product_code", "description", "serial_number"}:
        yield line


def _line_name(entry: Entry, names: Sequence[str], line: Fields) -> str | None:
    """The line's field that an entry is, unless its label means a header field as well."""
    weights = [(weight, name) for name, weight in entry.label.names()]
    meant = [name for weight, name in weights if weight == 1.0 and name in names]
    if not meant and entry.label.section == "product":
        meant = [name for _, name in weights if name in names]
    free = [name for name in meant if name not in line]
    return (free or meant or [None])[0]


def _labelled(reading: Reading, entry: Entry, name: str) -> Fields:
    if name == "reason":
        return _reason_of_text(reading, entry.pieces, _AT_LABEL, entry.method)
    found = entry.value(reading, name)
    return {} if found is None else {name: entry_field(entry, found, _AT_LABEL)}


def _listed(reading: Reading, specs: Mapping[str, FieldSpec]) -> Iterator[Fields]:
    """Goods of a letter: "2 x Garden hose (code G954), serial no. 12"."""
    for paragraph in paragraphs(reading):
        match = _COUNTED.match(paragraph.text)
        if match is not None:
            line = _counted_line(reading, paragraph, match)
            yield {name: found for name, found in line.items() if name in specs}


def _counted_line(reading: Reading, paragraph: Segment, match: re.Match[str]) -> Fields:
    line: Fields = {}
    counts = reading.spans(paragraph, SpanType.AMOUNT)
    place = (paragraph.page, paragraph.box)
    sure = confidence_of(_IN_PROSE)
    if counts and counts[0].start <= match.start("count"):
        line["quantity"] = printed(counts[0].amount, counts[0].raw, sure, counts[0].page, counts[0].box, "list of goods")
    elif match["count"].isdigit():
        line["quantity"] = printed(Decimal(match["count"]), match["count"], sure, *place, "list of goods")
    text = match["rest"]
    hits = find_phrases(text, reading.vocabulary.lexicon.fields)
    ends = [h.start for h in hits if any(entry_type(m.name) is EntryType.IDENTIFIER for m in h.meanings)]
    cut = min([*ends, *(m.start() for m in re.finditer(r"\s\(|\s[–—-]\s", text)), len(text)])
    description = text[:cut].strip(" ,;(–-")
    if description:
        line["description"] = printed(description, description, sure, *place, "list of goods")
    for name in _NOTED:
        found = value_in(reading, paragraph, name)
        if found is not None:
            line[name] = _field(found, _IN_PROSE, "label in the line")
    return line


def _contracted(reading: Reading) -> Iterator[Fields]:
    """The goods that a withdrawal names behind the colon of its sentence, which may run over some lines."""
    asked = {label.segment for label in find_labels(reading) if label.sure >= _ASKED}
    table = reading.vocabulary.lexicon.table("prose")
    for segment in reading.layout.segments():
        words = [m.name for p in find_phrases(segment.text, table) for m in p.meanings]
        if "withdrawal" not in words or len(segment.words) < _SENTENCE:
            continue
        for goods in _sentence(reading, segment, asked):
            head, colon, text = goods.text.rpartition(":")
            text = text.strip(" .*_")
            if colon and text and not find_phrases(text, table):
                first, last = goods.word_range(min(len(head) + 2, len(goods.text) - 1), len(goods.text))
                box = union_of(word.box for word in goods.words[first:last])
                yield {"description": printed(text, text, confidence_of(_IN_PROSE), goods.page, box, "goods withdrawn")}
                return


def _sentence(reading: Reading, segment: Segment, asked: set[Segment]) -> Iterator[Segment]:
    """The run of text with the lines right below it that no label begins, one more with each."""
    whole = segment
    yield whole
    for line in reading.layout.lines[segment.line + 1 : segment.line + 4]:
        if line.page != segment.page or any(s in asked for s in line.segments):
            return
        whole = Segment((*whole.words, *line.segments[0].words), segment.line)
        yield whole


def _with_reason(reading: Reading, lines: Sequence[Fields]) -> list[Fields]:
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
            margin = _AT_LABEL * option.mark.confidence
            return reason_fields(sense, option.raw, _from_option(option), margin, "ticked option")
    best = [e for e in find_entries(reading) if e.label.weight("reason") == 1.0 and e.label.sure >= 0.5]
    for entry in best[:1]:
        return _reason_of_text(reading, entry.pieces, _AT_LABEL, entry.method)
    told = reason_in_prose(reading)
    return {} if told is None else reason_fields(told[1], told[0].raw, told[0], _IN_PROSE, "sentence of the letter")
