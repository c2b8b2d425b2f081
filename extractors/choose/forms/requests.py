"""What the customer asks for, and how long the goods were used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import Entry
from extractors.choose.forms.fields import margin_at
from extractors.choose.forms.frames import option_segments, table_lines
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.meanings import resolution_of, sense_of
from extractors.choose.forms.options import find_options, ticked_senses
from extractors.choose.forms.prose import is_letter, request_in_prose
from extractors.choose.forms.values import box_of, joined, word_after
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment, TextLine
from extractors.parse.amounts import parse_amount
from service.domain.fields import AnyField

_QUESTIONS = frozenset({"requested_resolution", "section resolution"})
_OTHERS = frozenset({"reason", "condition", "usage_value"})
_TICKED, _ANSWERED = 2.4, 1.3
_NEXT_LINES = 2  # that a cell of several lines has below its first
_RECKONED = 0.1  # how sure a label is that hours may stand behind
_REFUNDED = re.compile(r"(?:[^\W\d_]+\W{0,2}){1,4}\W{0,3}")  # a few words and an amount: nothing that is kept back
_HOURS = re.compile(
    r"(?<![\w.,])(?P<hours>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:h|hrs?|hours?|Std|Stunden?|heures?|horas?|ore|ora|uur|uren|AW)\b",
    re.IGNORECASE,
)


def choose_resolution(reading: Reading, entry: Entry | None, asked: AnyField | None) -> dict[str, AnyField]:
    """requested_resolution: what is ticked, else what stands at its label, in the table, or in the letter's words."""
    for option, sense in ticked_senses(reading, resolution_of, _QUESTIONS, _OTHERS):
        margin = _TICKED * option.mark.confidence * sense.sure
        field = printed(sense.name, option.raw, confidence_of(margin), option.mark.page, option.box, "ticked option")
        return {"requested_resolution": field}
    if entry is not None:
        text = joined(entry.pieces)
        sense_found = resolution_of(reading, text)
        if sense_found is not None:
            margin = margin_at(reading, "requested_resolution", entry) * sense_found.sure
            page, box = entry.pieces[0].page, box_of(entry.pieces)
            return {
                "requested_resolution": printed(sense_found.name, text, confidence_of(margin), page, box, entry.method)
            }
    if asked is not None:
        return {"requested_resolution": asked}
    answer = _answered(reading)
    if answer is not None:
        return {"requested_resolution": answer}
    wanted = request_in_prose(reading) if is_letter(reading) or not find_options(reading) else None
    return {} if wanted is None else {"requested_resolution": wanted}


def _answered(reading: Reading) -> AnyField | None:
    """What stands as the answer to a question that no list has: nothing but a resolution behind a colon or a "?"."""
    skipped, hidden = option_segments(reading), table_lines(reading)
    for line in reading.layout.lines:
        before = ""
        for segment in line.segments if line.number not in hidden else ():
            head, sign, tail = segment.text.replace("?", ":").rpartition(":")
            text = tail if sign and tail.strip() else segment.text if before.endswith((":", "?")) else ""
            sense = resolution_of(reading, text) if text.strip() and segment not in skipped else None
            if sense is not None and sense.sure == 1.0:
                raw, sure = text.strip(), confidence_of(_ANSWERED)
                return printed(sense.name, raw, sure, segment.page, segment.box, f"behind “{(head or before).strip()}”")
            before = segment.text.rstrip()
    return None


def choose_refund(reading: Reading, entries: Mapping[str, Entry]) -> dict[str, AnyField]:
    """refund_amount that the ticked option names: "[x] refund of EUR 48.00", where no label asks for it."""
    if "refund_amount" in entries:
        return {}
    for option in find_options(reading):
        sense = resolution_of(reading, option.raw) if option.mark.ticked and option.text is not None else None
        if sense is None or sense.name != "refund" or option.text is None:
            continue
        money = [span for span in reading.spans(option.text, SpanType.AMOUNT) if span.looks_like_money]
        if len(money) == 1 and _REFUNDED.fullmatch(option.text.text.replace(money[0].raw, "")):
            span, sure = money[0], confidence_of(_ANSWERED)
            return {"refund_amount": printed(span.amount, span.raw, sure, span.page, span.box, "in the ticked option")}
    return {}


def choose_labour(reading: Reading, entries: Mapping[str, Entry]) -> dict[str, AnyField]:
    """labour_hours that a label of labour is reckoned with: "Labour 2 h @ 42.00   84.00", the sum its amount."""
    for label in find_labels(reading):
        if not any(label.weight(name) for name in ("labour_amount", "labour_hours")) or label.sure < _RECKONED:
            continue
        match = _HOURS.search(label.segment.text, label.hit.start)
        hours = parse_amount(match["hours"], reading.decimal_mark) if match else None
        if match is None or hours is None:
            continue
        segment = label.segment
        place = (segment.page, segment.part(*segment.word_range(*match.span())).box)
        method = f"with label “{label.hit.text}”"
        fields: dict[str, AnyField] = {
            "labour_hours": printed(abs(hours.value), match["hours"], confidence_of(_ANSWERED), *place, method)
        }
        money = _money(reading, reading.line_of(segment)) or _reckoned(reading, segment, hours.value)
        known = entries.get("labour_amount")
        if money and (known is None or known.label.segment is segment):
            span = money[-1]
            sure = confidence_of(_ANSWERED)
            fields["labour_amount"] = printed(abs(span.amount), span.raw, sure, span.page, span.box, method)
        return fields
    return {}


def _money(reading: Reading, line: TextLine) -> list[Span]:
    return [span for s in line.segments for span in reading.spans(s, SpanType.AMOUNT) if span.looks_like_money]


def _reckoned(reading: Reading, label: Segment, hours: Decimal) -> list[Span]:
    """The sum, on the next lines, that the hours make with a rate printed there: "1,8 h at / 78.00 / 140.40"."""
    lines = reading.layout.lines[label.line + 1 : label.line + 1 + _NEXT_LINES]
    money = [span for line in lines if line.page == label.page for span in _money(reading, line)]
    sums = {abs(rate.amount) * abs(hours) for rate in money}
    return [span for span in money if abs(span.amount) in sums and abs(hours) != 1][:1]


def choose_usage_unit(reading: Reading, entries: Mapping[str, Entry]) -> dict[str, AnyField]:
    """usage_unit: the word behind the figure, the ticked one, else the one that the label names."""
    entry = entries.get("usage_value")
    if entry is None:
        return {}
    found = entry.value(reading, "usage_value")
    if found is None:
        return {}
    behind = word_after(found, entry.pieces)
    label = entry.label.segment.text[: entry.label.rest]
    for text, margin in ((behind, 2.2), (_ticked_unit(reading), 1.8), (label, 1.4)):
        sense = sense_of(reading, text, "usage_units") if text else None
        if sense is not None and text is not None:
            unit = sense.name
            raw = text if text is behind else text[sense.start : sense.end]
            page, box = entry.pieces[0].page, box_of(entry.pieces)
            return {"usage_unit": printed(unit, raw, confidence_of(margin), page, box, entry.method)}
    return {}


def _ticked_unit(reading: Reading) -> str | None:
    for option in find_options(reading):
        if option.mark.ticked and option.raw and sense_of(reading, option.raw, "usage_units"):
            return option.raw
    return None
