"""The article that a letter tells of: in its subject with a number, or in the sentence that says it was bought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.goods import noted_codes, without_codes
from extractors.choose.forms.prose import body_of, is_letter, sentences
from extractors.choose.forms.reasons import IN_PROSE, Fields
from extractors.choose.hits import find_hits, find_phrases
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.layout.lines import Segment
from service.domain.fields import FieldSpec
from service.domain.geometry import union_of

_SUBJECTS = 5  # lines above the greeting that may name the article
_WORD = re.compile(r"[^\s,;:()]+")
_MOST_WORDS, _FEWEST_LETTERS = 9, 4
_TYPED = (SpanType.DATE, SpanType.REFERENCE, SpanType.IBAN)
_BOUGHT = "purchase_date"  # the cues of buying point to its date


def told_goods(reading: Reading, specs: Mapping[str, FieldSpec]) -> list[Fields]:
    """The one article, as far as a letter names it."""
    if not is_letter(reading):
        return []
    for line in (*_in_subject(reading), *_bought(reading)):
        return [{name: found for name, found in line.items() if name in specs}]
    return []


def _in_subject(reading: Reading) -> Iterator[Fields]:
    """A line right above the greeting that gives a serial number or a code behind the article's name."""
    table = reading.vocabulary.lexicon.table("prose")
    for line in reading.layout.lines:
        hits = find_hits(line.segments[0], table)
        if hits and hits[0].start == 0 and hits[0].weight("greeting"):
            for above in reading.layout.lines[max(0, line.number - _SUBJECTS) : line.number]:
                segment = above.segments[0]
                codes = noted_codes(reading, segment, IN_PROSE)
                name = without_codes(reading, segment.text)
                if codes and name and name != segment.text:
                    yield {**_described(segment, 0, len(name), name), **codes}
            return


def _bought(reading: Reading) -> Iterator[Fields]:
    """What stands behind an article ("a", "the", "den", "un") in the sentence that says that it was bought."""
    lexicon = reading.vocabulary.lexicon
    articles = {key for key, meanings in lexicon.table("articles").items() if meanings}
    stops = frozenset(lexicon.table("stops"))
    for paragraph in body_of(reading):
        cues = [h for h in find_hits(paragraph, lexicon.table("cues")) if h.weight(_BOUGHT)]
        for start, end in sentences(paragraph.text) if cues else ():
            places = [hit for hit in cues if start <= hit.start < end]
            words = list(_WORD.finditer(paragraph.text, start, end))
            begun = [n for n, m in enumerate(words) if m.group().lower().strip(".'’") in articles]
            behind = [n for n in begun if places and words[n].start() >= places[0].end]
            for n in (*behind, *(n for n in reversed(begun) if places and n not in behind)):
                last = _end(reading, paragraph, words, n + 1, stops, places[0].start)
                text = paragraph.text[words[n + 1].start() : words[last].end()] if last > n else ""
                if find_phrases(text, lexicon.table("title_words")):
                    continue  # "your two-year warranty"
                if max((len(w) for w in text.split()), default=0) >= _FEWEST_LETTERS:
                    codes = noted_codes(reading, paragraph, IN_PROSE)
                    yield {**_described(paragraph, words[n + 1].start(), words[last].end(), text), **codes}


def _end(
    reading: Reading, paragraph: Segment, words: list[re.Match[str]], first: int, stops: frozenset[str], cue: int
) -> int:
    """The position of the last word of a name that begins with the word ``first``; before it where it has none."""
    typed = [(s.start, s.end) for kind in _TYPED for s in reading.spans(paragraph, kind)]
    dates = [(s.start, s.end) for s in reading.spans(paragraph, SpanType.DATE)]
    last = first - 1
    for n in range(first, min(len(words), first + _MOST_WORDS)):
        word = words[n]
        parted = n > first and paragraph.text[words[n - 1].end() : word.start()].strip()
        in_date = any(start <= word.start() < end for start, end in dates)
        is_code = n == first and any(start <= word.start() < end for start, end in typed)
        if parted or in_date or is_code or word.group().lower() in stops or word.start() == cue:
            break
        last = n
    return last


def _described(segment: Segment, start: int, end: int, text: str) -> Fields:
    first, last = segment.word_range(start, end)
    box = union_of(word.box for word in segment.words[first:last])
    text = text.strip(" .„“\"'»«")
    return {"description": printed(text, text, confidence_of(IN_PROSE), segment.page, box, "named in the letter")}
