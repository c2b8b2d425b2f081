"""Celery's own settings: what makes a killed worker or a lost Redis cost time and nothing else."""

from __future__ import annotations

import os

from celery import Celery

from service.config import load_settings
from service.dispatch import Queue

# A job that takes longer hangs: it is interrupted, then its process killed. Both lie above what the stages' own
# limits allow, and the visibility timeout above both, so that Redis never hands a running job to a second worker.
_SOFT_LIMIT_S = 900
_HARD_LIMIT_S = 960
_VISIBILITY_TIMEOUT_S = 1800

settings = load_settings(os.environ)

app = Celery("concord", broker=settings.effective_broker_url, include=["workers.tasks"])
app.conf.update(
    accept_content=["json"],
    beat_scheduler="workers.schedule:JobTable",
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # wait for Redis for ever
    broker_transport_options={"visibility_timeout": _VISIBILITY_TIMEOUT_S},
    task_acks_late=True,
    task_create_missing_queues=True,
    task_default_queue=Queue.FAST.value,
    task_ignore_result=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=_SOFT_LIMIT_S,
    task_time_limit=_HARD_LIMIT_S,
    worker_cancel_long_running_tasks_on_connection_loss=False,  # what it does is fenced by the job's token
    worker_concurrency=settings.worker_concurrency,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
    worker_redirect_stdouts=False,
)
