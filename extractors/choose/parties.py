"""Chooses seller and buyer: by labels, letterhead, address window, footer and the company's own web address.

Every possible name gets points as the seller and points as the buyer; the best pair of two different names wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.choose.addresses import (
    Address,
    address_text,
    find_addresses,
    first_part,
    has_legal_form,
    has_postcode,
    is_salutation,
    is_sender_line,
    lines_in_strong_type,
    name_and_rest_boxes,
    name_lines,
)  # fmt: skip
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.fields import AnyField
from service.domain.geometry import Box, union_of
from service.domain.keys import name_words

_LABELLED = 3.0
_HEAD, _WINDOW_TOP, _WINDOW_BOTTOM = 0.16, 0.09, 0.36  # shares of the page's height
_PARTIES = ("seller", "buyer", "other_party")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_CONTACT = re.compile(r"@|www\.|https?:|\b(?:tel|fon|fax|phone|telefon|mobil)\b", re.IGNORECASE)
_LABEL_REACH = 3.2  # heights
_LONGEST_NAME = 70
_ONE_NAME = 0.6  # points of a name over several lines, over its single lines
_BESIDE = 60.0  # points from a label with a colon to the name
_ACCOUNT_BEFORE = re.compile(
    r"^[A-Z]{0,3}-?\d{3,10}\s*[-–—:/|]\s+(?=[^\W\d_]{2})"
)  # the customer's number, then its name
_LONGEST_FORM = 8  # letters of a legal form
_NOT_A_NAME = re.compile(r"^(?:page|seite|pagina|inh|inhaber|prop|owner|att|attn|z\.? ?hd)\b|^\W*$", re.IGNORECASE)
_NAME_LABEL = re.compile(
    r"^(?:denominazione|ragione sociale|(?:company |business )?name|firma|nom|raison sociale|raz[oó]n social|nombre|"
    r"naam|nazwa|namn|nome|designação social)\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A possible name: its lines, where it stands, and the address that it heads, if any."""

    text: str
    segment: Segment
    box: Box
    address: Address | None
    seller: float
    buyer: float
    method: str


@dataclass(frozen=True, slots=True)
class Parties:
    """The chosen names; None where nothing speaks for one."""

    seller: Name | None
    buyer: Name | None
    seller_margin: float
    buyer_margin: float

    def fields(self) -> dict[str, AnyField]:
        """seller_name, seller_address and buyer_name."""
        found: dict[str, AnyField] = {}
        if self.seller is not None:
            found["seller_name"] = _name_field(self.seller, self.seller_margin)
            address = address_text(self.seller.address) if self.seller.address is not None else ""
            if address and self.seller.address is not None:
                _, box = name_and_rest_boxes(self.seller.address)
                page = self.seller.address.page
                confidence = confidence_of(self.seller_margin)
                found["seller_address"] = printed(address, address, confidence, page, box, "address below the name")
        if self.buyer is not None:
            found["buyer_name"] = _name_field(self.buyer, self.buyer_margin)
        return found


def _name_field(name: Name, margin: float) -> AnyField:
    return printed(name.text, name.text, confidence_of(margin), name.segment.page, name.box, name.method)


def choose_parties(reading: Reading) -> Parties:
    """Seller and buyer of the document."""
    names = _merge(_score(reading, name) for name in _names(reading))
    best: tuple[float, Name | None, Name | None] = (0.0, None, None)
    sellers = [n for n in names if n.seller > 0.3]
    buyers = [n for n in names if n.buyer > 0.3]
    for seller in (*sellers, None):
        for buyer in (*buyers, None):
            if seller is not None and buyer is not None and _alike(seller.text, buyer.text):
                continue
            points = (seller.seller if seller else 0.0) + (buyer.buyer if buyer else 0.0)
            if points > best[0]:
                best = (points, seller, buyer)
    _, seller, buyer = best
    seller = _in_full(seller, names)
    rest = [n for n in names if n is not seller and n is not buyer]
    return Parties(
        seller,
        buyer,
        _margin(seller.seller, [n.seller for n in rest]) if seller else 0.0,
        _margin(buyer.buyer, [n.buyer for n in rest]) if buyer else 0.0,
    )


