"""What a form says of its customer without a label: an address on it, a mail address, a telephone number, a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.choose.addresses import Address, find_addresses, has_legal_form, has_postcode
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import find_entries
from extractors.choose.forms.greetings import greetings
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.letter_contact import is_reached_at
from extractors.choose.forms.people import block_fields
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from extractors.parse.phones import find_phones
from service.domain.fields import AnyField

_HEAD, _FOOT = 0.1, 0.88  # shares of the page's height above and below which its maker's own details stand
_ADDRESSES_END = 0.6
_SURE = 0.9
_ALIGNED, _WINDOW = 4.0, 3.0  # points; heights between a sender's line and the address below it
_UPPER = 0.3  # share of the page's height in which a day may stand alone
_ASKS = 0.5  # how surely a label asks for something
_LINE = re.compile(r"^(?P<name>[^\W\d][^\d,;]{3,40}?)\s?(?:[,;·•]|\s[—–-])\s(?P<address>.*\d.*)$")
_AND, _SHORTEST_HOST = ("and", "und", "et"), 3  # letters of a firm's name
_PLACED = re.compile(r"(?:,|\b(?:le|den|el|il|l[iì]|op))\s*$", re.IGNORECASE)
_RETAILER = ("retailer", "dealer")
_MOST_BETWEEN = 2  # words between a number and its day
_MOST_WORDS = 6  # before the day at the end of a form: "Fait à Rennes, le"


def unlabelled_fields(
    reading: Reading, fields: Mapping[str, AnyField], dated: str, numbered: str
) -> dict[str, AnyField]:
    """customer_name and customer_address, customer_email, customer_phone and the day, those that ``fields`` lack."""
    found: dict[str, AnyField] = {}
    if "customer_name" not in fields and "customer_address" not in fields:
        found.update(_address(reading))
    found.update(_contact(reading, fields))
    day = None
    if dated not in fields:
        used = tuple(fields.values())
        day = _day_of_number(reading, fields, numbered) or _day(reading, used) or _day_alone(reading, used)
    if day is not None:
        found[dated] = day
    return {name: field for name, field in found.items() if name not in fields}


def _address(reading: Reading) -> dict[str, AnyField]:
    """The first address that no firm's name begins and no label asks for."""
    asked = {label.segment for label in find_labels(reading) if label.sure >= _ASKS}
    for segment in reading.layout.segments():
        page = reading.layout.pages[segment.page - 1].size
        is_own = segment.page == 1 and segment.box.top < _ADDRESSES_END * page.height and segment not in asked
        fields = _in_line(segment) if is_own and not has_legal_form(segment.text) else {}
        if fields:
            return fields
    addresses = [a for a in find_addresses(reading) if a.segments[0] not in greetings(reading)]
    for address in addresses:
        first = address.segments[0]
        fields = _in_block(reading, address) if _is_in_window(address, addresses) and first not in asked else {}
        if {"customer_name", "customer_address"} <= set(fields):
            return fields
        page = reading.layout.pages[first.page - 1].size
        free = first.page == 1 and first.box.top < _ADDRESSES_END * page.height and first not in asked
        if not free or any(has_legal_form(s.text) for s in address.segments) or "@" in first.text:
            continue
        fields = _in_block(reading, address)
        if {"customer_name", "customer_address"} <= set(fields):
            return fields
    return {}


def _is_in_window(address: Address, addresses: Sequence[Address]) -> bool:
    """Whether it stands right below a sender's line, as in the window of an envelope: whoever it is sent to."""
    if address.sender or address.page != 1:
        return False
    box = address.box
    return any(
        above.sender
        and above.page == address.page
        and abs(above.box.x0 - box.x0) <= _ALIGNED
        and 0 <= box.top - above.box.bottom <= _WINDOW * address.segments[0].size
        for above in addresses
    )


def _in_block(reading: Reading, address: Address) -> dict[str, AnyField]:
    return {} if address.sender else block_fields(reading, address.segments, "address without a label", _SURE)


def _in_line(segment: Segment) -> dict[str, AnyField]:
    """Name and address in one line, parted by a dash or a comma."""
    match = _LINE.match(segment.text)
    if match is None or not has_postcode(match["address"]):
        return {}
    place, sure, method = (segment.page, segment.box), confidence_of(_SURE), "line with an address"
    return {
        "customer_name": printed(match["name"].strip(), match["name"], sure, *place, method),
        "customer_address": printed(match["address"], match["address"], sure, *place, method),
    }


