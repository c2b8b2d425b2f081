"""What a customer (or anybody) writes by e-mail: who, when, about what, and the numbers of ours that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from extractors.readers.message import plain_text
from service.domain.documents import DocumentKind
from service.domain.errors import UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.fields import AnyField, Field, Provenance, Source

# As Odoo numbers them unless it is told otherwise.
_ORDER = re.compile(r"(?<![\w/])S\d{5,9}(?![\w/])")
_INVOICE = re.compile(r"(?<![\w/])[A-Z]{2,5}/\d{4}/(?:\d{2}/)?\d{3,9}(?![\w/])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_READ = Provenance(Source.EMAIL, "header")
_FOUND = Provenance(Source.EMAIL, "numbering")


def read_message(content: bytes, hint: DocumentKind | None = None) -> Extraction:
    """Sender, date, subject and references; no pages. UnreadableDocumentError where it is no e-mail."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        fields = {name: found for name, found in _fields(message) if found}
    except Exception as error:  # hostile headers: the parser has no list of what it raises
        raise UnreadableDocumentError(
            "This e-mail is damaged; ask the sender to send it again.", code="UNSUPPORTED_FORMAT"
        ) from error
    kind = DocumentKind.CUSTOMER_COMMUNICATION if hint is None else hint
    return Extraction(kind, 1.0, (), MappingProxyType(fields if kind is DocumentKind.CUSTOMER_COMMUNICATION else {}))


def _fields(message: EmailMessage) -> Iterator[tuple[str, tuple[AnyField, ...]]]:
    sender = message["From"]
    addresses = getattr(sender, "addresses", ())
    first = addresses[0] if addresses else None
    subject = _header(message, "Subject")
    text = f"{subject}\n{plain_text(message)}"
    yield "sender_name", _header_field(first.display_name if first else "")
    yield "sender_email", _header_field(first.addr_spec if first and first.domain else "")
    yield "sent_at", _header_field(_moment(_header(message, "Date")))
    yield "subject", _header_field(subject)
    yield "sale_order_reference", _references(_ORDER, text)
    yield "invoice_reference", _references(_INVOICE, text)


def _header(message: EmailMessage, name: str) -> str:
    return str(message[name] or "")


def _header_field(value: str) -> tuple[AnyField, ...]:
    value = _CONTROL.sub(" ", value).strip()
    return (Field(value, value, 1.0, _READ),) if value else ()


def _moment(text: str) -> str:
    """As ISO 8601, where it is a date at all."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError):
        return ""


def _references(pattern: re.Pattern[str], text: str) -> tuple[AnyField, ...]:
    return tuple(Field(number, number, 0.9, _FOUND) for number in dict.fromkeys(pattern.findall(text)))
