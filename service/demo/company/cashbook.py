"""Enters money: payments, lines of the bank's statements, and what each of them settles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from service.demo.company.numbering import COUNTERPART_ITEM, LIQUIDITY_ITEM, TERM_ITEM, Numbering, item_id
from service.demo.company.selling import NOW
from service.demo.company.values import (
    Allocation,
    Bill,
    Customer,
    Invoice,
    Ledger,
    Payment,
    StatementLine,
    Vendor,
)

_BANKED_AFTER = timedelta(days=1)
Document = Bill | Invoice


class Way(StrEnum):
    """How money shows in the books."""

    ENTERED = "entered"  # a payment that the bank hasn't confirmed yet
    BANKED = "banked"  # a payment with its line in the bank's statement
    DIRECT = "direct"  # a statement line that settles the document itself
    UNMATCHED = "unmatched"  # a statement line that nobody has explained yet
    DRAFT = "draft"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money to move on a day: for a ``document`` or, without one, allocated to nothing. ``partner`` None: whoever the
    bank names.
    """

    on: date
    way: Way
    is_outgoing: bool
    amount: Decimal
    text: str
    partner: Vendor | Customer | None = None
    document: Document | None = None
    named: tuple[str | None, str | None] = (None, None)  # the bank's words for name and account


def term_is_debit(document: Document) -> bool:
    """Whether the document's open amount stands on the left: customers' invoices and vendors' credit notes."""
    return isinstance(document, Invoice) != document.is_refund


class Cashbook:
    """Collects what the entered transfers make."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.payments: list[Payment] = []
        self.statement_lines: list[StatementLine] = []
        self.allocations: list[Allocation] = []

    def enter(self, transfers: Iterable[Transfer]) -> None:
        """All transfers, by day."""
        for transfer in sorted(transfers, key=lambda transfer: transfer.on):
            if transfer.way in (Way.DIRECT, Way.UNMATCHED):
                self._direct(transfer)
            else:
                self._payment(transfer)

    def offset(self, document: Document, credit_note: Document, on: date) -> Decimal:
        """Set a credit note against the document that it reverses; how much of it."""
        amount = min(document.total, credit_note.total)
        self._settle(document, credit_note.id, TERM_ITEM, amount, on)
        return amount

    def _payment(self, transfer: Transfer) -> None:
        payment = self._entered(transfer)
        self.payments.append(payment)
        if payment.state == "posted" and transfer.document is not None:
            self._settle(transfer.document, payment.move_id, COUNTERPART_ITEM, payment.amount, payment.paid_on)
        if transfer.way is Way.BANKED:
            self._confirmed(payment, transfer)

    def _entered(self, transfer: Transfer) -> Payment:
        assert transfer.partner is not None
        state = {Way.DRAFT: "draft", Way.CANCELLED: "cancel"}.get(transfer.way, "posted")
        created_at = _morning(transfer.on)
        number = self._numbering.next(f"payments of {transfer.on.year}") if state != "draft" else 0
        return Payment(
            id=self._numbering.next("account.payment"),
            move_id=self._numbering.next("account.move"),
            name=f"PBNK1/{transfer.on.year}/{number:05d}" if number else "/",
            is_outgoing=transfer.is_outgoing,
            is_customer=isinstance(transfer.partner, Customer),
            partner_id=transfer.partner.id,
            state=state,
            amount=transfer.amount,
            paid_on=transfer.on,
            memo=transfer.text,
            created_at=created_at,
            changed_at=min(created_at + _BANKED_AFTER, NOW) if transfer.way is Way.BANKED else created_at,
        )

    def _confirmed(self, payment: Payment, transfer: Transfer) -> None:
        on = min(payment.paid_on + _BANKED_AFTER, NOW.date())
        ledger = Ledger.OUTSTANDING_PAYMENTS if payment.is_outgoing else Ledger.OUTSTANDING_RECEIPTS
        line = self._line(transfer, on, ledger)
        ours, banks = (payment.move_id, LIQUIDITY_ITEM), (line.move_id, COUNTERPART_ITEM)
        debit, credit = (banks, ours) if payment.is_outgoing else (ours, banks)
        self._allocate(debit, credit, payment.amount, on)

    def _direct(self, transfer: Transfer) -> None:
        ledger = Ledger.SUSPENSE
        if transfer.way is Way.DIRECT:
            ledger = Ledger.RECEIVABLE if isinstance(transfer.document, Invoice) else Ledger.PAYABLE
        line = self._line(transfer, transfer.on, ledger)
        if transfer.way is Way.DIRECT and transfer.document is not None:
            self._settle(transfer.document, line.move_id, COUNTERPART_ITEM, transfer.amount, transfer.on)

    def _line(self, transfer: Transfer, on: date, counterpart: Ledger) -> StatementLine:
        name, account = transfer.named
        created_at = _morning(on)
        partner = None if counterpart is Ledger.SUSPENSE else transfer.partner
        line = StatementLine(
            id=self._numbering.next("account.bank.statement.line"),
            move_id=self._numbering.next("account.move"),
            name=f"BNK1/{on.year}/{self._numbering.next(f'bank lines of {on.year}'):05d}",
            amount=-transfer.amount if transfer.is_outgoing else transfer.amount,
            booked_on=on,
            text=transfer.text,
            partner_id=None if partner is None else partner.id,
            partner_name=name or (None if transfer.partner is None else transfer.partner.name.upper()),
            account_number=account or (None if transfer.partner is None else transfer.partner.iban),
            counterpart=counterpart,
            created_at=created_at,
            changed_at=created_at,
        )
        self.statement_lines.append(line)
        return line

    def _settle(self, document: Document, move_id: int, place: int, amount: Decimal, on: date) -> None:
        term, other = (document.id, TERM_ITEM), (move_id, place)
        debit, credit = (term, other) if term_is_debit(document) else (other, term)
        self._allocate(debit, credit, amount, on)

    def _allocate(self, debit: tuple[int, int], credit: tuple[int, int], amount: Decimal, on: date) -> None:
        self.allocations.append(
            Allocation(
                id=self._numbering.next("account.partial.reconcile"),
                debit_move_id=debit[0],
                debit_item_id=item_id(*debit),
                credit_move_id=credit[0],
                credit_item_id=item_id(*credit),
                amount=amount,
                settled_on=on,
                created_at=_morning(on),
            )
        )


def _morning(on: date) -> datetime:
    """When the books are kept, never after the demonstration begins."""
    return min(datetime.combine(on, time(9, 20), UTC), NOW)
