"""The number of a return or a claim that its title or a printed mail's subject has in it: "Return #RMA-59071"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.people import mailbox
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType, with_prefix
from extractors.layout.lines import Segment
from service.domain.fields import AnyField

_FORM = re.compile(r"\b(?:form|formular|formulaire|formulario|modulo|formulier|issue|rev)\W*$", re.IGNORECASE)
_TITLE_SIZE, _UPPER = 1.12, 0.35  # of the usual size; share of the page
_HEADING = 5  # lines of a printed mail's heading
_MARGIN = 1.2
_NEAR, _FLUSH = 1.6, 3.0  # heights below a title; points


def number_in_title(reading: Reading) -> AnyField | None:
    """The last reference of the first title or subject that says what the document is."""
    table = reading.vocabulary.lexicon.table("title_words")
    titles = [segment for segment in _titles(reading) if find_hits(segment, table)]
    below = [number for title in titles for number in _below(reading, title)]
    for segment in (*_titles(reading), *below):
        spans = [s for s in reading.spans(segment, SpanType.REFERENCE) if any(c.isdigit() for c in str(s.value))]
        is_title = segment in below or find_hits(segment, table)
        if spans and not reading.spans(segment, SpanType.DATE) and is_title:
            span = with_prefix(spans[-1])
            if _FORM.search(segment.text[: span.start]):
                continue
            sure = confidence_of(_MARGIN)
            return printed(span.value, span.raw, sure, span.page, span.box, "number in the title")
    return None


def _below(reading: Reading, title: Segment) -> Iterator[Segment]:
    """A reference that stands alone right below a title, flush with one of its edges."""
    for line in reading.lines_below(title, _NEAR * title.size):
        under = [s for s in line.segments if s.box.x_overlap(title.box) > 0]
        for segment in under:
            flush = min(abs(segment.box.x0 - title.box.x0), abs(segment.box.x1 - title.box.x1)) <= _FLUSH
            if flush and len(segment.words) == 1 and len(reading.spans(segment, SpanType.REFERENCE)) == 1:
                yield segment
        if under:
            return


def _titles(reading: Reading) -> Iterator[Segment]:
    written = mailbox(reading)
    if written is not None:
        first = written[1].line
        for line in reading.layout.lines[first : first + _HEADING]:
            yield from (s for s in line.segments if "@" not in s.text)
    for line in reading.layout.lines:
        page = reading.layout.pages[line.page - 1]
        if line.page > 1 or line.box.top > _UPPER * page.size.height:
            return
        yield from (s for s in line.segments if s.size > _TITLE_SIZE * reading.usual_size)