def _in_full(seller: Name | None, names: list[Name]) -> Name | None:
    """The same name with its legal form, where a logo shows it without: "Cloudlake" and "Cloudlake, Inc."."""
    if seller is None or has_legal_form(seller.text):
        return seller
    key = squeeze(seller.text)
    for name in names:
        whole = squeeze(name.text)
        if has_legal_form(name.text) and whole.startswith(key) and len(whole) <= len(key) + _LONGEST_FORM:
            address, points = name.address or seller.address, max(seller.seller, name.seller)
            return Name(name.text, name.segment, name.box, address, points, name.buyer, name.method)
    return seller


def _margin(points: float, others: list[float]) -> float:
    return max(0.2, points - max([0.0, *others]))


def _names(reading: Reading) -> Iterator[Name]:
    for hit in reading.hits_of(*_PARTIES):
        yield from _labelled_names(reading, hit)
    for address in find_addresses(reading):
        yield from _address_name(reading, address)
    yield from _names_in_strong_type(reading)
    for line in reading.layout.lines:
        for segment in line.segments:
            if _could_head(reading, segment):
                yield Name(segment.text, segment, segment.box, None, 0.0, 0.0, "letterhead or footer")


def _names_in_strong_type(reading: Reading) -> Iterator[Name]:
    """Names that run over two or three lines in larger or bold type, as narrow letterheads print them."""
    for block in reading.layout.blocks:
        lines = lines_in_strong_type(block.segments, reading.usual_size)
        if block.page == 1 and len(lines) > 1 and not any(reading.hits(s) for s in lines if not has_legal_form(s.text)):
            yield _joined(lines, None, _ONE_NAME, 0.0, "letterhead over several lines")


def _could_head(reading: Reading, segment: Segment) -> bool:
    text = segment.text
    if _NOT_A_NAME.match(text):
        return False
    if (
        not 3 <= len(text) <= _LONGEST_NAME
        or _CONTACT.search(text)
        or has_postcode(text)
        or _has_label(reading, segment)
    ):
        return False
    if any(reading.spans(segment, kind) for kind in (SpanType.VAT_ID, SpanType.IBAN)):
        return False
    if not has_legal_form(text) and (_DIGIT.search(text) or reading.spans(segment, SpanType.DATE)):
        return False
    height = reading.layout.pages[segment.page - 1].size.height
    return segment.page == 1 and (segment.box.top < height * _HEAD or has_legal_form(text))


def _has_label(reading: Reading, segment: Segment) -> bool:
    """Whether a label stands in it, words that are part of a company's name left aside."""
    hits = reading.hits(segment)
    return bool(hits) and (not has_legal_form(segment.text) or ":" in segment.text)


def _address_name(reading: Reading, address: Address) -> Iterator[Name]:
    if address.sender:
        text = first_part(address)
        if _LETTER.search(text) and not (_NOT_A_NAME.match(text) or _names_a_party(reading, address.segments[0])):
            segment = address.segments[0]
            box, _ = name_and_rest_boxes(address)
            yield Name(text, segment, box, address, 1.8, -2.0, "sender's line")
        return
    lines = name_lines(address.segments)
    if len(address.segments) >= 2:
        yield _joined(lines, address, 0.0, 0.0, "first line of an address")


def _names_a_party(reading: Reading, segment: Segment) -> bool:
    """Whether a text begins with a party's label, as in "Customer: Acme Ltd, 1 High Street, Leeds LS1 4AP"."""
    hits = reading.hits(segment)
    return bool(hits) and hits[0].start == 0 and any(hits[0].weight(party) == 1 for party in _PARTIES)


def _joined(lines: tuple[Segment, ...], address: Address | None, seller: float, buyer: float, method: str) -> Name:
    kept = [s for s in lines if not address or not is_salutation(s.text)] or list(lines)
    text = _NAME_LABEL.sub("", " ".join(segment.text for segment in kept)).strip(" :,;|")
    text = _ACCOUNT_BEFORE.sub("", text)
    text = _before_address(text) if len(kept) == 1 else text
    return Name(text, lines[0], union_of(s.box for s in lines), address, seller, buyer, method)


