"""Keeps what a process prints in files of a bounded size, so that no log ever fills the disk."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from typing import IO

_BYTES = 10_000_000
_OLDER = 2  # files beside the one that is written
_LONGEST_LINE = 100_000  # characters; a longer one is written in parts
_DRAIN_S = 2.0  # for the last lines of a process that has ended


class Journal:
    """A process's log, ``file`` and ``file.1``, ``file.2`` before it; it outlives the process's restarts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._handler = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=True)
        self._handler.terminator = ""  # lines bring their own
        self._reader: Thread | None = None

    def follow(self, output: IO[str]) -> None:
        """Write down ``output`` until its last writer is gone, beside the caller."""
        # Not the caller itself: it may be busy for long, and a full pipe would hold up the process that prints.
        self._reader = Thread(target=self._write_down, args=(output,), name=f"journal {self.file.stem}", daemon=True)
        self._reader.start()

    def close(self) -> None:
        """Wait for the last lines and close the file; the process must have ended."""
        if self._reader is not None:
            self._reader.join(_DRAIN_S)
        self._handler.close()

    def _write_down(self, output: IO[str]) -> None:
        with output:
            while line := output.readline(_LONGEST_LINE):
                self._handler.handle(logging.makeLogRecord({"msg": line}))
