"""Typed values of entries: what a piece of text says where a date, a number, a name is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from extractors.choose.forms.types import EntryType
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType, with_prefix
from extractors.layout.lines import Segment
from extractors.parse.amounts import NUMBER_PATTERN, parse_amount
from extractors.parse.dates import find_dates
from extractors.parse.identifiers import find_ibans
from extractors.parse.phones import find_phones
from service.domain.fields import Value
from service.domain.geometry import Box, union_of

_LETTER = re.compile(r"[^\W\d_]")
_EDGES = " \t:;,*|_-–—"
_OPEN_EDGES = " \t:;*|_"
_LONGEST_CODE, _MOST_CODE_WORDS = 34, 5
_CODE_WORD = re.compile(r"[A-Z0-9][A-Z0-9./\\_#&+–-]*")
_NUMBER = re.compile(rf"(?<![\w.,/-])[-−–]?{NUMBER_PATTERN}(?![\w/]|[.,]\d)")
_COUNT = re.compile(
    rf"(?<![\w.,/-])(?:[x×]\s?)?(?P<number>{NUMBER_PATTERN})(?:\s?[x×*]|[^\W\d_]{{1,5}})?(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_BOXED_DATE = re.compile(r"(\d\s?\d)\s*(\d\s?\d)\s*(\d\s?\d(?:\s?\d\s?\d)?)")
_UNIT_AFTER = re.compile(r"^\s*([^\W\d_]{1,12})\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A typed value with how it is printed and where; ``valid`` is False where its check digits fail."""

    value: Value
    raw: str
    page: int
    box: Box
    valid: bool = True
    whole: float = 1.0  # share of the entry's letters that the value is


def find_value(reading: Reading, pieces: Sequence[Segment], kind: EntryType) -> Found | None:
    """The value of that type in the pieces of an entry, None where they hold none."""
    if not pieces:
        return None
    return _FINDERS[kind](reading, pieces)


def joined(pieces: Sequence[Segment], between: str = " ") -> str:
    """The text of an entry: pieces of one line with spaces between them, its lines with ``between``."""
    text = ""
    for index, piece in enumerate(pieces):
        if index:
            text += " " if pieces[index - 1].line == piece.line else between
        text += piece.text
    return text.strip()


def box_of(pieces: Sequence[Segment]) -> Box:
    """Around the pieces that stand on the first one's page."""
    return union_of(piece.box for piece in pieces if piece.page == pieces[0].page)


def _from_span(span: Span, pieces: Sequence[Segment]) -> Found:
    length = sum(len(piece.text) for piece in pieces)
    return Found(span.value, span.raw, span.page, span.box, span.valid, min(1.0, len(span.raw) / max(1, length)))


