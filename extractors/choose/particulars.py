"""What only some papers say: a period, another payee, why no tax is charged, and which sort of invoice it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, derived, printed
from extractors.choose.hits import Hit, find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.terms import sentence_of
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import Segment
from extractors.parse.periods import find_period
from service.domain.fields import AnyField

_POINTS, _BARE = 2.2, 1.2
_FROM_TO = re.compile(r"(?:[^\W\d_]{3,9}\.? )?\d{1,4}[\w., /-]{0,18} [-–—] [\w., /-]{6,20}\d")
_REACH = 2.6  # heights below a label
_ALIGNED = 3.0  # points
_LONGEST_NOTE = 200
_LONGEST_NAME = 70
_AT_TITLE = 1.5


def choose_particulars(reading: Reading, title_line: int | None, seller: str | None) -> dict[str, AnyField]:
    """period_start, period_end, payee_name where it isn't the ``seller``, tax_note and invoice_type_code."""
    return {
        **choose_period(reading),
        **_payee(reading, seller),
        **_tax_note(reading),
        **_type_code(reading, title_line),
    }


def choose_period(reading: Reading) -> dict[str, AnyField]:
    """period_start and period_end, by their label."""
    for hit in reading.hits_of("period_start"):
        for segment, text in _behind_or_below(reading, hit):
            period = find_period(text, reading.day_order)
            if period is not None:
                method = f"label “{hit.text}”"
                found = [
                    printed(day, text, confidence_of(_POINTS), segment.page, segment.box, method) for day in period
                ]
                return {"period_start": found[0], "period_end": found[1]}
    return _period_alone(reading)


def _period_alone(reading: Reading) -> dict[str, AnyField]:
    """The first period that is all of a text, as beneath what is billed by the month: "Sep 1 – Oct 1, 2026"."""
    for segment in reading.layout.segments():
        period = find_period(segment.text, reading.day_order) if _FROM_TO.fullmatch(segment.text) else None
        if period is not None:
            fields = [
                printed(day, segment.text, confidence_of(_BARE), segment.page, segment.box, "a period alone")
                for day in period
            ]
            return {"period_start": fields[0], "period_end": fields[1]}
    return {}


def _behind_or_below(reading: Reading, hit: Hit) -> Iterator[tuple[Segment, str]]:
    """What stands behind a label, right of it, and beneath it."""
    segment = hit.segment
    rest = segment.text[hit.end :].strip(" :")
    if rest:
        yield segment, rest
        yield segment, f"{rest} {_continued(reading, segment)}"
    line = reading.line_of(segment).segments
    right = line[line.index(segment) + 1 :]
    if right and not any(h.start == 0 for h in reading.hits(right[0])):
        yield right[0], " ".join(s.text for s in right)
        yield right[0], right[0].text
        yield right[0], f"{right[0].text} {_continued(reading, right[0])}"
    for below in reading.lines_below(segment, _REACH * segment.size):
        for other in below.segments:
            if other.box.x_overlap(segment.box) > 0:
                yield other, other.text
                yield other, f"{other.text} {_continued(reading, other)}"


def _continued(reading: Reading, segment: Segment) -> str:
    """The text that goes on beneath a segment, empty where none does."""
    for line in reading.lines_below(segment, segment.size):
        for other in line.segments:
            if abs(other.box.x0 - segment.box.x0) <= _ALIGNED or other.box.x1 >= segment.box.x1 - _ALIGNED:
                return other.text
    return ""


def _payee(reading: Reading, seller: str | None) -> dict[str, AnyField]:
    for hit in reading.hits_of("payee"):
        if hit.start > 0:
            continue
        for segment, text in _behind_or_below(reading, hit):
            name = _without_account(reading, segment, text)
            if (
                not 3 <= len(name) <= _LONGEST_NAME
                or not name[0].isalpha()
                or reading.hits(segment) != _own(hit, segment)
            ):
                continue
            if seller is not None and _alike(name, seller):
                return {}
            field = printed(name, name, confidence_of(_POINTS), segment.page, segment.box, f"label “{hit.text}”")
            return {"payee_name": field}
    return {}


def _own(hit: Hit, segment: Segment) -> tuple[Hit, ...]:
    """The labels that a payee's own text may hold: that of the payee."""
    return (hit,) if segment is hit.segment else ()


def _without_account(reading: Reading, segment: Segment, text: str) -> str:
    has_account = any(reading.spans(segment, kind) for kind in (SpanType.IBAN, SpanType.BIC, SpanType.EMAIL))
    return "" if has_account else text.strip(" :,;.")


def _alike(one: str, other: str) -> bool:
    a, b = squeeze(one), squeeze(other)
    return a.startswith(b) or b.startswith(a)


def _tax_note(reading: Reading) -> dict[str, AnyField]:
    for segment in reading.layout.segments():
        for hit in find_hits(segment, lexicon().words):
            if any(m.name == "tax_note" for m in hit.meanings):
                text = sentence_of(reading, segment)[:_LONGEST_NOTE]
                method = f"words “{hit.text}”"
                return {"tax_note": printed(text, text, confidence_of(_POINTS), segment.page, segment.box, method)}
    return {}


def _type_code(reading: Reading, title_line: int | None) -> dict[str, AnyField]:
    """The code of UNTDID 1001 that the title's words stand for, where they say more than invoice or credit note."""
    if title_line is None:
        return {}
    for segment in reading.layout.lines[title_line].segments:
        for hit in find_hits(segment, lexicon().table("type_codes")):
            return {"invoice_type_code": derived(hit.meanings[0].name, confidence_of(_AT_TITLE), f"title “{hit.text}”")}
    return {}
