"""An e-invoice as it was sent: our fields with the figures that its own rules are checked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from service.domain.documents import DocumentKind
from service.domain.fields import AnyField


class Syntax(StrEnum):
    """The languages in which e-invoices are written."""

    CII = "CII"
    ZUGFERD_1 = "ZUGFeRD 1"
    UBL_INVOICE = "UBL invoice"
    UBL_CREDIT_NOTE = "UBL credit note"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An allowance, or a charge, with its VAT category (BT-95, BT-102) and rate."""

    is_charge: bool
    amount: Decimal
    percent: Decimal | None = None
    reason: str | None = None
    reason_code: str | None = None
    category: str | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A row of the VAT breakdown (BG-23)."""

    category: str | None
    rate: Decimal | None
    taxable: Decimal | None
    tax: Decimal | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice line (BG-25) with its VAT category (BT-151)."""

    fields: Mapping[str, AnyField]
    adjustments: tuple[Adjustment, ...] = ()
    category: str | None = None

    def amount(self, name: str) -> Decimal | None:
        """The field's value where it is a number."""
        found = self.fields.get(name)
        return found.value if found is not None and isinstance(found.value, Decimal) else None


@dataclass(frozen=True, slots=True)
class XmlInvoice:
    """Everything read of one XML, amounts with the signs that it gives them; ``sums`` by BT."""

    syntax: Syntax
    profile: str
    kind: DocumentKind
    fields: Mapping[str, tuple[AnyField, ...]]
    items: tuple[Item, ...] = ()
    taxes: tuple[TaxRow, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    sums: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def amount(self, name: str) -> Decimal | None:
        """The field's value where it is a number."""
        found = self.fields.get(name)
        return found[0].value if found and isinstance(found[0].value, Decimal) else None

    def text(self, name: str) -> str:
        """The field's value as text, empty where it is absent."""
        found = self.fields.get(name)
        return str(found[0].value) if found else ""
