"""Finds the words by which an invoice says that it is paid already, so that nobody pays it twice.

"To be paid", "payable", "if already paid", a part that was paid in advance: they say the opposite, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from extractors.choose.headers import header_lines
from extractors.choose.hits import Hit, Phrase, find_hits, find_phrases
from extractors.choose.neighbours import pointings
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import Table, lexicon
from extractors.layout.lines import Segment
from service.domain.fields import AnyField
from service.domain.money import CENT

_LONGEST = 120  # characters of the words
_CLOSE = 14  # characters between "paid by" and what was paid with
_BEFORE_DATE = re.compile(r"^[\s:,(]{0,3}$")
_ENDS = re.compile(r"^\s*(?:[.!;,–-]|$)")
_UNFINISHED = re.compile(r"(?:[:_]|\b(?:am|on|le|il|el|op|dnia|den|em|dne|dňa))[\s.:_]*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]\s")
_LETTERS = re.compile(r"[^\W\d_]")
_ZERO = Decimal(0)

Fields = Mapping[str, Sequence[AnyField]]


def paid_note(reading: Reading, fields: Fields) -> str | None:
    """The words that say so, else the printed line that leaves nothing to pay; None where neither does. ``fields`` are
    the invoice's own.
    """
    if _is_part_paid(fields):
        return None
    hidden = header_lines(reading)
    for segment in reading.layout.segments():
        if segment.line not in hidden and _says_so(reading, segment):
            return segment.text[:_LONGEST]
    return _nothing_left(reading, fields)


def _nothing_left(reading: Reading, fields: Fields) -> str | None:
    """The line on which the amount due is printed as nothing, where the invoice is for something."""
    due, total = _amount(fields, "amount_due"), _amount(fields, "grand_total")
    if due != _ZERO or total is None or total <= _ZERO:
        return None
    place = fields["amount_due"][0].provenance
    lines = (line for line in reading.layout.lines if line.page == place.page)
    return next((line.text for line in lines if place.box is not None and line.box.y_overlap(place.box) > 0), None)


def _amount(fields: Fields, name: str) -> Decimal | None:
    found = fields.get(name)
    return found[0].value if found and isinstance(found[0].value, Decimal) else None


def _is_part_paid(fields: Fields) -> bool:
    """Whether something is left to pay of what was billed."""
    paid, due, total = (_amount(fields, name) for name in ("prepaid_amount", "amount_due", "grand_total"))
    if total is None:
        return False
    return (paid is not None and paid < total - CENT) or (due is not None and _ZERO < due < total - CENT)


def _says_so(reading: Reading, segment: Segment) -> bool:
    hits = find_hits(segment, _table())
    for hit, following in zip_longest(hits, hits[1:]):
        if hit is not None and _means_it(reading, hit, following) and not _is_denied(reading, hit):
            return True
    return False


def _table() -> Table:
    return lexicon().table("paid")


def _means_it(reading: Reading, hit: Hit, following: Hit | None) -> bool:
    if _is(hit, "said"):
        return not _UNFINISHED.search(hit.segment.text[hit.end :])
    if _is(hit, "already"):
        return _names_means(hit, following)
    return (
        (_is(hit, "command") and _is_command(reading, hit))
        or (_is(hit, "dated") and _has_date(reading, hit))
        or (_is(hit, "means") and _begins(hit) and _names_means(hit, following))
        or (_is(hit, "stamp") and _is_stamp(reading, hit))
    )


def _is(hit: Hit | Phrase, name: str) -> bool:
    return any(meaning.name == name for meaning in hit.meanings)


def _is_command(reading: Reading, hit: Hit) -> bool:
    """Whether it forbids paying altogether, not just because the money will be collected."""
    line = hit.segment.line
    near = " ".join(other.text for other in reading.layout.lines[max(0, line - 1) : line + 2])
    collected = any(_is(phrase, "debit") for phrase in find_phrases(near, _table()))
    return bool(_ENDS.match(hit.segment.text[hit.end :])) and not collected


def _has_date(reading: Reading, hit: Hit) -> bool:
    text = hit.segment.text
    dates = [span for span in reading.spans(hit.segment, SpanType.DATE) if span.start >= hit.end]
    close = bool(dates) and bool(_BEFORE_DATE.match(text[hit.end : dates[0].start]))
    return close and _begins(hit) and not _is_label(reading, hit)


def _begins(hit: Hit) -> bool:
    before = hit.segment.text[: hit.start]
    return not _LETTERS.search(before) or before.rstrip()[-1:] in ":–-.!"


def _names_means(hit: Hit, following: Hit | None) -> bool:
    return following is not None and _is(following, "instrument") and following.start - hit.end <= _CLOSE


def _is_stamp(reading: Reading, hit: Hit) -> bool:
    """Whether the word stands alone, or behind "status", and no amount belongs to it; in the document's language or in
    English, for what says "paid" in one says "payment" in another.
    """
    text = hit.segment.text
    ends = not _LETTERS.search(text[hit.end :]) and not text.rstrip().endswith(":")
    alone = not _LETTERS.search(text[: hit.start]) or any(_is(other, "status") for other in _before(reading, hit))
    languages = {"en", *reading.languages[:1]}
    own = any(not languages.isdisjoint(m.languages) for m in hit.meanings if m.name == "stamp")
    return ends and alone and own and not _is_label(reading, hit)


def _before(reading: Reading, hit: Hit) -> Iterator[Hit]:
    """The words before a hit, in its own text or in the one left of it."""
    yield from (other for other in find_hits(hit.segment, _table()) if other.end <= hit.start)
    line = reading.line_of(hit.segment).segments
    position = line.index(hit.segment)
    if position and hit.start == 0:
        yield from find_hits(line[position - 1], _table())


def _is_label(reading: Reading, hit: Hit) -> bool:
    """Whether an amount stands behind or beneath the word: then it names what was paid."""
    return any(p.span.looks_like_money for p in pointings(reading, hit, SpanType.AMOUNT))


def _is_denied(reading: Reading, hit: Hit) -> bool:
    """Whether a word before it in its sentence makes it a wish, a condition or a part."""
    text = f"{_line_above(reading, hit.segment)} {hit.segment.text[: hit.start]}"
    sentence = text[max((match.end() for match in _SENTENCE_END.finditer(text)), default=0) :]
    return any(_is(phrase, "unless") for phrase in find_phrases(sentence, _table()))


def _line_above(reading: Reading, segment: Segment) -> str:
    """The text that a segment goes on with, empty where it begins one."""
    first = next((character for character in segment.text if character.isalpha()), "")
    if segment.line == 0 or not first.islower():
        return ""
    above = reading.layout.lines[segment.line - 1]
    near = (other for other in above.segments if abs(other.box.x0 - segment.box.x0) < segment.box.height)
    return next((other.text for other in near), "")
