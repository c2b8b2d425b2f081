"""What it means for values that they were recognised in a picture: their source, their place, how sure they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from extractors.readers.scan import ScannedPage
from service.domain.documents import Page, Word
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Provenance, Source
from service.domain.geometry import Box

_LEAST = 0.3  # of a value's confidence that a poor reading leaves


def as_scanned(extraction: Extraction, pages: Sequence[Page | ScannedPage]) -> Extraction:
    """The extraction with the values of recognised pages marked so, less sure, and placed on the pages as shown."""
    scans = {scan.page.number: scan for scan in pages if isinstance(scan, ScannedPage)}
    if not scans:
        return extraction
    fields = {name: tuple(_as_scanned(f, scans) for f in found) for name, found in extraction.fields.items()}
    lines = tuple(
        Line(MappingProxyType({name: _as_scanned(found, scans) for name, found in line.fields.items()}))
        for line in extraction.lines
    )
    sizes = tuple(page.placement.size if isinstance(page, ScannedPage) else page.size for page in pages)
    return replace(extraction, pages=sizes, fields=MappingProxyType(fields), lines=lines)


def _as_scanned(field: AnyField, scans: Mapping[int, ScannedPage]) -> AnyField:
    place = field.provenance
    scan = scans.get(place.page or 0)
    if scan is None or place.box is None:
        return field
    if place.source is Source.BARCODE:
        return replace(field, provenance=replace(place, box=scan.placement.box(place.box)))
    if place.source is not Source.TEXT_LAYER:
        return field
    method = f"{place.method}, read by {scan.engine}"
    moved = Provenance(Source.OCR, method, place.page, scan.placement.box(place.box))
    sure = max(_LEAST, _confidence_within(place.box, scan.page.words))
    return replace(field, confidence=round(field.confidence * sure, 3), provenance=moved)


def _confidence_within(box: Box, words: Sequence[Word]) -> float:
    """The mean confidence, by characters, of the words whose middle lies in the box; 0 where there are none."""
    inside = [w for w in words if box.x0 <= w.box.x_mid <= box.x1 and box.top <= w.box.y_mid <= box.bottom]
    whole = sum(len(word.text) for word in inside)
    return sum(word.confidence * len(word.text) for word in inside) / whole if whole else 0.0
