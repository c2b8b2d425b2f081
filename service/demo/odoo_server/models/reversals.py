"""The wizard that credits documents: a draft in the other direction, line by line, that people then shorten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.models import posting
from service.demo.odoo_server.models.bill_kinds import is_invoice, kind
from service.demo.odoo_server.models.reconciling import unreconcile
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_REVERSED = {
    "entry": "entry",
    "in_invoice": "in_refund",
    "in_receipt": "entry",
    "in_refund": "in_invoice",
    "out_invoice": "out_refund",
    "out_receipt": "entry",
    "out_refund": "out_invoice",
}
_KEPT = (
    "partner_id",
    "currency_id",
    "invoice_origin",
    "invoice_user_id",
    "partner_shipping_id",
    "fiscal_position_id",
    "narration",
    "delivery_date",
)
_KEPT_LINE = (
    "display_type",
    "sequence",
    "name",
    "product_id",
    "product_uom_id",
    "quantity",
    "price_unit",
    "discount",
    "account_id",
    "purchase_line_id",
)


class MoveReversal(RemoteModel):
    """Which documents are credited, from when, and why."""

    def defaults(self, env: Environment, values: Row) -> Row:
        """The posted documents in the context, and their journal. UserError where one isn't posted."""
        named = env.context.get("active_model") == "account.move"
        numbers = ids_of(env.context.get("active_ids")) if named else _given(values)
        moves = [env.as_system().record("account.move", number) for number in numbers]
        if any(move.text("state") != "posted" for move in moves):
            raise UserError("You can only reverse posted moves.")
        if len({move.value("company_id") for move in moves}) > 1:
            raise UserError("All selected moves for reversal must belong to the same company.")
        return {
            "move_ids": [[6, 0, list[JsonValue](numbers)]],
            "company_id": moves[0].value("company_id") if moves else env.company.id,
            "journal_id": moves[0].value("journal_id") if moves else None,
            "date": env.today.isoformat(),
        }

    def after_create(self, record: Record, _values: Row) -> None:
        """The journal has to be of the documents' kind."""
        kinds = {journal.text("type") for move in record.many("move_ids") if (journal := move.one("journal_id"))}
        journal = record.one("journal_id")
        if journal is not None and kinds and journal.text("type") not in kinds:
            raise UserError("Journal should be the same type as the reversed entry.")

    def remote_reverse_moves(self, env: Environment, ids: Sequence[int], is_modify: bool = False) -> JsonValue:
        """Draft the credit notes; the action that shows them."""
        wizard = self.records(env, ids)[0]
        made = [_reversed(wizard, move, modify=is_modify) for move in wizard.many("move_ids")]
        wizard.set(new_move_ids=list[JsonValue](move.id for move in made))
        action: dict[str, JsonValue] = {
            "name": "Reverse Moves",
            "type": "ir.actions.act_window",
            "res_model": "account.move",
        }
        if len(made) == 1:
            context: dict[str, JsonValue] = {"default_move_type": kind(made[0])}
            return action | {"view_mode": "form", "res_id": made[0].id, "context": context}
        return action | {"view_mode": "tree,form", "domain": [["id", "in", [move.id for move in made]]]}

    def remote_refund_moves(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Draft the credit notes."""
        return self.remote_reverse_moves(env, ids)

    def remote_modify_moves(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel the documents by posted credit notes, and draft them anew."""
        return self.remote_reverse_moves(env, ids, is_modify=True)


def _given(values: Row) -> list[int]:
    """The ids that a client's commands for the documents set or link."""
    commands = values.get("move_ids")
    lists = [command for command in commands if isinstance(command, list)] if isinstance(commands, list) else []
    return [number for command in lists for number in ids_of(command[2] if command[0] == 6 else command[1])]


def _reversed(wizard: Record, move: Record, *, modify: bool) -> Record:
    on = wizard.day("date") or wizard.env.today
    later = on > wizard.env.today
    refund = wizard.env.create("account.move", _values(wizard, move, on, later=later))
    wizard.env.settle()
    if not later and (modify or kind(move) == "entry"):
        unreconcile(move.many("line_ids"))
        posting.post([wizard.env.as_system().record("account.move", refund.id)])
    if not modify:
        return refund
    again: Row = {name: move.row.get(name) for name in _KEPT} | {"date": on.isoformat(), "move_type": kind(move)}
    return wizard.env.create("account.move", again | {"invoice_line_ids": _lines(move, sign=1)})


def _values(wizard: Record, move: Record, on: date, *, later: bool) -> Row:
    reason = wizard.text("reason")
    found: Row = {name: move.row.get(name) for name in _KEPT if move.row.get(name) is not None}
    found |= {
        "move_type": _REVERSED[kind(move)],
        "reversed_entry_id": move.id,
        "ref": f"Reversal of: {move.text('name')}" + (f", {reason}" if reason else ""),
        "date": on.isoformat(),
        "journal_id": wizard.value("journal_id") or move.value("journal_id"),
        "auto_post": "at_date" if later else "no",
        "company_id": move.value("company_id"),
    }
    if not is_invoice(move):
        return found | {"line_ids": _lines(move, sign=-1)}
    dates: Row = {"invoice_date": on.isoformat(), "invoice_date_due": on.isoformat(), "invoice_payment_term_id": None}
    return found | dates | {"invoice_line_ids": _lines(move, sign=1)}


def _lines(move: Record, *, sign: int) -> list[JsonValue]:
    """Commands that make a document's lines again; a plain entry's with its amounts the other way round."""
    commands: list[JsonValue] = []
    for line in move.many("invoice_line_ids" if is_invoice(move) else "line_ids"):
        values: dict[str, JsonValue] = {
            name: line.row.get(name) for name in _KEPT_LINE if line.row.get(name) is not None
        }
        if is_invoice(move):
            values |= {name: [[6, 0, line.row.get(name) or []]] for name in ("tax_ids", "sale_line_ids")}
        else:
            values |= {"balance": float(sign * line.number("balance")), "partner_id": line.row.get("partner_id")}
            values |= {"amount_currency": float(sign * line.number("amount_currency"))}
        commands.append([0, 0, values])
    return commands
