"""The engine: URLs, what a transaction means on both databases, and forks."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from service.domain.errors import ConfigurationError
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "no url", "oracle+nothing://x"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        make_engine(url)
    assert "sqlite:///" in refused.value.advice


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_postgresql_urls_use_the_one_driver(scheme: str) -> None:
    engine = make_engine(f"{scheme}://somebody:secret@db.example/concord")
    assert engine.url.drivername == "postgresql+psycopg"
    assert engine.url.database == "concord"


def test_sqlite_is_durable_and_private(sqlite_url: str, tmp_path: Path) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        connection.exec_driver_sql("CREATE TABLE t (x)")
        connection.commit()
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("concord.db*")}
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    assert modes == {0o600}


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/a/b/concord.db")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_reading_changes_nothing(engine: Engine) -> None:
    with engine.connect().execution_options(read_only=True) as connection, pytest.raises(DBAPIError):
        connection.execute(text("INSERT INTO facts (name, text) VALUES ('a', 'b')"))
    with engine.begin() as connection:  # the connection is back in the pool and may write again
        connection.execute(text("INSERT INTO facts (name, text) VALUES ('a', 'b')"))


def test_reading_sees_one_snapshot(uow: SqlUnitOfWork) -> None:
    with uow.write() as transaction:
        transaction.facts.put("colour", "red")
    with uow.read() as reading:
        assert reading.facts.get("colour") == "red"
        with uow.write() as writing:  # and a reader doesn't hold up a writer
            writing.facts.put("colour", "blue")
        assert reading.facts.get("colour") == "red"
    with uow.read() as reading:
        assert reading.facts.get("colour") == "blue"


def test_a_writer_waits_for_the_other(uow: SqlUnitOfWork) -> None:
    """Read, then write, in several threads at once: with a deferred transaction this fails in spite of any timeout."""
    with uow.write() as transaction:
        transaction.facts.put("count", "0")
        transaction.audit.append("counter", uow.clock.now(), "system", "start", {})

    def count() -> None:
        for _ in range(20):
            with uow.write() as transaction:
                transaction.audit.append("counter", uow.clock.now(), "system", "count", {})
                transaction.facts.put("count", str(int(transaction.facts.get("count") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with uow.read() as transaction:
        assert transaction.facts.get("count") == "80"


def test_a_forked_child_opens_its_own_connections(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    child = os.fork()
    if child == 0:
        try:
            inherited = engine.pool.checkedin()  # type: ignore[attr-defined]
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO facts (name, text) VALUES ('from', 'child')"))
            os._exit(0 if inherited == 0 else 2)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT text FROM facts")) == "child"
