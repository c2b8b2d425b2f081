"""Who fills a form in: names and addresses in one entry, in parts, in a block of lines or at the head of a letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.choose.addresses import (
    Address,
    address_text,
    find_addresses,
    has_postcode,
    is_salutation,
    name_lines,
)  # fmt: skip
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import Entry
from extractors.choose.forms.fields import entry_field, margin_at
from extractors.choose.forms.greetings import greetings
from extractors.choose.forms.values import box_of, joined
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import STRONG, squeeze
from extractors.layout.lines import Segment
from extractors.parse.phones import find_phones
from service.domain.fields import AnyField

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_SPLIT = re.compile(r"\s*(?:,|;|\||·|•)\s+")
_NOBODY = re.compile(r"\b(?:no|do-?not|don-?t)[-._]?reply", re.IGNORECASE)
_MAILBOX = re.compile(
    r"^(?:[^\W\d_]{1,10}\s?:\s*)?(?P<name>[^<>@:\[\]]{2,60})??\s*[<\[(](?P<mail>[^<>\s@]+@[^<>\s@]+\.[^<>\s@]+?)[>\])]"
)
_RECEIVER = re.compile(r"(?:to|an|à|pour|para|a|aan)\s?:", re.IGNORECASE)
_MAIL_HEADING = 14  # lines
_LONGEST_CLOSING = 80
_LONGEST_LINE = 14  # words of a line of an address
_CONTACT_REACH = 5.0  # heights below an address in which telephone and mail stand


def customer_fields(reading: Reading, entries: Mapping[str, Entry]) -> dict[str, AnyField]:
    """customer_name and customer_address from whatever entries hold them; e-mail and telephone from a block."""
    entries = {name: entry for name, entry in entries.items() if not any(_NOBODY.search(s.text) for s in entry.pieces)}
    fields: dict[str, AnyField] = {}
    name, address = _name(reading, entries), _address(reading, entries)
    whole = entries.get("customer_name")
    if name is not None and ("customer" not in entries or whole is None or _is_asked(whole)):
        fields["customer_name"] = name
    if address is not None:
        fields["customer_address"] = address
    block = entries.get("customer")
    if block is not None:
        for key, found in block_fields(reading, block.pieces, block.method, 1.5).items():
            fields.setdefault(key, found)
    if name is not None:
        fields.setdefault("customer_name", name)
    if name is not None and "customer_address" not in fields:
        split = _split_name(name)
        fields.update(split)
    return fields


def _name(reading: Reading, entries: Mapping[str, Entry]) -> AnyField | None:
    whole = entries.get("customer_name")
    first, last = entries.get("first_name"), entries.get("last_name")
    if last is not None and (whole is None or last.score >= 0.8 * whole.score):
        both = [part for part in (first, last) if part is not None]
        return _joined(reading, both, "last_name", " ")
    if whole is None and first is not None:
        whole = first
    company = entries.get("customer_company")
    if company is not None and first is None and (whole is None or not _is_asked(whole)):
        whole = company
    if whole is None:
        return None
    found = whole.value(reading, "customer_name")
    if found is None:
        return None
    key = next(name for name, _ in whole.label.names())
    return entry_field(whole, found, margin_at(reading, key, whole))


def _is_asked(entry: Entry) -> bool:
    """Whether a label surely asks for a customer's name, as "Contact" doesn't."""
    return entry.label.weight("customer_name") == STRONG


def _joined(reading: Reading, parts: Sequence[Entry], name: str, between: str) -> AnyField:
    texts = [joined(part.pieces, between).strip(" ,;:") for part in parts]
    pieces = [piece for part in parts for piece in part.pieces]
    text = between.join(text for text in texts if text)
    margin = margin_at(reading, name, parts[-1])
    return printed(text, text, confidence_of(margin), pieces[0].page, box_of(pieces), parts[-1].method)


def _address(reading: Reading, entries: Mapping[str, Entry]) -> AnyField | None:
    whole, street = entries.get("customer_address"), entries.get("street")
    if street is None and whole is not None and any(key in entries for key in ("postcode", "city", "postcode_city")):
        street = None if _names_town(whole, entries) else whole
    if street is None:
        if whole is None:
            return None
        found = whole.value(reading, "customer_address")
        return None if found is None else entry_field(whole, found, margin_at(reading, "customer_address", whole))
    parts = [street, *(entries[key] for key in ("street_more",) if key in entries)]
    towns = [entries[key] for key in ("postcode_city", "postcode", "city", "region", "country") if key in entries]
    ordered = sorted(towns, key=lambda e: (e.pieces[0].line, e.pieces[0].box.x0))
    texts = [joined(p.pieces, " ").strip(" ,;") for p in parts]
    town = " ".join(joined(p.pieces, " ").strip(" ,;") for p in ordered)
    text = "\n".join(part for part in (*texts, town) if part)
    pieces = [piece for part in (*parts, *ordered) for piece in part.pieces]
    margin = margin_at(reading, "street", street) if street.label.weight("street") else 1.5
    return printed(text, text, confidence_of(margin), pieces[0].page, box_of(pieces), street.method)


def _names_town(whole: Entry, entries: Mapping[str, Entry]) -> bool:
    """Whether an address has the town in it that other entries give."""
    text = squeeze(joined(whole.pieces))
    parts = [squeeze(joined(entries[key].pieces)) for key in ("postcode", "city", "postcode_city") if key in entries]
    return any(part in text for part in parts if part)


def _split_name(name: AnyField) -> dict[str, AnyField]:
    """A name whose entry goes on with the address."""
    parts = _SPLIT.split(str(name.value))
    rest = parts[1:]
    if len(parts) < 2 or (not has_postcode("\n".join(rest)) and not any(has_postcode(part) for part in rest)):
        return {}
    place, method = name.provenance, name.provenance.method
    assert place.page is not None
    assert place.box is not None
    address = "\n".join(rest)
    return {
        "customer_name": printed(parts[0], parts[0], name.confidence, place.page, place.box, method),
        "customer_address": printed(address, address, name.confidence, place.page, place.box, method),
    }


def block_fields(reading: Reading, pieces: Sequence[Segment], method: str, margin: float) -> dict[str, AnyField]:
    """Name, address, e-mail and telephone in the lines of a block."""
    fields: dict[str, AnyField] = {}
    kept = [piece for piece in pieces if not _take_contact(reading, piece, method, margin, fields)]
    if not kept:
        return fields
    lines = name_lines(tuple(kept))
    shown = [s for s in lines if not is_salutation(s.text)] or list(lines)
    text = joined(shown).strip(" ,;:")
    rest = [piece for piece in kept if piece not in lines]
    parts = _SPLIT.split(text)
    if len(parts) > 1 and _LETTER.search(parts[0]) and not rest:
        return {**fields, **_one_line(parts, shown, method, margin)}
    if _LETTER.search(text) and not has_postcode(text):
        fields["customer_name"] = printed(text, text, confidence_of(margin), shown[0].page, box_of(shown), method)
    if rest and any(_DIGIT.search(piece.text) for piece in rest):
        address = joined(rest, "\n")
        fields["customer_address"] = printed(
            address, address, confidence_of(margin), rest[0].page, box_of(rest), method
        )
    return fields


def _one_line(parts: Sequence[str], pieces: Sequence[Segment], method: str, margin: float) -> dict[str, AnyField]:
    page, box, sure = pieces[0].page, box_of(pieces), confidence_of(margin)
    address = "\n".join(parts[1:])
    return {
        "customer_name": printed(parts[0], parts[0], sure, page, box, method),
        "customer_address": printed(address, address, sure, page, box, method),
    }


def _take_contact(reading: Reading, piece: Segment, method: str, margin: float, fields: dict[str, AnyField]) -> bool:
    """Whether a line is an e-mail address or a telephone number, which become fields."""
    emails = [span for span in reading.spans(piece, SpanType.EMAIL) if not _NOBODY.match(span.raw)]
    if emails:
        span = emails[0]
        fields.setdefault(
            "customer_email",
            printed(span.value, span.raw, confidence_of(margin), span.page, span.box, method),
        )
    phones = find_phones(piece.text)
    hits = reading.hits(piece)
    is_phone = bool(phones) and (
        any(hit.weight("customer_phone") for hit in hits) or len(phones[0].value) > 0.7 * len(piece.text)
    )
    if is_phone and not has_postcode(piece.text):
        value = phones[0].value
        fields.setdefault("customer_phone", printed(value, value, confidence_of(margin), piece.page, piece.box, method))
        return True
    return bool(emails)


def sender_fields(reading: Reading) -> dict[str, AnyField]:
    """Of a letter: its first address, with what stands right below it; else the name at its end."""
    fields: dict[str, AnyField] = {}
    heading = _mail_heading(reading)
    sender = _sender(reading)
    method, margin = "sender of the letter", 1.6
    closing = _name_below_closing(reading)
    if sender is not None:
        fields = _of_address(reading, _from_name(sender, closing), method, margin)
    if closing is not None:
        method = "name below the closing words"
        known = fields.get("customer_name")
        signed = printed(closing.text.strip(), closing.text, confidence_of(margin), closing.page, closing.box, method)
        if known is None or not _alike(str(known.value), closing.text):
            matching = _address_of(reading, closing.text)
            if matching is not None:
                fields = {
                    **fields,
                    **_of_address(reading, _from_name(matching, closing), "address with the name that signs", 2.0),
                }
            fields["customer_name"] = signed
    return _without_name({**fields, **heading})


def _from_name(address: Address, closing: Segment | None) -> Address:
    """The address from the name that signs on, where it stands in it."""
    if closing is None or closing not in address.segments[:-1]:
        return address
    return replace(address, segments=address.segments[address.segments.index(closing) :])


def _without_name(fields: dict[str, AnyField]) -> dict[str, AnyField]:
    """The sender's fields, the address without a first line that is the name."""
    name, address = fields.get("customer_name"), fields.get("customer_address")
    if name is None or address is None:
        return fields
    first, _, rest = str(address.value).partition("\n")
    if not rest or squeeze(first) != squeeze(str(name.value)):
        return fields
    return {**fields, "customer_address": replace(address, value=rest)}


