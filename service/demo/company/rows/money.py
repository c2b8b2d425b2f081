"""Rows of all that is booked: bills and invoices, payments, statement lines, and what settles what."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from service.demo.company.numbering import COUNTERPART_ITEM, LIQUIDITY_ITEM, item_id
from service.demo.company.rows.bills import Paper, paper_items, paper_row, papers
from service.demo.company.rows.entries import Entry, Settled, entry_row, item_row
from service.demo.company.rows.shapes import (
    BANK_ACCOUNT_ID,
    BANK_JOURNAL_ID,
    COMPANY_ID,
    EUR_ID,
    LEDGER_ACCOUNT_IDS,
    OUTSTANDING_PAYMENTS_ID,
    OUTSTANDING_RECEIPTS_ID,
    PAYABLE_ACCOUNT_ID,
    RECEIVABLE_ACCOUNT_ID,
    Row,
    Rows,
    bank_account_id,
    by_id,
    day,
    stamps,
)
from service.demo.company.values import DemoCompany, Ledger, Payment, StatementLine

_NEWEST_FIRST = 2147483647  # Odoo sorts statement lines of a day by what is left of it


def money_rows(company: DemoCompany) -> Rows:
    """Journal entries and items, payments, statement lines, reconciliations."""
    documents = papers(company)
    settled = Settled(company.allocations, _balances(company, documents))
    names = {vendor.id: vendor.name for vendor in company.vendors}
    names |= {customer.id: customer.name for customer in company.customers}
    credit_notes = {paper.document.id for paper in documents if paper.document.is_refund}
    entries = [paper_row(paper, settled, credit_notes) for paper in documents]
    entries += [_payment_entry(payment, names) for payment in company.payments]
    entries += [_line_entry(line, names) for line in company.statement_lines]
    items = [row for paper in documents for row in paper_items(paper, settled)]
    items += [row for payment in company.payments for row in _payment_items(payment, names, settled)]
    items += [row for line in company.statement_lines for row in _line_items(line, names, settled)]
    return {
        "account.move": by_id(entries),
        "account.move.line": by_id(items),
        "account.payment": [_payment(payment, documents, company, settled) for payment in company.payments],
        "account.bank.statement.line": [_line(line) for line in company.statement_lines],
        **settled.rows(),
    }


def _balances(company: DemoCompany, documents: list[Paper]) -> dict[int, Decimal]:
    balances = {paper.term_id: paper.term_balance for paper in documents}
    for payment in company.payments:
        amount = _inflow(payment)
        balances[item_id(payment.move_id, LIQUIDITY_ITEM)] = amount
        balances[item_id(payment.move_id, COUNTERPART_ITEM)] = -amount
    for line in company.statement_lines:
        balances[item_id(line.move_id, COUNTERPART_ITEM)] = -line.amount
    return balances


def _inflow(payment: Payment) -> Decimal:
    return -payment.amount if payment.is_outgoing else payment.amount


def _entry_of_payment(payment: Payment, names: Mapping[int, str]) -> Entry:
    return Entry(
        id=payment.move_id,
        name=payment.name,
        move_type="entry",
        state=payment.state,
        reference=payment.memo,
        partner_id=payment.partner_id,
        partner_name=names[payment.partner_id],
        journal_id=BANK_JOURNAL_ID,
        on=payment.paid_on,
        invoiced_on=None,
        created_at=payment.created_at,
        changed_at=payment.changed_at,
    )


def _payment_entry(payment: Payment, names: Mapping[int, str]) -> Row:
    return entry_row(
        _entry_of_payment(payment, names),
        payment.amount,
        payment_id=payment.id,
        partner_bank_id=bank_account_id(payment.partner_id) if payment.is_outgoing else False,
        invoice_date_due=day(payment.paid_on),
    )


def _payment_items(payment: Payment, names: Mapping[int, str], settled: Settled) -> list[Row]:
    entry = _entry_of_payment(payment, names)
    kind = "Customer" if payment.is_customer else "Vendor"
    what = "Reimbursement" if payment.is_customer and payment.is_outgoing else "Payment"
    text = f"{kind} {what} {payment.amount} € - {names[payment.partner_id]} - {payment.paid_on:%m/%d/%Y}"
    shared: Row = {
        "name": text,
        "quantity": 1.0,
        "date_maturity": day(payment.paid_on),
        "payment_id": payment.id,
    }
    sides = (
        (LIQUIDITY_ITEM, _outstanding_account(payment), _inflow(payment)),
        (COUNTERPART_ITEM, _partner_account(payment), -_inflow(payment)),
    )
    return [
        item_row(
            entry,
            item_id(payment.move_id, place),
            account,
            balance,
            shared | settled.columns(item_id(payment.move_id, place), balance),
        )
        for place, account, balance in sides
    ]


def _outstanding_account(payment: Payment) -> int:
    return OUTSTANDING_PAYMENTS_ID if payment.is_outgoing else OUTSTANDING_RECEIPTS_ID


def _partner_account(payment: Payment) -> int:
    return RECEIVABLE_ACCOUNT_ID if payment.is_customer else PAYABLE_ACCOUNT_ID


def _payment(payment: Payment, documents: list[Paper], company: DemoCompany, settled: Settled) -> Row:
    others = settled.others(payment.move_id)
    used_for = [paper for paper in documents if paper.document.id in others]
    balances = ((LIQUIDITY_ITEM, _inflow(payment)), (COUNTERPART_ITEM, -_inflow(payment)))
    left = {place: settled.open_balance(item_id(payment.move_id, place), balance) for place, balance in balances}
    return {
        "id": payment.id,
        "move_id": payment.move_id,
        "payment_type": "outbound" if payment.is_outgoing else "inbound",
        "partner_type": "customer" if payment.is_customer else "supplier",
        "partner_id": payment.partner_id,
        "partner_bank_id": bank_account_id(payment.partner_id) if payment.is_outgoing else False,
        "amount": float(payment.amount),
        "amount_company_currency_signed": float(_inflow(payment)),
        "currency_id": EUR_ID,
        "outstanding_account_id": _outstanding_account(payment),
        "destination_account_id": _partner_account(payment),
        "payment_reference": False,
        "is_internal_transfer": False,
        "is_reconciled": not left[COUNTERPART_ITEM],
        "is_matched": not left[LIQUIDITY_ITEM],
        "reconciled_bill_ids": [paper.document.id for paper in used_for if not paper.is_sale],
        "reconciled_invoice_ids": [paper.document.id for paper in used_for if paper.is_sale],
        "reconciled_statement_line_ids": [line.id for line in company.statement_lines if line.move_id in others],
        **stamps(payment.created_at, payment.changed_at),
    }


def _entry_of_line(line: StatementLine, names: Mapping[int, str]) -> Entry:
    return Entry(
        id=line.move_id,
        name=line.name,
        move_type="entry",
        state="posted",
        reference="",
        partner_id=line.partner_id,
        partner_name=names[line.partner_id] if line.partner_id else None,
        journal_id=BANK_JOURNAL_ID,
        on=line.booked_on,
        invoiced_on=None,
        created_at=line.created_at,
        changed_at=line.changed_at,
    )


def _line_entry(line: StatementLine, names: Mapping[int, str]) -> Row:
    return entry_row(
        _entry_of_line(line, names),
        abs(line.amount),
        statement_line_id=line.id,
        partner_bank_id=bank_account_id(line.partner_id) if line.partner_id else False,
        invoice_date_due=day(line.booked_on),
    )


def _line_items(line: StatementLine, names: Mapping[int, str], settled: Settled) -> list[Row]:
    entry = _entry_of_line(line, names)
    ours, other = (item_id(line.move_id, place) for place in (LIQUIDITY_ITEM, COUNTERPART_ITEM))
    shared: Row = {"name": line.text, "quantity": 1.0, "statement_line_id": line.id}
    # Odoo leaves the bank's own items open and never sets anything against the suspense account's.
    bank: Row = {"amount_residual": float(line.amount), "amount_residual_currency": float(line.amount)}
    is_open = line.counterpart is Ledger.SUSPENSE
    columns: Row = {} if is_open else settled.columns(other, -line.amount)
    return [
        item_row(entry, ours, BANK_ACCOUNT_ID, line.amount, shared | bank),
        item_row(entry, other, LEDGER_ACCOUNT_IDS[line.counterpart], -line.amount, shared | columns),
    ]


def _line(line: StatementLine) -> Row:
    is_open = line.counterpart is Ledger.SUSPENSE
    return {
        "id": line.id,
        "move_id": line.move_id,
        "payment_ref": line.text,
        "amount": float(line.amount),
        "amount_currency": 0.0,
        "amount_residual": float(-line.amount) if is_open else 0.0,
        "currency_id": EUR_ID,
        "foreign_currency_id": False,
        "company_id": COMPANY_ID,
        "partner_id": line.partner_id or False,
        "partner_name": line.partner_name or False,
        "account_number": line.account_number or False,
        "is_reconciled": not is_open,
        "internal_index": f"{line.booked_on:%Y%m%d}{_NEWEST_FIRST - 1:010d}{line.id:010d}",
        "sequence": 1,
        "statement_id": False,
        "transaction_type": False,
        "payment_ids": [],
        **stamps(line.created_at, line.changed_at),
    }
