"""Journal entries: vendor bills, credit notes, customer invoices and plain entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from textwrap import shorten
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, day_text, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models import posting
from service.demo.odoo_server.models.bill_kinds import (
    CREATED_WORDS,
    DRAFT_WORDS,
    PURCHASE,
    REFUNDS,
    SALE,
    is_invoice,
    kind,
)
from service.demo.odoo_server.models.bill_lines import POSTED_ITEM, check_unreconciled, unserialisable
from service.demo.odoo_server.models.bill_sync import copy_header, refresh_totals, synchronise
from service.demo.odoo_server.models.messages import ThreadModel, post_note
from service.demo.odoo_server.models.residuals import counterparts, refresh_residual
from service.demo.odoo_server.values import JsonValue, Row, ids_of, rounded

_JOURNAL_TYPES = {"in": "purchase", "ou": "sale", "en": "general"}
_SETTLED = ("paid", "partial", "in_payment", "reversed")
_RETRIGGERING = frozenset(
    "partner_id invoice_date date currency_id invoice_payment_term_id state name ref payment_reference"
    " invoice_date_due journal_id move_type".split()
)


class Move(ThreadModel):
    """Bills, invoices and entries; lines of tax and payable are kept by the model itself."""

    may_note: ClassVar[str] = "r"
    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "name": "/",
        "auto_post": "no",
        "payment_state": "not_paid",
        "posted_before": False,
        "sequence_number": 0,
        "sequence_prefix": "",
        "to_check": False,
        "is_move_sent": False,
        "is_storno": False,
        "always_tax_exigible": False,
        "quick_edit_total_amount": 0.0,
        "secure_sequence_number": 0,
    }
    narrowed: ClassVar = {
        "invoice_line_ids": lambda line: line.text("display_type") in ("product", "line_section", "line_note")
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "duplicated_ref_ids": lambda move: list[JsonValue](sorted(other.id for other in posting.duplicates(move))),
        "direction_sign": lambda move: -1 if kind(move) in ("out_invoice", "in_refund", "out_receipt") else 1,
        "purchase_order_count": lambda move: len(
            {
                order_line.value("order_id")
                for line in move.many("line_ids")
                if (order_line := line.one("purchase_line_id"))
            }
        ),
        "type_name": lambda move: CREATED_WORDS.get(kind(move), "").removesuffix(" Created").removesuffix(" created"),
        "invoice_partner_display_name": lambda move: _partner_name(move),
        "needed_terms": lambda move: unserialisable() if is_invoice(move) else {},
    }

    def display_name(self, record: Record) -> str:
        """The number, for drafts with the kind, and the partner's reference."""
        draft = DRAFT_WORDS.get(kind(record), "") + " " if record.text("state") == "draft" else ""
        number = record.text("name") if posting.has_number(record) else f"(* {record.id})"
        reference = record.text("ref")
        return f"{draft}{number}" + (f" ({shorten(reference, width=50)})" if reference else "")

    def defaults(self, env: Environment, values: Row) -> Row:
        """Journal, company, currency, day, and what the partner brings."""
        system = env.as_system()
        move_type = str(values.get("move_type") or "entry")
        company = _company(system, values)
        given = values.get("journal_id")
        journal = (
            system.record("account.journal", given) if isinstance(given, int) else _journal(system, company, move_type)
        )
        invoiced_on = values.get("invoice_date")
        booked = posting.accounting_day(env, move_type, _day(invoiced_on))
        currency = journal.value("currency_id") or company.value("currency_id")
        found: Row = {"move_type": move_type, "company_id": company.id, "currency_id": currency}
        found |= {"journal_id": journal.id, "date": day_text(booked)}
        return found | _from_partner(system, values.get("partner_id"), move_type)

    def after_create(self, record: Record, _values: Row) -> None:
        """The first draft of a period is numbered; orders that are billed are named in a note."""
        if record.text("state") == "posted":
            raise UserError(
                "You cannot create a move already in the posted state. Please create a draft move and post it after."
            )
        owned = record.env.context.get("delegating")  # payments and bank lines number their entries themselves
        if not owned and not posting.has_number(record) and posting.is_first_of_period(record):
            posting.set_next_number(record)
        if not is_invoice(record):
            _check_balance(record)
        _note_orders(record)

    def before_write(self, records: Sequence[Record], values: Row) -> None:
        """Follow the partner and the day; leave what was posted or paid as it is."""
        for move in records:
            changed = {name for name, value in values.items() if name not in move.row or move.row[name] != value}
            if move.flag("posted_before") and "journal_id" in changed:
                raise UserError("You cannot edit the journal of an account move if it has been posted once.")
            if changed & {"partner_id", "currency_id", "date"}:
                check_unreconciled(move)
        move = records[0]
        if "partner_id" in values:
            brought = _from_partner(move.env.as_system(), values["partner_id"], kind(move))
            values |= {name: value for name, value in brought.items() if name not in values}
        if values.get("invoice_date") and "date" not in values and move.text("state") == "draft":
            values["date"] = day_text(posting.accounting_day(move.env, kind(move), _day(values["invoice_date"])))

    def after_write(self, record: Record, values: Row) -> None:
        """Writing the state posts, whoever may write; so it is in Odoo."""
        if values.get("state") == "posted":
            posting.make_posted(record)
        if not is_invoice(record) and "line_ids" in values:
            _check_balance(record)

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Only drafts and cancelled entries that never had a number of their own disappear."""
        for move in records:
            check_unreconciled(move)
            if move.text("state") == "posted":
                raise UserError(POSTED_ITEM)
            move.set(state="cancel")
            for line in move.many("line_ids"):
                line.set(parent_state="cancel")

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its own totals, and what its lines bill."""
        if _RETRIGGERING & set(changed):
            yield self.name, record.id
        if {"state", "move_type"} & set(changed):
            for line in record.env.pointing("account.move.line", "move_id", record.id):
                number = line.row.get("purchase_line_id")
                if isinstance(number, int):
                    yield "purchase.order.line", number
                for sold in ids_of(line.row.get("sale_line_ids")):
                    yield "sale.order.line", sold

    def refresh(self, record: Record) -> None:
        """Lines, totals, payment state."""
        if is_invoice(record) and record.text("state") != "cancel" and record.text("payment_state") not in _SETTLED:
            synchronise(record)
        copy_header(record)
        for line in record.many("line_ids"):
            refresh_residual(line)
        refresh_totals(record)
        record.set(payment_state=_payment_state(record))
        owners = {"payment_id": "account.payment", "statement_line_id": "account.bank.statement.line"}
        record.env.mark_stale((owners[name], record.integer(name)) for name in owners if record.integer(name))

    def all_fields(self) -> Sequence[str]:
        """Without the one that can't go out."""
        return [name for name in self.spec.fields if name != "needed_terms"]

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_post(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Post drafts."""
        posting.post(self._for_change(env, ids, "r"))
        return False

    def remote_button_draft(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to draft."""
        posting.reset_to_draft(self._for_change(env, ids, "w"))
        return None

    def remote_button_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel."""
        posting.cancel(self._for_change(env, ids, "w"))
        return None

    def _for_change(self, env: Environment, ids: Sequence[int], mode: str) -> list[Record]:
        access.check_model(env, self.name, mode)
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, mode)
        return records


def _day(value: JsonValue) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _company(env: Environment, values: Row) -> Record:
    journal = values.get("journal_id")
    own = env.record("account.journal", journal).one("company_id") if isinstance(journal, int) else None
    given = values.get("company_id")
    return own or (env.record("res.company", given) if isinstance(given, int) else env.company)


def _journal(env: Environment, company: Record, move_type: str) -> Record:
    wanted = _JOURNAL_TYPES[move_type[:2]]
    fitting = [
        journal
        for journal in env.all("account.journal")
        if journal.text("type") == wanted and journal.value("company_id") == company.id and journal.flag("active")
    ]
    if not fitting:
        raise UserError(f"No journal could be found in company {company.display_name} for any of those types: {wanted}")
    return min(fitting, key=lambda journal: (journal.integer("sequence"), journal.text("code")))


def _from_partner(env: Environment, number: JsonValue, move_type: str) -> Row:
    if not isinstance(number, int):
        return {"commercial_partner_id": None}
    partner = env.record("res.partner", number)
    env.models["res.partner"].check_existing([partner])
    found: Row = {"commercial_partner_id": partner.row.get("commercial_partner_id") or partner.id}
    if move_type in PURCHASE + SALE:
        side = "property_supplier_payment_term_id" if move_type in PURCHASE else "property_payment_term_id"
        found |= {"invoice_payment_term_id": partner.value(side), "partner_shipping_id": partner.id}
        found["invoice_partner_display_name"] = partner.display_name
    if move_type in PURCHASE:
        commercial = env.record("res.partner", int(str(found["commercial_partner_id"])))
        accounts = sorted(commercial.many("bank_ids"), key=lambda account: not account.flag("allow_out_payment"))
        found["partner_bank_id"] = accounts[0].id if accounts else None
    return found


def _partner_name(move: Record) -> JsonValue:
    partner, author = move.one("partner_id"), move.one("create_uid")
    return partner.display_name if partner else f"#Created by: {author.text('name') if author else ''}"


def _check_balance(move: Record) -> None:
    lines = move.many("line_ids")
    debit, credit = total(lines, "debit"), total(lines, "credit")
    if rounded(debit - credit):
        journal = move.one("journal_id")
        raise UserError(
            f"An error has occurred.\n\nThe move ({move.display_name}) is not balanced.\nThe total of debits equals"
            f" {_money(move, debit)} and the total of credits equals {_money(move, credit)}.\nYou might want to specify"
            f' a default account on journal "{journal.text("name") if journal else ""}" to automatically balance each'
            " move."
        )


def _money(move: Record, amount: Decimal) -> str:
    company = move.one("company_id")
    currency = company.one("currency_id") if company else None
    symbol = currency.text("symbol") if currency else ""
    before = currency is not None and currency.text("position") == "before"
    return f"{symbol}\u00a0{amount:,.2f}" if before else f"{amount:,.2f}\u00a0{symbol}"


def _note_orders(move: Record) -> None:
    """Odoo names the billed orders in a note, for which the user needs an e-mail address."""
    lines = [order_line for line in move.many("line_ids") if (order_line := line.one("purchase_line_id"))]
    orders = {order.id: order for line in lines if (order := line.one("order_id"))}
    if orders and move.value("reversed_entry_id") is None:
        links = ",".join(
            f'<a href="#" data-oe-model="purchase.order" data-oe-id="{order.id}">{order.text("name")}</a>'
            for order in orders.values()
        )
        post_note(move, f"<p>This vendor bill has been created from: {links}</p>")


def _payment_state(move: Record) -> str:
    """By what the receivable or payable was matched with; books that were loaded without matches keep theirs."""
    if move.text("state") != "posted" or not is_invoice(move):
        return move.text("payment_state") if move.text("state") == "posted" else "not_paid"
    terms = [line for line in move.many("line_ids") if line.text("display_type") == "payment_term"]
    others = [other for line in terms for line_other in counterparts(line) if (other := line_other.one("move_id"))]
    if not move.number("amount_residual"):
        if not others and any(line.flag("reconciled") for line in terms) and move.text("payment_state") in _SETTLED:
            return move.text("payment_state")
        return "reversed" if _is_reversed(move, others) else "paid"
    return "partial" if others or move.number("amount_residual") != move.number("amount_total") else "not_paid"


def _is_reversed(move: Record, others: Sequence[Record]) -> bool:
    """Settled by credit notes alone, or, for a credit note, by a plain entry."""
    if any(other.value("payment_id") or other.value("statement_line_id") for other in others):
        return False
    kinds = {kind(other) for other in others}
    if kind(move) in REFUNDS:
        return kinds == {"entry"}
    refund = kind(move).partition("_")[0] + "_refund"
    return refund in kinds and kinds <= {refund, "entry"}
