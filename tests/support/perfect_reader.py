"""A reader that makes no mistakes: the truth of a paper as if it had been extracted, for judging the rules alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from service.domain.documents import DocumentKind, PageSize
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Field, FieldSpec, Provenance, Source, TaxBreakdown, Value, ValueType
from service.domain.kinds import spec_of

_PROVENANCE = Provenance(Source.TEXT_LAYER, "truth")


def _tax(row: Mapping[str, str]) -> TaxBreakdown:
    return TaxBreakdown(Decimal(row["rate"]), Decimal(row["taxable_amount"]), Decimal(row["tax_amount"]))


_PARSERS: Mapping[ValueType, Callable[[Any], Value]] = {
    ValueType.DATE: date.fromisoformat,
    ValueType.AMOUNT: Decimal,
    ValueType.QUANTITY: Decimal,
    ValueType.RATE: Decimal,
    ValueType.BOOLEAN: bool,
    ValueType.TAX_BREAKDOWN: _tax,
}


def extraction_of(truth: Mapping[str, Any]) -> Extraction:
    """A paper's truth as an extraction, every value certain."""
    spec = spec_of(DocumentKind(truth["kind"]))
    return Extraction(
        kind=DocumentKind(truth["kind"]),
        kind_confidence=1.0,
        pages=(PageSize(595, 842),),
        fields=MappingProxyType({name: _fields(value, spec.fields[name]) for name, value in truth["fields"].items()}),
        lines=tuple(
            Line(MappingProxyType({name: _field(value, spec.line_fields[name]) for name, value in line.items()}))
            for line in truth["lines"]
        ),
    )


def _fields(value: Any, spec: FieldSpec) -> tuple[AnyField, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(_field(entry, spec) for entry in entries)


def _field(value: Any, spec: FieldSpec) -> AnyField:
    return Field(_PARSERS.get(spec.type, str)(value), str(value), 1.0, _PROVENANCE)
