"""What one page shows, read as if it were a document of its own, of whether a document begins or goes on there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors.bundles.page_counts import PageCount, page_count
from extractors.choose.headers import header_lines
from extractors.choose.hits import begins_with_word, find_hits, find_phrases
from extractors.choose.kind import Title, titles_on
from extractors.choose.reading import Reading
from extractors.choose.references import choose_references
from extractors.choose.spans import SpanType
from extractors.kinds.registry import read_kind
from extractors.labels import lexicon, squeeze
from extractors.layout import Layout, lay_out
from extractors.layout.lines import TextLine, page_lines
from service.domain.documents import DocumentKind, Page
from service.domain.extraction import Extraction
from service.domain.keys import reference_key

_BLANK = 12  # letters and digits that a blank sheet may have: a scanner's stamp, a page's number
_SEPARATING = 60  # letters and digits that a separator sheet has at most
_UPPER = 0.6  # share of the page's height in which a title stands
_SURE_NUMBER, _SHORTEST_NUMBER = 0.75, 3
_SURE_DATE = 0.7
_LARGE = 1.25  # of the usual size
_CELLS = 4  # texts beside one another that make a row of a table
_ABOVE_TABLE = 3  # lines that a page has above its table where it goes on with one
_HEAD = 0.3  # share of the page's height
_LONG_WORD = re.compile(r"[^\W\d_]{9,}")
_NUMBERED = {
    DocumentKind.DELIVERY_NOTE: "delivery_note_reference",
    DocumentKind.ORDER_CONFIRMATION: "order_reference",
    DocumentKind.PURCHASE_ORDER: "order_reference",
    DocumentKind.RETURN_FORM: "return_number",
    DocumentKind.WARRANTY_CLAIM: "claim_number",
}
_DATES = ("issue_date", "request_date", "claim_date")
_TOTALS = ("grand_total", "amount_due", "refund_amount", "claimed_amount")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A title that names the kind of a document: its points, whether it is set large, and its line on the page."""

    kind: DocumentKind
    points: float
    is_large: bool
    line: int


@dataclass(frozen=True, slots=True)
class PageSigns:
    """One page's signs. ``number`` is the document's own as labelled here, ``text`` all it says, squeezed."""

    page: int
    text: str
    is_blank: bool
    is_separator: bool
    count: PageCount | None
    title: PageTitle | None
    kind: DocumentKind
    kind_confidence: float
    number: str | None
    issued: date | None
    tax_ids: frozenset[str]
    accounts: frozenset[str]
    hosts: frozenset[str]
    has_total: bool
    is_carried: bool
    carries_on: bool
    begins_in_table: bool


def may_begin(page: Page) -> bool:
    """Whether anything on a page could begin another document; quickly, for most pages of most files can't."""
    if sum(character.isalnum() for word in page.words for character in word.text) <= _SEPARATING:
        return True
    lines = page_lines(page, 0)
    count = page_count(lines, page.size.height)
    if count is not None:
        return count.page == 1
    upper = (line for line in lines if line.box.top < _UPPER * page.size.height)
    return any(_names_kind(segment.text) for line in upper for segment in line.segments)


def signs_of(page: Page) -> PageSigns:
    """The signs of a page of a file."""
    layout = lay_out([alone(page)])
    reading = Reading(layout)
    text = "".join(reading.squeezed)
    found = read_kind(layout, None)
    carried = list(_carried(layout))
    title = _title(reading)
    has_total = any(name in found.fields for name in _TOTALS)
    return PageSigns(
        page=page.number,
        text=text,
        is_blank=len(text) <= _BLANK,
        is_separator=len(text) <= _SEPARATING and _says_separator(layout),
        count=page_count(layout.lines, page.size.height),
        title=title,
        kind=found.kind,
        kind_confidence=found.kind_confidence,
        number=_number(reading, found),
        issued=_issued(found),
        tax_ids=_valid(reading, SpanType.VAT_ID),
        accounts=_valid(reading, SpanType.IBAN),
        hosts=reading.hosts,
        has_total=has_total,
        is_carried=any(place < _HEAD for place in carried),
        carries_on=any(place >= 0.5 for place in carried) and not has_total,
        begins_in_table=_begins_in_table(reading, title),
    )


def alone(page: Page, number: int = 1) -> Page:
    """The page as the ``number``-th of a document."""
    if page.number == number:
        return page
    return replace(
        page,
        number=number,
        words=tuple(replace(word, page=number) for word in page.words),
        rulings=tuple(replace(ruling, page=number) for ruling in page.rulings),
        marks=tuple(replace(mark, page=number) for mark in page.marks),
        form_values=tuple(replace(value, page=number) for value in page.form_values),
        drawings=tuple(replace(drawing, page=number) for drawing in page.drawings),
        barcodes=tuple(replace(barcode, page=number) for barcode in page.barcodes),
    )


def _names_kind(text: str) -> bool:
    if find_phrases(text, lexicon().kinds) or find_phrases(text, lexicon("forms").kinds):
        return True
    words = (squeeze(match.group()) for match in _LONG_WORD.finditer(text))
    return any(word.endswith(tuple(lexicon().endings)) for word in words)


def _says_separator(layout: Layout) -> bool:
    hits = (hit for segment in layout.segments() for hit in find_hits(segment, lexicon().words))
    return any(hit.meanings[0].name == "separator" for hit in hits)


def _title(reading: Reading) -> PageTitle | None:
    titles = [title for title in titles_on(reading, 1) if not _has_money(reading, reading.layout.lines[title[2]])]
    if not titles:
        return None
    points, kind, line = max(titles, key=lambda title: title[0])
    segments = reading.layout.lines[line].segments
    is_large = max(segment.size for segment in segments) >= _LARGE * reading.usual_size
    return None if len(segments) >= _CELLS and not is_large else PageTitle(kind, points, is_large, line)


def _begins_in_table(reading: Reading, title: PageTitle | None) -> bool:
    """Whether a table's header, or sums, stand at its top, below no title."""
    sums = (line.number for line in reading.layout.lines[: _ABOVE_TABLE + 1] if _has_money(reading, line))
    first = min([*header_lines(reading), *sums], default=_ABOVE_TABLE + 1)
    return first <= _ABOVE_TABLE and (title is None or title.line >= first)


def _has_money(reading: Reading, line: TextLine) -> bool:
    return any(span.looks_like_money for segment in line.segments for span in reading.spans(segment, SpanType.AMOUNT))


def _number(reading: Reading, found: Extraction) -> str | None:
    name = _NUMBERED.get(found.kind, "invoice_number")
    own = found.first(name)
    if own is None:
        references = choose_references(reading, Title(DocumentKind.SUPPLIER_INVOICE, 0.0, None))
        own = references[name][0] if name in references else None
    if own is None or own.confidence < _SURE_NUMBER:
        return None
    key = reference_key(str(own.value))
    return key if len(key) >= _SHORTEST_NUMBER else None


def _issued(found: Extraction) -> date | None:
    for name in _DATES:
        day = found.first(name)
        if day is not None and day.confidence >= _SURE_DATE and isinstance(day.value, date):
            return day.value
    return None


def _valid(reading: Reading, kind: SpanType) -> frozenset[str]:
    return frozenset(str(span.value) for span in reading.all_spans(kind) if span.valid)


def _carried(layout: Layout) -> Iterator[float]:
    """How far down the page (0..1) sums are carried from or to another."""
    for line in layout.lines:
        if begins_with_word(line.segments[0], "carried_forward"):
            yield line.number / len(layout.lines)
