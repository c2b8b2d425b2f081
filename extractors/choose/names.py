"""Finds what may be a party's name: behind labels, above addresses, in letterheads and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.choose.addresses import (
    CONTACT,
    NAME_WORDS,
    Address,
    begins_with_street,
    blocks_in_window,
    end_of_legal_form,
    find_addresses,
    first_part,
    has_legal_form,
    has_postcode,
    is_salutation,
    lines_in_strong_type,
    name_and_rest_boxes,
    name_lines,
)
from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.geometry import Box, union_of

LABELLED = 3.0
HEAD = 0.16  # share of the page's height
_WITHOUT_POSTCODE = 0.4  # points off for what only stands where an address does
_SHORTEST_LABEL, _OF_SHORT = 3, 0.5  # letters of a label that is a mere "to", and the share of the points it gives
_OF_PERSON = 0.3  # of the points for a seller who may only be the salesperson
_SHORTEST_LOGO = 4  # letters of a logo that the whole name repeats
_FEWEST_BEHIND = 6  # characters of the sentence behind a company's name
_PAIRS = frozenset(
    {
        ("from", "to"),
        ("von", "an"),
        ("de", "para"),
        ("de", "a"),
        ("da", "a"),
        ("van", "aan"),
        ("fran", "till"),
        ("od", "do"),
        ("fra", "til"),
    }
)
_PARTIES = ("seller", "buyer", "other_party")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_FOOTER = 0.88  # share of the page's height
_CODE = re.compile(r"(?=\S*\d)[A-Z\d./-]+")
_LABEL_REACH = 3.2  # heights
_LONGEST_NAME = 70
_ONE_NAME = 0.6  # points of a name over several lines, over its single lines
_BESIDE = 60.0  # points from a label with a colon to the name
# The customer's number, before its name.
_ACCOUNT_BEFORE = re.compile(r"^[A-Z]{0,3}-?\d{3,10}\s*[-–—:/|]\s+(?=[^\W\d_]{2})")
_NOT_A_NAME = re.compile(
    r"^(?:page|seite|pagina|ref\b|nr\b|no\b|id\b|inh|inhaber|prop|owner|att|attn|z\.? ?hd)\b|^\W*$", re.IGNORECASE
)
_NAME_LABEL = re.compile(rf"^(?:{NAME_WORDS})\s*:\s*", re.IGNORECASE)


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


def find_names(reading: Reading) -> Iterator[Name]:
    """Every possible name of the document, with the points that its label alone gives it."""
    for hit in reading.hits_of(*_PARTIES):
        yield from _labelled_names(reading, hit)
    for address in find_addresses(reading):
        yield from _address_name(reading, address)
    for address in blocks_in_window(reading):
        yield _joined(name_lines(address.segments), address, 0.0, -_WITHOUT_POSTCODE, "block in the window")
    yield from _names_in_strong_type(reading)
    yield from _paired(reading)
    yield from _in_sentences(reading)
    for line in reading.layout.lines:
        for segment in line.segments:
            if _could_head(reading, segment):
                yield Name(segment.text, segment, segment.box, None, 0.0, 0.0, "letterhead or footer")


def _paired(reading: Reading) -> Iterator[Name]:
    """Names under "from" and "to", words too short to be labels but beside each other."""
    for line in reading.layout.lines:
        for first, second in zip(line.segments, line.segments[1:], strict=False):
            if (squeeze(first.text), squeeze(second.text)) in _PAIRS:
                for label, seller, buyer in ((first, LABELLED, -LABELLED), (second, -LABELLED, LABELLED)):
                    below = _column_below(reading, label)
                    if below:
                        yield _joined(name_lines(below), None, seller, buyer, f"label “{label.text}”")


def _in_sentences(reading: Reading) -> Iterator[Name]:
    """Companies that begin a longer text, as in "Acme Ltd. Registered in England No. 123"."""
    for segment in reading.layout.segments():
        end = end_of_legal_form(segment.text)
        if end is None or end + _FEWEST_BEHIND > len(segment.text):
            continue
        text = segment.text[:end].strip()
        plain = len(text) <= _LONGEST_NAME and not _DIGIT.search(text) and text[:1].isupper()
        if plain and not any(hit.start < end for hit in reading.hits(segment)):
            first, last = segment.word_range(0, end)
            box = union_of(word.box for word in segment.words[first:last])
            yield Name(text, segment, box, None, 0.0, -LABELLED, "company that begins a sentence")


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
        or CONTACT.search(text)
        or has_postcode(text)
        or _has_label(reading, segment)
    ):
        return False
    if any(reading.spans(segment, kind) for kind in (SpanType.VAT_ID, SpanType.IBAN)):
        return False
    if not has_legal_form(text) and (_DIGIT.search(text) or reading.spans(segment, SpanType.DATE)):
        return False
    height = reading.layout.pages[segment.page - 1].size.height
    return segment.page == 1 and (segment.box.top < height * HEAD or has_legal_form(text))


def _has_label(reading: Reading, segment: Segment) -> bool:
    """Whether a label stands in it, words that are part of a company's name left aside."""
    hits = reading.hits(segment)
    return bool(hits) and (not has_legal_form(segment.text) or ":" in segment.text)


