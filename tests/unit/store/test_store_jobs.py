"""Jobs: unique, claimed by compare-and-set, fenced by a token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from service.domain.errors import BrokerError, LeaseLostError, NotFoundError
from service.domain.ids import JobId
from service.domain.jobs import MAX_ATTEMPTS, Job, JobState, Stage
from service.ports import Jobs
from service.store.unit_of_work import SqlUnitOfWork

LEASE = timedelta(seconds=60)


def _enqueue(uow: SqlUnitOfWork, subject: str = "d1", revision: int = 1) -> Job:
    with uow.write() as transaction:
        return transaction.jobs.enqueue(Stage.READ, subject, revision, uow.clock.now())


def _claim(uow: SqlUnitOfWork, job: Job) -> Job | None:
    with uow.write() as transaction:
        return transaction.jobs.claim(job.id, uow.clock.now(), LEASE)


def _stored(uow: SqlUnitOfWork, job: Job) -> Job:
    with uow.read() as transaction:
        return transaction.jobs.get(job.id)


def test_a_job_is_unique_by_stage_subject_and_revision(uow: SqlUnitOfWork) -> None:
    first = _enqueue(uow)
    assert first.state is JobState.QUEUED
    assert first.attempts == 0
    assert _enqueue(uow) == first
    assert _enqueue(uow, revision=2).id != first.id
    assert _enqueue(uow, subject="d2").id != first.id


def test_a_claim_takes_the_job_from_everybody_else(uow: SqlUnitOfWork) -> None:
    job = _enqueue(uow)
    claimed = _claim(uow, job)
    assert claimed is not None
    assert (claimed.state, claimed.attempts) == (JobState.RUNNING, 1)
    assert claimed.leased_until == uow.clock.now() + LEASE
    assert _stored(uow, job) == claimed
    assert _claim(uow, job) is None
    assert _enqueue(uow) == claimed  # a running one stays as it is


def test_an_expired_lease_can_be_claimed_and_the_first_worker_is_fenced_off(uow: SqlUnitOfWork, clock: Any) -> None:
    first = _claim(uow, _enqueue(uow))
    assert first is not None
    clock.pass_by(seconds=60)
    second = _claim(uow, first)
    assert second is not None
    assert second.attempts == 2
    assert second.token != first.token
    late: list[Callable[[Jobs], object]] = [
        lambda jobs: jobs.finish(first),
        lambda jobs: jobs.retry(first, clock.now(), "late"),
        lambda jobs: jobs.give_up(first, "late"),
    ]
    for move in late:
        with pytest.raises(LeaseLostError), uow.write() as transaction:
            move(transaction.jobs)
    with uow.write() as transaction:
        assert not transaction.jobs.renew(first, clock.now() + LEASE)
        assert transaction.jobs.renew(second, clock.now() + 2 * LEASE)
    assert _stored(uow, second) == replace(second, leased_until=clock.now() + 2 * LEASE)


def test_a_lost_lease_takes_the_rest_of_the_transaction_with_it(uow: SqlUnitOfWork, clock: Any) -> None:
    first = _claim(uow, _enqueue(uow))
    assert first is not None
    clock.pass_by(seconds=60)
    assert _claim(uow, first) is not None

    def finish_late() -> None:
        with uow.write() as transaction:
            transaction.facts.put("result", "of the late worker")
            transaction.jobs.finish(first)

    with pytest.raises(LeaseLostError):
        finish_late()
    with uow.read() as transaction:
        assert transaction.facts.get("result") is None


def test_done_and_dead_ones_are_queued_afresh(uow: SqlUnitOfWork, clock: Any) -> None:
    job = _claim(uow, _enqueue(uow))
    assert job is not None
    with uow.write() as transaction:
        transaction.jobs.finish(job)
    assert _stored(uow, job).state is JobState.DONE
    assert _claim(uow, job) is None
    clock.pass_by(minutes=1)
    again = _enqueue(uow)
    assert again == Job(job.id, Stage.READ, "d1", 1, JobState.QUEUED, 0, None, None, clock.now())
    claimed = _claim(uow, again)
    assert claimed is not None
    with uow.write() as transaction:
        transaction.jobs.give_up(claimed, "the file kills its reader")
    dead = _stored(uow, job)
    assert (dead.state, dead.last_error) == (JobState.DEAD, "the file kills its reader")
    with uow.read() as transaction:
        assert transaction.jobs.dead() == (dead,)
        assert transaction.jobs.active("d1") == ()
    assert _enqueue(uow).last_error is None


def test_a_retry_waits_and_counts_unless_told_not_to(uow: SqlUnitOfWork, clock: Any) -> None:
    job = _enqueue(uow)
    for attempts, uncounted in ((1, False), (2, True), (2, False)):
        claimed = _claim(uow, job)
        assert claimed is not None
        assert claimed.attempts == attempts
        with uow.write() as transaction:
            transaction.jobs.retry(claimed, clock.now() + timedelta(seconds=30), "busy", uncounted=uncounted)
        assert _claim(uow, job) is None
        clock.pass_by(seconds=30)
    assert _stored(uow, job).last_error == "busy"


def test_attempts_are_counted_at_the_claim_without_end(uow: SqlUnitOfWork, clock: Any) -> None:
    job = _enqueue(uow)
    for attempt in range(1, MAX_ATTEMPTS + 2):
        claimed = _claim(uow, job)  # the worker dies each time
        assert claimed is not None
        assert claimed.attempts == attempt
        clock.pass_by(seconds=60)


def test_the_sweeper_sees_what_stopped_and_not_what_is_fresh(uow: SqlUnitOfWork, clock: Any) -> None:
    stopped = _claim(uow, _enqueue(uow, "stopped"))
    assert stopped is not None
    clock.pass_by(seconds=60)
    unnudged = _enqueue(uow, "unnudged")
    clock.pass_by(seconds=10)
    _enqueue(uow, "fresh")
    running = _claim(uow, _enqueue(uow, "running"))
    assert running is not None
    with uow.read() as transaction:
        assert [job.subject for job in transaction.jobs.due(clock.now())] == ["stopped", "unnudged"]
        assert transaction.jobs.due(clock.now(), limit=1) == (stopped,)
        assert transaction.jobs.active("unnudged") == (unnudged,)


def test_no_such_job(uow: SqlUnitOfWork) -> None:
    with pytest.raises(NotFoundError), uow.read() as transaction:
        transaction.jobs.get(JobId("0" * 32))


class RecordingDispatcher:
    """Remembers what it was told to send, and whether the job was committed by then."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sent: list[Job] = []
        self.away = False

    def nudge(self, job: Job) -> None:
        if self.away:
            raise BrokerError("Redis is away.")
        with SqlUnitOfWork(self.engine, None, None).read() as transaction:  # type: ignore[arg-type]
            assert transaction.jobs.get(job.id).state is JobState.QUEUED
        self.sent.append(job)


def test_jobs_are_nudged_after_the_commit_and_only_then(engine: Engine, clock: Any) -> None:
    dispatcher = RecordingDispatcher(engine)
    uow = SqlUnitOfWork(engine, dispatcher, clock)
    job = _enqueue(uow)
    assert dispatcher.sent == [job]

    def enqueue_and_fail() -> None:
        with uow.write() as transaction:
            transaction.jobs.enqueue(Stage.READ, "d2", 1, clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        enqueue_and_fail()
    with uow.write() as transaction:
        transaction.jobs.enqueue(Stage.READ, "d3", 1, clock.now() + timedelta(hours=1))  # not due yet
    assert dispatcher.sent == [job]


def test_a_broker_that_is_away_is_logged(engine: Engine, clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    dispatcher = RecordingDispatcher(engine)
    dispatcher.away = True
    uow = SqlUnitOfWork(engine, dispatcher, clock)
    job = _enqueue(uow)
    assert [record.message for record in caplog.records] == ["job not nudged"]
    assert _stored(uow, job).state is JobState.QUEUED
