"""What all journal entries' rows share: the entry, its items, and what is still open of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from service.demo.company.rows.shapes import COMPANY_ID, EUR_ID, Row, Rows, day, stamps
from service.demo.company.values import Allocation

_SEQUENCES = {"product": 100, "tax": 10000, "payment_term": 12000}
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """The head of a journal entry, as its items repeat it."""

    id: int
    name: str
    move_type: str
    state: str
    reference: str
    partner_id: int | None
    partner_name: str | None
    journal_id: int
    on: date
    invoiced_on: date | None
    created_at: datetime
    changed_at: datetime


def entry_row(entry: Entry, total: Decimal, **special: object) -> Row:
    """The entry's row; ``special`` are the columns of its kind."""
    return {
        "id": entry.id,
        "name": entry.name,
        "move_type": entry.move_type,
        "state": entry.state,
        "ref": entry.reference or False,
        "payment_reference": False,
        "invoice_origin": False,
        "partner_id": entry.partner_id or False,
        "commercial_partner_id": entry.partner_id or False,
        "partner_shipping_id": False,
        "invoice_partner_display_name": entry.partner_name or False,
        "partner_bank_id": False,
        "invoice_date": day(entry.invoiced_on),
        "date": day(entry.on),
        "invoice_date_due": False,
        "delivery_date": False,
        "invoice_payment_term_id": False,
        "currency_id": EUR_ID,
        "company_id": COMPANY_ID,
        "journal_id": entry.journal_id,
        "auto_post": "no",
        "payment_state": "not_paid",
        "reversed_entry_id": False,
        "payment_id": False,
        "statement_line_id": False,
        "posted_before": entry.state == "posted",
        "amount_untaxed": 0.0,
        "amount_untaxed_signed": 0.0,
        "amount_tax": 0.0,
        "amount_tax_signed": 0.0,
        "amount_total": float(total),
        "amount_total_signed": float(total),
        "amount_total_in_currency_signed": float(total),
        "amount_residual": 0.0,
        "amount_residual_signed": 0.0,
        **stamps(entry.created_at, entry.changed_at),
        **special,
    }


# What an item has that no special column says otherwise of.
_PLAIN_ITEM: Row = {
    "amount_residual": 0.0,
    "amount_residual_currency": 0.0,
    "quantity": 0.0,
    "price_unit": 0.0,
    "discount": 0.0,
    "price_subtotal": 0.0,
    "price_total": 0.0,
    "product_id": False,
    "product_uom_id": False,
    "purchase_line_id": False,
    "tax_line_id": False,
    "tax_group_id": False,
    "tax_base_amount": 0.0,
    "date_maturity": False,
    "reconciled": False,
    "matching_number": False,
    "full_reconcile_id": False,
    "payment_id": False,
    "statement_line_id": False,
}


def item_row(
    entry: Entry, id_: int, account_id: int, balance: Decimal, special: Row, display_type: str = "product"
) -> Row:
    """An item's row; debits are positive balances, ``special`` are the columns of its kind."""
    return {
        "id": id_,
        "move_id": entry.id,
        "move_name": entry.name,
        "parent_state": entry.state,
        "ref": entry.reference or False,
        "name": False,
        "sequence": _SEQUENCES[display_type],
        "date": day(entry.on),
        "invoice_date": day(entry.invoiced_on),
        "journal_id": entry.journal_id,
        "company_id": COMPANY_ID,
        "currency_id": EUR_ID,
        "company_currency_id": EUR_ID,
        "partner_id": entry.partner_id or False,
        "account_id": account_id,
        "display_type": display_type,
        "balance": float(balance),
        "amount_currency": float(balance),
        "debit": float(max(balance, _NOTHING)),
        "credit": float(max(-balance, _NOTHING)),
        **_PLAIN_ITEM,
        "sale_line_ids": [],
        "tax_ids": [],
        **stamps(entry.created_at, entry.changed_at),
        **special,
    }


