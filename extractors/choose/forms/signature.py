"""Whether a form is signed: strokes, a picture, a filled signature field or a name where it asks for a signature."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.headings import find_headings, section_of
from extractors.choose.forms.labels import Label, find_labels
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.labels import STRONG, Table, squeeze
from extractors.layout.cells import Cells, holds
from extractors.layout.lines import Segment
from service.domain.documents import Page
from service.domain.fields import AnyField
from service.domain.geometry import Box, union_of

_HIGH, _WIDE = 52.0, 240.0  # points around the label that a signature may stand in
_LONGEST_CLOSING = 80
_ASKS, _LEAST_SURE, _FEW_WORDS = 0.5, 0.05, 7  # how sure a label is; words of a run of text that only asks
_LOWER = 0.35  # share of the page's height, from the top, above which names are no signatures
_LEAST_WIDTH, _LEAST_HEIGHT = 14.0, 4.0
_SIGNED, _BLANK = 2.6, 1.6


def choose_signature(reading: Reading) -> dict[str, AnyField]:
    """signature_present where the document asks for the customer's signature or closes as a letter does."""
    best: AnyField | None = None
    asking = [label for label in (*find_labels(reading), *_named(reading)) if _asks(label)]
    for label in [label for label in asking if not _may_ask_else(label)] or asking:
        found = _at_label(reading, label)
        if best is None or (found.value and not best.value):
            best = found
    if best is None:
        best = _in_letter(reading) or _at_name(reading)
    return {} if best is None else {"signature_present": best}


def _at_name(reading: Reading) -> AnyField | None:
    """Strokes where a name is asked for in the lower part of a page: "Requested by:"."""
    for label in find_labels(reading):
        page = reading.layout.pages[label.segment.page - 1]
        lower = label.segment.box.top > page.size.height * _LOWER
        if not lower or label.sure < _ASKS or not (label.weight("customer_name") or label.weight("dealer_name")):
            continue
        signed = list(_ink(page, _area(page, label.hit.box)))
        if _is_enough(signed):
            box = union_of([label.hit.box, *signed])
            method = f"label “{label.hit.text}”, ink there"
            return printed(True, label.hit.text, confidence_of(_BLANK), label.segment.page, box, method)
    return None


def _named(reading: Reading) -> Iterator[Label]:
    """Few words with one for a signature among them, whatever else they say: "Stamp and signature of the dealer"."""
    known = {label.segment for label in find_labels(reading) if _asks(label)}
    table, headings = reading.vocabulary.lexicon.table("stems"), find_headings(reading)
    for segment in reading.layout.segments():
        if segment in known or len(segment.words) > _FEW_WORDS or segment.text.endswith("."):
            continue
        for hit in find_hits(segment, table):
            if hit.weight("signature"):
                length = len(segment.text)
                meanings = (*hit.meanings, *reading.vocabulary.lexicon.fields.get(squeeze(hit.text), ()))
                yield Label(hit, _ASKS, length, length, section_of(hit, headings), meanings)


def _asks(label: Label) -> bool:
    """Whether it asks for a signature, alone or in few words, as in "Stamp and signature of the dealer"."""
    line = label.segment
    short = len(line.words) <= _FEW_WORDS and not line.text.endswith(".") and label.sure >= _LEAST_SURE
    return label.weight("signature") > 0 and label.section != "retailer" and (label.sure >= _ASKS or short)


def _may_ask_else(label: Label) -> bool:
    """Whether its word asks for something else in another language, as German "Firma" does for a company's name."""
    return any(name != "signature" and weight == STRONG for name, weight in label.names())


def _at_label(reading: Reading, label: Label) -> AnyField:
    page = reading.layout.pages[label.segment.page - 1]
    area = _area(page, label.hit.box)
    segment = label.segment
    signed = list(_ink(page, area))
    name = _written(reading, label, area)
    value = _is_enough(signed) or name is not None
    box = union_of([label.hit.box, *signed, *([name.box] if name else [])])
    margin = _SIGNED if value else _BLANK
    method = f"label “{label.hit.text}”, {'ink' if signed else 'a name' if name else 'nothing'} there"
    return printed(value, label.hit.text, confidence_of(margin), segment.page, box, method)