def _number(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """The first number, however wide the gaps between its groups of figures are printed."""
    for piece in pieces:
        if reading.spans(piece, SpanType.DATE):
            continue
        for match in _NUMBER.finditer(piece.text):
            amount = parse_amount(match.group().strip(), reading.decimal_mark)
            if amount is not None:
                first, last = piece.word_range(match.start(), match.end())
                box = union_of(word.box for word in piece.words[first:last])
                whole = len(match.group().strip()) / max(1, sum(len(one.text) for one in pieces))
                return Found(abs(amount.value), match.group().strip(), piece.page, box, whole=whole)
    return None


def _amount(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """The last number that looks like money, as behind a rate or a percentage; else the first number."""
    money = [span for piece in pieces for span in reading.spans(piece, SpanType.AMOUNT) if span.looks_like_money]
    if not money or len(money) == 1 == len(pieces) == len(pieces[0].words):
        return _number(reading, pieces)
    found = _from_span(money[-1], pieces)
    return replace(found, value=abs(money[-1].amount))


def _count(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """The first number, with whatever says that things are counted: "2x", "x 2", "2pcs"."""
    found = _number(reading, pieces)
    for piece in pieces if found is None else ():
        match = None if reading.spans(piece, SpanType.DATE) else _COUNT.search(piece.text)
        amount = parse_amount(match["number"], reading.decimal_mark) if match else None
        if match and amount is not None:
            first, last = piece.word_range(*match.span())
            box = union_of(word.box for word in piece.words[first:last])
            return Found(abs(amount.value), match.group(), piece.page, box)
    return found


def _date(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """The first date; figures that were entered a box each have no signs between day, month and year."""
    found = _first_span(SpanType.DATE)(reading, pieces)
    match = _BOXED_DATE.fullmatch(joined(pieces)) if found is None else None
    dates = find_dates(".".join(match.groups()).replace(" ", ""), reading.day_order) if match is not None else ()
    return Found(dates[0].value, joined(pieces), pieces[0].page, box_of(pieces)) if dates else found


def _first_span(kind: SpanType) -> Callable[[Reading, Sequence[Segment]], Found | None]:
    def find(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
        spans = [span for piece in pieces for span in reading.spans(piece, kind)]
        return _from_span(spans[0], pieces) if spans else None

    return find


def _identifier(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """The whole entry where it looks like one code, else its first reference."""
    text = pieces[0].text.strip(_EDGES)
    words = text.split()
    code = len(text) <= _LONGEST_CODE and len(words) <= _MOST_CODE_WORDS and any(c.isdigit() for c in text)
    spans = reading.spans(pieces[0], SpanType.REFERENCE)
    if code and all(_CODE_WORD.fullmatch(word) for word in words) and not reading.spans(pieces[0], SpanType.DATE):
        return Found(text, text, pieces[0].page, pieces[0].box)
    if spans:
        return _from_span(with_prefix(spans[0]), pieces[:1])
    bare = len(words) == 1 and 3 <= len(text) <= _LONGEST_CODE and text.isupper()
    return Found(text, text, pieces[0].page, pieces[0].box, whole=0.6) if bare else None


def _phone(reading: Reading, pieces: Sequence[Segment]) -> Found | None:  # noqa: ARG001 - one shape for all finders
    for piece in pieces:
        for phone in find_phones(piece.text):
            first, last = piece.word_range(phone.start, phone.end)
            box = union_of(word.box for word in piece.words[first:last])
            whole = len(phone.value) / max(1, len(piece.text))
            return Found(phone.value, phone.value, piece.page, box, whole=whole)
    return None


def _iban(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    text = "IBAN " + joined(pieces)
    found = find_ibans(text)
    best = next((one for one in found if one.valid), found[0] if found else None)
    if best is None or not best.valid:
        span = _first_span(SpanType.IBAN)(reading, pieces)
        if span is not None:
            return span
    if best is None:
        return None
    return Found(best.value, text[best.start : best.end], pieces[0].page, box_of(pieces), best.valid)


def _text(reading: Reading, pieces: Sequence[Segment]) -> Found | None:
    """One line of words, or several where the entry wraps; nothing where it is but a date or an address of mail."""
    text = joined(pieces).strip(_EDGES)
    if not _LETTER.search(text):
        return None
    typed = [
        span
        for piece in pieces
        for kind in (SpanType.DATE, SpanType.EMAIL, SpanType.IBAN)
        for span in reading.spans(piece, kind)
    ]
    covered = sum(len(span.raw) for span in typed) / max(1, len(text))
    return Found(text, text, pieces[0].page, box_of(pieces), whole=1 - covered) if covered < 0.6 else None


def _long_text(reading: Reading, pieces: Sequence[Segment]) -> Found | None:  # noqa: ARG001
    text = joined(pieces, "\n").strip(_OPEN_EDGES)
    return Found(text, text, pieces[0].page, box_of(pieces)) if _LETTER.search(text) else None


def _choice(reading: Reading, pieces: Sequence[Segment]) -> Found | None:  # noqa: ARG001
    text = joined(pieces).strip(_EDGES)
    return Found(text, text, pieces[0].page, box_of(pieces)) if text else None


_FINDERS: Mapping[EntryType, Callable[[Reading, Sequence[Segment]], Found | None]] = MappingProxyType(
    {
        EntryType.DATE: _date,
        EntryType.AMOUNT: _amount,
        EntryType.QUANTITY: _count,
        EntryType.IDENTIFIER: _identifier,
        EntryType.EMAIL: _first_span(SpanType.EMAIL),
        EntryType.PHONE: _phone,
        EntryType.IBAN: _iban,
        EntryType.TEXT: _text,
        EntryType.LONG_TEXT: _long_text,
        EntryType.CHOICE: _choice,
        EntryType.SIGNATURE: _choice,
    }
)


def word_after(found: Found, pieces: Sequence[Segment]) -> str | None:
    """The word right behind a value, as a unit stands behind its number."""
    for piece in pieces:
        position = piece.text.find(found.raw)
        if position >= 0:
            match = _UNIT_AFTER.match(piece.text[position + len(found.raw) :])
            return match.group(1) if match else None
    return None