class Settled:
    """What the allocations make of journal items: open amounts, matching numbers, full reconciliations."""

    def __init__(self, allocations: Iterable[Allocation], balances: Mapping[int, Decimal]) -> None:
        """``balances`` of all items that allocations name."""
        self._allocations = tuple(allocations)
        self._balances = balances
        self._amounts: dict[int, Decimal] = {}
        self._groups: dict[int, list[Allocation]] = {}
        for allocation in self._allocations:
            self._join(allocation)
        self._fulls = self._numbered()

    def open_balance(self, id_: int, balance: Decimal) -> Decimal:
        """What is left of an item's balance, with its sign."""
        settled = self._amounts.get(id_, _NOTHING)
        return balance - settled if balance > 0 else balance + settled

    def is_touched(self, id_: int) -> bool:
        """Whether anything was set against it."""
        return id_ in self._groups

    def columns(self, id_: int, balance: Decimal) -> Row:
        """The columns of an item on an account whose items are set against each other."""
        left = self.open_balance(id_, balance)
        return {
            "amount_residual": float(left),
            "amount_residual_currency": float(left),
            "reconciled": not left and self.is_touched(id_),
            "matching_number": self._matching_number(id_),
            "full_reconcile_id": self._full_of(id_) or False,
        }

    def others(self, move_id: int) -> set[int]:
        """The entries that something of this one was set against."""
        pairs = ((item.debit_move_id, item.credit_move_id) for item in self._allocations)
        return {
            other for debit, credit in pairs for mine, other in ((debit, credit), (credit, debit)) if mine == move_id
        }

    def rows(self) -> Rows:
        """Partial and full reconciliations."""
        groups = {id(group): group for group in self._groups.values()}
        fulls = [(self._fulls[key], group) for key, group in groups.items() if key in self._fulls]
        return {
            "account.partial.reconcile": [self._partial(allocation) for allocation in self._allocations],
            "account.full.reconcile": [_full(id_, group) for id_, group in sorted(fulls, key=lambda full: full[0])],
        }

    def _join(self, allocation: Allocation) -> None:
        joined: list[Allocation] = []
        for id_ in (allocation.debit_item_id, allocation.credit_item_id):
            self._amounts[id_] = self._amounts.get(id_, _NOTHING) + allocation.amount
            known = self._groups.get(id_, [])
            joined += [other for other in known if other not in joined]
        joined.append(allocation)
        for other in joined:
            self._groups[other.debit_item_id] = self._groups[other.credit_item_id] = joined

    def _numbered(self) -> dict[int, int]:
        """Full reconciliations' numbers by group: the groups of which nothing is open."""
        groups = {id(group): group for group in self._groups.values()}
        full = [key for key, group in groups.items() if not any(self._left(item) for item in _items(group))]
        return {key: number for number, key in enumerate(full, start=1)}

    def _left(self, id_: int) -> Decimal:
        return self.open_balance(id_, self._balances[id_])

    def _full_of(self, id_: int) -> int | None:
        return self._fulls.get(id(self._groups[id_])) if id_ in self._groups else None

    def _matching_number(self, id_: int) -> str | bool:
        if not self.is_touched(id_):
            return False
        full = self._full_of(id_)
        return str(full) if full else f"P{min(allocation.id for allocation in self._groups[id_])}"

    def _partial(self, allocation: Allocation) -> Row:
        return {
            "id": allocation.id,
            "debit_move_id": allocation.debit_item_id,
            "credit_move_id": allocation.credit_item_id,
            "amount": float(allocation.amount),
            "debit_amount_currency": float(allocation.amount),
            "credit_amount_currency": float(allocation.amount),
            "debit_currency_id": EUR_ID,
            "credit_currency_id": EUR_ID,
            "company_id": COMPANY_ID,
            "full_reconcile_id": self._full_of(allocation.debit_item_id) or False,
            "exchange_move_id": False,
            "max_date": day(allocation.settled_on),
            **stamps(allocation.created_at),
        }


def _items(group: Iterable[Allocation]) -> set[int]:
    return {id_ for item in group for id_ in (item.debit_item_id, item.credit_item_id)}


def _full(id_: int, group: list[Allocation]) -> Row:
    created_at = max(allocation.created_at for allocation in group)
    return {"id": id_, "exchange_move_id": False, **stamps(created_at)}
