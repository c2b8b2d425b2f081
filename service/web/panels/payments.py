"""The payments panel: the money that moved for a bill or invoice, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.domain.excerpt import Records
from service.domain.matching import Role
from service.domain.records import Bill, Payment, StatementLine
from service.web.panels.panel import Subject


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that moved: a payment or a line of a bank statement; ``state`` in Odoo's words or ours."""

    name: str
    what: str
    on: date | None
    amount: Decimal
    currency: str
    reference: str | None
    state: str


@dataclass(frozen=True, slots=True)
class PaymentsPanel:
    """Movements, and the bills that they pay with what is open of each."""

    bills: tuple[Bill, ...]
    movements: tuple[Movement, ...]
    template: str = "panel_payments.html"


def panel(subject: Subject, records: Records) -> PaymentsPanel | None:
    """The panel; None where neither a bill nor money was matched."""
    bill_ids = {match.ref.id for match in subject.chosen(Role.BILL)}
    bills = tuple(bill for bill in records.bills if bill.ref.id in bill_ids)
    paid = {match.ref.id for match in subject.chosen(Role.PAYMENT)}
    lines = {match.ref.id for match in subject.chosen(Role.STATEMENT_LINE)}
    movements = (
        *(_payment(p) for p in records.payments if p.ref.id in paid or bill_ids.intersection(p.bill_ids)),
        *(_line(s) for s in records.statement_lines if s.ref.id in lines or bill_ids.intersection(s.bill_ids)),
    )
    return PaymentsPanel(bills, movements) if bills or movements else None


def _payment(payment: Payment) -> Movement:
    return Movement(
        payment.ref.name,
        "Payment",
        payment.paid_on,
        payment.amount,
        payment.currency,
        payment.reference,
        "allocated" if payment.bill_ids else payment.state,
    )


def _line(line: StatementLine) -> Movement:
    state = "allocated" if line.is_matched else "open"
    return Movement(
        line.ref.name, "Bank line", line.booked_on, line.amount, line.currency, line.payment_reference, state
    )
