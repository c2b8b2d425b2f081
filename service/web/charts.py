"""Bars that are drawn on the server: their lengths, words and the lists behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """What one bar stands for: a name, a count, how it reads, the list behind it and the tone of its colour."""

    label: str
    count: float
    text: str
    href: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount with its share 0..1 of the largest one."""

    amount: Amount
    share: float


def bars(amounts: Iterable[Amount]) -> tuple[Bar, ...]:
    """All amounts in their order, scaled to the largest; all zero where there is nothing."""
    drawn = tuple(amounts)
    most = max((amount.count for amount in drawn), default=0)
    return tuple(Bar(amount, round(amount.count / most, 4) if most else 0.0) for amount in drawn)
