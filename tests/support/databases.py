"""Fixtures for both databases: a file of SQLite, and a real PostgreSQL server that lives as long as the test run."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from service.domain.errors import ConfigurationError
from service.store.engine import make_engine
from service.store.migrate import upgrade
from service.supervisor import Postgresql
from tests.support.programs import missing
from tests.support.stack import free_ports

_START_TIMEOUT_S = 60
_TEMPLATE = "migrated"


@dataclass(frozen=True)
class PostgresqlServer:
    """A server of the test run's own, as the product starts it."""

    server: Postgresql

    def url(self, database: str) -> str:
        """Where SQLAlchemy finds a database of it."""
        return self.server.url(database)

    def execute(self, statement: str) -> None:
        """Run a statement that can't be part of a transaction."""
        with psycopg.connect(self.server.url(), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A running server; the test is skipped where PostgreSQL isn't installed."""
    folder = Path(tempfile.mkdtemp(prefix="concord-pg-"))
    (port,) = free_ports(1)
    server = Postgresql(folder / "postgresql", folder, port)
    try:
        server.prepare()
    except ConfigurationError as error:
        missing(f"A usable PostgreSQL server ({error})", "postgresql")
    spec = server.process()
    with (folder / "log").open("wb") as log:
        command = (*spec.command, "-c", "fsync=off")
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=spec.folder)
    try:
        _wait_for(server, process, folder / "log")
        yield PostgresqlServer(server)
    finally:
        process.send_signal(spec.stop_signal)
        process.wait(timeout=_START_TIMEOUT_S)
        shutil.rmtree(folder)


def _wait_for(server: Postgresql, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail("the PostgreSQL server didn't start: " + log.read_text())
        time.sleep(0.05)


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """An empty database on the server."""
    with _database(postgresql_server, "template1") as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file of SQLite that doesn't exist yet."""
    return f"sqlite:///{tmp_path / 'concord.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """An empty database, first of the one kind, then of the other."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("migrated") / "concord.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: PostgresqlServer) -> PostgresqlServer:
    """A server with a migrated database to copy."""
    postgresql_server.execute(f"CREATE DATABASE {_TEMPLATE}")
    _migrate(postgresql_server.url(_TEMPLATE))
    return postgresql_server


@pytest.fixture
def migrated_sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated file without rows."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'concord.db')}"


@pytest.fixture
def migrated_postgresql_url(migrated_postgresql: PostgresqlServer) -> Iterator[str]:
    """A migrated database without rows on the server."""
    with _database(migrated_postgresql, _TEMPLATE) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A migrated database without rows, first of the one kind, then of the other."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """An engine on a migrated database without rows, first of the one kind, then of the other."""
    made = make_engine(migrated_url)
    try:
        yield made
    finally:
        made.dispose()


@contextmanager
def _database(server: PostgresqlServer, template: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server.url(name)
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(url: str) -> None:
    made = make_engine(url)
    try:
        upgrade(made)
    finally:
        made.dispose()
