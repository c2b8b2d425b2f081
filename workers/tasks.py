"""One Celery task, and the container that each process of the pool has for itself."""

from __future__ import annotations

from functools import cache

from celery.signals import beat_init, setup_logging, worker_process_init, worker_process_shutdown

from service.bootstrap import Container, build
from service.dispatch import TASK
from service.domain.ids import JobId
from service.logs import configure_logging
from service.parent_death import die_with_parent
from workers.celery_app import app, settings
from workers.runner import run


@cache
def container() -> Container:
    """This process's container, made at first use: after the fork, because nothing in it survives one."""
    return build(settings)


@app.task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def run_job(job_id: str) -> None:
    """Run one job, or find that there is nothing to do."""
    run(container(), JobId(job_id))


def _configure_logging(**_given: object) -> None:
    configure_logging(settings.log_level)


def _prepare(**_given: object) -> None:
    container()


def _follow_parent(**_given: object) -> None:
    die_with_parent()


def _close(**_given: object) -> None:
    container().reader.close()


setup_logging.connect(_configure_logging)
worker_process_init.connect(_follow_parent)
worker_process_init.connect(_prepare)
beat_init.connect(_prepare)
worker_process_shutdown.connect(_close)
