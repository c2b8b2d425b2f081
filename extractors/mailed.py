"""What it means for a document that it came as the text of an e-mail: its kind, who wrote it, where values stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from extractors.choose.agreement import figures_agree
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.readers.message import Message
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS, STATEMENT_KINDS, DocumentKind
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Field, Provenance, Source, Value

_HEADER = Provenance(Source.EMAIL, "header")
# What a return or a claim must name, so that there is something to be done about it.
_NAMED = ("sale_order_reference", "invoice_reference", "return_number", "claim_number")
_NAMED_IN_LINES = ("product_code", "serial_number")
_LISTS = STATEMENT_KINDS | {DocumentKind.REMITTANCE_ADVICE}
_DATED = {DocumentKind.RETURN_FORM: "request_date", DocumentKind.WARRANTY_CLAIM: "claim_date"}


def read_mailed(message: Message, hint: DocumentKind | None) -> Extraction:
    """The message as the return, the claim or the bill that it is, as what a person filed it as, else as a
    communication.
    """
    layout = lay_out((message.page,))
    found = read_kind(layout, hint)
    if hint is None and not _is_paper(found):
        found = read_kind(layout, DocumentKind.CUSTOMER_COMMUNICATION)
    fields = {name: tuple(map(_as_mailed, given)) for name, given in found.fields.items()}
    lines = tuple(
        Line(MappingProxyType({name: _as_mailed(field) for name, field in line.fields.items()})) for line in found.lines
    )
    fields |= _from_header(message, found)
    return replace(found, pages=(), fields=MappingProxyType(fields), lines=lines)


def _is_paper(found: Extraction) -> bool:
    """Whether the text is a paper, not just about one: a return or a claim names what it is about, the lines of a bill
    add up to its total, a statement or an advice has lines.
    """
    if found.kind in CUSTOMER_KINDS:
        return _names_something(found)
    if found.kind in BILLABLE_KINDS:
        return "invoice_number" in found.fields and figures_agree(found)
    return found.kind in _LISTS and bool(found.lines) and "closing_balance" in found.fields


def _names_something(found: Extraction) -> bool:
    return any(name in found.fields for name in _NAMED) or any(
        name in line.fields for line in found.lines for name in _NAMED_IN_LINES
    )


def _as_mailed(field: AnyField) -> AnyField:
    """Without a place: no page of it is shown."""
    if field.provenance.source is Source.DERIVED:
        return field
    return replace(field, provenance=Provenance(Source.EMAIL, field.provenance.method))


def _from_header(message: Message, found: Extraction) -> dict[str, tuple[AnyField, ...]]:
    """What the header says about the sender: before what a message's text says, behind what a form's does."""
    if found.kind is DocumentKind.CUSTOMER_COMMUNICATION:
        given = {name: getattr(message, name) for name in ("sender_name", "sender_email", "sent_at", "subject")}
        return {name: _header_field(value, value) for name, value in given.items() if value}
    if found.kind not in _DATED:
        return {}
    sender = {"customer_name": message.sender_name, "customer_email": message.sender_email}
    fields = {name: _header_field(value, value) for name, value in sender.items() if value and name not in found.fields}
    dated = _DATED[found.kind]
    if message.sent_at and dated not in found.fields:
        fields[dated] = _header_field(date.fromisoformat(message.sent_at[:10]), message.sent_at)
    return fields


def _header_field(value: Value, raw: str) -> tuple[AnyField, ...]:
    return (Field(value, raw, 1.0, _HEADER),)
