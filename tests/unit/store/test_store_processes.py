"""Four worker processes on one database: each job is done once, and nobody is told that it is locked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from service.domain.jobs import JobState, Stage
from service.store.unit_of_work import SqlUnitOfWork

PROCESSES = 4
JOBS = 400
ROOT = Path(__file__).parents[3]
WORKER = """
import sys
from datetime import UTC, datetime, timedelta
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork

class SystemClock:
    def now(self):
        return datetime.now(UTC)

uow = SqlUnitOfWork(make_engine(sys.argv[1]), None, SystemClock())
while True:
    with uow.read() as transaction:
        due = transaction.jobs.due(datetime.now(UTC), limit=20)
    if not due:
        break
    for job in due:
        with uow.write() as transaction:
            claimed = transaction.jobs.claim(job.id, datetime.now(UTC), timedelta(minutes=5))
        if claimed is None:
            continue
        with uow.write() as transaction:
            transaction.audit.append(f"document:{claimed.subject}", datetime.now(UTC), sys.argv[2], "read", {})
            transaction.jobs.finish(claimed)
"""


def test_every_job_is_done_once(engine: Engine) -> None:
    uow = SqlUnitOfWork(engine, None, None)  # type: ignore[arg-type]  # nothing is nudged
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    with uow.write() as transaction:
        jobs = [transaction.jobs.enqueue(Stage.READ, f"d{number}", 1, long_ago) for number in range(JOBS)]
    url = engine.url.render_as_string(hide_password=False)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, f"worker {number}"], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for number in range(PROCESSES)
    ]
    complaints = [worker.communicate(timeout=120)[1] for worker in workers]
    assert complaints == [""] * PROCESSES
    with uow.read() as transaction:
        stored = [transaction.jobs.get(job.id) for job in jobs]
        events = [event for job in jobs for event in transaction.audit.of_subject(f"document:{job.subject}")]
    assert Counter((job.state, job.attempts) for job in stored) == {(JobState.DONE, 1): JOBS}
    assert len(events) == JOBS
    assert len({event.actor for event in events}) > 1, "one process did all the work, so nothing was contended"
