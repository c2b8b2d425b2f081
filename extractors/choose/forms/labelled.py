"""Articles that labels ask for one by one: "Model", "Serial number", "Quantity", once or in repeated blocks."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractors.choose.forms.counted import BRACKETED_CODE
from extractors.choose.forms.entries import Entry, find_entries
from extractors.choose.forms.fields import entry_field, value_field
from extractors.choose.forms.goods import noted_codes, without_codes
from extractors.choose.forms.headings import find_headings
from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.reasons import AT_LABEL, Fields, reason_of_text
from extractors.choose.forms.types import EntryType, entry_type
from extractors.choose.forms.values import Found
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import STRONG, squeeze
from extractors.layout.lines import Segment
from service.domain.fields import FieldSpec

_MOST_OF_IT = 0.5  # share of an entry that a code has to be
_COUNTED = re.compile(r"(?:[-–—•·*]\s+)?(?P<count>\d{1,4})\s?[x×*]\s+")
_SMALL = re.compile(r"[1-9]\d{0,2}")
_MOST_OF_PRICE = 3  # words
_SURE_ALONE = 0.7  # how sure a label is that alone says anything of an article
_ASKS = 0.5  # how surely a label asks for something
_ABOVE = 1.2  # heights between an article's name and the labels below it
_MEANT = 0.8 * STRONG  # what a label means that is listed, or told by what its words are about
_SAME_EDGE = 6.0  # points
_FURTHER_IN = 3.0  # heights by which labels may stand further in than the counted article above them
_NOTED = ("product_code", "serial_number")


def labelled_lines(reading: Reading, specs: Mapping[str, FieldSpec]) -> Iterator[Fields]:
    """Articles that labels ask for; a label that comes again begins the next article."""
    names = [name for name in specs if name not in ("reason_raw", "line_type", "fault")]
    for entries in _articles(reading, names):
        line: Fields = {}
        for entry in entries:
            name = _line_name(reading, entry, names, line)
            line.update(_labelled(reading, entry, name) if name is not None else {})
        if "description" not in line and set(line) & {*_NOTED}:
            line.update(_headed(reading, entries[0]) or _beside(reading, entries) or _by_model(entries, line))
        elif "description" not in line:
            line = {**_headed(reading, entries[0]), **line}
        yield {name: found for name, found in line.items() if name in specs}


def _articles(reading: Reading, names: Sequence[str]) -> Iterator[list[Entry]]:
    """The entries that say something of one article each."""
    line: Fields = {}
    entries: list[Entry] = []
    for entry in _in_order(find_entries(reading), names):
        name = _line_name(reading, entry, names, line)
        found = _labelled(reading, entry, name) if name is not None and entry.label.sure >= _ASKS else {}
        if not found:
            continue
        if (name if name in found else next(iter(found))) in line:
            if _is_article(reading, line, entries):
                yield entries
            line, entries = {}, []
        line.update(found)
        entries.append(entry)
    is_sure = len(entries) > 1 or any(entry.label.sure >= _SURE_ALONE for entry in entries)
    if _is_article(reading, line, entries) and is_sure:
        yield entries


def _is_article(reading: Reading, line: Fields, entries: Sequence[Entry]) -> bool:
    """Whether labels say which article they tell of, or stand below one that is counted: "- 2 x Garden hose"."""
    return bool(set(line) & {*_NOTED, "description"}) or (bool(entries) and "quantity" in _headed(reading, entries[0]))


def _headed(reading: Reading, first: Entry) -> Fields:
    """Name, number and price of an article in the line above its first label, as on a card."""
    label = first.label.segment
    for line in reversed(reading.layout.lines[max(0, label.line - 2) : label.line]):
        titles = [s for s in line.segments if line.page == label.page and _heads(reading, s, label)]
        if titles:
            return {
                **_counted(titles[0]),
                **_times(reading, [s for s in line.segments if s.box.x0 >= titles[0].box.x1]),
            }
    return {}


def _beside(reading: Reading, entries: Sequence[Entry]) -> Fields:
    """The name of an article that stands, without a label, among the labels of its first line."""
    label = entries[0].label.segment
    used = {piece for entry in find_entries(reading) for piece in entry.pieces}
    asked = {found.segment for found in find_labels(reading) if found.sure >= _ASKS}
    for segment in reading.line_of(label).segments:
        if segment not in used | asked and any(c.isalpha() for c in segment.text) and ":" not in segment.text:
            found = Found(segment.text, segment.text, segment.page, segment.box)
            return {"description": value_field(found, AT_LABEL, "among the labels of its line")}
    return {}


def _by_model(entries: Sequence[Entry], line: Fields) -> Fields:
    """A model is what an article without another name is called."""
    is_model = any("model" in squeeze(entry.label.hit.text) for entry in entries if entry.label.weight("product_code"))
    return {"description": line["product_code"]} if is_model and "product_code" in line else {}


def _heads(reading: Reading, segment: Segment, label: Segment) -> bool:
    """Whether a run of text right above a label, beginning where it does, names an article and is no label itself."""
    further_in = _FURTHER_IN * segment.box.height if _COUNTED.match(segment.text) else _SAME_EDGE
    aligned = -_SAME_EDGE <= label.box.x0 - segment.box.x0 <= further_in
    near = label.box.top - segment.box.bottom <= _ABOVE * segment.box.height
    entries = {piece for entry in find_entries(reading) if entry.label.sure >= _ASKS for piece in entry.pieces}
    asked = {found.segment for found in find_labels(reading) if found.sure >= _ASKS}
    words = [word for word in segment.words if any(c.isalpha() for c in word.text)]
    is_numbered = len(words) == 1 and segment.text[-1:].isdigit()  # "Item 2"
    headings = {heading.segment for heading in find_headings(reading)}
    return aligned and near and bool(words) and not is_numbered and segment not in entries | asked | headings


def _counted(title: Segment) -> Fields:
    """Name and number of an article: "2 × Garden hose"."""
    match = _COUNTED.match(title.text)
    text = title.text[match.end() :] if match is not None else title.text
    code = BRACKETED_CODE.search(text)
    line: Fields = {}
    if code is not None:
        found = Found(code["code"], code["code"], title.page, title.box)
        line["product_code"] = value_field(found, AT_LABEL, "in brackets behind the article's name")
        text = text[: code.start()]
    found = Found(text.strip(" :"), text.strip(" :"), title.page, title.box)
    line["description"] = value_field(found, AT_LABEL, "above its labels")
    if match is not None:
        count = Found(Decimal(match["count"]), match["count"], title.page, title.box)
        line["quantity"] = value_field(count, AT_LABEL, "before the article's name")
    return line


def _times(reading: Reading, segments: Sequence[Segment]) -> Fields:
    """Quantity and price behind an article's name: "2 × 9.95 EUR", or the price alone."""
    for segment in segments:
        match = _COUNTED.match(segment.text)
        money = [span for span in reading.spans(segment, SpanType.AMOUNT) if span.looks_like_money]
        if money and (match is not None or len(segment.words) <= _MOST_OF_PRICE):
            method = "behind the article's name"
            price = Found(money[0].value, money[0].raw, segment.page, money[0].box)
            line = {"unit_price": value_field(price, AT_LABEL, method)}
            if match is not None:
                count = Found(Decimal(match["count"]), match["count"], segment.page, segment.box)
                line["quantity"] = value_field(count, AT_LABEL, method)
            return line
    return {}


