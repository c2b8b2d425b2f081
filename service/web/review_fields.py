"""The review screen's fields: every value beside where it stands, how sure it is and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from service.domain.codes import Severity
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.extraction import Extraction
from service.domain.fields import ROW_TYPES, AnyField, FieldSpec, FieldStatus, Row, Source, ValueType
from service.domain.kinds import spec_of
from service.domain.memory import BY_MEMORY
from service.web.formats import ABSENT, amount, figure, label, quantity
from service.web.presenters import bbox_shares, plain_value
from service.web.review_groups import Choices, choices_of, groups_of

_SURE = 0.9
_FAIR = 0.7
NUMERIC = frozenset({ValueType.AMOUNT, ValueType.QUANTITY, ValueType.RATE})
_RATES = frozenset({"rate", "percent"})
_SEVERITIES = (Severity.BLOCKING, Severity.WARNING, Severity.INFO)
_SOURCES = {
    Source.TEXT_LAYER: "text",
    Source.OCR: "scan",
    Source.EINVOICE: "e-invoice",
    Source.ACROFORM: "form field",
    Source.EMAIL: "e-mail",
    Source.BARCODE: "barcode",
    Source.DERIVED: "worked out",
    Source.HUMAN: "typed",
}

_ALWAYS_SHOWN = frozenset(
    {
        "due_date",
        "order_reference",
        "net_total",
        "tax_total",
        "seller_vat_id",
        "sale_order_reference",
        "requested_resolution",
    }
)


class Sureness(StrEnum):
    """Three steps of confidence, enough to guide an eye."""

    HIGH = "high"
    FAIR = "fair"
    LOW = "low"


# What a box's colour says, the most urgent first.
_TONES = (
    Severity.BLOCKING.value,
    Severity.WARNING.value,
    Sureness.LOW.value,
    Severity.INFO.value,
    Sureness.FAIR.value,
    Sureness.HIGH.value,
)


@dataclass(frozen=True, slots=True)
class BoxView:
    """A rectangle over a page in shares 0..1; ``targets`` are the ids of the inputs whose value is printed there."""

    targets: tuple[str, ...]
    label: str
    x: float
    y: float
    width: float
    height: float
    tone: str  # a severity, a sureness


@dataclass(frozen=True, slots=True)
class FieldView:
    """One value as an input: ``key`` is its id and form name; ``text`` what stands in it."""

    key: str
    label: str
    text: str
    raw: str
    page: int | None
    confidence: float | None
    sureness: Sureness | None
    source: str | None
    invalid: bool
    corrected: bool
    numeric: bool
    mandatory: bool
    severity: Severity | None
    box: BoxView | None
    choices: Choices = ()

    @property
    def is_absent(self) -> bool:
        """Whether the document has no such value."""
        return self.text == ""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a small table: what it is called, and whether it holds figures."""

    title: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of one repeating value under a heading, as texts."""

    title: str
    columns: tuple[RowColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under a heading: those to show at once, and absent ones to add when needed."""

    title: str
    shown: tuple[FieldView, ...]
    absent: tuple[FieldView, ...]


def field_groups(extraction: Extraction, exceptions: Iterable[RaisedDiscrepancy]) -> tuple[FieldGroup, ...]:
    """All header fields that a person may see or set, in the order in which its kind is checked."""
    worst = worst_by_field(exceptions)
    return tuple(_group(title, names, extraction, worst) for title, names in groups_of(extraction.kind))


def row_groups(extraction: Extraction) -> tuple[RowGroup, ...]:
    """The values that are rows of several figures, a small table each."""
    specs = spec_of(extraction.kind).fields.values()
    found = ((spec.name, extraction.fields.get(spec.name, ())) for spec in specs if spec.type in ROW_TYPES)
    rows = ((name, [entry.value for entry in entries if isinstance(entry.value, Row)]) for name, entries in found)
    return tuple(_row_group(name, values) for name, values in rows if values)


def _row_group(name: str, rows: Sequence[Row]) -> RowGroup:
    columns = [part.name for part in fields(rows[0]) if any(getattr(row, part.name) is not None for row in rows)]
    numeric = [not any(isinstance(getattr(row, column), str) for row in rows) for column in columns]
    cells = tuple(tuple(_row_cell(column, getattr(row, column)) for column in columns) for row in rows)
    heads = tuple(RowColumn(label(column), figures) for column, figures in zip(columns, numeric, strict=True))
    return RowGroup(label(name), heads, cells)


def _row_cell(name: str, part: Decimal | date | str | int | None) -> str:
    if isinstance(part, Decimal):
        return f"{quantity(part)} %" if name in _RATES else amount(part)
    return ABSENT if part is None else str(part)


