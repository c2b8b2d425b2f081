"""The nudge: sends a job's id to its queue by the task's name, so that nobody who enqueues imports a worker."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from service.domain.errors import BrokerError
from service.domain.jobs import Job, Stage

TASK = "concord.run_job"


class Queue(StrEnum):
    """One queue a class of resources."""

    FAST = "fast"  # processor and local database
    OCR = "ocr"  # processor and memory for long: one process, one document at a time
    ODOO = "odoo"  # mostly waits for Odoo
    INTAKE = "intake"  # mostly waits for the mailbox and the drop folder


QUEUES: Mapping[Stage, Queue] = MappingProxyType(
    {
        Stage.READ: Queue.FAST,
        Stage.OCR: Queue.OCR,
        Stage.RECONCILE: Queue.FAST,
        Stage.LEARN: Queue.OCR,  # it may have to recognise, and nobody waits for it
        Stage.WRITE: Queue.ODOO,
        Stage.SYNC: Queue.ODOO,
        Stage.EXAMINE: Queue.FAST,
        Stage.COLLECT_MAIL: Queue.INTAKE,
        Stage.COLLECT_FILES: Queue.INTAKE,
    }
)

# A broker that is away is found out in under a second, one that hangs in little more: callers wait for it.
BROKER_OPTIONS = MappingProxyType(
    {"socket_connect_timeout": 0.5, "socket_timeout": 1.0, "max_retries": 0, "retry_on_timeout": False}
)
_AWAY = (OperationalError, OSError, RedisError)  # the last where Redis took the connection and then said nothing


class CeleryDispatcher:
    """``ports.Dispatcher`` over Celery's message protocol; may be used from several threads."""

    def __init__(self, broker_url: str) -> None:
        self._celery = Celery("concord", broker=broker_url, set_as_current=False)
        self._celery.conf.update(
            broker_transport_options=dict(BROKER_OPTIONS),
            task_ignore_result=True,
            task_publish_retry=False,
            task_create_missing_queues=True,
        )

    def nudge(self, job: Job) -> None:
        """Send the job's id to its stage's queue; BrokerError in under a second where Redis is away."""
        try:
            self._celery.send_task(TASK, args=(job.id,), queue=QUEUES[job.stage].value, retry=False)
        except _AWAY as error:
            raise BrokerError("The queue's Redis can't be reached.") from error

    def check(self) -> None:
        """BrokerError where Redis can't be reached."""
        try:
            with self._celery.connection_for_write() as connection:
                connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        except _AWAY as error:
            raise BrokerError("The queue's Redis can't be reached.") from error

    def workers(self) -> int:
        """How many workers answer within a second; BrokerError where Redis can't be reached."""
        try:
            return len(self._celery.control.ping(timeout=1.0))
        except _AWAY as error:
            raise BrokerError("The queue's Redis can't be reached.") from error

    def close(self) -> None:
        """Close the connections."""
        self._celery.close()
