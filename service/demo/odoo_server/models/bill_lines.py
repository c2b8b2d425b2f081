"""Journal items: what a bill's lines are made of, and when they may not be touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import price_in_unit
from service.demo.odoo_server.models.bill_kinds import PURCHASE, SALE, is_invoice, kind
from service.demo.odoo_server.models.products import seller_of
from service.demo.odoo_server.models.reconciling import reconcile, unreconcile
from service.demo.odoo_server.models.residuals import partials_of
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_NOTES = ("line_section", "line_note")
POSTED_ITEM = (
    "You can't delete a posted journal item. Don’t play games with your accounting records; reset the journal entry to"
    " draft before deleting it."
)
_LAST = {"tax": 10000, "rounding": 11000, "payment_term": 12000}
# Changing these would change what a payment was matched with.
_UNDER_RECONCILIATION = frozenset(
    "account_id date balance debit credit amount_currency currency_id partner_id price_unit quantity discount"
    " tax_ids".split()
)
_UNDER_POSTING = frozenset(("tax_ids", "tax_line_id"))


class MoveLine(RemoteModel):
    """Lines of bills and entries."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "quantity": 1.0,
        "discount": 0.0,
        "display_type": "product",
        "debit": 0.0,
        "credit": 0.0,
        "tax_base_amount": 0.0,
    }
    mirrors: ClassVar[Mapping[str, str]] = {"sale_line_ids": "invoice_lines"}
    computed: ClassVar[Mapping[str, Compute]] = {
        "payment_date": lambda line: line.value("discount_date") or line.value("date_maturity"),
        "compute_all_tax": lambda _line: unserialisable(),
    }

    def display_name(self, record: Record) -> str:
        """The entry's number, its reference and the line's text."""
        move, product = record.one("move_id"), record.one("product_id")
        number = move.text("name") if move else ""
        reference = record.text("ref")
        text = record.text("name") or (product.display_name if product else "")
        return " ".join(part for part in (number, f"({reference})" if reference else "", text) if part)

    def defaults(self, env: Environment, values: Row) -> Row:
        """What follows from the entry, the product and the vendor."""
        move_id = values.get("move_id")
        move = env.as_system().record("account.move", move_id if isinstance(move_id, int) else 0)
        if not move.exists:
            return {}
        shared: Row = {
            name: move.row.get(name)
            for name in ("company_id", "currency_id", "journal_id", "date", "invoice_date", "ref")
        }
        shared |= {"partner_id": move.row.get("commercial_partner_id"), "parent_state": move.row.get("state")}
        shared["sequence"] = _LAST.get(str(values.get("display_type")), 100)
        if values.get("display_type") in _NOTES:
            return shared | {"quantity": 0.0, "price_unit": 0.0}
        if not is_invoice(move):
            return shared | _entry_amounts(values)
        return shared | _of_goods(env.as_system(), move, values)

    def before_write(self, records: Sequence[Record], values: Row) -> None:
        """Posted lines keep their taxes, reconciled ones their amounts."""
        for line in records:
            touched = {name for name, value in values.items() if line.row.get(name) != value}
            move = line.one("move_id")
            if line.text("parent_state") == "posted" and touched & _UNDER_POSTING:
                raise UserError(
                    "You cannot modify the taxes related to a posted journal item, you should reset the journal entry"
                    " to draft to do so."
                )
            if touched & _UNDER_RECONCILIATION and move is not None:
                check_unreconciled(move)

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Nothing disappears from a posted entry."""
        for line in records:
            move = line.one("move_id")
            if move is not None:
                check_unreconciled(move)
            if line.text("parent_state") == "posted":
                raise UserError(POSTED_ITEM)

    def after_create(self, record: Record, _values: Row) -> None:
        """The entry's stamp moves with its lines."""
        self._touch(record)

    def after_write(self, record: Record, _values: Row) -> None:
        """The entry's stamp moves with its lines; a new product brings its own text."""
        self._touch(record)

    def _touch(self, line: Record) -> None:
        move = line.one("move_id")
        if move is not None:
            move.stamp({})
            line.env.mark_stale([("account.move", move.id)])

    def dependents(self, record: Record, before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """The entry's totals, and what was billed of the order's line."""
        for number in {before.get("move_id"), record.row.get("move_id")}:
            if isinstance(number, int):
                yield "account.move", number
        for number in {before.get("purchase_line_id"), record.row.get("purchase_line_id")}:
            if isinstance(number, int):
                yield "purchase.order.line", number
        for number in {*ids_of(before.get("sale_line_ids")), *ids_of(record.row.get("sale_line_ids"))}:
            yield "sale.order.line", number

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_reconcile(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Match the items with each other."""
        access.check_model(env, "account.partial.reconcile", "c")
        reconcile(self._for_matching(env, ids))
        return True

    def remote_remove_move_reconcile(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Undo the items' matches."""
        access.check_model(env, "account.partial.reconcile", "d")
        unreconcile(self._for_matching(env, ids))
        return None

    def _for_matching(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        records = self.records(env.as_system(), ids)
        self.check_existing(records)
        return records


def unserialisable() -> JsonValue:
    """Some of Odoo's own fields can't go out as JSON: asking for them, or for all fields, fails there too."""
    raise TypeError("keys must be str, int, float, bool or None, not frozendict")


def check_unreconciled(move: Record) -> None:
    """UserError where a payment or a credit note is matched with the entry."""
    if any(_is_matched(line) for line in move.many("line_ids")):
        raise UserError(
            "You cannot do this modification on a reconciled journal entry. You can just change some non legal fields"
            f" or you must unreconcile first.\nJournal Entry (id): {move.text('name')} ({move.id})"
        )


def _is_matched(line: Record) -> bool:
    return bool(line.flag("reconciled") and line.text("display_type") == "payment_term") or bool(partials_of(line))


def _entry_amounts(values: Row) -> Row:
    """A plain line is given as a balance, or as debit and credit."""
    numbers = {name: Decimal(str(values.get(name) or 0)) for name in ("balance", "debit", "credit")}
    balance = numbers["balance"] if values.get("balance") else numbers["debit"] - numbers["credit"]
    return {
        "balance": float(balance),
        "amount_currency": float(balance),
        "debit": float(max(balance, Decimal(0))),
        "credit": float(max(-balance, Decimal(0))),
        "quantity": 1.0,
    }


def _of_goods(env: Environment, move: Record, values: Row) -> Row:
    number = values.get("product_id")
    product = env.record("product.product", number) if isinstance(number, int) else None
    account = values.get("account_id") or _account(move, product)
    defaults: Row = {"account_id": account}
    if product is None:
        return defaults | {"tax_ids": _taxes(env, account, kind(move))}
    unit = values.get("product_uom_id") or product.value("uom_po_id" if kind(move) in PURCHASE else "uom_id")
    extra = product.text("description_purchase" if kind(move) in PURCHASE else "description_sale")
    own = product.ids("supplier_taxes_id" if kind(move) in PURCHASE else "taxes_id")
    taxes = [tax for tax in own if env.record("account.tax", tax).value("company_id") == move.value("company_id")]
    return defaults | {
        "product_uom_id": unit,
        "name": "\n".join(part for part in (product.display_name, extra) if part),
        "price_unit": _price(env, move, product, unit),
        "tax_ids": list[JsonValue](taxes) or _taxes(env, account, kind(move)),
    }


def _account(move: Record, product: Record | None) -> JsonValue:
    side = "expense" if kind(move) in PURCHASE else "income"
    category = product.one("categ_id") if product else None
    found = product.value(f"property_account_{side}_id") if product else None
    found = found or (category.value(f"property_account_{side}_categ_id") if category else None)
    journal = move.one("journal_id")
    return found or (journal.value("default_account_id") if journal else None)


def _taxes(env: Environment, account: JsonValue, move_type: str) -> JsonValue:
    use = "purchase" if move_type in PURCHASE else "sale" if move_type in SALE else ""
    own = env.record("account.account", account).ids("tax_ids") if isinstance(account, int) else []
    return [number for number in own if env.record("account.tax", number).text("type_tax_use") == use]


def _price(env: Environment, move: Record, product: Record, unit: JsonValue) -> JsonValue:
    if kind(move) not in PURCHASE:
        return float(product.number("list_price"))
    seller = seller_of(product, move.one("partner_id"), Decimal(1), env.today)
    price = seller.number("price") if seller else product.number("standard_price")
    target = env.record("uom.uom", unit) if ids_of(unit) and isinstance(unit, int) else None
    return float(round(price_in_unit(price, product.one("uom_po_id"), target), 2))
