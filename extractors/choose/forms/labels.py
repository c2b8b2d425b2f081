"""Which phrases of a form are labels that ask for an entry, and under which heading they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from extractors.choose.forms.composed import composed_meanings, label_text
from extractors.choose.forms.frames import SUMS, boxed_headers, is_label_row, option_segments, table_lines
from extractors.choose.forms.headings import Heading, answers, find_headings, section_of
from extractors.choose.forms.placed import names_in_section
from extractors.choose.hits import Hit
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import STRONG, Meaning, squeeze
from extractors.layout.lines import Segment

_NOTE = re.compile(r"\.?\s*(?:\([^)]{0,90}\)?|\[[^\]]{0,90}\]|[*†¹²³]+|(?<=\w)\d?\))")
_COLON = re.compile(r"\s*\.?\s*[:：?]+\s*")
_ENUMERATED = re.compile(r"^(?:\W*(?:\d{1,2}(?:\.\d{1,2})?|[a-zA-Z])[.)]\s*)?\W*$")
_HEADED_BY = re.compile(r"^\d{1,2}\s$")  # the number before a heading: "5 Preferred solution"
_SLASHED = re.compile(r"^[^\W\d_][^\d:/]{1,24}/\s*$")  # another word for the same: "Home owner / customer"
_SAME_PRINT = 0.85  # of a text's size, which the line that goes on with it has at least
_FULL_LINE = 8  # words of a line that a sentence fills
_NEXT_LINE = 1.8  # of the height, between the tops of two lines of one paragraph
_JOINT = re.compile(r"^\s*(?:[/&+|,]|-|–|\b(?:and|or|und|oder|bzw|et|ou|y|o|e|en|of)\b\.?)\s*$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|&)\s+[^\W\d_]", re.IGNORECASE)
_LONGEST = 10  # words of a label
_DASH = re.compile(r"(?:\s[–—|·•-]|[(:])\s*$")
_UNKNOWN_TAIL = re.compile(r"(?:\s+[^\W\d_][^\s:]*){1,4}\s*:\s*")
_FILLERS = frozenset(
    "your the my our a an please state enter give provide ihr ihre ihren die der das den dem mein meine unser unsere "
    "bitte votre vos le la les mon ma notre su sus el los las mi il lo gli suo sua i uw de het je mijn ons onze "
    "l abzgl abzuglich less minus moins menos meno min minus".split()
)
_AMOUNT = 3  # words of an amount with its currency
_SURE, _APART, _TYPED, _BARE, _IN_TEXT = 1.0, 0.9, 0.65, 0.5, 0.15
_BEHIND_DASH, _BEHIND_COMMA, _LONGER = (
    0.7,
    0.6,
    0.4,
)  # behind a dash, a comma; with words that we don't know before its colon
_WIDE, _WIDER = 0.5, 1.6  # of the height, and of the usual gap; what parts an entry from its label
_COMPOSED, _COMPOSED_BARE = 0.85, 0.72  # a label told by what its words are about; without a colon
_MOST_BEFORE = 8  # characters before it: a number, an article
_ASKED_BY = {"fault": "fault_description", "customer": "customer", "dealer": "dealer_name"}
_HEADS, _HEADED, _SLACK = 0.8, 2.6, 4.0  # how sure a heading asks; heights to what it asks for; points
_TITLE, _LARGEST = 1.35, 0.9  # of the usual size, and of the largest
_NOTHING = " .*-–_$€£"  # what may stand behind a label that its entry doesn't
_LISTED = 0.6  # how sure a listed label is that makes looking at its words needless


@dataclass(frozen=True, eq=False)
class Label:
    """A phrase that asks for an entry: how surely (0..1), where in its segment the entry may begin, and the section
    of the form that it stands in.
    """

    hit: Hit
    sure: float
    rest: int
    end: int  # where in the segment the next label begins
    section: str | None
    meanings: tuple[Meaning, ...]

    @property
    def segment(self) -> Segment:
        """The run of text that it is part of."""
        return self.hit.segment

    def weight(self, name: str) -> float:
        """How surely it asks for the field ``name``, its section taken into account."""
        return max((weight for found, weight in self.names() if found == name), default=0.0)

    def names(self) -> tuple[tuple[str, float], ...]:
        """The fields that it may ask for, with weights."""
        return self._names

    @cached_property
    def _names(self) -> tuple[tuple[str, float], ...]:
        return names_in_section(self.hit.text, self.meanings, self.section)


_TOWNS = ("city", "postcode_city", "postcode")


@lru_cache(maxsize=16)
def find_labels(reading: Reading) -> tuple[Label, ...]:
    """The labels of the document in its order; headers of tables, headings and texts of options are none."""
    hidden = table_lines(reading)
    options = option_segments(reading)
    headings = find_headings(reading)
    skipped = {heading.segment for heading in headings}
    found = [*_boxed(reading, headings), *_answered(reading, headings)]
    skipped |= {label.segment for label in found}
    for segment in reading.layout.segments():
        if segment.line in hidden or segment in options or segment in skipped or answers(reading, segment):
            continue
        share = _IN_TEXT if _goes_on(reading, segment) else 1.0
        found += _labels_in(reading, segment, headings, share)
    return tuple(_hours_of_goods(found))


def _hours_of_goods(labels: Sequence[Label]) -> Iterator[Label]:
    """The labels, with bare "Hours" in a line with a machine's number those that it ran, not those worked on it."""
    goods = {label.segment.line for label in labels if label.sure >= _LISTED and label.weight("serial_number")}
    for label in labels:
        hours = label.segment.line in goods and label.weight("labour_hours") and label.weight("usage_value")
        meanings = (Meaning("usage_value", STRONG),) if hours else label.meanings
        yield replace(label, meanings=meanings) if hours else label


