"""What a person corrects: parsed by the field's type, laid over the reading, kept when the file is read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from service.domain.errors import UsageError
from service.domain.extraction import Extraction, Line
from service.domain.fields import (
    AllowanceCharge,
    AnyField,
    ClaimLineType,
    EarlyPaymentDiscount,
    Field,
    FieldSpec,
    FieldStatus,
    Provenance,
    Resolution,
    ReturnReason,
    Row,
    Source,
    TaxBreakdown,
    Value,
    ValueType,
)
from service.domain.kinds import spec_of
from service.usecases.typed_identifiers import checked

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
Parser: TypeAlias = "Callable[[str, JsonValue], Value]"
T = TypeVar("T")

_LONGEST_TEXT = 1000
_MOST_DAYS = 3650  # of a term
_PLAIN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_TYPED = Provenance(Source.HUMAN, "correction")


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """New values of one line, by its 1-based position."""

    line: int
    fields: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Corrections:
    """New values by field name as JSON has them; None clears a field, a repeating field takes a list."""

    fields: Mapping[str, JsonValue]
    lines: tuple[LineCorrection, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Which fields are touched: "issue_date", "lines[2].quantity"."""
        of_lines = (f"lines[{entry.line}].{name}" for entry in self.lines for name in sorted(entry.fields))
        return (*sorted(self.fields), *of_lines)


def corrected(reading: Extraction, corrections: Corrections) -> Extraction:
    """``reading`` with the corrections; UsageError that names the field where one doesn't fit its type."""
    fields, spec = dict(reading.fields), spec_of(reading.kind)
    for name, value in corrections.fields.items():
        entries = _entries(_spec(spec.fields, name, name), name, value, reading.fields.get(name, ()))
        entries = tuple(checked(name, name, entry) for entry in entries)
        _put(fields, name, entries)
    lines = list(reading.lines)
    for entry in corrections.lines:
        if not 1 <= entry.line <= len(lines):
            raise UsageError(f"There is no line {entry.line}; the document has {len(lines)}.")
        lines[entry.line - 1] = _corrected_line(lines[entry.line - 1], entry, spec.line_fields)
    return replace(reading, fields=MappingProxyType(fields), lines=tuple(lines))


def keep_corrections(fresh: Extraction, earlier: Extraction) -> Extraction:
    """``fresh`` with what a person had typed into ``earlier``: header values always, those of lines only where
    both readings have as many lines, because otherwise nobody knows which line was meant.
    """
    typed = {name: entries for name, entries in earlier.fields.items() if any(map(_is_typed, entries))}
    lines = fresh.lines
    if len(fresh.lines) == len(earlier.lines):
        lines = tuple(_kept_line(new, old) for new, old in zip(fresh.lines, earlier.lines, strict=True))
    return replace(fresh, fields=MappingProxyType({**fresh.fields, **typed}), lines=lines)


def has_corrections(reading: Extraction) -> bool:
    """Whether a person typed any of its values."""
    of_lines = (entry for line in reading.lines for entry in line.fields.values())
    of_header = (entry for entries in reading.fields.values() for entry in entries)
    return any(_is_typed(entry) for entry in (*of_header, *of_lines))


def _is_typed(entry: AnyField) -> bool:
    return entry.provenance.source is Source.HUMAN


def _kept_line(fresh: Line, earlier: Line) -> Line:
    typed = {name: entry for name, entry in earlier.fields.items() if _is_typed(entry)}
    return Line(MappingProxyType({**fresh.fields, **typed}))


def _corrected_line(line: Line, correction: LineCorrection, table: Mapping[str, FieldSpec]) -> Line:
    fields = dict(line.fields)
    for name, value in correction.fields.items():
        where = f"lines[{correction.line}].{name}"
        printed = (line.fields[name],) if name in line.fields else ()
        entries = _entries(_spec(table, name, where), where, value, printed)
        _put(fields, name, checked(name, where, entries[0]) if entries else None)
    return Line(MappingProxyType(fields))


def _put(fields: dict[str, T], name: str, entry: T | None) -> None:
    if entry:
        fields[name] = entry
    else:
        fields.pop(name, None)


