"""Questions about money: what is open, paid, paid twice or allocated to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from service.demo.company.values import (
    TODAY,
    Bill,
    DemoCompany,
    Invoice,
    Ledger,
    Payment,
    StatementLine,
)

DocumentT = TypeVar("DocumentT", Bill, Invoice)


@dataclass(frozen=True, slots=True)
class Standing(Generic[DocumentT]):
    """A posted bill, invoice or credit note and what was set against it; ``statement_lines`` are those that settled it
    themselves.
    """

    document: DocumentT
    open_amount: Decimal
    payments: tuple[Payment, ...]
    statement_lines: tuple[StatementLine, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open."""
        return not self.open_amount

    @property
    def is_partly_settled(self) -> bool:
        """Whether a part is open and a part isn't."""
        return 0 < self.open_amount < self.document.total

    def is_overdue(self, today: date = TODAY) -> bool:
        """Whether something should have been paid by now."""
        return not self.is_settled and self.document.due_on < today


def bill_standings(company: DemoCompany) -> tuple[Standing[Bill], ...]:
    """Vendors' posted bills and credit notes."""
    return tuple(_standing(company, bill) for bill in company.bills if bill.state == "posted")


def invoice_standings(company: DemoCompany) -> tuple[Standing[Invoice], ...]:
    """Customers' posted invoices and credit notes."""
    return tuple(_standing(company, invoice) for invoice in company.invoices if invoice.state == "posted")


def _standing(company: DemoCompany, document: DocumentT) -> Standing[DocumentT]:
    allocations = company.allocations_of(document)
    others = {allocation.debit_move_id for allocation in allocations}
    others |= {allocation.credit_move_id for allocation in allocations}
    return Standing(
        document,
        document.total - sum((allocation.amount for allocation in allocations), Decimal(0)),
        tuple(payment for payment in company.payments if payment.move_id in others),
        tuple(line for line in company.statement_lines if line.move_id in others),
    )


def unallocated_payments(company: DemoCompany) -> tuple[Payment, ...]:
    """Posted payments that were used for no document; what the bank confirmed of them doesn't count."""
    documents = {bill.id for bill in company.bills} | {invoice.id for invoice in company.invoices}
    used = {
        move_id
        for item in company.allocations
        if documents & {item.debit_move_id, item.credit_move_id}
        for move_id in (item.debit_move_id, item.credit_move_id)
    }
    return tuple(payment for payment in company.payments if payment.state == "posted" and payment.move_id not in used)


def repeated_payments(company: DemoCompany) -> tuple[tuple[Payment, Payment], ...]:
    """Payments of the same partner, amount and text as an earlier one, with that one."""
    firsts: dict[tuple[int, bool, Decimal, str], Payment] = {}
    pairs: list[tuple[Payment, Payment]] = []
    for payment in (payment for payment in company.payments if payment.state == "posted"):
        key = (payment.partner_id, payment.is_outgoing, payment.amount, payment.memo)
        first = firsts.setdefault(key, payment)
        pairs += [] if first is payment else [(first, payment)]
    return tuple(pairs)


def unexplained_lines(company: DemoCompany) -> tuple[StatementLine, ...]:
    """Statement lines that nobody has allocated."""
    return tuple(line for line in company.statement_lines if line.counterpart is Ledger.SUSPENSE)
