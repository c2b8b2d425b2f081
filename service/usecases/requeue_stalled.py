"""The sweeper: nudges again what stopped, because a message may be lost and a worker may die."""

from __future__ import annotations

import logging

from service.domain.errors import BrokerError
from service.ports import Clock, Dispatcher, UnitOfWork

log = logging.getLogger(__name__)


def requeue_stalled(*, uow: UnitOfWork, dispatcher: Dispatcher, clock: Clock) -> int:
    """How many jobs were nudged again. Stops quietly where the broker is away: the rows wait."""
    with uow.read() as tx:
        stalled = tx.jobs.due(clock.now())
    for position, job in enumerate(stalled):
        try:
            dispatcher.nudge(job)
        except BrokerError:
            log.warning("broker away", extra={"left": len(stalled) - position})
            return position
        log.info("nudged again", extra={"job_id": job.id, "stage": job.stage.value, "attempts": job.attempts})
    return len(stalled)
