"""Beat's schedule is the job table: each tick nudges what is due and, now and then, queues a sync of the
books (whose end queues their examination) and a look into mailbox and drop folder, and attests the audit chains.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from celery.beat import Scheduler

from service.bootstrap import Container
from service.domain.errors import StorageError
from service.domain.jobs import Stage
from service.usecases.requeue_stalled import requeue_stalled
from service.usecases.sync_books import BOOKS
from workers.tasks import container

log = logging.getLogger(__name__)

TICK_S = 3.0
_ATTEST_EVERY = timedelta(minutes=5)  # what an attacker with the database could cut off unnoticed
MAILBOX, DROP_FOLDER = "mailbox", "drop folder"  # the subjects of jobs without a document
_ONLY_REVISION = 0


class JobTable(Scheduler):  # type: ignore[misc]  # Celery has no types
    """A scheduler in place of Celery's table of entries, which would need a second task and a second truth."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._due_at: dict[Stage, datetime] = {}
        self._attest_due_at: datetime | None = None

    def tick(self, *_given: Any, **_named: Any) -> float:
        """Do what is due; seconds until the next tick. A database that fails is tried again then."""
        try:
            parts = container()
            self._queue(parts)
            self._attest(parts)
            requeue_stalled(uow=parts.uow, dispatcher=parts.dispatcher, clock=parts.clock)
        except StorageError as error:
            log.warning("sweep failed", extra={"code": error.code})
        return TICK_S

    def _queue(self, parts: Container) -> None:
        """Queue what comes round by itself; a job that still runs is left to it."""
        now = parts.clock.now()
        for stage, subject, pause_s in _coming_round(parts):
            if now < self._due_at.get(stage, now):
                continue
            with parts.uow.write() as tx:
                tx.jobs.enqueue(stage, subject, _ONLY_REVISION, now)
            self._due_at[stage] = now + timedelta(seconds=pause_s)

    def _attest(self, parts: Container) -> None:
        """Sign the heads of the audit chains that moved since the last time."""
        now = parts.clock.now()
        if self._attest_due_at is not None and now < self._attest_due_at:
            return
        with parts.uow.write() as tx:
            tx.audit.checkpoint(now, parts.settings.secret_key.get_secret_value().encode())
        self._attest_due_at = now + _ATTEST_EVERY


def _coming_round(parts: Container) -> Iterator[tuple[Stage, str, float]]:
    """Which stages this installation has, their subject and the seconds between two jobs."""
    settings = parts.settings
    if parts.odoo is not None:
        yield Stage.SYNC, BOOKS, settings.sync_interval_s
    if settings.imap_url.get_secret_value():
        yield Stage.COLLECT_MAIL, MAILBOX, settings.intake_interval_s
    if settings.drop_folder is not None:
        yield Stage.COLLECT_FILES, DROP_FOLDER, settings.intake_interval_s