def _contact(reading: Reading, fields: Mapping[str, AnyField]) -> dict[str, AnyField]:
    """The one mail address and the one telephone number between the page's head and its foot."""
    body = list(_body(reading))
    found: dict[str, AnyField] = {}
    mails = [
        s for segment in body for s in reading.spans(segment, SpanType.EMAIL) if not _is_makers(reading, s, fields)
    ]
    if "customer_email" not in fields and len({span.value for span in mails}) == 1:
        span = mails[0]
        found["customer_email"] = printed(
            span.value, span.raw, confidence_of(_SURE), span.page, span.box, "the only mail address"
        )
    phones = [(s, phone.value) for s in body for phone in find_phones(s.text) if _is_phone(reading, s, phone.value)]
    if "customer_phone" not in fields and len({value for _, value in phones}) == 1 and "customer_name" in fields:
        segment, value = phones[0]
        found["customer_phone"] = printed(
            value, value, confidence_of(_SURE), segment.page, segment.box, "the only telephone number"
        )
    return found


def _is_makers(reading: Reading, mail: Span, fields: Mapping[str, AnyField]) -> bool:
    """Whether a mail address is of a firm that the form names besides its customer: "returns@blue-barn.example" of
    Blue Barn Ltd.
    """
    customer = squeeze(str(fields["customer_name"].value)) if "customer_name" in fields else ""
    host = squeeze(str(mail.value).partition("@")[2].partition(".")[0])
    others = (
        text
        for s, text in zip(reading.layout.segments(), reading.squeezed, strict=True)
        if "@" not in s.text and text != customer
    )
    spoken = {host, *(host.replace(word, "") for word in _AND)}  # of "Ember & Loom"
    return any(name in text for text in others for name in spoken if len(name) >= _SHORTEST_HOST)


def _is_phone(reading: Reading, segment: Segment, value: str) -> bool:
    """Whether figures are a telephone number beyond doubt: by a plus sign, or by a word for it in the line."""
    named = any(hit.weight("customer_phone") for hit in reading.hits(segment))
    return value.startswith("+") or named or is_reached_at(reading, segment.text.partition(value)[0])


def _body(reading: Reading) -> Iterator[Segment]:
    own = {label.segment for label in find_labels(reading) if label.section in _RETAILER}
    for segment in reading.layout.segments():
        height = reading.layout.pages[segment.page - 1].size.height
        inside = _HEAD * height < segment.box.top < _FOOT * height
        if inside and segment not in own and not has_legal_form(segment.text):
            yield segment


def _day(reading: Reading, used: Sequence[AnyField]) -> AnyField | None:
    """The last day that stands behind a town, as where a form is signed: "Rennes, le 15/09/2025"."""
    taken = {field.value for field in used}
    for segment in reversed(reading.layout.segments()):
        for span in reading.spans(segment, SpanType.DATE):
            before = segment.text[: span.start]
            placed = _PLACED.search(before) and len(before.split()) <= _MOST_WORDS
            if placed and span.value not in taken and span.end >= len(segment.text.rstrip(" .")):
                return _dated(span, "day behind a town")
    return None


def _day_of_number(reading: Reading, fields: Mapping[str, AnyField], numbered: str) -> AnyField | None:
    """The day right behind the form's own number: "N. RS-637/25 del 28/10/2025"."""
    number = fields.get(numbered)
    if number is None or number.provenance.box is None:
        return None
    for segment in reading.layout.segments():
        position = segment.text.find(number.raw) if segment.page == number.provenance.page else -1
        if position < 0 or segment.box.y_overlap(number.provenance.box) <= 0:
            continue
        for span in reading.spans(segment, SpanType.DATE):
            between = segment.text[position + len(number.raw) : span.start]
            if span.start > position and len(between.split()) <= _MOST_BETWEEN:
                return _dated(span, "day behind the number")
    return None


def _day_alone(reading: Reading, used: Sequence[AnyField]) -> AnyField | None:
    """The one day that stands in the page's head by itself and that no label asks for."""
    asked = {piece for entry in find_entries(reading) for piece in entry.pieces}
    height = reading.layout.pages[0].size.height if reading.layout.pages else 0.0
    taken = {field.value for field in used}
    alone = [
        span
        for segment in reading.layout.segments()
        if segment.page == 1 and segment.box.bottom < _UPPER * height and segment not in asked
        for span in reading.spans(segment, SpanType.DATE)
        if span.raw == segment.text.strip() and span.value not in taken
    ]
    return _dated(alone[0], "day alone") if len(alone) == 1 else None


def _dated(span: Span, method: str) -> AnyField:
    return printed(span.value, span.raw, confidence_of(_SURE), span.page, span.box, method)
