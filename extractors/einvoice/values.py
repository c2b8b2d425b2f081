"""Texts of an e-invoice's elements to typed values with their provenance."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from extractors.parse.identifiers import is_gtin, is_valid_iban, is_valid_vat_id
from service.domain.fields import AnyField, Field, FieldSpec, FieldStatus, Provenance, Row, Source, ValueType

SURE = 0.99  # the sender's own data; what it claims may still be wrong
_LONGEST = 2000  # characters of a text
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_NOISE = re.compile(r"[\s.\-]+")
_NUMBERS = (ValueType.AMOUNT, ValueType.QUANTITY, ValueType.RATE)


def field_of(spec: FieldSpec, text: str, bt: str) -> AnyField | None:
    """The typed value; None where the text isn't of the field's type."""
    where = Provenance(Source.EINVOICE, bt or "XML")
    if spec.type in _NUMBERS:
        number = number_of(text)
        return None if number is None else Field(number, text, SURE, where)
    if spec.type is ValueType.DATE:
        day = day_of(text)
        return None if day is None else Field(day, text, SURE, where)
    value = _COMPACT.get(spec.name, _shortened)(text)
    if not value:
        return None
    valid = _CHECKS.get(spec.name, _always)(value)
    return Field(value, text[:_LONGEST], SURE, where, FieldStatus.OK if valid else FieldStatus.INVALID)


def row_of(value: Row, bt: str) -> AnyField:
    """A value of several figures."""
    return Field(value, "", SURE, Provenance(Source.EINVOICE, bt))


def number_of(text: str | None) -> Decimal | None:
    """A decimal as XML writes it; None where it is none."""
    return Decimal(text.strip()) if text and _NUMBER.fullmatch(text.strip()) else None


def day_of(text: str | None) -> date | None:
    """The day of "2026-01-31", with a time or zone behind it or not, or of "20260131"; None where it is none."""
    found = _DAY.match((text or "").strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _always(_: str) -> bool:
    return True


def _shortened(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return "\n".join(line for line in lines if line)[:_LONGEST]


def _compact(text: str) -> str:
    return _NOISE.sub("", text).upper()


def _account(text: str) -> str:
    """An IBAN; accounts of other systems are none."""
    compact = _compact(text)
    return compact if _ACCOUNT.fullmatch(compact) else ""


_COMPACT: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"iban": _account, "bic": _compact, "seller_vat_id": _compact, "buyer_vat_id": _compact, "currency": _compact}
)
_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"iban": is_valid_iban, "seller_vat_id": is_valid_vat_id, "buyer_vat_id": is_valid_vat_id, "gtin": is_gtin}
)
