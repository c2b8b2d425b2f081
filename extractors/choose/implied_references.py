"""Finds the references that a document implies: its order under the buyer's own reference, a credit note's invoice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractors.choose.candidates import Candidate, field_of, ranked
from extractors.choose.headers import header_lines
from extractors.choose.hits import Hit
from extractors.choose.neighbours import BELOW, Pointing, pointings
from extractors.choose.reading import Reading
from extractors.choose.reference_looks import in_full, look_of_reference
from extractors.choose.spans import Span, SpanType
from extractors.labels import squeeze
from service.domain.fields import AnyField

_POINTS = 1.2
_BUYERS_OWN = 1.0  # points of the buyer's reference over one of nobody's
_FEWEST_DIGITS = 3  # of an order's number under a label that may mean another reference
_FEWEST_BARE = 7  # digits of one that has nothing else
_OF_OTHER_KINDS = (
    "invoice_number",
    "delivery_note_reference",
    "preceding_invoice_reference",
    "other_reference",
    "contract_reference",
)
_INVOICE = re.compile(r"\b(?:invoice|bill|rechnung|factura|facture|fattura|factuur|fatura|faktur)", re.IGNORECASE)


def implied_references(
    reading: Reading, number: AnyField | None, found: Mapping[str, tuple[AnyField, ...]], *, is_credit: bool
) -> dict[str, tuple[AnyField, ...]]:
    """order_reference, and preceding_invoice_reference of a credit note, where no label names them as such."""
    chosen: dict[str, tuple[AnyField, ...]] = {}
    if "order_reference" not in found:
        order = _order(reading, number, is_credit=is_credit)
        if order is not None:
            chosen["order_reference"] = (order,)
    if is_credit and "preceding_invoice_reference" not in found:
        invoice = _other_invoice(reading, number)
        if invoice is not None:
            chosen["preceding_invoice_reference"] = (invoice,)
    return chosen


def _order(reading: Reading, number: AnyField | None, *, is_credit: bool) -> AnyField | None:
    """The buyer's own reference, or one of no kind: where nothing is called an order it is most often the order's."""
    named = {pointing.span for pointing in _named_otherwise(reading)}
    found = ranked(
        Candidate(p.span, p.strength + _BUYERS_OWN * p.hit.weight("buyer_reference"), _method(p))
        for p in _pointings(reading, "buyer_reference", "any_reference")
        if p.strength >= BELOW and p.hit.start == 0
        if not is_credit or p.hit.weight("buyer_reference")
    )
    for one in found:
        whole = in_full(reading, one.span)
        if one.span not in named and _may_be_an_order(str(whole.value)) and _is_another(one.span, number):
            return field_of(Candidate(whole, one.score, one.method), _POINTS)
    return None


def _may_be_an_order(value: str) -> bool:
    """Whether it has figures enough, and is no short run of them alone, as a customer's account is."""
    digits = sum(character.isdigit() for character in value)
    return digits >= _FEWEST_DIGITS and (digits >= _FEWEST_BARE or digits < len(value))


def _other_invoice(reading: Reading, number: AnyField | None) -> AnyField | None:
    """The number of another document that its label calls an invoice, or a reference and no more."""
    for pointing in _pointings(reading, "invoice_number", "any_reference"):
        named = _INVOICE.search(pointing.hit.text) or pointing.hit.weight("any_reference")
        if number is not None and named and pointing.strength >= BELOW and _is_another(pointing.span, number):
            return field_of(Candidate(in_full(reading, pointing.span), pointing.strength, _method(pointing)), _POINTS)
    return None


def _pointings(reading: Reading, *names: str) -> Iterator[Pointing]:
    hidden = header_lines(reading)
    for hit in reading.hits_of(*names):
        if hit.segment.line not in hidden:
            yield from pointings(reading, hit, SpanType.REFERENCE)


def _named_otherwise(reading: Reading) -> Iterator[Pointing]:
    """What surely is the number of something else."""
    for pointing in _pointings(reading, *_OF_OTHER_KINDS):
        if _is_sure(pointing.hit):
            yield pointing


def _is_sure(hit: Hit) -> bool:
    return not hit.weight("any_reference") and any(hit.weight(name) == 1.0 for name in _OF_OTHER_KINDS)


def _is_another(span: Span, number: AnyField | None) -> bool:
    """Whether it looks like a document's number and is not the document's own."""
    own = "" if number is None else squeeze(str(number.value))
    other = squeeze(str(span.value))
    return look_of_reference(span) > 0 and (not own or (other not in own and own not in other))


def _method(pointing: Pointing) -> str:
    return f"label “{pointing.hit.text}” {pointing.way}"
