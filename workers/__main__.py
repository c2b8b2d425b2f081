"""``python -P -m workers NAME``: ``beat``, ``ocr`` beside ``worker``, or a worker for each queue."""

from __future__ import annotations

import sys
import warnings

from service.dispatch import Queue
from workers.celery_app import app

_WORKER = ("worker", "--without-gossip", "--without-mingle", "--pool", "prefork")


def _worker(name: str, *queues: Queue, processes: int | None = None) -> list[str]:
    """A worker of those queues, of WORKER_CONCURRENCY processes where nothing else is said."""
    concurrency = [] if processes is None else ["--concurrency", str(processes)]
    return [*_WORKER, "--hostname", f"{name}@%h", "--queues", ",".join(queue.value for queue in queues), *concurrency]


_COMMANDS = {
    "worker": _worker("worker", Queue.FAST, Queue.ODOO, Queue.INTAKE),
    "fast": _worker("fast", Queue.FAST),
    "ocr": _worker("ocr", Queue.OCR, processes=1),
    "odoo": _worker("odoo", Queue.ODOO),
    "intake": _worker("intake", Queue.INTAKE, processes=1),
    "beat": ["beat"],
}


def main() -> None:
    """Run the process named by the first argument until it is told to end."""
    # Celery warns of running as root because of pickle, which isn't accepted here.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    app.start(["--quiet", *_COMMANDS[sys.argv[1]], "--loglevel", "WARNING"])


if __name__ == "__main__":
    main()
