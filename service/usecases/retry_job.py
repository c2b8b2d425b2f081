"""An administrator has a job that was given up done again, after its cause was mended."""

from __future__ import annotations

from service.domain.decisions import Actor, UserRole
from service.domain.errors import InvalidMoveError
from service.domain.ids import JobId
from service.domain.jobs import Job, JobState, Stage
from service.domain.lifecycle import DocumentStatus
from service.ports import Clock, Transaction, UnitOfWork
from service.usecases.advance import require_role
from service.usecases.reprocess import read_anew

_AS_IT_WAS = frozenset({Stage.LEARN, Stage.SYNC, Stage.EXAMINE, Stage.COLLECT_MAIL, Stage.COLLECT_FILES})


def retry_job(*, uow: UnitOfWork, clock: Clock, actor: Actor, job_id: JobId) -> None:
    """Queue the work anew: what no document waits for as it was, a document that failed from its reading on. Where
    the document moved on meanwhile, nothing is left to do and the job is put aside.

    InvalidMoveError where the job isn't given up, or is a write: its document is back in review, and only an
    approver's new decision may write it.
    """
    require_role(actor, "retry jobs", UserRole.ADMIN)
    with uow.write() as tx:
        job = tx.jobs.get(job_id)
        if job.state is not JobState.DEAD:
            raise InvalidMoveError("This job isn't given up.")
        if job.stage is Stage.WRITE:
            raise InvalidMoveError("Its document is back in review: an approver decides about it again.")
        now = clock.now()
        tx.jobs.put_aside(job)
        tx.audit.append(f"job:{job.id}", now, actor.id, "retry_job", {"stage": job.stage.value, "subject": job.subject})
        if job.stage in _AS_IT_WAS:
            tx.jobs.enqueue(job.stage, job.subject, job.revision, now)
        else:
            _read_again(tx, clock, actor, job)


def _read_again(tx: Transaction, clock: Clock, actor: Actor, job: Job) -> None:
    document = tx.documents.get(job.document_id)
    if document.status is DocumentStatus.FAILED and document.revision == job.revision:
        read_anew(tx, document, actor=actor.id, at=clock.now())
