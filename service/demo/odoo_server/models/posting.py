"""A bill's way from draft to posted and back, and its number."""

from __future__ import annotations

import calendar
from datetime import date

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, day_text
from service.demo.odoo_server.errors import AccessError, RedirectWarning, UserError
from service.demo.odoo_server.models.bill_kinds import PURCHASE, REFUNDS, SALE, is_invoice, kind
from service.demo.odoo_server.models.numbering import highest
from service.demo.odoo_server.models.reconciling import reconcile_open, unreconcile
from service.demo.odoo_server.values import JsonValue

_DUPLICATE = "Duplicated vendor reference detected. You probably encoded twice the same vendor bill/credit note."


def post(moves: list[Record]) -> None:
    """Make drafts final. AccessError, UserError or RedirectWarning say why not."""
    env = moves[0].env
    if not access.has_group(env, access.BILLING):
        raise AccessError("You don't have the access rights to post an invoice.")
    for move in moves:
        if is_invoice(move):
            _check_invoice(move)
        _check_entry(move)
    for move in moves:
        if (move.day("date") or env.today) > env.today:
            move.set(auto_post="at_date")
            continue
        make_posted(move)
        _check_duplicate(move)
        _settle_reversed(move)


def make_posted(move: Record) -> None:
    """State, number, and what follows from them. Nobody's rights are asked, as in a plain write of the state."""
    move.set(state="posted", posted_before=True)
    if not has_number(move):
        set_next_number(move)
    if kind(move) == "out_invoice" and not move.text("payment_reference"):
        move.set(payment_reference=move.text("name"))
    partner = move.one("commercial_partner_id")
    rank = {"in": "supplier_rank", "ou": "customer_rank"}.get(kind(move)[:2])
    if partner is not None and rank:
        partner.set(**{rank: partner.integer(rank) + 1})
    for line in move.many("line_ids"):
        order_line = line.one("purchase_line_id")
        order = order_line.one("order_id") if order_line else None
        if order is not None:
            order.stamp({})


def _settle_reversed(move: Record) -> None:
    """A credit note settles what is open of the document that it reverses."""
    original = move.one("reversed_entry_id")
    if original is not None and original.text("state") == "posted":
        move.env.settle()
        reconcile_open(original.many("line_ids") + move.many("line_ids"))


def _check_invoice(move: Record) -> None:
    account = move.one("partner_bank_id")
    if account is not None and not account.flag("active"):
        raise UserError(
            "The recipient bank account linked to this invoice is archived.\nSo you cannot confirm the invoice."
        )
    if move.number("amount_total") < 0:
        raise UserError(
            "You cannot validate an invoice with a negative total amount. You should create a credit note instead. Use"
            " the action menu to transform it into a credit note or refund."
        )
    if move.one("partner_id") is None:
        who, what = ("Customer", "Customer Invoice") if kind(move) in SALE else ("Vendor", "Vendor Bill")
        raise UserError(f"The field '{who}' is required, please complete it to validate the {what}.")
    if move.day("invoice_date") is None:
        if kind(move) in PURCHASE:
            raise UserError("The Bill/Refund date is required to validate this document.")
        move.set(invoice_date=day_text(move.env.today))


def _check_entry(move: Record) -> None:
    if move.text("state") != "draft":
        raise UserError(f"The entry {move.text('name')} (id {move.id}) must be in draft.")
    if not any(line.text("display_type") not in ("line_section", "line_note") for line in move.many("line_ids")):
        raise UserError("You need to add a line before posting.")


def _check_duplicate(move: Record) -> None:
    same = [other.id for other in duplicates(move, only_posted=True)]
    if same:
        action = _list_action([move.id, *same])
        raise RedirectWarning(_DUPLICATE, action, _in_python(action), "Open list")


def duplicates(move: Record, *, only_posted: bool = False) -> list[Record]:
    """Other documents of the kind with the same vendor and reference that aren't cancelled."""
    reference, vendor = move.text("ref"), move.value("commercial_partner_id")
    if not reference or vendor is None or kind(move) not in PURCHASE:
        return []
    same = ("company_id", "move_type", "ref")
    return [
        other
        for other in move.env.pointing("account.move", "commercial_partner_id", int(str(vendor)))
        if other != move
        and all(other.row.get(name) == move.row.get(name) for name in same)
        and (other.text("state") == "posted" if only_posted else other.text("state") != "cancel")
        and (not only_posted or other.row.get("invoice_date") == move.row.get("invoice_date"))
    ]