def _in_order(entries: Sequence[Entry], names: Sequence[str]) -> list[Entry]:
    """The entries line by line; blocks that stand side by side, each with the same labels, one after the other."""
    ordered = sorted(entries, key=lambda e: (e.label.segment.line, e.label.hit.box.x0))
    begun = [
        right.label.hit.box.x0
        for left, right in itertools.combinations(ordered, 2)
        if left.label.segment.line == right.label.segment.line
        and _meant(left) == _meant(right)
        and _meant(left) in names
    ]
    edges = [edge for n, edge in enumerate(sorted(begun)) if n == 0 or edge - sorted(begun)[n - 1] > _SAME_EDGE]
    return sorted(ordered, key=lambda e: bisect.bisect(edges, e.label.hit.box.x0 + _SAME_EDGE))


def _meant(entry: Entry) -> str:
    """The field that a label means first."""
    return next((name for name, _ in entry.label.names()), "")


def _is_code(text: str) -> bool:
    """Whether a text is one word with letters and figures, as models have."""
    return " " not in text and any(c.isdigit() for c in text)


def _fits(reading: Reading, entry: Entry, name: str) -> bool:
    """Whether an entry is of the field's type: a code within a text that may be a name is none."""
    found = entry.value(reading, name)
    if found is None:
        return False
    is_part = entry_type(name) is EntryType.IDENTIFIER and found.whole < _MOST_OF_IT
    return not (is_part and entry.label.weight("description"))


def _line_name(reading: Reading, entry: Entry, names: Sequence[str], line: Fields) -> str | None:
    """The line's field that an entry is, unless its label means a header field as well."""
    weights = [(weight, name) for name, weight in entry.label.names()]
    strong = [name for weight, name in weights if weight >= _MEANT]
    meant = [name for name in strong if name in names and _fits(reading, entry, name)]
    of_goods = bool(strong) and all(name in names for name in strong)
    if not meant and (of_goods or entry.label.section == "product"):
        meant = [name for _, name in weights if name in names and _fits(reading, entry, name)]
    if not strong and entry.label.weight("quantity") and _is_count(entry):
        meant = ["quantity"]
    free = [name for name in meant if name not in line]
    return next(iter(free or meant), None)


def _is_count(entry: Entry) -> bool:
    """Whether an entry is nothing but a small number: "No.: 4" among an article's labels says how many."""
    return len(entry.pieces) == 1 and _SMALL.fullmatch(entry.pieces[0].text) is not None


def _labelled(reading: Reading, entry: Entry, name: str) -> Fields:
    if name == "reason":
        return reason_of_text(reading, entry.pieces, AT_LABEL, entry.method)
    found = entry.value(reading, name)
    if found is None:
        return {}
    if name == "description" and entry.label.weight("product_code") and _is_code(str(found.value)):
        return {"product_code": entry_field(entry, found, AT_LABEL)}
    if name == "description":
        noted = noted_codes(reading, entry.pieces[0], AT_LABEL)
        text = without_codes(reading, str(found.value))
        return (
            {**noted, name: entry_field(entry, found, AT_LABEL, text)}
            if noted and text
            else {name: entry_field(entry, found, AT_LABEL)}
        )
    return {name: entry_field(entry, found, AT_LABEL)}
