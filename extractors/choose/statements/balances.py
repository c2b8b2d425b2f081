"""Chooses a statement's balances and its entries' amounts together: opening + entries = closing where all is right.

Debit and credit mean one thing on the statement of an account and another on that of a bank, and "balance" may be what
is left of one paper or the sum so far; what adds up settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from types import MappingProxyType

from extractors.choose.candidates import Candidate, labelled, ranked
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.choose.statements.entries import Entry
from extractors.choose.statements.meanings import money_in
from extractors.layout.lines import Segment
from service.domain.documents import DocumentKind
from service.domain.money import CENT

_KEPT = 4  # candidates a balance
_HOLDS, _HOLDS_ALONE = 2.6, 1.8
_USUAL = 0.3  # points of the side that such papers usually call debit
_PAYMENTS = frozenset({DocumentKind.BANK_STATEMENT, DocumentKind.SETTLEMENT_REPORT})
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of an entry: where it is printed and its value with its sign."""

    span: Span
    value: Decimal


@dataclass(frozen=True, slots=True)
class Balances:
    """The chosen balances, whether they and the entries add up, and each entry's amounts by field name."""

    opening: Candidate | None = None
    closing: Candidate | None = None
    total: Candidate | None = None
    holds: bool = False
    amounts: Sequence[Mapping[str, Money]] = field(default=())


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of reading the entries' amounts."""

    amounts: tuple[Mapping[str, Money], ...]
    points: float

    def sum_of(self, name: str) -> Decimal | None:
        """The sum over the entries; None where one of them has no such amount."""
        found = [entry[name].value for entry in self.amounts if name in entry]
        return sum(found, _ZERO) if found and len(found) == len(self.amounts) else None


def choose_balances(reading: Reading, entries: Sequence[Entry], kind: DocumentKind) -> Balances:
    """Balances and amounts of a statement of that ``kind``."""
    taken = frozenset(number for entry in entries for number in entry.lines())
    debit = -1 if kind in _PAYMENTS else 1
    opening = _signed(reading, _pool(reading, "opening_balance", taken), debit)
    totals = _pool(reading, "grand_total", taken)
    closing = _signed(reading, _pool(reading, "closing_balance", taken), debit)
    fees = sum({abs(c.span.amount) for c in _pool(reading, "fee_total", taken) if c.score > 1}, _ZERO)
    best: tuple[float, Balances] = (-1.0, Balances())
    for way in _ways(reading, entries, kind):
        for start, end in product((*opening, None), (*(closing or totals), None)):
            points, holds = _add_up(start, end, way, fees)
            points += (start.score if start else 0.0) + (end.score if end else 0.0) + way.points
            if points > best[0]:
                best = (points, Balances(start, end, None, holds, way.amounts))
    return _with_total(best[1], totals, fees)


def _with_total(found: Balances, totals: Sequence[Candidate], fees: Decimal) -> Balances:
    """The total to be paid or paid: where several are named, the one that is the balance, with or without fees."""
    end = found.closing
    wanted = set() if end is None else {abs(end.span.amount), abs(end.span.amount) + fees}
    agreed = [c for c in totals if abs(c.span.amount) in wanted]
    with_fees = [c for c in agreed if end is not None and fees and abs(c.span.amount) == abs(end.span.amount) + fees]
    named = (*with_fees, *agreed) or ((end,) if end is not None else totals)
    total = next(iter(named), None)
    return Balances(found.opening, end or total, total or end, found.holds, found.amounts)


def _pool(reading: Reading, name: str, taken: frozenset[int]) -> tuple[Candidate, ...]:
    """The labelled amounts outside of the entries, each value once."""

    def prior(span: Span) -> float:
        return 0.25 if span.looks_like_money else -2.0

    best: dict[Decimal, Candidate] = {}
    for candidate in ranked(labelled(reading, name, SpanType.AMOUNT, prior)):
        if candidate.score > 0 and candidate.span.segment.line not in taken:
            best.setdefault(candidate.span.amount, candidate)
    return tuple(best.values())[:_KEPT]


def _signed(reading: Reading, found: Sequence[Candidate], debit: int) -> tuple[Candidate, ...]:
    """Balances with the sign that a mark behind them gives."""
    return tuple(replace(c, span=replace(c.span, value=_by_mark(reading, c.span, debit))) for c in found)


def _add_up(start: Candidate | None, end: Candidate | None, way: _Way, fees: Decimal) -> tuple[float, bool]:
    """Points of sums that hold, and whether one does."""
    if end is None:
        return 0.0, False
    first = start.span.amount if start else _ZERO
    last = abs(end.span.amount)
    moved, left = way.sum_of("amount"), way.sum_of("open_amount")
    if moved is not None and any(_same(first * sign + moved, last) for sign in (1, -1)):
        return (_HOLDS if start else _HOLDS_ALONE), True
    if left is not None and any(_same(left + extra, last) for extra in (_ZERO, fees)):
        return _HOLDS_ALONE, True
    if moved is not None and start is None and _same(moved + fees, last):
        return _HOLDS_ALONE, True
    return 0.0, False


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(abs(one) - other) <= CENT


