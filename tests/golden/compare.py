"""Documents beside their expected reading: ``documents/NAME.pdf`` and ``documents/NAME.json``, plain values only."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

from extractors.pipeline import extract
from service.domain.extraction import Extraction
from service.domain.fields import AnyField, Row, Source, TaxBreakdown, Value
from service.domain.kinds import spec_of
from service.domain.money import plain

DOCUMENTS = Path(__file__).resolve().parent / "documents"
Plain = str | bool | dict[str, str | None] | list["Plain"]


def documents() -> tuple[Path, ...]:
    """Everything in the folder that isn't an expectation."""
    return tuple(sorted(p for p in DOCUMENTS.iterdir() if p.suffix != ".json"))


def expectation_path(document: Path) -> Path:
    """Where a document's expected reading stands."""
    return DOCUMENTS / f"{document.stem}.json"


def read_plain(document: Path) -> dict[str, object]:
    """What is read from a document, as plain values: kind, fields and lines."""
    extraction = extract(document.read_bytes(), document.name)
    return {
        "kind": extraction.kind.value,
        "fields": _fields(extraction),
        "lines": [{name: _plain(found.value) for name, found in _kept(line.fields)} for line in extraction.lines],
    }


def _fields(extraction: Extraction) -> dict[str, Plain]:
    kept: dict[str, Plain] = {}
    specs = spec_of(extraction.kind).fields
    for name, entries in extraction.fields.items():
        values = [_plain(entry.value) for entry in entries if entry.provenance.source is not Source.DERIVED]
        if values:
            kept[name] = values if specs[name].many else values[0]
    return kept


def _kept(fields: object) -> list[tuple[str, AnyField]]:
    assert hasattr(fields, "items")
    return [(name, found) for name, found in fields.items() if found.provenance.source is not Source.DERIVED]


def _plain(value: Value) -> Plain:
    if isinstance(value, TaxBreakdown):
        figures = {"rate": value.rate, "taxable_amount": value.taxable_amount, "tax_amount": value.tax_amount}
        return {name: None if figure is None else plain(figure) for name, figure in figures.items()}
    if isinstance(value, Row):
        parts = {part.name: getattr(value, part.name) for part in fields(value)}
        return {name: _plain(part) for name, part in parts.items() if part is not None}
    if isinstance(value, bool):
        return value
    return plain(value) if isinstance(value, Decimal) else str(value)


def write_expectation(path: Path, reading: dict[str, object]) -> None:
    """Write an expectation the way a person would edit it."""
    path.write_text(json.dumps(reading, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def differences(expected: object, actual: object, where: str = "") -> list[str]:
    """Each place at which two readings part, in one line: where, what was expected, what was read."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = [*expected, *(name for name in actual if name not in expected)]
        return [d for n in names for d in differences(expected.get(n), actual.get(n), f"{where}.{n}".lstrip("."))]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        pairs = zip(expected, actual, strict=True)
        return [d for i, (e, a) in enumerate(pairs, start=1) for d in differences(e, a, f"{where}[{i}]")]
    return [] if expected == actual else [f"{where}: expected {expected!r}, read {actual!r}"]