def worst_by_field(exceptions: Iterable[RaisedDiscrepancy]) -> Mapping[str, Severity]:
    """The most severe open exception of each header field."""
    worst: dict[str, Severity] = {}
    for raised in exceptions:
        name, severity = raised.discrepancy.field, raised.discrepancy.severity
        if raised.is_open and name and raised.discrepancy.line is None:
            worst[name] = more_severe(worst.get(name), severity)
    return worst


def more_severe(one: Severity | None, other: Severity) -> Severity:
    """The one that stops more."""
    return other if one is None else min(one, other, key=_SEVERITIES.index)


def field_view(
    key: str, spec: FieldSpec, entries: tuple[AnyField, ...], extraction: Extraction, severity: Severity | None
) -> FieldView:
    """The view of one field; a repeating one shows its entries separated by commas."""
    first = entries[0] if entries else None
    sureness = None if first is None else sureness_of(first.confidence)
    return FieldView(
        key=key,
        label=label(spec.name),
        text=", ".join(entry_text(entry) for entry in entries),
        raw="" if first is None else first.raw,
        page=None if first is None else first.provenance.page,
        confidence=None if first is None else first.confidence,
        sureness=sureness,
        source=None if first is None else _source_of(first),
        invalid=any(entry.status is FieldStatus.INVALID for entry in entries),
        corrected=any(entry.status is FieldStatus.CORRECTED for entry in entries),
        numeric=spec.type in NUMERIC,
        mandatory=spec.mandatory,
        severity=severity,
        box=None if first is None else _box(key, spec, first, extraction, severity),
        choices=choices_of(spec),
    )


def entry_text(entry: AnyField) -> str:
    """A value as it stands in an input, on one line: grouped figures as everywhere on the pages, ISO dates."""
    if isinstance(entry.value, Decimal):
        return figure(entry.value)
    if isinstance(entry.value, bool):
        return "true" if entry.value else "false"
    return ", ".join(part.strip() for part in str(plain_value(entry.value)).splitlines() if part.strip())


def _source_of(entry: AnyField) -> str:
    """Where the value comes from, and whether earlier corrections helped to find it."""
    source = _SOURCES[entry.provenance.source]
    return f"{source}, as corrected before" if BY_MEMORY in entry.provenance.method else source


def sureness_of(confidence: float) -> Sureness:
    """The step that a confidence falls into."""
    if confidence >= _SURE:
        return Sureness.HIGH
    return Sureness.FAIR if confidence >= _FAIR else Sureness.LOW


def boxes_by_page(fields: Iterable[FieldView]) -> Mapping[int, tuple[BoxView, ...]]:
    """The rectangles of each page (1-based), one for all fields that were read from the same place."""
    pages: dict[int, dict[tuple[float, ...], BoxView]] = {}
    for field in fields:
        if field.box is not None and field.page is not None:
            boxes = pages.setdefault(field.page, {})
            place = (field.box.x, field.box.y, field.box.width, field.box.height)
            boxes[place] = _joined(boxes[place], field.box) if place in boxes else field.box
    return {page: tuple(boxes.values()) for page, boxes in pages.items()}


def _joined(one: BoxView, other: BoxView) -> BoxView:
    tone = min(one.tone, other.tone, key=_TONES.index)
    return replace(one, targets=(*one.targets, *other.targets), label=f"{one.label}, {other.label}", tone=tone)


def _group(title: str, names: tuple[str, ...], extraction: Extraction, worst: Mapping[str, Severity]) -> FieldGroup:
    specs = spec_of(extraction.kind).fields
    views = tuple(
        field_view(f"field.{name}", specs[name], extraction.fields.get(name, ()), extraction, worst.get(name))
        for name in names
    )
    shown = tuple(v for v in views if not v.is_absent or v.mandatory or v.severity or _is_always_shown(v))
    return FieldGroup(title, shown, tuple(v for v in views if v not in shown))


def _is_always_shown(view: FieldView) -> bool:
    return view.key.removeprefix("field.") in _ALWAYS_SHOWN


def _box(
    key: str, spec: FieldSpec, entry: AnyField, extraction: Extraction, severity: Severity | None
) -> BoxView | None:
    shares = bbox_shares(entry.provenance, extraction.pages)
    if shares is None:
        return None
    x0, top, x1, bottom = shares
    tone = severity.value if severity else sureness_of(entry.confidence).value
    return BoxView((key,), label(spec.name), x0, top, round(x1 - x0, 5), round(bottom - top, 5), tone)
