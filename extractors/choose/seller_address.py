"""Finds the seller's address: under the name, else the address without a name that stands nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.addresses import (
    CONTACT,
    Address,
    address_parts,
    begins_with_street,
    find_addresses,
    has_postcode,
    name_and_rest_boxes,
)
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.names import HEAD, Name
from extractors.choose.parties import Parties
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from service.domain.fields import AnyField
from service.domain.geometry import Box

_ENDS_A_SENTENCE = re.compile(r":$|(?:\d|[^\W\d_]{4})\.$")
_SENTENCE_END = re.compile(r"\.\s+(?=[^\W\d_])")
_LABEL = re.compile(r"^[^\d:,]{3,30}:\s")
_NEAR = 90.0  # points from the name
_NEAR_POINTS = 1.2
_FOOTER = 0.85  # share of the page's height
_FOOTER_POINTS = 0.8


def choose_seller_address(reading: Reading, parties: Parties) -> dict[str, AnyField]:
    """seller_address: street, postcode and town, one part a line, without the name."""
    seller = parties.seller
    if seller is None:
        return {}
    if seller.address is not None:
        parts = address_parts(seller.address)
        if parts:
            _, box = name_and_rest_boxes(seller.address)
            return {"seller_address": _field(parts, parties.seller_margin, seller.address.page, box)}
    ranked = sorted(
        ((points, -distance, address) for address, points, distance in _nameless(reading, seller, parties.buyer)),
        key=lambda found: found[:2],
        reverse=True,
    )
    if not ranked:
        return _in_sentences(seller, parties.seller_margin)
    points, _, address = ranked[0]
    return {"seller_address": _field(address_parts(address), points, address.page, address.box)}


def _in_sentences(seller: Name, margin: float) -> dict[str, AnyField]:
    """The address among the sentences that the seller's name begins: "Acme Ltd, 1 High Street, Leeds LS1 4AP. VAT"."""
    text = seller.segment.text.removeprefix(seller.text)
    for sentence in _SENTENCE_END.split(text) if text != seller.segment.text else ():
        parts = [part.strip() for part in _LABEL.sub("", sentence).strip(" ,").split(", ")]
        if len(parts) > 1 and has_postcode(parts[-1]) and not CONTACT.search(sentence):
            return {"seller_address": _field(tuple(parts), margin, seller.segment.page, seller.segment.box)}
    return {}


def _nameless(reading: Reading, seller: Name, buyer: Name | None) -> Iterator[tuple[Address, float, float]]:
    """Addresses that begin with the street and belong to nobody else, with points and the distance from the name."""
    height = reading.layout.pages[seller.segment.page - 1].size.height
    for address in (*find_addresses(reading), *_one_liners(reading)):
        parts = address_parts(address)
        if address.page != seller.segment.page or not parts or not begins_with_street(_first_text(address)):
            continue
        distance = _distance(address.box, seller.box)
        if buyer is not None and address.box.bottom > buyer.box.top and _distance(address.box, buyer.box) < distance:
            continue  # the street and town under the buyer's name
        in_head = max(address.box.top, seller.box.top) < height * HEAD
        if distance <= _NEAR or in_head:
            yield address, _NEAR_POINTS, distance
        elif address.box.top > height * _FOOTER:
            yield address, _FOOTER_POINTS, distance


def _one_liners(reading: Reading) -> Iterator[Address]:
    """Street and town in one text, the telephone perhaps behind them: too short for a sender's line with a name."""
    for line in reading.layout.lines:
        for segment in line.segments:
            if not has_postcode(segment.text):
                continue
            for part in (segment, _sentence_of_address(segment)):
                address = Address((part,), sender=True)
                if len(address_parts(address)) > 1:
                    yield address


def _sentence_of_address(segment: Segment) -> Segment:
    """The part of a text with the postcode in it, without the sentences before and behind it."""
    words = segment.words
    town = next((i for i in range(1, len(words) + 1) if has_postcode(segment.part(0, i).text)), len(words))
    end = next((i for i in range(town, len(words) + 1) if words[i - 1].text.endswith((".", ";"))), len(words))
    begins = (i for i in range(town - 2, 0, -1) if _ENDS_A_SENTENCE.search(words[i - 1].text))
    return segment.part(next(begins, 0), end)


def _first_text(address: Address) -> str:
    return address.segments[0].text


def _distance(a: Box, b: Box) -> float:
    """The gap between two boxes, in points."""
    across = max(0.0, a.x0 - b.x1, b.x0 - a.x1)
    down = max(0.0, a.top - b.bottom, b.top - a.bottom)
    return float((across**2 + down**2) ** 0.5)


def _field(parts: tuple[str, ...], margin: float, page: int, box: Box) -> AnyField:
    text = "\n".join(parts)
    return printed(text, text, confidence_of(margin), page, box, "address of the seller")
