"""One supervised process: started, started again when it dies, and ended together with all that it started."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from service.parent_death import die_with_parent
from service.supervisor.journal import Journal

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent.parent
_FIRST_PAUSE_S = 0.2  # before a dead process is started again, doubled each time it dies young
_LONGEST_PAUSE_S = 5.0
_YOUNG_S = 10.0
_STOP_S = 15.0  # for a process to end by itself; a worker finishes its job first


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A process to keep alive: its name (of its log too), command line and what its environment has besides ours.

    It runs in ``folder``, by default ours, and ends by itself on ``stop_signal``; ``is_ready`` says whether it serves.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    is_ready: Callable[[], bool] = lambda: True


class Child:
    """One supervised process, started again with growing pauses while it dies young."""

    def __init__(self, spec: ProcessSpec, log_folder: Path, environment: Mapping[str, str]) -> None:
        self.spec = spec
        self._journal = Journal(log_folder / f"{spec.name}.log")
        self._environment = {**environment, "PYTHONPATH": str(_ROOT), **spec.environment}
        self._process: subprocess.Popen[str] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._pause = _FIRST_PAUSE_S

    @property
    def log_file(self) -> Path:
        """Where what it prints is kept."""
        return self._journal.file

    def keep_alive(self) -> None:
        """Start it where it doesn't run and its pause is over. From the main thread only: the kernel ends it together
        with the thread that started it.
        """
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process)
        if self._process is None and time.monotonic() >= self._start_at:
            self._start()

    def ask_to_end(self) -> None:
        """Send it its signal, without waiting."""
        if self._process is not None:
            self._process.send_signal(self.spec.stop_signal)

    def stop(self) -> None:
        """Wait for its end, and kill it, or what is left of its group."""
        process, self._process = self._process, None
        if process is not None:
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                log.warning("%s didn't end within %.0f s and is killed", self.spec.name, _STOP_S)
            _kill_group(process.pid)
            process.wait()
        self._journal.close()

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  (our own command lines)
            self.spec.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=self._environment,
            cwd=self.spec.folder,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        assert self._process.stdout is not None
        self._journal.follow(self._process.stdout)
        self._started_at = time.monotonic()
        log.info("started", extra={"child": self.spec.name, "pid": self._process.pid})

    def _bury(self, process: subprocess.Popen[str]) -> None:
        _kill_group(process.pid)
        young = time.monotonic() - self._started_at < _YOUNG_S
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S) if young else _FIRST_PAUSE_S
        self._start_at = time.monotonic() + self._pause
        self._process = None
        # A sentence: where the supervisor was started by hand, it is all that the person sees.
        log.warning("%s died (%d) and is started again; see %s", self.spec.name, process.returncode, self.log_file)


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