def _labelled_names(reading: Reading, hit: Hit) -> Iterator[Name]:
    """The name that a party's label points to: behind it, right of it or beneath it."""
    if hit.segment.text[: hit.start].strip(" :*-•"):
        return
    rest = hit.segment.text[hit.end :].strip(" :.-")
    if hit.segment.text.rstrip().endswith(","):
        return  # a letter's salutation
    if rest and _is_all_label(reading, hit.segment):
        rest = ""
    colon = hit.segment.text[hit.end :].lstrip().startswith(":")
    numbered = _ACCOUNT_BEFORE.match(rest)
    if rest and not colon and len(squeeze(hit.text)) < 12 and not numbered:
        return
    rest = _ACCOUNT_BEFORE.sub("", rest)
    weights = {name: hit.weight(name) for name in _PARTIES}
    found = _behind(hit, rest) if rest else _beneath_or_right(reading, hit)
    if found is None or not _LETTER.search(found[0].text) or _NOT_A_NAME.match(found[0].text):
        return
    seller = _LABELLED * weights["seller"] - _LABELLED * max(weights["buyer"], weights["other_party"])
    buyer = _LABELLED * weights["buyer"] - _LABELLED * max(weights["seller"], weights["other_party"])
    name = _joined(found, None, seller, buyer, f"label “{hit.text}”")
    if rest:
        rest = _before_address(rest)
        first, last = hit.segment.word_range(hit.segment.text.index(rest, hit.end), len(hit.segment.text))
        box = union_of(word.box for word in hit.segment.words[first:last])
        name = Name(rest, hit.segment, box, None, seller, buyer, f"label “{hit.text}”")
    yield name


def _before_address(text: str) -> str:
    """The name where an address follows it in one line, parted by commas."""
    first, comma, rest = text.partition(", ")
    if not has_postcode(text) and not (has_legal_form(first) and _DIGIT.search(rest)):
        return text
    second = rest.partition(",")[0]
    return f"{first}, {second}" if comma and has_legal_form(second) and not _DIGIT.search(second) else first


def _behind(hit: Hit, rest: str) -> tuple[Segment, ...] | None:
    return (hit.segment,) if _LETTER.search(rest) else None


def _beneath_or_right(reading: Reading, hit: Hit) -> tuple[Segment, ...] | None:
    line = reading.line_of(hit.segment)
    right = line.segments[line.segments.index(hit.segment) + 1 :]
    below = _column_below(reading, hit)
    close = bool(right) and hit.segment.text.endswith(":") and right[0].box.x0 - hit.segment.box.x1 < _BESIDE
    if right and (not below or close or right[0].text.startswith(":")) and not reading.hits(right[0]):
        return (right[0],)
    if below:
        return name_lines(below)
    return (right[0],) if right and not reading.hits(right[0]) else None


def _column_below(reading: Reading, hit: Hit) -> tuple[Segment, ...]:
    """The lines beneath a label, without numbers and such that stand between it and the name."""
    found: list[Segment] = []
    bottom = hit.segment.box.bottom
    for line in reading.lines_below(hit.segment, 9 * hit.segment.size):
        under = [
            s for s in line.segments if abs(s.box.x0 - hit.segment.box.x0) < 14 or s.box.x_overlap(hit.segment.box) > 4
        ]
        if not under:
            continue
        segment = under[0]
        if segment.box.top - bottom > _LABEL_REACH * segment.size * (1 if found else 1.3):
            break
        bottom = segment.box.bottom
        if _is_detail(reading, segment):
            if found:
                break
            continue
        found.append(segment)
    return tuple(found)


def _is_detail(reading: Reading, segment: Segment) -> bool:
    hits = reading.hits(segment)
    labelled = bool(hits) and hits[0].start == 0 and (":" in segment.text or len(hits[0].text) == len(segment.text))
    return labelled or not _LETTER.search(segment.text)


