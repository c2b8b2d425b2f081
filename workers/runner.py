"""Claim, run, finish: what happens to every job alike, whatever its stage."""

from __future__ import annotations

import logging
from datetime import timedelta

from service.bootstrap import Container
from service.domain.errors import ConcordError, LeaseLostError, NotFoundError, OdooUnreachableError
from service.domain.ids import JobId
from service.domain.jobs import LEASES, MAX_ATTEMPTS, Job, JobState
from workers.stages import STAGES

log = logging.getLogger(__name__)

_FIRST_PAUSE = timedelta(seconds=2)  # doubled at each further attempt
_ODOO_PAUSE = timedelta(seconds=30)


def run(container: Container, job_id: JobId) -> None:
    """Run the job, if nobody else does and it is due. Raises nothing of the stage's: a failure is a retry, and one
    too many brings the document before a person.
    """
    job = _claim(container, job_id)
    if job is None:
        return
    about = {"job_id": job.id, "stage": job.stage.value, "document_id": job.subject, "attempt": job.attempts}
    if job.attempts > MAX_ATTEMPTS:
        log.error("given up", extra=about)
        _give_up(container, job, "The process that did it ended.")
        return
    try:
        STAGES[job.stage].run(container, job)
        log.info("done", extra=about)
    except LeaseLostError:
        log.warning("lease lost", extra=about)
    except OdooUnreachableError as error:
        log.warning("odoo away", extra={**about, "code": error.code})
        _retry(container, job, error.message, _ODOO_PAUSE, uncounted=True)
    except Exception as error:
        log.exception("failed", extra=about)
        _failed(container, job, error)


def _claim(container: Container, job_id: JobId) -> Job | None:
    """The claimed job; None for a nudge that came late, which costs no write."""
    with container.uow.read() as tx:
        try:
            found = tx.jobs.get(job_id)
        except NotFoundError:
            return None
    if found.state in (JobState.DONE, JobState.DEAD):
        return None
    with container.uow.write() as tx:
        return tx.jobs.claim(job_id, container.clock.now(), LEASES[found.stage])


def _failed(container: Container, job: Job, error: Exception) -> None:
    said = error.message if isinstance(error, ConcordError) else f"An internal error ({type(error).__name__})."
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(container, job, said)
    else:
        _retry(container, job, said, _FIRST_PAUSE * 2 ** (job.attempts - 1))


def _retry(container: Container, job: Job, error: str, pause: timedelta, *, uncounted: bool = False) -> None:
    with container.uow.write() as tx:
        tx.jobs.retry(job, container.clock.now() + pause, error, uncounted=uncounted)


def _give_up(container: Container, job: Job, error: str) -> None:
    with container.uow.write() as tx:
        STAGES[job.stage].give_up(tx, job, error, container.clock.now())
        tx.jobs.give_up(job, error)
