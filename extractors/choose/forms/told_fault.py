"""What a letter says is wrong: the sentences of its body that tell the fault, without those that tell other things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import find_entries
from extractors.choose.forms.frames import option_segments, table_lines
from extractors.choose.forms.headings import find_headings
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.prose import body_of, sentences
from extractors.choose.forms.table import row_lines
from extractors.choose.hits import find_hits, find_phrases
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.layout.lines import Segment
from service.domain.fields import AnyField

_FAULTS = ("defective", "damaged", "missing_parts")
_ASIDE = frozenset({"asking", "return", "claim"})
_TYPED = (SpanType.DATE, SpanType.REFERENCE, SpanType.IBAN, SpanType.EMAIL)
_LONG, _PER_SIGN, _PER_VALUE = 30, 1.0, 0.3  # words that count; points
_LEAST, _MOST = 0.2, 1.8  # points
_FEWEST_WORDS, _SMALL_PRINT, _ASKS, _ALONE = 4, 0.9, 0.5, 1.0  # words; of the usual size; how sure a label; points
_NUMBER = re.compile(r"\d{1,2}[.)]?")  # of a part of the form
_SINCE = re.compile(r"^\W*(?:[^\W\d_]+\s+){1,3}$")  # "Since", "Desde el" before the day that a sentence begins with


def fault_in_letter(reading: Reading) -> AnyField | None:
    """The sentences of one paragraph that say what is wrong: by its words, else the longest that name nothing else."""
    best: tuple[float, Segment] | None = None
    for paragraph in body_of(reading):
        for part in _telling(reading, paragraph):
            points = _points(reading, part)
            if points > _LEAST and (best is None or points > best[0]):
                best = (points, part)
    if best is None:
        return None
    points, part = best
    sure = confidence_of(min(points, _MOST))
    return printed(part.text, part.text, sure, part.page, part.box, "sentences of the letter")


def fault_alone(reading: Reading) -> AnyField | None:
    """On a form: the one run of text that stands without a label, alone on its line, and says what is wrong."""
    entries = [entry for entry in find_entries(reading) if not entry.label.weight("requested_resolution")]
    taken = {piece for entry in entries for piece in entry.pieces} | {h.segment for h in find_headings(reading)}
    taken |= option_segments(reading) | {label.segment for label in find_labels(reading) if label.sure >= _ASKS}
    hidden = row_lines(reading) | table_lines(reading) | reading.layout.furniture
    alone = [
        segments[0]
        for line in reading.layout.lines
        if line.number not in hidden
        and len(segments := [s for s in line.segments if not _NUMBER.fullmatch(s.text)]) == 1
    ]
    found = [s for s in alone if s not in taken and _is_entered(reading, s) and _signs(reading, s)]
    if len(found) != 1:
        return None
    text = found[0].text
    return printed(text, text, confidence_of(_ALONE), found[0].page, found[0].box, "alone on its line")


def _is_entered(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text may have been written in: some words that are no sentence of the print's."""
    may_be = len(segment.words) >= _FEWEST_WORDS and segment.size > _SMALL_PRINT * reading.usual_size
    typed = any(reading.spans(segment, kind) for kind in _TYPED)
    return may_be and not typed and not segment.text.endswith((".", ":", "?")) and not _is_aside(reading, segment)


def _telling(reading: Reading, paragraph: Segment) -> Iterator[Segment]:
    """The longest run of sentences that tell nothing but a fault."""
    kept: list[Segment] = []
    for start, end in (*sentences(paragraph.text), (0, 0)):
        part = paragraph.part(*paragraph.word_range(start, end)) if end else None
        if part is not None and part.words and not _is_aside(reading, part):
            kept.append(part)
        elif kept:
            whole = Segment(tuple(word for one in kept for word in one.words), paragraph.line)
            yield _without_day(reading, whole)
            kept = []


def _is_aside(reading: Reading, sentence: Segment) -> bool:
    """Whether a sentence tells of the purchase, asks for something, encloses papers or says how one is reached."""
    lexicon = reading.vocabulary.lexicon
    if sentence.text.endswith(":") or find_hits(sentence, lexicon.table("requests")):
        return True
    if any(hit.weight("purchase_date") for hit in find_hits(sentence, lexicon.table("cues"))):
        return True
    says = {m.name for hit in find_hits(sentence, lexicon.table("prose")) for m in hit.meanings} & _ASIDE
    located = any(hit.weight("address") for hit in find_hits(sentence, lexicon.table("reached")))
    tells_else = located or find_hits(sentence, lexicon.table("asides"))
    return bool(says or tells_else) and _signs(reading, sentence) == 0


def _without_day(reading: Reading, part: Segment) -> Segment:
    """The text without the day that it begins with: "Since 4 May 2026 the pump leaks"."""
    days = reading.spans(part, SpanType.DATE)
    if not days or not _SINCE.match(part.text[: days[0].start]):
        return part
    first = part.word_range(min(days[0].end + 1, len(part.text) - 1), len(part.text))[0]
    while first < len(part.words) and not any(c.isalnum() for c in part.words[first].text):
        first += 1
    return part.part(first, len(part.words)) if first < len(part.words) - 1 else part


def _signs(reading: Reading, part: Segment) -> int:
    lexicon = reading.vocabulary.lexicon
    reasons = [p for p in find_phrases(part.text, lexicon.table("reasons")) if p.meanings[0].name in _FAULTS]
    return len(reasons) + len(find_phrases(part.text, lexicon.table("fault_words")))


def _points(reading: Reading, part: Segment) -> float:
    typed = sum(len(reading.spans(part, kind)) for kind in _TYPED)
    words = min(len(part.words), _LONG) / _LONG
    return _PER_SIGN * _signs(reading, part) + words - _PER_VALUE * typed
