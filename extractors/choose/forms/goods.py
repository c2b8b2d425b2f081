"""Goods that a letter or a withdrawal names in running text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.counted import BARE_CODE, COUNTED, NOTED, PIECES, is_code_label
from extractors.choose.forms.fields import value_field
from extractors.choose.forms.items import letter_items, unlisted
from extractors.choose.forms.meanings import reason_of
from extractors.choose.forms.prose import body_of, paragraphs, value_in
from extractors.choose.forms.reasons import IN_PROSE, Fields, reason_fields
from extractors.choose.forms.values import Found
from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.layout.lines import Segment
from service.domain.fields import FieldSpec
from service.domain.geometry import union_of

_AND = frozenset("and und et y e ed en plus & +".split())
_MOST_WORDS = 12
_MOST_OF_PRICE = 3  # words
_ASIDE = re.compile(r"\s\(|\s[–—-]\s")
_TAIL = re.compile(r"(?:\s[–—-]\s|:\s)(?P<tail>[^–—:]{3,60})$")


def listed_goods(reading: Reading, specs: Mapping[str, FieldSpec]) -> Iterator[Fields]:
    """Goods of a letter: "2 x Garden hose (code G954), serial no. 12", or lines that name an article's code."""
    listed = letter_items(reading)
    for item in listed:
        line = _item_line(reading, unlisted(item))
        if set(line) & {"description", "product_code"}:
            yield {name: found for name, found in line.items() if name in specs}
    if listed:
        return
    items = [item for paragraph in paragraphs(reading) for item in _items(paragraph)]
    counted = [(item, m) for item in items if (m := COUNTED.match(item.text)) is not None]
    for paragraph, match in counted:
        line = counted_line(reading, paragraph, match)
        yield {name: found for name, found in line.items() if name in specs}
    for paragraph in () if counted else body_of(reading):
        for item in _coded(reading, paragraph):
            codes = noted_codes(reading, item, IN_PROSE)
            if codes:
                line = {**_described(reading, item), **_count_within(item), **codes, **_reason_noted(reading, item)}
                yield {name: found for name, found in line.items() if name in specs}


def _item_line(reading: Reading, item: Segment) -> Fields:
    """What an item of a list says of an article."""
    match = COUNTED.match(item.text)
    if match is not None:
        return counted_line(reading, item, match)
    sure, place = confidence_of(IN_PROSE), (item.page, item.box)
    line = {**_described(reading, item), **_count_within(item), **noted_codes(reading, item, IN_PROSE)}
    bare = BARE_CODE.search(item.text)
    if "product_code" not in line and bare is not None and any(c.isdigit() for c in bare["code"]):
        line["product_code"] = printed(bare["code"], bare["code"], sure, *place, "code in brackets")
    return {**line, **_reason_noted(reading, item)}


def _coded(reading: Reading, paragraph: Segment) -> Iterator[Segment]:
    """A paragraph; its lines one by one where several of them name an article's code."""
    starts = [
        place
        for place in range(len(paragraph.words))
        if place == 0 or paragraph.words[place].box.top >= paragraph.words[place - 1].box.y_mid
    ]
    lines = [paragraph.part(a, b) for a, b in itertools.pairwise([*starts, len(paragraph.words)])]
    coded = [n for n, line in enumerate(lines) if "product_code" in noted_codes(reading, line, IN_PROSE)]
    if len(coded) < 2:
        yield paragraph
        return
    for begin, end in itertools.pairwise([*coded, len(lines)]):
        yield Segment(tuple(word for line in lines[begin:end] for word in line.words), paragraph.line)


def _count_within(item: Segment) -> Fields:
    """How many of an article: "Pillow case, no. KB-40, 2 pieces"."""
    match = PIECES.search(item.text)
    if match is None:
        return {}
    first, last = item.word_range(*match.span())
    box = union_of(word.box for word in item.words[first:last])
    count = match["count"] or match["times"]
    return {
        "quantity": printed(Decimal(count), match.group(), confidence_of(IN_PROSE), item.page, box, "list of goods")
    }


def _reason_noted(reading: Reading, item: Segment) -> Fields:
    """The reason that stands with its label in a line of goods."""
    found = value_in(reading, item, "reason")
    sense = reason_of(reading, str(found.value)) if found is not None else None
    return (
        {} if found is None or sense is None else reason_fields(sense, found.raw, found, IN_PROSE, "label in the line")
    )


