"""The review page's form to corrections: only what a person really changed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from service.domain.extraction import Extraction
from service.domain.fields import ROW_TYPES, FieldSpec, ValueType
from service.domain.kinds import spec_of
from service.usecases.correct_fields import Corrections, JsonValue, LineCorrection
from service.web.formats import plain_figure
from service.web.review_fields import NUMERIC, entry_text

_LINE_KEY = re.compile(r"line\.(\d{1,4})\.([a-z_]+)")


def form_corrections(form: Mapping[str, str], extraction: Extraction) -> Corrections:
    """The inputs named ``field.NAME`` and ``line.N.NAME`` whose text differs from what stands in ``extraction``."""
    fields: dict[str, JsonValue] = {}
    lines: dict[int, dict[str, JsonValue]] = {}
    for key, text in form.items():
        if key.startswith("field."):
            _correct_header(key.removeprefix("field."), text, extraction, fields)
        elif found := _LINE_KEY.fullmatch(key):
            _correct_line(int(found[1]), found[2], text, extraction, lines)
    return Corrections(fields, tuple(LineCorrection(number, lines[number]) for number in sorted(lines)))


def _correct_header(name: str, text: str, extraction: Extraction, into: dict[str, JsonValue]) -> None:
    spec = spec_of(extraction.kind).fields.get(name)
    if spec is None or spec.type in ROW_TYPES:
        return
    shown = ", ".join(entry_text(entry) for entry in extraction.fields.get(name, ()))
    if _typed(spec, text) != _typed(spec, shown):
        into[name] = _value(spec, text)


def _correct_line(
    number: int, name: str, text: str, extraction: Extraction, into: dict[int, dict[str, JsonValue]]
) -> None:
    spec = spec_of(extraction.kind).line_fields.get(name)
    if spec is None or not 1 <= number <= len(extraction.lines):
        return
    entry = extraction.lines[number - 1].fields.get(name)
    shown = "" if entry is None else entry_text(entry)
    if _typed(spec, text) != _typed(spec, shown):
        into.setdefault(number, {})[name] = _value(spec, text)


def _value(spec: FieldSpec, text: str) -> JsonValue:
    """None clears; a repeating field's entries are separated by commas."""
    squeezed = _typed(spec, text)
    if not squeezed:
        return None
    if spec.type is ValueType.BOOLEAN:
        return squeezed == "true"
    if spec.many:
        return [part.strip() for part in squeezed.split(",") if part.strip()]
    return squeezed


def _typed(spec: FieldSpec, text: str) -> str:
    """What was typed: a figure without its grouping, a text with single spaces."""
    return plain_figure(text) if spec.type in NUMERIC else " ".join(text.split())
