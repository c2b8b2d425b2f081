"""Examine the whole books, and keep what was found as exceptions of the records that it is about."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from matchers.batch import examine
from service.domain.audit import Detail
from service.domain.codes import Severity
from service.domain.discrepancies import Finding, RaisedDiscrepancy
from service.domain.errors import LeaseLostError
from service.domain.excerpt import Records, gathered
from service.domain.jobs import LEASES, Job
from service.domain.policy import Policy
from service.domain.records import Bill, Record, RecordKind
from service.ports import SYSTEM, Books, Clock, Transaction, UnitOfWork
from service.usecases.settling import exception_subject

log = logging.getLogger(__name__)

KINDS = (RecordKind.PARTNER, RecordKind.BILL, RecordKind.PAYMENT, RecordKind.STATEMENT_LINE)
EXAMINED = "books_examined"  # the fact that names the state of the books that was examined last
_AT_ONCE = 200  # exceptions a transaction, so that nobody waits long for the database


def examine_books(*, uow: UnitOfWork, books: Books, clock: Clock, policy: Policy, job: Job) -> None:
    """Run a claimed EXAMINE job; nothing where books, policy and day are those of the last time.

    Safe to run twice and to be killed anywhere: each exception is known by its record, code and field, and the state
    of the books counts as examined only at the end. LeaseLostError where another worker took over.
    """
    today = clock.today()
    state = f"{today} {policy.fingerprint} {books.fingerprint(KINDS)}"
    if not _is_known(uow, state):
        records = to_examine(books.everything(KINDS, without_bill_lines=True))
        found = tuple(examine(records, policy, today))
        raised = sum(_raise(uow, clock, policy, job, some) for some in _batches(found))
        gone = _drop(uow, clock, job, found)
        log.info("books examined", extra={"found": len(found), "raised": raised, "gone": gone})
    with uow.write() as tx:
        tx.facts.put(EXAMINED, state)
        tx.jobs.finish(job)


def to_examine(records: Iterable[Record]) -> Records:
    """The records sorted into their kinds, without the lines of bills: nothing asks for them, and they are most of
    the memory.
    """
    return gathered(replace(record, lines=()) if isinstance(record, Bill) else record for record in records)


def due_at(severity: Severity, raised_at: datetime, policy: Policy) -> datetime | None:
    """Until when somebody should have settled it; None for what only informs."""
    days = {Severity.BLOCKING: policy.blocking_days, Severity.WARNING: policy.warning_days}.get(severity)
    return None if days is None else raised_at + timedelta(days=days)


def _is_known(uow: UnitOfWork, state: str) -> bool:
    with uow.read() as tx:
        return tx.facts.get(EXAMINED) == state


def _batches(found: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    return (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))


def _raise(uow: UnitOfWork, clock: Clock, policy: Policy, job: Job, found: Sequence[Finding]) -> int:
    """Make them exceptions; how many of them are open anew."""
    with uow.write() as tx:
        now = clock.now()
        _renew(tx, job, now)
        anew = tx.discrepancies.raise_on_records(found, now)
        for raised in anew:
            tx.discrepancies.save(replace(raised, due_at=due_at(raised.discrepancy.severity, now, policy)))
            _tell(tx, raised, "raise_exception", now)
        return len(anew)


def _drop(uow: UnitOfWork, clock: Clock, job: Job, found: Sequence[Finding]) -> int:
    """Resolve what isn't found any more; how many there were."""
    dropped = 0
    while True:
        with uow.write() as tx:
            now = clock.now()
            _renew(tx, job, now)
            gone = tx.discrepancies.drop_from_records(found, now, _AT_ONCE)
            for raised in gone:
                _tell(tx, raised, "exception_gone", now)
        dropped += len(gone)
        if not gone:
            return dropped


def _renew(tx: Transaction, job: Job, now: datetime) -> None:
    if not tx.jobs.renew(job, now + LEASES[job.stage]):
        raise LeaseLostError("Another worker examines the books by now.")


def _tell(tx: Transaction, raised: RaisedDiscrepancy, action: str, at: datetime) -> None:
    subject = raised.subject
    assert subject is not None, "the exceptions of the books hang on records"
    detail: Detail = {
        "code": raised.discrepancy.code.value,
        "model": subject.model,
        "record": subject.id,
        "expected": raised.discrepancy.expected,
        "actual": raised.discrepancy.actual,
    }
    tx.audit.append(exception_subject(raised.id), at, SYSTEM, action, detail)
