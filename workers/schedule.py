"""Beat's schedule is the job table: each tick nudges what is due and, now and then, queues a sync of the
books and attests the audit chains.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from celery.beat import Scheduler

from service.bootstrap import Container
from service.domain.errors import StorageError
from service.domain.jobs import Stage
from service.usecases.requeue_stalled import requeue_stalled
from workers.tasks import container

log = logging.getLogger(__name__)

TICK_S = 3.0
_ATTEST_EVERY = timedelta(minutes=5)  # what an attacker with the database could cut off unnoticed
BOOKS = "books"  # the subject of SYNC jobs
_ONLY_REVISION = 0


class JobTable(Scheduler):  # type: ignore[misc]  # Celery has no types
    """A scheduler in place of Celery's table of entries, which would need a second task and a second truth."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._sync_due_at: datetime | None = None
        self._attest_due_at: datetime | None = None

    def tick(self, *_given: Any, **_named: Any) -> float:
        """Do what is due; seconds until the next tick. A database that fails is tried again then."""
        try:
            parts = container()
            self._queue_sync(parts)
            self._attest(parts)
            requeue_stalled(uow=parts.uow, dispatcher=parts.dispatcher, clock=parts.clock)
        except StorageError as error:
            log.warning("sweep failed", extra={"code": error.code})
        return TICK_S

    def _queue_sync(self, parts: Container) -> None:
        now = parts.clock.now()
        if parts.odoo is None or (self._sync_due_at is not None and now < self._sync_due_at):
            return
        with parts.uow.write() as tx:
            tx.jobs.enqueue(Stage.SYNC, BOOKS, _ONLY_REVISION, now)
        self._sync_due_at = now + timedelta(seconds=parts.settings.sync_interval_s)

    def _attest(self, parts: Container) -> None:
        """Sign the heads of the audit chains that moved since the last time."""
        now = parts.clock.now()
        if self._attest_due_at is not None and now < self._attest_due_at:
            return
        with parts.uow.write() as tx:
            tx.audit.checkpoint(now, parts.settings.secret_key.get_secret_value().encode())
        self._attest_due_at = now + _ATTEST_EVERY