def _address_name(reading: Reading, address: Address) -> Iterator[Name]:
    if address.sender:
        text = first_part(address)
        named = ":" in text or _names_a_party(reading, address.segments[0])  # what stands before it says whose
        if _LETTER.search(text) and not (_NOT_A_NAME.match(text) or named):
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
    kept = [s for s in lines if not (address and is_salutation(s.text)) and not s.text.endswith(":")] or list(lines)
    text = _NAME_LABEL.sub("", " ".join(segment.text for segment in _without_logo(kept))).strip(" :,;|")
    text = _ACCOUNT_BEFORE.sub("", text)
    text = _before_address(text) if len(kept) == 1 else text
    return Name(text, lines[0], union_of(s.box for s in lines), address, seller, buyer, method)


def _without_logo(lines: list[Segment]) -> list[Segment]:
    """The lines but for a first one that the company's full name beneath repeats."""
    if len(lines) < 2 or has_legal_form(lines[0].text) or not has_legal_form(lines[1].text):
        return lines
    logo = squeeze(lines[0].text)
    return lines[1:] if len(logo) >= _SHORTEST_LOGO and logo in squeeze(lines[1].text) else lines


def _labelled_names(reading: Reading, hit: Hit) -> Iterator[Name]:
    """The name that a party's label points to: behind it, right of it or beneath it."""
    is_senders_own = hit.weight("other_party") and _is_in_footer(reading, hit.segment)
    if is_senders_own or hit.segment.text[: hit.start].strip(" :*-•"):
        return
    rest = hit.segment.text[hit.end :].strip(" :.-")
    if hit.segment.text.rstrip().endswith(",") or is_salutation(hit.segment.text):
        return  # of a letter, or above an address
    if rest and is_all_label(reading, hit.segment):
        if _DIGIT.search(rest) or not _names_only_parties(reading, hit.segment):
            return  # "customer: 4711", "invoice to account no."
        rest = ""
    colon = hit.segment.text[hit.end :].lstrip().startswith(":")
    numbered = _ACCOUNT_BEFORE.match(rest)
    if rest and not colon and len(squeeze(hit.text)) < 12 and not numbered:
        return
    rest = _ACCOUNT_BEFORE.sub("", rest)
    found = _behind(hit, rest) if rest else _beneath_or_right(reading, hit)
    if found is None or not _LETTER.search(found[0].text) or _NOT_A_NAME.match(found[0].text):
        return
    below = _column_below(reading, found[0])
    follows = len(found) > 1 or any(_is_of_address(reading, s) for s in (*found, *below))
    seller, buyer = _points_of(hit, found, address_follows=follows)
    name = _joined(found, None, seller, buyer, f"label “{hit.text}”")
    if rest:
        rest = _before_address(rest)
        first, last = hit.segment.word_range(hit.segment.text.index(rest, hit.end), len(hit.segment.text))
        box = union_of(word.box for word in hit.segment.words[first:last])
        name = Name(rest, hit.segment, box, None, seller, buyer, f"label “{hit.text}”")
    yield name


def _is_of_address(reading: Reading, segment: Segment) -> bool:
    """Whether a line is a street or a town; a tax number has digits too."""
    written = begins_with_street(segment.text) or has_postcode(segment.text)
    return written and not reading.spans(segment, SpanType.VAT_ID)


def _is_in_footer(reading: Reading, segment: Segment) -> bool:
    return segment.box.top > _FOOTER * reading.layout.pages[segment.page - 1].size.height


