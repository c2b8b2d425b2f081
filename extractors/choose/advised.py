"""Fills what the rules leave empty with what the field model is sure of: points beside those of labels and looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from extractors.choose.advice import BY_MODEL
from extractors.choose.candidates import Candidate, field_of, labelled, margin_of, ranked
from extractors.choose.reading import Reading
from extractors.choose.reference_looks import in_full, look_of_reference
from extractors.choose.spans import Span, SpanType
from service.domain.fields import AnyField, Value, ValueType
from service.domain.kinds import CLAIM_FIELDS, INVOICE_FIELDS, RETURN_FIELDS

_LIKELY = 0.9  # how likely a value has to be
_POINTS = 1.0  # of one that is as good as certain, and most of its margin: it is never so sure that nobody looks
_TYPES: Mapping[ValueType, SpanType] = {
    ValueType.IDENTIFIER: SpanType.REFERENCE,
    ValueType.DATE: SpanType.DATE,
    ValueType.AMOUNT: SpanType.AMOUNT,
}
_SPECS = {**INVOICE_FIELDS, **RETURN_FIELDS, **CLAIM_FIELDS}
# Numbers that prove themselves and sums that add up are found without; names are words, of which the rules know more.
OF_INVOICES = (
    "invoice_number",
    "issue_date",
    "due_date",
    "order_reference",
    "delivery_note_reference",
    "delivery_date",
    "contract_reference",
)
OF_FORMS = (
    "return_number",
    "claim_number",
    "authorization_number",
    "sale_order_reference",
    "invoice_reference",
    "request_date",
    "claim_date",
    "purchase_date",
    "failure_date",
    "installation_date",
    "repair_date",
    "refund_amount",
    "claimed_amount",
)
_WORTH_ASKING = frozenset({"invoice_number", "issue_date", "due_date", "order_reference", *OF_FORMS})


def advised_fields(reading: Reading, fields: Mapping[str, AnyField], names: Collection[str]) -> dict[str, AnyField]:
    """Those of ``names`` that ``fields`` lack and the model finds; it isn't asked where all that most have is there."""
    lacking = [name for name in names if name not in fields]
    if _WORTH_ASKING.isdisjoint(lacking):
        return {}
    found: dict[str, AnyField] = {}
    for name in lacking:
        candidates = ranked(_candidates(reading, name, _TYPES[_SPECS[name].type]))
        free = [c for c in candidates if not _is_taken(c.span, (*fields.values(), *found.values()))]
        if free and free[0].score > 0:
            found[name] = field_of(free[0], min(_POINTS, margin_of(tuple(free))), _value(free[0].span))
    return found


def _candidates(reading: Reading, name: str, kind: SpanType) -> Iterator[Candidate]:
    said = {candidate.span: candidate.score for candidate in labelled(reading, name, kind)}
    for span in reading.all_spans(kind):
        first, last = span.segment.word_range(span.start, span.end)
        likelihood = reading.advice.likelihood(name, span.segment.words[first:last])
        if likelihood >= _LIKELY:
            is_reference = kind is SpanType.REFERENCE
            points = _POINTS * likelihood + said.get(span, 0.0) + (look_of_reference(span) if is_reference else 0.0)
            yield Candidate(in_full(reading, span) if is_reference else span, points, BY_MODEL)


def _value(span: Span) -> Value:
    return abs(span.amount) if span.type is SpanType.AMOUNT else span.value


def _is_taken(span: Span, fields: Collection[AnyField]) -> bool:
    """Whether another field has the number, or stands there."""
    is_number = span.type is SpanType.REFERENCE
    return any((is_number and field.value == span.value) or field.provenance.box == span.box for field in fields)
