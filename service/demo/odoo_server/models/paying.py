"""The wizard that pays documents: one payment for all of them, or one each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import currency_rate
from service.demo.odoo_server.models.payments import bank_journal, post, set_lines
from service.demo.odoo_server.models.reconciling import reconcile_open
from service.demo.odoo_server.models.residuals import residual
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, decimal, ids_of, rounded

_OWED = ("asset_receivable", "liability_payable")


class PaymentRegister(RemoteModel):
    """Which documents are paid, how much, when and from where."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "payment_difference_handling": "open",
        "writeoff_label": "Write-Off",
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "payment_difference": lambda wizard: float(_difference(wizard)),
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """All that is open of the documents in the context. UserError where nothing is."""
        system = env.as_system()
        lines = _open_lines(system)
        groups = {_group(line) for line in lines}
        first = lines[0]
        given = values.get("journal_id")
        journal = system.record("account.journal", given) if isinstance(given, int) else bank_journal(system)
        currency = journal.value("currency_id") or first.value("currency_id")
        wanted = values.get("currency_id") or currency
        single = len(groups) == 1
        account = _move(first).value("partner_bank_id") if single else None
        return {
            "line_ids": [[6, 0, [line.id for line in lines]]],
            "company_id": first.value("company_id"),
            "journal_id": journal.id,
            "currency_id": currency,
            "source_currency_id": first.value("currency_id"),
            "source_amount": float(abs(total(lines, "amount_residual"))),
            "source_amount_currency": float(abs(total(lines, "amount_residual_currency"))),
            "payment_date": env.today.isoformat(),
            "payment_type": "inbound" if total(lines, "balance") > 0 else "outbound",
            "partner_type": "customer" if first.text("account_type") == "asset_receivable" else "supplier",
            "partner_id": first.value("partner_id") if single else None,
            "partner_bank_id": account,
            "can_edit_wizard": single,
            "can_group_payments": len(lines) > 1,
            "group_payment": single and len({line.value("move_id") for line in lines}) == 1,
            "amount": float(_open_amount(system, lines, wanted)) if single else None,
            "communication": _communication(lines) if single else None,
        }

    def remote_action_create_payments(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Make and post the payments, match them with the documents; the action that shows them."""
        access.check_model(env, "account.payment", "c")
        payments = [payment for wizard in self.records(env.as_system(), ids) for payment in _pay(wizard)]
        if env.context.get("dont_redirect_to_payments"):
            return True
        action: dict[str, JsonValue] = {
            "name": "Payments",
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "context": {"create": False},
        }
        if len(payments) == 1:
            return action | {"view_mode": "form", "res_id": payments[0].id}
        return action | {"view_mode": "tree,form", "domain": [["id", "in", [payment.id for payment in payments]]]}


def _open_lines(env: Environment) -> list[Record]:
    model, numbers = env.context.get("active_model"), ids_of(env.context.get("active_ids"))
    if model == "account.move":
        lines = [line for number in numbers for line in env.record("account.move", number).many("line_ids")]
    elif model == "account.move.line":
        lines = [env.record("account.move.line", number) for number in numbers]
    else:
        raise UserError(
            "The register payment wizard should only be called on account.move or account.move.line records."
        )
    if any(_move(line).text("state") != "posted" for line in lines):
        raise UserError("You can only register payment for posted journal entries.")
    owed = [line for line in lines if line.text("account_type") in _OWED and residual(line)]
    if not owed:
        raise UserError(
            "You can't register a payment because there is nothing left to pay on the selected journal items."
        )
    if len({line.text("account_type") for line in owed}) > 1:
        raise UserError("You can't register payments for both inbound and outbound moves at the same time.")
    return owed


def _move(line: Record) -> Record:
    move = line.one("move_id")
    if move is None:
        raise UserError("The journal item has no entry.")
    return move


def _group(line: Record) -> tuple[JsonValue, ...]:
    """What may be paid together."""
    shared = (line.value("partner_id"), line.value("account_id"), line.value("currency_id"))
    return (*shared, _move(line).value("partner_bank_id"))


def _communication(lines: Sequence[Record]) -> str:
    labels = {line.text("name") or _move(line).text("ref") or _move(line).text("name") for line in lines}
    return " ".join(sorted(labels))


def _open_amount(env: Environment, lines: Sequence[Record], currency: JsonValue) -> Decimal:
    """What is open, in the currency that is paid in."""
    if currency == lines[0].value("currency_id"):
        return abs(total(lines, "amount_residual_currency"))
    company = lines[0].one("company_id")
    paid_in = env.record("res.currency", currency) if isinstance(currency, int) else None
    return rounded(abs(total(lines, "amount_residual")) * currency_rate(env, paid_in, company, env.today))


def _difference(wizard: Record) -> Decimal:
    if not wizard.flag("can_edit_wizard"):
        return Decimal(0)
    lines = wizard.many("line_ids")
    return _open_amount(wizard.env, lines, wizard.value("currency_id")) - wizard.number("amount")


def _pay(wizard: Record) -> list[Record]:
    lines = wizard.many("line_ids")
    if wizard.flag("can_edit_wizard") and (len(lines) == 1 or wizard.flag("group_payment")):
        return [_pay_as_typed(wizard, lines)]
    if wizard.flag("group_payment"):
        groups: dict[tuple[JsonValue, ...], list[Record]] = {}
        for line in lines:
            groups.setdefault(_group(line), []).append(line)
        return [_pay_open(wizard, group) for group in groups.values()]
    return [_pay_open(wizard, [line]) for line in lines]


def _pay_as_typed(wizard: Record, lines: Sequence[Record]) -> Record:
    difference = _difference(wizard)
    values: Row = {"amount": wizard.value("amount"), "payment_type": wizard.value("payment_type")}
    values |= {"ref": wizard.value("communication"), "partner_bank_id": wizard.value("partner_bank_id")}
    payment = _made(wizard, lines, values)
    if wizard.text("payment_difference_handling") == "reconcile" and difference:
        sign = 1 if wizard.text("payment_type") == "inbound" else -1
        account = wizard.integer("writeoff_account_id")
        set_lines(payment, [(account, wizard.text("writeoff_label"), sign * difference)])
    return _settle(payment, lines)


def _pay_open(wizard: Record, lines: Sequence[Record]) -> Record:
    paid = total(lines, "amount_residual_currency")
    values: Row = {
        "amount": float(abs(paid)),
        "payment_type": "inbound" if paid > 0 else "outbound",
        "ref": _communication(lines),
        "partner_bank_id": _move(lines[0]).value("partner_bank_id"),
        "currency_id": lines[0].value("currency_id"),
    }
    return _settle(_made(wizard, lines, values), lines)


def _made(wizard: Record, lines: Sequence[Record], values: Row) -> Record:
    shared: Row = {
        "date": wizard.value("payment_date"),
        "journal_id": wizard.value("journal_id"),
        "currency_id": wizard.value("currency_id"),
        "partner_type": wizard.value("partner_type"),
        "partner_id": lines[0].value("partner_id"),
        "destination_account_id": lines[0].value("account_id"),
    }
    given = {name: value for name, value in {**shared, **values}.items() if value is not None}
    return wizard.env.create("account.payment", {**given, "amount": float(decimal(given.get("amount")))})


def _settle(payment: Record, lines: Sequence[Record]) -> Record:
    move = payment.one("move_id")
    if move is not None:
        post([move])
        payment.env.settle()
        owed = [line for line in move.many("line_ids") if line.text("account_type") in _OWED]
        reconcile_open([*owed, *lines])
    return payment
