"""Identifiers that a person typed are checked as those that were read: a slip of the pen is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from stdnum.eu.vat import MEMBER_STATES

from extractors.parse.identifiers import find_bics, is_gtin, is_valid_iban, is_valid_vat_id
from service.domain.errors import UsageError
from service.domain.fields import AnyField, FieldStatus

_VAT_COUNTRIES = frozenset({*(country.upper() for country in MEMBER_STATES), "EL", "GB", "XI", "CH"})
_TOLD: Mapping[str, tuple[Callable[[str], bool], str]] = MappingProxyType(
    {
        "iban": (is_valid_iban, "not an IBAN: its length or its check digits are wrong"),
        "bic": (lambda value: bool(find_bics(value)), "not a BIC; it has 8 or 11 characters, a country among them"),
        "gtin": (is_gtin, "not an article number: its length or its check digit is wrong"),
    }
)


def checked(name: str, where: str, entry: AnyField) -> AnyField:
    """The entry of that field, compact where it is an identifier with a form of its own.

    UsageError that begins with ``where`` for an IBAN, BIC or GTIN that fails its check. A VAT id that does is kept as
    ``invalid``: sellers do print wrong ones, and VAT_ID_INVALID says so.
    """
    suffix = name.rpartition("_")[2]
    if not isinstance(entry.value, str):
        return entry
    if name.endswith("vat_id"):
        compact = _compact(entry.value)
        known = compact[:2] in _VAT_COUNTRIES
        status = FieldStatus.INVALID if known and not is_valid_vat_id(compact) else entry.status
        return replace(entry, value=compact if known else entry.value, status=status)
    if suffix not in _TOLD:
        return entry
    compact = _compact(entry.value)
    passes, advice = _TOLD[suffix]
    if not passes(compact):
        raise UsageError(f"{where}: {advice}.")
    return replace(entry, value=compact)


def _compact(printed: str) -> str:
    return re.sub(r"[\s.\-/]", "", printed).upper()
