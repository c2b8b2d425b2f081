"""The settings of accounting: accounts, journals, taxes, units and products' categories as links call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row


class Account(ThreadModel):
    """Accounts of the chart."""

    def display_name(self, record: Record) -> str:
        """Code and name."""
        return f"{record.text('code')} {record.text('name')}"

    def defaults(self, env: Environment, _values: Row) -> Row:
        """An account of the current company."""
        return {"company_id": env.company.id, "deprecated": False}


class Journal(ThreadModel):
    """Journals."""

    def display_name(self, record: Record) -> str:
        """The name, and the currency where it isn't the company's."""
        currency, company = record.one("currency_id"), record.one("company_id")
        foreign = currency is not None and company is not None and currency.id != company.value("currency_id")
        return f"{record.text('name')} ({currency.text('name')})" if currency and foreign else record.text("name")


class Tax(ThreadModel):
    """Taxes."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "amount_type": "percent",
        "type_tax_use": "sale",
        "price_include": False,
        "include_base_amount": False,
        "is_base_affected": True,
        "sequence": 1,
        "tax_exigibility": "on_invoice",
    }

    def defaults(self, env: Environment, _values: Row) -> Row:
        """A tax of the current company, in its country and first group."""
        group = next(iter(env.all("account.tax.group")), None)
        country = env.company.value("account_fiscal_country_id")
        return {"company_id": env.company.id, "country_id": country, "tax_group_id": group.id if group else None}


class Currency(RemoteModel):
    """Currencies with today's rate."""

    computed: ClassVar[Mapping[str, Compute]] = {"rate": lambda currency: _latest_rate(currency)}


def _latest_rate(currency: Record) -> JsonValue:
    rates = currency.env.pointing("res.currency.rate", "currency_id", currency.id)
    latest = max(rates, key=lambda rate: rate.text("name"), default=None)
    return float(latest.number("rate")) if latest else 1.0


class CurrencyRate(RemoteModel):
    """Rates by day."""

    def defaults(self, env: Environment, _values: Row) -> Row:
        """Today's, of the current company."""
        return {"name": env.today.isoformat(), "company_id": env.company.id}


class Unit(RemoteModel):
    """Units of measure."""

    computed: ClassVar[Mapping[str, Compute]] = {
        "factor_inv": lambda unit: float(1 / unit.number("factor")) if unit.number("factor") else 0.0,
        "ratio": lambda unit: _ratio(unit),
    }


def _ratio(unit: Record) -> JsonValue:
    factor = unit.number("factor")
    if unit.text("uom_type") == "bigger":
        return float(1 / factor) if factor else 0.0
    return float(factor)


class Category(ThreadModel):
    """Products' categories, named with those above them."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"packaging_reserve_method": "partial"}
    computed: ClassVar[Mapping[str, Compute]] = {"complete_name": lambda category: _complete_name(category)}


def _complete_name(category: Record) -> str:
    parent = category.one("parent_id")
    above = parent.text("complete_name") if parent else ""
    return f"{above} / {category.text('name')}" if above else category.text("name")
