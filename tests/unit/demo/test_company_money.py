"""The demonstration's money: residuals, payment states, reconciliations and bank lines agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest

from service.demo.company import TODAY, DemoCompany, build_company, odoo_rows
from service.demo.company.standing import (
    bill_standings,
    invoice_standings,
    repeated_payments,
    unallocated_payments,
    unexplained_lines,
)

SEEDS = (1, 2026)


@pytest.fixture(params=SEEDS, scope="module")
def company(request: pytest.FixtureRequest) -> DemoCompany:
    return build_company(request.param)


@pytest.fixture(scope="module")
def rows(company: DemoCompany) -> Any:
    return odoo_rows(company)


def allocated(rows: Any) -> dict[int, Decimal]:
    """The sum of partial reconciliations by item."""
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for partial in rows["account.partial.reconcile"]:
        for side in ("debit_move_id", "credit_move_id"):
            sums[partial[side]] += Decimal(str(partial["amount"]))
    return sums


def test_bills_are_paid_as_they_say(company: DemoCompany) -> None:
    for standing in bill_standings(company):
        assert 0 <= standing.open_amount <= standing.document.total
        if not standing.document.is_refund:
            assert standing.document.is_paid == standing.is_settled
        assert standing.open_amount == company.open_amount(standing.document)
    for charged in invoice_standings(company):
        assert 0 <= charged.open_amount <= charged.document.total


def test_residuals_are_totals_less_allocations(rows: Any) -> None:
    sums = allocated(rows)
    accounts = {row["id"] for row in rows["account.account"] if row["reconcile"]}
    for item in rows["account.move.line"]:
        if item["account_id"] in accounts:
            left = abs(Decimal(str(item["balance"]))) - sums[item["id"]]
            assert abs(Decimal(str(item["amount_residual"]))) == left >= 0
            assert item["reconciled"] == (left == 0 and sums[item["id"]] > 0)
            assert bool(item["matching_number"]) == (sums[item["id"]] > 0)
        else:
            assert not sums[item["id"]]


def test_payment_states_follow_from_residuals(rows: Any) -> None:
    states: Counter[tuple[str, str]] = Counter()
    for document in (row for row in rows["account.move"] if row["move_type"] != "entry"):
        states[document["move_type"], document["payment_state"]] += 1
        if document["state"] != "posted":
            assert (document["payment_state"], document["amount_residual"]) == ("not_paid", document["amount_total"])
        elif document["payment_state"] == "not_paid":
            assert document["amount_residual"] == document["amount_total"]
        elif document["payment_state"] == "partial":
            assert 0 < document["amount_residual"] < document["amount_total"]
        else:
            assert document["amount_residual"] == 0
    for move_type in ("in_invoice", "out_invoice"):
        assert all(states[move_type, state] for state in ("not_paid", "partial", "paid"))
    assert states["out_refund", "paid"]
    assert states["out_refund", "not_paid"]
    assert states["in_refund", "paid"]


def test_only_items_of_one_account_and_partner_are_set_against_each_other(rows: Any) -> None:
    items = {item["id"]: item for item in rows["account.move.line"]}
    for partial in rows["account.partial.reconcile"]:
        debit, credit = items[partial["debit_move_id"]], items[partial["credit_move_id"]]
        assert debit["account_id"] == credit["account_id"]
        assert debit["partner_id"] == credit["partner_id"]
        assert debit["debit"] >= partial["amount"] > 0
        assert credit["credit"] >= partial["amount"]
        assert debit["parent_state"] == credit["parent_state"] == "posted"


def test_full_reconciliations_leave_nothing_open(rows: Any) -> None:
    groups = defaultdict(list)
    for item in rows["account.move.line"]:
        groups[item["full_reconcile_id"]].append(item)
    left_open = groups.pop(False)
    assert set(groups) == {row["id"] for row in rows["account.full.reconcile"]}
    for number, items in groups.items():
        assert sum(item["balance"] for item in items) == pytest.approx(0, abs=0.001)
        assert all(item["matching_number"] == str(number) and item["reconciled"] for item in items)
    assert {str(item["matching_number"])[0] for item in left_open if item["matching_number"]} == {"P"}


def test_payments_know_what_they_paid_and_where_the_bank_shows_it(rows: Any) -> None:
    items = {item["id"]: item for item in rows["account.move.line"]}
    by_move = defaultdict(list)
    for item in items.values():
        by_move[item["move_id"]].append(item)
    for payment in rows["account.payment"]:
        liquidity, counterpart = sorted(by_move[payment["move_id"]], key=lambda item: item["id"])
        assert liquidity["account_id"] == payment["outstanding_account_id"]
        assert counterpart["account_id"] == payment["destination_account_id"]
        assert payment["is_matched"] == liquidity["reconciled"] == bool(payment["reconciled_statement_line_ids"])
        used = payment["reconciled_bill_ids"] + payment["reconciled_invoice_ids"]
        assert payment["is_reconciled"] == counterpart["reconciled"] == bool(used)


def test_bank_lines_are_their_entries(rows: Any) -> None:
    items = defaultdict(list)
    for item in rows["account.move.line"]:
        items[item["statement_line_id"]].append(item)
    suspense = next(row["suspense_account_id"] for row in rows["account.journal"] if row["type"] == "bank")
    for line in rows["account.bank.statement.line"]:
        bank, other = sorted(items[line["id"]], key=lambda item: item["id"])
        assert (bank["balance"], other["balance"]) == (line["amount"], -line["amount"])
        assert line["is_reconciled"] == (other["account_id"] != suspense)
        assert line["is_reconciled"] == other["reconciled"]


def test_every_kind_of_payment_is_there(company: DemoCompany) -> None:
    bills, invoices = bill_standings(company), invoice_standings(company)
    for standings in (bills, invoices):
        assert any(standing.is_settled and len(standing.payments) == 1 for standing in standings)
        assert any(standing.is_settled and standing.statement_lines for standing in standings)
        assert any(standing.is_partly_settled for standing in standings)
        assert any(standing.is_overdue() for standing in standings)
    assert any(len(standing.payments) == 2 and standing.is_settled for standing in bills)
    assert {payment.state for payment in company.payments} == {"draft", "posted", "cancel"}


def test_money_nobody_can_place(company: DemoCompany) -> None:
    again = {second.id for _, second in repeated_payments(company)}
    unallocated = {payment.id for payment in unallocated_payments(company)}
    assert len(again) >= 6
    assert again <= unallocated
    assert len(unallocated - again) >= 6
    known = {vendor.iban for vendor in company.vendors} | {customer.iban for customer in company.customers}
    lines = unexplained_lines(company)
    assert sum(line.account_number in known for line in lines) >= 3
    assert sum(line.account_number not in known for line in lines) >= 5
    assert all(line.partner_id is None for line in lines)


def test_nothing_is_paid_before_it_is_charged_or_after_today(company: DemoCompany) -> None:
    created = {bill.id: bill.created_at.date() for bill in company.bills}
    created |= {invoice.id: invoice.created_at.date() for invoice in company.invoices}
    for item in company.allocations:
        assert item.settled_on <= TODAY
        for move_id in (item.debit_move_id, item.credit_move_id):
            assert item.settled_on >= created.get(move_id, item.settled_on)
