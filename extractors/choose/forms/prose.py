"""Letters: values within sentences, what is asked for, what is wrong, and lists of goods in running text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.counted import is_code_label
from extractors.choose.forms.entries import find_entries
from extractors.choose.forms.frames import option_segments, table_lines
from extractors.choose.forms.meanings import Sense, reason_of, resolution_of
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found, find_value
from extractors.choose.hits import Hit, Phrase, find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType, with_prefix
from extractors.labels import STRONG, squeeze
from extractors.layout.lines import Segment
from service.domain.fields import AnyField, FieldSpec
from service.domain.geometry import union_of

_FEWEST_WORDS = 4
_MORE_LEADING = 0.2  # of the height
_POINTS, _PER_WORD = 1.5, 0.12
_ASKED = 1.0  # points of a resolution in a sentence that asks
_DATED = 1.1  # points of the date behind an order's number
_TOLD = ("purchase_date", "failure_date", "installation_date")
_DAY_BEFORE, _FARTHEST_BACK = 1.0, 110  # points; characters
_REASON_LENGTH = 6  # letters of a phrase that tells the reason
_CLOSE = 3  # characters between a label and a value that stands directly behind it
_FARTHEST = 60  # characters between a cue and its value
_SENTENCE_END = re.compile(r"(?<=[^\s.])(?<!\b\d)(?<!\b\d\d)[.!?;](?:\s|$)")  # no day of a month ends one
_FILE = re.compile(r"\.(?:pdf|jpe?g|png|gif|heic|docx?|xlsx?|mp4|mov|zip)$", re.IGNORECASE)
_SPAN_OF = {
    EntryType.DATE: SpanType.DATE,
    EntryType.IDENTIFIER: SpanType.REFERENCE,
    EntryType.AMOUNT: SpanType.AMOUNT,
    EntryType.QUANTITY: SpanType.AMOUNT,
    EntryType.IBAN: SpanType.IBAN,
}
_NUMBERS, _SHORTEST_NUMBER = ("return_number", "claim_number", "authorization_number"), 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A value that a phrase of the same sentence points to."""

    name: str
    span: Span
    score: float
    phrase: str


@lru_cache(maxsize=16)
def paragraphs(reading: Reading) -> tuple[Segment, ...]:
    """Blocks of running text, each as one run of words; blocks of one short line too."""
    entries = [e for e in find_entries(reading) if not all(n.startswith("other") for n, _ in e.label.names())]
    used = {id(piece) for entry in entries for piece in entry.pieces}
    hidden = table_lines(reading)
    leading = _usual_leading(reading)
    found = []
    for block in reading.layout.blocks:
        lines = [s for s in block.segments if id(s) not in used and s.line not in hidden]
        for part in _parted(lines, leading):
            words = tuple(word for segment in part for word in segment.words)
            if len(words) >= _FEWEST_WORDS or (words and words[0].text[:1].isalpha()):
                found.append(Segment(words, part[0].line))
    return tuple(sorted(found, key=lambda s: (s.page, s.words[0].box.top)))


