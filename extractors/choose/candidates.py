"""Candidates with evidence that adds up, and how a margin becomes a confidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.headers import header_lines
from extractors.choose.hits import Hit
from extractors.choose.memory import remembered
from extractors.choose.neighbours import Pointing, pointings
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from service.domain.fields import AnyField, Field, FieldStatus, Provenance, Source, Value, ValueType
from service.domain.geometry import Box
from service.domain.kinds import names_of_type
from service.domain.memory import BY_MEMORY

_HIGHEST, _LOWEST = 0.99, 0.05
_STEEPNESS = 1.15
_RIVAL = 0.65  # how much a label of another field speaks against
_DATES = names_of_type(ValueType.DATE) | {"other_date"}
_TAX_IDS = frozenset({"seller_vat_id", "buyer_vat_id", "any_vat_id"})
_REFERENCES = names_of_type(ValueType.IDENTIFIER) | {"any_vat_id", "other_reference"}
_RIVALS_BY_TYPE = {
    SpanType.DATE: _DATES,
    SpanType.VAT_ID: _TAX_IDS,
    SpanType.TAX_NUMBER: _REFERENCES,
    SpanType.REFERENCE: _REFERENCES,
}
_OTHER_PAPERS = frozenset({"order_reference", "delivery_note_reference", "preceding_invoice_reference"})
_ALLIES = (
    frozenset({"net_total", "line_sum"}),
    frozenset({"grand_total", "amount_due"}),
    frozenset({"seller_vat_id", "any_vat_id"}),
    frozenset({"buyer_vat_id", "any_vat_id"}),
    frozenset({"charge_total", "freight_total"}),
    frozenset({"payment_reference", "invoice_number"}),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a field may have, its points and the reasons for them."""

    span: Span
    score: float
    method: str


def confidence_of(margin: float) -> float:
    """The confidence (0..1) of a choice that leads by ``margin`` points over the second best or over none.

    A logistic curve: no lead is a coin's toss (0.5), 1.2 points are 0.8, 2 points 0.91, 3 points 0.97.
    """
    return round(min(_HIGHEST, max(_LOWEST, 1 / (1 + math.exp(-_STEEPNESS * margin)))), 3)


def labelled(
    reading: Reading, name: str, kind: SpanType, prior: Callable[[Span], float] = lambda _: 0.0
) -> tuple[Candidate, ...]:
    """The values that labels of the field ``name`` point to, or memories of the sender's papers, best first; labels of
    other fields count against.
    """
    points = _points(reading, kind)
    known = dict(remembered(reading, name, kind))
    found = []
    for span, pointing in points.items():
        own = max((p.strength * p.hit.weight(name) for p in pointing), default=0.0)
        if own > 0:
            best = max(pointing, key=lambda p: p.strength * p.hit.weight(name))
            score = own - _RIVAL * _rivals(name, pointing, best.hit) + prior(span)
            memory = known.pop(span, 0.0)
            method = f"{BY_MEMORY}, " if memory > 0 else ""
            found.append(Candidate(span, score + memory, f"{method}label “{best.hit.text}” {best.way}"))
    for span, memory in known.items():
        if memory > 0:
            score = memory - _RIVAL * _rivals(name, points.get(span, ()), None) + prior(span)
            found.append(Candidate(span, score, BY_MEMORY))
    return ranked(found)


def _rivals(name: str, pointing: Iterable[Pointing], own: Hit | None) -> float:
    strongest = 0.0
    for p in pointing:
        if p.hit is own:
            continue
        for meaning in p.hit.meanings:
            if _is_rival(name, meaning.name, p.span.type):
                strongest = max(strongest, p.strength * meaning.weight)
    return strongest


def _is_rival(name: str, other: str, kind: SpanType) -> bool:
    """Whether a label of ``other`` speaks against ``name``: fields of one type compete for a value."""
    if other == name or any({name, other} <= allies for allies in _ALLIES):
        return False
    if kind is SpanType.DATE and name == "issue_date" and other in _OTHER_PAPERS:
        return True  # the date of an order or a delivery note
    if kind in _RIVALS_BY_TYPE:
        return other in _RIVALS_BY_TYPE[kind]
    return other not in _DATES | _REFERENCES


@lru_cache(maxsize=16)
def _points(reading: Reading, kind: SpanType) -> Mapping[Span, list[Pointing]]:
    found: dict[Span, list[Pointing]] = {}
    hidden = header_lines(reading)
    for hit in (hit for hit in reading.all_hits if hit.segment.line not in hidden):
        for pointing in pointings(reading, hit, kind):
            found.setdefault(pointing.span, []).append(pointing)
    return found


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Best first; of equal ones the earlier in the document."""
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.span.segment.line, c.span.start)))


def margin_of(candidates: tuple[Candidate, ...]) -> float:
    """By how much the first leads over the best one of another value, or over having none (0 points)."""
    if not candidates:
        return 0.0
    first = candidates[0]
    others = [c.score for c in candidates if c.span.value != first.span.value]
    return first.score - max([0.0, *others])


def field_of(candidate: Candidate, margin: float, value: Value | None = None) -> AnyField:
    """The chosen candidate as a field; an identifier whose check digits fail is marked invalid, not dropped."""
    span = candidate.span
    status = FieldStatus.OK if span.valid else FieldStatus.INVALID
    return printed(
        span.value if value is None else value, span.raw, confidence_of(margin), span.page, span.box,
        candidate.method, status,
    )  # fmt: skip


def printed(
    value: Value,
    raw: str,
    confidence: float,
    page: int,
    box: Box,
    method: str,
    status: FieldStatus = FieldStatus.OK,
) -> AnyField:
    """A field that stands on the page."""
    return Field(value, raw, confidence, Provenance(Source.TEXT_LAYER, method, page, box), status)


def derived(value: Value, confidence: float, method: str) -> AnyField:
    """A field that is worked out from others."""
    return Field(value, "", confidence, Provenance(Source.DERIVED, method))
