"""Brings a database to the schema of this version, all or nothing, also when two processes start at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from service.domain.errors import StorageError
from service.store.statements import lock_name
from service.store.triggers import create_triggers

_WAIT_FOR_OTHERS_S = 600  # another process may be migrating a large database
_FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations up to ``revision``; StorageError where that fails, and then nothing has changed."""
    with migrating(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Run the migrations back to ``revision`` ("base": an empty database); StorageError as ``upgrade``."""
    with migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The revision that the database is at, None for an empty one; StorageError where it can't be reached."""
    try:
        with engine.connect().execution_options(read_only=True) as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise StorageError("The database can't be reached.") from error


def history() -> tuple[str, ...]:
    """All revisions, oldest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(reversed([script.revision for script in scripts]))


def newest() -> str:
    """The revision that this version of Concord needs."""
    return history()[-1]


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds off other migrations, with the triggers made anew before it commits."""
    try:
        with engine.connect() as connection, _prepared(connection), connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT_FOR_OTHERS_S}s'")
            lock_name(connection, "migration")
            yield connection
            create_triggers(connection)
            _check_foreign_keys(connection)
    except DBAPIError as error:
        raise StorageError("The database can't be brought up to date.", advice="Nothing was changed.") from error


@contextmanager
def _prepared(connection: Connection) -> Iterator[None]:
    """On SQLite, wait longer for others, and leave foreign keys off: rebuilding a table would empty the tables
    that refer to it, and within a transaction they can't be switched.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert raw is not None, "a connection in use has a driver's connection"
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(f"PRAGMA busy_timeout={_WAIT_FOR_OTHERS_S * 1000}")
    try:
        yield
    finally:
        connection.invalidate()  # nobody else gets it like this


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise StorageError(f"The migration would leave {len(broken)} rows of {broken[0][0]} without their owner.")
