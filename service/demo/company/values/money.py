"""What was paid: payments, lines of the bank's statements, and which journal items they settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Ledger(StrEnum):
    """The accounts on which items are set against each other, and the one for what nobody has explained yet."""

    RECEIVABLE = "receivable"
    PAYABLE = "payable"
    OUTSTANDING_RECEIPTS = "outstanding receipts"
    OUTSTANDING_PAYMENTS = "outstanding payments"
    SUSPENSE = "suspense"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that we entered: to (``is_outgoing``) or from a vendor or, with ``is_customer``, a customer.
    ``state``: draft, posted, cancel; ``move_id`` is its journal entry.
    """

    id: int
    move_id: int
    name: str
    is_outgoing: bool
    is_customer: bool
    partner_id: int
    state: str
    amount: Decimal
    paid_on: date
    memo: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What the bank booked; negative amounts went out. ``counterpart`` is the account of its other side,
    ``partner_name`` and ``account_number`` what the bank tells where we know the partner or not.
    """

    id: int
    move_id: int
    name: str
    amount: Decimal
    booked_on: date
    text: str
    partner_id: int | None
    partner_name: str | None
    account_number: str | None
    counterpart: Ledger
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of one journal item set against another of the same account."""

    id: int
    debit_move_id: int
    debit_item_id: int
    credit_move_id: int
    credit_item_id: int
    amount: Decimal
    settled_on: date
    created_at: datetime
