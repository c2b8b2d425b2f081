"""Starts Redis, workers, beat and web on one machine, starts again what died, and leaves nothing behind.

Each process leads a group of its own, so that what a killed worker leaves is killed with it, and dies with the
supervisor even where that is killed with -9: the kernel sees to it (``service.parent_death``).
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from service.config import Settings
from service.domain.errors import ConfigurationError
from service.supervisor.child import Child, ProcessSpec
from service.supervisor.ports import check_port, is_listening
from service.supervisor.redis import embedded_redis

_LOOK_S = 0.1  # between two looks at the processes
_SERVERS_START_S = 60.0  # for database and queue to serve, a recovery after a crash included
# Each process's name and what ``python -m workers`` calls it.
_ONE_MACHINE = {"worker": "worker", "ocr": "ocr", "beat": "beat"}
_A_WORKER_EACH_QUEUE = {
    "worker-fast": "fast",
    "worker-ocr": "ocr",
    "worker-odoo": "odoo",
    "worker-intake": "intake",
    "beat": "beat",
}


def supervise(
    settings: Settings,
    *,
    servers: Callable[[], Sequence[ProcessSpec]] = tuple,
    extra: Sequence[ProcessSpec] = (),
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] = lambda: None,
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Keep everything running until SIGTERM or SIGINT; call from the main thread.

    What ``servers`` makes, once the data folder is ours alone, serves before ``prepare`` is called, which leaves a
    migrated database; then ``extra`` and our own processes are started. They are stopped in the opposite order.
    ``environment`` is the children's (by default ours): it holds their settings. ``on_ready`` is called once, when
    the web server listens. ConfigurationError where the port or the data folder is in use, or a server doesn't start.
    """
    settings.log_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _exclusive(settings.data_dir), _stop_signals() as stopped:
        check_port(settings.host, settings.port)
        given = os.environ if environment is None else environment
        embedded = (embedded_redis(settings),) if settings.is_embedded else ()
        first = [Child(spec, settings.log_folder, given) for spec in (*embedded, *servers())]
        beside = [Child(spec, settings.log_folder, given) for spec in extra]
        own = [Child(spec, settings.log_folder, given) for spec in _own(settings)]
        try:
            _start_servers(first, stopped)
            if not stopped():
                prepare()
            _watch([*first, *beside, *own], stopped, _once_listening(settings, on_ready))
        finally:
            for group in (own, beside, first):
                _stop(group)


def _start_servers(servers: Sequence[Child], stopped: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SERVERS_START_S
    waiting = list(servers)
    while waiting and not stopped():
        for child in servers:
            child.keep_alive()
        waiting = [child for child in waiting if not child.spec.is_ready()]
        if waiting and time.monotonic() > deadline:
            raise ConfigurationError(
                f"{waiting[0].spec.name} didn't start within {_SERVERS_START_S:.0f} s.",
                advice=f"See {waiting[0].log_file}.",
            )
        time.sleep(_LOOK_S)


def _watch(children: Sequence[Child], stopped: Callable[[], bool], when_listening: Callable[[], None]) -> None:
    while not stopped():
        for child in children:
            child.keep_alive()
        when_listening()
        time.sleep(_LOOK_S)


def _stop(children: Sequence[Child]) -> None:
    """All at once: each may have a job to finish."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.stop()


def _own(settings: Settings) -> tuple[ProcessSpec, ...]:
    # The children share one data folder, wherever they would look for it by themselves.
    shared = {"CONCORD_DATA_DIR": str(settings.data_dir)}
    # Who brings a queue of their own means to scale out: no class of work there waits for another.
    workers = _ONE_MACHINE if settings.is_embedded else _A_WORKER_EACH_QUEUE
    modules = {**{name: ("workers", argument) for name, argument in workers.items()}, "web": ("service.wsgi",)}
    return tuple(ProcessSpec(name, (sys.executable, "-P", "-m", *module), shared) for name, module in modules.items())


def _once_listening(settings: Settings, on_ready: Callable[[], None]) -> Callable[[], None]:
    waiting = True

    def look() -> None:
        nonlocal waiting
        if waiting and is_listening(settings.host, settings.port):
            waiting = False
            on_ready()

    return look


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
