"""Arithmetic that orders and bills share: discounts, taxes, currencies, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.values import rounded

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TaxShare:
    """What one tax takes of one line, not rounded yet, in the document's currency."""

    tax: Record
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A line's net amount, rounded, and its taxes."""

    net: Decimal
    shares: tuple[TaxShare, ...]

    @property
    def tax(self) -> Decimal:
        """The taxes, each rounded."""
        return sum((rounded(share.amount) for share in self.shares), Decimal(0))


def line_amounts(quantity: Decimal, price: Decimal, discount: Decimal, taxes: Sequence[Record]) -> LineAmounts:
    """Percentages and fixed amounts a unit; a tax that the price includes is taken out of it first."""
    gross = quantity * price * (1 - discount / _HUNDRED)
    included = sum((tax.number("amount") for tax in taxes if tax.flag("price_include")), Decimal(0))
    net = rounded(gross / (1 + included / _HUNDRED))
    shares = []
    for tax in taxes:
        if tax.text("amount_type") == "fixed":
            shares.append(TaxShare(tax, net, quantity * tax.number("amount")))
        elif tax.text("amount_type") == "percent":
            shares.append(TaxShare(tax, net, net * tax.number("amount") / _HUNDRED))
    return LineAmounts(net, tuple(shares))


def summed_taxes(lines: Sequence[LineAmounts], *, globally: bool) -> Decimal:
    """All lines' taxes: rounded a line, or ("globally") a tax over all lines."""
    if not globally:
        return sum((line.tax for line in lines), Decimal(0))
    by_tax: dict[int, Decimal] = {}
    for share in (share for line in lines for share in line.shares):
        by_tax[share.tax.id] = by_tax.get(share.tax.id, Decimal(0)) + share.amount
    return sum((rounded(amount) for amount in by_tax.values()), Decimal(0))


def rounds_globally(company: Record | None) -> bool:
    """Whether the company rounds taxes over the whole document."""
    return company is not None and company.text("tax_calculation_rounding_method") == "round_globally"


def currency_rate(env: Environment, currency: Record | None, company: Record | None, on: date) -> Decimal:
    """Units of the currency for one of the company's on that day: the latest known rate, else 1."""
    if currency is None or company is None or company.value("currency_id") == currency.id:
        return Decimal(1)
    rates = env.pointing("res.currency.rate", "currency_id", currency.id)
    known = [rate for rate in rates if rate.value("company_id") in (None, company.id) and rate.number("rate")]
    past = [rate for rate in known if (rate.day("name") or on) <= on] or known
    return max(past, key=lambda rate: rate.text("name")).number("rate") if past else Decimal(1)


def in_unit(quantity: Decimal, unit: Record | None, target: Record | None) -> Decimal:
    """The quantity in another unit of the same category; unchanged where the units don't compare."""
    if unit is None or target is None or unit == target or unit.value("category_id") != target.value("category_id"):
        return quantity
    return rounded(quantity / _factor(unit) * _factor(target))


def price_in_unit(price: Decimal, unit: Record | None, target: Record | None) -> Decimal:
    """The price of one target unit, given that of one unit."""
    if unit is None or target is None or unit == target or unit.value("category_id") != target.value("category_id"):
        return price
    return price * _factor(unit) / _factor(target)


def _factor(unit: Record) -> Decimal:
    return unit.number("factor") or Decimal(1)