def _usual_leading(reading: Reading) -> float:
    """The gap between two lines of a paragraph, in heights: that of the closest fifth of all lines that follow."""
    gaps = sorted(
        (b.box.top - a.box.bottom) / max(1.0, a.box.height)
        for block in reading.layout.blocks
        for a, b in itertools.pairwise(block.segments)
        if len(a.words) > _FEWEST_WORDS
    )
    return gaps[len(gaps) // 5] if gaps else 0.5


def _parted(lines: Sequence[Segment], leading: float) -> Iterator[list[Segment]]:
    """The lines of a block, parted where the gap between two is wider than within a paragraph."""
    part: list[Segment] = []
    for line in lines:
        if part and (line.box.top - part[-1].box.bottom) / max(1.0, line.box.height) > leading + _MORE_LEADING:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


@lru_cache(maxsize=16)
def find_cues(reading: Reading) -> tuple[Cue, ...]:
    """Dates, references and amounts that sentences name, best first; the date right behind an order is that of its
    purchase.
    """
    lexicon = reading.vocabulary.lexicon
    found: list[Cue] = []
    options = {segment.words[0] for segment in option_segments(reading)}
    for paragraph in paragraphs(reading):
        if paragraph.words[0] in options:
            continue  # what may be chosen says nothing of what is
        hits = find_hits(paragraph, lexicon.fields)
        cues = find_hits(paragraph, lexicon.table("cues"))
        for hit in (*hits, *cues):
            found += _cues_at(reading, paragraph, hit, (*hits, *cues))
    days = [(cue, _day_behind(reading, cue)) for cue in found]
    found += [Cue("purchase_date", day, _DATED, cue.phrase) for cue, day in days if day is not None]
    return tuple(sorted(found, key=lambda c: (-c.score, c.span.segment.line, c.span.start)))


def _day_behind(reading: Reading, cue: Cue) -> Span | None:
    """The date of an order or an invoice: "order 4711 of 3 May 2026"; a label's entry beneath it is none."""
    if cue.name not in ("sale_order_reference", "invoice_reference"):
        return None
    for day in reading.spans(cue.span.segment, SpanType.DATE):
        between = cue.span.segment.text[cue.span.end : day.start]
        parted = ":" in between or _SENTENCE_END.search(between)
        if day.start >= cue.span.end and len(between.split()) <= 3 and not parted:
            return day
    return None


def _cues_at(reading: Reading, paragraph: Segment, hit: Hit, hits: Sequence[Hit]) -> Iterator[Cue]:
    for meaning in hit.meanings:
        kind = _SPAN_OF.get(entry_type(meaning.name))
        if kind is None or (meaning.weight < STRONG and (kind is SpanType.DATE or _has_strong(hit))):
            continue
        spans = (s for s in reading.spans(paragraph, kind) if not _FILE.search(s.raw))
        span = next((s for s in spans if s.start >= hit.end), None)
        if (
            span is None
            or span.start - hit.end > _FARTHEST
            or _SENTENCE_END.search(paragraph.text[hit.end : span.start])
        ):
            yield from _day_before(reading, paragraph, hit, meaning.name)
            continue
        between = paragraph.text[hit.end : span.start]
        nearer = any(h.start >= hit.end and h.end <= span.start and _means(h, kind) for h in hits if h is not hit)
        if nearer:
            continue
        if kind is SpanType.REFERENCE and len(between.split()) > 2:
            continue
        score = meaning.weight * (_POINTS - _PER_WORD * len(between.split()))
        if score > 0:
            yield Cue(meaning.name, span, score, hit.text)


def _day_before(reading: Reading, paragraph: Segment, hit: Hit, name: str) -> Iterator[Cue]:
    """The day that a sentence names before what happened on it: "On 3 May 2026 I ordered"."""
    days = [s for s in reading.spans(paragraph, SpanType.DATE) if s.end <= hit.start]
    if name not in _TOLD or not days:
        return
    between = paragraph.text[days[-1].end : hit.start]
    if len(between) <= _FARTHEST_BACK and not _SENTENCE_END.search(between):
        yield Cue(name, days[-1], _DAY_BEFORE - _PER_WORD / 2 * len(between.split()), hit.text)


def _has_strong(hit: Hit) -> bool:
    return any(meaning.weight == STRONG for meaning in hit.meanings)


def _means(hit: Hit, kind: SpanType) -> bool:
    return any(m.weight == STRONG and _SPAN_OF.get(entry_type(m.name)) is kind for m in hit.meanings)


def prose_fields(reading: Reading, names: Sequence[str], specs: Mapping[str, FieldSpec]) -> dict[str, AnyField]:
    """The fields among ``names`` that sentences give; one value serves one field."""
    fields: dict[str, AnyField] = {}
    used: set[tuple[int, int]] = set()
    for cue in find_cues(reading):
        place = (cue.span.segment.line, cue.span.start)
        if cue.name in _NUMBERS and len(str(cue.span.value)) < _SHORTEST_NUMBER:
            continue
        if cue.name in names and cue.name in specs and cue.name not in fields and place not in used:
            used.add(place)
            span = with_prefix(cue.span) if cue.span.type is SpanType.REFERENCE else cue.span
            value = abs(span.amount) if span.type is SpanType.AMOUNT else span.value
            fields[cue.name] = printed(
                value, span.raw, confidence_of(cue.score), span.page, span.box, f"after “{cue.phrase}”"
            )
    return fields


def request_in_prose(reading: Reading) -> AnyField | None:
    """The resolution that a sentence asks for."""
    table = reading.vocabulary.lexicon.table("requests")
    for paragraph in paragraphs(reading):
        hits = find_hits(paragraph, table)
        if hits:
            best = max(hits, key=lambda h: len(h.text))
            return printed(
                best.meanings[0].name, best.text, confidence_of(1.5), paragraph.page, best.box, "words of asking"
            )
    return _asked_for(reading)


def _asked_for(reading: Reading) -> AnyField | None:
    """The resolution that a sentence of a letter names which asks for something, in whatever words."""
    table = reading.vocabulary.lexicon.table("asks")
    for paragraph in body_of(reading):
        asks = find_hits(paragraph, table)
        for start, end in sentences(paragraph.text) if asks else ():
            text = paragraph.text[start:end]
            sense = resolution_of(reading, text) if any(start <= hit.start < end for hit in asks) else None
            if sense is not None:
                part = paragraph.part(*paragraph.word_range(start, end))
                sure = confidence_of(_ASKED)
                return printed(sense.name, text.strip(), sure, part.page, part.box, "sentence that asks")
    return None


def account_in_letter(reading: Reading) -> AnyField | None:
    """The one account that the body of a letter names."""
    spans = [span for paragraph in body_of(reading) for span in reading.spans(paragraph, SpanType.IBAN) if span.valid]
    if len({span.value for span in spans}) != 1:
        return None
    span = spans[0]
    return printed(span.value, span.raw, confidence_of(1.2), span.page, span.box, "form of an IBAN, in the letter")


def letter_date(reading: Reading, used: Sequence[AnyField]) -> AnyField | None:
    """The date that stands by itself, or behind a town, in the upper half or at the end of a letter."""
    taken = {field.provenance.box for field in used}
    best: tuple[float, Span] | None = None
    for segment in reading.layout.segments():
        for span in reading.spans(segment, SpanType.DATE):
            rest = segment.text[: span.start] + segment.text[span.end :]
            if span.box in taken or len(rest.split()) > 3:
                continue
            page = reading.layout.pages[span.page - 1].size
            points = 1.2 - 0.2 * len(rest.split()) + 0.3 * (span.box.x0 > page.width / 2) - 0.1 * span.page
            if best is None or points > best[0]:
                best = (points, span)
    if best is None:
        return None
    points, span = best
    return printed(span.value, span.raw, confidence_of(points), span.page, span.box, "date that stands by itself")


def reason_in_prose(reading: Reading) -> tuple[Found, Sense] | None:
    """The sentence of a letter's body that says why goods come back: the one with the longest phrase of a reason."""
    best: tuple[int, Found, Sense] | None = None
    for paragraph in body_of(reading):
        for start, end in sentences(paragraph.text):
            text = paragraph.text[start:end].strip()
            sense = reason_of(reading, text)
            length = len(squeeze(text[sense.start : sense.end])) if sense is not None else 0
            if sense is not None and length >= _REASON_LENGTH and (best is None or length > best[0]):
                first, last = paragraph.word_range(start, end)
                box = union_of(word.box for word in paragraph.words[first:last])
                best = (length, Found(text, text, paragraph.page, box), sense)
    return None if best is None else (best[1], Sense(best[2].name, 0.8, best[2].start, best[2].end))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start() + 1
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def first_sentence(piece: Segment) -> Segment:
    """The words of a text up to its first full stop."""
    end = next(sentences(piece.text))[1]
    return piece.part(*piece.word_range(0, max(1, end)))


def body_of(reading: Reading) -> Iterator[Segment]:
    """The paragraphs between greeting and closing words; none where there is no greeting."""
    table = reading.vocabulary.lexicon.table("prose")
    begun = False
    for paragraph in paragraphs(reading):
        first = find_hits(paragraph, table)
        begins = bool(first) and first[0].start == 0
        if begins and first[0].weight("greeting") and len(paragraph.words) < 8:
            begun = True
        elif begins and first[0].weight("closing"):
            return
        elif begun:
            yield paragraph


@lru_cache(maxsize=16)
def is_letter(reading: Reading) -> bool:
    """Whether greeting or closing words stand in it as in a letter."""
    table = reading.vocabulary.lexicon.table("prose")
    for segment in reading.layout.segments():
        if len(segment.text) < 60:
            hits = find_hits(segment, table)
            if hits and hits[0].start == 0 and (hits[0].weight("greeting") or hits[0].weight("closing")):
                return True
    return False


def value_in(reading: Reading, segment: Segment, name: str, *, directly: bool = False) -> Found | None:
    """The value that a label within a run of text has behind it; ``directly`` where no word may stand between, nor
    the label mean something else unless a colon follows.
    """
    for hit in find_hits(segment, reading.vocabulary.lexicon.fields):
        sure = hit.weight(name) == STRONG or is_code_label(segment.text, Phrase(hit.meanings, hit.start, hit.end))
        if hit.weight(name) and (sure or not directly):
            start = hit.end
            text = segment.text[start:]
            if not text.strip(" :.#"):
                continue
            start += len(text) - len(text.lstrip(" :.#"))
            first, last = segment.word_range(start, len(segment.text))
            found = find_value(reading, (segment.part(first, last),), entry_type(name))
            if found is None or not directly or segment.text[start:].find(found.raw) in range(_CLOSE):
                return found
    return None


def withdrawal_words(reading: Reading) -> Found | None:
    """The words by which a customer withdraws from the purchase: a title or a sentence."""
    table = reading.vocabulary.lexicon.table("prose")
    for segment in reading.layout.segments():
        for hit in find_hits(segment, table):
            if hit.weight("withdrawal"):
                return Found(hit.text, hit.text, segment.page, hit.box)
    return None