def mailbox(reading: Reading) -> tuple[re.Match[str], Segment] | None:
    """Of a printed mail: the first name with a mail address in its heading that it isn't sent to, and where."""
    received = [line.text for line in reading.layout.lines[:_MAIL_HEADING] if _RECEIVER.match(line.text)]
    for line in reading.layout.lines[:_MAIL_HEADING]:
        for segment in line.segments if line.text not in received else ():
            found = _MAILBOX.match(segment.text)
            if found is None or _NOBODY.match(found["mail"]):
                continue  # a shop's machine wrote for its customer
            if segment.page == 1 and not any(found["mail"] in text for text in received):
                return found, segment
    return None


def _mail_heading(reading: Reading) -> dict[str, AnyField]:
    """Who wrote a printed mail."""
    written = mailbox(reading)
    if written is None:
        return {}
    found, segment = written
    sure, method = confidence_of(2.0), "heading of the mail"
    place = (segment.page, segment.box)
    fields = {"customer_email": printed(found["mail"], found["mail"], sure, *place, method)}
    name = (found["name"] or "").strip(" \"'")
    if name:
        fields["customer_name"] = printed(name, name, sure, *place, method)
    return fields


def _of_address(reading: Reading, address: Address, method: str, margin: float) -> dict[str, AnyField]:
    if address.sender:
        text = address_text(address)
        segment = address.segments[0]
        name = _SPLIT.split(" ".join(s.text for s in address.segments))[0].split("·")[0].split(" - ")[0].strip()
        sure = confidence_of(margin)
        fields = {"customer_address": printed(text, text, sure, segment.page, address.box, method)}
        fields["customer_name"] = printed(name, name, sure, segment.page, segment.box, method)
        return fields
    segments = _with_town(reading, address)
    last = segments[-1]
    below = [
        s
        for line in reading.lines_below(last, _CONTACT_REACH * last.size)
        for s in line.segments
        if abs(s.box.x0 - last.box.x0) < 8 or abs(s.box.x1 - last.box.x1) < 4
    ]
    contacts: dict[str, AnyField] = {}
    for piece in below:
        if not _take_contact(reading, piece, method, margin, contacts):
            break
    return {**block_fields(reading, segments, method, margin), **contacts}


