"""Keeps a bill's tax and payable lines, its totals and its lines' copies of the header in step with its goods."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from service.demo.odoo_server.environment import Record, day_text, total
from service.demo.odoo_server.models.amounts import LineAmounts, currency_rate, line_amounts, rounds_globally
from service.demo.odoo_server.models.bill_kinds import PURCHASE, direction, is_invoice, kind
from service.demo.odoo_server.models.residuals import refresh_residual
from service.demo.odoo_server.values import JsonValue, Row, rounded

_ZERO = Decimal(0)
_NOTES = ("line_section", "line_note")


@dataclass(frozen=True, slots=True)
class _TaxLine:
    """One tax of a bill on one account; amounts in the bill's currency, positive on a bill of positive lines."""

    tax: Record
    account: JsonValue
    base: Decimal
    amount: Decimal


def synchronise(move: Record) -> None:
    """Goods → amounts, taxes, payable; the totals of them."""
    rate = _rate(move)
    goods = [line for line in move.many("line_ids") if line.text("display_type") == "product"]
    amounts = [_line_amounts(line) for line in goods]
    for line, amount in zip(goods, amounts, strict=True):
        _set_goods(move, line, amount, rate)
    taxes = _tax_lines(move, goods, amounts)
    _set_taxes(move, taxes, rate)
    _set_terms(move, rate)
    if move.row.get("invoice_date_due") is None or move.one("invoice_payment_term_id") is not None:
        maturities = [line.text("date_maturity") for line in _of_type(move, "payment_term")]
        move.set(invoice_date_due=max(maturities, default="") or day_text(move.env.today))


def _rate(move: Record) -> Decimal:
    on = move.day("invoice_date") or move.day("date") or move.env.today
    return currency_rate(move.env, move.one("currency_id"), move.one("company_id"), on)


def _line_amounts(line: Record) -> LineAmounts:
    return line_amounts(
        line.number("quantity"), line.number("price_unit"), line.number("discount"), line.many("tax_ids")
    )


def _set_goods(move: Record, line: Record, amount: LineAmounts, rate: Decimal) -> None:
    line.set(
        price_subtotal=float(amount.net),
        price_total=float(amount.net + amount.tax),
        amount_residual=0.0,
        amount_residual_currency=0.0,
        **_both_currencies(direction(move) * amount.net, rate),
    )


def _both_currencies(amount: Decimal, rate: Decimal) -> dict[str, JsonValue]:
    balance = rounded(amount / rate)
    return {
        "amount_currency": float(amount),
        "balance": float(balance),
        "debit": float(max(balance, _ZERO)),
        "credit": float(max(-balance, _ZERO)),
    }


def _tax_lines(move: Record, goods: Sequence[Record], amounts: Sequence[LineAmounts]) -> list[_TaxLine]:
    globally = rounds_globally(move.one("company_id"))
    found: dict[tuple[int, JsonValue], _TaxLine] = {}
    for line, amount in zip(goods, amounts, strict=True):
        for share in amount.shares:
            account = _tax_account(move, share.tax) or line.value("account_id")
            taken = share.amount if globally else rounded(share.amount)
            old = found.get((share.tax.id, account), _TaxLine(share.tax, account, _ZERO, _ZERO))
            key = (share.tax.id, account)
            found[key] = _TaxLine(share.tax, account, old.base + share.base, old.amount + taken)
    return [line for line in found.values() if line.amount or line.tax.number("amount")]


def _tax_account(move: Record, tax: Record) -> JsonValue:
    """The account that the tax distributes to; else the one that earlier entries used for it."""
    document = "refund" if kind(move).endswith("refund") else "invoice"
    for part in move.env.pointing("account.tax.repartition.line", "tax_id", tax.id):
        if part.text("repartition_type") == "tax" and part.text("document_type") == document:
            return part.value("account_id")
    earlier = move.env.pointing("account.move.line", "tax_line_id", tax.id)
    return next((line.value("account_id") for line in earlier if line.value("move_id") != move.id), None)


def _of_type(move: Record, display_type: str) -> list[Record]:
    return [line for line in move.many("line_ids") if line.text("display_type") == display_type]


def _set_taxes(move: Record, taxes: Sequence[_TaxLine], rate: Decimal) -> None:
    old = {(line.value("tax_line_id"), line.value("account_id")): line for line in _of_type(move, "tax")}
    for tax in taxes:
        base = rounded(tax.base / rate)
        values: dict[str, JsonValue] = {
            "name": tax.tax.text("name"),
            "tax_base_amount": float(base),
            "tax_group_id": tax.tax.row.get("tax_group_id"),
            **_both_currencies(direction(move) * rounded(tax.amount), rate),
        }
        line = old.pop((tax.tax.id, tax.account), None) or _made(move, "tax", tax.account, {"tax_line_id": tax.tax.id})
        line.set(**values)
    for line in old.values():
        _drop(line)


def _made(move: Record, display_type: str, account: JsonValue, values: Row) -> Record:
    zeros: Row = dict.fromkeys(("quantity", "price_unit", "price_subtotal", "price_total", "discount"), 0.0)
    zeros |= {"amount_residual": 0.0, "amount_residual_currency": 0.0, "tax_ids": [], "name": None}
    given: Row = {"move_id": move.id, "display_type": display_type, "account_id": account, **zeros, **values}
    return move.env.create("account.move.line", given)


