"""Warranty claims: by a customer about one article, or by a dealer with parts, labour and travel."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from extractors.choose.forms.assembly import FormKind, read_form
from extractors.choose.forms.prose import is_letter
from extractors.choose.forms.requests import choose_labour, choose_usage_unit
from extractors.choose.forms.told_fault import fault_alone, fault_in_letter
from extractors.choose.hits import find_phrases
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import AnyField
from service.domain.kinds import spec_of

_FRACTION = re.compile(r"\d[.,]\d{1,2}\b")
KIND = FormKind(
    spec_of(DocumentKind.WARRANTY_CLAIM),
    dated="claim_date",
    numbered="claim_number",
    own=(choose_usage_unit, choose_labour),
)


def read(reading: Reading, title: Title) -> Extraction:
    """The claim that the document makes."""
    claim = read_form(reading, title, KIND, missing=_fault)
    added = {**_of_lines(claim), "labour_hours": _hours(reading, claim)}
    new = {name: (field,) for name, field in added.items() if field is not None and name not in claim.fields}
    return replace(claim, fields=MappingProxyType({**claim.fields, **new})) if new else claim


def _of_lines(claim: Extraction) -> dict[str, AnyField | None]:
    """The sums of labour and of travel that one line each has."""
    totals = {
        name: [
            line.fields["line_total"]
            for line in claim.lines
            if line.text("line_type") == kind and "line_total" in line.fields
        ]
        for name, kind in (("labour_amount", "labour"), ("travel_amount", "travel"))
    }
    return {name: found[0] if len(found) == 1 else None for name, found in totals.items()}


def _hours(reading: Reading, claim: Extraction) -> AnyField | None:
    """The quantity of the one line of labour that says that it counts hours."""
    table = reading.vocabulary.lexicon.table("usage_units")
    lines = [line.fields for line in claim.lines if line.text("line_type") == "labour" and "quantity" in line.fields]
    if len(lines) != 1:
        return None
    said = [str(lines[0][name].value) for name in ("description",) if name in lines[0]] + [lines[0]["quantity"].raw]
    counts = any(m.name == "h" for text in said for found in find_phrases(text, table) for m in found.meanings)
    return lines[0]["quantity"] if counts or _is_measured(claim, lines[0]["quantity"]) else None


def _is_measured(claim: Extraction, quantity: AnyField) -> bool:
    """Whether a quantity is printed with a fraction, as hours are and flat rates aren't, where no part's is."""
    others = [line.fields["quantity"] for line in claim.lines if "quantity" in line.fields]
    return _has_fraction(quantity) and not any(_has_fraction(o) for o in others if o is not quantity)


def _has_fraction(quantity: AnyField) -> bool:
    return _FRACTION.search(quantity.raw) is not None


def _fault(reading: Reading, fields: dict[str, AnyField]) -> dict[str, AnyField]:
    """The fault as a letter tells it, or a form without a label of its own for it."""
    added = _credited(reading, fields)
    if "fault_description" in fields:
        return added
    told = fault_in_letter(reading) if is_letter(reading) else fault_alone(reading)
    return added if told is None else {**added, "fault_description": told}


def _credited(reading: Reading, fields: dict[str, AnyField]) -> dict[str, AnyField]:
    """A dealer's credit note pays a claim back; only a voucher is a store's credit."""
    asked = fields.get("requested_resolution")
    if asked is None or asked.value != "store_credit":
        return {}
    notes = find_phrases(asked.raw, reading.vocabulary.lexicon.table("credit_notes"))
    return {"requested_resolution": replace(asked, value="refund")} if notes else {}
