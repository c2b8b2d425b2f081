"""Finds the payment terms: what stands at their label, else the sentence that speaks of days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.headers import header_lines
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import Segment
from extractors.parse.dates import find_dates
from service.domain.fields import AnyField

_LONGEST = 200
_REACH = 2.2  # heights below the label
_BEHIND_LABEL, _BESIDE_LABEL, _SENTENCE = 1.6, 1.3, 1.3  # points
_SAYS_WHEN = 0.5  # points for a number of days or a date
_DAYS = re.compile(r"(?<![\d.,/])(?P<days>\d{1,3})\s?(?P<word>[^\W\d_]{1,8})")
_OTHER_LABEL = re.compile(r"^[^\d:]{3,30}:\s")
_FEWEST = 4  # characters
_SHORT = 50  # characters
_Found = tuple[float, str, Segment, str]


def choose_terms(reading: Reading) -> dict[str, AnyField]:
    """payment_terms, as printed: what says when to pay before what only says how; the first of equals."""
    best: _Found | None = None
    for points, text, segment, method in (*_labelled(reading), *_sentences(reading)):
        if not any(character.isalpha() for character in text):
            continue  # the day on which to pay
        sure = points + _SAYS_WHEN * _says_when(reading, text)
        if best is None or sure > best[0]:
            best = (sure, text, segment, method)
    return {} if best is None else {"payment_terms": _field(best[1], best[2], best[0], best[3])}


def _labelled(reading: Reading) -> Iterator[_Found]:
    for hit in reading.hits_of("payment_terms"):
        text, method = hit.segment.text, f"label “{hit.text}”"
        rest = text[hit.end :].strip(" :.-")
        if len(rest) >= _FEWEST and text[hit.end :].lstrip().startswith(":"):
            yield _BEHIND_LABEL, rest, hit.segment, method
        elif len(rest) >= _FEWEST and _says_when(reading, rest) and hit.start <= 2:
            yield _BEHIND_LABEL, sentence_of(reading, hit.segment), hit.segment, method
        elif len(rest) >= _FEWEST and reading.hits(hit.segment)[-1].start <= hit.end + 2:
            yield _BEHIND_LABEL, rest, hit.segment, method
        else:
            beside = _beside(reading, hit.segment)
            if beside is not None and not _OTHER_LABEL.match(beside.text):
                yield _BESIDE_LABEL, sentence_of(reading, beside), beside, method


def _sentences(reading: Reading) -> Iterator[_Found]:
    words = lexicon().words
    for segment in reading.layout.segments():
        if len(segment.text) <= 10 or _is_due_date(reading, segment):
            continue
        if any(h.meanings[0].name == "terms" for h in find_hits(segment, words)):
            yield _SENTENCE, _without_label(sentence_of(reading, segment)), segment, "sentence about paying"
        behind_day = _behind_day(reading, segment)
        if any(days_in(behind_day)):
            yield _SENTENCE, behind_day, segment, "behind the day on which to pay"


def _without_label(text: str) -> str:
    """The sentence without a label before it, where it says by itself in how many days to pay."""
    label = _OTHER_LABEL.match(text)
    rest = text[label.end() :] if label else text
    return rest if any(days_in(rest)) else text


def _behind_day(reading: Reading, segment: Segment) -> str:
    """What a comma parts from the day that begins a text: "22.10.2026, netto 30 Tage"."""
    days = find_dates(segment.text, reading.day_order)
    rest = segment.text[days[0].end :] if days and days[0].start == 0 else ""
    return rest[2:] if rest.startswith(", ") and len(segment.text) <= _SHORT else ""


def _is_due_date(reading: Reading, segment: Segment) -> bool:
    """Whether it is the due date's label with no more than the date behind it, and no sentence."""
    hits = reading.hits(segment)
    if segment.text.endswith("."):
        return False
    rest = segment.text[hits[0].end :] if hits and hits[0].start == 0 and hits[0].weight("due_date") else segment.text
    return not any(c.isalpha() for c in rest)


def _says_when(reading: Reading, text: str) -> bool:
    """Whether a number of days or a date stands in it."""
    return bool(find_dates(text, reading.day_order)) or any(days_in(text))


def days_in(text: str) -> Iterator[re.Match[str]]:
    """Where numbers of ``days`` stand in a text."""
    words = lexicon().words
    for match in _DAYS.finditer(text):
        if any(meaning.name == "days" for meaning in words.get(squeeze(match["word"]), ())):
            yield match


def sentence_of(reading: Reading, segment: Segment) -> str:
    """The segment's text with the lines below that go on with it, up to a full stop."""
    text = segment.text
    for line in reading.lines_below(segment, _REACH * segment.size):
        if line.number in header_lines(reading):
            break
        under = [s for s in line.segments if abs(s.box.x0 - segment.box.x0) < 2]
        if text.endswith(".") or not under or reading.hits(under[0]) or _is_next_entry(reading, segment, under[0]):
            break
        text = f"{text} {under[0].text}"
    return text


def _is_next_entry(reading: Reading, value: Segment, below: Segment) -> bool:
    """Whether both stand right of labels at one edge, as the entries of a list do."""
    labels = [s.box.x0 for s in reading.line_of(value).segments if s.box.x1 < value.box.x0]
    others = [s.box.x0 for s in reading.line_of(below).segments if s.box.x1 < below.box.x0]
    return bool(labels and others) and abs(labels[-1] - others[-1]) < 3


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
