"""Chooses seller and buyer: by labels, letterhead, address window, footer and the company's own web address.

Every possible name gets points as the seller and points as the buyer; the best pair of two different names wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.choose.addresses import (
    CONTACT,
    WINDOW_BOTTOM,
    WINDOW_TOP,
    Address,
    has_legal_form,
    is_sender_line,
    names_a_reader,
)
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.names import HEAD, LABELLED, Name, find_names, is_all_label
from extractors.choose.reading import Reading
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.fields import AnyField
from service.domain.keys import name_words

_TO_READER = 1.2  # points of an address that names a reader or a department
_NEVER = -1.0  # points of a name that can't be the buyer's
_NAMED = 0.4  # points of a name that stands somewhere as the seller's may
_SHORTEST_WITHIN = 6  # letters of one that stands within it
_SHORTEST_LOGO = 4  # letters of a logo that the whole name begins with
_LONGEST_FORM = 8  # letters of a legal form


@dataclass(frozen=True, slots=True)
class Parties:
    """The chosen names; None where nothing speaks for one."""

    seller: Name | None
    buyer: Name | None
    seller_margin: float
    buyer_margin: float

    def fields(self) -> dict[str, AnyField]:
        """seller_name and buyer_name."""
        found: dict[str, AnyField] = {}
        if self.seller is not None:
            found["seller_name"] = _name_field(self.seller, self.seller_margin)
        if self.buyer is not None:
            found["buyer_name"] = _name_field(self.buyer, self.buyer_margin)
        return found


def _name_field(name: Name, margin: float) -> AnyField:
    return printed(name.text, name.text, confidence_of(margin), name.segment.page, name.box, name.method)


def choose_parties(reading: Reading) -> Parties:
    """Seller and buyer of the document."""
    names = _merge(_score(reading, name) for name in _at_one_place(find_names(reading)))
    best: tuple[float, Name | None, Name | None] = (0.0, None, None)
    sellers = [n for n in names if n.seller > 0.3 and not _is_salesperson(n, names)]
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
    buyer = buyer or _other_address(reading, seller, names)
    rest = [n for n in names if n is not seller and n is not buyer]
    return Parties(
        seller,
        buyer,
        _margin(seller.seller, [n.seller for n in rest]) if seller else 0.0,
        _margin(buyer.buyer, [n.buyer for n in rest]) if buyer else 0.0,
    )


def _is_salesperson(name: Name, names: list[Name]) -> bool:
    """Whether who is labelled as the seller has neither legal form nor address, while two others have addresses."""
    if not _is_labelled(name) or name.seller < name.buyer or name.address is not None or has_legal_form(name.text):
        return False
    places = {n.address.segments for n in names if n.address is not None and not n.address.sender}
    return len(places) > 1


def sent_by_buyer(found: Parties) -> Parties:
    """The parties of a paper that the buyer sends, as an order or a remittance advice: its head names the buyer, whom
    it is addressed to is the seller, unless a label says who that is.
    """
    if found.seller is not None and found.seller.method.startswith("label"):
        return found
    return Parties(found.buyer, found.seller, found.buyer_margin, found.seller_margin)


def _other_address(reading: Reading, seller: Name | None, names: list[Name]) -> Name | None:
    """Who heads another address than the seller's, where nothing else says who the buyer is: a company before others,
    and who the goods go to only where nobody else is named.
    """
    others = [
        n
        for n in names
        if n is not seller
        and n.address is not None
        and not n.address.sender
        and (seller is None or n.address != seller.address)
        and len(n.address.segments) > 1
    ]
    return max(
        (n for n in others if has_legal_form(n.text) or (n.buyer > _NEVER and _stands_high(reading, n))),
        key=lambda n: (n.buyer > _NEVER, has_legal_form(n.text), n.buyer),
        default=None,
    )


def _stands_high(reading: Reading, name: Name) -> bool:
    """Whether it stands where letters name their recipient, not in a table."""
    return name.segment.page == 1 and name.box.top < reading.layout.pages[0].size.height * WINDOW_BOTTOM


def _in_full(seller: Name | None, names: list[Name]) -> Name | None:
    """The same name with its legal form, where a logo shows it without: "Cloudlake" and "Cloudlake, Inc."."""
    if seller is None or has_legal_form(seller.text):
        return seller
    key = squeeze(seller.text)
    for name in sorted(names, key=lambda n: -n.seller):
        is_whole = has_legal_form(name.text) or name.address is not None
        begins = is_whole and squeeze(name.text).startswith(key)
        holds = is_whole and len(key) >= _SHORTEST_WITHIN and key in squeeze(name.text)
        if not (begins or holds) or squeeze(name.text) == key:
            continue
        is_form_alone = len(squeeze(name.text)) <= len(key) + _LONGEST_FORM
        if is_form_alone or (len(key) >= _SHORTEST_LOGO and name.seller > max(_NAMED, name.buyer)):
            address, points = name.address or seller.address, max(seller.seller, name.seller)
            return Name(name.text, name.segment, name.box, address, points, name.buyer, name.method)
    return seller


def _margin(points: float, others: list[float]) -> float:
    return max(0.2, points - max([0.0, *others]))


def _score(reading: Reading, name: Name) -> Name:
    """Add what place, print and surroundings say to what the label said."""
    page = reading.layout.pages[name.segment.page - 1]
    seller, buyer = name.seller, name.buyer
    if _is_title_or_label(reading, name):
        return Name(name.text, name.segment, name.box, name.address, seller - 3, buyer - 3, name.method)
    legal = 0.6 * has_legal_form(name.text)
    seller += legal + _letterhead(reading, name, page.size.height) + _own_web(reading, name) + _repeated(reading, name)
    seller += 0.5 * (name.segment.page == 1)
    if name.address is not None and not (name.address.sender or _is_labelled(name)):
        buyer += _window(reading, name, page.size.width, page.size.height) + legal
        contact = _contact_near(reading, name.address)
        to_reader = _TO_READER * names_a_reader(name.address)
        seller += (1.2 if contact else 0.0) - to_reader
        buyer -= (1.5 if contact else 0.0) - to_reader
    elif not _is_labelled(name):
        buyer -= 1.0
    return Name(name.text, name.segment, name.box, name.address, seller, buyer, name.method)


def _is_title_or_label(reading: Reading, name: Name) -> bool:
    hits = reading.hits(name.segment)
    whole = bool(hits) and hits[0].start == 0 and hits[0].end >= len(name.segment.text) - 2
    return whole or is_all_label(reading, name.segment)


def _letterhead(reading: Reading, name: Name, height: float) -> float:
    if name.segment.page > 1 or name.box.top > height * HEAD:
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
    if name.segment.page > 1 or not height * WINDOW_TOP <= box.top <= height * WINDOW_BOTTOM:
        return -0.5
    points = 1.0 + 0.7 * (box.x0 < width * 0.45)
    return points + 1.2 * any(
        is_sender_line(s) and 0 <= box.top - s.box.bottom < 40 and abs(s.box.x0 - box.x0) < 40
        for line in reading.layout.lines[max(0, name.segment.line - 3) : name.segment.line]
        for s in line.segments
    )


def _contact_near(reading: Reading, address: Address) -> bool:
    """Whether telephone or mail stand right below an address, as under a letterhead; buyers have tax numbers too."""
    last = address.segments[-1]
    for line in reading.lines_below(last, 4.5 * last.size):
        for segment in line.segments:
            aligned = abs(segment.box.x0 - last.box.x0) < 6 or abs(segment.box.x1 - last.box.x1) < 6
            if aligned and CONTACT.search(segment.text):
                return True
    return False


def _alike(a: str, b: str) -> bool:
    return squeeze(a) == squeeze(b)


def _at_one_place(names: Iterator[Name]) -> Iterator[Name]:
    """One entry a name and place: what its label says, and the address that it heads."""
    found: dict[tuple[str, Segment], Name] = {}
    for name in names:
        key = (squeeze(name.text), name.segment)
        known = found.get(key)
        if known is None:
            found[key] = name
            continue
        if _is_labelled(name) is _is_labelled(known):
            seller, buyer = (_within(known.seller + name.seller), _within(known.buyer + name.buyer))
            said = known
        else:
            said = name if _is_labelled(name) else known
            seller, buyer = said.seller, said.buyer
        found[key] = Name(said.text, said.segment, said.box, known.address or name.address, seller, buyer, said.method)
    yield from found.values()


def _is_labelled(name: Name) -> bool:
    return name.method.startswith("label")


def _within(points: float) -> float:
    return min(LABELLED, max(-LABELLED, points))


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
        merged[key] = Name(better.text, better.segment, better.box, address, seller, buyer, better.method)
    return list(merged.values())
