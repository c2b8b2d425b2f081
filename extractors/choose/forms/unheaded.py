"""Rows of goods that no header stands above: "2 x   TL-40   Stool oak   € 39.00   reason: D"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extractors.choose.forms.fields import value_field
from extractors.choose.forms.frames import option_segments, table_lines
from extractors.choose.forms.meanings import reason_of
from extractors.choose.forms.prose import value_in
from extractors.choose.forms.reasons import AT_LABEL, Fields, reason_of_text
from extractors.choose.forms.values import Found
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.layout.lines import Segment, TextLine
from service.domain.fields import FieldSpec

_COUNT = re.compile(r"(?P<count>\d{1,3})\s?(?:[x×*]|pcs?\.?|Stk?\.?|Stück|st\.?|uds?\.?|ud\.?|pz\.?|stuks?|szt\.?)?")
_TIMES = re.compile(r"(?P<count>\d{1,3})\s?[x×*]\s+(?P<rest>\S.*)")
_COUNTS_UP = re.compile(r"\d{1,3}\s?\D+")  # a count that says so by a sign or a unit
_CODE = re.compile(r"(?=\S*\d)[A-Z0-9][\w./-]{3,19}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PRICE_WORDS = 4  # words of a price with its currency and "each"
_CELLS, _PER_ROW = 3, 2  # cells of a row; things of an article that a row gives besides its name
_SAME_EDGE = 6.0  # points


def unheaded_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """The articles of lines that are made alike: each counts an article and gives its number, its name or its price."""
    found: list[tuple[TextLine, Fields]] = []
    for line in reading.layout.lines:
        if line.number in table_lines(reading) or option_segments(reading) & set(line.segments):
            continue
        fields = _article(reading, line)
        if fields and (not found or _is_alike(found[-1][0], line)):
            found.append((line, fields))
    surely = len(found) > 1 or any(_COUNTS_UP.fullmatch(line.segments[0].text) for line, _ in found)
    articles = [fields for _, fields in found] if surely else []
    return [{name: value for name, value in fields.items() if name in specs} for fields in articles]


def _is_alike(one: TextLine, other: TextLine) -> bool:
    first, second = one.segments, other.segments
    return one.page == other.page and abs(first[0].box.x0 - second[0].box.x0) <= _SAME_EDGE


def _article(reading: Reading, line: TextLine) -> Fields:
    """What a line says of an article; nothing where it names none, or a label begins it."""
    segments = line.segments
    if len(segments) < _CELLS or any(reading.spans(s, SpanType.DATE) or s.text.endswith(":") for s in segments):
        return {}
    fields: Fields = {}
    for segment in segments:
        for name, value in _cell(reading, segment, fields).items():
            fields.setdefault(name, value)
    has_name = "description" in fields and len(set(fields) - {"reason_raw"}) > _PER_ROW
    return fields if has_name and "quantity" in fields else {}


def _cell(reading: Reading, segment: Segment, known: Mapping[str, object]) -> Fields:
    """What one text of the line is: a count, a price, a number with its label, a reason, a code or the name."""
    text = segment.text.strip()
    times, count = _TIMES.fullmatch(text), _COUNT.fullmatch(text)
    money = [span for span in reading.spans(segment, SpanType.AMOUNT) if span.looks_like_money]
    if times is not None and not money:
        part = segment.part(*segment.word_range(times.start("rest"), len(segment.text)))
        return {**_counted(segment, times["count"]), **_named(part)}
    if count is not None and "quantity" not in known:
        return _counted(segment, count["count"])
    if money and len(segment.words) <= _PRICE_WORDS:
        found = Found(abs(money[0].amount), money[0].raw, segment.page, money[0].box)
        return {
            "unit_price" if "unit_price" not in known else "line_total": value_field(found, AT_LABEL, "row of goods")
        }
    return _labelled(reading, segment) or _words(reading, segment, known)


def _labelled(reading: Reading, segment: Segment) -> Fields:
    """A serial number, a code or a reason behind its label: "reason: D"."""
    for name in ("serial_number", "product_code"):
        value = value_in(reading, segment, name, directly=True)
        if value is not None:
            return {name: value_field(value, AT_LABEL, "label in the row")}
    label, colon, rest = segment.text.partition(":")
    asks = any(hit.weight("reason") for hit in reading.hits(segment)[:1])
    if not asks or not colon or not rest.strip():
        return {}
    part = segment.part(*segment.word_range(len(label) + 2, len(segment.text)))
    return reason_of_text(reading, (part,), AT_LABEL, "label in the row")


def _words(reading: Reading, segment: Segment, known: Mapping[str, object]) -> Fields:
    if _CODE.fullmatch(segment.text) and "product_code" not in known:
        found = Found(segment.text, segment.text, segment.page, segment.box)
        return {"product_code": value_field(found, AT_LABEL, "row of goods")}
    if "description" in known and reason_of(reading, segment.text) is not None:
        return reason_of_text(reading, (segment,), AT_LABEL, "row of goods")
    return _named(segment)


def _named(segment: Segment) -> Fields:
    if not _WORD.search(segment.text):
        return {}
    found = Found(segment.text, segment.text, segment.page, segment.box)
    return {"description": value_field(found, AT_LABEL, "row of goods")}


def _counted(segment: Segment, count: str) -> Fields:
    found = Found(Decimal(count), segment.text, segment.page, segment.box)
    return {"quantity": value_field(found, AT_LABEL, "row of goods")}