def _items(paragraph: Segment) -> Iterator[Segment]:
    """The items of a list that is set as closely as running text: each begins with how many there are, on a line of its
    own or behind a comma or an "and".
    """
    begun = 0
    for place in range(1, len(paragraph.words)):
        before, word = paragraph.words[place - 1], paragraph.words[place]
        may_begin = word.box.top >= before.box.y_mid or before.text.endswith((";", ",")) or before.text in _AND
        if may_begin and COUNTED.match(paragraph.part(place, len(paragraph.words)).text):
            yield paragraph.part(begun, place)
            begun = place
    yield paragraph.part(begun, len(paragraph.words)) if begun else paragraph


def noted_codes(reading: Reading, piece: Segment, margin: float) -> Fields:
    """Code, serial number and quantity that stand with their labels within a text."""
    found = {name: value_in(reading, piece, name, directly=True) for name in NOTED}
    return {name: value_field(v, margin, "label in the line") for name, v in found.items() if v is not None}


def without_codes(reading: Reading, text: str) -> str:
    """What a text says before the first label of a code in it."""
    hits = find_phrases(text, reading.vocabulary.lexicon.fields)
    ends = [h.start for h in hits if h.start and is_code_label(text, h)]
    ends += [m.start() for m in (*_ASIDE.finditer(text), *PIECES.finditer(text)) if m.start()]
    return text[: min([*ends, len(text)])].strip(" ,;:(–-")


def _described(reading: Reading, paragraph: Segment) -> Fields:
    """The article's name before its code, where the text is no sentence."""
    lexicon = reading.vocabulary.lexicon
    text = _unlabelled(reading, without_codes(reading, paragraph.text))
    said = [*find_phrases(text, lexicon.table("prose")), *find_phrases(text, lexicon.table("cues"))]
    if not text or said or len(text.split()) > _MOST_WORDS:
        return {}
    found = printed(text, text, confidence_of(IN_PROSE), paragraph.page, paragraph.box, "list of goods")
    return {"description": found}


def _unlabelled(reading: Reading, text: str) -> str:
    """A text without the label of goods at its beginning."""
    label, colon, rest = text.partition(":")
    hits = find_phrases(label, reading.vocabulary.lexicon.fields)
    return rest.strip() if colon and any(m.name == "description" for h in hits for m in h.meanings) else text


def counted_line(reading: Reading, paragraph: Segment, match: re.Match[str]) -> Fields:
    """An article with how many; ``match`` is of COUNTED, in the text of ``paragraph``."""
    sure, place = confidence_of(IN_PROSE), (paragraph.page, paragraph.box)
    count = match["count"] or match["number"]
    line: Fields = {"quantity": printed(Decimal(count), count, sure, *place, "list of goods")}
    description = without_codes(reading, match["rest"])
    if description:
        line["description"] = printed(description, description, sure, *place, "list of goods")
    codes = noted_codes(reading, paragraph, IN_PROSE)
    bare = BARE_CODE.search(match["rest"])
    if "product_code" not in codes and bare is not None and any(c.isdigit() for c in bare["code"]):
        line["product_code"] = printed(bare["code"], bare["code"], sure, *place, "code in brackets")
    codes.pop("quantity", None)
    line.update(_price_beside(reading, paragraph))
    return {**line, **codes, **_reason_behind(reading, paragraph, match["rest"])}


def _price_beside(reading: Reading, paragraph: Segment) -> Fields:
    """The price at the end of the line that names the goods."""
    for segment in reading.layout.lines[paragraph.line].segments:
        money = [span for span in reading.spans(segment, SpanType.AMOUNT) if span.looks_like_money]
        if segment.box.x0 >= paragraph.words[0].box.x1 and len(segment.words) <= _MOST_OF_PRICE and money:
            span = money[0]
            sure = confidence_of(IN_PROSE)
            return {"unit_price": printed(span.value, span.raw, sure, span.page, span.box, "price beside the goods")}
    return {}


def _reason_behind(reading: Reading, paragraph: Segment, text: str) -> Fields:
    """The reason that stands behind a dash or a colon at the end of a line of goods."""
    tail = _TAIL.search(text)
    sense = reason_of(reading, tail["tail"]) if tail is not None else None
    if sense is None or tail is None:
        return {}
    found = Found(tail["tail"], tail["tail"], paragraph.page, paragraph.box)
    return reason_fields(sense, tail["tail"], found, IN_PROSE, "behind the goods")