def _boxed(reading: Reading, headings: Sequence[Heading]) -> Iterator[Label]:
    """Names of columns that stand in a row of boxes as their labels."""
    for header in boxed_headers(reading):
        lines = reading.layout.lines[header.first_line : header.last_line + 1]
        for segment in (s for line in lines for s in line.segments):
            column = next((c for c in header.columns if c.names[0] and c.box.x_overlap(segment.box) > 0), None)
            if column is not None:
                meanings = tuple(Meaning(name, STRONG) for name in column.names[:1])
                hit = Hit(meanings, segment, 0, len(segment.text))
                yield Label(hit, _SURE, len(segment.text), len(segment.text), section_of(hit, headings), meanings)


def _answered(reading: Reading, headings: Sequence[Heading]) -> Iterator[Label]:
    """Headings that ask for what stands right below them, without a label of its own."""
    hidden, options = table_lines(reading), option_segments(reading)
    for heading in headings:
        name, segment = _ASKED_BY.get(heading.name), heading.segment
        below = _right_below(reading, segment) if name is not None else None
        if name is None or below is None or below.line in hidden or below in options or below.text.endswith(":"):
            continue
        if not _is_label_alone(reading, below) and not is_label_row(reading, reading.line_of(below)):
            meanings = (Meaning(name, STRONG),)
            hit = Hit(meanings, segment, 0, len(segment.text))
            yield Label(hit, _HEADS, len(segment.text), len(segment.text), None, meanings)


