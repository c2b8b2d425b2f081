"""Typed values within segments: every amount, date, rate, identifier and reference, with where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extractors.layout.lines import Segment
from extractors.parse.amounts import NUMBER_PATTERN, parse_amount
from extractors.parse.currencies import CURRENCY_PATTERN
from extractors.parse.dates import DayOrder, find_dates
from extractors.parse.identifiers import FoundId, find_bics, find_emails, find_ibans, find_tax_numbers, find_vat_ids
from extractors.parse.rates import find_rates
from service.domain.documents import Word
from service.domain.geometry import Box, union_of


class SpanType(StrEnum):
    """What a span is."""

    AMOUNT = "amount"
    DATE = "date"
    RATE = "rate"
    VAT_ID = "vat_id"
    TAX_NUMBER = "tax_number"
    IBAN = "iban"
    BIC = "bic"
    EMAIL = "email"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Span:
    """A typed value: characters ``start`` to ``end`` of its segment's text."""

    type: SpanType
    value: str | Decimal | date
    segment: Segment
    start: int
    end: int
    valid: bool = True

    @property
    def raw(self) -> str:
        """As printed."""
        return self.segment.text[self.start : self.end].strip()

    @property
    def page(self) -> int:
        """1-based."""
        return self.segment.page

    @property
    def box(self) -> Box:
        """Around its words."""
        first, last = self.segment.word_range(self.start, self.end)
        return union_of(word.box for word in self.segment.words[first:last])

    @property
    def amount(self) -> Decimal:
        """The value of an amount or a rate."""
        assert isinstance(self.value, Decimal)
        return self.value

    @property
    def looks_like_money(self) -> bool:
        """Whether it has two or more decimals or a currency beside it."""
        return int(self.amount.as_tuple().exponent) <= -2 or bool(re.search(CURRENCY_PATTERN, self.raw))


_MINUS = "-−–"
_MONEY = re.compile(
    rf"(?<![\w.,/#'’])(?<!\w@)(?:\(\s?)?(?:[{_MINUS}+]\s?)?(?:{CURRENCY_PATTERN}\s?)?[{_MINUS}+]?"
    rf"(?<![\d.,])(?:{NUMBER_PATTERN})(?:,-{{1,2}}|\.-{{1,2}})?(?![\d%]|[.,]\d)"
    rf"(?:[{_MINUS}](?![\w]))?(?:\s?{CURRENCY_PATTERN}(?![^\W\d_]))?(?:\s?[{_MINUS}](?=\s|$))?(?:\s?\))?(?:\s?(?:CR|DR)\b)?"
    rf"(?![\w@])(?!\s?%)(?!-\w)"
)
_REFERENCE = re.compile(r"[^\W_][\w./\\#+&:–-]*")
_PREFIX = re.compile(r"(?<![^\W_])(?!(?:No|Nr|Num|Ref|Rif)$)(?:[A-Z]{1,5}|[A-Z][a-z]{1,2})$")
_ITS_DATE = re.compile(r"\s(?:du|vom|of|dated|del|van|av|de|z dnia|från)\s\d{1,2}[./ -]")
_TRAILING = " .,;:/-–"
_PHONE = re.compile(r"\+\d|^0\d{1,4}[/ -]|^00[1-9](?:\d{8,}|\d{0,2}[/ -])")
_LONGEST_PHONE = 15  # digits
_SHORTEST_PHONE = 9  # digits with the area's
_SAME_WIDTH = 0.06  # of the width; characters of a typewriter's face differ by no more
_ONE_CHARACTER = 1.15  # of the width of a typewriter's character
_LOOSE_GAP = 0.42  # of the height; between the groups of one number the gap is a space at most


def spans_of(segment: Segment, mark: str | None, order: DayOrder) -> tuple[Span, ...]:
    """All typed values of a segment. ``mark`` is the document's decimal mark, ``order`` its day-month order."""
    text = segment.text
    found: list[Span] = []
    _take_ids(found, segment, SpanType.EMAIL, find_emails(text))
    _take_ids(found, segment, SpanType.IBAN, find_ibans(text))
    _take_ids(found, segment, SpanType.VAT_ID, find_vat_ids(text))
    for day in find_dates(text, order):
        _take(found, Span(SpanType.DATE, day.value, segment, day.start, day.end))
    _take_ids(found, segment, SpanType.BIC, find_bics(text))
    for rate in find_rates(text):
        _take(found, Span(SpanType.RATE, rate.value, segment, rate.start, rate.end))
    taken = tuple(found)
    numbers: list[Span] = list(taken)
    _take_ids(numbers, segment, SpanType.TAX_NUMBER, find_tax_numbers(text))
    found.extend(numbers[len(taken) :])
    found.extend(_amounts(segment, mark, taken))
    found.extend(_references(segment, taken))
    return tuple(sorted(found, key=lambda s: (s.start, s.type)))


