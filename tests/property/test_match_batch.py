"""Books made at random, examined: each finding against an oracle that compares everything with everything."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.batch import examine
from service.domain.codes import Code
from service.domain.excerpt import Records
from service.domain.policy import Policy
from service.domain.records import Bill, Payment, RecordRef, StatementLine

TODAY = date(2026, 3, 20)
THEN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.integers(-90, 10).map(lambda days: TODAY + timedelta(days=days))
AMOUNTS = st.sampled_from([Decimal("10.00"), Decimal("20.00"), Decimal("20.01"), Decimal("35.50")])
PARTNERS = st.integers(1, 2)
POLICY = Policy()
Entry = TypeVar("Entry", Bill, Payment, StatementLine)

settings.register_profile("matchers", max_examples=60, deadline=None)
settings.load_profile("matchers")


@st.composite
def bills(draw: st.DrawFn, number: int) -> Bill:
    total = draw(AMOUNTS)
    paid_state = draw(st.sampled_from(["not_paid", "paid"]))
    return Bill(
        ref=RecordRef("account.move", number, f"BILL/2026/{number:05}"),
        is_refund=draw(st.booleans()),
        state=draw(st.sampled_from(["posted", "draft"])),
        partner_id=draw(PARTNERS),
        vendor_reference=f"RE-2026-{number:05}",
        payment_reference=None,
        origin=None,
        billed_on=None,
        currency="EUR",
        net_amount=total,
        total_amount=total,
        payment_state=paid_state,
        company_id=1,
        order_line_ids=(),
        changed_at=THEN,
        is_sale=draw(st.booleans()),
        due_on=draw(st.none() | DAYS),
        open_amount=Decimal(0) if paid_state == "paid" else total,
    )


@st.composite
def payments(draw: st.DrawFn, number: int) -> Payment:
    return Payment(
        ref=RecordRef("account.payment", number, f"PAY/{number}"),
        is_outgoing=draw(st.booleans()),
        state=draw(st.sampled_from(["posted", "cancel"])),
        partner_id=draw(PARTNERS),
        amount=draw(AMOUNTS),
        currency="EUR",
        paid_on=draw(DAYS),
        reference=draw(st.sampled_from([None, "RE-2026-00001", "re 2026 00001", "Rent"])),
        bill_ids=draw(st.sampled_from([(), (1,), (2,)])),
        statement_line_ids=(),
        company_id=1,
        changed_at=THEN,
    )


@st.composite
def bank_lines(draw: st.DrawFn, number: int) -> StatementLine:
    return StatementLine(
        ref=RecordRef("account.bank.statement.line", number, f"BNK/{number}"),
        amount=draw(AMOUNTS) * draw(st.sampled_from([1, -1])),
        currency="EUR",
        booked_on=draw(DAYS),
        payment_reference=draw(st.sampled_from([None, "RE-2026-00001 thanks", "Fuel"])),
        partner_id=draw(st.none() | PARTNERS),
        partner_name=None,
        account_number=None,
        is_matched=draw(st.booleans()),
        bill_ids=(),
        company_id=1,
        changed_at=THEN,
    )


@st.composite
def books(draw: st.DrawFn) -> Records:
    count = st.integers(0, 5)
    return Records(
        bills=tuple(draw(bills(number)) for number in range(1, draw(count) + 1)),
        payments=tuple(draw(payments(number)) for number in range(1, draw(count) + 1)),
        statement_lines=tuple(draw(bank_lines(number)) for number in range(1, draw(count) + 1)),
    )


def subjects(records: Records, code: Code) -> set[int]:
    found = examine(records, POLICY, TODAY)
    return {entry.subject.id for entry in found if entry.discrepancy.code is code}


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(records: Records, rng: random.Random) -> None:
    def shuffled(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(rng.sample(entries, len(entries)))

    same_number = tuple(replace(bill, vendor_reference="RE-2026-00001") for bill in records.bills)
    records = replace(records, bills=same_number)
    again = Records(
        bills=shuffled(records.bills),
        payments=shuffled(records.payments),
        statement_lines=shuffled(records.statement_lines),
    )
    assert list(examine(again, POLICY, TODAY)) == list(examine(records, POLICY, TODAY))
    identities = [entry.identity for entry in examine(records, POLICY, TODAY)]
    assert len(identities) == len(set(identities))


@given(books())
def test_what_is_overdue_and_unpaid_is_missing(records: Records) -> None:
    paid = {bill_id for entry in records.payments if entry.state == "posted" for bill_id in entry.bill_ids}
    late = {
        bill.ref.id
        for bill in records.bills
        if bill.state == "posted"
        and not bill.is_refund
        and bill.payment_state == "not_paid"
        and bill.due_on is not None
        and bill.due_on < TODAY
        and bill.ref.id not in paid
    }
    assert subjects(records, Code.PAYMENT_MISSING) == late


@given(books())
def test_a_payment_without_bill_is_unallocated_or_paid_twice(records: Records) -> None:
    loose = {entry.ref.id for entry in records.payments if entry.state == "posted" and not entry.bill_ids}
    twice = subjects(records, Code.DUPLICATE_PAYMENT)
    assert subjects(records, Code.UNALLOCATED_PAYMENT) == loose - twice


@given(AMOUNTS, AMOUNTS, st.integers(0, 90), st.booleans(), st.booleans())
def test_the_same_money_for_the_same_bill_is_paid_twice(
    first: Decimal, second: Decimal, days: int, same_reference: bool, is_allocated: bool
) -> None:
    common = {"is_outgoing": True, "state": "posted", "partner_id": 1, "currency": "EUR"}
    rest = {"statement_line_ids": (), "company_id": 1, "changed_at": THEN}
    earlier = Payment(
        ref=RecordRef("account.payment", 1, "PAY/1"),
        amount=first,
        paid_on=TODAY - timedelta(days=100),
        reference="RE-2026-00001",
        bill_ids=(1,),
        **common,
        **rest,
    )
    later = replace(
        earlier,
        ref=RecordRef("account.payment", 2, "PAY/2"),
        amount=second,
        paid_on=TODAY - timedelta(days=100 - days),
        reference="RE 2026/00001" if same_reference else "Deposit",
        bill_ids=(1,) if is_allocated else (),
    )
    near = days <= POLICY.duplicate_payment_days and abs(first - second) <= Decimal("0.01")
    bill = replace(BILL, total_amount=first)
    raised = subjects(Records(bills=(bill,), payments=(earlier, later)), Code.DUPLICATE_PAYMENT)
    assert bool(raised) is (near and (same_reference or is_allocated))
    halves = replace(BILL, total_amount=first + second)
    assert not subjects(Records(bills=(halves,), payments=(earlier, later)), Code.DUPLICATE_PAYMENT)


BILL = Bill(
    ref=RecordRef("account.move", 1, "BILL/2026/00001"),
    is_refund=False,
    state="posted",
    partner_id=1,
    vendor_reference="RE-2026-00001",
    payment_reference=None,
    origin=None,
    billed_on=None,
    currency="EUR",
    net_amount=Decimal("10.00"),
    total_amount=Decimal("10.00"),
    payment_state="paid",
    company_id=1,
    order_line_ids=(),
    changed_at=THEN,
)


@given(st.decimals("1", "30", places=2), st.booleans(), st.booleans())
def test_a_bank_line_is_explained_or_reported(amount: Decimal, names_bill: bool, is_matched: bool) -> None:
    line = StatementLine(
        ref=RecordRef("account.bank.statement.line", 1, "BNK/1"),
        amount=-amount,
        currency="EUR",
        booked_on=TODAY,
        payment_reference="RE-2026-00001" if names_bill else "Fuel",
        partner_id=1,
        partner_name=None,
        account_number=None,
        is_matched=is_matched,
        bill_ids=(),
        company_id=1,
        changed_at=THEN,
    )
    bill = replace(BILL, payment_state="not_paid", open_amount=Decimal("10.00"))
    records = Records(bills=(bill,), statement_lines=(line,))
    fits = abs(amount - 10) <= Decimal("0.01")
    unexplained = not is_matched and not names_bill and amount != 10
    assert bool(subjects(records, Code.PAYMENT_WITHOUT_DOCUMENT)) is unexplained
    assert bool(subjects(records, Code.PAYMENT_AMOUNT_MISMATCH)) is (not is_matched and names_bill and not fits)
