"""Blocking: the keys by which the books are asked for what could belong to a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from service.domain.extraction import Extraction
from service.domain.keys import account_key, email_domain, name_words, reference_key
from service.domain.matching import Key, KeyKind, Keys

# Everybody's mailbox says nothing about who somebody is.
FREEMAIL = frozenset(
    "gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de outlook.com outlook.de "
    "hotmail.com hotmail.de live.com live.de yahoo.com yahoo.de yahoo.fr icloud.com me.com mac.com aol.com mail.com "
    "mail.ru yandex.ru proton.me protonmail.com posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net "
    "libero.it virgilio.it bluewin.ch wp.pl o2.pl onet.pl btinternet.com comcast.net".split()
)
_SEPARATORS = re.compile(r"[\s,;:()\[\]]+")
_BRACKETED = re.compile(r"\[([^\]]+)\]")
_SHORTEST_REFERENCE = 3


def document_keys(extraction: Extraction) -> Keys:
    """The keys that records must share with the document to be compared with it."""
    return frozenset(Key(kind, text) for kind, text in _texts(extraction) if text)


def _texts(extraction: Extraction) -> Iterator[tuple[KeyKind, str]]:
    yield from ((KeyKind.VAT_ID, account_key(text)) for text in extraction.texts("seller_vat_id"))
    yield from ((KeyKind.IBAN, account_key(text)) for text in extraction.texts("iban"))
    yield from ((KeyKind.EMAIL_DOMAIN, telling_domain(text) or "") for text in extraction.texts("seller_email"))
    for name in extraction.texts("seller_name"):
        yield from ((KeyKind.PARTNER_NAME, word) for word in name_words(name))
    for reference in order_references(extraction):
        yield from ((KeyKind.ORDER_REFERENCE, key) for key in reference_keys_within(reference))
    for field in ("invoice_number", "preceding_invoice_reference"):
        yield from ((KeyKind.BILL_REFERENCE, reference_key(text)) for text in extraction.texts(field))
    for code in _product_codes(extraction):
        yield KeyKind.PRODUCT_CODE, account_key(code)


def telling_domain(address: str) -> str | None:
    """The domain of an e-mail address where it belongs to one company, None for freemail."""
    domain = email_domain(address)
    return None if domain in FREEMAIL else domain


def order_references(extraction: Extraction) -> tuple[str, ...]:
    """The order references that the document prints, in its head and on its lines, each once."""
    on_lines = (line.text("order_reference") for line in extraction.lines)
    found = (*extraction.texts("order_reference"), *(text for text in on_lines if text))
    return tuple(dict.fromkeys(text for text in found if reference_key(text)))


def reference_keys_within(text: str) -> tuple[str, ...]:
    """Normalised references that ``text`` may contain, the whole first: "your order P 00013 of May" holds P00013."""
    words = [word for word in _SEPARATORS.split(text) if word]
    neighbours = (first + second for first, second in pairwise(words))
    keys = (reference_key(part) for part in (*words, *neighbours))
    return tuple(dict.fromkeys((reference_key(text), *(key for key in keys if _looks_like_reference(key)))))


def _looks_like_reference(key: str) -> bool:
    return len(key) >= _SHORTEST_REFERENCE and any(char.isdigit() for char in key)


def _product_codes(extraction: Extraction) -> Iterable[str]:
    for line in extraction.lines:
        for name in ("seller_item_id", "buyer_item_id", "gtin"):
            yield line.text(name) or ""
        yield from _BRACKETED.findall(line.text("description") or "")
