"""Labels that no list has: what their words are about, and what kind of entry they ask for, say which field it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from extractors.labels import STRONG, Lexicon, Meaning, squeeze
from extractors.layout.lines import Segment

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS, _FEWEST_LETTERS = 7, 3
_SHORTEST_PART = 4  # letters of a word's beginning or end that tell what it is about
_SHORTEST_WITHIN = 6  # letters of a part in the middle of a word
_FEWEST_ABOUTS = 2  # things that a label without a colon is about: "Defective" is as likely an answer
_UNKNOWN = 1  # words of a label with a colon that may be unknown
_WEIGHT = 0.8 * STRONG

# What a label is about, before the kind of entry: the first that it names decides, in this order.
_THINGS = (
    "signature", "mail", "phone", "reason", "wish", "fee", "usage", "serial", "installed", "travel", "labour", "refund",
    "authorized", "order", "invoice", "failure", "purchase", "dealer", "return", "claim", "parts", "repaired",
    "product", "customer", "submitted", "account", "address", "name", "amount", "quantity",
)  # fmt: skip
_ENTRIES = (
    "date", "number", "amount", "hours", "name", "address", "describe", "quantity", "account", "price", "return",
    "completed", "customer", "by", "dealer",
)  # fmt: skip
_ANY = ""
_FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("signature", _ANY): ("signature",),
        ("mail", _ANY): ("customer_email",),
        ("phone", _ANY): ("customer_phone",),
        ("reason", _ANY): ("reason",),
        ("wish", _ANY): ("requested_resolution",),
        ("fee", _ANY): ("restocking_fee_amount",),
        ("usage", _ANY): ("usage_value",),
        ("serial", _ANY): ("serial_number",),
        ("installed", "address"): ("customer_address",),
        ("installed", _ANY): ("installation_date",),
        ("travel", "amount"): ("travel_amount",),
        ("labour", "amount"): ("labour_amount",),
        ("labour", "hours"): ("labour_hours",),
        ("repaired", "hours"): ("labour_hours",),
        ("parts", "amount"): ("parts_amount",),
        ("refund", "amount"): ("refund_amount",),
        ("refund", "account"): ("iban",),
        ("refund", _ANY): ("refund_amount",),
        ("account", "number"): ("iban",),
        ("authorized", "return"): ("return_number",),
        ("authorized", _ANY): ("authorization_number",),
        ("order", "date"): ("purchase_date",),
        ("order", "number"): ("sale_order_reference",),
        ("order", "customer"): ("sale_order_reference",),
        ("invoice", "date"): ("purchase_date",),
        ("invoice", "number"): ("invoice_reference",),
        ("invoice", "amount"): ("other_amount",),
        ("invoice", "dealer"): ("invoice_reference",),
        ("failure", "date"): ("failure_date",),
        ("failure", "number"): ("failure_code",),
        ("failure", "describe"): ("fault_description",),
        ("failure", _ANY): ("fault_description",),
        ("purchase", "date"): ("purchase_date",),
        ("purchase", "number"): ("invoice_reference",),
        ("purchase", "price"): ("unit_price",),
        ("purchase", _ANY): ("purchase_date",),
        ("dealer", _ANY): ("dealer_name",),
        ("dealer", "address"): ("other_text",),
        ("dealer", "number"): ("other_reference",),
        ("return", "number"): ("return_number",),
        ("return", "date"): ("request_date",),
        ("return", "amount"): ("refund_amount",),
        ("claim", "number"): ("claim_number", "return_number"),
        ("claim", "date"): ("claim_date", "request_date"),
        ("claim", "amount"): ("claimed_amount",),
        ("claim", _ANY): ("claim_number", "return_number"),
        ("repaired", "date"): ("repair_date",),
        ("repaired", "completed"): ("repair_date",),
        ("product", "number"): ("product_code",),
        ("product", "name"): ("description",),
        ("product", "describe"): ("description",),
        ("product", "price"): ("unit_price",),
        ("product", "quantity"): ("quantity",),
        ("customer", "name"): ("customer_name",),
        ("customer", "address"): ("customer_address",),
        ("customer", "number"): ("other_reference",),
        ("submitted", "date"): ("request_date", "claim_date"),
        ("submitted", "number"): ("return_number", "claim_number"),
        ("submitted", "amount"): ("claimed_amount",),
        ("submitted", "by"): ("customer_name",),
        ("address", "name"): ("customer",),
    }
)


def composed_meanings(lexicon: Lexicon, text: str, *, sure: bool) -> tuple[Meaning, ...]:
    """The fields that a label asks for by what its words are about; ``sure`` where a colon says that it is a label,
    so that a word of it may be unknown, and one that is known is enough.
    """
    words = [squeeze(word) for word in _WORD.findall(text)]
    words = [word for word in words if word]
    if not 0 < len(words) <= _MOST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return ()
    abouts = [_about(lexicon, word) for word in words]
    if sum(not about for about in abouts) > (_UNKNOWN if sure else 0):
        return ()
    named = frozenset(about for found in abouts for about in found) - {"filler"}
    if len(named) < (1 if sure else _FEWEST_ABOUTS):
        return ()
    return tuple(Meaning(name, _WEIGHT) for name in _fields(named))


def _fields(named: frozenset[str]) -> tuple[str, ...]:
    for thing in _THINGS:
        if thing not in named:
            continue
        for entry in _ENTRIES:
            if entry != thing and entry in named and (thing, entry) in _FIELDS:
                return _FIELDS[thing, entry]
        if (thing, _ANY) in _FIELDS:
            return _FIELDS[thing, _ANY]
    return ()


@lru_cache(maxsize=4096)
def _about(lexicon: Lexicon, word: str) -> frozenset[str]:
    """What a word is about: itself, else what its beginning and its end are."""
    whole = lexicon.table("stems").get(word)
    if whole is not None:
        return frozenset(meaning.name for meaning in whole)
    parts = (*_parts(lexicon, word, str.startswith), *_parts(lexicon, word, str.endswith))
    return frozenset(parts or _parts(lexicon, word, str.__contains__, _SHORTEST_WITHIN))


def _parts(
    lexicon: Lexicon, word: str, fits: Callable[[str, str], bool], shortest: int = _SHORTEST_PART
) -> Iterator[str]:
    stems = [s for s in lexicon.table("stems") if len(s) >= shortest and fits(word, s)]
    if stems:
        for meaning in lexicon.table("stems")[max(stems, key=len)]:
            yield meaning.name


def label_text(segment: Segment) -> tuple[str, int, bool]:
    """Of a run of text: what may be its label, where the entry may begin behind it, and whether a colon ends it."""
    text = segment.text
    colon = re.search(r"\s*[:：]\s*", text)
    if colon is not None:
        return text[: colon.start()], colon.end(), True
    figure = re.search(r"\s(?=\S*\d)", text)
    if figure is not None:
        return text[: figure.start()], figure.end(), False
    return text, len(text), False
