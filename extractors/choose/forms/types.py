"""What kind of entry a label asks for, from the tables of fields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from service.domain.documents import CUSTOMER_KINDS
from service.domain.fields import ValueType
from service.domain.kinds import spec_of


class EntryType(StrEnum):
    """How an entry looks."""

    DATE = "date"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    IDENTIFIER = "identifier"
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    TEXT = "text"
    LONG_TEXT = "long_text"  # of several lines
    CHOICE = "choice"  # one of a list of words
    SIGNATURE = "signature"


_OF_VALUE = {
    ValueType.DATE: EntryType.DATE,
    ValueType.AMOUNT: EntryType.AMOUNT,
    ValueType.QUANTITY: EntryType.QUANTITY,
    ValueType.IDENTIFIER: EntryType.IDENTIFIER,
    ValueType.TEXT: EntryType.TEXT,
    ValueType.CURRENCY: EntryType.TEXT,
    ValueType.RESOLUTION: EntryType.CHOICE,
    ValueType.LINE_TYPE: EntryType.CHOICE,
}
_MADE_OF_SPECS = {
    name: _OF_VALUE[spec.type]
    for kind in sorted(CUSTOMER_KINDS)
    for table in (spec_of(kind).fields, spec_of(kind).line_fields)
    for name, spec in table.items()
    if spec.type in _OF_VALUE
}
_OWN = {
    "customer_email": EntryType.EMAIL,
    "customer_phone": EntryType.PHONE,
    "customer_address": EntryType.LONG_TEXT,
    "fault_description": EntryType.LONG_TEXT,
    "comments": EntryType.LONG_TEXT,
    "customer": EntryType.LONG_TEXT,
    "iban": EntryType.IBAN,
    "bic": EntryType.IDENTIFIER,
    "reason": EntryType.LONG_TEXT,
    "fault": EntryType.LONG_TEXT,
    "signature": EntryType.SIGNATURE,
    "postcode": EntryType.IDENTIFIER,
    "other_date": EntryType.DATE,
    "other_reference": EntryType.IDENTIFIER,
    "other_amount": EntryType.AMOUNT,
}
ENTRY_TYPES: Mapping[str, EntryType] = MappingProxyType({**_MADE_OF_SPECS, **_OWN})


def entry_type(name: str) -> EntryType:
    """How an entry at a label of that name looks; text where nothing else is known."""
    return ENTRY_TYPES.get(name, EntryType.TEXT)
