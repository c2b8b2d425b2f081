"""Lines of bank statements: each books itself against a suspense account until it is matched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.models import posting
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.payments import bank_journal
from service.demo.odoo_server.models.reconciling import unreconcile
from service.demo.odoo_server.models.residuals import refresh_residual
from service.demo.odoo_server.values import JsonValue, Row

_HIGHEST_SEQUENCE = 2147483647  # counts down in the index, so that later lines of a day come first


class BankLine(ThreadModel):
    """What a bank reports."""

    delegates: ClassVar[Mapping[str, str]] = {"move_id": "account.move"}
    initial: ClassVar[Mapping[str, JsonValue]] = {"amount": 0.0, "sequence": 1, "is_reconciled": False}

    def display_name(self, record: Record) -> str:
        """The entry's number."""
        move = record.one("move_id")
        return move.text("name") if move else ""

    def defaults(self, env: Environment, values: Row) -> Row:
        """The bank's journal, its currency, today."""
        system, given = env.as_system(), values.get("journal_id")
        journal = system.record("account.journal", given) if isinstance(given, int) else bank_journal(system)
        company = journal.one("company_id") or system.company
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": env.today.isoformat(),
            "currency_id": journal.value("currency_id") or company.value("currency_id"),
        }

    def after_create(self, record: Record, _values: Row) -> None:
        """The line books and posts itself."""
        move, partner = _move(record), record.one("partner_id")
        commercial = partner.value("commercial_partner_id") if partner else None
        move.set(
            statement_line_id=record.id,
            partner_id=record.row.get("partner_id"),
            commercial_partner_id=commercial,
            currency_id=record.row.get("currency_id"),
        )
        _set_lines(record)
        posting.make_posted(move)

    def after_write(self, record: Record, values: Row) -> None:
        """What was not matched yet follows the line."""
        if {"amount", "partner_id", "payment_ref"} & values.keys():
            _move(record).set(partner_id=record.row.get("partner_id"))
            _set_lines(record)

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its own place in the statement and what is left to match."""
        return [(self.name, record.id)] if {"amount", "sequence"} & set(changed) else []

    def refresh(self, record: Record) -> None:
        """Open as long as something stands on the suspense account."""
        move, journal = _move(record), _move(record).one("journal_id")
        suspense = journal.value("suspense_account_id") if journal else None
        waiting = [line for line in move.many("line_ids") if line.value("account_id") == suspense]
        left = total(waiting, "amount_currency")
        if move.flag("to_check"):
            left = -record.number("amount")
        on = move.day("date") or record.env.today
        rank = _HIGHEST_SEQUENCE - record.integer("sequence")
        record.set(
            amount_residual=float(left),
            is_reconciled=not waiting or not left,
            internal_index=f"{on:%Y%m%d}{rank:0>10}{record.id:0>10}",
        )

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_undo_reconciliation(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to the suspense account."""
        access.check_model(env, self.name, "w")
        for line in self.records(env, ids):
            unreconcile(_move(line).many("line_ids"))
            _set_lines(line)
        return None


def _move(line: Record) -> Record:
    move = line.one("move_id")
    if move is None:
        raise UserError("The statement line has no journal entry.")
    return move


def _set_lines(line: Record) -> None:
    move, env = _move(line), line.env.as_system()
    journal = move.one("journal_id")
    suspense = journal.value("suspense_account_id") if journal else None
    if journal is None or suspense is None:
        name = journal.display_name if journal else ""
        raise UserError(f"You can't create a new statement line without a suspense account set on the {name} journal.")
    for old in move.many("line_ids"):
        env.store.delete(old.model, old.id)
    amount = line.number("amount")
    for account, balance in ((journal.value("default_account_id"), amount), (suspense, -amount)):
        values: Row = {
            "move_id": move.id,
            "account_id": account,
            "name": line.row.get("payment_ref"),
            "partner_id": line.row.get("partner_id"),
            "currency_id": line.row.get("currency_id"),
            "statement_line_id": line.id,
            "parent_state": move.row.get("state"),
            "amount_currency": float(balance),
            "balance": float(balance),
            "debit": float(max(balance, Decimal(0))),
            "credit": float(max(-balance, Decimal(0))),
        }
        refresh_residual(env.create("account.move.line", values))
    env.mark_stale([("account.move", move.id)])
