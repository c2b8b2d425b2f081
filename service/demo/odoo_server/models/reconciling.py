"""Matching journal items with each other: partial and full matches, their numbers, and their undoing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from service.demo.odoo_server.environment import Record, day_text
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.models.residuals import (
    counterparts,
    is_open,
    may_be_matched,
    partials_of,
    refresh_residual,
    residual,
)
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import Row, rounded

_PARTIAL, _FULL = "account.partial.reconcile", "account.full.reconcile"


def reconcile(lines: Sequence[Record]) -> None:
    """Match debits with credits, oldest first, as far as they go. UserError where they don't belong together."""
    for line in lines:
        refresh_residual(line)
    _check(lines)
    due = sorted(lines, key=_age)
    debits = [line for line in due if residual(line) > 0]
    credits_ = [line for line in due if residual(line) < 0]
    while debits and credits_:
        _match(debits[0], credits_[0])
        debits, credits_ = ([line for line in side if not line.flag("reconciled")] for side in (debits, credits_))
    family = _family(lines)
    if partials_of(lines[0]) and all(line.flag("reconciled") for line in family):
        _close(family)
    _number(family)


def _check(lines: Sequence[Record]) -> None:
    if any(line.flag("reconciled") for line in lines):
        raise UserError("You are trying to reconcile some entries that are already reconciled.")
    if any(line.text("parent_state") != "posted" for line in lines):
        raise UserError("You can only reconcile posted entries.")
    accounts = list(dict.fromkeys(account for line in lines if (account := line.one("account_id"))))
    names = ", ".join(account.display_name for account in accounts)
    if len(accounts) > 1:
        raise UserError(f"Entries are not from the same account: {names}")
    if len({line.value("company_id") for line in lines}) > 1:
        raise UserError("Entries don't belong to the same company.")
    if not may_be_matched(lines[0]):
        raise UserError(
            f"Account {names} does not allow reconciliation. First change the configuration of this account to"
            " allow it."
        )


def _age(line: Record) -> tuple[str, Decimal, Decimal]:
    return (
        line.text("date_maturity") or line.text("date"),
        line.number("amount_currency"),
        line.number("balance"),
    )


def _match(debit: Record, credit: Record) -> None:
    """One partial match: in a common foreign currency by its amounts, else by the company's."""
    shared = debit.value("currency_id") == credit.value("currency_id")
    own = min(debit.number("amount_residual"), -credit.number("amount_residual"))
    foreign = min(debit.number("amount_residual_currency"), -credit.number("amount_residual_currency"))
    dates = [day for line in (debit, credit) if (day := line.day("date"))]
    values: Row = {
        "debit_move_id": debit.id,
        "credit_move_id": credit.id,
        "amount": float(own),
        "debit_amount_currency": float(foreign if shared else _share(debit, own)),
        "credit_amount_currency": float(foreign if shared else _share(credit, own)),
        "debit_currency_id": debit.value("currency_id"),
        "credit_currency_id": credit.value("currency_id"),
        "company_id": debit.value("company_id"),
        "max_date": day_text(max(dates, default=None)),
    }
    debit.env.create(_PARTIAL, values)
    refresh_residual(debit)
    refresh_residual(credit)


def _share(line: Record, own: Decimal) -> Decimal:
    """The part of the line's own currency that stands behind an amount in the company's."""
    open_own = line.number("amount_residual")
    return rounded(abs(line.number("amount_residual_currency") * own / open_own)) if open_own else Decimal(0)


def _family(lines: Iterable[Record]) -> list[Record]:
    """The lines with everything that they are matched with, directly or not."""
    found: dict[int, Record] = {}
    todo = list(lines)
    while todo:
        line = todo.pop()
        if line.id not in found:
            found[line.id] = line
            todo.extend(counterparts(line))
    return [found[number] for number in sorted(found)]


def _close(family: Sequence[Record]) -> None:
    full = family[0].env.create(_FULL, {})
    for line in family:
        line.set(full_reconcile_id=full.id)
        for partial in partials_of(line):
            partial.set(full_reconcile_id=full.id)


def _number(lines: Sequence[Record]) -> None:
    """A full match bears its id, a partial one P and the lowest id among its parts."""
    for line in lines:
        full = line.value("full_reconcile_id")
        parts = [partial.id for member in _family([line]) for partial in partials_of(member)]
        text = str(full) if full is not None else f"P{min(parts)}" if parts else None
        line.set(matching_number=text)


class PartialReconcile(RemoteModel):
    """One debit matched with one credit."""

    def display_name(self, record: Record) -> str:
        """Model and id, as it has no name."""
        return f"{self.name},{record.id}"

    def dependents(self, record: Record, before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """The entries that it settles."""
        for name in ("debit_move_id", "credit_move_id"):
            number = record.row.get(name) or before.get(name)
            line = record.env.record("account.move.line", number if isinstance(number, int) else 0)
            if line.exists:
                yield "account.move", line.integer("move_id")

    def unlink_all(self, records: Sequence[Record]) -> None:
        """Undo matches: what was settled by them is open again."""
        ends = [
            line for partial in records for name in ("debit_move_id", "credit_move_id") if (line := partial.one(name))
        ]
        family = _family(ends)
        fulls = list(dict.fromkeys(full for partial in records if (full := partial.one("full_reconcile_id"))))
        super().unlink_all(records)
        for full in fulls:
            full.env.models[_FULL].unlink_all([full])
        for line in family:
            line.set(reconciled=False)
            refresh_residual(line)
        _number(family)


def unreconcile(lines: Sequence[Record]) -> None:
    """Undo all matches of the lines."""
    partials = list(dict.fromkeys(partial for line in lines for partial in partials_of(line)))
    if partials:
        partials[0].env.models[_PARTIAL].unlink_all(partials)


def reconcile_open(lines: Sequence[Record]) -> None:
    """Match what is open among the lines, account by account; accounts that aren't matched are left alone."""
    groups: dict[tuple[object, object], list[Record]] = {}
    for line in lines:
        refresh_residual(line)
        if is_open(line):
            groups.setdefault((line.value("account_id"), line.value("currency_id")), []).append(line)
    for group in groups.values():
        reconcile(group)