def _spec(table: Mapping[str, FieldSpec], name: str, where: str) -> FieldSpec:
    if name not in table:
        raise UsageError(f"There is no field {where}.")
    return table[name]


def _entries(spec: FieldSpec, where: str, value: JsonValue, printed: tuple[AnyField, ...]) -> tuple[AnyField, ...]:
    """The corrected entries; ``raw`` stays what was printed at that place, empty where nothing was."""
    if value is None:
        return ()
    given = value if spec.many and _is_list(value) else (value,)
    assert isinstance(given, Sequence)
    raws = [entry.raw for entry in printed[: len(given)]] + [""] * (len(given) - len(printed))
    parse = _PARSERS[spec.type]
    return tuple(
        Field(parse(where, item), raw, 1.0, _TYPED, FieldStatus.CORRECTED)
        for item, raw in zip(given, raws, strict=True)
    )


def _is_list(value: JsonValue) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _text(where: str, value: JsonValue) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where}: expected a text; null clears the field.")
    if len(value) > _LONGEST_TEXT:
        raise UsageError(f"{where}: at most {_LONGEST_TEXT} characters.")
    return " ".join(value.split())


def _day(where: str, value: JsonValue) -> date:
    try:
        return date.fromisoformat(_text(where, value))
    except ValueError as error:
        raise UsageError(f"{where}: not a date; write it as 2026-01-31.") from error


def _number(where: str, value: JsonValue) -> Decimal:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _PLAIN_NUMBER.fullmatch(text.strip()):
        raise UsageError(f'{where}: not a number; write it as a plain decimal in quotes, "1234.50".')
    return Decimal(text.strip())


def _currency(where: str, value: JsonValue) -> str:
    text = _text(where, value).upper()
    if not _CURRENCY.fullmatch(text):
        raise UsageError(f"{where}: not a currency; write its three-letter code, EUR.")
    return text


def _boolean(where: str, value: JsonValue) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{where}: expected true or false.")
    return value


def _one_of(known: type[StrEnum]) -> Callable[[str, JsonValue], str]:
    """A parser that takes only the values of ``known``."""

    def parse(where: str, value: JsonValue) -> str:
        text = _text(where, value)
        if text not in set(known):
            raise UsageError(f"{where}: expected one of {', '.join(known)}.")
        return text

    return parse


def _whole(where: str, value: JsonValue) -> int:
    number = _number(where, value)
    if number != int(number) or not 0 <= number <= _MOST_DAYS:
        raise UsageError(f"{where}: not a whole number from 0 to {_MOST_DAYS}.")
    return int(number)


def _row(made: Callable[..., Row], parts: Mapping[str, Callable[[str, JsonValue], object]]) -> Parser:
    """A parser of objects that have any of ``parts``."""

    def parse(where: str, value: JsonValue) -> Row:
        if not isinstance(value, Mapping) or not parts.keys() >= value.keys():
            raise UsageError(f"{where}: expected an object with {', '.join(sorted(parts))}.")
        given = {name: value.get(name) for name in parts}
        read = {name: None if part is None else parts[name](f"{where}.{name}", part) for name, part in given.items()}
        return made(**read)

    return parse


_PARSERS: Mapping[ValueType, Parser] = MappingProxyType(
    {
        ValueType.TEXT: _text,
        ValueType.IDENTIFIER: _text,
        ValueType.DATE: _day,
        ValueType.AMOUNT: _number,
        ValueType.QUANTITY: _number,
        ValueType.RATE: _number,
        ValueType.CURRENCY: _currency,
        ValueType.TAX_BREAKDOWN: _row(
            TaxBreakdown, {"rate": _number, "category": _text, "taxable_amount": _number, "tax_amount": _number}
        ),
        ValueType.EARLY_PAYMENT_DISCOUNT: _row(
            EarlyPaymentDiscount, {"percent": _number, "days": _whole, "due_date": _day}
        ),
        ValueType.ALLOWANCE_CHARGE: _row(AllowanceCharge, {"reason": _text, "amount": _number, "rate": _number}),
        ValueType.BOOLEAN: _boolean,
        ValueType.RESOLUTION: _one_of(Resolution),
        ValueType.REASON: _one_of(ReturnReason),
        ValueType.LINE_TYPE: _one_of(ClaimLineType),
    }
)
