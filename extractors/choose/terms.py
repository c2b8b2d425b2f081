"""Finds the payment terms: what stands at their label, else the sentence that speaks of days."""

from __future__ import annotations

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.labels import lexicon
from extractors.layout.lines import Segment
from service.domain.fields import AnyField

_LONGEST = 200
_REACH = 2.2  # heights below the label


def choose_terms(reading: Reading) -> dict[str, AnyField]:
    """payment_terms, as printed."""
    for hit in reading.hits_of("payment_terms"):
        rest = hit.segment.text[hit.end :].strip(" :.-")
        behind = hit.segment.text[hit.end :].lstrip().startswith(":")
        if len(rest) > 3 and (behind or not reading.hits(hit.segment)[-1].start > hit.end + 2):
            return {"payment_terms": _field(rest, hit.segment, 1.6, f"label “{hit.text}”")}
        beside = _beside(reading, hit.segment)
        if beside is not None:
            return {"payment_terms": _field(sentence_of(reading, beside), beside, 1.3, f"label “{hit.text}”")}
    for segment in reading.layout.segments():
        if len(segment.text) > 10 and any(h.meanings[0].name == "terms" for h in find_hits(segment, lexicon().words)):
            return {"payment_terms": _field(sentence_of(reading, segment), segment, 1.3, "sentence about days")}
    return {}


def sentence_of(reading: Reading, segment: Segment) -> str:
    """The segment's text with the lines below that go on with it, up to a full stop."""
    text = segment.text
    for line in reading.lines_below(segment, _REACH * segment.size):
        under = [s for s in line.segments if abs(s.box.x0 - segment.box.x0) < 2]
        if text.endswith(".") or not under or reading.hits(under[0]):
            break
        text = f"{text} {under[0].text}"
    return text


def _beside(reading: Reading, label: Segment) -> Segment | None:
    segments = reading.line_of(label).segments
    right = segments[segments.index(label) + 1 :]
    if right and not _is_label(reading, right[0]) and right[0].box.x0 - label.box.x1 < 200:
        return right[0]
    for line in reading.lines_below(label, _REACH * label.size):
        for segment in line.segments:
            if segment.box.x_overlap(label.box) > 0 and not _is_label(reading, segment):
                return segment
    return None


def _is_label(reading: Reading, segment: Segment) -> bool:
    """Whether a text begins with a label and goes on with a colon, or is one as a whole."""
    hits = reading.hits(segment)
    return bool(hits) and hits[0].start <= 2 and segment.text[hits[0].end :].strip()[:1] in ("", ":")


def _field(text: str, segment: Segment, margin: float, method: str) -> AnyField:
    cut = text[:_LONGEST]
    return printed(cut, cut, confidence_of(margin), segment.page, segment.box, method)
