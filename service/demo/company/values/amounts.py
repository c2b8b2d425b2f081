"""How lines add up: net amounts in cents, tax rounded once a rate."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from service.domain.money import to_cents


class Taxed(Protocol):
    """A line with a net amount and a tax rate in percent."""

    @property
    def net(self) -> Decimal:
        """Net amount in cents' precision."""

    @property
    def tax_rate(self) -> Decimal:
        """In percent."""


def net_by_rate(lines: Iterable[Taxed]) -> dict[Decimal, Decimal]:
    """Taxable amount by rate in percent, in the order of the lines."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        sums[line.tax_rate] = sums.get(line.tax_rate, Decimal(0)) + line.net
    return sums


def tax_by_rate(lines: Iterable[Taxed]) -> dict[Decimal, Decimal]:
    """Tax amount by rate in percent, rounded once a rate."""
    return {rate: to_cents(net * rate / 100) for rate, net in net_by_rate(lines).items()}


def net_amount(quantity: Decimal, unit_price: Decimal, discount_percent: Decimal) -> Decimal:
    """What a line costs without tax, in cents."""
    return to_cents(quantity * unit_price * (100 - discount_percent) / 100)
