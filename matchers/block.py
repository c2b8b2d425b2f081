"""Blocking: the keys by which the books are asked for what could belong to a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.domain.documents import CUSTOMER_KINDS, DocumentKind
from service.domain.extraction import Extraction
from service.domain.keys import (
    account_key,
    email_domain,
    email_key,
    name_words,
    phone_key,
    reference_key,
    references_within,
)
from service.domain.matching import Key, KeyKind, Keys

# Everybody's mailbox says nothing about who somebody is.
FREEMAIL = frozenset(
    "gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de outlook.com outlook.de "
    "hotmail.com hotmail.de live.com live.de yahoo.com yahoo.de yahoo.fr icloud.com me.com mac.com aol.com mail.com "
    "mail.ru yandex.ru proton.me protonmail.com posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net "
    "libero.it virgilio.it bluewin.ch wp.pl o2.pl onet.pl btinternet.com comcast.net".split()
)
_BRACKETED = re.compile(r"\[([^\]]+)\]")
_NUMBERS = ("invoice_number", "return_number", "claim_number")
# Written by customers, and about what we sold to them.
CUSTOMERS_OWN = frozenset({*CUSTOMER_KINDS, DocumentKind.CUSTOMER_COMMUNICATION})


def document_keys(extraction: Extraction) -> Keys:
    """The keys that records must share with the document to be compared with it."""
    return frozenset(Key(kind, text) for kind, text in _texts(extraction) if text)


def document_number(extraction: Extraction) -> str | None:
    """The number that the document bears by its kind: an invoice's, a return's or a claim's."""
    return next((text for name in _NUMBERS if (text := extraction.text(name))), None)


def _texts(extraction: Extraction) -> Iterator[tuple[KeyKind, str]]:
    yield from ((KeyKind.IBAN, account_key(text)) for text in extraction.texts("iban"))
    for code in _product_codes(extraction):
        yield KeyKind.PRODUCT_CODE, account_key(code)
    yield from _of_seller(extraction) if extraction.kind not in CUSTOMERS_OWN else _of_customer(extraction)


def _of_seller(extraction: Extraction) -> Iterator[tuple[KeyKind, str]]:
    yield from ((KeyKind.VAT_ID, account_key(text)) for text in extraction.texts("seller_vat_id"))
    yield from ((KeyKind.EMAIL_DOMAIN, telling_domain(text) or "") for text in extraction.texts("seller_email"))
    for name in extraction.texts("seller_name"):
        yield from ((KeyKind.PARTNER_NAME, word) for word in name_words(name))
    for reference in order_references(extraction):
        yield from ((KeyKind.ORDER_REFERENCE, key) for key in references_within(reference))
    for field in ("invoice_number", "preceding_invoice_reference", "payment_reference"):
        yield from ((KeyKind.BILL_REFERENCE, reference_key(text)) for text in extraction.texts(field))


def _of_customer(extraction: Extraction) -> Iterator[tuple[KeyKind, str]]:
    for address in (*extraction.texts("customer_email"), *extraction.texts("sender_email")):
        yield KeyKind.EMAIL, email_key(address)
        yield KeyKind.EMAIL_DOMAIN, telling_domain(address) or ""
    yield from ((KeyKind.PHONE, phone_key(text)) for text in extraction.texts("customer_phone"))
    for field in ("customer_name", "sender_name"):
        yield from ((KeyKind.PARTNER_NAME, word) for text in extraction.texts(field) for word in name_words(text))
    for reference in sale_references(extraction):
        yield from ((KeyKind.SALE_REFERENCE, key) for key in references_within(reference))
    yield from ((KeyKind.SALE_REFERENCE, reference_key(text)) for text in extraction.texts("return_number"))
    for line in extraction.lines:
        yield KeyKind.SERIAL_NUMBER, account_key(line.text("serial_number") or "")


def sale_references(extraction: Extraction) -> tuple[str, ...]:
    """The sale order and invoice numbers that a customer's document prints, each once."""
    found = (*extraction.texts("sale_order_reference"), *extraction.texts("invoice_reference"))
    return tuple(dict.fromkeys(text for text in found if reference_key(text)))


def telling_domain(address: str) -> str | None:
    """The domain of an e-mail address where it belongs to one company, None for freemail."""
    domain = email_domain(address)
    return None if domain in FREEMAIL else domain


def order_references(extraction: Extraction) -> tuple[str, ...]:
    """The order references that the document prints, in its head and on its lines, each once."""
    on_lines = (line.text("order_reference") for line in extraction.lines)
    found = (*extraction.texts("order_reference"), *(text for text in on_lines if text))
    return tuple(dict.fromkeys(text for text in found if reference_key(text)))


def _product_codes(extraction: Extraction) -> Iterable[str]:
    for line in extraction.lines:
        for name in ("seller_item_id", "buyer_item_id", "gtin", "product_code"):
            yield line.text(name) or ""
        yield from _BRACKETED.findall(line.text("description") or "")