def _take_ids(found: list[Span], segment: Segment, kind: SpanType, ids: Sequence[FoundId]) -> None:
    for one in ids:
        _take(found, Span(kind, one.value, segment, one.start, one.end, one.valid))


def _take(found: list[Span], span: Span) -> None:
    if not _overlaps(found, span.start, span.end):
        found.append(span)


def _overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _amounts(segment: Segment, mark: str | None, taken: Sequence[Span]) -> list[Span]:
    found = []
    for match in _MONEY.finditer(segment.text):
        for start, end in _pieces(segment, *match.span()):
            start, end = _balanced(segment.text, start, end)
            amount = parse_amount(segment.text[start:end], mark)
            if amount is not None and not _overlaps(taken, start, end):
                found.append(Span(SpanType.AMOUNT, amount.value, segment, start, end))
    return found


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket that opens or closes a remark around the amount, as in "(base 530.49)"."""
    found = text[start:end]
    if found.startswith("(") and ")" not in found:
        start += len(found) - len(found[1:].lstrip())
    elif ")" in found and "(" not in found:
        end -= len(found) - len(found.replace(")", "").rstrip())
    return start, end


def _pieces(segment: Segment, start: int, end: int) -> list[tuple[int, int]]:
    """The match, cut where figures stand too far apart to be one number."""
    while segment.text[start].isspace():
        start += 1
    first, last = segment.word_range(start, end)
    pieces, begin, position = [], start, start
    for index in range(first, last - 1):
        left, right = segment.words[index], segment.words[index + 1]
        position = segment.text.index(" ", position)
        apart = right.box.x0 - left.box.x1 > _space_of(segment, left)
        if apart and left.text[-1:].isdigit() and right.text[:1].isdigit():
            pieces.append((begin, position))
            begin = position + 1
        position += 1
    return [*pieces, (begin, end)]


def _space_of(segment: Segment, word: Word) -> float:
    """The widest gap between two groups of one number: wider in type whose characters are all of one width."""
    usual = _LOOSE_GAP * word.box.height
    wide = [w.box.width / len(w.text) for w in segment.words]
    if segment.text.replace(" ", "").isdigit() or max(wide) - min(wide) >= _SAME_WIDTH * max(wide):
        return usual
    return max(usual, _ONE_CHARACTER * max(wide))


def _references(segment: Segment, taken: Sequence[Span]) -> list[Span]:
    """Words with a figure in them, a short prefix before them included: "INV 2026-17"."""
    found: list[Span] = []
    for match in _REFERENCE.finditer(segment.text):
        start, end = match.start(), match.start() + len(match.group().rstrip(_TRAILING))
        text = segment.text[start:end]
        if ":" in text:
            start += text.rindex(":") + 1
            text = segment.text[start:end]
        if not any(c.isdigit() for c in text) or _overlaps(taken, start, end) or _is_phone(text):
            continue
        found.append(Span(SpanType.REFERENCE, text, segment, start, end))
    return found


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return bool(_PHONE.match(text)) and digits <= _LONGEST_PHONE and (text[0] == "+" or digits >= _SHORTEST_PHONE)


def with_prefix(span: Span, *, alone: bool = False) -> Span:
    """The reference with a short word in capitals right before it, such as "INV 2026-17", where there is one; one that
    begins its segment only where the number stands ``alone`` in a cell.
    """
    before = segment_text_before(span)
    match = _PREFIX.search(before.rstrip())
    if match is None or not before.endswith(" "):
        return span
    if match.start() == 0 and not (alone and (not (rest := span.segment.text[span.end :]) or _ITS_DATE.match(rest))):
        return span
    start = match.start()
    return Span(span.type, f"{match.group()} {span.value}", span.segment, start, span.end, span.valid)


def segment_text_before(span: Span) -> str:
    """What stands before the span in its segment."""
    return span.segment.text[: span.start]