def _area(page: Page, label: Box) -> Box:
    """Where a signature may stand: in the label's cell, else above, beside and a little below the label."""
    cell = Cells(page.rulings).around(label)
    if cell is not None and cell.height < 3 * _HIGH:
        return _with_next(page, cell, label)
    return Box(max(0.0, label.x0 - 20), max(0.0, label.top - _HIGH), label.x1 + _WIDE, label.bottom + 0.5 * _HIGH)


def _with_next(page: Page, cell: Box, label: Box) -> Box:
    """The label's cell, with the next one to its right where nothing is printed in that: it is there to sign in."""
    at = Box(cell.x1 + 3, label.y_mid - 1, cell.x1 + 4, label.y_mid + 1)
    beside = Cells(page.rulings).around(at)
    is_free = beside is not None and not any(holds(beside, word.box) for word in page.words)
    return union_of((cell, beside)) if beside is not None and is_free and beside.height < 3 * _HIGH else cell


def _ink(page: Page, area: Box) -> Iterator[Box]:
    for drawing in page.drawings:
        if _is_in(drawing.box, area):
            yield drawing.box
    for value in page.form_values:
        if value.value == "signed" and _is_in(value.box, area):
            yield value.box


def _is_in(box: Box, area: Box) -> bool:
    return area.x0 - 4 <= box.x_mid <= area.x1 + 4 and area.top - 4 <= box.y_mid <= area.bottom + 4


def _is_enough(boxes: list[Box]) -> bool:
    if not boxes:
        return False
    whole = union_of(boxes)
    return whole.width >= _LEAST_WIDTH and whole.height >= _LEAST_HEIGHT


def _written(reading: Reading, label: Label, area: Box) -> Segment | None:
    """A name that was typed or recognised where the signature belongs: behind "/s/", or alone on the line."""
    text = label.segment.text[label.rest : label.end].strip(" :_.-")
    if text and label.sure >= 0.75 and not any(c.isdigit() for c in text):
        return label.segment
    beside = _beside(reading, label.segment)
    if beside is not None:
        return beside
    free = [
        s
        for line in reading.layout.lines
        if line.page == label.segment.page
        for s in line.segments
        if s is not label.segment and _is_in(s.box, area) and s.text.startswith(("/s/", "s/"))
    ]
    return free[0] if free else None


def _beside(reading: Reading, label: Segment) -> Segment | None:
    """A name right of the label, where nothing else asks for it."""
    segments = reading.line_of(label).segments
    right = segments[segments.index(label) + 1 :][:1]
    known = {found.segment for found in find_labels(reading)}
    return next((s for s in right if s not in known and _is_name(s.text) and s.box.x0 - label.box.x1 < 120), None)


def _is_name(text: str) -> bool:
    return not any(c.isdigit() for c in text) and text[:1].isupper() and len(text.split()) <= 4 and ":" not in text


def _in_letter(reading: Reading) -> AnyField | None:
    """A letter is signed where strokes or a picture stand between its closing words and the name below."""
    table = reading.vocabulary.lexicon.table("prose")
    for line in reversed(reading.layout.lines):
        for segment in line.segments:
            if _is_closing(segment, table):
                page = reading.layout.pages[segment.page - 1]
                area = Box(segment.box.x0 - 10, segment.box.bottom - 2, segment.box.x0 + _WIDE, segment.box.bottom + 90)
                signed = list(_ink(page, area))
                value = _is_enough(signed)
                box = union_of([segment.box, *signed])
                margin = _SIGNED if value else 0.9
                return printed(
                    value, segment.text, confidence_of(margin), segment.page, box, "strokes below the closing words"
                )
    return None


def _is_closing(segment: Segment, table: Table) -> bool:
    if len(segment.text) > _LONGEST_CLOSING:
        return False
    hits = find_hits(segment, table)
    return bool(hits) and hits[0].start == 0 and hits[0].weight("closing") > 0
