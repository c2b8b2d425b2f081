"""Tells the seller's VAT id and e-mail address from the buyer's, which is often printed first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.choose.candidates import Candidate, field_of, labelled, ranked
from extractors.choose.names import Name
from extractors.choose.parties import Parties
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.parse.identifiers import find_domains, is_checked_tax_number
from service.domain.fields import AnyField
from service.domain.keys import name_words

_FOOTER = 0.8  # share of the page's height
_NUMBER_LABELLED = 1.2  # points that a label gives a number without a prefix
_NEAR = 90.0  # points
_LEFT, _RIGHT = 20.0, 60.0  # points beyond a party's name or address
_LONE = 1.0  # of the points for nearness; a number alone under a name is its tax number


def choose_tax_ids(reading: Reading, parties: Parties) -> dict[str, AnyField]:
    """seller_vat_id, buyer_vat_id and seller_email."""
    spans = _distinct(
        [*reading.all_spans(SpanType.VAT_ID), *_labelled_numbers(reading), *_lone_numbers(reading, parties)]
    )
    seller = {s: _points(reading, s, "seller_vat_id", parties.seller, parties.buyer) for s in spans}
    buyer = {s: _points(reading, s, "buyer_vat_id", parties.buyer, parties.seller) for s in spans}
    for span in spans:
        seller[span] += 1.3 + 0.5 * _in_footer(reading, span) + 0.2 * span.valid
    pairs = sorted(_pairs(spans, seller, buyer), key=lambda pair: -pair[0])
    chosen: dict[str, AnyField] = {}
    for position, name in ((1, "seller_vat_id"), (2, "buyer_vat_id")):
        found = pairs[0][position]
        if isinstance(found, Span):
            lead = pairs[0][0] - next((pair[0] for pair in pairs if pair[position] is not found), 0.0)
            chosen[name] = field_of(Candidate(found, pairs[0][0], "form of a VAT id, place"), lead)
    chosen.update(_email(reading, parties.seller))
    return chosen


def _pairs(
    spans: list[Span], seller: dict[Span, float], buyer: dict[Span, float]
) -> Iterator[tuple[float, Span | None, Span | None]]:
    """Each way of giving the ids to seller and buyer, or to neither, with its points."""
    for one in (*spans, None):
        for other in (*spans, None):
            if one is None or one is not other:
                points = (seller[one] if one else 0.0) + (buyer[other] if other else 0.0)
                yield points, one, other


def _labelled_numbers(reading: Reading) -> Iterator[Span]:
    """Tax numbers without a country prefix, which only their labels tell from other numbers."""
    for label in ("seller_vat_id", "buyer_vat_id", "any_vat_id"):
        for candidate in labelled(reading, label, SpanType.TAX_NUMBER):
            if candidate.score > _NUMBER_LABELLED:
                yield candidate.span


def _lone_numbers(reading: Reading, parties: Parties) -> Iterator[Span]:
    """Numbers with check digits that pass, alone in a line under a party's name."""
    for span in reading.all_spans(SpanType.TAX_NUMBER):
        alone = span.start == 0 and span.end == len(span.segment.text)
        close = any(_nearness(span, name) >= _LONE for name in (parties.seller, parties.buyer))
        if alone and close and is_checked_tax_number(str(span.value)):
            yield span


def _distinct(spans: Iterable[Span]) -> list[Span]:
    first: dict[object, Span] = {}
    for span in spans:
        first.setdefault(span.value, span)
    return list(first.values())


def _points(reading: Reading, span: Span, label: str, own: Name | None, other: Name | None) -> float:
    same = [s for s in reading.all_spans(span.type) if s.value == span.value]
    points = max((c.score for c in labelled(reading, label, span.type) if c.span in same), default=0.0)
    return points + max(_nearness(s, own) - _nearness(s, other) for s in same)


def _nearness(span: Span, name: Name | None) -> float:
    """1.5 points right at a party's name or address, none from 90 points of distance on."""
    if name is None or span.page != name.segment.page:
        return 0.0
    box = name.address.box if name.address is not None and name.address.page == span.page else name.box
    if span.box.x1 < box.x0 - _LEFT or span.box.x0 > box.x1 + _RIGHT:
        return 0.0
    distance = max(0.0, span.box.top - box.bottom, box.top - span.box.bottom)
    return max(0.0, 1.5 * (1 - distance / _NEAR))


def _in_footer(reading: Reading, span: Span) -> bool:
    return span.box.top > reading.layout.pages[span.page - 1].size.height * _FOOTER


def _email(reading: Reading, seller: Name | None) -> dict[str, AnyField]:
    words = [w.lower() for w in name_words(seller.text) if len(w) >= 4] if seller else []

    def points(span: Span) -> float:
        domains = find_domains(str(span.value).rpartition("@")[2])
        own = any(word in domain for domain in domains for word in words)
        return 0.8 + 1.4 * own + 0.5 * _in_footer(reading, span) + _nearness(span, seller) / 2

    found = ranked(Candidate(s, points(s), "form of an address, place") for s in reading.all_spans(SpanType.EMAIL))
    return {"seller_email": field_of(found[0], found[0].score)} if found else {}
