"""What is still open of a journal item after everything that it was matched with."""

from __future__ import annotations

from decimal import Decimal

from service.demo.odoo_server.environment import Record, total
from service.demo.odoo_server.values import rounded

CASH = ("asset_cash", "liability_credit_card")


def may_be_matched(line: Record) -> bool:
    """Whether items of the line's account are matched with each other at all."""
    account = line.one("account_id")
    if account is None:
        return False
    return account.flag("reconcile") or account.text("account_type") in CASH


def partials_of(line: Record) -> list[Record]:
    """The matches of a line, whichever side it is on."""
    env, model = line.env, "account.partial.reconcile"
    return env.pointing(model, "debit_move_id", line.id) + env.pointing(model, "credit_move_id", line.id)


def counterparts(line: Record) -> list[Record]:
    """The lines that it was matched with."""
    return [other for partial in partials_of(line) if (other := _other_side(partial, line)) is not None]


def _other_side(partial: Record, line: Record) -> Record | None:
    return partial.one("credit_move_id" if partial.value("debit_move_id") == line.id else "debit_move_id")


def refresh_residual(line: Record) -> None:
    """Keep a line's open amounts in step with its matches. An item whose currency is settled is settled: the
    difference that rates leave behind is not booked.
    """
    if line.text("display_type") != "payment_term" and not may_be_matched(line):
        line.set(amount_residual=0.0, amount_residual_currency=0.0, reconciled=False)
        return
    if line.flag("reconciled") and not partials_of(line):
        return  # books that were loaded may say so without saying what it was matched with
    debit = line.env.pointing("account.partial.reconcile", "debit_move_id", line.id)
    credit = line.env.pointing("account.partial.reconcile", "credit_move_id", line.id)
    own = line.number("balance") - total(debit, "amount") + total(credit, "amount")
    foreign = line.number("amount_currency") - total(debit, "debit_amount_currency")
    foreign += total(credit, "credit_amount_currency")
    settled = not rounded(foreign) if _is_foreign(line) else not rounded(own)
    line.set(
        amount_residual=0.0 if settled else float(rounded(own)),
        amount_residual_currency=0.0 if settled else float(rounded(foreign)),
        reconciled=settled and bool(debit or credit),
    )


def _is_foreign(line: Record) -> bool:
    company = line.one("company_id")
    return company is not None and line.value("currency_id") not in (None, company.value("currency_id"))


def is_open(line: Record) -> bool:
    """Whether something of a receivable, payable or bank item is left to be matched."""
    return may_be_matched(line) and not line.flag("reconciled")


def residual(line: Record) -> Decimal:
    """What is open, in the line's own currency."""
    return line.number("amount_residual_currency" if _is_foreign(line) else "amount_residual")