def _score(reading: Reading, name: Name) -> Name:
    """Add what place, print and surroundings say to what the label said."""
    page = reading.layout.pages[name.segment.page - 1]
    seller, buyer = name.seller, name.buyer
    if _is_title_or_label(reading, name):
        return Name(name.text, name.segment, name.box, name.address, seller - 3, buyer - 3, name.method)
    legal = 0.6 * has_legal_form(name.text)
    seller += legal + _letterhead(reading, name, page.size.height) + _own_web(reading, name) + _repeated(reading, name)
    seller += 0.5 * (name.segment.page == 1)
    if name.address is not None and not name.address.sender:
        buyer += _window(reading, name, page.size.width, page.size.height) + legal
        contact = _contact_near(reading, name.address)
        seller += 1.2 if contact else 0.0
        buyer -= 1.5 if contact else 0.0
    elif not name.method.startswith("label"):
        buyer -= 1.0
    return Name(name.text, name.segment, name.box, name.address, seller, buyer, name.method)


def _is_title_or_label(reading: Reading, name: Name) -> bool:
    hits = reading.hits(name.segment)
    whole = bool(hits) and hits[0].start == 0 and hits[0].end >= len(name.segment.text) - 2
    return whole or _is_all_label(reading, name.segment)


def _is_all_label(reading: Reading, segment: Segment) -> bool:
    """Whether nothing is left of a text without its labels: "Buyer (Bill to)"."""
    rest = segment.text
    for hit in reversed(reading.hits(segment)):
        rest = rest[: hit.start] + rest[hit.end :]
    return rest != segment.text and not _LETTER.search(rest)


def _letterhead(reading: Reading, name: Name, height: float) -> float:
    if name.segment.page > 1 or name.box.top > height * _HEAD:
        return 0.0
    return 0.7 + min(1.2, max(0.0, name.segment.size / reading.usual_size - 1) * 1.5)


def _own_web(reading: Reading, name: Name) -> float:
    """The host of a web or mail address that contains the name's main word is most often the seller's."""
    words = [w.lower() for w in name_words(name.text) if len(w) >= 4]
    return 1.4 if words and any(words[0] in host.replace("-", "") for host in reading.hosts) else 0.0


def _repeated(reading: Reading, name: Name) -> float:
    key = squeeze(name.text)
    if len(key) < 5:
        return 0.0
    count = sum(1 for text in reading.squeezed if key in text)
    return min(1.0, 0.6 * (count - 1))


def _window(reading: Reading, name: Name, width: float, height: float) -> float:
    """Points of an address that stands where a window envelope shows the addressee."""
    assert name.address is not None
    box = name.address.box
    if name.segment.page > 1 or not height * _WINDOW_TOP <= box.top <= height * _WINDOW_BOTTOM:
        return -0.5
    points = 1.0 + 0.7 * (box.x0 < width * 0.45)
    return points + 1.2 * any(
        is_sender_line(s) and 0 <= box.top - s.box.bottom < 40 and abs(s.box.x0 - box.x0) < 40
        for line in reading.layout.lines[max(0, name.segment.line - 3) : name.segment.line]
        for s in line.segments
    )


def _contact_near(reading: Reading, address: Address) -> bool:
    """Whether telephone, mail or tax number stand right below an address, as under a letterhead."""
    last = address.segments[-1]
    for line in reading.lines_below(last, 4.5 * last.size):
        for segment in line.segments:
            aligned = abs(segment.box.x0 - last.box.x0) < 6 or abs(segment.box.x1 - last.box.x1) < 6
            if aligned and (_CONTACT.search(segment.text) or reading.spans(segment, SpanType.VAT_ID)):
                return True
    return False


def _alike(a: str, b: str) -> bool:
    return squeeze(a) == squeeze(b)


def _merge(names: Iterator[Name]) -> list[Name]:
    """One entry a name: the points of its best standing in each role, and an address from any of them."""
    merged: dict[str, Name] = {}
    for name in names:
        key = squeeze(name.text)
        if not key:
            continue
        known = merged.get(key)
        if known is None:
            merged[key] = name
            continue
        better = name if max(name.seller, name.buyer) > max(known.seller, known.buyer) else known
        address = better.address or known.address or name.address
        seller, buyer = max(name.seller, known.seller), max(name.buyer, known.buyer)
        if name.segment is known.segment and any(max(n.seller, n.buyer) < -_LABELLED / 2 for n in (name, known)):
            buyer = name.buyer + known.buyer  # its label says that it is another party
        merged[key] = Name(better.text, better.segment, better.box, address, seller, buyer, better.method)
    return list(merged.values())
