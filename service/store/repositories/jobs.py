"""The job table: every move of a job is one statement that says what the job must still be (compare-and-set)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, update

from service.domain.errors import LeaseLostError, NotFoundError
from service.domain.ids import JobId, new_id
from service.domain.jobs import Job, JobState, Stage
from service.domain.lifecycle import DocumentStatus
from service.store import tables
from service.store.mapping import job_of
from service.store.statements import insert_where_new

_JOBS = tables.jobs
_DOCUMENTS = tables.documents
_QUEUED, _RUNNING = JobState.QUEUED.value, JobState.RUNNING.value
_OVER = (JobState.DONE.value, JobState.DEAD.value)
NUDGE_GRACE = timedelta(seconds=5)  # a job so fresh was nudged just now; the sweeper needn't repeat it


@dataclass(frozen=True, slots=True)
class SqlJobs:
    """``ports.Jobs`` over one transaction. ``enqueued`` collects what is to be nudged after the commit."""

    connection: Connection
    enqueued: list[Job] = field(default_factory=list)

    def enqueue(self, stage: Stage, subject: str, revision: int, at: datetime) -> Job:
        """The job of that stage, subject and revision, QUEUED where it is new or was over."""
        fresh = {
            "state": _QUEUED,
            "attempts": 0,
            "token": None,
            "leased_until": None,
            "run_after": at,
            "queued_at": at,
            "last_error": None,
        }
        which = {"stage": stage.value, "subject": subject, "revision": revision}
        this = and_(*(_JOBS.c[name] == value for name, value in which.items()))
        if not insert_where_new(self.connection, _JOBS, {"id": new_id(), **which, **fresh}):
            self.connection.execute(update(_JOBS).where(this, _JOBS.c.state.in_(_OVER)).values(**fresh))
        job = job_of(self.connection.execute(select(_JOBS).where(this)).one())
        if job.state is JobState.QUEUED:
            self.enqueued.append(job)
        return job

    def claim(self, job_id: JobId, now: datetime, lease: timedelta) -> Job | None:
        """Take a job that is due or whose lease ran out; None where somebody else has it or nothing is to do."""
        taken = (
            update(_JOBS)
            .where(_JOBS.c.id == job_id, _claimable(now, now))
            .values(state=_RUNNING, token=new_id(), attempts=_JOBS.c.attempts + 1, leased_until=now + lease)
            .returning(*_JOBS.c)
        )
        row = self.connection.execute(taken).one_or_none()
        return None if row is None else job_of(row)

    def renew(self, job: Job, until: datetime) -> bool:
        """Extend the lease; False where the token is no longer the current one."""
        return self._move(job, leased_until=until)

    def finish(self, job: Job) -> None:
        """DONE; LeaseLostError where the token isn't current."""
        self._leave(job, state=JobState.DONE.value, last_error=None)

    def retry(self, job: Job, run_after: datetime, error: str, *, uncounted: bool = False) -> None:
        """QUEUED again, not before ``run_after``; LeaseLostError where the token isn't current."""
        attempts = _JOBS.c.attempts - 1 if uncounted else _JOBS.c.attempts
        self._leave(job, state=_QUEUED, run_after=run_after, attempts=attempts, last_error=error)

    def give_up(self, job: Job, error: str) -> None:
        """DEAD; LeaseLostError where the token isn't current."""
        self._leave(job, state=JobState.DEAD.value, last_error=error)

    def put_aside(self, job: Job) -> None:
        """DONE where it is DEAD."""
        dead = and_(_JOBS.c.id == job.id, _JOBS.c.state == JobState.DEAD.value)
        self.connection.execute(update(_JOBS).where(dead).values(state=JobState.DONE.value))

    def _leave(self, job: Job, **values: object) -> None:
        if not self._move(job, token=None, leased_until=None, **values):
            raise LeaseLostError("Another worker took the job over.")

    def _move(self, job: Job, **values: object) -> bool:
        held = and_(_JOBS.c.id == job.id, _JOBS.c.state == _RUNNING, _JOBS.c.token == job.token)
        return self.connection.execute(update(_JOBS).where(held).values(**values)).rowcount == 1

    def due(self, now: datetime, limit: int = 100) -> tuple[Job, ...]:
        """QUEUED and due since some seconds, or RUNNING with an expired lease; the longest due first."""
        wanted = select(_JOBS).where(_claimable(now - NUDGE_GRACE, now))
        return self._all(wanted.order_by(_JOBS.c.run_after, _JOBS.c.id).limit(limit))

    def get(self, job_id: JobId) -> Job:
        """One; NotFoundError."""
        row = self.connection.execute(select(_JOBS).where(_JOBS.c.id == job_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such job.")
        return job_of(row)

    def dead(self) -> tuple[Job, ...]:
        """The DEAD ones that somebody must still see to, the last queued first. Of a document that went on since, or
        was decided about after its write was given up, nothing is left to do.
        """
        of_document = _JOBS.outerjoin(_DOCUMENTS, _DOCUMENTS.c.id == _JOBS.c.subject)
        stands = and_(
            _DOCUMENTS.c.revision == _JOBS.c.revision,
            or_(_JOBS.c.stage != Stage.WRITE.value, _DOCUMENTS.c.status == DocumentStatus.IN_REVIEW.value),
        )
        left = or_(_DOCUMENTS.c.id.is_(None), stands)
        wanted = select(_JOBS).select_from(of_document).where(_JOBS.c.state == JobState.DEAD.value, left)
        return self._all(wanted.order_by(_JOBS.c.queued_at.desc(), _JOBS.c.id))

    def active(self, subject: str) -> tuple[Job, ...]:
        """QUEUED and RUNNING ones of a subject, in the order of their queueing."""
        wanted = select(_JOBS).where(_JOBS.c.subject == subject, _JOBS.c.state.in_((_QUEUED, _RUNNING)))
        return self._all(wanted.order_by(_JOBS.c.queued_at, _JOBS.c.id))

    def _all(self, wanted: Select[Any]) -> tuple[Job, ...]:
        return tuple(job_of(row) for row in self.connection.execute(wanted))


def _claimable(due_since: datetime, now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(_JOBS.c.state == _QUEUED, _JOBS.c.run_after <= due_since),
        and_(_JOBS.c.state == _RUNNING, _JOBS.c.leased_until <= now),
    )
