"""Names the source of values that were typed into a form's fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from service.domain.documents import Page
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Source


def with_entries_named(extraction: Extraction, pages: Sequence[Page]) -> Extraction:
    """The extraction with ``acroform`` as the source of each value that stands in a field of the form."""
    if not any(page.form_values for page in pages):
        return extraction
    fields = {name: tuple(_named(f, pages) for f in found) for name, found in extraction.fields.items()}
    lines = tuple(
        Line(MappingProxyType({name: _named(f, pages) for name, f in line.fields.items()})) for line in extraction.lines
    )
    return replace(extraction, fields=MappingProxyType(fields), lines=lines)


def _named(field: AnyField, pages: Sequence[Page]) -> AnyField:
    place = field.provenance
    if place.source is not Source.TEXT_LAYER or place.page is None or place.box is None:
        return field
    x, y = place.box.x_mid, place.box.y_mid
    inside = any(
        v.box.x0 - 1 <= x <= v.box.x1 + 1 and v.box.top - 1 <= y <= v.box.bottom + 1
        for v in pages[place.page - 1].form_values
    )
    buttons = any(
        v.is_button and v.value == "on" and v.box.x_overlap(place.box) > 0 and v.box.y_overlap(place.box) > 0
        for v in pages[place.page - 1].form_values
    )
    return replace(field, provenance=replace(place, source=Source.ACROFORM)) if inside or buttons else field