def _with_town(reading: Reading, address: Address) -> tuple[Segment, ...]:
    """The lines of an address whose street looks like a town, with the town below it."""
    last = address.segments[-1]
    for line in reading.lines_below(last, 1.2 * last.size):
        for segment in line.segments:
            if abs(segment.box.x0 - last.box.x0) < 5 and has_postcode(segment.text):
                return (*address.segments, segment)
    return address.segments


def _sender(reading: Reading) -> Address | None:
    """The first address of the first page that isn't addressed by a salutation of its own line, nor below another."""
    blocks = [a for a in find_addresses(reading) if not any(len(s.words) > _LONGEST_LINE for s in a.segments)]
    found = [a for a in blocks if a.page == 1 and (a.sender or len(a.segments) >= 2)]
    height = reading.layout.pages[0].size.height if reading.layout.pages else 0.0
    upper = [a for a in found if a.box.top < 0.55 * height and a.segments[0] not in greetings(reading)]
    return min(upper, key=lambda a: a.box.top) if upper else None


def _name_below_closing(reading: Reading) -> Segment | None:
    table = reading.vocabulary.lexicon.table("prose")
    for line in reversed(reading.layout.lines):
        for segment in line.segments:
            hits = find_hits(segment, table)
            if hits and hits[0].start == 0 and hits[0].weight("closing") and len(segment.text) < _LONGEST_CLOSING:
                return _next_name(reading, segment)
    return None


def _next_name(reading: Reading, closing: Segment) -> Segment | None:
    for line in reading.lines_below(closing, 110):
        for segment in line.segments:
            words = segment.text.split()
            if 1 < len(words) <= 5 and not _DIGIT.search(segment.text) and "@" not in segment.text:
                return segment
    return None


def _address_of(reading: Reading, name: str) -> Address | None:
    return next((a for a in find_addresses(reading) if _alike(a.segments[0].text, name)), None)


def _alike(a: str, b: str) -> bool:
    words = {w.lower() for w in b.split() if len(w) > 2}
    return bool(words & {w.lower().strip(",") for w in a.split()})
