"""``python -P -m workers worker``, ``ocr`` or ``beat``: the processes that the supervisor starts."""

from __future__ import annotations

import sys
import warnings

from service.dispatch import Queue
from workers.celery_app import app

_WORKER = ("worker", "--without-gossip", "--without-mingle", "--pool", "prefork", "--queues")
_COMMANDS = {
    "worker": [*_WORKER, f"{Queue.FAST.value},{Queue.ODOO.value}"],
    "ocr": [*_WORKER, Queue.OCR.value, "--concurrency", "1", "--hostname", "ocr@%h"],
    "beat": ["beat"],
}


def main() -> None:
    """Run the process named by the first argument until it is told to end."""
    # Celery warns of running as root because of pickle, which isn't accepted here.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    app.start(["--quiet", *_COMMANDS[sys.argv[1]], "--loglevel", "WARNING"])


if __name__ == "__main__":
    main()
