"""Fixtures for both databases: a file of SQLite, and a real PostgreSQL server that lives as long as the test run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
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

from service.store.engine import make_engine
from service.store.migrate import upgrade

_START_TIMEOUT_S = 60
_ROLE = "concord"
_TEMPLATE = "migrated"


@dataclass(frozen=True)
class PostgresqlServer:
    """A server in ``folder``, reached by its socket there and by nothing else."""

    folder: Path

    def url(self, database: str) -> str:
        """Where SQLAlchemy finds a database of it."""
        return f"postgresql://{_ROLE}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run a statement that can't be part of a transaction."""
        with psycopg.connect(host=str(self.folder), user=_ROLE, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A running server; the test is skipped where PostgreSQL isn't installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("the PostgreSQL server isn't installed")
    folder = Path(tempfile.mkdtemp(prefix="concord-pg-"))
    owner = _unprivileged(folder)
    data = folder / "data"
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", _ROLE, "-A", "trust", "--no-sync", "--no-locale"]
    subprocess.run([*owner, *initdb, "-E", "UTF8"], check=True, capture_output=True, cwd=folder)
    quick = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        # the server goes down with the test process, however that ends
        guard = ["setpriv", "--pdeathsig", "INT", *owner[1:]]
        command = [*guard, str(programs / "postgres"), "-D", str(data), *quick]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        server = PostgresqlServer(folder)
        _wait_for(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # TERM would wait for connections that a failed test left open
        process.wait(timeout=_START_TIMEOUT_S)
        shutil.rmtree(folder)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _unprivileged(folder: Path) -> list[str]:
    """The server refuses to run as root: hand the folder to another account and say how to become that."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _wait_for(server: PostgresqlServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail("the PostgreSQL server didn't start: " + (server.folder / "log").read_text())
            time.sleep(0.05)
        else:
            return


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
