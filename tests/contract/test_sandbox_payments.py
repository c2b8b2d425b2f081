"""Documents, payments and bank lines that settle each other, through the real odoorpc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.odoo_work import new_customer, one, owed_line, paid, refusal, some_vendor, values


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    return sandbox.login("admin")


@pytest.fixture
def service(sandbox: OdooSandbox) -> Any:
    return sandbox.login()


def posted(admin: Any, reference: str, amount: float, kind: str = "in_invoice", **given: Any) -> int:
    line = {"name": "x", "quantity": 1, "price_unit": amount, "tax_ids": [(6, 0, [])]}
    header = {"move_type": kind, "ref": reference, "invoice_date": "2026-11-20", "partner_id": some_vendor(admin)}
    move = admin.env["account.move"].create({**header, **given, "invoice_line_ids": [(0, 0, line)]})
    admin.env["account.move"].action_post([move])
    return int(move)


def bank_line(admin: Any, amount: float, text: str, **given: Any) -> int:
    journal = admin.env["account.journal"].search([("type", "=", "bank")])[0]
    values_ = {"journal_id": journal, "date": "2026-11-23", "payment_ref": text, "amount": amount}
    return int(admin.env["account.bank.statement.line"].create({**values_, **given}))


def suspense_item(admin: Any, line: int) -> int:
    move = one(admin, "account.bank.statement.line", line, "move_id")[0]
    journal = one(admin, "account.bank.statement.line", line, "journal_id")[0]
    account = one(admin, "account.journal", journal, "suspense_account_id")[0]
    return int(admin.env["account.move.line"].search([("move_id", "=", move), ("account_id", "=", account)])[0])


def test_a_bill_is_paid_in_two_payments(service: Any, admin: Any) -> None:
    """As recorded: 500.00 first, the rest later, both matched with one full match."""
    bill = posted(admin, "RE-2026-004711", 1692.8, payment_reference="RE-2026-004711")
    first = paid(admin, bill, amount=500.0, payment_date="2026-11-22")
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["partial", 1192.8]
    row = one(
        service,
        "account.payment",
        first,
        "name",
        "state",
        "payment_type",
        "partner_type",
        "ref",
        "amount",
        "amount_company_currency_signed",
        "is_reconciled",
        "is_matched",
        "reconciled_bill_ids",
        "reconciled_statement_line_ids",
    )
    assert row["name"].startswith("PBNK1/2026/")
    assert (row["state"], row["payment_type"], row["partner_type"]) == ("posted", "outbound", "supplier")
    assert (row["ref"], row["amount"], row["amount_company_currency_signed"]) == ("RE-2026-004711", 500.0, -500.0)
    assert (row["is_reconciled"], row["is_matched"]) == (True, False)
    assert (row["reconciled_bill_ids"], row["reconciled_statement_line_ids"]) == ([bill], [])
    item = owed_line(admin, bill)
    partial = one(service, "account.move.line", item, "matched_debit_ids")
    assert one(service, "account.move.line", item, "matching_number") == f"P{partial[0]}"
    paid(admin, bill)
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["paid", 0.0]
    row = one(service, "account.move.line", item, "full_reconcile_id", "matching_number", "reconciled")
    assert (row["reconciled"], row["matching_number"]) == (True, str(row["full_reconcile_id"][0]))
    parts = service.env["account.partial.reconcile"].search_read(
        [("credit_move_id", "=", item)], ["amount"], order="id"
    )
    assert [part["amount"] for part in parts] == [500.0, 1192.8]
    full = one(service, "account.full.reconcile", row["full_reconcile_id"][0], "partial_reconcile_ids")
    assert full == [part["id"] for part in parts]
    kind, message = refusal(paid, admin, bill)
    assert kind == "UserError"
    assert message.startswith("You can't register a payment because there is nothing left to pay")
    assert refusal(admin.env["account.move.line"].write, [item], {"debit": 1.0})[0] == "UserError"


def test_unreconciling_opens_the_bill_again(service: Any, admin: Any) -> None:
    bill = posted(admin, "U-1", 100)
    payment = paid(admin, bill)
    item = owed_line(admin, bill)
    admin.env["account.move.line"].remove_move_reconcile([item])
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["not_paid", 100.0]
    assert values(service, "account.payment", payment, "is_reconciled", "reconciled_bill_ids") == [False, []]
    assert values(service, "account.move.line", item, "matching_number", "full_reconcile_id") == [False, False]
    move = one(admin, "account.payment", payment, "move_id")[0]
    mine = admin.env["account.move.line"].search([("move_id", "=", move), ("account_type", "=", "liability_payable")])
    assert admin.env["account.move.line"].reconcile([item, *mine]) is True
    assert one(service, "account.move", bill, "payment_state") == "paid"
    admin.env["account.payment"].action_draft([payment])
    assert one(service, "account.move", bill, "payment_state") == "not_paid"


def test_a_credit_note_and_a_payment_settle_a_bill_together(service: Any, admin: Any) -> None:
    bill = posted(admin, "RE-2026-004890", 2125.0)
    refund = posted(admin, "GS-2026-00112", 212.5, "in_refund", reversed_entry_id=bill)
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["partial", 1912.5]
    assert values(service, "account.move", refund, "payment_state", "amount_residual") == ["paid", 0.0]
    paid(admin, bill)
    assert one(service, "account.move", bill, "payment_state") == "paid"


def test_the_payment_of_an_invoice_meets_its_bank_line(service: Any, admin: Any) -> None:
    invoice = posted(admin, "WEB-1", 80.0, "out_invoice", partner_id=new_customer(admin))
    payment = paid(admin, invoice)
    assert values(service, "account.payment", payment, "payment_type", "reconciled_invoice_ids") == [
        "inbound",
        [invoice],
    ]
    line = bank_line(admin, 80.0, "WEB-1 Lena Fischer")
    row = one(service, "account.bank.statement.line", line, "is_reconciled", "amount_residual", "move_id", "state")
    assert (row["is_reconciled"], row["amount_residual"], row["state"]) == (False, -80.0, "posted")
    assert row["move_id"][1].startswith("BNK1/2026/")
    account = one(admin, "account.payment", payment, "outstanding_account_id")[0]
    item = suspense_item(admin, line)
    admin.env["account.move.line"].write([item], {"account_id": account})
    assert one(service, "account.bank.statement.line", line, "is_reconciled") is True  # before anything is matched
    assert one(service, "account.payment", payment, "is_matched") is False
    move = one(admin, "account.payment", payment, "move_id")[0]
    waiting = admin.env["account.move.line"].search([("move_id", "=", move), ("account_id", "=", account)])
    admin.env["account.move.line"].reconcile([item, *waiting])
    assert values(service, "account.payment", payment, "is_matched", "reconciled_statement_line_ids") == [True, [line]]


def test_a_bank_line_pays_an_invoice_without_a_payment(service: Any, admin: Any) -> None:
    customer = new_customer(admin)
    invoice = posted(admin, "WEB-2", 700.12, "out_invoice", partner_id=customer)
    item = owed_line(admin, invoice)
    line = bank_line(admin, 700.12, "INV payment WEB-2", partner_id=customer)
    booked = suspense_item(admin, line)
    assert refusal(admin.env["account.move.line"].reconcile, [item, booked])[0] == "UserError"
    admin.env["account.move.line"].write(
        [booked], {"account_id": one(admin, "account.move.line", item, "account_id")[0]}
    )
    admin.env["account.move.line"].reconcile([item, booked])
    assert values(service, "account.move", invoice, "payment_state", "payment_id") == ["paid", False]
    partial = service.env["account.partial.reconcile"].search_read([("debit_move_id", "=", item)], ["credit_move_id"])
    bank_item = partial[0]["credit_move_id"][0]
    assert one(service, "account.move.line", bank_item, "statement_line_id")[0] == line
    admin.env["account.bank.statement.line"].action_undo_reconciliation([line])
    assert one(service, "account.move", invoice, "payment_state") == "not_paid"


def test_a_payment_ahead_stays_open(service: Any, admin: Any) -> None:
    customer = new_customer(admin)
    given = {"partner_id": customer, "amount": 150.0, "payment_type": "inbound", "ref": "prepayment web shop"}
    payment = admin.env["account.payment"].create(given)
    assert values(service, "account.payment", payment, "state", "is_reconciled", "date") == [
        "draft",
        False,
        one(service, "account.payment", payment, "date"),
    ]
    admin.env["account.payment"].action_post([payment])
    assert values(service, "account.payment", payment, "state", "is_reconciled") == ["posted", False]
    move = one(service, "account.payment", payment, "move_id")[0]
    items = service.env["account.move.line"].search_read(
        [("move_id", "=", move)], ["balance", "amount_residual", "name", "account_type"], order="id"
    )
    assert [item["balance"] for item in items] == [150.0, -150.0]
    assert [item["amount_residual"] for item in items] == [150.0, -150.0]
    assert items[0]["name"].startswith("Customer Payment 150.00\u00a0€ - Lena Fischer - ")
    assert items[1]["account_type"] == "asset_receivable"


def test_a_difference_may_be_written_off(service: Any, admin: Any) -> None:
    bill = posted(admin, "W-1", 100)
    account = admin.env["account.account"].search([("account_type", "=", "expense")])[0]
    given = {"amount": 98.0, "payment_difference_handling": "reconcile", "writeoff_account_id": account}
    payment = paid(admin, bill, **given)
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["paid", 0.0]
    assert one(service, "account.payment", payment, "amount") == 98.0


def test_two_bills_are_paid_together_or_each_alone(service: Any, admin: Any) -> None:
    bills = [posted(admin, f"T-{count}", 10.0 * count) for count in (1, 2)]
    payment = paid(admin, *bills, group_payment=True)
    assert values(service, "account.payment", payment, "amount", "reconciled_bill_ids") == [30.0, bills]
    bills = [posted(admin, f"S-{count}", 10.0 * count) for count in (1, 2)]
    wizards = admin.env["account.payment.register"].with_context(active_model="account.move", active_ids=bills)
    action = wizards.action_create_payments([wizards.create({})])
    assert len(action["domain"][0][2]) == 2
    assert [one(service, "account.move", bill, "payment_state") for bill in bills] == ["paid", "paid"]


def test_a_foreign_bill_is_paid_in_its_currency(service: Any, admin: Any) -> None:
    currency = admin.env["res.currency"].create({"name": "NOK", "symbol": "kr"})
    admin.env["res.currency.rate"].create({"currency_id": currency, "name": "2026-01-01", "rate": 11.5})
    bill = posted(admin, "N-1", 1150.0, currency_id=currency)
    paid(admin, bill, amount=575.0)
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["partial", 575.0]
    paid(admin, bill)
    assert values(service, "account.move", bill, "payment_state", "amount_residual") == ["paid", 0.0]


def test_money_is_for_accountants(service: Any, admin: Any) -> None:
    for model in ("account.payment", "account.bank.statement.line", "account.partial.reconcile"):
        assert refusal(service.env[model].create, {})[0] == "AccessError"
        assert service.env[model].search_count([]) > 0
    bill = posted(admin, "M-1", 10)
    assert refusal(service.env["account.move.line"].reconcile, [owed_line(admin, bill)])[0] == "AccessError"
