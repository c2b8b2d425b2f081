"""The books examined again and again: one cause is one exception, whoever settles it, and a death loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.domain.codes import Code
from service.domain.decisions import Actor
from service.domain.discrepancies import ExceptionStatus, RaisedDiscrepancy
from service.domain.errors import InvalidMoveError, LeaseLostError, NotAllowedError, UsageError
from service.domain.ids import DiscrepancyId
from service.domain.jobs import LEASES, Job, Stage
from service.domain.policy import Policy
from service.domain.records import Bill, Partner, Payment, RecordKind, RecordRef
from service.ports import SYSTEM, ExceptionFilter, Transaction, UnitOfWork
from service.store.raising import is_gone
from service.store.unit_of_work import SqlUnitOfWork
from service.usecases.decide import resolve_exception
from service.usecases.examine_books import examine_books
from service.usecases.settling import exception_subject
from tests.support.parts import APPROVER, AUDITOR, REVIEWER, SetClock, parts_in
from tests.support.values import NOON

TODAY = NOON.date()
POLICY = Policy()


def a_bill(number: int = 1, *, days_late: int = 30, open_amount: str = "119.00", **changes: object) -> Bill:
    owed = Decimal(open_amount)
    bill = Bill(
        ref=RecordRef("account.move", number, f"BILL/2026/{number:05}"),
        is_refund=False,
        state="posted",
        partner_id=None,
        vendor_reference=f"RE-{number:05}",
        payment_reference=None,
        origin=None,
        billed_on=date(2026, 1, 1),
        currency="EUR",
        net_amount=Decimal("100.00"),
        total_amount=Decimal("119.00"),
        payment_state="paid" if owed == 0 else "not_paid",
        company_id=1,
        order_line_ids=(),
        changed_at=NOON,
        due_on=TODAY - timedelta(days=days_late),
        open_amount=owed,
    )
    return replace(bill, **changes)  # type: ignore[arg-type]


def a_payment(number: int, **changes: object) -> Payment:
    payment = Payment(
        ref=RecordRef("account.payment", number, f"PBNK1/2026/{number:05}"),
        is_outgoing=True,
        state="posted",
        partner_id=7,
        amount=Decimal("119.00"),
        currency="EUR",
        paid_on=TODAY - timedelta(days=5),
        reference="RE-00001",
        bill_ids=(1,),
        statement_line_ids=(),
        company_id=1,
        changed_at=NOON,
    )
    return replace(payment, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Desk:
    """A database of either kind, with books in it."""

    engine: Engine
    clock: SetClock

    @property
    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, None, self.clock)

    @property
    def books(self) -> SqlBooks:
        return SqlBooks(self.engine, self.clock)

    def job(self) -> Job:
        with self.uow.write() as tx:
            now = self.clock.now()
            job = tx.jobs.claim(tx.jobs.enqueue(Stage.EXAMINE, "books", 0, now).id, now, LEASES[Stage.EXAMINE])
        assert job is not None
        return job

    def examine(self, policy: Policy = POLICY) -> tuple[RaisedDiscrepancy, ...]:
        self.clock.move(minutes=1)
        examine_books(uow=self.uow, books=self.books, clock=self.clock, policy=policy, job=self.job())
        return self.exceptions()

    def exceptions(self) -> tuple[RaisedDiscrepancy, ...]:
        with self.uow.read() as tx:
            return tx.discrepancies.search(ExceptionFilter(on_records=True), limit=1000)[0]

    def settle(self, raised: RaisedDiscrepancy, actor: Actor, how: str, why: str | None = None) -> RaisedDiscrepancy:
        return resolve_exception(
            uow=self.uow,
            clock=self.clock,
            policy=POLICY,
            actor=actor,
            discrepancy_id=raised.id,
            resolution=how,
            reason=why,
        )

    def actions(self, discrepancy_id: DiscrepancyId) -> list[tuple[str, str]]:
        with self.uow.read() as tx:
            return [(event.actor, event.action) for event in tx.audit.of_subject(exception_subject(discrepancy_id))]


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, SetClock())


def test_an_exception_hangs_on_its_record_with_all_that_the_contract_asks(desk: Desk) -> None:
    desk.books.store([a_bill()])
    (raised,) = desk.examine()
    assert (raised.document_id, raised.subject) == (None, a_bill().ref)
    assert raised.discrepancy.code is Code.PAYMENT_MISSING
    assert (raised.discrepancy.money_at_risk, raised.currency) == (Decimal("119.00"), "EUR")
    assert raised.due_at == raised.raised_at + timedelta(days=POLICY.warning_days)
    assert raised.discrepancy.releases_when
    assert desk.actions(raised.id) == [(SYSTEM, "raise_exception")]


def test_the_same_books_again_change_nothing(desk: Desk) -> None:
    desk.books.store([a_bill(), a_bill(2), a_payment(5, bill_ids=())])
    first = desk.examine()
    desk.clock.move(days=1)  # another day: the books are examined and not only recognised
    again = desk.examine()
    assert [(r.id, r.raised_at, r.due_at, r.status) for r in again] == [
        (r.id, r.raised_at, r.due_at, r.status) for r in first
    ]
    assert all(desk.actions(raised.id) == [(SYSTEM, "raise_exception")] for raised in again)


def test_a_cause_that_vanished_resolves_itself_and_one_that_comes_back_keeps_its_id(desk: Desk) -> None:
    desk.books.store([a_bill()])
    (raised,) = desk.examine()
    desk.books.store([a_bill(open_amount="0.00")])
    (gone,) = desk.examine()
    assert (gone.id, gone.status, gone.resolved_by) == (raised.id, ExceptionStatus.RESOLVED, SYSTEM)
    assert is_gone(gone)
    desk.books.store([a_bill()])
    (back,) = desk.examine()
    assert (back.id, back.status, back.resolution) == (raised.id, ExceptionStatus.OPEN, None)
    assert [action for _, action in desk.actions(raised.id)] == [
        "raise_exception",
        "exception_gone",
        "raise_exception",
    ]


def test_a_deleted_record_takes_its_exception_along(desk: Desk) -> None:
    desk.books.store([a_bill()])
    desk.examine()
    desk.books.keep_only(RecordKind.BILL, frozenset())
    assert [is_gone(raised) for raised in desk.examine()] == [True]


def test_dismissed_stays_dismissed_until_the_figures_change(desk: Desk) -> None:
    desk.books.store([a_bill()])
    (raised,) = desk.examine()
    desk.settle(raised, REVIEWER, "dismissed", "agreed with the vendor")
    desk.clock.move(days=3)
    (again,) = desk.examine()
    assert (again.id, again.status, again.reason) == (raised.id, ExceptionStatus.DISMISSED, "agreed with the vendor")
    desk.books.store([a_bill(open_amount="60.00")])
    (changed,) = desk.examine()
    assert (changed.id, changed.status) == (raised.id, ExceptionStatus.OPEN)
    assert desk.actions(raised.id)[1] == (REVIEWER.id, "resolve_exception")


def test_a_policy_that_changed_examines_the_same_books_anew(desk: Desk) -> None:
    desk.books.store([a_bill(open_amount="0.00"), a_payment(1), a_payment(2, paid_on=TODAY - timedelta(days=45))])
    assert desk.examine(replace(POLICY, duplicate_payment_days=30, payment=POLICY.quantity)) != desk.examine()


def test_paid_twice_needs_an_approver_and_a_reason(desk: Desk) -> None:
    desk.books.store([a_bill(open_amount="0.00", partner_id=7), a_payment(1), a_payment(2)])
    (raised,) = desk.examine()
    assert raised.discrepancy.code is Code.DUPLICATE_PAYMENT
    assert raised.due_at == raised.raised_at + timedelta(days=POLICY.blocking_days)
    with pytest.raises(NotAllowedError):
        desk.settle(raised, AUDITOR, "overridden", "so")
    with pytest.raises(NotAllowedError):
        desk.settle(raised, REVIEWER, "overridden", "so")
    with pytest.raises(UsageError):
        desk.settle(raised, APPROVER, "overridden")
    settled = desk.settle(raised, APPROVER, "overridden", "the vendor sets it off")
    assert settled.status is ExceptionStatus.DISMISSED
    with pytest.raises(InvalidMoveError):
        desk.settle(raised, APPROVER, "overridden", "again")


def test_a_worker_that_lost_its_lease_writes_nothing_more(desk: Desk) -> None:
    desk.books.store([a_bill()])
    job = desk.job()
    desk.clock.move(minutes=10)
    desk.job()  # somebody else has it by now
    with pytest.raises(LeaseLostError):
        examine_books(uow=desk.uow, books=desk.books, clock=desk.clock, policy=POLICY, job=job)
    assert desk.exceptions() == ()


@dataclass
class _Stopping:
    """Transactions of which only the first ``left`` can change anything; then the process dies."""

    uow: UnitOfWork
    left: int

    def read(self) -> AbstractContextManager[Transaction]:
        return self.uow.read()

    def write(self) -> AbstractContextManager[Transaction]:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return self.uow.write()


def test_one_that_died_half_way_is_taken_up_and_doubles_nothing(desk: Desk) -> None:
    desk.books.store(a_bill(number) for number in range(1, 451))
    job = desk.job()
    stopping = _Stopping(desk.uow, 2)
    with pytest.raises(KeyboardInterrupt):
        examine_books(uow=stopping, books=desk.books, clock=desk.clock, policy=POLICY, job=job)
    assert len(desk.exceptions()) == 400
    desk.clock.move(minutes=10)
    found = desk.examine()
    assert len({raised.subject for raised in found}) == len(found) == 450
    assert all(len(desk.actions(raised.id)) == 1 for raised in found[:3])


def test_lists_are_narrowed_to_the_records_and_to_whom_they_are_about(desk: Desk) -> None:
    line = a_payment(9, bill_ids=())
    desk.books.store([a_bill(), line])
    desk.examine()
    with desk.uow.read() as tx:
        codes = {raised.discrepancy.code for raised in tx.discrepancies.search(ExceptionFilter(), limit=10)[0]}
        by_code, _ = tx.discrepancies.search(ExceptionFilter(code="UNALLOCATED_PAYMENT", status="open"), limit=10)
        assert tx.discrepancies.search(ExceptionFilter(kind="supplier_invoice"), limit=10)[0] == ()
        assert tx.discrepancies.search(ExceptionFilter(vendor="nobody"), limit=10)[0] == ()
        assert tx.discrepancies.open_on_records() == 2
        assert tx.statistics.figures(NOON, (timedelta(),)).documents_by_code == {}
    assert codes == {Code.PAYMENT_MISSING, Code.UNALLOCATED_PAYMENT}
    assert [raised.subject for raised in by_code] == [line.ref]


STATES = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["0.00", "60.00", "119.00"])), max_size=6, unique_by=lambda e: e[0]
)


@settings(max_examples=15, deadline=None)
@given(runs=st.lists(STATES, min_size=1, max_size=4))
def test_after_any_history_open_is_what_a_first_examination_would_find(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, runs: list[Sequence[tuple[int, str]]]
) -> None:
    parts = parts_in(tmp_path_factory.mktemp("runs"), migrated_sqlite)
    desk = Desk(parts.engine, parts.clock)
    seen: dict[tuple[str, int], DiscrepancyId] = {}
    for bills in runs:
        desk.books.store(a_bill(number, open_amount=owed) for number, owed in bills)
        desk.books.keep_only(RecordKind.BILL, frozenset(number for number, _ in bills))
        found = desk.examine()
        open_ones = {raised.subject.id for raised in found if raised.is_open and raised.subject}
        assert open_ones == {number for number, owed in bills if owed != "0.00"}
        for raised in found:
            assert raised.subject is not None
            key = raised.discrepancy.code.value, raised.subject.id
            assert seen.setdefault(key, raised.id) == raised.id
    parts.engine.dispose()


def test_the_worst_come_first(desk: Desk) -> None:
    desk.books.store([a_bill(1), a_bill(2, open_amount="1000.00"), a_bill(3, open_amount="0.00", partner_id=7)])
    desk.books.store([a_payment(1, bill_ids=(3,)), a_payment(2, bill_ids=(3,)), a_bill(4, open_amount="90.00")])
    desk.examine()
    with desk.uow.read() as tx:
        worst = tx.discrepancies.worst(ExceptionFilter(on_records=True), limit=9, skip=0)
        rest = tx.discrepancies.worst(ExceptionFilter(on_records=True), limit=2, skip=2)
    at_risk = [raised.discrepancy.money_at_risk for raised in worst]
    assert at_risk == [Decimal("119.00"), Decimal("1000.00"), Decimal("119.00"), Decimal("90.00")]
    assert rest == worst[2:]


def test_it_says_whom_it_is_about_and_is_found_by_that(desk: Desk) -> None:
    vendor = Partner(
        RecordRef("res.partner", 7, "Möbel Müller GmbH"), None, None, None, True, True, True, None, None, "DE", NOON
    )
    desk.books.store([vendor, a_bill(partner_id=7), a_bill(2)])
    about = {raised.subject: raised.party for raised in desk.examine()}
    assert about == {a_bill().ref: "Möbel Müller GmbH", a_bill(2).ref: None}
    with desk.uow.read() as tx:
        found, _ = tx.discrepancies.search(ExceptionFilter(vendor="mobel mul"), limit=9)
    assert [raised.subject for raised in found] == [a_bill().ref]