def _drop(line: Record) -> None:
    line.env.store.delete(line.model, line.id)


def _set_terms(move: Record, rate: Decimal) -> None:
    """The payable (receivable) lines: one a due date, together the opposite of everything else."""
    others = [line for line in move.many("line_ids") if line.text("display_type") in ("product", "tax")]
    owed, owed_currency = -total(others, "balance"), -total(others, "amount_currency")
    if not others:
        owed = owed_currency = _ZERO
    old = _of_type(move, "payment_term")
    account = old[0].value("account_id") if old else _counterpart(move)
    terms = _due_parts(move, owed_currency) if others else []
    remaining = owed
    for position, (due, part) in enumerate(terms):
        last = position == len(terms) - 1
        balance = remaining if last else rounded(part / rate)
        remaining -= balance
        line = old.pop(0) if old else _made(move, "payment_term", account, {})
        name = move.text("payment_reference")
        if len(terms) > 1:
            name = f"{name} installment #{position + 1}".strip()
        amounts = _both_currencies(part, Decimal(1)) | _sides(balance)
        line.set(date_maturity=due, name=name, **amounts)
        refresh_residual(line)
    for line in old:
        _drop(line)


def _sides(balance: Decimal) -> dict[str, JsonValue]:
    return {
        "balance": float(balance),
        "debit": float(max(balance, _ZERO)),
        "credit": float(max(-balance, _ZERO)),
    }


def _counterpart(move: Record) -> JsonValue:
    partner = move.one("commercial_partner_id")
    side = "payable" if kind(move) in PURCHASE else "receivable"
    if partner is not None:
        return partner.value(f"property_account_{side}_id")
    wanted = "liability_payable" if kind(move) in PURCHASE else "asset_receivable"
    accounts = [account for account in move.env.all("account.account") if account.text("account_type") == wanted]
    return accounts[0].id if accounts else None


def _due_parts(move: Record, amount: Decimal) -> list[tuple[JsonValue, Decimal]]:
    """(due date, amount) by the payment term; without one, everything on the bill's due date."""
    term = move.one("invoice_payment_term_id")
    start = move.day("invoice_date") or move.day("date") or move.env.today
    if term is None or not term.many("line_ids"):
        return [(move.row.get("invoice_date_due") or day_text(move.env.today), amount)]
    parts: list[tuple[JsonValue, Decimal]] = []
    left = amount
    lines = term.many("line_ids")
    for line in lines:
        share = left if line == lines[-1] else _share(line, amount)
        left -= share
        parts.append((day_text(_due(line, start)), share))
    return parts


def _share(line: Record, amount: Decimal) -> Decimal:
    if line.text("value") == "fixed":
        return rounded(line.number("value_amount") * (1 if amount > 0 else -1))
    return rounded(amount * line.number("value_amount") / 100)


def _due(line: Record, start: date) -> date:
    days = timedelta(days=line.integer("nb_days"))
    kind_of_delay = line.text("delay_type")
    if kind_of_delay == "days_after_end_of_month":
        return _month_end(start) + days
    if kind_of_delay == "days_after_end_of_next_month":
        return _month_end(_month_end(start) + timedelta(days=1)) + days
    return start + days


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def refresh_totals(move: Record) -> None:
    """The header's amounts, from its lines."""
    lines = move.many("line_ids")
    if not is_invoice(move):
        debited = [line for line in lines if line.number("debit")]
        amount = total(debited, "balance")
        signed = float(abs(amount))
        move.set(amount_total=float(amount), amount_total_signed=signed, amount_total_in_currency_signed=signed)
        move.set(always_tax_exigible=True)
        return
    sign = direction(move)
    by_type: Mapping[str, list[Record]] = {
        name: [line for line in lines if line.text("display_type") == name]
        for name in ("product", "tax", "payment_term")
    }
    net, net_signed = _totals(by_type["product"], "amount_currency", "balance")
    tax, tax_signed = _totals(by_type["tax"], "amount_currency", "balance")
    left, left_signed = _totals(by_type["payment_term"], "amount_residual_currency", "amount_residual")
    move.set(
        amount_untaxed=float(sign * net),
        amount_tax=float(sign * tax),
        amount_total=float(sign * (net + tax)),
        amount_residual=float(-sign * left),
        amount_untaxed_signed=float(-net_signed),
        amount_tax_signed=float(-tax_signed),
        amount_total_signed=float(-(net_signed + tax_signed)),
        amount_residual_signed=float(left_signed),
        amount_total_in_currency_signed=float(-(net + tax)),
    )


def _totals(lines: Sequence[Record], foreign: str, own: str) -> tuple[Decimal, Decimal]:
    return total(lines, foreign), total(lines, own)


def copy_header(move: Record) -> None:
    """Lines repeat some of their entry's values."""
    company = move.one("company_id")
    shared: dict[str, JsonValue] = {
        "parent_state": move.row.get("state"),
        "move_name": move.row.get("name"),
        "company_currency_id": company.row.get("currency_id") if company else None,
    }
    shared |= {name: move.row.get(name) for name in ("date", "ref", "journal_id", "company_id", "invoice_date")}
    if is_invoice(move):
        shared |= {"partner_id": move.row.get("commercial_partner_id"), "currency_id": move.row.get("currency_id")}
    for line in move.many("line_ids"):
        line.set(**shared)
