"""What barcodes say on a form: they confirm and mend what is printed, and fill what a label asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extractors.choose.forms.labels import Label, find_labels
from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.labels import STRONG, squeeze
from service.domain.documents import Barcode
from service.domain.fields import AnyField, Field, Provenance, Source
from service.domain.geometry import Box

_NUMBERS = ("return_number", "claim_number", "authorization_number", "sale_order_reference", "invoice_reference")
_OF_GOODS = ("serial_number", "product_code")
_CONFIRMED, _READ = 0.995, 0.97  # confidence of a value that is printed as well, and of one that only a code says
_SHORTEST = 4  # letters and figures
_MISREAD = 2  # letters by which a recognised value may differ from what its code says
_ABOVE, _BESIDE = 40.0, 120.0  # points from a label to the code that answers it
_GTIN = frozenset({"EAN-13", "EAN-8", "UPC-A"})
_PARTS = re.compile(r"[\n\r;|]+")
_NAMED = re.compile(r"^\s*(?P<label>[^:=]{2,40})\s*[:=]\s*(?P<value>\S.{1,60})$")
Lines = tuple[Mapping[str, AnyField], ...]


def with_barcodes(reading: Reading, fields: Mapping[str, AnyField], lines: Lines) -> tuple[dict[str, AnyField], Lines]:
    """The fields and the lines, those that a code repeats surer, those that only a code says added."""
    said = [part for page in reading.layout.pages for code in page.barcodes for part in _said(code)]
    if not said:
        return dict(fields), lines
    sure = {name: _confirmed(field, said) if name in _NUMBERS else field for name, field in fields.items()}
    rows = [{n: _confirmed(f, said) if n in _OF_GOODS else f for n, f in line.items()} for line in lines]
    known = {squeeze(str(f.value)) for group in (sure, *rows) for f in group.values()}
    for code in said:
        if squeeze(code.text) in known:
            continue
        named = _named(reading, code)
        if named is None:
            continue
        name, value, method = named
        if name in _NUMBERS:
            sure.setdefault(name, _field(code, value, method))
        elif len(rows) < 2:
            rows = rows or [{}]
            rows[0].setdefault(name, _field(code, value, method))
    return sure, tuple(rows)


def _said(code: Barcode) -> Iterator[Barcode]:
    """What a code says, part by part where it says several things."""
    for part in _PARTS.split(code.text):
        if len(squeeze(part)) >= _SHORTEST:
            yield replace(code, text=part.strip())


def _confirmed(field: AnyField, said: Sequence[Barcode]) -> AnyField:
    """A printed value that a code repeats; one misread in a picture is put right by it."""
    value = squeeze(str(field.value))
    for code in said:
        text = squeeze(code.text)
        if text == value:
            method = f"{field.provenance.method}, and in a {code.symbology}"
            return replace(field, confidence=_CONFIRMED, provenance=replace(field.provenance, method=method))
        near = min(len(text), len(value)) > 2 * _MISREAD and Levenshtein.distance(text, value) <= _MISREAD
        if near and _near(field, code):
            return _field(code, code.text, "mends what is printed beside it")
    return field


def _near(field: AnyField, code: Barcode) -> bool:
    place = field.provenance
    if place.page != code.page or place.box is None:
        return False
    return _gap(place.box, code.box) <= _ABOVE


def _gap(a: Box, b: Box) -> float:
    across = max(a.x0, b.x0) - min(a.x1, b.x1)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    return max(across, down, 0.0)


def _named(reading: Reading, code: Barcode) -> tuple[str, str, str] | None:
    """Field, value and reason of what a code says: by a label in it or beside it, its beginning, its kind."""
    named = _NAMED.match(code.text)
    table = reading.vocabulary.lexicon.fields
    if named is not None:
        name = next((m.name for m in table.get(squeeze(named["label"]), ()) if _is_number(m.name)), None)
        if name is not None:
            return name, named["value"].strip(), "label in the code"
    label = _label_beside(reading, code)
    if label is not None:
        name = next(n for n, _ in label.names() if _is_number(n))
        return name, code.text, f"beside label “{label.hit.text}”"
    begins = [p for p in find_phrases(code.text, table) if p.start == 0 and p.end < len(code.text)]
    for meaning in begins[0].meanings if begins else ():
        if _is_number(meaning.name) and meaning.weight == STRONG and any(c.isdigit() for c in code.text):
            return meaning.name, code.text, "by what it begins with"
    return ("product_code", code.text, "number of an article") if code.symbology in _GTIN else None


def _is_number(name: str) -> bool:
    return name in _NUMBERS or name in _OF_GOODS


def _label_beside(reading: Reading, code: Barcode) -> Label | None:
    """The nearest label of a number left of or above the code."""
    best: tuple[float, Label] | None = None
    for label in find_labels(reading):
        box = label.hit.box
        first = label.names()[0][0] if label.names() else ""
        if label.segment.page != code.page or label.sure < 0.5 or not _is_number(first):
            continue
        level = box.y_overlap(code.box) > 0 and 0 <= code.box.x0 - box.x1 <= _BESIDE
        above = box.x_overlap(code.box) > 0 and 0 <= code.box.top - box.bottom <= _ABOVE
        if (level or above) and (best is None or _gap(box, code.box) < best[0]):
            best = (_gap(box, code.box), label)
    return best[1] if best else None


def _field(code: Barcode, value: str, method: str) -> AnyField:
    place = Provenance(Source.BARCODE, f"{code.symbology} {method}", code.page, code.box)
    return Field(value, code.text, _READ, place)
