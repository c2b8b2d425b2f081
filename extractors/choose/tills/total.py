"""Chooses what was to be paid at a till: the row that says so, borne out by cash less change and by being repeated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.choose.candidates import Candidate, field_of, margin_of, ranked
from extractors.choose.reading import Reading
from extractors.choose.tills.rows import Row, rows_of
from service.domain.fields import AnyField

_STRONG, _WEAK, _AGAINST = 2.6, 1.8, -2.5
_CASH_LESS_CHANGE, _PAID_EXACTLY = 2.4, 1.0
_REPEATED, _MOST_REPEATED = 0.4, 0.8
_AFTER_ROUNDING = 0.8
_LARGE = 0.8
_LARGEST_FIGURE = 0.4


def choose_total(reading: Reading) -> AnyField | None:
    """The total as a field, None where no row speaks for one."""
    candidates = ranked(_candidates(reading))
    if not candidates or candidates[0].score <= 0:
        return None
    return field_of(candidates[0], margin_of(candidates))


def _candidates(reading: Reading) -> Iterator[Candidate]:
    rows = [row for row in rows_of(reading) if row.figure is not None and row.figure.amount > 0]
    paid = [row.figure.amount for row in rows if row.figure and row.says("payment", "paid")]
    change = [row.figure.amount for row in rows if row.figure and row.says("payment", "change")]
    settled = {p - c for p in paid for c in change if p > c}
    every = [row.figure.amount for row in rows if row.figure]
    rounded_at = next((row.line.number for row in rows_of(reading) if row.says("payment", "rounding")), None)
    for row in rows:
        assert row.figure is not None
        amount = row.figure.amount
        points, reason = _by_words(row)
        points += _by_money(amount, settled, paid)
        points += min(_MOST_REPEATED, _REPEATED * (every.count(amount) - 1))
        points += min(_LARGE, row.line.box.height / reading.usual_size - 1)
        points += _LARGEST_FIGURE * (amount == max(every))
        if rounded_at is not None and row.line.number > rounded_at and points > 0:
            points += _AFTER_ROUNDING
        yield Candidate(row.figure, points, reason)


def _by_words(row: Row) -> tuple[float, str]:
    if row.says("payment", "change", "rounding"):
        return _AGAINST, "change"
    against, strong, weak = (row.length_of("total", name) for name in ("against", "strong", "weak"))
    if against and against >= max(strong, weak):
        return _AGAINST, "part of the total"
    if strong >= weak and strong:
        return _STRONG, "row of the total"
    if weak:
        return _WEAK, "row of a total"
    return (-0.5, "row of a payment") if row.says("payment", "paid") else (-1.6, "figure")


def _by_money(amount: Decimal, settled: set[Decimal], paid: list[Decimal]) -> float:
    if amount in settled:
        return _CASH_LESS_CHANGE
    return _PAID_EXACTLY if not settled and amount in paid else 0.0