def _list_action(numbers: list[int]) -> dict[str, JsonValue]:
    """The window action that Odoo offers with a duplicate. Its ids are those of a fresh database."""
    return {
        "id": 263,
        "name": "Entries",
        "type": "ir.actions.act_window",
        "xml_id": "account.action_move_line_form",
        "help": "<p class='o_view_nocontent_smiling_face'>Create new document</p>",
        "binding_model_id": False,
        "binding_type": "action",
        "binding_view_types": "list,form",
        "display_name": "Entries",
        "view_id": [672, "account.move.tree"],
        "domain": [["id", "in", list[JsonValue](numbers)]],
        "context": "{}",
        "res_id": 0,
        "res_model": "account.move",
        "target": "current",
        "view_mode": "tree,form",
        "mobile_view_mode": "kanban",
        "views": [[672, "list"], [False, "form"]],
        "limit": 80,
        "groups_id": [],
        "search_view_id": [683, "account.move.select"],
        "filter": False,
    }


def _in_python(action: dict[str, JsonValue]) -> str:
    """The action as Odoo prints it, where pairs are tuples."""
    tupled = {name: _pair(action[name]) for name in ("view_id", "search_view_id")}
    listed = {name: _pairs(action[name]) for name in ("views", "domain")}
    return repr({name: tupled.get(name) or listed.get(name) or value for name, value in action.items()})


def _pair(value: JsonValue) -> tuple[JsonValue, ...]:
    return tuple(value) if isinstance(value, list) else ()


def _pairs(value: JsonValue) -> list[tuple[JsonValue, ...]]:
    return [_pair(item) for item in value] if isinstance(value, list) else []


def reset_to_draft(moves: list[Record]) -> None:
    """Posted or cancelled back to draft, keeping the number."""
    for move in moves:
        if move.text("state") not in ("cancel", "posted"):
            raise UserError("Only posted/cancelled journal entries can be reset to draft.")
        unreconcile(move.many("line_ids"))
        for line in move.many("line_ids"):
            line.set(reconciled=False)
        move.set(state="draft")


def cancel(moves: list[Record]) -> None:
    """Drafts (posted ones by way of draft) to cancelled."""
    for move in moves:
        if move.text("state") == "posted":
            reset_to_draft([move])
        if move.text("state") != "draft":
            raise UserError("Only draft journal entries can be cancelled.")
        move.set(auto_post="no", state="cancel")


def has_number(move: Record) -> bool:
    """Whether it carries a real number already."""
    return move.text("name") not in ("", "/")


def is_first_of_period(move: Record) -> bool:
    """Odoo numbers the first draft of a period at once, so that a person may change where the numbers start."""
    prefix = _prefix(move)
    return highest(prefix, _names(move)) == 0


def set_next_number(move: Record) -> None:
    """The number after the highest of its journal and period."""
    prefix = _prefix(move)
    number = highest(prefix, _names(move)) + 1
    width = 4 if prefix.count("/") == 3 else 5
    move.set(name=f"{prefix}{number:0{width}d}", sequence_prefix=prefix, sequence_number=number)


def _names(move: Record) -> list[str]:
    same = move.env.pointing("account.move", "journal_id", move.integer("journal_id"))
    return [other.text("name") for other in same if other != move]


def _prefix(move: Record) -> str:
    journal = move.one("journal_id")
    on = move.day("date") or move.env.today
    if journal is None:
        return "MISC/"
    refund = "R" if kind(move) in REFUNDS and journal.text("type") in ("sale", "purchase") else ""
    yearly = journal.text("type") in ("sale", "bank", "cash")
    paid = "P" if move.value("payment_id") is not None and yearly else ""
    return f"{refund}{paid}{journal.text('code')}/{on.year:04d}/" + ("" if yearly else f"{on.month:02d}/")


def accounting_day(env: Environment, move_type: str, invoiced_on: date | None) -> date:
    """The day on which a document is booked: a supplier's of an earlier month on that month's last day."""
    today = env.today
    if invoiced_on is None or move_type not in PURCHASE:
        return invoiced_on or today
    if (today.year, today.month) > (invoiced_on.year, invoiced_on.month):
        return invoiced_on.replace(day=calendar.monthrange(invoiced_on.year, invoiced_on.month)[1])
    return max(invoiced_on, today)
