"""What a person needs to see of a bill, a payment or a bank line to judge an exception of the books."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.records import Bill, Payment, Record, StatementLine
from service.web.formats import amount, day, label


@dataclass(frozen=True, slots=True)
class Facts:
    """A record in words: what it is, and its figures as (name, text)."""

    kind: str
    figures: tuple[tuple[str, str], ...]


def facts_of(record: Record) -> Facts:
    """The facts of a bill, payment or bank line; of any other record nothing but its name."""
    match record:
        case Bill():
            return Facts(_bill_kind(record), _bill(record))
        case Payment():
            return Facts("Payment out" if record.is_outgoing else "Payment in", _payment(record))
        case StatementLine():
            return Facts("Bank line", _line(record))
        case _:
            return Facts("Record", ())


def _bill_kind(bill: Bill) -> str:
    if bill.is_refund:
        return "Credit note to a customer" if bill.is_sale else "Credit note of a vendor"
    return "Invoice to a customer" if bill.is_sale else "Bill of a vendor"


def _bill(bill: Bill) -> tuple[tuple[str, str], ...]:
    return _said(
        ("Total", f"{amount(bill.total_amount)} {bill.currency}"),
        ("Open", f"{amount(bill.open_amount)} {bill.currency}"),
        ("Dated", day(bill.billed_on)),
        ("Due", day(bill.due_on)),
        ("Reference", bill.vendor_reference or bill.payment_reference),
        ("State", f"{label(bill.state)}, {label(bill.payment_state).lower()}"),
    )


def _payment(payment: Payment) -> tuple[tuple[str, str], ...]:
    count = len(payment.bill_ids)
    return _said(
        ("Amount", f"{amount(payment.amount)} {payment.currency}"),
        ("Paid on", day(payment.paid_on)),
        ("Reference", payment.reference),
        ("Allocated to", f"{count} {'document' if count == 1 else 'documents'}" if count else "nothing"),
        ("At the bank", "shown" if payment.statement_line_ids else "not shown yet"),
        ("State", label(payment.state)),
    )


def _line(line: StatementLine) -> tuple[tuple[str, str], ...]:
    return _said(
        ("Amount", f"{amount(line.amount)} {line.currency}"),
        ("Booked on", day(line.booked_on)),
        ("Text", line.payment_reference),
        ("With", line.partner_name or line.account_number),
        ("State", "allocated" if line.is_matched else "not allocated"),
    )


def _said(*figures: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in figures if text)
