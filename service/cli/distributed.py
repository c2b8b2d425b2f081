"""What ``concord demo --distributed`` brings that larger installations have: PostgreSQL, and Redis over TCP."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.config import Settings
from service.domain.errors import ConfigurationError
from service.supervisor import Postgresql, ProcessSpec, free_port, redis_over_tcp

_FOLDER = "distributed"
_ADDRESSES = "distributed.env"
_POSTGRESQL_PORTS = range(5432, 5532)
_REDIS_PORTS = range(6379, 6479)


@dataclass(frozen=True, slots=True)
class Servers:
    """Processes to start first, made when the data folder is ours alone, and the settings that lead to them."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: Callable[[], Sequence[ProcessSpec]] = tuple


def own_servers(settings: Settings) -> Servers:
    """Both servers in a folder of their own inside the data folder, which thereby becomes the data folder.

    ConfigurationError where PostgreSQL is missing, or a setting names what is brought here.
    """
    if settings.odoo_url or settings.database_url.get_secret_value() or not settings.is_embedded:
        raise ConfigurationError(
            "--distributed brings a database, a queue and an Odoo of its own, but one is set.",
            advice="Unset CONCORD_ODOO_URL, CONCORD_DATABASE_URL and CONCORD_BROKER_URL, or use concord run.",
        )
    folder = settings.data_dir / _FOLDER  # its documents and people aren't those of ``concord demo``
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    postgresql = Postgresql(folder / "postgresql", settings.data_dir, free_port(_POSTGRESQL_PORTS))
    postgresql.prepare()
    port, password = free_port(_REDIS_PORTS), secrets.token_urlsafe(24)  # new at each start: nobody else keeps it
    return Servers(
        folder,
        {
            "CONCORD_DATA_DIR": str(folder),
            "CONCORD_DATABASE_URL": postgresql.url(),
            "CONCORD_BROKER_URL": f"redis://:{password}@127.0.0.1:{port}/0",
        },
        lambda: (postgresql.process(), redis_over_tcp(folder / "redis", port, password)),
    )


def keep_addresses(folder: Path, environment: Mapping[str, str]) -> Path:
    """The file, readable by its owner only, that a shell reads to use the command line on the running installation."""
    file = folder / _ADDRESSES
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.writelines(f"export {name}={shlex.quote(value)}\n" for name, value in environment.items())
    return file
