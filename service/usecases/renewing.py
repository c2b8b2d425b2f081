"""Keeps a job's lease while a document is read, which may take longer than the lease lasts."""

from __future__ import annotations

from collections.abc import Callable

from service.domain.errors import LeaseLostError
from service.domain.jobs import LEASES, Job
from service.ports import Clock, UnitOfWork


def renewing(uow: UnitOfWork, clock: Clock, job: Job) -> Callable[[], None]:
    """To be called every second or so; renews when a third of the lease is over. LeaseLostError where another worker
    has the job by now.
    """
    lease = LEASES[job.stage]
    due = clock.now() + lease / 3

    def renew() -> None:
        nonlocal due
        now = clock.now()
        if now < due:
            return
        with uow.write() as tx:
            if not tx.jobs.renew(job, now + lease):
                raise LeaseLostError("Another worker reads this document by now.")
        due = now + lease / 3

    return renew
