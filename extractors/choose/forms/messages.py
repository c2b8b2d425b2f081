"""Fields of a customer's message: who, when, about what, and the papers that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.intent import choose_intent
from extractors.choose.forms.mail_head import head_sent, head_subject, time_of_day
from extractors.choose.forms.people import sender_fields
from extractors.choose.forms.prose import find_cues, is_letter, letter_date
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from service.domain.fields import AnyField, Value

# As Odoo numbers them unless it is told otherwise.
_NUMBERING = {
    "sale_order_reference": re.compile(r"(?<![\w/])S\d{5,9}(?![\w/])"),
    "invoice_reference": re.compile(r"(?<![\w/])[A-Z]{2,5}/\d{4}/(?:\d{2}/)?\d{3,9}(?![\w/])"),
}
_HEADED = 2.0
_MOST = 10
_SURE_OF_NUMBERING = 0.9


def message_fields(reading: Reading) -> dict[str, tuple[AnyField, ...]]:
    """sender_name, sender_email, sent_at, subject, intent, and the orders and invoices named."""
    sender = sender_fields(reading)
    fields: dict[str, tuple[AnyField, ...]] = {}
    for name, own in (("customer_name", "sender_name"), ("customer_email", "sender_email")):
        if name in sender:
            fields[own] = (sender[name],)
    sent = _sent_at(reading)
    if sent is not None:
        fields["sent_at"] = (sent,)
    subject = _subject(reading)
    if subject is not None:
        text = subject.text
        fields["subject"] = (
            printed(text, text, confidence_of(1.2), subject.page, subject.box, "line above the greeting"),
        )
    fields["intent"] = (choose_intent(reading),)
    for name, numbering in _NUMBERING.items():
        found = _named(reading, name, numbering)
        if found:
            fields[name] = found
    return fields


def _sent_at(reading: Reading) -> AnyField | None:
    """When the head of a mail says that it was sent, else the day that a letter bears."""
    headed = head_sent(reading)
    if headed is not None:
        day, clock = headed
        sure, method = confidence_of(_HEADED), "head of the mail"
        return printed(_moment(day.value, clock), day.raw, sure, day.page, day.box, method)
    sent = letter_date(reading, ())
    if sent is None:
        return None
    place = sent.provenance
    assert place.page is not None
    assert place.box is not None
    moment = _moment(sent.value, time_of_day(_line_at(reading, sent)))
    return printed(moment, sent.raw, sent.confidence, place.page, place.box, place.method)


def _moment(day: Value, clock: str | None) -> str:
    """ISO 8601, with the time of day where it is known."""
    return f"{day}T{clock}:00" if clock is not None else str(day)


def _line_at(reading: Reading, field: AnyField) -> str:
    """The text behind a value in its line."""
    place = field.provenance
    for segment in reading.layout.segments():
        if place.box is not None and segment.page == place.page and segment.box.y_overlap(place.box) > 0:
            _, found, behind = segment.text.partition(field.raw)
            if found:
                return behind
    return ""


def _named(reading: Reading, name: str, numbering: re.Pattern[str]) -> tuple[AnyField, ...]:
    best: dict[str, AnyField] = {}
    for field in (*_numbered(reading, numbering), *_cued(reading, name)):
        best.setdefault(str(field.value), field)
    return tuple(best.values())[:_MOST]


def _numbered(reading: Reading, numbering: re.Pattern[str]) -> Iterator[AnyField]:
    for segment in reading.layout.segments():
        for match in numbering.finditer(segment.text):
            box = segment.part(*segment.word_range(*match.span())).box
            number = match.group()
            yield printed(number, number, _SURE_OF_NUMBERING, segment.page, box, "numbering")


def _cued(reading: Reading, name: str) -> Iterator[AnyField]:
    for cue in find_cues(reading):
        if cue.name == name:
            span = cue.span
            sure = confidence_of(cue.score)
            yield printed(span.value, span.raw, sure, span.page, span.box, f"after “{cue.phrase}”")


def _subject(reading: Reading) -> Segment | None:
    """What the head of a mail says, else the line right above the greeting."""
    headed = head_subject(reading)
    if headed is not None or not is_letter(reading):
        return headed
    table = reading.vocabulary.lexicon.table("prose")
    for line in reading.layout.lines[1:]:
        hits = find_hits(line.segments[0], table)
        if hits and hits[0].start == 0 and hits[0].weight("greeting"):
            above = reading.layout.lines[line.number - 1]
            return above.segments[0] if above.page == line.page else None
    return None
