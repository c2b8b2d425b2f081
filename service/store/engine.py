"""Makes the engine, and makes both databases mean the same by a transaction.

A transaction with the execution option ``read_only=True`` sees one snapshot and may change nothing. Any other one
writes: on SQLite it begins IMMEDIATE, because a deferred one that read first and writes later fails at once with
"database is locked", whatever the timeout, when somebody else wrote in between.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Pool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from service.domain.errors import ConfigurationError

BUSY_TIMEOUT_S = 30
_CONNECT_TIMEOUT_S = 10
_SQLITE_CONNECTION = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged upload survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}",
)
_abandoned: list[Pool] = []


def make_engine(url: str) -> Engine:
    """The engine of ``sqlite:///path`` or ``postgresql://…``; ConfigurationError for any other URL.

    A missing SQLite file is made, readable by its owner only.
    """
    parsed = _parse(url)
    engine = _sqlite_engine(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql_engine(parsed)
    event.listen(engine, "begin", _begin)
    _forget_connections_after_fork(engine)
    return engine


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigurationError("The database URL can't be understood.", advice=_ADVICE) from error
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    raise ConfigurationError("The database URL names no database that Concord can use.", advice=_ADVICE)


_ADVICE = "Use sqlite:///path/to/file or postgresql://user@host/database."


def _sqlite_engine(url: URL) -> Engine:
    path = Path(str(url.database))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    settings = {"connect_timeout": _CONNECT_TIMEOUT_S, "options": f"-c lock_timeout={BUSY_TIMEOUT_S}s"}
    wanted = {name: value for name, value in settings.items() if name not in url.query}
    return create_engine(url, connect_args=wanted, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin does
    for statement in _SQLITE_CONNECTION:
        connection.execute(statement)


def _begin(connection: Connection) -> None:
    read_only = bool(connection.get_execution_options().get("read_only"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
    elif read_only:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _forget_connections_after_fork(engine: Engine) -> None:
    """Neither database's connections survive a fork; the child opens its own, and never closes its parent's."""
    reference = weakref.ref(engine)

    def forget() -> None:
        found = reference()
        if found is not None:
            _abandoned.append(found.pool)
            found.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
