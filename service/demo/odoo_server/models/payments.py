"""Payments of customers and to vendors, each with its journal entry, and what they paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import AccessError, UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models import posting
from service.demo.odoo_server.models.amounts import currency_rate
from service.demo.odoo_server.models.bill_kinds import PURCHASE, SALE
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.residuals import counterparts, refresh_residual, residual
from service.demo.odoo_server.values import JsonValue, Row, rounded

_LABELS = {
    ("outbound", "supplier"): "Vendor Payment",
    ("inbound", "supplier"): "Vendor Reimbursement",
    ("outbound", "customer"): "Customer Reimbursement",
    ("inbound", "customer"): "Customer Payment",
}
_SHAPING = frozenset(("amount", "partner_id", "currency_id", "payment_type", "partner_type", "date", "journal_id"))
_SHARED = ("partner_id", "currency_id", "partner_bank_id")  # kept by the payment and by its entry


class Payment(ThreadModel):
    """Money in or out."""

    delegates: ClassVar[Mapping[str, str]] = {"move_id": "account.move"}
    initial: ClassVar[Mapping[str, JsonValue]] = {
        "payment_type": "inbound",
        "partner_type": "customer",
        "amount": 0.0,
        "is_internal_transfer": False,
        "is_reconciled": False,
        "is_matched": False,
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "reconciled_bill_ids": lambda payment: list[JsonValue](_settled(payment, PURCHASE)),
        "reconciled_bills_count": lambda payment: len(_settled(payment, PURCHASE)),
        "reconciled_invoice_ids": lambda payment: list[JsonValue](_settled(payment, SALE)),
        "reconciled_invoices_count": lambda payment: len(_settled(payment, SALE)),
        "reconciled_statement_line_ids": lambda payment: list[JsonValue](_bank_lines(payment)),
        "reconciled_statement_lines_count": lambda payment: len(_bank_lines(payment)),
        "amount_signed": lambda payment: float(_signed(payment)),
    }

    def display_name(self, record: Record) -> str:
        """The entry's number."""
        move = record.one("move_id")
        return move.text("name") if move and posting.has_number(move) else "Draft Payment"

    def defaults(self, env: Environment, values: Row) -> Row:
        """Journal, day, currency, and the accounts between which the money moves."""
        system = env.as_system()
        journal = _journal(system, values)
        company = journal.one("company_id") or system.company
        side = "debit" if values.get("payment_type", "inbound") == "inbound" else "credit"
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": env.today.isoformat(),
            "currency_id": journal.value("currency_id") or company.value("currency_id"),
            "outstanding_account_id": company.value(f"account_journal_payment_{side}_account_id"),
            "destination_account_id": _destination(system, values),
        }

    def after_create(self, record: Record, _values: Row) -> None:
        """The entry knows its payment and carries the amounts."""
        move = _move(record)
        shared: Row = {name: record.row.get(name) for name in _SHARED}
        partner = record.one("partner_id")
        shared["commercial_partner_id"] = partner.value("commercial_partner_id") if partner else None
        move.set(payment_id=record.id, **shared)
        set_lines(record)
        if not posting.has_number(move) and posting.is_first_of_period(move):
            posting.set_next_number(move)

    def after_write(self, record: Record, values: Row) -> None:
        """The entry follows."""
        if _SHAPING & values.keys():
            _move(record).set(**{name: record.row.get(name) for name in _SHARED})
            set_lines(record)

    def unlink_all(self, records: Sequence[Record]) -> None:
        """The entry goes with its payment."""
        moves = [_move(record) for record in records if record.exists]
        super().unlink_all(records)
        for move in moves:
            move.env.models[move.model].unlink_all([move])

    def refresh(self, record: Record) -> None:
        """Whether it found its documents, and its line of the bank."""
        lines, account = _move(record).many("line_ids"), record.value("outstanding_account_id")
        bank = [line for line in lines if line.value("account_id") == account]
        other = [line for line in lines if line not in bank]
        zero = not record.number("amount")
        record.set(
            is_matched=zero or not sum((residual(line) for line in bank), Decimal(0)),
            is_reconciled=zero or not sum((residual(line) for line in other), Decimal(0)),
            amount_company_currency_signed=float(total(bank, "balance")),
        )

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_post(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Make drafts final."""
        if not access.has_group(env, access.BILLING):
            raise AccessError("You don't have the access rights to post an invoice.")
        post([_move(payment) for payment in self._for_change(env, ids)])
        return None

    def remote_action_draft(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to draft."""
        posting.reset_to_draft([_move(payment) for payment in self._for_change(env, ids)])
        return None

    def remote_action_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel."""
        posting.cancel([_move(payment) for payment in self._for_change(env, ids)])
        return None

    def _for_change(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        return records


def post(moves: Sequence[Record]) -> None:
    """Make the entries of payments final, whatever their day."""
    for move in moves:
        if move.text("state") != "draft":
            raise UserError(f"The entry {move.text('name')} (id {move.id}) must be in draft.")
        posting.make_posted(move)


def _move(payment: Record) -> Record:
    move = payment.one("move_id")
    if move is None:
        raise UserError("The payment has no journal entry.")
    return move


def _journal(env: Environment, values: Row) -> Record:
    given = values.get("journal_id")
    if isinstance(given, int):
        return env.record("account.journal", given)
    return bank_journal(env)


def bank_journal(env: Environment) -> Record:
    """The company's first journal of a bank. UserError where there is none."""
    found = [
        journal
        for journal in env.all("account.journal")
        if journal.text("type") == "bank" and journal.value("company_id") == env.company.id and journal.flag("active")
    ]
    if not found:
        raise UserError(f"No journal could be found in company {env.company.display_name} for any of those types: bank")
    return min(found, key=lambda journal: (journal.integer("sequence"), journal.text("code")))


def _destination(env: Environment, values: Row) -> JsonValue:
    kind = "payable" if values.get("partner_type") == "supplier" else "receivable"
    number = values.get("partner_id")
    if isinstance(number, int):
        return env.record("res.partner", number).value(f"property_account_{kind}_id")
    wanted = "liability_payable" if kind == "payable" else "asset_receivable"
    return next((account.id for account in env.all("account.account") if account.text("account_type") == wanted), None)


def _signed(payment: Record) -> Decimal:
    return payment.number("amount") * (1 if payment.text("payment_type") == "inbound" else -1)


def set_lines(payment: Record, write_offs: Sequence[tuple[int, str, Decimal]] = ()) -> None:
    """The entry's lines: the bank's, the partner's, and (account, text, amount) of what is written off."""
    move, env = _move(payment), payment.env
    if payment.value("outstanding_account_id") is None:
        journal = move.one("journal_id")
        raise UserError(
            "You can't create a new payment without an outstanding payments/receipts account set either on the company"
            f" or the Manual payment method in the {journal.display_name if journal else ''} journal."
        )
    items = env.models["account.move.line"]
    with_rights = env.as_system()
    items.unlink_all([with_rights.record(line.model, line.id) for line in move.many("line_ids")])
    written_off = sum((amount for _account, _text, amount in write_offs), Decimal(0))
    text, bank = _label(payment), _signed(payment)
    parts = [(payment.integer("outstanding_account_id"), text, bank)]
    parts += [(payment.integer("destination_account_id"), text, -bank - written_off), *write_offs]
    for account, name, amount in parts:
        env.create("account.move.line", {"name": name, "account_id": account, **_amounts(payment, move, amount)})
    env.mark_stale([("account.move", move.id)])
    for line in move.many("line_ids"):
        refresh_residual(line)


def _amounts(payment: Record, move: Record, amount: Decimal) -> Row:
    company, on = move.one("company_id"), move.day("date") or payment.env.today
    rate = currency_rate(payment.env, payment.one("currency_id"), company, on)
    balance = rounded(amount / rate)
    return {
        "move_id": move.id,
        "partner_id": payment.row.get("partner_id"),
        "currency_id": payment.row.get("currency_id"),
        "payment_id": payment.id,
        "date_maturity": on.isoformat(),
        "amount_currency": float(amount),
        "balance": float(balance),
        "debit": float(max(balance, Decimal(0))),
        "credit": float(max(-balance, Decimal(0))),
    }


def _label(payment: Record) -> str:
    if payment.text("payment_reference"):
        return payment.text("payment_reference")
    label = _LABELS[payment.text("payment_type"), payment.text("partner_type")]
    partner, on = payment.one("partner_id"), payment.day("date") or payment.env.today
    who = f" - {partner.display_name}" if partner else ""
    return f"{label} {_money(payment)}{who} - {on:%m/%d/%Y}"


def _money(payment: Record) -> str:
    currency, amount = payment.one("currency_id"), payment.number("amount")
    symbol = currency.text("symbol") if currency else ""
    before = currency is not None and currency.text("position") == "before"
    return f"{symbol}\u00a0{amount:,.2f}" if before else f"{amount:,.2f}\u00a0{symbol}"


def _settled(payment: Record, kinds: Sequence[str]) -> list[int]:
    """Ids of the documents of those kinds that the payment's receivable or payable was matched with."""
    moves = {
        move.id
        for line in _move(payment).many("line_ids")
        if line.text("account_type") in ("asset_receivable", "liability_payable")
        for other in counterparts(line)
        if (move := other.one("move_id")) and move.text("move_type") in kinds
    }
    return sorted(moves)


def _bank_lines(payment: Record) -> list[int]:
    account = payment.value("outstanding_account_id")
    found = {
        other.integer("statement_line_id")
        for line in _move(payment).many("line_ids")
        if line.value("account_id") == account
        for other in counterparts(line)
    }
    return sorted(found - {0})
