"""Amounts of money and what counts as the same amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two figures may lie apart: the larger of an absolute and a percentage allowance."""

    absolute: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)

    def allowance(self, reference: Decimal) -> Decimal:
        """The allowed distance from ``reference``, in its unit."""
        return max(self.absolute, abs(reference) * self.percent / 100)

    def allows(self, actual: Decimal, expected: Decimal) -> bool:
        """Whether ``actual`` is close enough to ``expected``; exactly at the tolerance is within."""
        return abs(actual - expected) <= self.allowance(expected)

    def allows_up_to(self, actual: Decimal, limit: Decimal) -> bool:
        """Whether ``actual`` is below ``limit``, or above it by no more than the allowance."""
        return actual - limit <= self.allowance(limit)

    def __str__(self) -> str:
        if self.percent:
            return f"{self.absolute} or {self.percent} %"
        return str(self.absolute)


def to_cents(amount: Decimal) -> Decimal:
    """``amount`` rounded half up to two decimals, as suppliers round."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """``number`` as a plain decimal string in its own scale, never in exponent notation."""
    return format(number, "f")
