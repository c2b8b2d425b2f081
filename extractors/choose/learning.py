"""Finds on a paper's pages the values that a person confirmed: what the sender's next paper may be read by.

The paper is read again as a machine would, and what differs from what the person confirmed is looked for. A value that
stands nowhere teaches nothing about places; a name or a currency is remembered all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType

from extractors.choose.candidates import labelled
from extractors.choose.learnt_columns import observed_columns
from extractors.choose.places import place_of
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType, with_prefix
from extractors.parse.dates import DayOrder
from service.domain.extraction import Extraction
from service.domain.fields import AnyField, Source, ValueType
from service.domain.geometry import Box
from service.domain.keys import reference_key
from service.domain.kinds import INVOICE_FIELDS
from service.domain.memory import (
    DAY_ORDER,
    DECIMAL_MARK,
    LIKE_ENOUGH,
    MOST_OBSERVATIONS,
    Memory,
    Observation,
    Place,
    Topic,
    likeness,
)
from service.ports import Confirmed

_MOST_PLACES = 2  # of one value that is printed several times
_LONGEST_CONSTANT = 200  # characters
_CONSTANTS = ("seller_name", "buyer_name", "currency")
_OWN_TYPE: Mapping[str, SpanType] = MappingProxyType(
    {
        "iban": SpanType.IBAN,
        "bic": SpanType.BIC,
        "seller_vat_id": SpanType.VAT_ID,
        "buyer_vat_id": SpanType.VAT_ID,
        "seller_email": SpanType.EMAIL,
    }
)
_BY_VALUE: Mapping[ValueType, SpanType] = MappingProxyType(
    {
        ValueType.DATE: SpanType.DATE,
        ValueType.AMOUNT: SpanType.AMOUNT,
        ValueType.IDENTIFIER: SpanType.REFERENCE,
    }
)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def observations(reading: Reading, machine: Extraction, confirmed: Confirmed) -> tuple[Observation, ...]:
    """What the paper teaches; ``machine`` is what was read from ``reading`` without a person."""
    found: list[Observation] = []
    for name, spec in INVOICE_FIELDS.items():
        kind = _OWN_TYPE.get(name) or _BY_VALUE.get(spec.type)
        if kind is not None:
            found += _of_field(reading, name, kind, machine, confirmed)
    found += _constants(confirmed)
    found += _habits(reading, confirmed)
    found += observed_columns(reading, machine, confirmed.extraction)
    return tuple(dict.fromkeys(found))[:MOST_OBSERVATIONS]


def is_typed(entry: AnyField) -> bool:
    """Whether a person typed the value."""
    return entry.provenance.source is Source.HUMAN


def _of_field(
    reading: Reading, name: str, kind: SpanType, machine: Extraction, confirmed: Confirmed
) -> Iterator[Observation]:
    entries = confirmed.extraction.fields.get(name, ())
    read = {found.value for found in machine.fields.get(name, ())}
    right: list[Place] = []
    for entry in entries:
        if not (confirmed.approved or is_typed(entry)):
            return
        for span in _printed(reading, name, kind, entry, machine):
            place = place_of(reading, span)
            right.append(place)
            yield Observation(Topic.PLACE, name, True, is_typed(entry) and entry.value not in read, place)
    if not any(map(is_typed, entries)) and name not in confirmed.cleared:
        return
    for place in _taken_back(reading, kind, machine.fields.get(name, ()), entries):
        if all(likeness(place, other) < LIKE_ENOUGH for other in right):
            yield Observation(Topic.PLACE, name, False, True, place)


def _printed(reading: Reading, name: str, kind: SpanType, entry: AnyField, machine: Extraction) -> tuple[Span, ...]:
    """Where the value is printed: where the machine read it, else in the places that labels of the field point to or
    that come last (amounts) or first.
    """
    spans = [span for span in reading.all_spans(kind) if _is_value(span, entry)]
    read = [span for span in spans if any(_stands_at(found, span) for found in machine.fields.get(name, ()))]
    if read:
        return (read[0],)
    pointed = {candidate.span: -candidate.score for candidate in labelled(reading, name, kind)}
    latest = -1 if kind is SpanType.AMOUNT else 1
    spans.sort(key=lambda span: (pointed.get(span, 0.0), latest * span.segment.line))
    return tuple(spans[:_MOST_PLACES])


def _is_value(span: Span, entry: AnyField) -> bool:
    if isinstance(span.value, str):
        key = reference_key(str(entry.value))
        return key in (reference_key(span.value), reference_key(str(with_prefix(span, alone=True).value)))
    if isinstance(span.value, Decimal) and isinstance(entry.value, Decimal):
        return abs(span.value) == abs(entry.value) != 0
    return span.value == entry.value


def _stands_at(entry: AnyField, span: Span) -> bool:
    place = entry.provenance
    return place.page == span.page and place.box is not None and _covers(place.box, span.box)


def _covers(outer: Box, inner: Box) -> bool:
    within = outer.x0 - 1 <= inner.x_mid <= outer.x1 + 1
    return within and outer.top - 1 <= inner.y_mid <= outer.bottom + 1


def _taken_back(
    reading: Reading, kind: SpanType, machine: Iterable[AnyField], entries: tuple[AnyField, ...]
) -> Iterator[Place]:
    """Places from which the machine read what the person then replaced."""
    for wrong in machine:
        if all(wrong.value != entry.value for entry in entries):
            stood = (span for span in reading.all_spans(kind) if _stands_at(wrong, span) and _is_value(span, wrong))
            yield from (place_of(reading, span) for span in stood)


def _constants(confirmed: Confirmed) -> Iterator[Observation]:
    for name in _CONSTANTS:
        entry = confirmed.extraction.first(name)
        if entry is not None and (confirmed.approved or is_typed(entry)):
            text = str(entry.value)[:_LONGEST_CONSTANT]
            read = entry.raw[:_LONGEST_CONSTANT] if name == "currency" else ""
            yield Observation(Topic.CONSTANT, name, True, is_typed(entry), text=text, read=read)


def _habits(reading: Reading, confirmed: Confirmed) -> Iterator[Observation]:
    """The order of day and month, and the decimal mark, where only one of them reads what the person typed."""
    yield from _habit(reading, confirmed, DAY_ORDER, SpanType.DATE, tuple(order.value for order in DayOrder))
    yield from _habit(reading, confirmed, DECIMAL_MARK, SpanType.AMOUNT, (",", "."))


def _habit(
    reading: Reading, confirmed: Confirmed, name: str, kind: SpanType, options: tuple[str, ...]
) -> Iterator[Observation]:
    typed = [
        entry
        for field, entries in confirmed.extraction.fields.items()
        for entry in entries
        if is_typed(entry) and field in INVOICE_FIELDS and _BY_VALUE.get(INVOICE_FIELDS[field].type) is kind
    ]
    if all(any(_is_value(span, entry) for span in reading.all_spans(kind)) for entry in typed):
        return
    for option in options:
        forced = Memory(Topic.CONSTANT, name, 1, 0, _NEVER, text=option)
        other = replace(reading, memories=(forced,))
        if all(any(_is_value(span, entry) for span in other.all_spans(kind)) for entry in typed):
            yield Observation(Topic.CONSTANT, name, True, True, text=option)
            return