def _points_of(hit: Hit, found: tuple[Segment, ...], *, address_follows: bool) -> tuple[float, float]:
    """What a label says of the name as the seller's and as the buyer's; a mere "to:" stands before much else, and the
    words for a seller name the salesperson as well: a person without an address.
    """
    weights = {name: hit.weight(name) for name in _PARTIES}
    seller = LABELLED * weights["seller"] - LABELLED * max(weights["buyer"], weights["other_party"])
    buyer = LABELLED * weights["buyer"] - LABELLED * max(weights["seller"], weights["other_party"])
    is_short = len(squeeze(hit.text)) <= _SHORTEST_LABEL and not any(has_legal_form(s.text) for s in found)
    is_person = weights["seller"] > 0 and not (address_follows or any(has_legal_form(s.text) for s in found))
    share = _OF_PERSON if is_person else _OF_SHORT if is_short else 1.0
    return share * seller, share * buyer


def _before_address(text: str) -> str:
    """The name where an address follows it in one line, parted by commas."""
    first, comma, rest = text.partition(", ")
    if not has_postcode(text) and not (has_legal_form(first) and _DIGIT.search(rest)):
        return text
    second = rest.partition(",")[0]
    return f"{first}, {second}" if comma and has_legal_form(second) and not _DIGIT.search(second) else first


def _names_only_parties(reading: Reading, segment: Segment) -> bool:
    return all(any(hit.weight(party) for party in _PARTIES) for hit in reading.hits(segment))


def _behind(hit: Hit, rest: str) -> tuple[Segment, ...] | None:
    return (hit.segment,) if _LETTER.search(rest) and not _NOT_A_NAME.match(rest) else None


def _beneath_or_right(reading: Reading, hit: Hit) -> tuple[Segment, ...] | None:
    line = reading.line_of(hit.segment)
    right = line.segments[line.segments.index(hit.segment) + 1 :]
    below = _column_below(reading, hit.segment)
    if right and _heads_a_list(reading, hit.segment) and not reading.hits(right[0]):
        return name_lines((right[0], *_column_below(reading, right[0])))
    if right and _is_listing(reading, hit, right[0]):
        return None if reading.hits(right[0]) and not has_legal_form(right[0].text) else (right[0],)
    close = bool(right) and hit.segment.text.endswith(":") and right[0].box.x0 - hit.segment.box.x1 < _BESIDE
    if right and (not below or close or right[0].text.startswith(":")) and not reading.hits(right[0]):
        return (right[0],)
    if below:
        return name_lines(below)
    return (right[0],) if right and not reading.hits(right[0]) else None


def _heads_a_list(reading: Reading, label: Segment) -> bool:
    """Whether another caption with a colon stands right beneath one: what each is called stands beside it."""
    if not label.text.endswith(":"):
        return False
    for line in reading.lines_below(label, _LABEL_REACH * label.size):
        beneath = [s for s in line.segments if abs(s.box.x0 - label.box.x0) < 3]
        if beneath:
            return beneath[0].text.endswith(":")
    return False


def _is_listing(reading: Reading, hit: Hit, value: Segment) -> bool:
    """Whether labels stand beneath the label and their values beneath the value, as in a list of particulars."""
    line = next(iter(reading.lines_below(hit.segment, _LABEL_REACH * hit.segment.size)), None)
    if line is None or len(line.segments) < 2:
        return False
    left = [s for s in line.segments if abs(s.box.x0 - hit.segment.box.x0) < 3]
    under = [s for s in line.segments if abs(s.box.x0 - value.box.x0) < 3]
    return bool(left and under) and bool(reading.hits(left[0])) and reading.hits(left[0])[0].start == 0


def _column_below(reading: Reading, label: Segment) -> tuple[Segment, ...]:
    """The lines beneath a label, without numbers and such that stand between it and the name."""
    found: list[Segment] = []
    bottom = label.box.bottom
    for line in reading.lines_below(label, 9 * label.size):
        under = [s for s in line.segments if abs(s.box.x0 - label.box.x0) < 14 or s.box.x_overlap(label.box) > 4]
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
    is_code = _CODE.fullmatch(segment.text) is not None
    return labelled or is_code or segment.text.rstrip().endswith(":") or not _LETTER.search(segment.text)


def is_all_label(reading: Reading, segment: Segment) -> bool:
    """Whether nothing is left of a text without its labels: "Buyer (Bill to)"."""
    rest = segment.text
    for hit in reversed(reading.hits(segment)):
        rest = rest[: hit.start] + rest[hit.end :]
    return rest != segment.text and not _LETTER.search(rest)
