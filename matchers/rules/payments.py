"""A bill or credit note against the money that moved for it already."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from matchers.case import Case, Linkage
from matchers.compare.bills import PAID, is_own_bill, is_same_bill
from matchers.compare.payments import due_amount
from matchers.explain import amount_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.records import Bill, Payment, RecordRef, StatementLine

_ZERO = Decimal(0)
_POSTED = "posted"


@dataclass(frozen=True, slots=True)
class _Paid:
    """What moved for the document, each movement of money once, in the document's currency."""

    amount: Decimal
    refs: tuple[RecordRef, ...]


def already_paid(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """ALREADY_PAID: payments or bank lines for this document come to what it asks for, or its bill is paid."""
    paid, due = _paid(case, linkage), due_amount(case)
    if due is not None and paid.refs and paid.amount and case.policy.payment.allows(paid.amount, due):
        return (_already(case, due, paid.amount, paid.refs),)
    bills = [b for b in linkage.index.records.bills if is_same_bill(case, linkage, b) and b.payment_state in PAID]
    return (_already(case, due, bills[0].total_amount, tuple(_refs(bills))),) if bills else ()


def _refs(bills: list[Bill]) -> list[RecordRef]:
    return [bill.ref for bill in bills]


def _already(case: Case, due: Decimal | None, amount: Decimal, refs: tuple[RecordRef, ...]) -> Discrepancy:
    names = ", ".join(ref.name for ref in refs)
    asked = "an unknown amount" if due is None else amount_text(due)
    return finding(
        Code.ALREADY_PAID,
        f"The document asks for {asked}, and {amount_text(amount)} was paid already: {names}.",
        field="grand_total",
        expected=amount_text(amount),
        actual=None if due is None else asked,
        difference=None if due is None else due - amount,
        tolerance=str(case.policy.payment),
        odoo_refs=refs,
        money_at_risk=due,
        releases_when=f"{names} is cancelled, or allocated to another bill, in Odoo.",
    )


def payment_amount_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PAYMENT_AMOUNT_MISMATCH: money moved for this document, but not what it asks for."""
    paid, due = _paid(case, linkage), due_amount(case)
    if due is None or not paid.refs or case.policy.payment.allows(paid.amount, due):
        return ()
    difference = due - paid.amount
    names = ", ".join(ref.name for ref in paid.refs)
    above = "below" if difference > 0 else "above"
    return (
        finding(
            Code.PAYMENT_AMOUNT_MISMATCH,
            f"{names} paid {amount_text(paid.amount)}, {amount_text(abs(difference))} {above} the "
            f"{amount_text(due)} of this document.",
            field="grand_total",
            expected=amount_text(paid.amount),
            actual=amount_text(due),
            difference=difference,
            tolerance=str(case.policy.payment),
            odoo_refs=paid.refs,
            money_at_risk=abs(difference),
        ),
    )


def _paid(case: Case, linkage: Linkage) -> _Paid:
    """Posted payments, and bank lines that none of them explains; what went to this document's own bill is as it
    should be.
    """
    records, currency = linkage.index.records, case.extraction.text("currency")
    chosen = {match.ref for match in linkage.payments if match.chosen}
    own = {bill.ref.id for bill in records.bills if is_own_bill(case, bill)}

    def counts(entry: Payment | StatementLine) -> bool:
        return entry.ref in chosen and own.isdisjoint(entry.bill_ids) and currency in (None, entry.currency)

    payments = [entry for entry in records.payments if entry.state == _POSTED and counts(entry)]
    explained = {line_id for entry in payments for line_id in entry.statement_line_ids}
    lines = [entry for entry in records.statement_lines if entry.ref.id not in explained and counts(entry)]
    if payments and any(_is_alike(payment, line) for payment in payments for line in lines):
        lines = []  # the bank's side of the same payment, not matched with it yet
    amount = sum((entry.amount for entry in payments), _ZERO) + sum((abs(entry.amount) for entry in lines), _ZERO)
    return _Paid(amount, (*(entry.ref for entry in payments), *(entry.ref for entry in lines)))


def _is_alike(payment: Payment, line: StatementLine) -> bool:
    return not payment.statement_line_ids and payment.amount == abs(line.amount)