def _is_label_alone(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text is, or begins with, a label that a colon follows."""
    hits = reading.hits(segment)
    if not hits or hits[0].start > _MOST_BEFORE:
        return False
    behind = _after_notes(segment.text, hits[0].end)
    strong = any(m.weight == STRONG for m in hits[0].meanings)
    return _COLON.match(segment.text, behind) is not None or (strong and not segment.text[behind:].strip(" .*"))


def _right_below(reading: Reading, segment: Segment) -> Segment | None:
    """The first run of text of the nearest line below that begins where the heading does, or a little further in."""
    for line in reading.lines_below(segment, _HEADED * segment.size):
        for other in line.segments:
            if -_SLACK <= other.box.x0 - segment.box.x0 <= 2 * segment.size:
                return other
    return None


def _goes_on(reading: Reading, segment: Segment) -> bool:
    """Whether a run of text goes on with a sentence of the line above."""
    if not segment.text[:1].islower() or segment.line == 0:
        return False
    above = reading.layout.lines[segment.line - 1].segments
    aligned = [s for s in above if abs(s.box.x0 - segment.box.x0) < 3 and s.box.width > segment.box.width]
    aligned = [s for s in aligned if segment.size > _SAME_PRINT * s.size]
    return bool(aligned) and len(aligned[0].words) > 5 and not aligned[0].text.endswith((".", ":", "?", "!"))


def _labels_in(reading: Reading, segment: Segment, headings: Sequence[Heading], share: float) -> list[Label]:
    hits = reading.hits(segment)
    found: list[Label] = []
    for index, hit in enumerate(hits):
        sure, rest = _sureness(reading, hits, index)
        end = next((h.start for h in hits[index + 1 :] if h.start >= rest and _may_ask(h)), len(segment.text))
        section = section_of(hit, headings)
        end = max(rest, _entry_end(hits, index, rest, end))
        found.append(Label(hit, sure * share, rest, end, section, _meanings(hits, index)))
    may_compose = share == 1.0 and not _is_listed(found) and not _ends_sentence(reading, segment)
    composed = _composed(reading, segment, headings) if may_compose else None
    return found if composed is None else [composed, *(label for label in found if label.hit.start >= composed.rest)]


def _may_ask(hit: Hit) -> bool:
    """Whether a phrase within a run of text may be a label of its own rather than part of the entry before it."""
    text = hit.segment.text
    position = _after_notes(text, hit.end)
    if _COLON.match(text, position) or not text[position:].strip(_NOTHING):
        return True
    return _by_print(hit, position) > _IN_TEXT


def _ends_sentence(reading: Reading, segment: Segment) -> bool:
    """Whether a full line of running text above goes on here: "… failed within the / warranty period:"."""
    if segment.line == 0:
        return False
    above = reading.layout.lines[segment.line - 1].segments[-1]
    is_next = 0 < segment.box.top - above.box.top < _NEXT_LINE * segment.box.height
    return (
        is_next
        and abs(above.box.x0 - segment.box.x0) < segment.box.height
        and len(above.words) >= _FULL_LINE
        and above.text[-1:].isalpha()
    )


def _is_listed(labels: Sequence[Label]) -> bool:
    """Whether the first phrase of a run of text that begins a label is a listed one."""
    first = min(labels, key=lambda label: label.hit.start, default=None)
    return first is not None and first.sure >= _LISTED and first.hit.start <= _MOST_BEFORE


def _composed(reading: Reading, segment: Segment, headings: Sequence[Heading]) -> Label | None:
    """The label that a run of text begins with by what its words are about."""
    text, rest, colon = label_text(segment)
    meanings = composed_meanings(reading.vocabulary.lexicon, text, sure=colon)
    if not meanings:
        return None
    hit = Hit(meanings, segment, 0, len(text))
    sure = _COMPOSED if colon else _COMPOSED_BARE
    return Label(hit, sure, rest, len(segment.text), section_of(hit, headings), meanings)


def _meanings(hits: Sequence[Hit], index: int) -> tuple[Meaning, ...]:
    """What a label means; of two that are joined, as in "Hours / mileage", what both may mean."""
    own = hits[index].meanings
    for joint, other in ((index, index + 1), (index - 1, index - 1)):
        if joint >= 0 and _is_joint(hits, joint):
            common = tuple(Meaning(m.name, STRONG, m.languages) for m in own if hits[other].weight(m.name))
            own = common or _whole_address(hits[index], hits[other]) or own
    return own


def _whole_address(a: Hit, b: Hit) -> tuple[Meaning, ...]:
    """What "street, town" asks for: the address."""
    if any(one.weight("street") and any(other.weight(n) for n in _TOWNS) for one, other in ((a, b), (b, a))):
        return (Meaning("customer_address", STRONG, a.meanings[0].languages),)
    return ()


def _entry_end(hits: Sequence[Hit], index: int, rest: int, end: int) -> int:
    """An entry goes on over a phrase within it that no colon follows: "Order: Sales order SO12"."""
    text = hits[index].segment.text
    for following in (hit for hit in hits[index + 1 :] if hit.start >= rest):
        if _COLON.match(text, _after_notes(text, following.end)):
            return following.start
    behind = _after_notes(text, hits[index].end)
    is_set_off = _COLON.match(text, behind) is not None or _is_set_off(hits, index, behind)
    return len(text) if is_set_off else end


def _is_set_off(hits: Sequence[Hit], index: int, behind: int) -> bool:
    """Whether the entry begins behind a gap or in other print, and no phrase in it does so again."""
    if not hits[index].segment.text[behind:].strip():
        return False
    parted = [_by_print(hit, _after_notes(hit.segment.text, hit.end)) for hit in hits[index + 1 :]]
    return _by_print(hits[index], behind) == _APART and _APART not in parted


def _is_joint(hits: Sequence[Hit], index: int) -> bool:
    text = hits[index].segment.text
    return index + 1 < len(hits) and bool(
        _JOINT.match(text[_after_notes(text, hits[index].end) : hits[index + 1].start])
    )


def _after_notes(text: str, position: int) -> int:
    """Past remarks in brackets and asterisks behind a label, that one too which the label's own words begin."""
    if text.count("(", 0, position) > text.count(")", 0, position) and ")" in text[position:]:
        position = text.index(")", position) + 1
    while match := _NOTE.match(text, position):
        if match.end() == position:
            break
        position = match.end()
    return position


def _sureness(reading: Reading, hits: Sequence[Hit], index: int) -> tuple[float, int]:
    """How surely a phrase is a label, and where its entry begins."""
    hit = hits[index]
    text = hit.segment.text
    if _is_joint(hits, index):
        sure, rest = _sureness(reading, hits, index + 1)
        return (sure if sure > _IN_TEXT else _lead(hits, index) * sure), rest
    position = _after_notes(text, hit.end)
    colon = _COLON.match(text, position)
    lead = _lead(hits, index)
    if lead == 1.0 and _is_sum(reading, hit):
        return _APART, len(text)
    if colon is not None:
        return (_SURE if lead == 1.0 else max(lead, 0.6)), colon.end()
    unknown = _UNKNOWN_TAIL.match(text, position)
    if unknown is not None and not any(h.start < unknown.end() for h in hits[index + 1 :]):
        return lead * _LONGER, unknown.end()
    if not text[position:].strip(_NOTHING):
        return lead * (_IN_TEXT if _is_title(reading, hit.segment) else _SURE), len(text)
    if lead == 1.0 and _asks_on(reading, hit.segment, position):
        return _APART, len(text)
    by_print = _by_print(hit, position)
    return lead * (_IN_TEXT if by_print == _BARE and _is_title(reading, hit.segment) else by_print), position


def _asks_on(reading: Reading, segment: Segment, position: int) -> bool:
    """Whether a label in bold print asks for more in words that none knows: "Problem and what you have tried". In a
    picture, which doesn't tell bold print, it stands alone in its line.
    """
    text = segment.text[position:]
    is_alone = reading.layout.pages[segment.page - 1].from_ocr and len(reading.line_of(segment).segments) == 1
    is_short = len(segment.words) <= _LONGEST and (is_alone or all(word.bold for word in segment.words))
    return is_short and _AND.match(text) is not None and not any(c.isdigit() for c in text)


def _is_sum(reading: Reading, hit: Hit) -> bool:
    """Whether its amount stands alone right of it, whatever says how that comes about: "Labour 2 h @ 42.00   84.00"."""
    if not any(hit.weight(name) == STRONG for name in SUMS):
        return False
    segments = reading.line_of(hit.segment).segments
    following = segments[segments.index(hit.segment) + 1 :][:1]
    return any(
        len(s.words) <= _AMOUNT
        and not reading.hits(s)
        and any(span.looks_like_money for span in reading.spans(s, SpanType.AMOUNT))
        for s in following
    )


def _is_title(reading: Reading, segment: Segment) -> bool:
    """Whether it is the largest text of the document, and much larger than most."""
    return segment.size > max(_TITLE * reading.usual_size, _LARGEST * _largest(reading))


@lru_cache(maxsize=16)
def _largest(reading: Reading) -> float:
    return max((segment.size for segment in reading.layout.segments()), default=0.0)


def _lead(hits: Sequence[Hit], index: int) -> float:
    """1 where nothing but a number, an article or another label stands before; little within a sentence."""
    text = hits[index].segment.text
    before = text[: hits[index].start]
    if _ENUMERATED.match(before) or all(squeeze(w) in _FILLERS or not squeeze(w) for w in before.split()):
        return 1.0
    if index and _is_joint(hits, index - 1):
        return _lead(hits, index - 1)
    if _HEADED_BY.match(before) and hits[index].segment.bold:
        return 1.0
    if before.rstrip().endswith(","):
        return _BEHIND_COMMA
    if _SLASHED.match(before):
        return _BEHIND_DASH
    return _BEHIND_DASH if _DASH.search(before) else _IN_TEXT


def _by_print(hit: Hit, position: int) -> float:
    """Without a colon: a gap, other print or a figure right behind it tell an entry from a sentence that goes on."""
    segment = hit.segment
    text = segment.text[position:].lstrip(" .-–")
    start = len(segment.text) - len(text)
    first = segment.word_range(start, start + 1)[0]
    if text and first > 0:
        before, word = segment.words[first - 1], segment.words[first]
        if _is_apart(segment, first) or before.bold != word.bold or abs(before.size - word.size) > 0.15 * before.size:
            return _APART
    if any(c.isdigit() for c in text.split(" ", 1)[0]):
        return _TYPED
    return _BARE if text[:1].isupper() else _IN_TEXT


def _is_apart(segment: Segment, index: int) -> bool:
    """Whether the gap before a word is wider than the spaces of its run of text."""
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(segment.words)]
    gap, others = gaps[index - 1], sorted(gaps[: index - 1] + gaps[index:])
    usual = others[len(others) // 2] if others else 0.33 * segment.size
    return gap > max(_WIDE * segment.size, _WIDER * usual)