def _ways(reading: Reading, entries: Sequence[Entry], kind: DocumentKind) -> Iterator[_Way]:
    """The amounts by what the columns may mean, the usual way first."""
    banking = kind in _PAYMENTS
    for debit in (-1, 1) if banking else (1, -1):
        usual = _USUAL if debit == (-1 if banking else 1) else 0.0
        for name in _amount_columns(entries, kind):
            amounts = tuple(_amounts(reading, entry, name, debit) for entry in entries)
            yield _Way(_with_balances(reading, entries, amounts), usual + (0.01 if name == "net_amount" else 0.0))


def _amount_columns(entries: Sequence[Entry], kind: DocumentKind) -> tuple[str, ...]:
    """Which columns may hold what an entry moves."""
    names = {name for entry in entries for name in entry.cells}
    found = [name for name in ("net_amount", "amount") if name in names]
    paid = kind in (DocumentKind.REMITTANCE_ADVICE, DocumentKind.SETTLEMENT_REPORT)
    return tuple(found if paid else reversed(found)) or ("amount",)


def _amounts(reading: Reading, entry: Entry, name: str, debit: int) -> Mapping[str, Money]:
    """amount and open_amount of an entry, of which ``debit`` is the sign of its debit side."""
    found: dict[str, Money] = {}
    for column, sign in (("debit", debit), ("credit", -debit)):
        span = _money(reading, entry.segments(column))
        if span is not None and span.amount != 0:
            found["amount"] = Money(span, _on_side(span.amount, sign))
    single = _money(reading, entry.segments(name))
    if "amount" not in found and single is not None:
        found["amount"] = Money(single, _marked(reading, entry, single, debit))
    left = _money(reading, entry.segments("open_amount"))
    if left is not None:
        found["open_amount"] = Money(left, _marked(reading, entry, left, debit))
    return MappingProxyType(found)


def _money(reading: Reading, pieces: Sequence[Segment]) -> Span | None:
    return next((span for piece in pieces if (span := money_in(reading, piece)) is not None), None)


def _on_side(amount: Decimal, sign: int) -> Decimal:
    """What a column says; a minus in the column of credits may be printed, or belong to a correction."""
    return -abs(amount) if sign < 0 else amount


def _marked(reading: Reading, entry: Entry, span: Span, debit: int) -> Decimal:
    """An amount with the sign that a mark of debit or credit gives it, behind it or in a column of its own."""
    own = next((piece.text for piece in entry.segments("sign")), "")
    return _by_mark(reading, span, debit, own)


def _by_mark(reading: Reading, span: Span, debit: int, own: str = "") -> Decimal:
    """An amount with the sign of the mark ``own`` or of one behind it, as printed where it has none."""
    behind = span.segment.text[span.end :].strip(" .")
    inside = span.raw.rpartition(" ")[2] if span.raw[-1:].isalpha() else ""
    side = _side(reading, own) or _side(reading, behind) or _side(reading, inside)
    return span.amount if side == 0 else _on_side(abs(span.amount), side * debit)


def _side(reading: Reading, mark: str) -> int:
    """1 for debit, -1 for credit, 0 for another text."""
    meanings = reading.vocabulary.lexicon.table("marks").get(mark.strip(" .()").lower(), ())
    names = {meaning.name for meaning in meanings}
    return 0 if len(names) != 1 else (1 if "debit" in names else -1)


def _with_balances(
    reading: Reading, entries: Sequence[Entry], amounts: Sequence[Mapping[str, Money]]
) -> tuple[Mapping[str, Money], ...]:
    """A column of balances holds what is left of each paper, unless it runs: then it is no entry's own."""
    spans = [_money(reading, entry.segments("balance")) for entry in entries]
    if not any(spans) or _runs(spans, amounts):
        return tuple(amounts)
    return tuple(
        found
        if span is None or "open_amount" in found
        else MappingProxyType({**found, "open_amount": Money(span, span.amount)})
        for found, span in zip(amounts, spans, strict=True)
    )


def _runs(spans: Sequence[Span | None], amounts: Sequence[Mapping[str, Money]]) -> bool:
    """Whether each balance follows from the one above it, or exceeds its own paper's amount."""
    for before, span, found in zip(spans, spans[1:], amounts[1:], strict=False):
        moved = found.get("amount")
        if before is None or span is None or moved is None:
            continue
        if abs(span.amount) > abs(moved.value) + CENT or _same(abs(before.amount) + moved.value, abs(span.amount)):
            return True
    return False
